"""Which documents an announcement names, and which stored one is meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.followups.pages import BUREAU, DAY, citing, document, page
from watcher.followups.citing import LATE, RECENT, chosen, named, names_of, number_key
from watcher.model import CitedDocument, Extraction, Region
from watcher.records.names import Name, Named, Role


def stored(number: int, found: Extraction) -> Named:
    return named(number, found, [name for name in names_of(found) if name.role is Role.OWN])


def meant(by: Extraction, *documents: Extraction) -> list[int]:
    """The numbers, from 1, of those of the documents that the page names."""
    candidates = [stored(number, one) for number, one in enumerate(documents, 1)]
    found = [chosen(name, candidates, stored(0, by)) for name in names_of(by)]
    return [one.id for one in found if one]


FULL = "潍坊市生态环境局关于优化环评服务的二十条措施"


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (citing(FULL), [1]),
        (citing("关于优化环评服务的20条措施"), [1]),
        (citing("优化环评服务的20条措施"), [1]),
        (citing("市生态环境局关于优化环评服务的20条措施"), [1]),
        (citing("关于优化环评服务的20条措施", region=Region("山东省潍坊市奎文区", "370705")), [1]),
        (citing("关于优化环评服务的20条措施", 2023), [1]),
        (citing("关于优化环评服务的20条措施", 2021), []),
        (citing("关于优化环评服务的22条措施"), []),
        (citing("济南市生态环境局关于优化环评服务的20条措施"), []),
        (citing("潍坊市财政局关于优化环评服务的20条措施"), []),
        (citing("潍坊市生态环境局关于印发〈优化环评服务的二十条措施〉的通知"), [1]),
        (citing("潍坊市生态环境局关于印发〈优化环评服务的20条措施〉的通知", region=None), [1]),
        (citing("潍坊市财政局关于印发〈优化环评服务的20条措施〉的通知"), []),
        (citing("关于优化环评服务的20条措施", region=Region("山东省济南市", "370100")), []),
        (citing("关于优化环评服务的20条措施（征求意见稿）"), []),
        (citing(FULL, published=DAY - LATE), [1]),
        (citing(FULL, published=DAY - LATE - timedelta(days=1)), []),
        (citing(FULL, published=None), [1]),
        (page(document_title=FULL), [1]),
        (page(document_title=FULL, published=DAY + RECENT), [1]),
        (page(document_title=FULL, published=DAY + RECENT + timedelta(days=1)), []),
        (page(document_title=FULL, published=DAY + timedelta(days=700), document_number="潍环发〔2023〕5号"), [1]),
        (page(document_title=FULL, document_number="潍环发〔2024〕5号"), []),
        (page("按照潍环发〔2023〕5号文件要求，抓好落实。"), [1]),
        (page("市局文件（潍环发[2023]第05号）"), [1]),
        (page("根据市局《通知》精神和潍环发﹝2023﹞5号"), [1]),
        (page("原潍环发〔2023〕5号文件"), [1]),
        (page("按照鲁环发〔2023〕5号"), []),
        (page("按照潍环发〔2023〕15号"), []),
        (page("按照潍环发〔2022〕5号"), []),
    ],
)
def test_a_citation_means_the_document_that_all_it_says_fits(by: Extraction, expected: list[int]) -> None:
    assert meant(by, document(FULL, document_number="潍环发〔2023〕5号")) == expected


@pytest.mark.parametrize(
    "number", ["（潍环发〔2023〕5号）", "(潍环发[2023]5号，以下简称《措施》)", "（ 潍环发〔2023〕 5号）"]
)
def test_a_title_and_the_number_behind_it_are_one_citation(number: str) -> None:
    title = "潍坊市生态环境局优化环评服务若干措施"
    by = citing(title, text=f"《{title}》印发后，各地落实。《{title}》{number}明确了任务，潍环发〔2023〕5号还规定")
    [name] = names_of(by)
    assert (name.written, name.keys) == (title, ("优化环评服务若干措施@370700", "潍环发2023#5"))
    called_otherwise = document("潍坊市生态环境局环评服务二十条", document_number="潍环发〔2023〕5号")
    assert meant(by, called_otherwise, document(title, document_number="潍环发〔2022〕5号")) == [1]


def test_of_a_title_used_every_year_the_stated_year_decides_or_else_the_latest() -> None:
    title = "潍坊市生态环境局服务企业若干措施"
    years = [document(title, date(year, 3, 1)) for year in (2021, 2022, 2023)]
    assert meant(citing(title, 2022), *years) == [2]
    assert meant(citing(title), *years) == [3]
    assert meant(citing(title, published=date(2022, 8, 1)), *years) == [2]
    assert meant(page(document_title=title, published=date(2021, 4, 1)), *years) == [1]


def test_of_two_bodies_documents_of_one_title_the_citing_bodys_own_is_meant() -> None:
    title = "关于服务民营经济的若干措施"
    both = document(title), document(title, issuer="潍坊市财政局")
    assert meant(citing(title), *both) == [1]
    assert meant(citing(title, issuer="潍坊市人民政府"), *both) == []


def test_a_document_is_none_that_it_cites() -> None:
    itself = document(FULL, cited_documents=(CitedDocument("关于优化环评服务的20条措施"),))
    assert {name.role for name in names_of(itself)} == {Role.OWN}


def test_what_a_page_reports_on_comes_before_what_it_cites() -> None:
    explanation = page(
        "依据鲁环发〔2022〕1号制定。", document_title=FULL, cited_documents=(CitedDocument("山东省惠企若干措施"),)
    )
    assert [name.role for name in names_of(explanation)] == [Role.REPORTS, Role.CITES, Role.CITES]


@pytest.mark.parametrize(
    "written", ["潍环发〔2023〕5号", "潍环发[2023]5号", "潍环发（2023）第5号", "潍环发﹝2023﹞ 05 号"]
)
def test_a_number_is_the_same_however_it_is_set(written: str) -> None:
    assert number_key(written) == "潍环发2023#5"


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, 2021, 2022, 2023])), max_size=6))
def test_only_a_document_of_a_stated_year_is_taken_and_the_order_does_not_matter(
    rows: list[tuple[int, int | None]],
) -> None:
    candidates = [
        Named(number, None, BUREAU, date(2019 + number, 1, 1), frozenset(["x@"]), frozenset([2019 + number]))
        for number, _ in rows
    ]
    for _, year in rows:
        name = Name(Role.CITES, ("x@",), "x", year=year)
        found = chosen(name, candidates, Named(0, None, BUREAU, date(2030, 1, 1)))
        assert found == chosen(name, candidates[::-1], Named(0, None, BUREAU, date(2030, 1, 1)))
        assert found is None or year is None or found.years == {year}

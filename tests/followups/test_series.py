"""A body's documents over the years: each once, with its reports, in the series of its subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.followups.pages import BUREAU, citing, document, page
from tests.store.examples import NOW
from watcher.followups.series import Member, Series, series_of
from watcher.model import AnnouncementType, Extraction, Verdict
from watcher.records.announcements import AnnouncementRecord

FIRST = document(f"{BUREAU}优化环评服务助推重点项目建设的12条措施", date(2021, 3, 1), measure_count=12)
SECOND = document(f"{BUREAU}助企纾困服务经济高质量发展的20条措施", date(2022, 3, 1), measure_count=20)
THIRD = document(f"{BUREAU}关于服务项目建设促进经济高质量发展的22条措施", date(2023, 3, 1), measure_count=22)
FINANCE = document(f"{BUREAU}关于开展绿色金融服务的六条措施", date(2022, 6, 1), measure_count=6)
PROGRESS = Verdict(AnnouncementType.PROGRESS_REPORT, 0.9)


def record(number: int, found: Extraction) -> AnnouncementRecord:
    return AnnouncementRecord(number, f"http://a.example/{number}", "bureau", "active", NOW, NOW, 1, found)


def series(*pages: Extraction) -> tuple[Series, ...]:
    """The pages as announcements 1, 2, …"""
    return series_of(BUREAU, [record(number, found) for number, found in enumerate(pages, 1)])


def shape(found: tuple[Series, ...]) -> list[list[tuple[int | None, tuple[int, ...], tuple[int, ...]]]]:
    """Of each member what stands for it, the reports on it, who cites it."""
    return [[(_id(one), one.reports, one.named_by) for one in each.members] for each in found]


def _id(member: Member) -> int | None:
    return member.stands.id if member.stands else None


def test_the_years_are_in_order_and_another_subject_is_apart() -> None:
    found = series(THIRD, FINANCE, FIRST, SECOND)
    assert shape(found) == [[(3, (), ()), (4, (), ()), (1, (), ())], [(2, (), ())]]
    assert [one.measure_count for one in found[0].members] == [12, 20, 22]
    assert [one.subjects for one in found] == [(), ("绿色金融", "金融支持")]


@pytest.mark.parametrize(
    "about",
    [
        page("", date(2023, 3, 5), document_title=THIRD.title, title="《若干措施》解读"),
        page("", date(2023, 3, 5), document_title="关于服务项目建设促进经济高质量发展的22条措施", measure_count=22),
        page("", date(2023, 3, 5), title="潍坊推出22条措施服务项目建设", measure_count=22),
        page("", date(2023, 4, 9), document_title=THIRD.title, verdict=PROGRESS, title="新闻发布会"),
    ],
)
def test_a_report_counts_as_its_document(about: Extraction) -> None:
    assert shape(series(about, THIRD)) == [[(2, (1,), ())]]


def test_reports_of_a_document_that_is_not_stored_stand_for_it_once() -> None:
    report = page("", date(2023, 3, 5), document_title=THIRD.title, measure_count=22)
    other = page("", date(2023, 3, 9), document_title=THIRD.title)
    unnamed = page("", date(2023, 3, 12), title="潍坊22条措施落地", measure_count=22)
    [[member]] = [one.members for one in series(report, other, unnamed)]
    assert (_id(member), member.reports, member.stored, member.measure_count) == (1, (2, 3), False, 22)


def test_a_notice_that_repeals_a_document_stands_for_none() -> None:
    repeal = page("", date(2024, 1, 9), title=f"{BUREAU}关于废止《若干措施》的通知", document_title="若干措施")
    assert shape(series(THIRD, repeal)) == [[(1, (), ())]]


def test_a_document_that_is_stored_takes_the_place_of_its_report() -> None:
    report = page("", date(2023, 2, 27), document_title=THIRD.title, measure_count=22)
    [[member]] = [one.members for one in series(report, THIRD)]
    assert (_id(member), member.reports, member.stored) == (2, (1,), True)


@pytest.mark.parametrize(
    "other",
    [
        page("", date(2023, 3, 1) + timedelta(days=61), title="潍坊推出22条措施", measure_count=22),
        page("", date(2023, 3, 5), title="潍坊推出18条措施", measure_count=18),
        page("", None, title="潍坊推出22条措施", measure_count=22),
    ],
)
def test_news_of_another_count_or_time_is_of_another_document(other: Extraction) -> None:
    assert sum(len(one.members) for one in series(THIRD, other)) == 2


@pytest.mark.parametrize(
    "passing", [page("", verdict=PROGRESS, measure_count=4), page("", measure_count=None), citing("某省惠企若干措施")]
)
def test_what_is_about_no_measures_of_its_own_is_no_member(passing: Extraction) -> None:
    passing = page(passing.text, verdict=PROGRESS, cited_documents=passing.cited_documents, measure_count=None)
    assert series(passing) == ()


def test_a_document_known_by_its_name_alone_is_a_member() -> None:
    """As in 《…的12条措施》《…的20条措施》 of a look back, of which only the last one is stored."""
    assert SECOND.title is not None
    look_back = citing(SECOND.title, 2022, published=date(2023, 11, 9), verdict=PROGRESS, measure_count=None)
    [found] = series(look_back, THIRD)
    assert shape((found,)) == [[(None, (), (1,)), (2, (), ())]]
    assert [(one.year, one.measure_count) for one in found.members] == [(2022, 20), (2023, 22)]


def test_a_document_that_is_known_by_the_number_behind_its_title_is_no_second_member() -> None:
    """As where the page of the document is called otherwise than who cites it calls it."""
    stored = document(f"{BUREAU}助企二十条", date(2022, 3, 1), measure_count=20, document_number="潍环发〔2022〕4号")
    by = citing(
        f"{BUREAU}助企纾困若干措施", text=f"落实《{BUREAU}助企纾困若干措施》（潍环发〔2022〕4号）", verdict=PROGRESS
    )
    assert shape(series(stored, replace(by, measure_count=None))) == [[(1, (), (2,))]]


def test_another_bodys_document_is_no_member() -> None:
    look_back = citing("济南市生态环境局服务企业的22条措施", 2022, verdict=PROGRESS, measure_count=None)
    assert series(look_back) == ()


def test_one_title_used_every_year_is_a_document_a_year() -> None:
    title = f"{BUREAU}服务企业若干措施"
    found = series(*(document(title, date(year, 3, 1)) for year in (2023, 2021, 2022)))
    assert shape(found) == [[(2, (), ()), (3, (), ()), (1, (), ())]]


def test_one_document_on_two_pages_is_one_member() -> None:
    passed_on = replace(THIRD, published=date(2023, 3, 2), title=f"关于印发《{THIRD.title}》的通知")
    [[member]] = [one.members for one in series(THIRD, passed_on)]
    assert (_id(member), member.reports) == (1, (2,))


PAGES = (
    FIRST,
    SECOND,
    THIRD,
    FINANCE,
    page("", date(2023, 3, 5), document_title=THIRD.title),
    citing(FIRST.title or "", 2021, published=date(2023, 11, 9), verdict=PROGRESS, measure_count=None),
)


@given(st.permutations(list(enumerate(PAGES, 1))), st.integers(0, len(PAGES)))
def test_the_order_in_which_they_were_found_does_not_matter_and_nothing_is_told_twice(
    order: list[tuple[int, Extraction]], count: int
) -> None:
    records = [record(number, found) for number, found in order[:count]]
    found = series_of(BUREAU, records)
    assert shape(found) == shape(series_of(BUREAU, sorted(records, key=lambda one: one.id)))
    told = [number for each in found for one in each.members for number in (_id(one), *one.reports) if number]
    assert len(told) == len(set(told))
    documents = {number for number, one in order[:count] if one in (FIRST, SECOND, THIRD, FINANCE)}
    assert documents <= set(told)

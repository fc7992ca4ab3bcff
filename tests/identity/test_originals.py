"""Which of two pages of one announcement is its original."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.store.examples import extraction
from watcher.identity.original import Standing, is_original
from watcher.model import Credit, Document

BUREAU, PAPER = "云州市生态环境局", "云州日报"


def page(
    key: str = "a.cn/1",
    *,
    source: str = "要闻",
    site: str | None = None,
    credit: str | None = None,
    links: str | None = None,
    published: date | None = date(2026, 3, 1),
    issuer: str = BUREAU,
) -> Standing:
    found = extraction(issuer=issuer, credit=Credit(credit, (), links), published=published)
    return Standing(key, source, Document(None, "", site=site), found)


@pytest.mark.parametrize(
    ("fresh", "known"),
    [
        ({"key": "b.cn/2"}, {"links": "http://www.b.cn/2"}),
        ({"key": "b.cn/2", "credit": PAPER, "published": date(2026, 3, 9)}, {"links": "http://b.cn/2", "site": BUREAU}),
        ({"site": f"{BUREAU}网站"}, {}),
        ({"source": f"{BUREAU} 工作动态", "published": date(2026, 3, 5)}, {}),
        ({}, {"credit": PAPER}),
        ({"credit": BUREAU, "published": date(2026, 3, 5)}, {"credit": PAPER}),
        ({"credit": PAPER, "source": f"{PAPER} 时政"}, {"credit": PAPER}),
        ({"published": date(2026, 2, 27)}, {}),
    ],
)
def test_the_one_and_not_the_other(fresh: dict[str, Any], known: dict[str, Any]) -> None:
    assert is_original(page(**fresh), page(**known), linked=False)
    assert not is_original(page(**known), page(**fresh), linked=False)


@pytest.mark.parametrize("branch", ["东湖分局", "高新技术产业开发区分局", "环境监察支队", "执法大队"])
@pytest.mark.parametrize("own", [{"site": BUREAU}, {"source": f"{BUREAU} 工作动态"}])
def test_a_branch_has_its_own_on_the_site_of_its_bureau(branch: str, own: dict[str, Any]) -> None:
    issuer = BUREAU + branch
    known = page(issuer=issuer, credit=BUREAU, source=f"{PAPER} 时政")
    fresh = page("b.cn/2", issuer=issuer, published=date(2026, 3, 5), **own)
    assert is_original(fresh, known, linked=False)
    assert not is_original(known, fresh, linked=False)


@pytest.mark.parametrize("issuer", ["云州市东湖区教育局", "云州市公安局东湖分局", "云州市东湖区人民政府"])
def test_another_bodys_site_is_not_its_own(issuer: str) -> None:
    known, fresh = page(issuer=issuer), page("b.cn/2", issuer=issuer, site=BUREAU, published=date(2026, 3, 5))
    assert not is_original(fresh, known, linked=False)


@pytest.mark.parametrize("published", [date(2026, 3, 1), None])
def test_of_pages_alike_the_one_seen_first_stays(published: date | None) -> None:
    assert not is_original(page(published=published), page(), linked=False)


def test_what_any_of_its_copies_names_is_the_original() -> None:
    assert is_original(page(credit=PAPER), page(site=BUREAU), linked=True)
    assert not is_original(page(links="http://b.cn/2"), page("b.cn/2"), linked=True)

"""Links within an announcement's page: its text may come in parts, and its figures sixty at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urljoin

import httpx
import pytest

from tests.store.examples import deadline, measure, money
from tests.web.examples import published, whole
from tests.web.test_pages import page
from watcher.model import Deadline, Extraction, Figure, Measure
from watcher.store import Store

MEASURES, MOST_BYTES = 90, 150_000
SUBJECT = "对新认定的省级绿色工厂和节水型企业一次性补助"


def long_document() -> Extraction:
    """Two parts, 90 measures, of which the later half begins at 1 again; two figures in each; deadlines not by day."""
    lines: list[str] = []
    for number in range(1, MEASURES + 1):
        filling = "鼓励企业改造升级并加强服务保障。" * 8
        lines += [f"第{number}项支持绿色改造。{filling}最高奖补{number}0万元，贴息{number}1万元。"]
    text = "\n".join([*lines, "2026年6月底前完成申报，2026年4月底前报名。"])
    figures: list[Figure] = []
    measures: list[Measure] = []
    for number in range(1, MEASURES + 1):
        printed = (number - 1) % 45 + 1
        measures.append(replace(measure(text, number, f"第{number}项支持绿色改造"), number=printed))
        for quote in (f"最高奖补{number}0万元", f"贴息{number}1万元"):
            figures.append(replace(money(text, quote, 100_000 * number, SUBJECT), measure=printed))
    deadlines: tuple[Deadline, ...] = (
        deadline(text, "2026年6月底前", date(2026, 6, 30)),
        deadline(text, "2026年4月底前", date(2026, 6, 30) - timedelta(days=61)),
    )
    return whole(text, figures=tuple(figures), measures=tuple(measures), deadlines=deadlines)


async def views(web: httpx.AsyncClient, start: str) -> dict[str, tuple[set[str], list[str]]]:
    """Every view that is linked from this one of the same announcement: its anchors, and its links to anchors."""
    seen: dict[str, tuple[set[str], list[str]]] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = await web.get(path)
        assert len(answer.content) < MOST_BYTES, (path, len(answer.content))
        found = await page(web, path)
        links = [urljoin(path, str(one["href"])) for one in found.select("main a[href*='#']")]
        seen[path] = ({str(one["id"]) for one in found.select("[id]")}, links)
        waiting += [link.partition("#")[0] for link in links]
    return seen


async def test_every_link_of_every_view_of_a_long_document_has_its_target(web: httpx.AsyncClient, store: Store) -> None:
    number = published(store, long_document())
    found = await views(web, f"/announcements/{number}")
    assert any("part=2&figures=all" in path for path in found)
    for path, (_, links) in found.items():
        for link in links:
            address, _, anchor = link.partition("#")
            assert anchor in found[address][0], (path, link)


async def test_a_figure_leads_to_the_measure_that_it_stands_in_not_to_another_of_its_number(
    web: httpx.AsyncClient, store: Store
) -> None:
    number = published(store, long_document())
    found = await page(web, f"/announcements/{number}?part=2&figures=all")
    row = found.select_one("#figure-row-180 td a")  # the 90th measure, printed as the 45th
    assert row is not None
    heading = found.select_one(str(row["href"]))
    assert heading is not None
    assert heading.get_text() == "第90项支持绿色改造"


async def test_a_deadline_and_its_words_lead_to_each_other_though_rows_are_by_day(
    web: httpx.AsyncClient, store: Store
) -> None:
    number = published(store, long_document())
    found = await page(web, f"/announcements/{number}?part=2")
    for day, words in (("2026-06-30", "2026年6月底前"), ("2026-04-30", "2026年4月底前")):
        row = next(one for one in found.select(".dues li") if day in one.get_text())
        mark = found.select_one(f"a[href='#{row['id']}']")
        assert mark is not None
        assert mark.get_text() == words


@pytest.mark.parametrize("path", ["/", "/?query=绿色改造"])
async def test_the_list_leads_to_the_part_that_a_figure_stands_in(
    web: httpx.AsyncClient, store: Store, path: str
) -> None:
    made = long_document()
    published(store, replace(made, figures=made.figures[-1:]))
    link = (await page(web, path)).select_one(".figs a")
    assert link is not None
    address, _, anchor = str(link["href"]).partition("#")
    there = (await page(web, address)).select_one(f"#{anchor}")
    assert there is not None
    assert there.get_text() == "贴息901万元"

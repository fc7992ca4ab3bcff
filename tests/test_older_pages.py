"""How far back a pass reads: the pages of a list, columns that name the address of their data, pinned entries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.sites import Answer
from tests.store.examples import source
from tests.test_pipeline import Bench, bench, site
from tests.town import MEASURES, TODAY, article, days_ago, listing
from watcher.model import NotModified, Page, Validators
from watcher.settings import PLAIN_FETCH, FetchOptions, JsonRule

__all__ = ["bench", "site"]

COLUMN = """<html><body><ul><li><a href='/'>首页</a></li></ul><script>
$('#7').jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:2, ajaxParam:{columnid:5, unitid:'7'}})
</script></html>"""
MISSED = (
    "listing: the {} entries of 2 pages do not reach back to the last pass; the list ends there, "
    "so that some may have been missed"
)
PROXY = "/module/web/jpage/dataproxy.jsp?startrecord={}&endrecord={}&perpage=2&columnid=5&unitid=7"


def publish(bench: Bench, numbers: Iterable[int]) -> None:
    for number in numbers:
        bench.site.set(f"/art/{number}.html", article(MEASURES, amount=100 * number))  # no copies of each other


def answer(bench: Bench, newest: int, *, width: int = 6) -> None:
    """The data service: one answer for each window of records, with both its ends."""
    numbers = list(range(newest, 0, -1))
    for start in range(1, newest + 1, width - 1):
        window = numbers[start - 1 : start - 1 + width]
        records = "".join(
            f"<record><![CDATA[<li><a href='/art/{n}.html'>{MEASURES[0]}（{n}）</a><b>{TODAY}</b></li>]]></record>"
            for n in window
        )
        body = f"<datastore><totalrecord>{newest}</totalrecord><recordset>{records}</recordset></datastore>"
        bench.site.set(PROXY.format(start, start + width - 1), Answer(body=body.encode(), headers=XML))


XML = (("Content-Type", "text/xml; charset=utf-8"),)


def asked(bench: Bench) -> list[str]:
    return [path for path in bench.site.paths() if not path.startswith("/art/")]


async def test_a_column_that_a_script_fills_is_read_by_its_data_and_back_over_windows(bench: Bench) -> None:
    bench.watch(source("jp", url=bench.site.url("/col/5.html"), listing="jpage"))
    bench.site.set("/col/5.html", COLUMN)
    publish(bench, range(1, 14))
    answer(bench, 2)
    assert (await bench.check()).links == 2
    assert asked(bench) == ["/col/5.html", PROXY.format(1, 6)]

    report = await bench.check()  # the same column, the same data
    assert (report.links, report.opened, report.problem) == (2, 0, None)

    answer(bench, 13)  # 13-8, 8-3, 3-1
    report = await bench.check()
    assert asked(bench) == ["/col/5.html", PROXY.format(1, 6), PROXY.format(6, 11), PROXY.format(11, 16)]
    assert (report.new, report.warnings) == (11, ())
    assert bench.opened() == sorted(f"/art/{n}.html" for n in range(3, 14))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (COLUMN, "javascript_list"),
        (COLUMN.replace("columnid:5", "columnid:6"), "no_links"),  # another address again: one is followed, not a chain
        ("<datastore><recordset></recordset></datastore>", "empty_list"),
    ],
)
async def test_data_that_vanished_is_a_problem_of_the_source(bench: Bench, body: str, code: str) -> None:
    bench.watch(source("jp", url=bench.site.url("/col/5.html"), listing="jpage"))
    bench.site.set("/col/5.html", COLUMN)
    bench.site.set(PROXY.format(1, 6), body)
    report = await bench.check()
    assert report.problem is not None
    assert report.problem[0] == code


async def test_the_data_address_of_the_configuration_is_asked_instead_of_the_column(bench: Bench) -> None:
    rule = JsonRule("rows", url=bench.site.url("/api?n={page}"), first_page=0)
    bench.watch(source("api", url=bench.site.url("/column/"), listing=rule))
    publish(bench, range(1, 6))

    def rows(*numbers: int) -> str:
        return json.dumps(
            {"rows": [{"url": f"/art/{n}.html", "title": MEASURES[0], "date": str(TODAY)} for n in numbers]}
        )

    bench.site.set("/api?n=0", rows(1))
    await bench.check()
    bench.site.set("/api?n=0", rows(5, 4))
    bench.site.set("/api?n=1", rows(3, 2))
    bench.site.set("/api?n=2", rows())  # behind the last
    report = await bench.check()
    assert asked(bench) == ["/api?n=0", "/api?n=1", "/api?n=2"]
    assert (report.new, report.warnings) == (4, (MISSED.format(4),))


def entries(*days: tuple[int, date | None]) -> list[tuple[int, str, date | None]]:
    return [(number, f"{MEASURES[0]}（{number}）", day) for number, day in days]


async def test_pinned_entries_do_not_hide_a_gap(bench: Bench) -> None:
    publish(bench, range(1, 8))
    pinned, older = (1, days_ago(300)), (2, days_ago(9))
    bench.site.set("/list/", listing(entries(pinned, older)))
    await bench.check()
    bench.site.set("/list/", listing(entries(pinned, (7, TODAY), (6, TODAY)), "/list/1.html"))
    bench.site.set("/list/1.html", listing(entries(pinned, (5, TODAY), (4, TODAY)), "/list/2.html"))
    bench.site.set("/list/2.html", listing(entries(pinned, (3, TODAY), older), "/list/3.html"))
    report = await bench.check()
    assert asked(bench) == ["/list/", "/list/1.html", "/list/2.html"]
    assert (report.new, report.warnings) == (5, ())


async def test_an_entry_taken_away_does_not_lead_to_older_pages(bench: Bench) -> None:
    publish(bench, (1, 2, 3))
    bench.site.set("/list/", listing(entries((3, TODAY), (2, days_ago(5))), "/list/1.html"))
    await bench.check()
    bench.site.set("/list/", listing(entries((3, TODAY), (1, days_ago(90))), "/list/1.html"))
    await bench.check()
    assert asked(bench) == ["/list/"]


async def test_a_list_that_was_wholly_renewed_and_shows_no_older_page_says_so(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", listing(entries((3, TODAY), (2, TODAY))))
    publish(bench, (2, 3))
    report = await bench.check()
    assert (report.new, ["no older page" in warning for warning in report.warnings]) == (2, [True])


async def test_an_older_page_that_the_first_one_names_and_that_is_not_there_is_no_end_of_the_list(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", listing(entries((3, TODAY), (2, TODAY)), "/list/1.html"))
    publish(bench, (2, 3))
    report = await bench.check()
    assert ["the older page that it names is not there" in warning for warning in report.warnings] == [True]


# --- pages of a list ----------------------------------------------------------------------------------------------


async def test_a_gap_is_closed_over_older_pages(bench: Bench) -> None:
    for number in range(1, 4):
        bench.column.publish(number)
    await bench.check()
    for number in range(4, 12):
        bench.column.publish(number)
    bench.column.renew(newest=4)  # pages: 11-8, 7-4, 3-1
    report = await bench.check()
    assert [path for path in bench.site.paths() if path.startswith("/list/")] == [
        "/list/", "/list/index_1.html", "/list/index_2.html"
    ]  # fmt: skip
    assert (report.new, len(bench.opened())) == (8, 8)


async def test_older_pages_are_left_alone_where_there_is_no_gap(bench: Bench) -> None:
    for number in range(1, 9):
        bench.column.publish(number)
    bench.column.renew(newest=4)
    await bench.check()
    bench.column.publish(9)
    bench.column.renew(newest=4)
    await bench.check()
    assert [path for path in bench.site.paths() if path.startswith("/list/")] == ["/list/"]


@pytest.mark.parametrize(
    ("known", "oldest", "warnings"),
    [
        (days_ago(1), TODAY, (MISSED.format(6),)),
        (TODAY, TODAY, (MISSED.format(6),)),  # more of that day may have stood there
        (days_ago(1), days_ago(2), ()),  # what was known left the list, and its page goes on before that
        (None, None, (MISSED.format(6),)),
    ],
)
async def test_a_list_that_ends_above_what_was_known_may_have_lost_some(
    bench: Bench, known: date | None, oldest: date | None, warnings: tuple[str, ...]
) -> None:
    publish(bench, range(90, 96))
    bench.site.set("/list/", listing([(number, f"第{number}次会议", known) for number in range(90, 96)]))
    await bench.check()
    publish(bench, range(2, 8))
    bench.site.set("/list/", listing(entries((7, TODAY), (6, TODAY), (5, TODAY)), "/list/index_1.html"))
    bench.site.set("/list/index_1.html", listing(entries((4, TODAY), (3, TODAY), (2, oldest)), "/list/index_2.html"))
    report = await bench.check(after=timedelta(hours=1))
    assert (report.new, report.problem, report.warnings) == (6, None, warnings)


async def test_a_walk_that_is_taken_up_at_the_last_page_misses_nothing(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    publish(bench, range(2, 6))
    last = listing(entries((3, TODAY), (2, TODAY), (1, TODAY)))
    bench.site.set("/list/", listing(entries((5, TODAY), (4, TODAY)), "/list/2.html"))
    bench.site.set("/list/2.html", [Answer(503), Answer(body=last.encode())])
    assert len((await bench.check(after=timedelta(minutes=30))).warnings) == 1
    report = await bench.check(after=timedelta(minutes=30))
    assert (report.new, report.warnings) == (2, ())


async def test_a_walk_that_broke_off_is_taken_up_again(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 8):
        bench.column.publish(number)
    bench.column.renew(newest=3)
    bench.site.set("/list/index_1.html", Answer(status=500))
    report = await bench.check(after=timedelta(minutes=30))
    assert (report.new, len(report.warnings)) == (3, 1)
    bench.column.renew(newest=3)
    report = await bench.check(after=timedelta(minutes=30))
    assert (report.new, report.warnings) == (3, ())
    report = await bench.check(after=timedelta(minutes=30))
    assert report.not_modified


async def test_a_walk_that_broke_off_is_taken_up_again_though_the_process_was_killed(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 8):
        bench.column.publish(number)
    bench.column.renew(newest=3)
    bench.site.set("/list/index_1.html", Answer(status=503))
    real = bench.gear.fetch

    async def killed(
        url: str, validators: Validators | None = None, options: FetchOptions = PLAIN_FETCH
    ) -> Page | NotModified:
        if "/art/" in url:
            raise asyncio.CancelledError
        return await real(url, validators, options)

    bench.gear = replace(bench.gear, fetch=killed)
    with pytest.raises(asyncio.CancelledError):  # the entries of the first page are noted, the pass has no end
        await bench.check(after=timedelta(minutes=30))
    bench.gear = replace(bench.gear, fetch=real)
    bench.column.renew(newest=3)
    report = await bench.check(after=timedelta(minutes=30))
    assert report.new == 6
    record = bench.store.source("bureau")
    assert record is not None
    assert record.gap is None

"""A column whose articles all get other addresses: what stood in it before is no news, what is new in it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.sites import Answer
from tests.test_pipeline import Bench, bench, site
from tests.town import MEASURES, article, days_ago, page
from watcher.model import Link
from watcher.news import EventKind
from watcher.readdressed import NOTHING, passes, readdressed
from watcher.records.pages import Stood
from watcher.sanity import kinds_of

__all__ = ["bench", "site"]

PASS = timedelta(hours=6)
# (number, title, day), the newest first
Entry = tuple[int, str, date]


def entries(newest: int, words: str = "某市出台措施支持企业") -> list[Entry]:
    """Three a day; the 30 first were there before the day began."""
    return [(number, f"{words}（{number}）", days_ago((30 - number) // 3)) for number in range(newest, 0, -1)]


def show(bench: Bench, every: Iterable[Entry], path: str = "/art/{}.html", size: int = 10) -> None:
    column = list(every)
    for at in range(0, len(column), size):
        items = "".join(
            f"<li><a href='{path.format(number)}'>{title}</a><span>{day}</span></li>"
            for number, title, day in column[at : at + size]
        )
        older = f"<a href='/list/index_{at // size + 1}.html'>下一页</a>" if at + size < len(column) else ""
        name = f"/list/index_{at // size}.html" if at else "/list/"
        bench.site.set(name, page("工作动态", f"<ul class='list'>{items}</ul>{older}"))
    for number, title, day in column:
        bench.site.set(path.format(number), article((title, *MEASURES[1:]), day, amount=100 + number, days=number))


def told(bench: Bench) -> int:
    return bench.kinds().count(str(EventKind.NEW))


@pytest.mark.parametrize("moved", ["/content/article/{}", "/art/77{}.html"])
async def test_what_stood_in_a_column_is_not_told_again_at_its_new_address(bench: Bench, moved: str) -> None:
    show(bench, entries(30))
    await bench.check()
    show(bench, entries(32), moved)
    report = await bench.check(after=PASS)
    assert (report.links, report.new, told(bench)) == (10, 2, 2)
    assert report.warnings == (
        "listing: its entries have other addresses now; 8 stood in it before and are not told again",
    )
    show(bench, entries(33), moved)
    report = await bench.check(after=PASS)
    assert (report.new, report.warnings, told(bench)) == (1, (), 3)


async def test_what_could_not_be_read_at_its_old_address_is_told_at_its_new_one(bench: Bench) -> None:
    show(bench, entries(30))
    await bench.check()
    show(bench, entries(31))
    bench.site.set("/art/31.html", Answer(503))
    assert (await bench.check(after=PASS)).new == 0
    show(bench, entries(31), "/content/article/{}")
    bench.site.set("/art/31.html", Answer(404))
    assert ((await bench.check(after=PASS)).new, told(bench)) == (1, 1)


async def test_titles_on_an_older_page_end_a_walk(bench: Bench) -> None:
    show(bench, entries(30))
    await bench.check()
    show(bench, entries(44), "/content/article/{}")
    report = await bench.check(after=timedelta(days=5))
    assert (report.links, report.new, told(bench)) == (20, 14, 14)


async def test_where_titles_are_new_too_what_is_dated_before_the_last_pass_is_no_news(bench: Bench) -> None:
    show(bench, entries(60)[30:])
    await bench.check()
    show(bench, entries(32, words="市局印发若干举措助力企业"), "/content/article/{}")
    report = await bench.check(after=PASS)
    assert told(bench) < 16  # those of the last three days
    assert "their addresses may have changed" in report.warnings[0]
    asked = [path for path in bench.site.paths() if path.startswith("/list/")]
    assert asked == ["/list/", "/list/index_1.html", "/list/index_2.html"]
    assert bench.kinds().count(str(EventKind.SOURCE_TROUBLE)) == 1
    before = told(bench)
    assert ((await bench.check(after=PASS)).warnings, told(bench)) == ((), before)


async def test_what_is_put_up_long_after_its_day_is_news_whatever_its_day(bench: Bench) -> None:
    """A column of documents prints when they were signed; 40 of them are put up while nobody looks."""
    late = timedelta(days=20)
    show(bench, [(number, title, day - late) for number, title, day in entries(30)])
    await bench.check()
    show(bench, [(number, title, day - late) for number, title, day in entries(70)])
    for _ in range(3):
        report = await bench.check(after=PASS)
    assert (told(bench), report.warnings) == (40, ())


# --- the rule ------------------------------------------------------------------------------------------------------

DAY = date(2026, 3, 1)
KINDS = kinds_of([Link("http://a.cn/gz/t1.html", "")])


def links(titles: Iterable[str], day: date | None = DAY, kind: str = "gz/u{}.html") -> list[Link]:
    return [Link(f"http://a.cn/{kind.format(at)}", title, day) for at, title in enumerate(titles)]


def stood(titles: Iterable[str], day: date | None = DAY) -> list[Stood]:
    return [
        Stood(f"a.cn/gz/t{at}.html", f"http://a.cn/gz/t{at}.html", title, day, settled=True)
        for at, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("page_of", "before", "found"),
    [
        (links("甲乙丙丁戊己"), stood("甲乙丙丁戊己"), 6),
        (links("甲乙丙丁戊己庚辛"), stood("甲乙丙丁"), 4),  # half of a short list
        (links("甲乙丙丁戊己庚辛壬癸子丑"), stood("甲乙丙丁"), 0),
        (links("甲"), stood("甲"), 0),  # one is put up again
        (links("甲甲甲乙乙乙"), stood("甲乙"), 0),  # a series of one day
        (links("甲乙丙丁戊"), stood("甲乙丙丁戊", date(2026, 2, 28)), 0),  # each day's reports
        (links("甲乙丙丁戊", None), stood("甲乙丙丁戊", None), 0),
        (links("甲乙丙丁戊", None, "art/{}"), stood("甲乙丙丁戊", None), 5),
        (links("甲乙丙丁戊", date(2026, 3, 2), "art/{}"), stood("甲乙丙丁戊"), 5),  # all dated anew
        (links("甲乙丙丁戊"), [*stood("甲乙丙丁戊"), *stood("甲乙丙丁戊", date(2026, 2, 28))], 0),
        ([], stood("甲"), 0),
    ],
)
def test_entries_are_known_by_their_titles_where_these_name_one_each(
    page_of: list[Link], before: list[Stood], found: int
) -> None:
    assert len(readdressed(page_of, before, KINDS).keys) == found


def test_what_was_never_read_is_not_settled() -> None:
    before = [replace(one, settled=False) for one in stood("甲乙丙丁戊")]
    found = readdressed(links("甲乙丙丁戊"), before, KINDS)
    assert (len(found.keys), found.settled) == (5, NOTHING.settled)


async def test_a_page_is_past_where_all_of_it_is_dated_before_the_last_pass(bench: Bench) -> None:
    before, art = DAY - timedelta(days=9), "art/{}"
    assert passes(links("甲", before, art), bench.now, KINDS)
    assert not passes([*links("甲", before, art), *links("乙", kind=art)], bench.now, KINDS)
    assert not passes(links("甲", None, art), bench.now, KINDS)
    assert not passes(links("甲", before), bench.now, KINDS)  # of a column that prints its documents' days
    assert not passes(links("甲", before, art), bench.now, ())
    assert not passes([], bench.now, KINDS)

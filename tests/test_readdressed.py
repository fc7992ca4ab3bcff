"""A column whose articles all get other addresses: what stood in it before goes on there, and what is new is news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sites import Answer
from tests.store.examples import subscription
from tests.test_pipeline import Bench, bench, site
from tests.town import BULLETIN, MEASURES, article, days_ago, page
from watcher.model import Link
from watcher.news import EventKind
from watcher.readdressed import Proof, passes, readdressed
from watcher.records.announcements import AnnouncementRecord, Filter
from watcher.records.pages import Stood
from watcher.sanity import kinds_of
from watcher.settings import Follow

__all__ = ["bench", "site"]

PASS = timedelta(hours=6)
# (number, title, day), the newest first
Entry = tuple[int, str, date]


def entries(newest: int, words: str = "某市出台措施支持企业") -> list[Entry]:
    """Three a day; the 30 first were there before the day began."""
    return [(number, f"{words}（{number}）", days_ago((30 - number) // 3)) for number in range(newest, 0, -1)]


def show(
    bench: Bench, every: Iterable[Entry], path: str = "/art/{}.html", size: int = 10, column: str = "/list/"
) -> None:
    shown = list(every)
    for at in range(0, len(shown), size):
        older = f"<a href='{column}index_{at // size + 1}.html'>下一页</a>" if at + size < len(shown) else ""
        name = f"{column}index_{at // size}.html" if at else column
        bench.site.set(name, page("工作动态", column_of(shown[at : at + size], path) + older))
    for entry in shown:
        put(bench, path.format(entry[0]), entry, amount=100 + entry[0])


def column_of(shown: Iterable[Entry], path: str) -> str:
    items = (f"<li><a href='{path.format(number)}'>{title}</a><span>{day}</span></li>" for number, title, day in shown)
    return f"<ul class='list'>{''.join(items)}</ul>"


def put(bench: Bench, path: str, entry: Entry, amount: int) -> None:
    number, title, day = entry
    bench.site.set(path, article((title, *MEASURES[1:]), day, amount=amount, days=number))


def gone(bench: Bench, numbers: Iterable[int], path: str = "/art/{}.html") -> None:
    for number in numbers:
        bench.site.set(path.format(number), Answer(404))


def records(bench: Bench) -> tuple[AnnouncementRecord, ...]:
    return bench.store.lists.announcements(Filter())


def told(bench: Bench) -> int:
    return bench.kinds().count(str(EventKind.NEW))


@pytest.mark.parametrize("moved", ["/content/article/{}", "/art/77{}.html"])
async def test_what_stood_in_a_column_is_not_told_again_at_its_new_address(bench: Bench, moved: str) -> None:
    show(bench, entries(30))
    await bench.check()
    show(bench, entries(32), moved)
    report = await bench.check(after=PASS)
    assert (report.links, report.new, told(bench)) == (10, 2, 2)
    assert report.warnings == ("listing: 10 known entries go on at another address",)
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


# --- what is known of an entry goes on at its new address ------------------------------------------------------------

NEW_SYSTEM = "/content/article/{}"


async def moved(bench: Bench, was: int = 30, now: int = 30) -> None:
    """A column read and then rebuilt: its articles stand at other addresses, and no more at those before."""
    show(bench, entries(was))
    await bench.check()
    show(bench, entries(now), NEW_SYSTEM)
    gone(bench, range(1, was + 1))


async def test_an_edit_at_the_new_address_is_one_of_the_known_announcement(bench: Bench) -> None:
    await moved(bench)
    await bench.check(after=PASS)
    assert (told(bench), len(records(bench))) == (0, 10)
    put(bench, NEW_SYSTEM.format(28), entries(30)[2], amount=9000)
    report = await bench.check(after=timedelta(hours=3))
    assert (report.changed, bench.kinds()) == (1, ["changed"])
    edited = next(one for one in records(bench) if one.revision == 2)
    assert edited.url.endswith(NEW_SYSTEM.format(28))


async def test_an_edit_on_the_way_to_the_new_address_is_told_by_the_pass_that_finds_it(bench: Bench) -> None:
    await moved(bench)
    put(bench, NEW_SYSTEM.format(28), entries(30)[2], amount=9000)
    report = await bench.check(after=PASS)
    assert (report.new, report.changed, bench.kinds()) == (0, 1, ["changed"])


async def test_other_words_of_a_new_form_are_no_news(bench: Bench) -> None:
    await moved(bench)
    for number, title, day in entries(30):
        lines = (title, *MEASURES[1:], "本网编辑部对以上内容负责，转载请注明出处。")
        bench.site.set(NEW_SYSTEM.format(number), article(lines, day, amount=100 + number, days=number))
    bench.store.sync_subscriptions([subscription(on=(EventKind.CHANGED, EventKind.WORDING))], bench.now)
    report = await bench.check(after=PASS)
    assert (report.changed, bench.kinds()) == (0, [])


async def test_nothing_is_missing_after_a_move_and_nobody_is_told_of_one(bench: Bench) -> None:
    await moved(bench)
    for _ in range(12):
        report = await bench.check(after=PASS)
        assert (report.warnings[1:], report.withdrawn, report.concern) == ((), 0, None)
    assert bench.kinds() == []
    assert not [path for path in bench.site.paths()[-40:] if path.startswith("/art/")]


async def test_a_move_back_is_one_too(bench: Bench) -> None:
    await moved(bench)
    await bench.check(after=PASS)
    show(bench, entries(31))
    gone(bench, range(1, 32), NEW_SYSTEM)
    report = await bench.check(after=PASS)
    assert (report.new, bench.kinds()) == (1, ["new"])
    put(bench, "/art/28.html", entries(31)[3], amount=9000)
    assert (await bench.check(after=timedelta(hours=12))).changed == 1


async def test_entries_on_older_pages_are_followed_to_their_new_addresses(bench: Bench) -> None:
    show(bench, entries(30)[20:])
    await bench.check()
    show(bench, entries(30))
    await bench.check(after=PASS)
    show(bench, entries(35), NEW_SYSTEM)
    gone(bench, range(1, 31))
    report = await bench.check(after=PASS)
    assert (report.new, report.warnings) == (
        5,
        ("listing: 30 known entries go on at another address",),
    )
    put(bench, NEW_SYSTEM.format(5), entries(30)[25], amount=9000)
    assert (await bench.check(after=timedelta(days=1))).changed == 1


async def test_what_is_left_behind_is_not_taken_to_be_withdrawn(bench: Bench) -> None:
    """Its new address stands on no page that is read, or on none at all; articles beside it stand at new ones."""
    show(bench, entries(30)[20:])
    await bench.check()
    show(bench, entries(30)[:25])
    await bench.check(after=PASS)
    column = [entry for entry in entries(30) if entry[0] != 15]
    show(bench, column, NEW_SYSTEM)
    gone(bench, range(1, 31))
    for _ in range(6):
        report = await bench.check(after=timedelta(hours=20))
        assert (report.withdrawn, report.concern) == (0, None)
    assert "withdrawn" not in bench.kinds()


async def test_what_is_put_up_in_the_place_of_another_of_its_title_and_day_is_read(bench: Bench) -> None:
    day = days_ago(0)
    show(bench, entries(30))
    bench.site.set("/list/", page("工作动态", column_of([(40, "市局公告", day), *entries(30)[:9]], "/art/{}.html")))
    bench.site.set("/art/40.html", article(("市局公告", *BULLETIN[1:]), day))
    await bench.check()
    bench.site.set("/list/", page("工作动态", column_of([(41, "市局公告", day), *entries(30)[:9]], "/art/{}.html")))
    put(bench, "/art/41.html", (41, "市局公告", day), amount=4000)
    gone(bench, [40])
    report = await bench.check(after=timedelta(hours=1))
    assert (report.new, bench.kinds()) == (1, ["new"])


async def test_where_only_the_newest_moved_the_others_are_watched_where_they_stand(bench: Bench) -> None:
    show(bench, entries(30)[20:])
    await bench.check()
    show(bench, entries(30))
    await bench.check(after=PASS)
    show_newest_elsewhere(bench, entries(30))
    gone(bench, range(21, 31))
    await bench.check(after=PASS)
    show_newest_elsewhere(bench, [entry for entry in entries(30) if entry[0] != 15])
    gone(bench, [*range(21, 31), 15])
    for _ in range(4):
        await bench.check(after=timedelta(hours=20))
    assert [kind for kind in bench.kinds() if kind != "new"] == ["withdrawn"]


def show_newest_elsewhere(bench: Bench, every: Sequence[Entry]) -> None:
    show(bench, every)
    older = "<a href='/list/index_1.html'>下一页</a>"
    bench.site.set("/list/", page("工作动态", column_of(every[:10], NEW_SYSTEM) + older))
    for entry in every[:10]:
        put(bench, NEW_SYSTEM.format(entry[0]), entry, amount=100 + entry[0])


async def test_what_stands_at_both_addresses_is_told_once_and_stays_where_it_was(bench: Bench) -> None:
    """Pinned on top with its old link; in its place in the list it has the new one."""
    show(bench, entries(30))
    await bench.check()
    every = entries(32)
    show(bench, every, NEW_SYSTEM)
    pinned = next(entry for entry in every if entry[0] == 24)
    items = column_of([pinned], "/art/{}.html").removesuffix("</ul>") + column_of(every[:10], NEW_SYSTEM)[17:]
    bench.site.set("/list/", page("工作动态", items))
    report = await bench.check(after=PASS)
    assert (report.new, report.reposts, bench.kinds()) == (2, 0, ["new", "new"])
    assert [one.url for one in records(bench) if one.extraction.title == pinned[1]] == [bench.site.url("/art/24.html")]


async def test_a_weekly_report_is_not_taken_for_an_older_one_of_its_title(bench: Bench) -> None:
    """This week's stands below the next one; last week's is on page 3, where watcher never was."""
    weekly = {31, 24, 8}

    def named(every: Iterable[Entry]) -> list[Entry]:
        return [
            (number, "某市支持企业措施落实周报" if number in weekly else title, day) for number, title, day in every
        ]

    show(bench, named(entries(30))[:10])
    await bench.check()
    show(bench, named(entries(31)), NEW_SYSTEM)
    gone(bench, range(1, 31))
    for _ in range(5):
        await bench.check(after=PASS)
    assert "changed" not in bench.kinds()
    assert bench.site.url(NEW_SYSTEM.format(24)) in {one.url for one in records(bench)}


async def test_older_pages_are_looked_through_in_several_passes_and_asked_again_where_they_fail(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_pages=2)))
    for newest in (10, 20, 30, 40, 50):
        show(bench, entries(50)[50 - newest :])
        await bench.check(after=PASS)
    show(bench, entries(50), NEW_SYSTEM)
    gone(bench, range(1, 51))
    bench.site.set("/list/index_1.html", Answer(503))
    report = await bench.check(after=PASS)
    unread = f"listing: {bench.site.url('/list/index_1.html')} was not read, where known"
    assert any(one.startswith(unread) for one in report.warnings)
    asked = []
    for _ in range(4):
        show(bench, entries(50), NEW_SYSTEM)
        await bench.check(after=PASS)
        asked.append([path for path in bench.site.paths() if path.startswith("/list/")])
    assert asked == [
        ["/list/", "/list/index_1.html", "/list/index_2.html"],
        ["/list/", "/list/index_3.html", "/list/index_4.html"],
        ["/list/"],
        ["/list/"],
    ]
    assert all(NEW_SYSTEM.format("") in one.url for one in records(bench))
    put(bench, NEW_SYSTEM.format(5), entries(50)[45], amount=9000)
    assert (await bench.check(after=timedelta(days=2))).changed == 1


async def test_entries_that_were_dated_anew_are_followed_by_their_titles(bench: Bench) -> None:
    for newest in (10, 20, 30):
        show(bench, entries(30)[30 - newest :])
        await bench.check(after=PASS)
    show(bench, [(number, title, days_ago(0)) for number, title, _ in entries(30)], NEW_SYSTEM)
    gone(bench, range(1, 31))
    for _ in range(2):
        report = await bench.check(after=PASS)
    assert (report.new, {NEW_SYSTEM.format("") in one.url for one in records(bench)}) == (0, {True})


@pytest.mark.parametrize("new", [2, 14])
async def test_a_column_that_got_another_address_too_goes_on_where_it_is_now(bench: Bench, new: int) -> None:
    show(bench, entries(30))
    await bench.check()
    bench.site.remove("/list/")
    await bench.check(after=PASS)
    show(bench, entries(30 + new), NEW_SYSTEM, column="/news/gzdt/")
    gone(bench, range(1, 31))
    put(bench, NEW_SYSTEM.format(28), entries(30)[2], amount=9000)
    bench.watch(replace(bench.source, url=bench.site.url("/news/gzdt/")))
    report = await bench.check(after=timedelta(days=5))
    assert (report.baseline, report.new, report.changed, told(bench)) == (False, new, 1, new)


async def test_two_columns_of_the_same_articles_move_one_after_the_other(bench: Bench) -> None:
    both = [bench.source, replace(bench.source, id="other", url=bench.site.url("/other/"))]
    bench.store.sync_sources(both, bench.now)
    show(bench, entries(30), column="/other/")
    show(bench, entries(30))
    for bench.source in both:
        await bench.check()
    show(bench, entries(30), NEW_SYSTEM)
    gone(bench, range(1, 31))
    bench.source = both[0]
    await bench.check(after=PASS)
    show(bench, entries(30), NEW_SYSTEM, column="/other/")
    put(bench, NEW_SYSTEM.format(28), entries(30)[2], amount=9000)
    for _ in range(8):
        for bench.source in both:
            await bench.check(after=PASS)
    assert bench.kinds() == ["changed"]
    assert {(len(one.places), one.status) for one in records(bench)} == {(2, "active")}


async def test_where_another_announcement_stands_at_the_new_address_each_keeps_its_own(bench: Bench) -> None:
    """Another column showed it there first, when it said something else."""
    await moved(bench)
    both = [bench.source, replace(bench.source, id="other", url=bench.site.url("/other/"))]
    bench.store.sync_sources(both, bench.now)
    bench.site.set("/other/", page("要闻", column_of(entries(30)[2:6], NEW_SYSTEM)))
    put(bench, NEW_SYSTEM.format(28), (28, "某市发布减税降费一揽子举措", days_ago(1)), amount=7)
    bench.source = both[1]
    await bench.check(after=PASS)
    bench.source = both[0]
    assert len(records(bench)) == 11
    report = await bench.check()
    assert (report.new, report.problem, len(records(bench))) == (0, None, 11)


async def test_what_is_taken_down_after_a_move_is_withdrawn(bench: Bench) -> None:
    await moved(bench)
    await bench.check(after=PASS)
    gone(bench, [28], NEW_SYSTEM)
    for _ in range(5):
        await bench.check(after=timedelta(hours=20))
    assert bench.kinds().count("withdrawn") == 1


# --- the rule ------------------------------------------------------------------------------------------------------

DAY = date(2026, 3, 1)
KINDS = kinds_of([Link("http://a.cn/gz/t1.html", "")])


def links(titles: Iterable[str], day: date | None = DAY, kind: str = "gz/u{}.html") -> list[Link]:
    return [Link(f"http://a.cn/{kind.format(at)}", title, day) for at, title in enumerate(titles)]


def stood(titles: Iterable[str], day: date | None = DAY) -> list[Stood]:
    seen = datetime(2026, 3, 1, tzinfo=UTC)
    return [
        Stood(at, f"a.cn/gz/t{at}.html", f"http://a.cn/gz/t{at}.html", title, day, seen)
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
        # Each day's reports: those of the day.
        (links("甲乙丙丁戊"), [*stood("甲乙丙丁戊"), *stood("甲乙丙丁戊", date(2026, 2, 28))], 5),
        (links("甲乙丙丁戊"), [*stood("甲乙丙丁戊"), *stood("甲乙丙丁戊")], 0),  # two of each day
        (links("甲乙丙丁戊", None, "art/{}"), [*stood("甲乙丙丁戊", None), *stood("甲乙丙丁戊", None)], 0),
        # Most kept their days: the other two are the next of their titles.
        ([*links("甲乙丙丁戊"), *links("己庚", date(2026, 3, 2), "art/{}")], stood("甲乙丙丁戊己庚"), 5),
        ([], stood("甲"), 0),
    ],
)
def test_entries_are_known_by_their_titles_where_these_name_one_each(
    page_of: list[Link], before: list[Stood], found: int
) -> None:
    assert len(readdressed(page_of, before)) == found


def test_where_another_page_has_shown_it_one_entry_is_enough() -> None:
    assert len(readdressed(links("甲乙丙丁戊己"), stood("甲"), proof=Proof.DAYS)) == 1
    assert not readdressed(links("甲"), stood("甲", date(2026, 2, 28)), proof=Proof.DAYS)
    assert not readdressed(links("甲", kind="art/{}"), stood("甲", date(2026, 2, 28)), proof=Proof.DAYS)
    assert len(readdressed(links("甲", kind="art/{}"), stood("甲", date(2026, 2, 28)), proof=Proof.TITLES)) == 1


def test_what_a_newer_page_calls_alike_is_not_told_from_it() -> None:
    assert not readdressed(links("甲"), stood("甲"), newer=[("甲", DAY)], proof=Proof.DAYS)
    older, art = date(2026, 2, 28), "art/{}"
    assert len(readdressed(links("甲乙丙丁戊", older, art), stood("甲乙丙丁戊"))) == 5
    assert len(readdressed(links("甲乙丙丁戊己", older, art), stood("甲乙丙丁戊己"), newer=[("甲", DAY)])) == 5


async def test_a_page_is_past_where_all_of_it_is_dated_before_the_last_pass(bench: Bench) -> None:
    before, art = DAY - timedelta(days=9), "art/{}"
    assert passes(links("甲", before, art), bench.now, KINDS)
    assert not passes([*links("甲", before, art), *links("乙", kind=art)], bench.now, KINDS)
    assert not passes(links("甲", None, art), bench.now, KINDS)
    assert not passes(links("甲", before), bench.now, KINDS)  # of a column that prints its documents' days
    assert not passes(links("甲", before, art), bench.now, ())
    assert not passes([], bench.now, KINDS)

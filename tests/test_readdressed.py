"""A column whose articles all get other addresses: what stood in it before goes on there, and what is new is news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sites import Answer, redirect
from tests.store.examples import subscription
from tests.test_pipeline import Bench, bench, site
from tests.timing import cpu_seconds
from tests.town import BULLETIN, MEASURES, article, days_ago, page
from watcher.model import Link
from watcher.news import EventKind
from watcher.readdressed import Around, Proof, last_day, passes, readdressed
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
        assert not [path for path in bench.site.paths() if path.startswith("/art/")]
    assert bench.kinds() == []


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


@pytest.mark.parametrize("twin", ["", "（续）"])
async def test_a_second_batch_of_one_day_is_news_though_its_titles_recur(bench: Bench, twin: str) -> None:
    kinds = [f"{name}支持企业若干措施" for name in "甲乙丙丁戊"]

    def batch(newest: int, words: str) -> list[Entry]:
        titles = [f"{kind}{words}" for kind in kinds] + [f"支持企业措施之{newest}第{at}号" for at in range(5)]
        return [(newest - at, title, days_ago(0)) for at, title in enumerate(titles)]

    morning = [*batch(100, ""), *entries(30)[:10]]
    show(bench, morning)
    await bench.check()
    show(bench, [*batch(400, twin), *batch(300, "其三"), *batch(200, "其二"), *morning])
    for _ in range(4):
        await bench.check(after=PASS)
    assert (told(bench), "changed" in bench.kinds()) == (30, False)


async def test_two_documents_of_one_title_and_day_are_two_in_a_list_by_the_day_of_posting(bench: Bench) -> None:
    """It prints when they were signed; the first stands on the next page by now."""
    title, day = "关于支持企业绿色发展有关事项的通知", days_ago(9)
    above = [(number, f"支持企业措施之{number}", day) for number in range(110, 102, -1)]
    below = [(102, "支持企业绿色发展办法", days_ago(60)), (101, title, day), *entries(30)[:10]]
    show(bench, [*above, *below])
    await bench.check()
    show(bench, [(120, title, day), *above, *below])
    await bench.check(after=PASS)
    assert bench.kinds() == ["new"]


async def test_what_a_box_of_a_few_newest_shows_no_more_still_stands(bench: Bench) -> None:
    """A page of two boxes: the five newest of a busy column, those of a quiet one; one title recurs on a day."""
    quiet, today = entries(30)[20:25], days_ago(0)
    show(bench, [(101, "关于支持企业的公告", today), *entries(30)[:4], *quiet])
    await bench.check()
    newest = [
        (206, "关于支持企业的公告", today),
        *((number, f"支持企业措施之{number}", today) for number in range(202, 206)),
    ]
    show(bench, [*newest, *quiet])
    await bench.check(after=PASS)
    assert bench.kinds() == ["new"] * 5


@pytest.mark.parametrize("answer", [Answer(404), Answer(410), redirect("/art/931.html")])
async def test_an_article_put_up_again_with_another_figure_is_a_change(bench: Bench, answer: Answer) -> None:
    show(bench, entries(31))
    await bench.check()
    every = entries(31)
    show(bench, [(931, *every[0][1:]), *every[1:]])
    bench.site.set("/art/31.html", answer)
    put(bench, "/art/931.html", every[0], amount=9000)
    await bench.check(after=PASS)
    assert bench.kinds() == ["changed"]


async def test_a_few_that_are_put_up_again_leave_nothing_behind(bench: Bench) -> None:
    show(bench, entries(30)[10:])
    await bench.check()
    show(bench, entries(30))
    await bench.check(after=PASS)
    every = entries(36)
    show(bench, every)
    again = [(number + 900 if number in (30, 29, 28) else number, title, day) for number, title, day in every]
    show(bench, again)
    gone(bench, (28, 29, 30))
    await bench.check(after=PASS)
    assert not [page for page in bench.store.opened_since("bureau", days_before(bench, 9)) if page.left_behind]


def days_before(bench: Bench, days: int) -> datetime:
    return bench.now - timedelta(days=days)


async def test_what_moved_in_one_pass_is_not_moved_on_in_the_next(bench: Bench) -> None:
    """A twin that was never seen stands below it, on a page that the next pass looks through."""
    bench.watch(replace(bench.source, follow=Follow(max_pages=2)))
    for newest in (10, 20, 30):
        show(bench, entries(30)[30 - newest :])
        await bench.check(after=PASS)
    every = entries(30)
    twin = (500, every[12][1], every[12][2])
    show(bench, [*every[:25], twin, *every[25:]], NEW_SYSTEM)
    gone(bench, range(1, 31))
    await bench.check(after=PASS)
    await bench.check(after=PASS)
    assert bench.kinds().count("changed") == 0
    assert bench.site.url(NEW_SYSTEM.format(every[12][0])) in {one.url for one in records(bench)}


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
BEFORE = date(2026, 2, 28)
KINDS = kinds_of([Link("http://a.cn/gz/t1.html", "")])
ART = "art/{}"


def links(titles: Iterable[str], day: date | None = DAY, kind: str = "gz/u{}.html") -> list[Link]:
    return [Link(f"http://a.cn/{kind.format(at)}", title, day) for at, title in enumerate(titles)]


def stood(titles: Iterable[str], day: date | None = DAY) -> list[Stood]:
    seen = datetime(2026, 3, 1, tzinfo=UTC)
    return [
        Stood(at, f"a.cn/gz/t{at}.html", f"http://a.cn/gz/t{at}.html", title, day, seen)
        for at, title in enumerate(titles)
    ]


def others(titles: Iterable[str], day: date) -> list[Stood]:
    return [replace(one, page=one.page + 50) for one in stood(titles, day)]


IN_ORDER, OF_ONE_DAY = Around(below=BEFORE), Around(below=DAY)


@pytest.mark.parametrize(
    ("page_of", "before", "around", "found"),
    [
        (links("甲乙丙丁戊己"), stood("甲乙丙丁戊己"), IN_ORDER, 6),
        (links("甲乙丙丁戊己庚辛"), stood("甲乙丙丁"), IN_ORDER, 4),  # half of a short list
        (links("甲乙丙丁戊己庚辛壬癸子丑"), stood("甲乙丙丁"), IN_ORDER, 0),
        (links("甲"), stood("甲"), IN_ORDER, 0),  # one is put up again
        (links("甲甲甲乙乙乙"), stood("甲乙"), IN_ORDER, 0),  # a series of one day
        (links("甲乙丙丁戊"), stood("甲乙丙丁戊", BEFORE), IN_ORDER, 0),  # each day's reports
        (links("甲乙丙丁戊"), [*stood("甲乙丙丁戊"), *others("甲乙丙丁戊", BEFORE)], IN_ORDER, 5),
        (links("甲乙丙丁戊"), [*stood("甲乙丙丁戊"), *others("甲乙丙丁戊", DAY)], IN_ORDER, 0),
        # A page of one day: another batch of it, unless its addresses are of another kind.
        (links("甲乙丙丁戊"), stood("甲乙丙丁戊"), OF_ONE_DAY, 0),
        (links("甲乙丙丁戊", kind=ART), stood("甲乙丙丁戊"), OF_ONE_DAY, 5),
        # In a page that is in no order most have to be called so.
        (links("甲乙丙丁戊己庚辛"), stood("甲乙丙丁戊"), Around(), 5),
        (links("甲乙丙丁戊己庚辛壬癸"), stood("甲乙丙丁戊"), Around(), 0),
        (links("甲乙丙丁戊", None), stood("甲乙丙丁戊", None), Around(), 0),
        (links("甲乙丙丁戊", None, ART), stood("甲乙丙丁戊", None), Around(), 5),
        (links("甲乙丙丁戊", date(2026, 3, 2), ART), stood("甲乙丙丁戊"), IN_ORDER, 5),  # all dated anew
        # Most kept their days: the other two are the next of their titles.
        ([*links("甲乙丙丁戊"), *links("己庚", date(2026, 3, 2), ART)], stood("甲乙丙丁戊己庚"), IN_ORDER, 5),
        ([], stood("甲"), IN_ORDER, 0),
        # Beside known entries each is looked at by itself.
        (links("甲"), stood("甲"), replace(IN_ORDER, alone=False), 1),
        (links("甲"), stood("甲"), replace(OF_ONE_DAY, alone=False), 0),  # the other may stand on the next page
        (links("甲", kind=ART), stood("甲"), Around(alone=False), 0),
        # Where newer pages have shown it, one is enough.
        (links("甲"), stood("甲"), Around(proof=Proof.DAYS), 1),
        (links("甲", kind=ART), stood("甲", BEFORE), Around(proof=Proof.DAYS), 0),
        (links("甲", kind=ART), stood("甲", BEFORE), Around(proof=Proof.TITLES), 1),
        # Of two that are called alike nothing tells which is meant.
        (links("甲"), stood("甲"), Around(newer=[("甲", DAY)], proof=Proof.DAYS), 0),
        (links("甲", kind=ART), stood("甲", BEFORE), Around(newer=[("甲", DAY)], proof=Proof.TITLES), 0),
    ],
)
def test_entries_are_known_by_title_and_day_where_more_speaks_for_it(
    page_of: list[Link], before: list[Stood], around: Around, found: int
) -> None:
    assert len(readdressed(page_of, before, around)) == found


@pytest.mark.parametrize(
    ("shown", "was", "alike"),
    [
        ("关于支持企业的通知（一）", "关于支持企业的通知(一)", True),
        ("2026年１－２月 运行情况", "2026年1-2月运行情况", True),
        ("关于2026-1-11号公告的说明", "关于2026-11-1号公告的说明", False),
        ("关于印发支持企业绿色发展…", "关于印发支持企业绿色发展若干措施的通知", True),
        ("关于印发支持企业绿色发展若干措施的通知", "关于印发支持企业绿色发展...", True),
        ("关于印发支持企业绿色发展", "关于印发支持企业绿色发展若干措施的通知", False),
        ("——", "……", False),
    ],
)
def test_how_a_title_is_written_is_no_matter(shown: str, was: str, alike: bool) -> None:
    assert bool(readdressed(links([shown]), stood([was]), Around(proof=Proof.DAYS))) is alike


def test_alone_a_title_that_is_cut_proves_nothing() -> None:
    page_of, before = links(["关于公布企业名单…"]), stood(["关于公布企业名单的公示（第二批）"])
    assert not readdressed(page_of, before, replace(IN_ORDER, alone=False))


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ([3, 2, 2, 1], 1),
        ([1, 3, 2, 2], 2),  # pinned above newer ones
        ([3, 1, 2], None),
        ([1, 2, 3], None),  # the oldest first
        ([], None),
    ],
)
def test_the_last_day_of_a_page_that_is_in_order(days: list[int], last: int | None) -> None:
    page_of = [Link(f"http://a.cn/{at}", "", date(2026, 3, day)) for at, day in enumerate(days)]
    assert last_day(page_of) == (date(2026, 3, last) if last else None)


def test_long_titles_cost_no_more_than_their_length() -> None:
    """60 titles full of dots, of one head and one day; looked for by a pattern they would cost a minute."""
    page_of = links([f"关于支持企业绿色发展的通知{'.' * 4000}{at}" for at in range(60)])
    before = stood([f"关于支持企业绿色发展的通知{'.' * 4000}{at}甲" for at in range(60)])
    assert cpu_seconds(lambda: readdressed(page_of, before, IN_ORDER)) < 4


def test_a_page_is_past_where_all_of_it_is_dated_before_the_last_pass() -> None:
    before, last_read = DAY - timedelta(days=9), datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert passes(links("甲", before, ART), last_read, KINDS)
    assert not passes([*links("甲", before, ART), *links("乙", kind=ART)], last_read, KINDS)
    assert not passes(links("甲", None, ART), last_read, KINDS)
    assert not passes(links("甲", before), last_read, KINDS)  # of a column that prints its documents' days
    assert not passes(links("甲", before, ART), last_read, ())
    assert not passes([], last_read, KINDS)

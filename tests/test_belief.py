"""What a pass does not believe at once: other pages in a column's or an article's place, lists that collapsed, 304."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from tests.read.making import docx, paragraph
from tests.sites import Answer, Request, Site, redirect
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.town import BULLETIN, MEASURES, NOW, TODAY, article, days_ago, listing, page
from watcher.news import RunReport
from watcher.records.announcements import Filter
from watcher.records.sources import SourceRecord, SourceState
from watcher.store import Store

__all__ = ["bench", "site"]

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
# Another announcement: not one paragraph is that of the town's.
OTHER = (
    "邻市税务局推出12条举措便利纳税人办税缴费",
    "邻市税务局近日推出12条便民举措，进一步便利纳税人办税缴费，服务民营企业发展。",
    "一是压缩办理时间，出口退税平均办理时限压缩到3个工作日以内。",
    "二是落实税费优惠，对小型微利企业最高减免50万元。",
)


def record(bench: Bench) -> SourceRecord:
    found = bench.store.source("bureau")
    assert found is not None
    return found


def home_page(bench: Bench, recent: int = 0) -> str:
    """A home page: headlines of other columns, `recent` ones of today, and two of this one's."""
    days = [days_ago(0 if number < recent else 9) for number in range(20)]
    headlines = [(f"/yw/{number}.html", f"{OTHER[0]}（{number}）", day) for number, day in enumerate(days)]
    for path, title, day in headlines:
        bench.site.set(path, article((title, *OTHER[1:]), day))
    own = [(f"/art/{number}.html", bench.column.entries[number][0], days_ago(5)) for number in (1, 2)]
    items = "".join(f"<li><a href='{path}'>{title}</a><span>{day}</span></li>" for path, title, day in headlines + own)
    return page("某市生态环境局", f"<ul>{items}</ul>")


async def passes(bench: Bench, count: int, *, after: timedelta = HALF_HOUR) -> list[RunReport]:
    return [await bench.check(after=after) for _ in range(count)]


async def watched(bench: Bench, entries: int = 8) -> None:
    for number in range(1, entries + 1):
        bench.column.publish(number, published=days_ago(5))
    await bench.check()


# --- another list in the column's place ----------------------------------------------------------------------------


@pytest.mark.parametrize("recent", [0, 7, 20])
async def test_a_home_page_in_the_columns_place_is_one_health_alert_and_no_other(bench: Bench, recent: int) -> None:
    await watched(bench)
    before = bench.store.lists.announcements(Filter())
    bench.site.set("/list/", home_page(bench, recent))
    reports = await passes(bench, 4)
    assert [report.problem and report.problem[0] for report in reports] == ["another_page"] * 4
    assert (record(bench).health.state, bench.kinds()) == (SourceState.MOVED, ["source_trouble"])
    assert bench.store.lists.announcements(Filter()) == before
    bench.column.publish(9)
    (report,) = await passes(bench, 1)
    assert (report.problem, report.new) == (None, 1)
    assert bench.kinds() == ["source_trouble", "new", "source_recovered"]


async def watched_by_name(bench: Bench) -> None:
    """A column whose page has its site's name behind its own, as most have."""
    for number in range(1, 9):
        bench.column.publish(number, published=days_ago(5))
    bench.site.set("/list/", bench.column.listing().replace("<title>工作动态", "<title>工作动态_某市生态环境局"))
    await bench.check()


COVER = "<meta http-equiv='refresh' content='0;url=/portal/index.html'><title>某市生态环境局</title>"
HOMES: dict[str, Sequence[str]] = {"at the root": ["/"], "behind a cover": ["/portal/index.html"], "not to be had": []}


@pytest.mark.parametrize("paths", HOMES.values(), ids=HOMES.keys())
async def test_the_home_page_with_200_is_never_taken_on(bench: Bench, paths: Sequence[str]) -> None:
    await watched_by_name(bench)
    for path in ("/list/", *paths):
        bench.site.set(path, home_page(bench, 7))
    if paths and "/" not in paths:
        bench.site.set("/", page("", COVER))
    reports = await passes(bench, 12, after=timedelta(hours=6))
    assert [report.problem and report.problem[0] for report in reports] == ["home_page"] * 12
    assert (record(bench).health.state, bench.kinds()) == (SourceState.MOVED, ["source_trouble"])
    assert record(bench).usual.doubted_since is None
    bench.column.publish(9)
    (report,) = await passes(bench, 1)
    assert (report.problem, report.new) == (None, 1)
    assert bench.kinds() == ["source_trouble", "new", "source_recovered"]


async def test_a_home_page_that_holds_many_of_the_columns_entries_is_known_by_its_name(bench: Bench) -> None:
    await watched_by_name(bench)
    news = "".join(f"<li><a href='/yw/{n}.html'>{OTHER[0]}（{n}）</a><span>{TODAY}</span></li>" for n in range(8))
    home = bench.column.listing().replace("<title>工作动态", "<title>某市生态环境局").replace("<li>", f"{news}<li>", 1)
    for path in ("/", "/list/"):
        bench.site.set(path, home)
    reports = await passes(bench, 3)
    assert [report.problem and report.problem[0] for report in reports] == ["home_page"] * 3


async def test_a_rebuilt_column_may_call_itself_by_its_own_name_alone(bench: Bench) -> None:
    await watched_by_name(bench)
    bench.site.set("/list/", home_page(bench).replace("某市生态环境局</title>", "工作动态</title>"))
    bench.site.set("/", Answer(403))
    reports = await passes(bench, 6, after=timedelta(hours=6))
    assert [report.problem is None for report in reports] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("root", ["another", "leads to the column", "broken"])
async def test_a_rebuilt_column_is_taken_on_after_a_day_whatever_its_root_shows(bench: Bench, root: str) -> None:
    await watched(bench)
    rebuilt = home_page(bench).replace("某市生态环境局</title>", "动态_某市生态环境局</title>")
    bench.site.set("/list/", rebuilt)
    roots: dict[str, str | Answer] = {
        "another": page("某市生态环境局", "<p>欢迎</p>"),
        "leads to the column": redirect("/list/"),
        "broken": Answer(503),
    }
    bench.site.set("/", roots[root])
    reports = await passes(bench, 6, after=timedelta(hours=6))
    assert [report.problem is None for report in reports] == [False] * 4 + [True] * 2
    assert all(not report.warnings for report in reports[4:])


async def test_a_list_that_stays_for_a_day_is_taken_on_and_only_what_is_new_in_it_is_told(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/list/", home_page(bench))
    await passes(bench, 8, after=timedelta(hours=3))
    assert bench.kinds() == ["source_trouble"]
    day = bench.now.date()
    bench.site.set("/yw/99.html", article((f"{OTHER[0]}（99）", *OTHER[1:]), day))
    entry = f"<ul><li><a href='/yw/99.html'>{OTHER[0]}（99）</a><span>{day}</span></li>"
    bench.site.set("/list/", home_page(bench).replace("<ul>", entry))
    (report,) = await passes(bench, 1, after=timedelta(hours=3))
    assert (report.problem, report.new) == (None, 1)
    assert bench.kinds() == ["source_trouble", "new", "source_recovered"]
    reports = await passes(bench, 2)  # and it is the column's list from now on
    assert [report.concern for report in reports] == [None, None]


async def test_what_a_rebuilt_column_published_while_watcher_was_down_is_told_once_it_is_taken_on(bench: Bench) -> None:
    await watched(bench)
    day = bench.now.date() + 2 * DAY
    bench.site.set("/yw/99.html", article((f"{OTHER[0]}（99）", *OTHER[1:]), day))
    entry = f"<ul><li><a href='/yw/99.html'>{OTHER[0]}（99）</a><span>{day}</span></li>"
    bench.site.set("/list/", home_page(bench).replace("<ul>", entry))
    reports = await passes(bench, 1, after=10 * DAY) + await passes(bench, 9, after=timedelta(hours=3))
    assert [report.new for report in reports] == [0] * 8 + [1, 0]


async def test_news_on_a_list_that_lost_most_of_its_entries_is_opened(bench: Bench) -> None:
    await watched(bench, 20)
    bench.column.publish(21)
    bench.column.renew(newest=2)
    (report,) = await passes(bench, 1)
    assert (report.new, report.problem) == (1, None)
    assert report.concern is not None
    assert report.concern[0] == "layout_changed"
    assert "2 entries, usually 20" in report.concern[1]
    await passes(bench, 3)  # the same bytes: as short as before
    assert bench.kinds() == ["new", "source_trouble"]
    bench.column.renew()
    await passes(bench, 1)
    assert bench.kinds() == ["new", "source_trouble", "source_recovered"]


def box(bench: Bench, days: int) -> str:
    """What is left of a list: three articles of another column, of the same kind of address."""
    titles = {number: f"{OTHER[0]}（{number}）" for number in (903, 902, 901)}
    for number, title in titles.items():
        bench.site.set(f"/art/{number}.html", article((title, *OTHER[1:]), days_ago(days)))
    return listing((number, title, days_ago(days)) for number, title in titles.items())


async def test_a_list_that_collapsed_to_a_box_of_other_articles_is_doubted_until_it_is_back(bench: Bench) -> None:
    await watched(bench, 15)
    whole = bench.column.listing()
    bench.site.set("/list/", box(bench, 20))
    reports = await passes(bench, 4)
    assert [report.problem and report.problem[0] for report in reports] == ["another_list"] * 4
    assert (record(bench).health.state, bench.kinds()) == (SourceState.LAYOUT_CHANGED, ["source_trouble"])
    assert bench.store.known_keys("bureau", [bench.site.url("/art/901.html").partition("//")[2]], None) == frozenset()
    bench.site.set("/list/", whole)
    await passes(bench, 1)
    bench.column.publish(16)
    await passes(bench, 1)
    assert bench.kinds() == ["source_trouble", "source_recovered", "new"]


async def test_a_box_that_stays_for_a_day_is_the_column_and_its_old_articles_are_no_news(bench: Bench) -> None:
    await watched(bench, 15)
    bench.site.set("/list/", box(bench, 20))
    reports = await passes(bench, 10, after=timedelta(hours=3))
    assert [report.problem is None for report in reports] == [False] * 8 + [True] * 2
    assert bench.kinds() == ["source_trouble"]
    bench.site.set("/list/", listing([(16, f"{MEASURES[0]}（16）", bench.now.date())]))
    bench.site.set("/art/16.html", article(MEASURES, bench.now.date()))
    (report,) = await passes(bench, 1)
    assert report.opened == 1


async def test_a_short_list_that_stays_is_told_once_and_is_usual_after_a_week(bench: Bench) -> None:
    await watched(bench, 20)
    bench.column.renew(newest=3)
    reports = await passes(bench, 9, after=DAY)
    assert [report.concern is not None for report in reports] == [True] * 7 + [False] * 2
    assert bench.kinds() == ["source_trouble", "source_recovered"]


@pytest.mark.parametrize("late", [0, 40])
async def test_what_was_published_while_watcher_was_down_is_news_however_much_it_is(bench: Bench, late: int) -> None:
    await watched(bench)
    for number in range(9, 29):
        bench.column.publish(number, published=days_ago(late))  # put up late, with the date of signing
    bench.column.renew(newest=10)
    bench.watch(bench.source)
    (report,) = await passes(bench, 1, after=timedelta(days=6))
    assert (report.problem, report.new) == (None, 20)


# --- addresses that lead elsewhere ---------------------------------------------------------------------------------


async def test_a_column_that_leads_to_the_home_page_has_moved_and_is_never_taken_on(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/", home_page(bench))
    bench.site.set("/list/", redirect("/"))
    reports = await passes(bench, 4, after=DAY)
    assert [report.problem and report.problem[0] for report in reports] == ["home_page"] * 4
    assert (record(bench).health.state, bench.kinds()) == (SourceState.MOVED, ["source_trouble"])


async def test_a_permanent_redirect_is_told_once_with_the_new_address_and_the_list_is_read(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/zwgk/list/", bench.column.listing())
    bench.site.set("/list/", redirect("/zwgk/list/", 301))
    reports = await passes(bench, 4)
    assert [report.problem for report in reports] == [None] * 4
    health = record(bench).health
    assert (health.state, bench.kinds()) == (SourceState.MOVED, ["source_trouble"])
    assert health.problem is not None
    assert bench.site.url("/zwgk/list/") in (health.problem.hint or "")


async def test_a_source_that_is_given_the_new_address_of_its_list_goes_on_and_misses_nothing(bench: Bench) -> None:
    await watched(bench)
    bench.watch(replace(bench.source, url=bench.site.url("/zwgk/list/")))
    bench.column.publish(9)
    bench.site.set("/zwgk/list/", bench.column.listing())
    reports = await passes(bench, 2)
    assert [(report.new, report.baseline, report.problem) for report in reports] == [(1, False, None), (0, False, None)]


async def test_a_list_that_has_no_news_yet_at_its_new_address_is_the_same_from_then_on(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/zwgk/list/", bench.column.listing())
    bench.watch(replace(bench.source, url=bench.site.url("/zwgk/list/")))
    (report,) = await passes(bench, 1)
    assert (report.new, record(bench).baseline_at) == (0, bench.now)
    for number in range(9, 29):
        bench.column.publish(number)
    bench.site.set("/zwgk/list/", listing((number, *bench.column.entries[number]) for number in range(28, 8, -1)))
    (report,) = await passes(bench, 1)
    assert report.new == 20


async def given_its_new_address(bench: Bench, new: int, shown: int) -> RunReport:
    """A column is away for ten days, publishes `new` entries, and is found where `shown` of its entries are a page."""
    bench.site.set("/list/", Answer(404))
    await passes(bench, 4, after=DAY)
    day = bench.now.date()
    for number in range(9, 9 + new):
        bench.column.publish(number, published=day)
    ordered = [(number, *bench.column.entries[number]) for number in sorted(bench.column.entries, reverse=True)]
    bench.site.set("/zwgk/list/", listing(ordered[:shown], "/zwgk/list/index_1.html"))
    bench.site.set("/zwgk/list/index_1.html", listing(ordered[shown:]))
    bench.watch(replace(bench.source, url=bench.site.url("/zwgk/list/")))
    return (await passes(bench, 1, after=6 * DAY))[0]


@pytest.mark.parametrize(("new", "shown"), [(10, 13), (10, 11), (10, 10), (10, 6)])
async def test_a_column_goes_on_at_its_new_address_however_little_of_it_is_known(
    bench: Bench, new: int, shown: int
) -> None:
    await watched(bench)
    report = await given_its_new_address(bench, new, shown)
    assert (report.new, report.baseline, report.problem) == (new, False, None)
    assert bench.kinds() == ["source_trouble", *["new"] * new, "source_recovered"]


async def test_a_column_whose_old_address_stood_still_goes_on_at_its_new_one(bench: Bench) -> None:
    for number in range(1, 13):
        bench.column.publish(number, published=days_ago(10))
    await bench.check()
    bench.site.set("/old/", bench.column.listing())
    bench.watch(replace(bench.source, url=bench.site.url("/old/")))
    await bench.check(after=timedelta(hours=1))
    for number in range(13, 25):
        bench.column.publish(number, published=days_ago(5))
    bench.column.renew(newest=10)
    assert (await bench.check(after=timedelta(hours=1))).new == 0
    bench.watch(replace(bench.source, url=bench.site.url("/list/")))
    report = await bench.check(after=timedelta(hours=1))
    assert (report.baseline, report.new) == (False, 12)


async def test_another_list_at_a_new_address_is_a_baseline(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/yw/", home_page(bench, 7))  # two of its entries are known
    bench.watch(replace(bench.source, url=bench.site.url("/yw/")))
    reports = await passes(bench, 2)
    assert [(report.new, report.baseline) for report in reports] == [(0, True), (0, False)]
    assert bench.alerts() == []


async def test_a_redirect_for_now_is_no_move(bench: Bench) -> None:
    await watched(bench)
    bench.site.set("/zwgk/list/", bench.column.listing())
    bench.site.set("/list/", redirect("/zwgk/list/", 302))
    await passes(bench, 4)
    assert record(bench).health.state is SourceState.OK


# --- another page in an article's place ----------------------------------------------------------------------------


ANOTHER: dict[str, Sequence[str | Answer]] = {
    "the text of another announcement": [article(OTHER)],
    "home page": [page("某市生态环境局", "".join(f"<li><a href='/yw/1.html'>{line}</a></li>" for line in OTHER))],
    "redirect to the home page": [redirect("/")],
    "redirect to the list": [redirect("/list/")],
    "maintenance": [page("系统维护", "<h1>系统维护中</h1><p>请稍后再访问。</p>")],
    "missing": [page("某市生态环境局", "<p>您访问的页面不存在或已删除</p>")],
    "an error": [page("某市生态环境局", "<p>系统繁忙，请稍后再试</p>")],
    "a check": [page("", "<script>var $_ts=1;</script>")],
    "a bulletin": [article(BULLETIN)],
}


@pytest.mark.parametrize("pages", ANOTHER.values(), ids=ANOTHER.keys())
async def test_an_article_that_turned_into_another_page_alerts_nobody_nor_does_its_return(
    bench: Bench, pages: Sequence[str | Answer]
) -> None:
    bench.column.publish(1)
    bench.column.publish(2, BULLETIN)
    await bench.check()
    before = bench.store.lists.announcements(Filter())
    bench.site.set("/", page("某市生态环境局", "<p>欢迎</p>"))
    bench.site.set("/art/1.html", pages[0])
    report = await bench.check(RECHECK, after=HALF_HOUR)
    assert (report.problem, report.new, report.changed, len(report.warnings)) == (None, 0, 0, 1)
    (kept,) = bench.store.lists.announcements(Filter())
    assert replace(kept, places=before[0].places) == before[0]  # a place may be missing
    bench.column.publish(1)
    report = await bench.check(RECHECK, after=timedelta(hours=2))
    assert (report.new, report.changed, report.warnings, bench.alerts()) == (0, 0, (), [])
    assert bench.store.lists.announcements(Filter()) == before


@pytest.mark.parametrize(
    "kind", ["redirect to the home page", "maintenance", "a check", "the text of another announcement"]
)
async def test_known_articles_that_are_not_believed_together_are_one_health_alert(bench: Bench, kind: str) -> None:
    await watched(bench, 5)
    before = bench.store.lists.announcements(Filter())
    for number in range(1, 6):
        bench.site.set(f"/art/{number}.html", ANOTHER[kind][0])
    bench.column.publish(6)  # the list and what is new are as ever
    await passes(bench, 6, after=DAY / 2)
    assert bench.kinds() == ["new", "source_trouble"]
    for number in range(1, 6):
        bench.column.publish(number, published=days_ago(5))
    await passes(bench, 3, after=2 * DAY)
    assert bench.kinds() == ["new", "source_trouble", "source_recovered"]
    kept = [(one.revision, one.extraction) for one in bench.store.lists.announcements(Filter())]
    assert all((one.revision, one.extraction) in kept for one in before)


async def test_another_announcement_in_its_place_is_believed_once_it_stays(bench: Bench) -> None:
    await watched(bench, 1)
    bench.site.set("/art/1.html", article(OTHER))
    reports = [await bench.check(RECHECK, after=timedelta(hours=4)) for _ in range(8)]
    assert [report.changed for report in reports] == [0] * 7 + [1]


# --- a 304 that lies -----------------------------------------------------------------------------------------------


class Backdated:
    """Pages with dates alone; each newer one carries an older date, and the server compares as RFC 9110 says."""

    def __init__(self) -> None:
        self.body, self.modified = "", NOW

    def replace(self, body: str) -> None:
        self.body, self.modified = body, self.modified - timedelta(minutes=2)

    def __call__(self, request: Request) -> Answer:
        known = request.headers.get("if-modified-since")
        if known and self.modified <= parsedate_to_datetime(known):
            return Answer(304)
        modified = format_datetime(self.modified, usegmt=True)
        html = ("Content-Type", "text/html; charset=utf-8")
        return Answer(body=self.body.encode(), headers=(html, ("Last-Modified", modified)))


async def test_a_listing_with_an_old_date_is_found_and_its_server_no_longer_believed(bench: Bench) -> None:
    server = Backdated()
    bench.column.publish(1)
    server.replace(bench.column.listing())
    bench.site.set("/list/", server)
    await bench.check()
    bench.column.publish(2)
    server.replace(bench.column.listing())
    bench.site.set("/list/", server)
    reports = await passes(bench, 3)
    assert sum(report.new for report in reports) == 1
    assert record(bench).usual.trust.caught
    await bench.check(after=HALF_HOUR)
    assert all("if-modified-since" not in request.headers for request in bench.site.requests)


async def test_an_article_edited_with_an_old_date_is_a_change(bench: Bench) -> None:
    server = Backdated()
    bench.column.publish(1)
    server.replace(article(MEASURES))
    bench.site.set("/art/1.html", server)
    await bench.check()
    server.replace(article(MEASURES, amount=800))
    report = await bench.check(RECHECK, after=HALF_HOUR)
    assert report.changed == 1


class Constant:
    """A page or file whose ETag never changes: 304 to whoever gives one, whatever became of it."""

    HTML = (("Content-Type", "text/html; charset=utf-8"),)

    def __init__(self, body: bytes, headers: tuple[tuple[str, str], ...] = HTML) -> None:
        self.body, self.headers = body, (("ETag", '"0"'), *headers)

    def __call__(self, request: Request) -> Answer:
        if "if-none-match" in request.headers:
            return Answer(304)
        return Answer(body=self.body, headers=self.headers)


async def test_an_article_whose_etag_never_changes_is_seen_to_change_and_its_server_no_longer_believed(
    bench: Bench,
) -> None:
    bench.column.publish(1)
    server = Constant(article(MEASURES).encode())
    bench.site.set("/art/1.html", server)
    await bench.check()
    server.body = article(MEASURES, amount=800).encode()
    found = [(await bench.check(after=timedelta(hours=hours))).changed for hours in (1, 2)]
    assert (found, record(bench).usual.trust.caught) == ([0, 1], True)
    server.body = article(MEASURES, amount=900).encode()
    assert (await bench.check(after=timedelta(hours=5))).changed == 1


async def test_asked_by_hand_no_article_is_believed_to_be_as_it_was(bench: Bench) -> None:
    bench.column.publish(1)
    server = Constant(article(MEASURES).encode())
    bench.site.set("/art/1.html", server)
    await bench.check()
    server.body = article(MEASURES, amount=800).encode()
    assert (await bench.check(RECHECK, after=HALF_HOUR)).changed == 1


async def test_a_visit_counter_under_one_etag_is_no_lie(bench: Bench) -> None:
    bench.column.publish(1)
    server = Constant(article(MEASURES).encode())
    bench.site.set("/art/1.html", server)
    await bench.check()
    server.body = article(MEASURES).replace("</body>", "<p>您是第7位访客</p></body>").encode()
    report = await bench.check(RECHECK, after=HALF_HOUR)
    assert (report.changed, record(bench).usual.trust.caught) == (0, False)


async def test_a_file_whose_etag_never_changes_is_seen_to_change(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    notice = ("某市关于印发《支持企业若干措施》的通知", "现将《支持企业若干措施》印发给你们。")
    link = "<p><a href='/files/1.docx'>附件：支持企业若干措施.docx</a></p></div></body>"
    bench.column.publish(2, notice)
    bench.site.set("/art/2.html", article(notice).replace("</div></body>", link))
    lines = [part.format(days=15, amount=300) for part in MEASURES]
    server = Constant(docx("".join(map(paragraph, lines))), (("Content-Type", "application/octet-stream"),))
    bench.site.set("/files/1.docx", server)
    assert (await bench.check(after=HALF_HOUR)).new == 1
    server.body = docx("".join(paragraph(line.replace("300", "800")) for line in lines))
    assert (await bench.check(RECHECK, after=HALF_HOUR)).changed == 1
    assert record(bench).usual.trust.caught


async def test_an_honest_server_keeps_being_asked_conditionally(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 20):
        bench.column.publish(number)
        await bench.check(after=HALF_HOUR)
    assert not record(bench).usual.trust.caught
    assert record(bench).usual.trust.passes == 19


# --- silence -------------------------------------------------------------------------------------------------------


async def test_a_source_that_falls_silent_is_told_by_its_own_rhythm(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 12):
        bench.column.publish(number, published=TODAY)  # what the list says of days counts for nothing
        await bench.check(after=DAY)
    assert record(bench).health.state is SourceState.OK
    reports = await passes(bench, 20, after=DAY)
    silent = [day for day, report in enumerate(reports, 1) if report.concern]
    assert silent == [15, 16, 17, 18, 19, 20]
    assert bench.kinds()[-1] == "source_trouble"
    bench.column.publish(12)
    await bench.check(after=DAY)
    assert bench.kinds()[-2:] == ["new", "source_recovered"]


async def test_what_is_usual_survives_the_process(bench: Bench, site: Site) -> None:
    await watched(bench, 20)
    store = Store.open(str(bench.store._database._engine.url))
    found = store.source("bureau")
    store.close()
    assert found is not None
    assert found.usual == record(bench).usual
    assert (found.usual.entries.recent, found.usual.title) == ((20,), "工作动态")
    assert len(site.requests) == 21


# --- a notice in articles' places ----------------------------------------------------------------------------------

# Not in words that `read.excuse` knows: nothing but its place gives it away.
NOTICE = page(
    "敬告网友",
    "<h2>敬告网友</h2><p>因市政务大楼机房整体搬迁，本网站及各栏目将于{}恢复访问，由此给您带来的不便深表歉意，感谢您的理解。</p>"
    "<p>如有疑问，请在工作时间致电0543-1234567咨询。</p>",
)


async def test_a_notice_in_place_of_all_articles_is_none_of_them_and_is_told_of_the_source(bench: Bench) -> None:
    await watched(bench, 3)
    before = bench.store.lists.announcements(Filter())
    bench.column.publish(4)
    for number in range(1, 5):
        bench.site.set(f"/art/{number}.html", NOTICE.format(f"11月2{number}日"))
    (report,) = await passes(bench, 1)
    assert (report.new, report.changed, report.near_misses) == (0, 0, 0)
    assert "another page stands in its place" in " ".join(report.warnings)
    await passes(bench, 5)
    assert bench.store.lists.announcements(Filter()) == before
    assert (record(bench).health.state, bench.kinds()) == (SourceState.FAILING, ["source_trouble"])
    for number in range(1, 5):
        bench.column.publish(number)
    reports = await passes(bench, 5, after=timedelta(hours=2))
    assert sum(report.new for report in reports) == 1
    assert bench.kinds() == ["source_trouble", "new", "source_recovered"]


async def test_a_notice_in_place_of_a_known_announcement_is_no_change_and_soon_looked_at_again(bench: Bench) -> None:
    await watched(bench, 2)
    for number in (1, 2):
        bench.site.set(f"/art/{number}.html", NOTICE.format("明日"))
    await bench.check(RECHECK, after=DAY)
    looks = [page.next_check_at for page in bench.store.opened_since("bureau", NOW)]
    assert looks == [bench.now + timedelta(minutes=10)] * 2


async def test_one_short_page_without_its_title_is_believed_at_the_third_look(bench: Bench) -> None:
    await watched(bench, 1)
    bench.column.publish(2, BULLETIN)
    bench.site.set("/art/2.html", article(("图说", "全市优良天数比例与上年同期持平，主要污染物浓度保持稳定。")))
    reports = await passes(bench, 4, after=timedelta(hours=1))
    assert ["without the title" in " ".join(report.warnings) for report in reports] == [True, True, False, False]
    assert (bench.kinds(), record(bench).health.state) == ([], SourceState.OK)
    assert bench.store.to_open("bureau", bench.now + DAY, 9) == ()

"""Every way in which a site goes wrong, each through real passes, held against the tables in docs/faults.md.

A column goes wrong for three passes and comes back with one new entry; an announcement's page, and that of an entry
which was never read, go wrong for one look and come back. Whatever happens in between, what is new is told once, and
nothing else is.
"""

from __future__ import annotations

import gzip
import itertools
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from tests.sites import Answer, Fault, Request, Site, redirect
from tests.sites.checks import COOKIE, RUISHU
from tests.sites.server import Route
from tests.test_belief import OTHER, Backdated
from tests.test_pipeline import OPTIONS, RECHECK, Bench, site
from tests.town import MEASURES, article, days_ago, listing, page
from watcher.cli.wellness import DISTRUSTED
from watcher.fetch import Fetcher
from watcher.fetch.retry import Limits
from watcher.records.announcements import Filter
from watcher.records.sources import SourceRecord
from watcher.settings import Follow
from watcher.store import Store

__all__ = ["site"]

TABLES = (Path(__file__).parents[1] / "docs" / "faults.md").read_text("utf-8")
# One attempt, since what a second one would find is not the question here. Only what hangs meets short limits, so that
# it costs little: any other answer would meet them too on a machine with much to do.
LIMITS = Limits(attempts=1, connect_s=10, read_s=10, total_s=20, max_bytes=100_000)
SHORT = replace(LIMITS, connect_s=1.0, read_s=0.5, total_s=1.5)
HANGING = {"dead: no answer to a call", "slow headers", "slow body"}
HALF_HOUR = timedelta(minutes=30)
# Before that its host is not asked, and no pass would see the fault.
WAITS = {"429, `Retry-After: 7200`": timedelta(hours=2)}

HTML = (("Content-Type", "text/html; charset=utf-8"),)
LOGIN = "<form>用户名 <input name='u'> 密码 <input type='password' name='p'> <button>登录</button></form>"
BOMB = gzip.compress(b"\0" * 9_000_000)
PACKED = (*HTML, ("Content-Encoding", "gzip"))


HOME = page("某市生态环境局", "<p>欢迎访问某市生态环境局网站，本站由某市生态环境局主办</p>")


def html(text: str, *headers: tuple[str, str]) -> Answer:
    """A page without validators."""
    return Answer(body=text.encode(), headers=headers or HTML)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something goes wrong: its path, the good page that stands there, and two ports that lead nowhere."""

    path: str
    good: str
    dead: int = 0
    refused: int = 0


def counted(good: str) -> Callable[[Request], Answer]:
    visits = itertools.count(1)
    return lambda _: html(good.replace("</body>", f"<p>您是第{next(visits)}位访客</p></body>"))


def anywhere(place: Place) -> dict[str, Route]:
    """What goes wrong with a page of any kind."""
    return {
        "dead: no answer to a call": redirect(f"http://127.0.0.1:{place.dead}/"),
        "refused: no server": redirect(f"http://127.0.0.1:{place.refused}/"),
        "reset": Answer(body=b"x" * 50, fault=Fault.RESET),
        "slow headers": Answer(body=b"x", delay_s=3),
        "slow body": Answer(body=b"x" * 500, fault=Fault.DRIP),
        "endless body": Answer(body=b"x" * 999, fault=Fault.ENDLESS),
        "endless redirect": redirect(place.path),
        "redirect to the home page": redirect("/"),
        "304 without validators": Answer(304),
        "403": Answer(403, b"Forbidden"),
        "404": Answer(404),
        "410": Answer(410),
        "412, a check for browsers": Answer(412, RUISHU),
        "429, `Retry-After: 7200`": Answer(429, headers=(("Retry-After", "7200"),)),
        "500": Answer(500),
        "521, a check for browsers": Answer(521, COOKIE),
        "200, a check for browsers": Answer(body=COOKIE, headers=HTML),
        "a login page": html(page("某市统一身份认证平台", LOGIN)),
        "an image": Answer(body=b"\x89PNG" + b"\0" * 99, headers=(("Content-Type", "image/png"),)),
        "truncated gzip": Answer(body=gzip.compress(bytes(range(256)) * 99)[:-100], headers=PACKED),
        "gzip bomb": Answer(body=BOMB, headers=PACKED),
        "empty": Answer(headers=HTML),
        "maintenance page": html(page("某市生态环境局", "<h1>系统维护中</h1><p>请稍后再访问。</p>")),
        "page that says 404": html(page("某市生态环境局", "<p>您访问的页面不存在或已删除</p>")),
        "page that says 500": html(page("某市生态环境局", "<p>系统繁忙，请稍后再试</p>")),
        "wrong type in the header": html(place.good, ("Content-Type", "image/png")),
        "wrong charset in the header": html(place.good, ("Content-Type", "text/html; charset=big5")),
        "GB18030, said in a meta tag alone": Answer(
            body=place.good.replace("charset='utf-8'", "charset='gb2312'").encode("gb18030"),
            headers=(("Content-Type", "text/html"),),
        ),
        "visit counter": counted(place.good),
    }


def at_a_listing(place: Place) -> dict[str, Route]:
    strangers = [(number, f"{OTHER[0]}（{number}）", days_ago(9)) for number in range(100, 130)]
    return {
        **anywhere(place),
        "layout changed: no entries": html(page("工作动态", "<div class='box'><p>欢迎访问</p></div>")),
        "layout changed: filled by a script": html(page("工作动态", "<ul><li v-for='item in list'></li></ul>")),
        "fewer entries": html(listing([(number, f"{MEASURES[0]}（{number}）", days_ago(5)) for number in (2, 1)])),
        "home page in its place": html(listing(strangers).replace("工作动态", "某市生态环境局")),
        "moved for good (301)": redirect("/new/", 301),
    }


def at_an_article(place: Place) -> dict[str, Route]:
    return {
        **anywhere(place),
        "home page in its place": html(HOME),
        "redirect to the list": redirect("/list/"),
        "another announcement in its place": article(OTHER),
    }


NOWHERE = Place("", "")


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port that takes no call and refuses none: its queue is full."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once: its migrations cost as much as all passes of a test."""
    file = tmp_path_factory.mktemp("migrated") / "watcher.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
async def town(site: Site, migrated: Path, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    """A column of eight entries, served without validators, that was read once."""
    store = Store.open(f"sqlite:///{copyfile(migrated, tmp_path / 'watcher.db')}")
    case = getattr(request.node, "callspec", None)
    hangs = case is not None and case.params.get("fault") in HANGING
    async with Fetcher(OPTIONS, SHORT if hangs else LIMITS, now=lambda: made.now) as fetcher:
        made = Bench(site, store, fetcher, tmp_path)
        made.watch(replace(made.source, follow=Follow(max_new=1)))  # the newest is opened, which is enough here
        for number in range(1, 9):
            made.column.publish(number, published=days_ago(5))
        site.set("/list/", html(made.column.listing()))
        site.set("/new/", html(made.column.listing()))
        site.set("/", HOME)
        await made.check()
        yield made
    store.close()


def source_of(town: Bench) -> SourceRecord:
    found = town.store.source("bureau")
    assert found is not None
    return found


def row(*cells: str | None) -> str:
    """A line of a table in the document; "HOST" for any."""
    line = " | ".join(cell or "–" for cell in cells)
    return re.sub(r"127\.0\.0\.1(?::\d+)?", "HOST", f"| {line} |")


def hours(wait: timedelta) -> str:
    return f"{wait / timedelta(hours=1):g} h"


def kinds(told: list[str]) -> str:
    return ", ".join(f"`{kind}`" for kind in told)


@pytest.mark.parametrize("fault", at_a_listing(NOWHERE))
async def test_a_listing_that_goes_wrong(town: Bench, dead_port: int, unused_tcp_port: int, fault: str) -> None:
    place = Place("/list/", town.column.listing(), dead_port, unused_tcp_port)
    town.site.set("/list/", at_a_listing(place)[fault])
    wait = WAITS.get(fault, HALF_HOUR)
    reports = [await town.check(after=wait) for _ in range(3)]
    health, told, asked = source_of(town).health, town.kinds(), town.now
    assert sum(report.new for report in reports) == 0
    town.column.publish(9)
    report = await town.check(after=wait)
    assert (report.problem, report.new) == (None, 1)
    problem = health.problem
    shown = row(
        fault,
        f"`{health.state}`",
        problem.message if problem else None,
        problem.hint if problem else None,
        hours(health.retry_at - asked) if health.retry_at else None,
        kinds(told),
        kinds(town.kinds()[len(told) :]),
    )
    assert shown in TABLES, f"docs/faults.md should have:\n{shown}"


@pytest.mark.parametrize("fault", at_an_article(NOWHERE))
async def test_an_article_that_goes_wrong(town: Bench, dead_port: int, unused_tcp_port: int, fault: str) -> None:
    known, fresh = article(MEASURES, days_ago(5)), article(MEASURES)
    before = town.store.lists.announcements(Filter())
    town.column.publish(9)
    for path, good in (("/art/8.html", known), ("/art/9.html", fresh)):
        town.site.set(path, at_an_article(Place(path, good, dead_port, unused_tcp_port))[fault])
    wrong = await town.check(RECHECK, after=HALF_HOUR)
    kept = [one for one in town.store.lists.announcements(Filter()) if one.url != town.site.url("/art/9.html")]
    assert [(one.id, one.revision) for one in kept] == [(one.id, one.revision) for one in before]
    town.site.set("/art/8.html", known)
    town.site.set("/art/9.html", fresh)
    back = await town.check(RECHECK, after=WAITS.get(fault, HALF_HOUR))
    path = "/art/" if fault in WAITS else "/art/8.html"  # whichever is asked first is the only one
    said = [warning.partition(": ")[2] for warning in wrong.warnings if path in warning]
    shown = row(fault, next(iter(said), None), "now" if wrong.new else "on return")
    assert (wrong.new + back.new, wrong.changed + back.changed, town.kinds()) == (1, 0, ["new"])
    assert shown in TABLES, f"docs/faults.md should have:\n{shown}"


async def test_a_listing_with_an_older_date_than_before(town: Bench) -> None:
    server = Backdated()
    server.replace(town.column.listing())
    town.site.set("/list/", server)
    await town.check(after=HALF_HOUR)
    town.column.publish(9)
    server.replace(town.column.listing())
    town.site.set("/list/", server)
    found = [(await town.check(after=HALF_HOUR)).new for _ in range(3)]
    assert (sum(found), source_of(town).usual.trust.caught, town.kinds()) == (1, True, ["new"])
    shown = row("backdated `Last-Modified`", "`ok`", DISTRUSTED, None, None, None, "`new`, within three passes")
    assert shown in TABLES, f"docs/faults.md should have:\n{shown}"

"""The story that `watcher why` prints: each step once, in the order of time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.identity.pairs import NEWS_
from tests.region import Region
from tests.sites import Site
from tests.store.examples import subscription
from tests.test_account import account_of, story_of
from tests.test_pipeline import OPTIONS, Bench, bench, site
from tests.test_succession import OLD, REPEAL, told_of
from watcher.cli.stories import print_story
from watcher.cli.why import Story
from watcher.fetch import Fetcher
from watcher.render.account import story_json
from watcher.store import Store

__all__ = ["bench", "site"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1, minutes=1)


@pytest.fixture
async def region(tmp_path: Path) -> AsyncIterator[Region]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    with ExitStack() as stack:
        sites = {name: stack.enter_context(Site()) for name in ("bureau", "paper")}
        async with Fetcher(OPTIONS) as fetcher:
            made = Region(sites, store, fetcher, tmp_path)
            made.subscribe(subscription())
            await made.check()
            yield made
    store.close()


def printed(store: Store, number: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the story of an announcement."""
    found = account_of(store, number)
    print_story(Story(str(number), found.outcome, found.course.pages, found), ZoneInfo("Asia/Shanghai"))
    return capsys.readouterr().out.splitlines()


def labels(lines: list[str]) -> list[str]:
    """What stands in the first column, from the first page on."""
    found = [line.split()[0] for line in lines[2:] if line and not line.startswith(" ")]
    return found[found.index("seen") :]


async def test_a_copy_comes_after_what_it_copies_and_repeats_no_verdict(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    region.publish("bureau", 1, NEWS_)
    await region.check()
    region.publish("paper", 7, NEWS_)
    await region.check()
    assert labels(printed(region.store, 1, capsys)) == [
        "seen", "read", "verdict", "revision", "told", "seen", "read", "compared", "told"
    ]  # fmt: skip


async def test_each_absence_says_since_when_where_and_when_it_was_believed_and_over(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    region.publish("bureau", 1, NEWS_)
    await region.check("bureau")
    region.sites["bureau"].remove("/art/1.html")
    await region.check("bureau", recheck=True)
    region.now += DAY
    await region.check("bureau", recheck=True)
    region.put("bureau", 1, NEWS_)
    region.now += DAY
    await region.check("bureau", recheck=True)
    lines = printed(region.store, 1, capsys)
    assert labels(lines) == [
        "seen", "revision", "told", "missing", "gone", "told", "read", "verdict", "back", "told"
    ]  # fmt: skip
    (missing,) = [index for index, line in enumerate(lines) if line.startswith("missing")]
    assert lines[missing].endswith("  in the list of bureau")
    assert lines[missing + 1].strip() == region.url("bureau", 1)
    (gone,) = story_json("1", "", (), account_of(region.store, 1))["absences"]
    assert (gone["sources"], gone["url"]) == (["bureau"], region.url("bureau", 1))
    assert gone["since"] < gone["believed_at"] < gone["back_at"]


async def test_what_pages_say_of_a_document_stands_where_they_were_seen(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = await told_of(bench)
    bench.column.publish(3, REPEAL)
    await bench.check(after=HOUR)
    lines = printed(bench.store, entry, capsys)
    assert labels(lines) == ["seen", "read", "verdict", "revision", "told", "repealed", "told"]
    (at,) = [index for index, line in enumerate(lines) if line.startswith("repealed")]
    assert lines[at].endswith("says a page in the list of bureau")
    assert [line.strip() for line in lines[at + 1 : at + 4]] == [
        "“一、《某市绿色工厂奖励办法》（某环发〔2026〕8号）”",
        f"{REPEAL[0]}（3）",
        bench.site.url("/art/3.html"),
    ]
    (said,) = story_json("1", "", (), account_of(bench.store, entry))["statements"]
    assert (said["fate"], said["by"]["url"]) == ("repealed", bench.site.url("/art/3.html"))


async def test_a_page_says_of_which_documents_it_speaks(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)  # as wide as a pipe
    bench.column.publish(2, OLD)
    bench.column.publish(3, REPEAL)
    await bench.check()
    story = story_of(bench, 3)
    print_story(Story("", "This page is no announcement.", (story,)), ZoneInfo("Asia/Shanghai"))
    said = [line.split(None, 1)[1] for line in capsys.readouterr().out.splitlines() if line.startswith("says")]
    assert said == [
        "repealed, of announcement 1: “一、《某市绿色工厂奖励办法》（某环发〔2026〕8号）”",
        "repealed, of none that is stored: “二、《某市清洁生产补助办法》（某环发〔2021〕3号）”",
    ]

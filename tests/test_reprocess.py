"""Rules change, the evidence stays: what would differ is told, what is asked for is stored, and nobody is alerted."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.read.making import docx, paragraph
from tests.sites import Answer
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.test_succession import OLD, said_of
from tests.town import BULLETIN, MEASURES, article, listing
from watcher import reading
from watcher.detect import decide
from watcher.extract.figures import scan
from watcher.extract.figures.qualifiers import Bound
from watcher.lifecycle import succession
from watcher.model import Document, Qualifier
from watcher.read import read_document
from watcher.records.announcements import Filter
from watcher.records.lifecycle import Fate
from watcher.records.rereadings import Scope
from watcher.reread.reprocess import Reprocessed, reprocess
from watcher.settings import Follow
from watcher.workers import Workers

__all__ = ["bench", "site"]

# Four kinds of article, by what the older rules below make of them: a figure without its 最高; an announcement that is
# a draft; a near miss that is an announcement; nothing else than today's.
DRAFT = ("关于《支持企业绿色发展若干措施（征求意见稿）》公开征求意见的公告", *MEASURES[1:])
VISIT = (
    "某市生态环境局走访企业送服务",
    "近日，某市生态环境局到企业开展走访帮扶，了解企业困难，帮助解决环保问题{amount}个。",
    "下一步，该局将继续优化服务，助力企业发展。",
)
PLAIN = (*MEASURES[:3], "二、加大资金支持。对实施绿色改造的企业给予奖补{amount}万元。", *MEASURES[4:])
KINDS = (MEASURES, DRAFT, VISIT, PLAIN)


@pytest.fixture
def older_rules() -> pytest.MonkeyPatch:
    """The rules of an older watcher, until `undo`: another threshold, drafts are announcements, no 最高 is read."""

    async def here(_: Workers, work: Any, *args: Any, **kwargs: Any) -> Any:
        return work(*args, **kwargs)  # a worker would load today's rules

    older = pytest.MonkeyPatch()
    older.setattr(Workers, "__call__", here)
    older.setattr(decide, "THRESHOLD", 0.8)
    older.setattr(decide, "form_of", lambda _: None)
    older.setattr(scan, "bound", lambda _text, amount, _lower: Bound(amount.start, amount.end, Qualifier.EXACT))
    return older


@pytest.fixture
def older_reading(older_rules: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The older rules, which also took the foot of the page for its text."""

    def with_foot(*args: Any, **kwargs: Any) -> Document:
        document = read_document(*args, **kwargs)
        return replace(document, text=f"{document.text}\n本站2025年度服务企业奖补最高70万元，浏览30万次。")

    older_rules.setattr(reading, "read_document", with_foot)
    return older_rules


def publish(bench: Bench, size: int) -> None:
    """`size` articles, of the four kinds in turn, on one page of the list over the one that was there."""
    entries = []
    for number in range(1, size + 1):
        paragraphs = KINDS[number % len(KINDS)]
        bench.site.set(f"/art/{number}.html", article(paragraphs, amount=100 + number))
        entries.append((number, f"{paragraphs[0]}（{number}）", bench.now.date()))
    bench.site.set("/list/", listing([*entries, (0, BULLETIN[0], bench.now.date())]))


async def stored_by(bench: Bench, older: pytest.MonkeyPatch, size: int) -> None:
    """A column read by the older rules: its announcements are told."""
    bench.watch(replace(bench.source, follow=Follow(max_new=size)))
    bench.site.set("/list/", listing([(0, BULLETIN[0], bench.now.date())]))
    bench.site.set("/art/0.html", article(BULLETIN))
    await bench.check()
    publish(bench, size)
    await bench.check()
    older.undo()


async def everything(bench: Bench, scope: Scope = Scope(), *, apply: bool = False) -> list[Reprocessed]:  # noqa: B008
    results: AsyncIterator[Reprocessed] = reprocess(
        bench.store, bench.archive, scope, apply_at=bench.now if apply else None
    )
    return [one async for one in results]


def types(results: list[Reprocessed]) -> Counter[tuple[str | None, str | None]]:
    """How often which type became which."""
    return Counter((change.before, change.after) for one in results for change in one.changes if change.field == "type")


def dump(folder: Path) -> dict[str, list[object]]:
    """Every row of the database, by table; of the index of words the tables beneath."""
    connection = sqlite3.connect(folder / "watcher.db")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows: dict[str, list[object]] = {
        name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name != "search"
    }
    connection.close()
    return rows


@pytest.mark.parametrize("size", [28, pytest.param(1000, marks=pytest.mark.campaign)])
async def test_a_rule_change_is_listed_then_applied_once_and_alerts_nobody(
    bench: Bench, older_rules: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    await stored_by(bench, older_rules, size)
    alerts, share = len(bench.alerts()), size // len(KINDS)
    assert alerts == 3 * share
    before = dump(tmp_path)

    listed = await everything(bench)
    # The reasons name the threshold, so that every reading differs in them.
    different = [one for one in listed if {change.field for change in one.changes} - {"reasons"}]
    assert (len(listed), len(different)) == (size, 3 * share)
    assert types(different) == {
        ("measures_news", "other (near miss)"): share,
        ("other (near miss)", "progress_report"): share,
    }
    quotes = Counter((change.before, change.after) for one in different for change in one.changes)
    assert all(quotes[f"{100 + n}万元", f"最高{100 + n}万元"] == 1 for n in range(4, size + 1, 4))
    assert dump(tmp_path) == before

    bench.now += timedelta(days=1)
    assert await everything(bench, apply=True) == listed
    once = dump(tmp_path)
    assert once != before
    bench.now += timedelta(days=1)
    assert [one for one in await everything(bench, apply=True) if one.changes] == []
    assert dump(tmp_path) == once

    assert len(bench.alerts()) == alerts
    assert len(bench.store.lists.announcements(Filter(limit=None))) == 3 * share
    assert len(bench.store.lists.announcements(Filter(limit=None, near_misses=True))) == share
    assert len(bench.store.lists.announcements(Filter(limit=None, changed=True))) == 0


async def edited_in_its_chrome(bench: Bench) -> None:
    """Each page gets other bytes around the same text."""
    for number in range(1, 5):
        page = article(KINDS[number % 4], amount=100 + number)
        bench.site.set(f"/art/{number}.html", page.replace("<body>", "<body><p class='foot'>© 2026</p>"))
    report = await bench.check(RECHECK, after=timedelta(hours=1))
    assert (report.opened, report.unchanged) == (5, 1)


@pytest.mark.parametrize("applied", [False, True], ids=["not applied", "applied"])
@pytest.mark.parametrize("rules", ["older_rules", "older_reading"])
async def test_later_passes_tell_edits_and_not_the_change_of_rules(
    bench: Bench, request: pytest.FixtureRequest, rules: str, applied: bool
) -> None:
    await stored_by(bench, request.getfixturevalue(rules), 4)
    if applied:
        await everything(bench, apply=True)
    alerts = len(bench.alerts())
    await edited_in_its_chrome(bench)
    assert len(bench.alerts()) == alerts
    assert bench.store.lists.announcements(Filter(changed=True)) == ()
    bench.site.set("/art/4.html", article(MEASURES, amount=900))
    await bench.check(RECHECK, after=timedelta(hours=1))
    assert bench.kinds()[alerts:] == ["changed"]
    history = bench.store.lists.announcement(bench.alerts()[-1].announcement or 0)
    assert history is not None
    assert [(one.before, one.after) for one in history.revisions[-1].changes] == [("最高104万元", "最高900万元")]


async def test_where_no_answer_was_kept_the_text_is_read_again(bench: Bench, older_rules: pytest.MonkeyPatch) -> None:
    bench.archive.folder.write_text("a file where the folder should be")
    await stored_by(bench, older_rules, 4)
    assert await everything(bench) == []
    alerts = len(bench.alerts())
    await edited_in_its_chrome(bench)
    assert len(bench.alerts()) == alerts


async def test_the_files_of_a_page_are_read_again_with_it(bench: Bench) -> None:
    measures = docx("".join(paragraph(part.format(days=15, amount=300)) for part in MEASURES))
    entry = "<html><body><h1>{0}</h1><div class='content'><p>现印发给你们。</p>{1}</div></body></html>"
    names = ("若干措施.docx", "名单.docx", "表.rar")
    links = "".join(f"<p><a href='/{number}'>{name}</a></p>" for number, name in enumerate(names))
    bench.site.set("/list/", listing([(1, MEASURES[0], bench.now.date())]))
    bench.site.set("/art/1.html", entry.format(MEASURES[0], links))
    bench.site.set("/0", Answer(body=measures))
    await bench.check()
    (record,) = bench.store.lists.announcements(Filter())
    assert [file.unread and file.unread.code for file in record.extraction.attachments] == [
        None, "http_404", "unsupported",
    ]  # fmt: skip
    assert len(bench.store.captures.of_revision(record.id, 1)) == 2
    bench.site.remove("/0")
    (again,) = await everything(bench)
    assert (again.problem, again.changes) == (None, ())


async def test_what_newer_rules_read_a_page_to_say_of_others_is_filled_in_and_told_to_nobody(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    bench.column.publish(2, OLD)
    await bench.check()
    with monkeypatch.context() as older:  # rules that knew nothing of it
        older.setattr(succession, "may_say", lambda _: False)
        bench.column.publish(3, (*MEASURES, "《某市绿色工厂奖励办法》（某环发〔2026〕8号）同时废止。"))
        await bench.check()
    kinds = bench.kinds()
    changes = [
        (one.stored.announcement, change.field, change.after)
        for one in await everything(bench, apply=True)
        for change in one.changes
    ]
    assert changes == [(2, "lifecycle", "replaced: 某市绿色工厂奖励办法")]
    (saying,) = said_of(bench, 1)
    assert (saying.statement.fate, saying.announcement) == (Fate.REPLACED, 2)
    assert [one.changes for one in await everything(bench)] == [(), ()]
    assert bench.kinds() == kinds

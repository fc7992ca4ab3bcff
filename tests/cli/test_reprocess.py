"""`watcher reprocess`: stored by older rules, read again by today's."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

from tests.cli.conftest import Installation
from watcher.demo import articles
from watcher.demo.site import Site


@pytest.fixture
def aged(watched: Installation) -> Installation:
    """Two announcements as an older watcher had read them: without 最高, and the second as a near miss."""
    assert watched.run("check").status == 0
    database = sqlite3.connect(watched.folder / "state" / "watcher.db")
    for revision, stored in database.execute("SELECT id, extraction FROM revisions").fetchall():
        older = json.loads(stored)
        for figure in older["figures"]:
            if figure["quote"].startswith("最高"):
                figure.update(quote=figure["quote"][2:], start=figure["start"] + 2, qualifier="exact")
        if older["title"] == articles.VISITS.title:
            older |= {"type": "other", "score": 0.41, "near_miss": True}
            database.execute("UPDATE announcements SET type = 'other' WHERE title = ?", (older["title"],))
        database.execute("UPDATE revisions SET extraction = ? WHERE id = ?", (json.dumps(older), revision))
    database.commit()
    database.close()
    return watched


def test_what_would_differ_is_shown_and_nothing_stored(aged: Installation) -> None:
    shown = aged.run("reprocess")
    assert shown.status == 0, shown.err
    lines = shown.out.splitlines()
    assert any(re.fullmatch(rf"\d     {articles.SUBSIDY.title}  revision 1", line) for line in lines)
    assert "      figure 实施清洁生产改造的企业奖补: 300万元 → 最高300万元" in lines
    assert "      type: other (near miss) → progress_report" in lines
    assert lines[-1] == (
        "2 revisions: 2 read differently (1 from near misses to announcements). "
        "Nothing was stored: --apply stores what differs, and alerts nobody."
    )
    assert aged.run("reprocess").out == shown.out


def test_what_differs_is_stored_once_and_nobody_is_alerted(aged: Installation, site: Site) -> None:
    first, second = (aged.run("reprocess", "--apply") for _ in range(2))
    assert first.out.endswith("What differs was stored; nobody is alerted.\n")
    assert second.out == "2 revisions: 0 read differently. Nothing to store.\n"
    listed = {one["title"]: one["id"] for one in aged.run("list", "--json").json()}
    assert listed.keys() == {articles.SUBSIDY.title, articles.VISITS.title}
    shown = aged.run("show", str(listed[articles.SUBSIDY.title]))
    assert "最高300万元" in shown.out
    assert "  read again " in shown.out
    assert aged.run("check", "--recheck").status == 0
    assert site.alerts == []


def test_json_holds_every_difference(aged: Installation) -> None:
    told = aged.run("reprocess", "--json", "--source", "demo", "--since", "30d").json()
    different = told.pop("different")
    assert told == {
        "revisions": 2, "became_announcements": 1, "no_longer_announcements": 0, "without_evidence": 0,
        "applied": False, "unreadable": [],
    }  # fmt: skip
    changes = {one["title"]: one["changes"] for one in different}
    assert changes.keys() == {articles.SUBSIDY.title, articles.VISITS.title}
    first = {"field": "type", "before": "other (near miss)", "after": "progress_report"}
    assert changes[articles.VISITS.title][0] == first


def test_an_answer_that_is_not_there_whole_is_told_and_the_others_are_read(aged: Installation) -> None:
    (file,) = (aged.folder / "state" / "archive").iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    shown = aged.run("reprocess")
    assert shown.status == 1
    assert "! " in shown.out
    assert "no whole record at offset" in shown.out
    assert re.search(r"2 revisions: 1 read differently.*, 1 could not be read\.", shown.out)


def test_without_a_database_there_is_nothing_to_read(installation: Installation) -> None:
    assert installation.run("reprocess").out.startswith("Nothing yet: there is no database")

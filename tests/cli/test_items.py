"""What `list` and `show` print: for a wide terminal, a narrow one, and a pipe."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Installation, configuration
from tests.store.examples import NOW, extraction, listed, money, reading, source
from watcher.model import Region
from watcher.records.copies import Copied
from watcher.records.passes import Action
from watcher.records.stories import Compared
from watcher.store import Store

CITY = Region("山东省潍坊市", "370700")
NUMBERS = Compared(1, "other_numbers", 0.97, 0.9)
OTHER = "市生态环境局出台8条措施。首次申领办理时限压缩到15个工作日。对绿色改造项目最高奖补500万元。2026年6月底前完成。"


@pytest.fixture
def shown(installation: Installation) -> Installation:
    """Announcement 1 at its 2nd revision, of which a copy has the 1st; 2, which says the same with other numbers."""
    installation.configure(configuration(9))
    (installation.folder / "state").mkdir()
    store = Store.open(f"sqlite:///{installation.folder}/state/watcher.db")
    store.sync_sources([source(), source("paper")], NOW)
    page = listed(store, 1)
    store.announcements.save(reading(page), NOW)
    copy = listed(store, 7, "paper")
    store.announcements.save(reading(copy, action=Action.JOIN, basis=1, copied=Copied(joins=1)), NOW)
    edited = extraction("改后：对绿色改造项目最高奖补300万元。", figures=(), region=CITY)
    store.announcements.save(reading(page, edited, action=Action.REVISE, basis=1), NOW)
    other = extraction(OTHER, figures=(money(OTHER, "最高奖补500万元", 5_000_000, "绿色改造项目"),))
    store.announcements.save(reading(listed(store, 2), other, compared=NUMBERS, copied=Copied(looked_at=9)), NOW)
    store.close()
    return installation


def test_a_corrected_copy_is_marked_where_it_is_listed_and_names_the_other_where_it_is_shown(
    shown: Installation,
) -> None:
    lines = {line.split()[0]: line for line in shown.run("list").out.splitlines()}
    assert lines["2"].endswith("某市出台8条措施支持企业 (like 1, other numbers)")
    assert lines["1"].endswith("某市出台8条措施支持企业 (revision 2)")
    (like,) = [line for line in shown.run("show", "2").out.splitlines() if line.startswith("like")]
    assert like.startswith("like    the same words as announcement 1, other numbers")
    assert like.endswith("  http://bureau.example/art/1.html")
    assert shown.run("show", "2", "--json").json()["resembles"]["id"] == 1


def test_a_place_says_which_revision_it_still_shows(shown: Installation) -> None:
    lines = [line for line in shown.run("show", "1").out.splitlines() if line.startswith("seen")]
    assert [line.partition(".html")[2] for line in lines] == ["", "  (still shows revision 1)"]
    found = shown.run("show", "1", "--json").json()["seen_at"]
    assert [(one["source"], one["revision"]) for one in found] == [("bureau", 2), ("paper", 1)]


@pytest.mark.parametrize("number", ["1", "2"])
def test_what_is_piped_has_no_blanks_at_the_end_of_lines(shown: Installation, number: str) -> None:
    lines = shown.run("show", number).out.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line.split(None, 1)[1] for line in lines if line.startswith("  measures")] == ["8, not listed one by one"]


def test_a_narrow_terminal_has_short_types_and_regions(shown: Installation) -> None:
    lines = shown.on_terminal("list", columns=80)
    assert lines[0].split() == ["id", "first", "seen", "published", "type", "region", "title"]
    assert lines[1].split()[:6] == ["2", "03-02", "09:00", "2026-03-01", "news", "潍坊市"]
    wide = shown.on_terminal("list", columns=140)
    assert wide[1].split()[:6] == ["2", "2026-03-02", "09:00", "2026-03-01", "measures_news", "山东省潍坊市"]


def test_a_pipe_is_as_wide_as_the_environment_says_or_as_it_needs(shown: Installation) -> None:
    narrow = shown.run("list", columns=80).out.splitlines()
    assert narrow[1].split()[:6] == ["2", "03-02", "09:00", "2026-03-01", "news", "潍坊市"]
    assert "山东省潍坊市" in shown.run("list").out

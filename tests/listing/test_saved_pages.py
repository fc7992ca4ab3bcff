"""Real pages with their truth, where they are at hand; `test_kinds` has a page of ours of each kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.listing import SAVED, entry_of, saved, true_entries
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import JsonRule

pytestmark = pytest.mark.skipif(not SAVED.exists(), reason=f"no saved pages at {SAVED} (WATCHER_SAVED_PAGES)")
FLOOR = 0.98
EXPECTED_CODES = {
    "068.html": {"javascript_list"},
    "076.html": {"javascript_list", "challenge"},
    "080.html": {"no_links"},
    "130.html": {"challenge"},
    "131.html": {"challenge"},
}


def manifest() -> list[dict[str, Any]]:
    if not SAVED.exists():
        return []
    return [json.loads(line) for line in (SAVED / "manifest.jsonl").read_text("utf-8").splitlines()]


LISTS = [record for record in manifest() if record.get("entries_true")]


@pytest.mark.parametrize("record", LISTS, ids=lambda record: record["file"])
def test_a_saved_list_is_read_whole(record: dict[str, Any]) -> None:
    page = saved(SAVED, record)
    found = {entry_of(link) for link in read_listing(page, "auto").links}
    true = true_entries(page, record)
    assert len(found & true) >= FLOOR * len(true), "recall"
    assert len(found & true) >= FLOOR * len(found), "precision"


@pytest.mark.parametrize("record", [r for r in manifest() if r["file"] in EXPECTED_CODES], ids=lambda r: r["file"])
def test_a_saved_page_without_entries_is_called_by_its_kind(record: dict[str, Any]) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(saved(SAVED, record), "auto")
    assert caught.value.code in EXPECTED_CODES[record["file"]]


def test_the_data_that_a_saved_page_carries_is_read_where_asked_for() -> None:
    record = next(record for record in manifest() if record["file"] == "068.html")
    links = read_listing(saved(SAVED, record), JsonRule()).links
    assert len(links) == 50
    assert all("/col42150/content/content_" in link.url and link.published and "<" not in link.title for link in links)

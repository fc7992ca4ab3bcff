"""JSON Feed 1.1, with the figures of each item under `_watcher`. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from watcher.records.announcements import AnnouncementRecord
from watcher.render.contract import figure_json
from watcher.render.item import lifecycle_json
from watcher.web.feeds.atom import Head
from watcher.web.feeds.entries import Entry

VERSION: Final = "https://jsonfeed.org/version/1.1"


def json_feed(head: Head, entries: Iterable[tuple[Entry, AnnouncementRecord]]) -> bytes:
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.address,
        "language": head.language,
        "items": [_item(entry, record) for entry, record in entries],
    }
    if head.following is not None:
        feed["next_url"] = head.following
    return json.dumps(feed, ensure_ascii=False).encode()


def _item(entry: Entry, record: AnnouncementRecord) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.tags),
        "_watcher": {
            "id": record.id,
            "revision": record.revision,
            "status": record.status,
            "lifecycle": lifecycle_json(entry.stands),
            "type": record.extraction.verdict.type.value,
            "region": record.region_code,
            "figures": [figure_json(one) for one in record.extraction.figures],
        },
    }
    if entry.original:
        item["external_url"] = entry.original
    if entry.author:
        item["authors"] = [{"name": entry.author}]
    return item

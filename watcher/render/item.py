"""One announcement as the JSON object of `list`, `show` and `export`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from watcher.lifecycle.lifespan import Lifecycle, lifecycle_of
from watcher.records.announcements import AnnouncementRecord, Place
from watcher.records.names import Link, Links
from watcher.render.contract import contract_line


def item_json(record: AnnouncementRecord, today: date) -> dict[str, object]:
    """The contract's fields without `text`, where and when it was found, and how its document stands `today`.

    `hit` where a query found it.
    """
    fields = contract_line(record.url, record.extraction)
    credit = fields.pop("source")
    del fields["text"], fields["input"]
    return {
        "id": record.id,
        "url": record.url,
        "source": record.source,
        "first_seen": record.first_seen.isoformat(),
        "last_changed": record.last_changed.isoformat(),
        "revision": record.revision,
        "status": record.status,
        "seen_at": [place_json(place) for place in record.places],
        **fields,
        "credit": credit,
        "lifecycle": lifecycle_json(lifecycle_of(record, today)),
        **({"hit": asdict(record.hit)} if record.hit else {}),
    }


def place_json(place: Place) -> dict[str, object]:
    return {
        "source": place.source,
        "url": place.url,
        "first_seen": place.first_seen.isoformat(),
        "gone_since": place.gone_since and place.gone_since.isoformat(),
    }


def lifecycle_json(found: Lifecycle | None) -> dict[str, object] | None:
    if found is None:
        return None
    by = found.by
    return {
        "state": found.state.value,
        "since": found.since and found.since.isoformat(),
        "by": by and {"title": by.page_title, "url": by.url, "id": by.announcement},
        "quote": found.quote,
    }


def links_json(links: Links) -> dict[str, object]:
    """`cites` and `cited_by`: stored announcements, a report on a document (`relation`) among those that cite it."""
    return {"cites": [_link(one) for one in links.names], "cited_by": [_link(one) for one in links.named_by]}


def _link(link: Link) -> dict[str, object]:
    return {
        "id": link.to.id,
        "relation": link.role.value,
        "title": link.to.title,
        "issuer": link.to.issuer,
        "published": link.to.published and link.to.published.isoformat(),
        "as": link.written,
    }

"""Announcements as readers get them: rows -> records, with where they were found and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from watcher import codec
from watcher.addresses import canonical
from watcher.records.announcements import AnnouncementRecord, Place
from watcher.store import lifecycles, missing, readings
from watcher.store.engine import chunks
from watcher.store.revisions import PlaceRow, RevisionRow
from watcher.store.tables import AnnouncementRow


def records_of(session: Session, rows: Sequence[tuple[AnnouncementRow, RevisionRow]]) -> Iterator[AnnouncementRecord]:
    ids = [row.id for row, _ in rows if row.id is not None]
    places, said, near = places_of(session, ids), lifecycles.of(session, ids), readings.resembled(session, ids)
    return (
        replace(record_of(row, revision, places), sayings=said.get(row.id or 0, ()), resembles=near.get(row.id or 0))
        for row, revision in rows
    )


def record_of(row: AnnouncementRow, revision: RevisionRow, places: dict[int, list[Place]]) -> AnnouncementRecord:
    assert row.id is not None
    return AnnouncementRecord(
        id=row.id,
        url=row.url,
        source=row.source_id,
        status=row.status,
        first_seen=row.first_seen,
        last_changed=row.last_changed,
        revision=row.revision,
        extraction=codec.decode_extraction(revision.extraction, revision.text),
        places=tuple(places.get(row.id, ())),
        region_code=row.region_code,
    )


def places_of(session: Session, ids: Sequence[int | None]) -> dict[int, list[Place]]:
    """Where each of these announcements was found, first place first."""
    query = select(PlaceRow).order_by(col(PlaceRow.first_seen), col(PlaceRow.source_id), col(PlaceRow.url))
    places: dict[int, list[Place]] = {}
    absent = missing.of_announcements(session, ids)
    for part in chunks(ids):
        for row in session.exec(query.where(col(PlaceRow.announcement_id).in_(part))):
            absence = absent.get(canonical(row.url)) if absent else None
            place = Place(row.source_id, row.url, row.first_seen, absence.since if absence else None)
            places.setdefault(row.announcement_id, []).append(place)
    return places

"""Announcements as readers ask for them: lists by a filter, and one with its whole history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from watcher import codec
from watcher.model import AnnouncementType
from watcher.records import AnnouncementRecord, Filter, History, Judged, Place, RevisionRecord
from watcher.store import feedback
from watcher.store.engine import chunks
from watcher.store.tables import AnnouncementRow, PlaceRow, RevisionRow


def listed(session: Session, wanted: Filter) -> tuple[AnnouncementRecord, ...]:
    current = and_(
        col(RevisionRow.announcement_id) == AnnouncementRow.id, col(RevisionRow.number) == AnnouncementRow.revision
    )
    query = (
        select(AnnouncementRow, RevisionRow)
        .join(RevisionRow, current)
        .where(*_conditions(wanted))
        .order_by(
            col(AnnouncementRow.first_seen).desc(),
            col(AnnouncementRow.published).desc().nulls_last(),
            col(AnnouncementRow.id).desc(),
        )
        .limit(wanted.limit)
    )
    found = session.exec(query).all()
    places = _places(session, [row.id for row, _ in found])
    return tuple(_record(row, revision, places) for row, revision in found)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """An unset part of the filter gives no condition."""
    near_miss = col(AnnouncementRow.type) == AnnouncementType.OTHER
    conditions: list[ColumnElement[bool]] = [near_miss if wanted.near_misses else ~near_miss]
    if wanted.since is not None:
        conditions.append(col(AnnouncementRow.first_seen) >= wanted.since)
    if wanted.region is not None:
        prefix = region_prefix(wanted.region)
        conditions.append(col(AnnouncementRow.region_code).startswith(prefix, autoescape=True))
    if wanted.types:
        conditions.append(col(AnnouncementRow.type).in_(wanted.types))
    if wanted.sources:
        found_there = select(PlaceRow.announcement_id).where(col(PlaceRow.source_id).in_(wanted.sources))
        conditions.append(col(AnnouncementRow.id).in_(found_there))
    if wanted.query:
        title = col(AnnouncementRow.title).contains(wanted.query, autoescape=True)
        conditions.append(or_(title, col(RevisionRow.text).contains(wanted.query, autoescape=True)))
    if wanted.changed:
        conditions.append(col(AnnouncementRow.revision) > 1)
    return conditions


def region_prefix(code: str) -> str:
    """What the codes of a division and all in it begin with: GB/T 2260 fills a province's or city's with 00."""
    while (len(code) == 6 and code.endswith("00")) or (len(code) == 4 and code.endswith("00")):
        code = code[:-2]
    return code


def history(session: Session, announcement_id: int) -> History | None:
    row = session.get(AnnouncementRow, announcement_id)
    if row is None:
        return None
    query = select(RevisionRow).where(RevisionRow.announcement_id == announcement_id).order_by(col(RevisionRow.number))
    revisions = session.exec(query).all()
    record = _record(row, revisions[-1], _places(session, [row.id]))
    said = feedback.of_announcement(session, announcement_id)
    return History(record, tuple(_revision(revision) for revision in revisions), said)


def judged(session: Session) -> Iterator[Judged]:
    """Every announcement of which a person said something, by id, at the revision spoken of last."""
    for announcement_id, said in feedback.by_announcement(session).items():
        row = session.get_one(AnnouncementRow, announcement_id)
        number = said[-1].revision
        wanted = select(RevisionRow).where(RevisionRow.announcement_id == row.id, RevisionRow.number == number)
        revision = session.exec(wanted).one()
        record = replace(_record(row, revision, {}), revision=number)
        yield Judged(record, codec.decode_document(revision.document, revision.text), tuple(said))


def _places(session: Session, ids: Sequence[int | None]) -> dict[int, list[Place]]:
    query = select(PlaceRow).order_by(col(PlaceRow.first_seen))
    places: dict[int, list[Place]] = {}
    for part in chunks(ids):
        for row in session.exec(query.where(col(PlaceRow.announcement_id).in_(part))):
            places.setdefault(row.announcement_id, []).append(Place(row.source_id, row.url, row.first_seen))
    return places


def _revision(row: RevisionRow) -> RevisionRecord:
    return RevisionRecord(
        number=row.number,
        seen_at=row.seen_at,
        extraction=codec.decode_extraction(row.extraction, row.text),
        changes=tuple(codec.decode_change(change) for change in row.changes),
    )


def _record(row: AnnouncementRow, revision: RevisionRow, places: dict[int, list[Place]]) -> AnnouncementRecord:
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
    )

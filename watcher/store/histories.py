"""One announcement with all that it said, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from watcher import codec
from watcher.model import Extraction
from watcher.records.announcements import AnnouncementRecord, History, Judged, Place, RevisionRecord
from watcher.records.captures import Capture
from watcher.store import captures, events, feedback
from watcher.store.items import record_of, records_of
from watcher.store.revisions import RevisionRow
from watcher.store.tables import AnnouncementRow, PageRow


def history(session: Session, announcement_id: int) -> History | None:
    row = session.get(AnnouncementRow, announcement_id)
    if row is None:
        return None
    query = select(RevisionRow).where(RevisionRow.announcement_id == announcement_id).order_by(col(RevisionRow.number))
    revisions = session.exec(query).all()
    (record,) = records_of(session, [(row, revisions[-1])])
    record = replace(record, places=_shown(session, record, revisions))
    said = feedback.of_announcement(session, announcement_id)
    evidence = captures.of_revisions(session, [one.id for one in revisions if one.id is not None])
    texts = {one.number: codec.decode_extraction(one.extraction, one.text) for one in revisions[:-1]}
    texts[revisions[-1].number] = record.extraction
    read = tuple(_revision(one, texts[one.number], evidence.get(one.id or 0, [])) for one in revisions)
    return History(record, read, said, events.turns(session, announcement_id))


def _shown(session: Session, record: AnnouncementRecord, revisions: Sequence[RevisionRow]) -> tuple[Place, ...]:
    """The places, with the revision that each still shows."""
    numbers = {one.fingerprint: one.number for one in revisions}
    read = select(PageRow.source_id, PageRow.url, PageRow.fingerprint).where(PageRow.announcement_id == record.id)
    shows = {(source, url): numbers.get(mark or "") for source, url, mark in session.exec(read)}
    return tuple(replace(place, shows=shows.get((place.source, place.url))) for place in record.places)


def _revision(row: RevisionRow, extraction: Extraction, evidence: Sequence[Capture]) -> RevisionRecord:
    return RevisionRecord(
        number=row.number,
        seen_at=row.seen_at,
        extraction=extraction,
        changes=tuple(codec.decode_change(change) for change in row.changes),
        reread_at=row.reread_at,
        captures=tuple(evidence),
    )


def judged(session: Session) -> Iterator[Judged]:
    """Every announcement of which a person said something, by id, at the revision spoken of last."""
    for announcement_id, said in feedback.by_announcement(session).items():
        row = session.get_one(AnnouncementRow, announcement_id)
        number = said[-1].revision
        wanted = select(RevisionRow).where(RevisionRow.announcement_id == row.id, RevisionRow.number == number)
        revision = session.exec(wanted).one()
        record = replace(record_of(row, revision, {}), revision=number)
        yield Judged(record, codec.decode_document(revision.document, revision.text), tuple(said))

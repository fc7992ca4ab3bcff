"""Announcements: what a reading writes, in one transaction, and what of it is needed to compare the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import update
from sqlmodel import Session, col, select

from watcher import codec
from watcher.addresses import canonical
from watcher.model import Extraction
from watcher.news import CHANGES, EventKind
from watcher.query import terms_of
from watcher.records.deliveries import Outgoing
from watcher.records.pages import PageStatus
from watcher.records.passes import Action, Known, Reading
from watcher.records.rereadings import Reread
from watcher.settings import DEFAULTS
from watcher.store import (
    captures,
    copies,
    events,
    feedback,
    files,
    lifecycles,
    missing,
    names,
    readings,
    reopened,
    standings,
)
from watcher.store.engine import Database
from watcher.store.revisions import PlaceRow, RevisionRow, add_items, replace_items
from watcher.store.search import index_of
from watcher.store.tables import AnnouncementRow, PageRow, SourceRow

# Events that tell of a page for the first time; others tell of what a look at it found.
_FIRST: Final = frozenset({EventKind.NEW, EventKind.REPOST})


class Announcements:
    """What is stored of announcements, for who reads their pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, key: str) -> Known | None:
        """What is stored of the announcement (or near miss) that the page with this canonical address is of."""
        with self._database.read() as session:
            owner = _owner(session, key)
            return None if owner is None else _known(session, owner)

    def known_as(self, announcement_id: int) -> Known:
        with self._database.read() as session:
            return _known(session, announcement_id)

    def save(self, reading: Reading, now: datetime, timezone: str = DEFAULTS.timezone) -> bool:
        """Store a reading: page, announcement, revision, figures, event and deliveries in one transaction.

        Returns False, storing nothing, where the announcement has moved on from `reading.basis`. In `timezone` digests
        are due.
        """
        with self._database.write() as session:
            return _save(session, reading, now, timezone)


def _known(session: Session, announcement_id: int) -> Known:
    row = session.get_one(AnnouncementRow, announcement_id)
    revision = _current(session, announcement_id, row.revision)
    listed_in = (
        select(SourceRow, PlaceRow.url)
        .join(PlaceRow, col(PlaceRow.source_id) == SourceRow.id)
        .where(PlaceRow.announcement_id == announcement_id)
        .order_by(col(PlaceRow.first_seen), col(SourceRow.id))
    )
    places = session.exec(listed_in).all()
    sources = {source.id: source for source, _ in places}
    return Known(
        id=announcement_id,
        basis=row.revision,
        fingerprint=revision.fingerprint,
        extraction=codec.decode_extraction(revision.extraction, revision.text),
        document=codec.decode_document(revision.document, revision.text),
        places=tuple(sources),
        told=events.told(session, announcement_id),
        key=row.key,
        url=row.url,
        source_name=next((source.name for source, url in places if canonical(url) == row.key), ""),
        regions=tuple(source.region for source in sources.values()),
        withdrawn_since=missing.withdrawn_since(session, row),
        behind=standings.behind(session, announcement_id),
    )


def _owner(session: Session, key: str) -> int | None:
    of_page = select(PageRow.announcement_id).where(PageRow.key == key, col(PageRow.announcement_id).is_not(None))
    return session.exec(of_page.limit(1)).first()


def _current(session: Session, announcement_id: int, number: int) -> RevisionRow:
    wanted = select(RevisionRow).where(RevisionRow.announcement_id == announcement_id, RevisionRow.number == number)
    return session.exec(wanted).one()


def _save(session: Session, reading: Reading, now: datetime, timezone: str) -> bool:
    owner = _owner(session, reading.page.key)
    joins, leaves = reading.copied.joins, reading.copied.leaves
    owner = None if owner == leaves else owner
    if joins is not None and owner not in (None, joins):
        return False
    announcement_id = owner if joins is None else joins
    row = None if announcement_id is None else session.get_one(AnnouncementRow, announcement_id)
    sent = [one for one in (reading.outgoing, reading.late, reading.restored) if one is not None]
    if _has_moved_on(session, row, reading, sent):
        return False
    if row is None and reading.action is Action.CREATE:
        row = _create(session, reading, now)
    elif row is not None and reading.action is Action.REVISE:
        _revise(session, row, reading, now)
        if not any(one.kind in CHANGES for one in sent):
            standings.follow(session, row.id or 0, row.revision)
    elif row is not None and reading.action is Action.SEEN:
        _renew_files(session, row, reading)
    if row is not None and row.id is not None:
        _note_place(session, row, reading, now)
        for outgoing in sent:
            seen_at = reading.page.first_seen if outgoing.kind in _FIRST else now
            subject = events.Subject(reading.page.source, row.id, row.revision, reading.page.key, seen_at)
            events.add(session, outgoing, subject, now)
    _note_page(session, reading, row.id if row else None, now)
    if row is not None and missing.back(session, row, reading.page.key, now):
        reopened.reopen(session, row.id or 0, now, timezone)
    return True


def _has_moved_on(session: Session, row: AnnouncementRow | None, reading: Reading, sent: Sequence[Outgoing]) -> bool:
    """Whether another process has stored what the decision should have known of."""
    if (row.revision if row else 0) != reading.basis:
        return True
    if row is not None and (row.status == missing.WITHDRAWN) != reading.was_withdrawn:
        return True
    if row is not None and row.id is not None:
        return events.any_told(session, row.id, sent)
    looked_at = reading.copied.looked_at
    return looked_at is not None and copies.any_since(session, reading.bands, looked_at)


def _create(session: Session, reading: Reading, now: datetime) -> AnnouncementRow:
    page = reading.page
    # A page that was something else before became an announcement only now.
    first_seen = now if page.status is PageStatus.READ else page.first_seen
    row = AnnouncementRow(
        key=page.key,
        url=page.url,
        source_id=page.source,
        first_seen=first_seen,
        last_changed=first_seen,
        type=str(reading.extraction.verdict.type),
        score=reading.extraction.verdict.score,
    )
    _describe(session, row, reading.extraction)
    session.add(row)
    _add_revision(session, row, reading, now)
    _index(session, row, frozenset(), reading.extraction)
    return row


def _revise(session: Session, row: AnnouncementRow, reading: Reading, now: datetime) -> None:
    assert row.id is not None
    before = _current(session, row.id, row.revision)
    known = terms_of(codec.decode_extraction(before.extraction, before.text), row.region_code)
    row.revision += 1
    row.last_changed = now
    row.type, row.score = str(reading.extraction.verdict.type), reading.extraction.verdict.score
    _describe(session, row, reading.extraction)
    _add_revision(session, row, reading, now)
    _index(session, row, known, reading.extraction)


def replace_reading(session: Session, fresh: Reread, now: datetime) -> None:
    """Store what a revision is read as now in place of what it was read as: no edit of its page, and no news."""
    revision = session.get_one(RevisionRow, fresh.revision)
    row = session.get_one(AnnouncementRow, revision.announcement_id)
    before = codec.decode_extraction(revision.extraction, revision.text)
    if row.revision == revision.number:
        row.type, row.score = str(fresh.extraction.verdict.type), fresh.extraction.verdict.score
        known = terms_of(before, row.region_code)
        _describe(session, row, fresh.extraction)
        _index(session, row, known, fresh.extraction)
        names.replace(session, revision.announcement_id, fresh.extraction)
    read_so = select(PageRow).where(PageRow.announcement_id == row.id, PageRow.fingerprint == revision.fingerprint)
    for page in session.exec(read_so).all():
        page.fingerprint, page.verdict = fresh.fingerprint, _verdict(fresh.extraction)
        lifecycles.replace(session, page.id or 0, fresh.extraction, fresh.says)
    feedback.follow_figures(session, row.id or 0, revision.number, before.figures, fresh.extraction.figures)
    revision.sqlmodel_update({**_texts(fresh), "reread_at": now})
    replace_items(session, fresh.revision, fresh.extraction)
    copies.add_missing(session, fresh.revision, fresh.bands)


def _index(session: Session, row: AnnouncementRow, known: frozenset[str], fresh: Extraction) -> None:
    """Put an announcement into the index in place of the terms that it is `known` by, none before its first text."""
    assert row.id is not None
    index = index_of(session.connection())
    if known:
        index.remove(row.id, row.first_seen, known)
    index.add(row.id, row.first_seen, terms_of(fresh, row.region_code))


def _renew_files(session: Session, row: AnnouncementRow, reading: Reading) -> None:
    """With the same text, what could not be read of the files beside it may still be another."""
    assert row.id is not None
    revision = _current(session, row.id, row.revision)
    fresh = codec.encode_extraction(reading.extraction)["attachments"]
    if revision.fingerprint == reading.fingerprint and revision.extraction.get("attachments") != fresh:
        revision.extraction = {**revision.extraction, "attachments": fresh}


def follow_region(session: Session, source_id: str, before: str | None, now_is: str | None) -> None:
    """The announcements that a source found, and that name no region themselves, are of another now."""
    wanted = (
        select(AnnouncementRow.id)
        .join(RevisionRow, col(RevisionRow.announcement_id) == AnnouncementRow.id)
        .where(
            RevisionRow.number == AnnouncementRow.revision,
            AnnouncementRow.source_id == source_id,
            col(AnnouncementRow.region_code).is_not_distinct_from(before),
            col(RevisionRow.extraction)["region"]["code"].as_string().is_(None),
        )
    )
    for announcement_id in session.exec(wanted).all():
        row = session.get_one(AnnouncementRow, announcement_id)
        revision = _current(session, announcement_id or 0, row.revision)
        extraction = codec.decode_extraction(revision.extraction, revision.text)
        known, row.region_code = terms_of(extraction, before), now_is
        _index(session, row, known, extraction)


def _describe(session: Session, row: AnnouncementRow, extraction: Extraction) -> None:
    row.title, row.issuer, row.published = extraction.title, extraction.issuer, extraction.published
    row.valid_until = extraction.valid_until
    hint = session.get_one(SourceRow, row.source_id).region
    row.region_code = extraction.region.code if extraction.region else hint


def _add_revision(session: Session, row: AnnouncementRow, reading: Reading, now: datetime) -> None:
    session.flush()  # gives the row its id
    assert row.id is not None
    revision = RevisionRow(
        announcement_id=row.id,
        number=row.revision,
        seen_at=now,
        changes=[codec.encode_change(change) for change in reading.changes],
        **_texts(reading),
    )
    session.add(revision)
    session.flush()
    assert revision.id is not None
    add_items(session, revision.id, reading.extraction)
    captures.add(session, revision.id, reading.captures)
    copies.add(session, revision.id, reading.bands)
    names.replace(session, row.id, reading.extraction)


def _texts(reading: Reading | Reread) -> dict[str, Any]:
    """The columns of a revision that say how its answer was read."""
    return {
        "fingerprint": reading.fingerprint,
        "text": reading.extraction.text,
        "extraction": codec.encode_extraction(reading.extraction),
        "document": codec.encode_document(reading.document),
    }


def _note_place(session: Session, row: AnnouncementRow, reading: Reading, now: datetime) -> None:
    assert row.id is not None
    source, url = reading.page.source, reading.page.url
    if session.get(PlaceRow, (row.id, source, url)) is None:
        moments = {"first_seen": now, "announced": row.first_seen}
        session.add(PlaceRow(announcement_id=row.id, source_id=source, url=url, **moments))
    if reading.stands:
        row.key, row.url = reading.page.key, url


def _note_page(session: Session, reading: Reading, announcement_id: int | None, now: datetime) -> None:
    row = session.get_one(PageRow, reading.page.id)
    row.status, row.attempts, row.next_try_at = PageStatus.READ.value, 0, None
    row.next_check_at = reading.next_check_at
    row.etag, row.last_modified = reading.validators.etag, reading.validators.last_modified
    row.digest, row.fingerprint = reading.digest, reading.fingerprint
    row.problem_code = row.problem_message = None
    row.verdict = _verdict(reading.extraction)
    original = reading.extraction.credit.original_url
    row.original = canonical(original) if original and announcement_id is not None else None
    row.announcement_id = announcement_id
    if (leaves := reading.copied.leaves) is not None:  # whichever source lists the page
        of_the_page = (col(PageRow.key) == row.key) & (col(PageRow.announcement_id) == leaves)
        session.connection().execute(update(PageRow).where(of_the_page).values(announcement_id=announcement_id))
    files.replace(session, reading.page.id, reading.files)
    readings.note(session, reading, now)


def _verdict(extraction: Extraction) -> dict[str, object]:
    verdict = extraction.verdict
    return {"type": str(verdict.type), "score": verdict.score, "reasons": list(verdict.reasons)}

"""Sources: what the configuration says of them, and what the passes left."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, update
from sqlalchemy import select as sql_select
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from watcher import __version__
from watcher.model import Validators
from watcher.records.passes import PassEnd
from watcher.records.problem import Problem
from watcher.records.sources import Gap, Health, PassNote, SourceRecord, SourceState
from watcher.settings import Source
from watcher.store import claims, pages, postgres, recent, usual
from watcher.store.engine import chunks
from watcher.store.tables import SourceRow

_CONFIGURED: Final = (
    col(SourceRow.name),
    col(SourceRow.url),
    col(SourceRow.region),
    col(SourceRow.enabled),
    col(SourceRow.configured),
    col(SourceRow.rule),
)
_WITHOUT_NOTES: Final = defer(SourceRow.recent)  # type: ignore[arg-type]  # a pass reads none


def sync(session: Session, configured: Sequence[Source], now: datetime) -> None:
    """Follow the configuration; a row is loaded only where it differs, which few of thousands do at a start."""
    stored = {
        row[0]: tuple(row[1:]) for row in session.connection().execute(sql_select(col(SourceRow.id), *_CONFIGURED))
    }
    changed: dict[str, Source] = {}
    moved: list[str] = []
    for source in configured:
        known = stored.pop(source.id, None)
        if known is None:
            session.add(_new(source, now))
        elif known != (source.name, source.url, source.region, source.enabled, True, _rule(source)):
            changed[source.id] = source
            if known[1] != source.url:
                moved.append(f"source:{source.id}")
    claims.drop(session, moved)  # first: a pass that is about to end ends before its row is read here
    for row in _locked(session, changed):
        _update(session, row, changed[row.id])
    for source_id, (*_, is_configured, _) in stored.items():
        if is_configured:
            session.get_one(SourceRow, source_id).configured = False


def _locked(session: Session, ids: Collection[str]) -> list[SourceRow]:
    """These rows, which nobody else changes before the transaction ends: all who need several lock them in one order,
    after the claims on them.
    """
    rows = select(SourceRow).order_by(SourceRow.id).with_for_update(key_share=True)
    return [row for part in chunks(sorted(ids)) for row in session.exec(rows.where(col(SourceRow.id).in_(part)))]


def _new(source: Source, now: datetime) -> SourceRow:
    return SourceRow(
        id=source.id,
        name=source.name,
        url=source.url,
        region=source.region,
        enabled=source.enabled,
        rule=_rule(source),
        created_at=now,
        state=str(SourceState.NEW),
    )


def _update(session: Session, row: SourceRow, source: Source) -> None:
    rule = _rule(source)
    if row.rule != rule:
        row.etag = row.last_modified = row.digest = None
    if row.url != source.url:
        # Another column, unless its first pass finds the entries of the old one: what is known of that stays known.
        row.baseline_at = row.gap_since = row.gap_url = None
        row.entries, row.usual, row.recent = 0, {}, []
    if row.region != source.region:
        from watcher.store import announcements  # rarely needed, and half of the store

        announcements.follow_region(session, source.id, row.region, source.region)
    row.name, row.url, row.region, row.rule = source.name, source.url, source.region, rule
    row.enabled, row.configured = source.enabled, True


def _rule(source: Source) -> str:
    """What decides how a listing is read: a newer watcher may see more in the same bytes."""
    return hashlib.sha256(repr((__version__, source.url, source.listing)).encode()).hexdigest()[:16]


def all_of(session: Session) -> tuple[SourceRecord, ...]:
    return tuple(
        _record(row, recent.decode(row.recent)) for row in session.exec(select(SourceRow).order_by(SourceRow.id))
    )


def get(session: Session, source_id: str) -> SourceRecord | None:
    row = session.get(SourceRow, source_id)
    return None if row is None else _record(row, recent.decode(row.recent))


def note_listing(session: Session, source_id: str, gap: Gap | None, now: datetime) -> None:
    """Its entries are about to be noted; those in `gap` are not among them, nor those in the gap of the last pass."""
    row = session.get_one(SourceRow, source_id)
    row.baseline_at = row.baseline_at or now
    if gap is not None:
        row.gap_since, row.gap_url = gap.since, gap.url


def of_passes(session: Session, ids: Collection[str], now: datetime) -> dict[str, tuple[SourceRecord, bool]]:
    """The stored sources among `ids`, and whether any page of theirs is due to be opened."""
    wanted = select(SourceRow, pages.any_due(col(SourceRow.id), now)).options(_WITHOUT_NOTES)
    found = session.exec(wanted.where(col(SourceRow.id).in_(ids)))
    return {row.id: (_record(row, ()), due) for row, due in found}


def finish(session: Session, ends: Mapping[str, PassEnd]) -> None:
    """Write the ends of passes, by source."""
    if len(ends) > 1 and postgres.is_postgres(session.connection()):
        _locked(session, ends)
    table = SourceRow.metadata.tables[SourceRow.__tablename__]
    notes = _noted(session, ends)
    for has_mark in (False, True):
        rows = [
            {"of": source_id, "recent": notes[source_id], **_left(ends[source_id])}
            for source_id in notes
            if (ends[source_id].mark is not None) is has_mark
        ]
        if rows:  # of the same columns: one statement for all
            session.connection().execute(update(table).where(table.c.id == bindparam("of")), rows)


def _noted(session: Session, ends: Mapping[str, PassEnd]) -> dict[str, Sequence[Any]]:
    """The notes of each source's last passes with this one, of the sources that are still stored."""
    before = session.exec(select(SourceRow.id, SourceRow.recent).where(col(SourceRow.id).in_(ends)))
    return {
        source_id: recent.added(found, note) if (note := ends[source_id].note) else found for source_id, found in before
    }


def _left(end: PassEnd) -> dict[str, object]:
    """The columns that a pass writes at its end."""
    health, problem, mark = end.health, end.health.problem, end.mark
    left: dict[str, object] = {
        "state": str(health.state),
        "since": health.since,
        "retry_at": health.retry_at,
        "failures": health.failures,
        "strikes": health.strikes,
        "told": health.told,
        "recovered": health.recovered,
        "problem_code": problem.code if problem else None,
        "problem_message": problem.message if problem else None,
        "problem_hint": problem.hint if problem else None,
        "first_checked": health.first_checked,
        "last_checked": health.last_checked,
        "last_ok": health.last_ok,
        "usual": usual.encode(end.usual),
        "gap_since": end.gap.since if end.gap else None,
        "gap_url": end.gap.url if end.gap else None,
    }
    if mark is not None:
        left |= {"etag": mark.validators.etag, "last_modified": mark.validators.last_modified}
        left |= {"digest": mark.digest, "entries": mark.entries}
    return left


def _record(row: SourceRow, notes: tuple[PassNote, ...]) -> SourceRecord:
    problem = None
    if row.problem_code is not None:
        problem = Problem(row.problem_code, row.problem_message or "", row.problem_hint)
    return SourceRecord(
        id=row.id,
        name=row.name,
        url=row.url,
        region=row.region,
        enabled=row.enabled,
        configured=row.configured,
        health=Health(
            state=SourceState(row.state),
            problem=problem,
            since=row.since,
            failures=row.failures,
            strikes=row.strikes,
            told=row.told,
            recovered=row.recovered,
            retry_at=row.retry_at,
            first_checked=row.first_checked,
            last_checked=row.last_checked,
            last_ok=row.last_ok,
        ),
        baseline_at=row.baseline_at,
        validators=Validators(row.etag, row.last_modified),
        digest=row.digest,
        entries=row.entries,
        gap=Gap(row.gap_since, row.gap_url) if row.gap_since and row.gap_url else None,
        usual=usual.decode(row.usual),
        recent=notes,
    )

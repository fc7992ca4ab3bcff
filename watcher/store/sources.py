"""Sources: what the configuration says of them, and what the passes left."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from watcher import __version__
from watcher.model import Validators
from watcher.records import Health, PassEnd, Problem, SourceRecord, SourceState
from watcher.settings import Source
from watcher.store import claims, usual
from watcher.store.tables import SourceRow


def sync(session: Session, configured: Sequence[Source], now: datetime) -> None:
    rows = {row.id: row for row in session.exec(select(SourceRow))}
    for source in configured:
        row = rows.pop(source.id, None)
        if row is None:
            session.add(_new(source, now))
        else:
            _update(session, row, source)
    for row in rows.values():
        row.configured = False


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
        # Another column: what stands in it already is no news, what of the old one is known stays known.
        row.baseline_at = row.gap_since = None
        row.entries, row.usual = 0, {}
        claims.drop(session, f"source:{row.id}")
    row.name, row.url, row.region, row.rule = source.name, source.url, source.region, rule
    row.enabled, row.configured = source.enabled, True


def _rule(source: Source) -> str:
    """What decides how a listing is read: a newer watcher may see more in the same bytes."""
    return hashlib.sha256(repr((__version__, source.url, source.listing)).encode()).hexdigest()[:16]


def all_of(session: Session) -> tuple[SourceRecord, ...]:
    return tuple(_record(row) for row in session.exec(select(SourceRow).order_by(SourceRow.id)))


def get(session: Session, source_id: str) -> SourceRecord | None:
    row = session.get(SourceRow, source_id)
    return None if row is None else _record(row)


def note_listing(session: Session, source_id: str, gap_since: datetime | None, now: datetime) -> None:
    """Its entries are about to be noted; those of older pages since `gap_since` are not among them."""
    row = session.get_one(SourceRow, source_id)
    row.baseline_at = row.baseline_at or now
    row.gap_since = gap_since or row.gap_since


def finish(session: Session, source_id: str, end: PassEnd) -> None:
    row = session.get_one(SourceRow, source_id)
    health, problem = end.health, end.health.problem
    row.state, row.since, row.retry_at = str(health.state), health.since, health.retry_at
    row.failures, row.strikes, row.told, row.recovered = health.failures, health.strikes, health.told, health.recovered
    row.problem_code, row.problem_message, row.problem_hint = (
        (problem.code, problem.message, problem.hint) if problem else (None, None, None)
    )
    row.first_checked, row.last_checked, row.last_ok = health.first_checked, health.last_checked, health.last_ok
    row.usual = usual.encode(end.usual)
    if end.mark is not None:
        row.etag, row.last_modified = end.mark.validators.etag, end.mark.validators.last_modified
        row.digest, row.entries, row.gap_since = end.mark.digest, end.mark.entries, end.mark.gap_since


def _record(row: SourceRow) -> SourceRecord:
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
        gap_since=row.gap_since,
        usual=usual.decode(row.usual),
    )

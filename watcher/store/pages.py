"""Pages: the entries of the listings, and what came of opening each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, insert
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, or_, select

from watcher.addresses import canonical
from watcher.model import Link, Validators
from watcher.records.absences import Absence
from watcher.records.pages import FileRecord, PageRecord, PageStatus, Stood
from watcher.records.problem import Problem
from watcher.store import files, missing
from watcher.store.engine import chunks
from watcher.store.tables import PageRow


def known_keys(session: Session, source_id: str, keys: Collection[str], before: datetime | None) -> frozenset[str]:
    wanted = select(PageRow.key).where(PageRow.source_id == source_id)
    if before is not None:
        wanted = wanted.where(PageRow.first_seen < before)
    return frozenset(key for part in chunks(keys) for key in session.exec(wanted.where(col(PageRow.key).in_(part))))


def stood(
    session: Session, source_id: str, titles: Collection[str], days: Collection[date], before: datetime | None
) -> tuple[Stood, ...]:
    wanted = select(PageRow).where(PageRow.source_id == source_id)
    if before is not None:
        wanted = wanted.where(PageRow.first_seen < before)
    called = (col(PageRow.title).in_(part) for part in chunks(titles))
    of_day = (col(PageRow.listed).in_(part) for part in chunks(days))
    found = {row.id: row for these in (*called, *of_day) for row in session.exec(wanted.where(these))}
    rows = sorted(found.values(), key=lambda row: row.id or 0)
    return tuple(
        Stood(row.id or 0, row.key, row.url, row.title, row.listed, row.first_seen, row.former, row.readdressed_at)
        for row in rows
    )


def stands_at(key: str) -> ColumnElement[bool]:
    """Whether a page stands at this canonical address, or stood there before."""
    return or_(col(PageRow.key) == key, col(PageRow.former) == key)


def newest_listed(session: Session, source_id: str, before: datetime) -> date | None:
    wanted = select(func.max(PageRow.listed)).where(PageRow.source_id == source_id, PageRow.first_seen < before)
    return session.exec(wanted).one()


def oldest_listed(session: Session, source_id: str) -> date | None:
    return session.exec(select(func.min(PageRow.listed)).where(PageRow.source_id == source_id)).one()


def add_entries(session: Session, source_id: str, links: Sequence[Link], *, baseline: bool, now: datetime) -> int:
    """Rows are added from the oldest entry on, so that a newer entry has the higher id."""
    by_key = {canonical(link.url): link for link in reversed(links)}
    unknown = by_key.keys() - known_keys(session, source_id, by_key.keys(), None)
    rows: list[dict[str, object]] = [
        {
            "source_id": source_id,
            "key": key,
            "url": link.url,
            "title": link.title,
            "listed": link.published,
            "baseline": baseline,
            "first_seen": now,
            "status": PageStatus.PENDING,
            "attempts": 0,
            "verdict": {},
            "left_behind": False,
        }
        for key, link in by_key.items()
        if key in unknown
    ]
    if rows:
        session.connection().execute(insert(PageRow.metadata.tables[PageRow.__tablename__]), rows)
    return len(rows)


def any_due(source_id: Mapped[str], now: datetime) -> ColumnElement[bool]:
    """Whether a source has a page to open for the first time or again, each question answered by an index."""
    of_source = col(PageRow.source_id) == source_id
    return or_(
        exists().where(of_source, col(PageRow.status) == PageStatus.PENDING),
        exists().where(of_source, col(PageRow.status) == PageStatus.FAILED, col(PageRow.next_try_at) <= now),
        exists().where(of_source, col(PageRow.next_check_at) <= now),
    )


def add_original(session: Session, page: PageRecord, url: str) -> PageRecord | None:
    """See `Copies.add_original`."""
    key = canonical(url)
    if session.exec(select(PageRow.id).where(stands_at(key))).first() is not None:
        return None
    row = PageRow(
        source_id=page.source,
        key=key,
        url=url,
        title=page.title,
        baseline=page.baseline,
        first_seen=page.first_seen,
    )
    session.add(row)
    session.flush()
    return _record(row, ())


def to_open(session: Session, source_id: str, now: datetime, limit: int) -> tuple[PageRecord, ...]:
    due = or_(
        PageRow.status == PageStatus.PENDING,
        (col(PageRow.status) == PageStatus.FAILED) & (col(PageRow.next_try_at) <= now),
    )
    wanted = (
        select(PageRow)
        .where(PageRow.source_id == source_id, due)
        .order_by(col(PageRow.baseline), col(PageRow.attempts), col(PageRow.id).desc())
        .limit(limit)
    )
    return records(session, session.exec(wanted).all())


def waiting(session: Session, source_id: str) -> int:
    wanted = select(func.count()).select_from(PageRow)
    wanted = wanted.where(PageRow.source_id == source_id, PageRow.status == PageStatus.PENDING)
    return session.exec(wanted).one()


def to_recheck(session: Session, source_id: str, now: datetime, limit: int) -> tuple[PageRecord, ...]:
    wanted = (
        select(PageRow)
        .where(PageRow.source_id == source_id, PageRow.status == PageStatus.READ, col(PageRow.next_check_at) <= now)
        .order_by(col(PageRow.next_check_at), col(PageRow.id))
        .limit(limit)
    )
    return records(session, session.exec(wanted).all())


def opened_since(session: Session, source_id: str, since: datetime, status: PageStatus) -> tuple[PageRecord, ...]:
    wanted = (
        select(PageRow)
        .where(PageRow.source_id == source_id, PageRow.status == status, PageRow.first_seen >= since)
        .order_by(col(PageRow.id).desc())
    )
    return records(session, session.exec(wanted).all())


def unchanged(session: Session, page_id: int, validators: Validators | None, next_check_at: datetime | None) -> None:
    row = session.get_one(PageRow, page_id)
    row.attempts, row.next_check_at = 0, next_check_at
    if validators is not None:
        row.etag, row.last_modified = validators.etag, validators.last_modified
    row.problem_code = row.problem_message = None


def failed(session: Session, page_id: int, problem: Problem, next_at: datetime | None, *, tried: bool) -> None:
    row = session.get_one(PageRow, page_id)
    if tried or (row.status != PageStatus.READ and not row.attempts):  # what it failed by itself is not forgotten
        row.problem_code, row.problem_message = problem.code, problem.message
    row.attempts += tried
    if row.status == PageStatus.READ:
        row.next_check_at = next_at
    else:
        row.status, row.next_try_at = PageStatus.FAILED.value, next_at


def of_ids(session: Session, ids: Collection[int]) -> dict[int, PageRecord]:
    wanted = select(PageRow).where(col(PageRow.id).in_(ids))
    return {record.id: record for record in records(session, session.exec(wanted).all())}


def records(session: Session, rows: Sequence[PageRow]) -> tuple[PageRecord, ...]:
    beside = files.of_pages(session, [row.id for row in rows if row.id is not None])
    absent = missing.of_keys(session, [row.key for row in rows])
    return tuple(_record(row, beside.get(row.id or 0, ()), absent.get(row.key)) for row in rows)


def _record(row: PageRow, beside: tuple[FileRecord, ...], absence: Absence | None = None) -> PageRecord:
    assert row.id is not None
    return PageRecord(
        id=row.id,
        source=row.source_id,
        key=row.key,
        url=row.url,
        title=row.title,
        listed=row.listed,
        baseline=row.baseline,
        first_seen=row.first_seen,
        status=PageStatus(row.status),
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        next_check_at=row.next_check_at,
        validators=Validators(row.etag, row.last_modified),
        digest=row.digest,
        fingerprint=row.fingerprint,
        problem=row.problem_code,
        kept=row.announcement_id is not None,
        files=beside,
        absence=absence,
        former=row.former,
        readdressed_at=row.readdressed_at,
        left_behind=row.left_behind,
    )

"""What is asked of many announcements and sources at once: counts, and what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import Select, or_
from sqlalchemy import select as sql_select
from sqlmodel import col, func, select

from watcher.model import AnnouncementType
from watcher.records.announcements import Feedback
from watcher.records.overviews import Articles, DueDay, MonthCount
from watcher.records.pages import PageStatus
from watcher.store import feedback, lifecycles
from watcher.store.engine import Database
from watcher.store.lists import region_prefix
from watcher.store.revisions import DeadlineRow, RevisionRow
from watcher.store.tables import AnnouncementRow, DeliveryRow, PageRow, SourceRow, SubscriptionRow

_OTHER: Final = AnnouncementType.OTHER.value
# Deadlines of an announcement that have one day, read for one that is told; few have more.
_A_DAY: Final = 6


# So many articles with one title and text: the home page or a notice, which holds their titles in links perhaps.
_SAME: Final = 3
ONE_PAGE: Final = "one and the same page stands at the addresses of {}"


class Overviews:
    """Each method is one short transaction that reads no text of an announcement."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def source_states(self) -> dict[str, int]:
        """How many of the sources that are checked are in each state."""
        wanted = (
            select(SourceRow.state, func.count())
            .where(col(SourceRow.configured), col(SourceRow.enabled))
            .group_by(col(SourceRow.state))
        )
        with self._database.read() as session:
            return dict(session.exec(wanted).all())

    def articles(self, since: datetime) -> dict[str, Articles]:
        """How the articles first seen since then are, by source; none of which none was asked for."""
        with self._database.read() as session:
            counts = session.connection().execute(_opened_articles(since)).all()
            stand_ins = session.connection().execute(_same_articles(since)).all()
        rows = [(source, count, count if failed else 0, why, url) for source, failed, count, why, url in counts]
        rows += [(source, 0, count, ONE_PAGE.format(count), url) for source, count, url in stand_ins]
        found: dict[str, Articles] = {}
        for source, asked, unread, why, url in sorted(rows, key=lambda row: row[2]):  # the usual reason last
            so_far = found.get(source, Articles())
            reason = (why, url) if unread else (so_far.why, so_far.one)
            found[source] = Articles(so_far.asked + asked, so_far.unread + unread, *reason)
        return found

    def announcements(self) -> dict[tuple[str, ...], int]:
        """How many there are by type and status."""
        row = AnnouncementRow
        wanted = select(row.type, row.status, func.count()).group_by(col(row.type), col(row.status))
        with self._database.read() as session:
            return {(kind, status): count for kind, status, count in session.exec(wanted)}

    def deliveries(self) -> dict[tuple[str, ...], int]:
        """How many there are by status."""
        wanted = select(DeliveryRow.status, func.count()).group_by(col(DeliveryRow.status))
        with self._database.read() as session:
            return {(status,): count for status, count in session.exec(wanted)}

    def oldest_due(self) -> datetime | None:
        """Since when the longest waiting delivery is due, of subscriptions that are not paused."""
        wanted = (
            select(func.min(col(DeliveryRow.due_at)))
            .join(SubscriptionRow, col(SubscriptionRow.id) == DeliveryRow.subscription_id)
            .where(DeliveryRow.status == "waiting", SubscriptionRow.status == "active")
        )
        with self._database.read() as session:
            return session.exec(wanted).one()

    def said(self, announcement_ids: Sequence[int]) -> dict[int, list[Feedback]]:
        """What people said of these announcements, by id, oldest first; none of which nothing was said."""
        with self._database.read() as session:
            return feedback.of_announcements(session, announcement_ids)

    def due(self, first: date, last: date, limit: int, regions: Sequence[str] = ()) -> tuple[DueDay, ...]:
        """What is due from `first` to `last`, the next day first; one a day and announcement."""
        row = AnnouncementRow
        wanted = (
            sql_select(
                col(row.id), col(row.title), col(row.issuer), col(row.region_code), col(DeadlineRow.date),
                col(DeadlineRow.quote),
            )
            .select_from(DeadlineRow)
            .join(RevisionRow, col(RevisionRow.id) == DeadlineRow.revision_id)
            .join(row, (col(row.id) == RevisionRow.announcement_id) & (col(row.revision) == RevisionRow.number))
            .where(col(DeadlineRow.date).between(first, last), col(row.status) == "active", col(row.type) != _OTHER)
            .order_by(col(DeadlineRow.date))  # as its index has them: what is further off is not read
            .limit(limit * _A_DAY)
        )  # fmt: skip
        if regions:
            wanted = wanted.where(or_(*(col(row.region_code).startswith(region_prefix(one)) for one in regions)))
        found: dict[tuple[int, date], DueDay] = {}
        with self._database.read() as session:
            for entry, title, issuer, code, day, quote in session.connection().execute(wanted):
                assert entry is not None
                found.setdefault((entry, day), DueDay(entry, title, issuer, code, day, quote))
            first_of = sorted(found.values(), key=lambda one: (one.day, -one.announcement))[:limit]
            said = lifecycles.of(session, {one.announcement for one in first_of})
        return tuple(replace(one, sayings=said.get(one.announcement, ())) for one in first_of)

    def by_month(self, months: Sequence[datetime], last: date) -> tuple[MonthCount, ...]:
        """Counts of months by province: of when they were published, of those that do not say it when they were found.

        A first pass finds in a day what was published over years.

        Args:
            months: the first moment of each month, ascending, and the end of the last one.
            last: the last day that counts, since a page may name any.
        """
        row = AnnouncementRow
        province = func.substr(col(row.region_code), 1, 2)  # of what the index holds: it holds no computed column
        counted: Counter[tuple[date, str | None]] = Counter()
        with self._database.read() as session:
            dated = (
                sql_select(col(row.published), province, func.count())
                .where(col(row.published).between(_month(months[0]), last), col(row.type) != _OTHER)
                .group_by(col(row.published), province)
            )
            for day, code, count in session.connection().execute(dated):
                assert day is not None
                counted[day.replace(day=1), code] += count
            for start, end in pairwise(months):
                seen = col(row.first_seen)
                wanted = (
                    sql_select(province, func.count())
                    .where(seen >= start, seen < end, col(row.published).is_(None), col(row.type) != _OTHER)
                    .group_by(province)
                )
                for code, count in session.connection().execute(wanted):
                    counted[_month(start), code] += count
        return tuple(MonthCount(month, code, count) for (month, code), count in counted.items())


def _opened_articles(since: datetime) -> Select[str, bool, int, str | None, str]:
    """(source, whether they cannot be read now, how many, why, the address of one), a row for each reason."""
    row, failing = PageRow, col(PageRow.attempts) > 0
    counted = sql_select(col(row.source_id), failing, func.count(), func.max(row.problem_message), func.max(row.url))
    asked = counted.where(or_(failing, col(row.status) == PageStatus.READ), col(row.first_seen) >= since)
    return asked.group_by(col(row.source_id), failing, col(row.problem_code))


def _same_articles(since: datetime) -> Select[str, int, str]:
    """(source, how many, the address of one) of articles that were read, are nothing of ours and hold one text."""
    row = PageRow
    wanted = sql_select(col(row.source_id), func.count(), func.max(row.url)).where(
        col(row.status) == PageStatus.READ,
        col(row.attempts) == 0,
        col(row.announcement_id).is_(None),
        col(row.fingerprint).is_not(None),
        col(row.first_seen) >= since,
    )
    return wanted.group_by(col(row.source_id), col(row.fingerprint)).having(func.count() >= _SAME)


def _month(start: datetime) -> date:
    """The month that begins at this moment, somewhere on earth."""
    return (start + timedelta(days=1)).date().replace(day=1)

"""What was settled since its announcement was gone when it was due: told after all when that is back.

What turns out to have nothing to tell is settled again (`watcher.telling`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlmodel import Session, col, select

from watcher.news import TELLS
from watcher.periods import INSTANT, due_at
from watcher.store.tables import DeliveryRow, EventRow, SubscriptionRow

_TELLS: Final = [kind.value for kind in sorted(TELLS)]


def reopen(session: Session, announcement_id: int, now: datetime, timezone: str) -> None:
    """Let what was settled of an announcement wait again, for the reader's next digest where he reads one."""
    settled = (
        select(DeliveryRow, SubscriptionRow.deliver)
        .join(EventRow, col(EventRow.id) == DeliveryRow.event_id)
        .join(SubscriptionRow, col(SubscriptionRow.id) == DeliveryRow.subscription_id)
        .where(
            EventRow.announcement_id == announcement_id,
            col(EventRow.kind).in_(_TELLS),
            DeliveryRow.status == "settled",
            SubscriptionRow.status != "ended",
        )
    )
    for row, deliver in session.exec(settled):
        row.status, row.attempts, row.known, row.told = "waiting", 0, None, None
        row.due_at = due_at(deliver if row.digest else INSTANT, now, timezone)
        row.key = None if row.digest else uuid4().hex

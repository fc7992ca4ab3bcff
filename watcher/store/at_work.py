"""Whether a process works on the database, on whichever machine: for who is about to move it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watcher.store import claims
from watcher.store.engine import Database
from watcher.store.rounds import TICK, TICK_S, RoundRow

# A process of several looks for what is due each `TICK_S`; a busy machine and clocks that differ get some patience.
_LATELY_S: Final = 60


def is_at_work(database: Database, now: datetime) -> bool:
    """Whether one holds a claim, or one of several looked for what is due lately. Raises StoreError."""
    with database.read() as session:
        if claims.under_way(session, "", now):
            return True
        last = session.get(RoundRow, TICK)
        return last is not None and now.timestamp() - last.number * TICK_S < _LATELY_S

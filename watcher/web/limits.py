"""How often something may be asked for: so many times in a span, each and all together. In memory, bounded."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import Final

SPAN: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
EACH: Final = 5
ALL: Final = 60
# Where readers cannot be told apart: what a small mail server sends in a day without being taken for a spammer's.
ALL_DAY: Final = 200


class Limit:
    """Counts what was let through: in the last hour by key (an address of a network, of a mailbox), and in the day."""

    def __init__(self, each: int = EACH, all_together: int = ALL, all_day: int = ALL_DAY) -> None:
        self._each, self._all, self._all_day = each, all_together, all_day
        self._passed: deque[tuple[datetime, frozenset[str]]] = deque()

    def passes(self, keys: frozenset[str], now: datetime) -> bool:
        """Whether one more may pass; if so it is counted."""
        while self._passed and self._passed[0][0] <= now - DAY:
            self._passed.popleft()
        recent = [others for at, others in self._passed if at > now - SPAN]
        if len(self._passed) >= self._all_day or len(recent) >= self._all:
            return False
        if any(sum(key in others for others in recent) >= self._each for key in keys):
            return False
        self._passed.append((now, keys))
        return True

"""How often something may be asked for: so many times in a span, each and all together. In memory, bounded."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import Final

SPAN: Final = timedelta(hours=1)
EACH: Final = 5
ALL: Final = 60


class Limit:
    """Counts what was let through in the last hour, by key (an address of a network, of a mailbox)."""

    def __init__(self, each: int = EACH, all_together: int = ALL) -> None:
        self._each, self._all = each, all_together
        self._passed: deque[tuple[datetime, frozenset[str]]] = deque()

    def passes(self, keys: frozenset[str], now: datetime) -> bool:
        """Whether one more may pass; if so it is counted."""
        while self._passed and self._passed[0][0] <= now - SPAN:
            self._passed.popleft()
        if len(self._passed) >= self._all:
            return False
        if any(sum(key in others for _, others in self._passed) >= self._each for key in keys):
            return False
        self._passed.append((now, keys))
        return True

"""Hosts that asked to be left alone for a while (429 or 503 with a long `Retry-After`), and until when.

Kept by each process for itself: another one on the same database learns it by asking once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# The statuses with which a server says that it is asked too much (RFC 6585 4, RFC 9110 15.6.4).
ASKS_FOR_REST: Final = frozenset({429, 503})
# A longer wish is a mistake more often than meant, and no source is left for longer.
LONGEST_ASKED: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a host answered, and the moment before which nothing is asked of it."""

    status: int
    until: datetime


class Rests:
    """The hosts that rest."""

    def __init__(self) -> None:
        self._rests: dict[str, Rest] = {}

    def note(self, host: str, status: int, asked_s: float, now: datetime) -> None:
        """`host` wants to be left alone for `asked_s`; of several wishes the one for longest holds."""
        # Here, so that hosts that are never asked again are forgotten, too.
        self._rests = {name: rest for name, rest in self._rests.items() if _holds(rest, now)}
        until = now + timedelta(seconds=min(asked_s, LONGEST_ASKED.total_seconds()))
        known = self._rests.get(host)
        if known is None or until > known.until:
            self._rests[host] = Rest(status, until)

    def of(self, host: str, now: datetime) -> Rest | None:
        """The rest of `host`; None where it may be asked."""
        rest = self._rests.get(host)
        return rest if rest is not None and _holds(rest, now) else None


def _holds(rest: Rest, now: datetime) -> bool:
    """No longer than a host may ask for, though the clock was set back."""
    return now < rest.until <= now + LONGEST_ASKED

"""Entries that may never be seen: a list was renewed as a whole between two passes, and no older page leads on.

It is no state of the source, which is read, and it has no end: it is told once, as soon as it is found, and shown for a
week. A column that loses entries every night is told of once a week.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watcher.records.passes import Look
from watcher.records.problem import Problem
from watcher.records.sources import Health
from watcher.records.usual import Lost

SHOWN_FOR: Final = timedelta(days=7)
HINT: Final = (
    "open the column and look at what it published in that time; "
    "a shorter `every`, or the address of a fuller list, keeps it from happening again"
)


def after_look(before: Lost | None, look: Look, last_read: datetime, now: datetime) -> Lost | None:
    """What was lost of late, after a pass that read a listing.

    Args:
        last_read: when the list was last known to be whole.
    """
    shown = before if before and is_shown(before, now) else None
    if look.lost is None:
        return shown
    return Lost(shown.since if shown else last_read, now, look.lost, shown.told if shown else None)


def is_shown(lost: Lost, now: datetime) -> bool:
    """Whether it is still worth a look at the column."""
    return now - lost.until <= SHOWN_FOR


def is_news(lost: Lost) -> bool:
    """Whether it is to be told: not yet told, or not for so long."""
    return lost.told is None or lost.until - lost.told >= SHOWN_FOR


def told(lost: Lost, now: datetime) -> Lost:
    return replace(lost, told=now)


def as_trouble(lost: Lost, health: Health) -> Health:
    """How its source is, with this as its problem."""
    problem = Problem("entries_missed", f"entries may have been missed: {lost.why}", HINT)
    return replace(health, problem=problem, since=lost.since, failures=0, retry_at=None)

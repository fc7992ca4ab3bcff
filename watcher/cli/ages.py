"""Spans of time as options take them: 12h, 30d, 2w, 5y."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from watcher.cli.context import now
from watcher.errors import UsageError

_AGE: Final = re.compile(r"([0-9]{1,5})([hdwy])")
_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1), "y": timedelta(days=365)}


def parse_age(text: str) -> timedelta:
    """A whole number of hours, days, weeks or years of 365 days; ValueError for anything else."""
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError("expected an age such as 12h, 7d, 2w, 5y")
    return int(match[1]) * _UNITS[match[2]]


def parse_since(text: str) -> datetime:
    """An age before now, or a date `2026-03-01` (its first moment, UTC+8 being the users' day).

    Raises:
        UsageError: neither.
    """
    try:
        if _AGE.fullmatch(text):
            return now() - parse_age(text)
        return datetime.fromisoformat(f"{text}T00:00:00+08:00").astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: before the first day of the calendar
        raise UsageError(
            f"--since {text!r}: expected an age such as 12h, 7d, 2w, or a date such as 2026-03-01"
        ) from None

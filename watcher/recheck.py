"""When a page is looked at again: a falling schedule, since most edits follow soon after publication."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Nobody looks for edits of an older page; `--recheck` keeps to it too.
HORIZON: Final = timedelta(days=90)

# Ages at which an announcement (or a near miss) is looked at again; the first few catch the editor's own corrections.
ANNOUNCEMENT_AGES: Final = tuple(
    timedelta(hours=hours) for hours in (1, 3, 8, 24, 48, 96, 168, 336, 504, 720, 1080, 1440, 1800, 2160)
)
# Pages that are nothing of ours: enough to notice one that became something.
OTHER_AGES: Final = tuple(timedelta(hours=hours) for hours in (24, 168))

FIRST_RETRY: Final = timedelta(minutes=10)
LONGEST_RETRY: Final = timedelta(days=1)


def next_check(first_seen: datetime, now: datetime, *, kept: bool) -> datetime | None:
    """The next time after `now` at which a read page is due, None where it never is again.

    `kept`: it is an announcement or a near miss, or may turn out to be one.
    """
    ages = ANNOUNCEMENT_AGES if kept else OTHER_AGES
    return next((first_seen + age for age in ages if first_seen + age > now), None)


def looks(first_seen: datetime, now: datetime, *, kept: bool) -> int:
    """How many times a read page has been due by now, this look at it included."""
    return sum(first_seen + age <= now for age in (ANNOUNCEMENT_AGES if kept else OTHER_AGES))


def next_try(first_seen: datetime, attempts: int, now: datetime) -> datetime | None:
    """When a page that could not be read is tried again after `attempts` failures: 10 minutes, doubling up to a day."""
    if now - first_seen > HORIZON:
        return None
    return now + min(FIRST_RETRY * (1 << min(attempts - 1, 10)), LONGEST_RETRY)

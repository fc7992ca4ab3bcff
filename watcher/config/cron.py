"""Check cron expressions before the scheduler sees them.

Five fields; days of the week by name only: APScheduler counts 0 as Monday, cron itself as Sunday, and one that is a
day off would fire silently on the wrong day. What passes here is accepted by `CronTrigger.from_crontab` too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_MONTH = {month: 30 if month in {4, 6, 9, 11} else 29 if month == 2 else 31 for month in range(1, 13)}


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()

    def expand(self, text: str) -> frozenset[int]:
        """Return the numbers that `text` stands for.

        Raises:
            ValueError: what the field expects.
        """
        return frozenset(number for part in text.split(",") for number in self._part(part))

    def _part(self, part: str) -> range:
        span, slash, step = part.partition("/")
        if slash and not re.fullmatch(r"[0-9]{1,3}", step):
            raise self._wrong()
        low, high = self._span(span)
        # APScheduler refuses a step wider than its range, and reads past one that stands after a name.
        is_numeric = self.names is not WEEKDAYS and not any(char.isalpha() for char in span)
        if slash and not (is_numeric and 1 <= int(step) <= high - low):
            raise self._wrong()
        return range(low, high + 1, int(step) if slash else 1)

    def _span(self, span: str) -> tuple[int, int]:
        if span == "*":
            return self.low, self.high
        first, dash, last = span.partition("-")
        low = self._number(first)
        high = self._number(last) if dash else low
        # Of "jan-6" APScheduler would read "jan" alone.
        if low > high or (dash and first.isalpha() != last.isalpha()):
            raise self._wrong()
        return low, high

    def _number(self, text: str) -> int:
        if text.lower() in self.names:
            return self.names.index(text.lower()) + self.low
        if self.names is WEEKDAYS and text.isdigit():
            reason = "numbers are counted from Sunday by cron and from Monday by the scheduler"
            raise ValueError(f"expected day names (mon-fri) in the fifth cron field: {reason}")
        if self.names is WEEKDAYS or not re.fullmatch(r"[0-9]{1,2}", text) or not self.low <= int(text) <= self.high:
            raise self._wrong()
        return int(text)

    def _wrong(self) -> ValueError:
        allowed = "mon to sun" if self.names is WEEKDAYS else f"{self.low} to {self.high}"
        return ValueError(f"expected {allowed} in the cron field for {self.name}")


MINUTE, HOUR, DAY = _Field("minutes", 0, 59), _Field("hours", 0, 23), _Field("days", 1, 31)
MONTH, WEEKDAY = _Field("months", 1, 12, MONTHS), _Field("days of the week", 0, 6, WEEKDAYS)


def check_cron(text: str) -> None:
    """Check five fields parted by single spaces.

    Raises:
        ValueError: what is expected in which field, or that no such day exists.
    """
    minute, hour, day, month, weekday = text.split(" ")
    MINUTE.expand(minute)
    HOUR.expand(hour)
    days, months = DAY.expand(day), MONTH.expand(month)
    WEEKDAY.expand(weekday)
    if min(days) > max(LONGEST_MONTH[number] for number in months):
        raise ValueError("expected a day that exists in one of the months")

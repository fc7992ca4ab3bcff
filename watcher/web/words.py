"""The words of the pages in both languages, side by side; what alerts say too is in `render.wording`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from watcher.render.troubles import Told, told_of
from watcher.render.wording import WORDINGS, Wording
from watcher.settings import Every, Language
from watcher.web.phrases import PHRASES

_WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_UNITS: Final[tuple[tuple[str, int], ...]] = (
    ("week", 604_800),
    ("day", 86_400),
    ("hour", 3600),
    ("minute", 60),
    ("second", 1),
)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Words:
    """The words of one language: `words["sources"]`, and how it writes days and moments."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.alert: Wording = WORDINGS[language]
        self._column = 0 if language == "zh" else 1

    @property
    def tag(self) -> str:
        """As HTML names the language."""
        return "zh-CN" if self.language == "zh" else "en"

    def __getitem__(self, name: str) -> str:
        return PHRASES[name][self._column]

    def __call__(self, name: str, /, **values: object) -> str:
        return self[name].format(**values)

    def any(self, name: str, otherwise: str) -> str:
        """The phrase of a name that comes from elsewhere (a state, a code); `otherwise` where there is none."""
        return self[name] if name in PHRASES else otherwise

    def day(self, day: date, today: date) -> str:
        """今天 · 3月10日 星期二; with the year where it is another one."""
        near = {0: self["today"], 1: self["yesterday"], -1: self["tomorrow"]}.get((today - day).days)
        weekday = _WEEKDAYS[self.language][day.weekday()]
        if self.language == "zh":
            year = f"{day.year}年" if day.year != today.year else ""
            said = f"{year}{day.month}月{day.day}日 {weekday}"
        else:
            year = f" {day.year}" if day.year != today.year else ""
            said = f"{weekday}, {day.day} {_MONTHS[day.month - 1]}{year}"
        return f"{near} · {said}" if near else said

    def moment(self, moment: datetime | None, zone: ZoneInfo) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "–"

    def left(self, days: int) -> str:
        """How far a day is."""
        if days == 0:
            return self["due_today"]
        if days < 0:
            return self("days_ago", n=-days)
        return self["due_tomorrow"] if days == 1 else self("days_left", n=days)

    def span(self, seconds: float) -> str:
        """0.8 s, 12 s, 3 min."""
        if seconds < 120:
            return self("seconds", n=f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}")
        return self("minutes", n=f"{seconds / 60:.0f}")

    def every(self, rhythm: Every) -> str:
        """每 30 分钟, every day; cron as it is written."""
        if rhythm.interval is None:
            return f"cron {rhythm.cron}"
        seconds = rhythm.interval.total_seconds()
        unit, length = next((one for one in _UNITS if seconds % one[1] == 0), _UNITS[-1])
        return self[f"every_{unit}"] if seconds == length else self(f"every_{unit}s", n=f"{seconds / length:g}")

    def trouble(self, code: str, message: str = "") -> Told:
        """What is told of a problem; of its facts only the address that a source moved to is kept, in its message."""
        address = re.search(r"https?://\S+", message)
        return told_of({"code": code, "facts": {"to": address[0]} if address else {}}, self.language)

    def wrong(self, parameter: str, why: str, phrase: str) -> str:
        """What is said of a parameter of an address that means nothing; `why` in English."""
        name = f"wrong_{phrase}"
        return self(name if name in PHRASES else "wrong_other", name=parameter, why=why)

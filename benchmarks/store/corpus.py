"""Announcements made from a seed: number N is the same in a store of 1,000 and in one of 100,000.

Sizes, figures, revisions, reposts and near misses are shared out as in a collection of government pages (by judgement,
from the labelled documents); names of places, firms and people give their texts the long tail that words have.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from benchmarks.store import vocabulary as words
from watcher.data import divisions
from watcher.model import (
    AnnouncementType,
    Credit,
    Deadline,
    Extraction,
    Figure,
    FigureKind,
    Measure,
    Qualifier,
    Region,
    Verdict,
)

SOURCES: Final = 400
# The first announcement; one every sixteen minutes makes 100,000 in three years.
START: Final = datetime(2023, 9, 1, tzinfo=UTC)
STEP: Final = timedelta(minutes=16)

# Twenty of the first thousand hold it, and none after them: as many answers however large the store.
RARE: Final = "潮汐发电"
RARE_COUNTY: Final = "371621"
RARE_EVERY: Final = 50
# One province, city and source that many announcements are of, so that lists of them are full from 1,000 on.
BUSY_CITY: Final = "370700"
BUSY_SHARE: Final = 0.08

_TYPES: Final = {
    AnnouncementType.MEASURES_DOCUMENT: 25,
    AnnouncementType.MEASURES_NEWS: 35,
    AnnouncementType.PROGRESS_REPORT: 25,
    AnnouncementType.OTHER: 15,
}
_REPOSTED: Final = 0.2
_REVISED: Final = 0.1


@dataclass(frozen=True, slots=True)
class Revision:
    extraction: Extraction
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """One announcement: what it says at each revision, oldest first, and the sources that list it."""

    number: int
    first_seen: datetime
    sources: tuple[str, ...]
    revisions: tuple[Revision, ...]

    @property
    def url(self) -> str:
        return f"http://{self.sources[0]}.example/art/{self.number}.html"


def source_id(number: int) -> str:
    return f"source-{number:03}"


def announcements(numbers: Sequence[int], seed: int = 5) -> Iterator[Made]:
    """The announcements of these numbers, from 0 on, oldest first."""
    for number in numbers:
        yield _made(number, random.Random(f"{seed}:{number}"))


def seen(number: int) -> datetime:
    """When announcement `number` was found: three come in with one pass."""
    return START + STEP * (number - number % 3)


def _made(number: int, chance: random.Random) -> Made:
    first_seen = seen(number)
    first = _Writer(number, first_seen.date(), chance).extraction()
    revisions = [Revision(first, first_seen)]
    while chance.random() < _REVISED and len(revisions) < 4:
        before = revisions[-1]
        revisions.append(Revision(_edited(before.extraction, chance), before.seen_at + timedelta(days=1)))
    home = 0 if chance.random() < BUSY_SHARE else chance.randrange(1, SOURCES)
    others = chance.sample(range(SOURCES), chance.randrange(1, 4)) if chance.random() < _REPOSTED else []
    return Made(number, first_seen, tuple(dict.fromkeys(map(source_id, [home, *others]))), tuple(revisions))


def _edited(before: Extraction, chance: random.Random) -> Extraction:
    """A later text: a sentence more at its end, so that every span still holds."""
    added = f"\n第{chance.randrange(2, 90)}次修订时补充：{chance.choice(words.WISHES)}。"
    return replace(before, text=before.text + added)


class _Writer:
    """One text while it is written; what is found in it is noted with its place."""

    def __init__(self, number: int, published: date, chance: random.Random) -> None:
        self._number, self._published, self._chance = number, published, chance
        self._parts: list[str] = []
        self._length = 0
        self._figures: list[Figure] = []
        self._deadlines: list[Deadline] = []
        self._measures: list[Measure] = []

    def extraction(self) -> Extraction:
        chance = self._chance
        region = self._region()
        bureau = chance.choice(words.BUREAUS)
        topic, theme = chance.choice(words.THEMES)
        # Half of the documents have thirteen measures or more, few have very many (log-normal).
        count = min(max(int(chance.lognormvariate(2.6, 0.6)), 2), 120)
        title = f"{region.name}{bureau}出台{count}条措施{theme}"
        self._write(f"为{theme}，{region.name}{bureau}制定以下{count}条措施。\n")
        for place in range(1, count + 1):
            self._measure(place)
        if self._is_rare:
            self._write(f"鼓励建设{RARE}示范工程。\n")
        return Extraction(
            verdict=self._verdict(),
            title=title,
            published=self._published if chance.random() < 0.95 else None,
            issuer=f"{region.name}{bureau}",
            region=region if chance.random() < 0.95 else None,
            document_title=f"关于{theme}的若干措施",
            document_number=f"{region.name[-2]}环发〔{self._published.year}〕{self._number % 300 + 1}号",
            measure_count=count,
            credit=Credit(f"{region.name}人民政府网", (), None),
            measures=tuple(self._measures),
            cited_documents=(),
            deadlines=tuple(self._deadlines),
            figures=tuple(self._figures),
            topics=(topic,),
            valid_until=self._published + timedelta(days=730) if chance.random() < 0.2 else None,
            text="".join(self._parts),
        )

    @property
    def _is_rare(self) -> bool:
        return self._number < 1000 and self._number % RARE_EVERY == 0

    def _verdict(self) -> Verdict:
        [kind] = self._chance.choices(list(_TYPES), list(_TYPES.values()))
        if self._is_rare:
            kind = AnnouncementType.PROGRESS_REPORT
        return Verdict(kind, 0.9, ("出台措施", "服务企业"), near_miss=kind is AnnouncementType.OTHER)

    def _region(self) -> Region:
        code = RARE_COUNTY if self._is_rare else BUSY_CITY
        if not self._is_rare and self._chance.random() > BUSY_SHARE:
            code = self._chance.choice(_codes())
        return divisions.load().region(code)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _measure(self, number: int) -> None:
        chance = self._chance
        self._write(f"{number}.")
        heading = self._filled("{action}{object}")
        self._measures.append(Measure(number, heading, self._length, self._length + len(heading)))
        self._write(f"{heading}。")
        for _ in range(chance.randrange(2, 6)):
            kind = chance.choices(("plain", "money", "duration", "percent", "count", "due"), (52, 12, 8, 10, 12, 6))[0]
            self._sentence(kind, number)
        self._write("\n")

    def _sentence(self, kind: str, measure: int) -> None:
        if kind == "plain":
            self._write(self._filled(self._chance.choice(words.PLAIN)))
        elif kind == "due":
            self._due(measure)
        else:
            self._figure(kind, measure)

    def _figure(self, kind: str, measure: int) -> None:
        patterns = {"money": words.MONEY, "duration": words.DURATION, "percent": words.PERCENT, "count": words.COUNT}
        pattern, subject = self._chance.choice(patterns[kind])
        slots = _Slots(self._chance)
        number = self._chance.randrange(1, 60) * 5
        quote, value, unit = {
            "money": (f"最高{number}万元", number * 10_000, "CNY"),
            "duration": (f"{number}个工作日", number, "workday"),
            "percent": (f"{number % 100}%以上", number % 100, "%"),
            "count": (f"{number}家", number, "家"),
        }[kind]
        before, after = pattern.split("{}")
        self._write(before.format_map(slots))
        qualifier = {"money": Qualifier.AT_MOST, "percent": Qualifier.AT_LEAST}.get(kind, Qualifier.EXACT)
        self._figures.append(
            Figure(
                quote, self._length, self._length + len(quote), FigureKind(kind), Decimal(value), Decimal(value), unit,
                qualifier, subject=subject.format_map(slots), measure=measure,
            )
        )  # fmt: skip
        self._write(quote + after.format_map(slots))

    def _due(self, measure: int) -> None:
        month = self._chance.choice((6, 9, 12))
        quote = f"{self._published.year}年{month}月底前"
        day = date(self._published.year, month, 31 if month == 12 else 30)
        self._deadlines.append(Deadline(quote, self._length, self._length + len(quote), day, measure))
        self._write(quote + self._filled(self._chance.choice(words.DUE).removeprefix("{}")))

    def _filled(self, pattern: str) -> str:
        return pattern.format_map(_Slots(self._chance))


class _Slots(dict[str, str]):
    """The words of one sentence, chosen as they are asked for: the same word each time."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def __missing__(self, slot: str) -> str:
        self[slot] = made = self._made(slot)
        return made

    def _made(self, slot: str) -> str:
        match slot:
            case "place":
                return _place(self._chance)
            case "company":
                return _place(self._chance)[:2] + _name(self._chance) + self._chance.choice(words.COMPANY)
            case "person":
                return self._chance.choice(words.SURNAMES) + _name(self._chance)
            case _:
                return self._chance.choice(_CHOICES[slot])


_CHOICES: Final = {
    "action": words.ACTIONS,
    "object": words.OBJECTS,
    "sector": words.SECTORS,
    "wish": words.WISHES,
}


def _place(chance: random.Random) -> str:
    return divisions.load().by_code[chance.choice(_codes())].name


def _name(chance: random.Random) -> str:
    return chance.choice(_characters()) + chance.choice(_characters())


@cache
def _codes() -> tuple[str, ...]:
    """The divisions that texts name: all that there are but those that only rare announcements are of."""
    return tuple(one.code for one in divisions.load().by_code.values() if not one.ended and one.code != RARE_COUNTY)


@cache
def _characters() -> str:
    """Characters for the names of firms and people: those of the names of places, which are many and uneven."""
    return "".join(sorted({char for code in _codes() for char in divisions.load().by_code[code].name}))

"""Which subscriptions an event concerns, and why: pure, and the reason is what the reader is shown.

All parts of `where` must hold; inside a part one of its values is enough (but `keywords.all`).
An event about a source itself (trouble, recovery) is asked only for regions and sources: it has no text. One about a
subscription that cannot be reached is asked for nothing but `on`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from watcher.model import Extraction, Figure, FigureKind
from watcher.news import EventKind
from watcher.reasons import REASONS, Reasons
from watcher.records import AnnouncementRecord
from watcher.settings import Keywords, Subscription, Where

# `on: withdrawn` promises the way back too, `source_trouble` and `delivery_trouble` the recovery.
COVERS = {
    EventKind.WITHDRAWN: EventKind.RESTORED,
    EventKind.SOURCE_TROUBLE: EventKind.SOURCE_RECOVERED,
    EventKind.DELIVERY_TROUBLE: EventKind.DELIVERY_RECOVERED,
}
SOURCE_EVENTS = frozenset({EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED})
DELIVERY_EVENTS = frozenset({EventKind.DELIVERY_TROUBLE, EventKind.DELIVERY_RECOVERED})
# In `regions`: measures of bodies of the whole country, and items whose region is not known.
NATIONWIDE = "000000"

# Without 千, which begins units: 5 千瓦, 20 千克.
SCALES = {"万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12}
UNITS = {
    "元": "CNY",
    "人民币": "CNY",
    "个工作日": "workday",
    "工作日": "workday",
    "天": "day",
    "日": "day",
    "个月": "month",
    "月": "month",
    "年": "year",
    "小时": "hour",
    "分钟": "minute",
    "周": "week",
    "季度": "quarter",
}
_TIME_UNITS = frozenset({"workday", "day", "month", "year", "hour", "minute", "week", "quarter"})
_CONDITION = re.compile(
    r"(?P<kind>[a-z]+)\s*(?P<sign>>=|<=|>|<|=)\s*(?P<number>\d{1,15}(?:\.\d{1,6})?)\s*"
    r"(?P<scale>万亿|百万|万|亿)?\s*(?P<unit>\S{0,20})"
)
_SIGNS: dict[str, Callable[[Figure, Decimal], bool]] = {
    ">=": lambda figure, number: figure.high >= number,
    "<=": lambda figure, number: figure.low <= number,
    ">": lambda figure, number: figure.high > number,
    "<": lambda figure, number: figure.low < number,
    "=": lambda figure, number: figure.low <= number <= figure.high,
}


# A part of a subscription with its answer: a reason, "" where the part asks nothing, None where it is not met.
Answer = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be told: an event with what is known of its announcement (`extraction`) or of its source (None).

    `region_code` is the announcement's own, or else that of its source; None where neither says. `also_in` are other
    sources that list it: who follows one of them is concerned, whichever was read first.
    """

    kind: EventKind
    source_id: str
    title: str
    text: str = ""
    region_code: str | None = None
    extraction: Extraction | None = None
    also_in: tuple[str, ...] = ()


def stored_candidate(kind: EventKind, record: AnnouncementRecord, region: str | None) -> Candidate:
    """An announcement as it is stored; `region` of its source, for one that names none."""
    found = record.extraction
    return Candidate(
        kind=kind,
        source_id=record.source,
        title=found.title or "",
        text=found.text,
        region_code=found.region.code if found.region else region,
        extraction=found,
        also_in=tuple(dict.fromkeys(place.source for place in record.places if place.source != record.source)),
    )


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on figures, such as `money >= 100万`; `unit` None takes figures of any unit."""

    kind: FigureKind
    sign: str
    number: Decimal
    unit: str | None

    def met_by(self, figure: Figure) -> bool:
        right_unit = self.unit is None or figure.unit == self.unit
        return figure.kind is self.kind and right_unit and _SIGNS[self.sign](figure, self.number)


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Condition:
    """Read `KIND SIGN NUMBER [SCALE][UNIT]`: `money >= 100万`, `duration <= 10 workday`, `percent >= 50%`.

    Raises:
        ValueError: what was expected, in one line.
    """
    found = _CONDITION.fullmatch(text.strip())
    if not found:
        raise ValueError("expected a condition such as 'money >= 100万', 'percent >= 50' or 'duration <= 10 workday'")
    if found["kind"] not in set(FigureKind):
        raise ValueError(f"expected one of {', '.join(FigureKind)} before the sign")
    kind = FigureKind(found["kind"])
    number = Decimal(found["number"]) * SCALES.get(found["scale"] or "", 1)
    return Condition(kind, found["sign"], number, _unit(kind, found["unit"]))


def _unit(kind: FigureKind, written: str) -> str | None:
    unit = UNITS.get(written, written) or None
    fixed = {FigureKind.MONEY: "CNY", FigureKind.PERCENT: "%", FigureKind.RANK: "rank", FigureKind.RATIO: "1"}
    if kind is FigureKind.MONEY and unit and re.fullmatch(r"[A-Z]{3}", unit):
        return unit
    if kind in fixed:
        if unit not in {None, fixed[kind]}:
            raise ValueError(f"expected no unit but {fixed[kind]} after {kind}")
        return fixed[kind]
    if kind is FigureKind.DURATION and unit not in _TIME_UNITS:
        raise ValueError(f"expected a time limit's unit: {', '.join(sorted(_TIME_UNITS))}")
    if kind is FigureKind.QUANTITY and unit is None:
        raise ValueError("expected the unit of the quantity, such as 'quantity >= 100 吨'")
    return unit


def matches(subscription: Subscription, candidate: Candidate) -> str | None:
    """Return why the reader of `subscription` is told of `candidate` ("地区 山东省；关键词 环评"), or None.

    In his language.
    """
    words = REASONS[subscription.language]
    reasons: list[str] = []
    for _, reason in _answers(subscription, candidate):
        if reason is None:
            return None
        reasons.append(reason)
    told = [reason for reason in reasons if reason]
    if candidate.kind in DELIVERY_EVENTS:
        return words.all_deliveries
    return words.stop.join(told) or (words.all_sources if candidate.kind in SOURCE_EVENTS else words.all_announcements)


def unmet(subscription: Subscription, candidate: Candidate) -> tuple[str, ...]:
    """Return what of `subscription` keeps its reader from being told of `candidate`: `on`, or parts of `where`."""
    return tuple(part for part, reason in _answers(subscription, candidate) if reason is None)


def follows(subscription: Subscription, source_id: str, region: str | None) -> bool:
    """Whether something that a source lists may concern a subscription; `region` of the source, where it has one."""
    where = subscription.where
    if where.sources and source_id not in where.sources:
        return False
    return (
        not where.regions or region is None or any(covers(one, region) or covers(region, one) for one in where.regions)
    )


def _answers(subscription: Subscription, candidate: Candidate) -> Iterator[Answer]:
    wanted = {*subscription.on, *(COVERS[kind] for kind in subscription.on if kind in COVERS)}
    yield "on", "" if candidate.kind in wanted else None
    if candidate.kind in DELIVERY_EVENTS:
        return
    questions = _source_questions if candidate.kind in SOURCE_EVENTS else _questions
    yield from questions(subscription.where, candidate, REASONS[subscription.language])


def _source_questions(where: Where, candidate: Candidate, words: Reasons) -> Iterator[Answer]:
    yield "sources", _source(where, candidate, words)
    # A source that covers the whole country, or several provinces, may be the one this reader waits for.
    yield "regions", "" if candidate.region_code is None else _region(where, candidate, words)


def _questions(where: Where, candidate: Candidate, words: Reasons) -> Iterator[Answer]:
    yield "regions", _region(where, candidate, words)
    yield "sources", _source(where, candidate, words)
    extraction = candidate.extraction
    kind = str(extraction.verdict.type) if extraction else ""
    yield (
        "types",
        _told(words.types, words, [words.type_names.get(kind, kind)] if kind in where.types else [], where.types),
    )
    held = extraction.topics if extraction else ()
    yield "topics", _told(words.topics, words, [one for one in held if one in where.topics], where.topics)
    yield "issuers", _issuer(where, extraction, words)
    yield "deadlines", _deadlines(where, extraction, words)
    yield "keywords", _keywords(where.keywords, _folded(candidate.title, candidate.text), words)
    yield "figures", _figures(where, extraction, words)


@lru_cache(maxsize=8)
def _folded(title: str, text: str) -> str:
    """What keywords are looked for in, once for all subscriptions that are asked in a row."""
    return f"{title}\n{text}".casefold()


def _told(label: str, words: Reasons, found: Sequence[str], wanted: Sequence[str]) -> str | None:
    """`label`, and what was found of what is wanted; "" where nothing is."""
    if not wanted:
        return ""
    return f"{label} {words.join.join(dict.fromkeys(found))}" if found else None


def _deadlines(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.deadlines:
        return ""
    return words.deadlines if extraction and extraction.deadlines else None


def _region(where: Where, candidate: Candidate, words: Reasons) -> str | None:
    if not where.regions:
        return ""
    code = candidate.region_code or NATIONWIDE
    if not any(covers(region, code) for region in where.regions):
        return None
    region = candidate.extraction.region if candidate.extraction else None
    if code == NATIONWIDE:
        return f"{words.regions} {words.nationwide}"
    return f"{words.regions} {region.name if region and region.code == code else code}"


def covers(region: str, code: str) -> bool:
    """Say whether a GB/T 2260 code covers another: a province its cities and counties, a city its counties."""
    if region == NATIONWIDE:
        return code == NATIONWIDE
    level = 2 if region.endswith("0000") else 4 if region.endswith("00") else 6
    return code[:level] == region[:level]


def _source(where: Where, candidate: Candidate, words: Reasons) -> str | None:
    listed = [one for one in (candidate.source_id, *candidate.also_in) if one in where.sources]
    return _told(words.sources, words, listed, where.sources)


def _issuer(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.issuers:
        return ""
    issuer = (extraction.issuer if extraction else None) or ""
    return f"{words.issuers} {issuer}" if any(name in issuer for name in where.issuers) else None


def _keywords(keywords: Keywords, folded: str, words: Reasons) -> str | None:
    def found(asked: tuple[str, ...]) -> list[str]:
        return [word for word in asked if word.casefold() in folded]

    hits = found(keywords.any)
    if (keywords.any and not hits) or len(found(keywords.all)) < len(keywords.all) or found(keywords.none):
        return None
    told = [*hits, *keywords.all]
    return _told(words.keywords, words, told, told)


def _figures(where: Where, extraction: Extraction | None, words: Reasons) -> str | None:
    if not where.figures:
        return ""
    conditions = [parse_condition(text) for text in where.figures]
    figures = extraction.figures if extraction else ()
    quotes = [figure.quote for figure in figures if any(condition.met_by(figure) for condition in conditions)]
    return _told(words.figures, words, list(dict.fromkeys(quotes))[:3], where.figures)

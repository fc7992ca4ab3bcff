"""Conditions on figures, as readers write them: `money >= 100万`, `duration <= 10 workday`. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from watcher.model import Figure, FigureKind

SCALES = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
# 千 is no scale where it begins a unit: 5 千瓦, 20 千克; nor is 百 in 百分点 (as `extract.figures.amounts` reads them).
_THOUSAND = "千(?![瓦克米伏卡帕赫焦])"
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
    r"(?P<kind>[a-z]+)\s*(?P<sign>>=|<=|>|<|=)\s*(?P<number>(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?)\s*"
    rf"(?P<scale>万亿|[十百千]?[万亿]|{_THOUSAND}|百(?!分))?\s*(?P<unit>\S{{0,20}})"
)
# What belongs to a number, or is said by the sign already: 3—5家, 1000余家, 100户以上. A digit ends m2 and mg/m3.
_NO_UNIT = re.compile(rf"(?<![A-Za-z])\d|[,，、。;；~～—–−-]|{_THOUSAND}|百(?!分)|[万亿余多]|以[上下内外]|左右|上下")
_SIGNS: dict[str, Callable[[Figure, Decimal], bool]] = {
    ">=": lambda figure, number: figure.high >= number,
    "<=": lambda figure, number: figure.low <= number,
    ">": lambda figure, number: figure.high > number,
    "<": lambda figure, number: figure.low < number,
    "=": lambda figure, number: figure.low <= number <= figure.high,
}


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
    number = Decimal(found["number"].replace(",", "")) * SCALES.get(found["scale"] or "", 1)
    return Condition(kind, found["sign"], number, _unit(kind, found["unit"]))


def stored_condition(text: str) -> Condition | None:
    """None for one that an earlier version took (count >= 3—5家): no figure has such a unit."""
    try:
        return parse_condition(text)
    except ValueError:
        return None


def _unit(kind: FigureKind, written: str) -> str | None:
    if unfit := _NO_UNIT.search(written):
        raise ValueError(f"expected a unit such as 家 after the number, without {unfit[0]!r}: {written!r}")
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

"""A figure's value in a few signs: `30 → 20 working days`, `up to CNY 3 million`. Pure.

In Chinese the page's own words are the value, but where they say from what to what; in English every figure is written,
and its quote stands beside it. A figure that lacks a number, or has a unit that is not known, is left to its quote.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from watcher.model import Figure
from watcher.settings import Language

_UNITS: Final[Mapping[Language, Mapping[str, str]]] = {
    "zh": {
        "workday": "个工作日", "day": "天", "week": "周", "month": "个月", "quarter": "个季度", "year": "年",
        "hour": "小时", "minute": "分钟", "%": "%",
    },
    "en": {
        "workday": " working day", "day": " day", "week": " week", "month": " month", "quarter": " quarter",
        "year": " year", "hour": " hour", "minute": " minute", "%": "%",
    },
}  # fmt: skip
_SCALES: Final[Mapping[Language, tuple[tuple[int, str], ...]]] = {
    "zh": ((10**8, "亿"), (10**4, "万")),
    "en": ((10**9, " billion"), (10**6, " million")),
}
_QUALIFIED: Final = {
    "at_least": "at least {}", "more_than": "over {}", "at_most": "up to {}", "less_than": "under {}",
    "about": "about {}", "nearly": "nearly {}",
}  # fmt: skip
_COUNTED: Final = frozenset({"count", "quantity"})
# As far as a number is written; what is longer or not a number is left to the quote.
_LARGEST: Final = 10**15


def written(figure: Mapping[str, object], language: Language) -> str:
    """The value of a figure of an event; "" where its quote says it best."""
    previous = figure.get("previous")
    now = _range(figure, figure, language)
    if isinstance(previous, Mapping):
        before = _range(previous, figure, language, bare=str(previous.get("unit")) == str(figure.get("unit")))
        return f"{before} → {now}" if before and now else ""
    if language == "zh" or not now:
        return ""
    return _QUALIFIED.get(str(figure.get("qualifier")), "{}").format(now)


def amount(figure: Figure, language: Language) -> str:
    """The value alone, without 最高 or 不超过: 300万元; "" where its quote says it best."""
    value = {"kind": figure.kind.value, "low": figure.low, "high": figure.high, "unit": figure.unit}
    return _range(value, value, language)


def _range(value: Mapping[str, object], figure: Mapping[str, object], language: Language, *, bare: bool = False) -> str:
    """3–5 working days; `bare`: without its unit, which the number behind it has."""
    low, high = _number(value.get("low")), _number(value.get("high"))
    if low is None or high is None:
        return ""
    kind, unit = str(figure.get("kind")), str(value.get("unit") or "")
    if kind == "money":
        return _money(low, high, unit, language)
    numbers = _numbers((low, high), language)
    if (name := _UNITS[language].get(unit)) is not None:
        several = "s" if language == "en" and name != "%" and high != 1 else ""
        return numbers if bare and name != "%" else f"{numbers}{name}{several}"
    if kind not in _COUNTED or not unit:
        return ""
    return numbers if bare else f"{numbers}{unit}" if language == "zh" else f"{numbers} {unit}"


def _money(low: Decimal, high: Decimal, unit: str, language: Language) -> str:
    size, scale = next(((size, word) for size, word in _SCALES[language] if low >= size), (1, ""))
    numbers = _numbers((low / size, high / size), language)
    if language == "zh":
        return f"{numbers}{scale}元" if unit == "CNY" else ""
    return f"{unit} {numbers}{scale}"


def _numbers(ends: tuple[Decimal, Decimal], language: Language) -> str:
    return "–".join(_digits(one, "," if language == "en" else "") for one in dict.fromkeys(ends))


def _digits(number: Decimal, thousands: str) -> str:
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    return f"{int(whole):,}".replace(",", thousands) + (f".{part}" if part else "")


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and 0 <= number < _LARGEST else None

"""A cell's value as a reader of the workbook sees it: its number format tells 15% from 0.15."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

MOST_COLUMNS = 200  # of a row that are read; no list for readers is as wide
_DIGITS = 15  # significant, which is all that spreadsheets show: the 17 stored give 0.30000000000000004
_EXACT = 10**_DIGITS
_LONGEST = 21  # digits before the point; longer numbers stay in powers of ten
_BUILT_IN = {9: 0, 10: 2}  # 0%, 0.00%
# What a format shows as it stands, or leaves room for: "text", \x, _x, *x, [Red].
_LITERAL = re.compile(r'"[^"]{0,200}"|[\\_*].|\[[^\]]{0,100}\]')
_PERCENT = re.compile(r"[^%/Ee]{0,100}%[^%/Ee]{0,100}")
_PLACES = re.compile(r"\.([0#?]{0,20})")


def percent_places(number: int, code: str | None) -> int | None:
    """Return how many decimals a percentage shows in a number format, None where it shows none.

    Args:
        number: the format's number; a few have no code in the file.
        code: as the file states it, `0.00%;[Red]-0.00%`. Names of Excel's own (Percent) are codes, too.
    """
    if code is None:
        return _BUILT_IN.get(number)
    if code == "Percent":
        return 2
    positive = _LITERAL.sub("", code[:500]).partition(";")[0]
    if not _PERCENT.fullmatch(positive):
        return None
    places = _PLACES.search(positive)
    return len(places[1]) if places else 0


def spell(value: object, percent: int | None = None) -> str:
    """Return a cell's text; `percent`: the decimals of the percentage as which it shows its number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, percent)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.hour == value.minute == 0 else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


def _number(value: float, percent: int | None) -> str:
    if percent is None and abs(value) < _EXACT and value == int(value):
        return str(int(value))
    try:
        number = Decimal(f"{value:.{_DIGITS}g}")
        if percent is not None:
            number = (number * 100).quantize(Decimal(1).scaleb(-percent), ROUND_HALF_UP)
    except InvalidOperation:  # too large for as many places
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST:
        return f"{number:g}"
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain + ("" if percent is None else "%")

"""Lists that data holds in parts: groups by month, each with entries of its own, and rows of ready HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

_LEAST: Final = 2  # parts
_MOST: Final = 5_000  # parts, as items of a list
_LONGEST: Final = 2_000  # characters of a cell; a longer one is an article
_LONGEST_NAME: Final = 20  # characters of what a group is called
_MOST_NAMES: Final = 4  # of a group
_MOST_LISTS: Final = 2  # in a group: its entries, and what stands beside them
_MONTH: Final = "(?:0?[1-9]|1[0-2])"
_DAY: Final = "(?:0?[1-9]|[12][0-9]|3[01])"
# 2026, 2026-06, 2026年6月, 2026-06-18: what groups of one list are called. Groups of other names are columns.
_WRITTEN: Final = re.compile(rf"(?:19|20)[0-9]{{2}}(?:年|[-/.年]{_MONTH}(?:月|[月/.-]{_DAY}日?)?)")
# 2026, 202606, 20260618: so may columns be numbered.
_DIGITS: Final = re.compile(r"(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?)?")
_OF_TIME: Final = re.compile(
    r"\w{0,12}(?:year|month|date|day|time|period)|nf|nd|yf|ny|rq|[年月日]\w?|name|title|label|text|key|group",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"\w{0,12}(?:name|title|label)", re.IGNORECASE)
_NAME_OF_TIME: Final = re.compile(r".{1,8}(?:年度?|月份?|日|季度)")  # 六月, 2026年第2季度


def grouped(value: object) -> Iterator[list[object]]:
    """Give, whole, each list whose parts `value` holds by year, by month or by day.

    [{"month": "2026-06", "items": […]}, …] and {"2026-06": […], …}
    """
    if isinstance(value, dict) and len(value) >= _LEAST and all(_is_period(key, "key") for key in value):
        parts = [part for part in value.values() if isinstance(part, list)]
        yield [item for part in parts for item in part]
    if not isinstance(value, list) or len(value) < _LEAST or not isinstance(value[0], dict):
        return
    groups = [group for group in value[:_MOST] if isinstance(group, dict)]
    names = [name for name, part in groups[0].items() if isinstance(part, list)]
    if names and _are_periods(groups):
        for name in names[:_MOST_LISTS]:
            yield [item for group in groups if isinstance(group.get(name), list) for item in group[name]]


def markup(value: object) -> str:
    """Return, one behind the other, the rows of ready HTML that the list `value` holds; "" where it holds none.

    ["<li>…</li>", …], [{"html": "<a …>…</a>"}, …], and rows of cells of which one is a link.
    """
    if not isinstance(value, list) or len(value) < _LEAST:
        return ""
    rows = [row for item in value[:_MOST] if (row := _row(item))]
    return "".join(rows) if len(rows) >= _LEAST else ""


def _row(item: object) -> str:
    if isinstance(item, str):
        return item if "href" in item and len(item) <= _LONGEST else ""
    values = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
    cells = [cell for cell in values if isinstance(cell, str) and len(cell) <= _LONGEST]
    if not any("href" in cell for cell in cells):
        return ""
    return f"<div>{''.join(f'<span>{cell}</span>' for cell in cells)}</div>"


def _are_periods(groups: Sequence[Mapping[str, object]]) -> bool:
    """Whether one field tells the period of each group, and none gives them other names."""
    if not any(all(_is_period(group.get(name), name) for group in groups) for name in groups[0]):
        return False
    fields = islice(
        (name for name, value in groups[0].items() if _NAME.fullmatch(name) and isinstance(value, str)), _MOST_NAMES
    )
    named = ({str(group.get(name, ""))[:_LONGEST_NAME] for group in groups} for name in fields)
    return all(len(names) == 1 or all(map(_is_of_time, names)) for names in named)


def _is_period(value: object, name: str) -> bool:
    """Whether the field `name` tells a period; in mere digits only some do, since ids and counts look like years."""
    text = str(value)[:_LONGEST_NAME] if isinstance(value, str | int) else ""
    return bool(_WRITTEN.fullmatch(text) or (_DIGITS.fullmatch(text) and _OF_TIME.fullmatch(name)))


def _is_of_time(name: str) -> bool:
    return _is_period(name, "name") or _NAME_OF_TIME.fullmatch(name) is not None

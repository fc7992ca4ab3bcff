"""Lists that data holds in parts: groups by month, each with entries of its own, and rows of ready HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_LEAST: Final = 2  # parts
_MOST: Final = 5_000  # parts, as items of a list
_LONGEST: Final = 2_000  # characters of a cell; a longer one is an article
# 2026, 2026-06, 2026年6月, 2026-06-18: what groups of one list are called. Groups of other names are columns.
_PERIOD: Final = re.compile(r"(?:19|20)[0-9]{2}(?:年|[-/.年]?[01]?[0-9]月?(?:[-/.]?[0-3]?[0-9]日?)?)?")


def grouped(value: object) -> Iterator[list[object]]:
    """Give, whole, each list whose parts `value` holds by year, by month or by day.

    [{"month": "2026-06", "items": […]}, …] and {"2026-06": […], …}
    """
    if isinstance(value, dict) and len(value) >= _LEAST and all(map(_is_period, value)):
        parts = [part for part in value.values() if isinstance(part, list)]
        yield [item for part in parts for item in part]
    if not isinstance(value, list) or len(value) < _LEAST or not isinstance(value[0], dict):
        return
    groups = [group for group in value[:_MOST] if isinstance(group, dict)]
    names = [name for name, part in groups[0].items() if isinstance(part, list)]
    if names and all(any(map(_is_period, group.values())) for group in groups):
        for name in names[:_LEAST]:
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


def _is_period(value: object) -> bool:
    return isinstance(value, str | int) and _PERIOD.fullmatch(str(value)[:20]) is not None

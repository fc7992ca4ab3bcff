"""Places as readers write them in a form: the names or codes of divisions. Pure."""

from __future__ import annotations

from functools import cache
from typing import Final

from watcher.data import divisions
from watcher.web.problems import Problem

MOST_ALIKE: Final = 4


def code_of(written: str) -> str:
    """The code of the division of this code, or of this name (潍坊市, 潍坊), alone or with its parents' (山东省潍坊市).

    One that was dissolved only where none that exists has the name. Raises Problem: there is none, or are several.
    """
    table = divisions.load()
    if written in table.by_code:
        return written
    named = (_by_whole_name().get(written, ()), table.by_name.get(written, ()), table.by_short.get(written, ()))
    found = next(filter(None, named), ())
    codes = [code for code in found if not table.by_code[code].ended] or list(found)
    if not codes:
        raise Problem("no_such_region", written=written)
    if len(codes) > 1:
        alike = ", ".join(f"{table.region(code).name} {code}" for code in codes[:MOST_ALIKE])
        raise Problem("many_regions", written=written, alike=alike)
    return codes[0]


@cache
def suggestions() -> tuple[str, ...]:
    """Provinces and cities, by their whole names; counties are ten times as many, and need none."""
    existing = (one for one in divisions.load().by_code.values() if not one.ended and one.level < 3)
    return tuple(divisions.load().region(one.code).name for one in existing)


@cache
def _by_whole_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in divisions.load().by_code:
        name = divisions.load().region(code).name
        found[name] = (*found.get(name, ()), code)
    return found

"""Which body is meant by what is typed: 济南市生态环境局, 济南生态环境局, 市生态环境局 with a region, all of 济南."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.extract.gazetteer import find_places
from watcher.extract.naming import full_name
from watcher.extract.organs import find_bodies
from watcher.followups.titles import MOST_PLACES, home_at


@dataclass(frozen=True, slots=True)
class Asked:
    """The names that the body may have, the likeliest last; `places` where a place was typed, all its bodies are meant.

    `near`: where to look for others that may have been meant.
    """

    names: tuple[str, ...]
    places: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def body_asked(typed: str, region: str | None = None) -> Asked:
    """`region`: the code of the division that 市 in 市生态环境局, or a homonym, stands for."""
    typed, home = "".join(typed.split()), home_at(region)
    bodies = find_bodies(typed)
    if bodies and (bodies[0].start, bodies[0].end) == (0, len(typed)):
        full = full_name(typed, bodies[0], home)
        near = bodies[0].place.codes if bodies[0].place else (region,) if region else ()
        return Asked(tuple(dict.fromkeys(name for name in (typed, full) if name)), near=near[:MOST_PLACES])
    place = next((one for one in find_places(typed) if (one.start, one.end) == (0, len(typed))), None)
    codes = place.codes if place else ()
    return Asked((typed,), tuple(code for code in codes if region in (None, code))[:MOST_PLACES])

"""`/`: recent announcements, with filters that live in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Final

from starlette.responses import Response

from watcher import choosing
from watcher.data import divisions
from watcher.web.asked import Choice, cursor
from watcher.web.dues import coming
from watcher.web.pages import page
from watcher.web.shown import by_day, region_name
from watcher.web.site import Asking

PAGE: Final = 20
SOON: Final = timedelta(days=90)
MOST_SOON: Final = 5
# More sources than these make no menu: their page leads to the list of each.
MOST_SOURCES: Final = 60
SINCE: Final = ("1d", "7d", "30d", "90d", "1y")


Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Menus:
    """The choices of the form: (value, name); `province` and `city` are those chosen."""

    provinces: Options
    province: str
    cities: Options
    city: str
    types: Options
    since: Options
    sources: Options


def listing(asking: Asking) -> Response:
    choice = Choice.of(asking.request.query_params.multi_items())
    choice = replace(choice, near_misses=False)
    wanted = choice.filter(asking.now, PAGE + 1)
    found = asking.store.lists.announcements(wanted)
    more, records = len(found) > PAGE, found[:PAGE]
    first = not choice.after
    return page(
        asking,
        "list",
        section="announcements",
        choice=choice,
        days=by_day(records, asking.words, asking.site.zone, asking.today),
        older=choice.address("/", after=cursor(records[-1])) if more else None,
        chips=list(chips(asking, choice)),
        menus=menus(asking, choice),
        soon=coming(asking, SOON, MOST_SOON, wanted.regions) if first else (),
        health=asking.store.overviews.source_states() if first else {},
    )


def menus(asking: Asking, choice: Choice) -> Menus:
    words, named = asking.words, asking.site.settings.sources
    region = choice.regions[0].ljust(6, "0") if choice.regions else ""
    province = f"{region[:2]}0000" if region else ""
    city = "" if region == province else region
    sources = tuple((one.id, one.name) for one in named) if len(named) <= MOST_SOURCES else ()
    return Menus(
        provinces=with_chosen(provinces(), province, region_name(province)),
        province=province,
        cities=with_chosen(_cities().get(region[:2], ()), city, region_name(city)),
        city=city,
        types=tuple((one, words.alert.types[one]) for one in choosing.TYPES),
        since=with_chosen(tuple((one, words[f"since_{one}"]) for one in SINCE), choice.since),
        sources=with_chosen(sources, choice.sources[0]) if sources and choice.sources else sources,
    )


def with_chosen(options: Options, chosen: str, name: str = "") -> Options:
    """A menu that offers what is chosen, too: a form that is sent again asks for what its address asked for."""
    offered = not chosen or chosen in (value for value, _ in options)
    return options if offered else (*options, (chosen, name or chosen))


@cache
def provinces() -> Options:
    """(code, name) of each, for a menu."""
    return tuple((one.code, one.name) for one in divisions.load().by_code.values() if one.level == 1 and not one.ended)


@cache
def _cities() -> dict[str, Options]:
    """Those of each province, by the first digits of its code."""
    found: dict[str, Options] = {}
    for one in divisions.load().by_code.values():
        if one.level == 2 and not one.ended:
            found[one.code[:2]] = (*found.get(one.code[:2], ()), (one.code, one.name))
    return found


def chips(asking: Asking, choice: Choice) -> Iterator[tuple[str, str]]:
    """What is asked for in words, and the address of the list without it."""
    words, names = asking.words, {one.id: one.name for one in asking.site.settings.sources}
    if choice.query:
        yield f"“{choice.query}”", choice.address("/", query="")
    for one in choice.regions:
        left = tuple(other for other in choice.regions if other != one)
        yield region_name(one.ljust(6, "0")) or one, choice.address("/", regions=left)
    for one in choice.types:
        rest = tuple(other for other in choice.types if other != one)
        yield words.alert.types.get(one, one), choice.address("/", types=rest)
    for one in choice.sources:
        rest = tuple(other for other in choice.sources if other != one)
        yield names.get(one, one), choice.address("/", sources=rest)
    if choice.since:
        yield words.any(f"since_{choice.since}", choice.since), choice.address("/", since="")
    if choice.changed:
        yield words["changed_only"], choice.address("/", changed=False)

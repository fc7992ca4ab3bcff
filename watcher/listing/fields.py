"""Which keys of a list of objects are the link, the title and the date, by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from watcher.listing.addresses import is_article, resolve, year_in
from watcher.listing.data import opened
from watcher.listing.dates import read_whole
from watcher.listing.moments import YEARS, read_epoch, read_moment
from watcher.read.dates import read_date
from watcher.settings import JsonRule

Flat = Mapping[str, str]
"""An object's texts and numbers by their dotted path: {"title": "…", "urls.pc": "/a/1.html"}."""

_SAMPLE: Final = 20  # objects of a list that are looked at; they are made alike
_MOST_KEYS: Final = 200
_LEVELS: Final = 3
_LONGEST: Final = 2_000  # characters of a title or an address

_LINK_NAME: Final = re.compile(r"url|link|href|path|address", re.IGNORECASE)
_NO_LINK_NAME: Final = re.compile(
    r"img|image|pic|photo|cover|thumb|logo|icon|file|attach|domain|site|channel|column|relation|mobile|wap|app|wx|share|video|audio|(?:^|\.)m_?url$",
    re.IGNORECASE,
)
_BASE_NAME: Final = re.compile(
    r"(?:^|[._])(?:(?:site|web|base|root|home)_?url|(?:(?:site|web|base|url|link)_?)?(?:domain|host|prefix)(?:_?name)?)$",
    re.IGNORECASE,
)
_ORIGIN: Final = re.compile(r"https?://[\w.-]{3,100}(?::[0-9]{2,5})?/?", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?:)?//[^\s<>]+|\.{0,2}/[^\s<>]+|[^\s<>]+\.(?:s?html?|jspx?|aspx?)(?:\?[^\s<>]*)?", re.IGNORECASE
)
_ANYWHERE: Final = "http://example.invalid/"  # relative addresses need a base to be judged by their form
_NO_PAGE: Final = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|ico|css|js|json|xml|mp[34])(?:\?|$)", re.IGNORECASE)
# The first that fits counts: what is called a title, then what may be one.
_TITLE_NAMES: Final = (
    re.compile(r"title", re.IGNORECASE),
    re.compile(r"(?:show|doc|article|main|news|info|display|full)_?(?:title|name)", re.IGNORECASE),
    re.compile(r"(?!.*(?:sub|key|second|short|meta|seo)).*(?:title|biaoti)", re.IGNORECASE),
    re.compile(r"name|subject|topic|caption|headline|bt", re.IGNORECASE),
)
# What is printed beside the title, then the publication, then any day but those of something else.
_DATE_NAMES: Final = (
    re.compile(r"(?:display|show).*(?:time|date)", re.IGNORECASE),
    re.compile(r"(?:pub|publish\w*|release|issue|fb|fabu)_?(?:date|time|at|on|sj|rq)?|docreltime", re.IGNORECASE),
    re.compile(r".*(?:pub|rel(?:ease)?_?(?:time|date)|fbsj|fbrq).*", re.IGNORECASE),
    re.compile(r"date|time|day|rq|sj|date_?time", re.IGNORECASE),
    re.compile(
        r"(?!.*(?:up|mod|edit|exp|end|start|begin|valid|effect|impl|abol|dead|write|sign)).*(?:date|time|created|_at$)",
        re.IGNORECASE,
    ),
)
_DAY: Final = ("year", "month", "day")
_MOMENT: Final = range(3, 8)  # numbers: a day, perhaps hour, minute, second and their fraction
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fields:
    """Dotted paths, those of `links` and `titles` from the most trusted on.

    A second link is for items whose first is empty; a second title may be fuller than a first that is cut. `base` holds
    the site that links without one are of.
    """

    links: tuple[str, ...]
    titles: tuple[str, ...]
    date: str | None = None
    base: str | None = None


def find_fields(items: Sequence[Flat], rule: JsonRule) -> Fields | None:
    """Return the fields of a list of objects, those of `rule` first; None where it has no link and title."""
    sample = items[:_SAMPLE]
    paths = sorted(dict.fromkeys(path for item in sample for path in item), key=lambda path: path.count("."))
    links = (rule.link,) if rule.link else _links(paths, sample)
    titles = [rule.title] if rule.title else _named(paths, sample, _TITLE_NAMES, _may_be_title)[:2]
    if not links or not titles:
        return None
    day = rule.date or next(iter(_named(paths, sample, _DATE_NAMES, _is_day)), None)
    return Fields(links, tuple(titles), day, next((path for path in paths if _is_base(path, sample)), None))


def site_of(flat: Flat) -> str | None:
    """The one site that an answer names for the links of its list; None where it names none, or several."""
    sites = {value for path, value in flat.items() if _BASE_NAME.search(path) and _ORIGIN.fullmatch(value)}
    return next(iter(sites)) if len(sites) == 1 else None


def flatten(value: object) -> Flat:
    """The texts and numbers of an object and of the objects in it; lists in it are other things than the entry."""
    found: dict[str, str] = {}
    waiting: list[tuple[str, int, object]] = [("", 0, value)]
    while waiting and len(found) < _MOST_KEYS:
        path, level, value = waiting.pop()
        value = opened(value)
        if day := _in_parts(value):
            found[path if isinstance(value, list) else f"{path}.date" if path else "date"] = str(day)
        if isinstance(value, dict) and level < _LEVELS:
            inner = list(value.items())[:_MOST_KEYS]
            waiting += [(f"{path}.{key}" if path else key, level + 1, one) for key, one in reversed(inner)]
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found[path] = str(value)
    return found


def _in_parts(value: object) -> date | None:
    """The day that software gives in numbers: [2026, 6, 18, 9, 30], {"year": 2026, "month": 6, "day": 18}."""
    parts: Sequence[object] = ()
    if isinstance(value, list) and len(value) in _MOMENT:
        parts = value[:3]
    elif isinstance(value, dict) and "year" in value and "date" not in value:
        parts = (value["year"], value.get("monthValue", value.get("month")), value.get("dayOfMonth", value.get("day")))
    numbers = [part for part in parts if isinstance(part, int) and not isinstance(part, bool)]
    if len(numbers) != len(_DAY) or numbers[0] not in YEARS:
        return None
    with suppress(ValueError, OverflowError):
        return date(*numbers)
    return None


def read_day(value: str, now: datetime, url: str = "") -> date | None:
    """Return the day in China that `value` names: seconds or milliseconds since 1970, or a date in any usual form."""
    value = value.strip()[:100]
    if found := read_epoch(value) or read_moment(value):
        return found
    # With a clock that cannot be, the day still stands.
    if found := read_date(value[:8] if value.isascii() and value.isdecimal() and len(value) == 14 else value):
        return found
    return read_whole(value, now, year_in(url))


def _links(paths: Sequence[str], sample: Sequence[Flat]) -> tuple[str, ...]:
    """The paths whose values lead to pages: to articles before anything else, called a link before anything else."""
    scored: list[tuple[float, str]] = []
    for path in paths:
        values = [item[path].strip() for item in sample if item.get(path, "").strip()]
        pages = [value for value in values if _is_address(value) and not _NO_PAGE.search(value)]
        if not pages or 2 * len(pages) < len(values) or _is_base(path, sample):
            continue
        articles = sum(is_article(url) for value in pages if (url := resolve(_ANYWHERE, value)))
        named = bool(_LINK_NAME.search(path)) - 4 * bool(_NO_LINK_NAME.search(path))
        scored.append((len(pages) + 2 * articles + len(sample) * named, path))
    best = max(scored, key=lambda pair: pair[0], default=None)
    # Beside the best, only what is surely called a link and is nothing else's.
    others = [pair for pair in scored if pair is not best and pair[0] > len(sample)]
    ordered = sorted(others, key=lambda pair: -pair[0])
    return tuple(path for _, path in ([best] if best else []) + ordered)


def _is_base(path: str, sample: Sequence[Flat]) -> bool:
    return _BASE_NAME.search(path) is not None and all(_ORIGIN.fullmatch(item.get(path, "")) for item in sample)


def _named(
    paths: Sequence[str],
    sample: Sequence[Flat],
    names: Sequence[re.Pattern[str]],
    fits: Callable[[str], bool],
) -> list[str]:
    """The paths whose last word has one of `names` and whose values mostly fit, in the order of `names`."""
    found: list[str] = []
    for name in names:
        for path in paths:
            # {"publishTime": {"time": 1718…}}: the word before says what the last one is of.
            words = path.split(".")
            if path not in found and any(name.fullmatch(word) for word in words[-2:]) and _mostly(path, sample, fits):
                found.append(path)
    return found


def _mostly(path: str, sample: Sequence[Flat], fits: Callable[[str], bool]) -> bool:
    values = [item[path] for item in sample if item.get(path)]
    return bool(values) and 2 * sum(map(fits, values)) > len(values)


def _may_be_title(value: str) -> bool:
    value = value.strip()
    return 1 < len(value) <= _LONGEST and not value.isdecimal() and not _is_address(value)


def _is_address(value: str) -> bool:
    is_one = len(value) <= _LONGEST and _ADDRESS.fullmatch(value) is not None
    return is_one and read_epoch(value) is None  # /Date(1781712000000+0800)/


def _is_day(value: str) -> bool:
    return read_day(value, _LATEST) is not None

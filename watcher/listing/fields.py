"""Which keys of a list of objects are the link, the title and the date, by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from watcher.listing.addresses import is_article, resolve, year_in
from watcher.listing.data import opened
from watcher.listing.dates import read_whole
from watcher.listing.moments import read_epoch, read_moment
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
    r"img|image|pic|photo|cover|thumb|logo|icon|file|attach|domain|site|channel|column|relation|mobile|wap|app|wx|share|video|audio",
    re.IGNORECASE,
)
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
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fields:
    """Dotted paths; `titles` from the most trusted on: a second one may be fuller than a first that is cut."""

    link: str
    titles: tuple[str, ...]
    date: str | None = None


def find_fields(items: Sequence[Flat], rule: JsonRule) -> Fields | None:
    """Return the fields of a list of objects, those of `rule` first; None where it has no link and title."""
    sample = items[:_SAMPLE]
    paths = sorted(dict.fromkeys(path for item in sample for path in item), key=lambda path: path.count("."))
    link = rule.link or _link(paths, sample)
    titles = [rule.title] if rule.title else _named(paths, sample, _TITLE_NAMES, _may_be_title)[:2]
    if link is None or not titles:
        return None
    day = rule.date or next(iter(_named(paths, sample, _DATE_NAMES, _is_day)), None)
    return Fields(link, tuple(titles), day)


def flatten(value: object) -> Flat:
    """The texts and numbers of an object and of the objects in it; lists in it are other things than the entry."""
    found: dict[str, str] = {}
    waiting: list[tuple[str, int, object]] = [("", 0, value)]
    while waiting and len(found) < _MOST_KEYS:
        path, level, value = waiting.pop()
        value = opened(value)
        if isinstance(value, dict) and level < _LEVELS:
            inner = list(value.items())[:_MOST_KEYS]
            waiting += [(f"{path}.{key}" if path else key, level + 1, one) for key, one in reversed(inner)]
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found[path] = str(value)
    return found


def read_day(value: str, now: datetime, url: str = "") -> date | None:
    """Return the day in China that `value` names: seconds or milliseconds since 1970, or a date in any usual form."""
    value = value.strip()[:100]
    if found := read_epoch(value) or read_moment(value):
        return found
    # With a clock that cannot be, the day still stands.
    if found := read_date(value[:8] if value.isascii() and value.isdecimal() and len(value) == 14 else value):
        return found
    return read_whole(value, now, year_in(url))


def _link(paths: Sequence[str], sample: Sequence[Flat]) -> str | None:
    """The path whose values lead to pages: to articles before anything else, called a link before anything else."""
    best: tuple[float, str] | None = None
    for path in paths:
        values = [item[path].strip() for item in sample if item.get(path, "").strip()]
        pages = [value for value in values if _is_address(value) and not _NO_PAGE.search(value)]
        if not pages or 2 * len(pages) < len(values):
            continue
        articles = sum(is_article(url) for value in pages if (url := resolve(_ANYWHERE, value)))
        score = (
            len(pages)
            + 2 * articles
            + len(sample) * (bool(_LINK_NAME.search(path)) - 4 * bool(_NO_LINK_NAME.search(path)))
        )
        if best is None or score > best[0]:
            best = (score, path)
    return best[1] if best else None


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
    return len(value) <= _LONGEST and _ADDRESS.fullmatch(value) is not None


def _is_day(value: str) -> bool:
    return read_day(value, _LATEST) is not None

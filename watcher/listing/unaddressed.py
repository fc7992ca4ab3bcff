"""Entries that a page shows without an address: only its script knows where they lead.

    <li><a href="javascript:view(33)">title</a><span>2026-06-01</span></li>      <tr onclick="view('33')">…</tr>
    <li><a data-id="33">title</a><span>2026-06-01</span></li>

No script is run: how its function makes an address of the number is not told by the page alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from watcher.listing import elements
from watcher.listing.addresses import in_script, resolve
from watcher.listing.dates import Trust, read_text
from watcher.listing.opened import Opened
from watcher.listing.titles import is_title

_CLICKED: Final = etree.XPath(
    "//*[@onclick] | //a[not(@href) or @href='' or starts-with(@href, '#')"
    " or starts-with(translate(normalize-space(@href), 'JAVSCRIPT', 'javscript'), 'javascript:')]"
)
_NAME: Final = r"[A-Za-z_$][\w$]{0,40}"
_CALL: Final = re.compile(
    rf"\s{{0,9}}(?:javascript:)?\s{{0,9}}(?:return )?((?!void\b)(?:{_NAME}\.){{0,3}}{_NAME})\s?\(([^()]{{1,200}})\)",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"data-[\w-]{0,20}?(?:id|key|code|no)", re.IGNORECASE)
_OUTERMOST: Final = frozenset({"ul", "ol", "dl", "table", "tbody", "body", "html"})
_LEVELS: Final = 3  # from what is clicked up to its row
_ENOUGH: Final = 3  # entries that make a list
_SHORT: Final = 6  # characters; what says less is rather a tab or a button
_LONG: Final = 12  # characters, on average, of titles that no menu has
_MOST: Final = 1_000  # elements looked at
_MOST_INSIDE: Final = 25  # elements of a row: a hostile page nests what is clicked
_MOST_ABOVE: Final = 2_000  # elements around one: no parser nests deeper


@dataclass(frozen=True, slots=True)
class Unaddressed:
    """A list of entries without an address: how many it shows, and by what its script tells them apart."""

    count: int
    told_by: str


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    number: str
    is_dated: bool


def unaddressed(opened: Opened) -> Unaddressed | None:
    """Return the longest list of the page whose entries hold no address, None where there is none."""
    rows: dict[tuple[str, str], list[_Row]] = {}
    known: dict[etree._Element, bool] = {}
    clicked = _CLICKED(opened.root) if opened.root is not None else []
    for element in clicked[:_MOST]:
        told = _told_by(element)
        if told and not _has_address(element, opened.base) and not _is_away(element, known):
            row = _Row(_title(element), told[1], _is_dated(element))
            rows.setdefault((str(element.tag), told[0]), []).append(row)
    lists = [Unaddressed(len(shown), told_by) for (_, told_by), shown in rows.items() if _is_list(shown)]
    return max(lists, key=lambda one: one.count, default=None)


def _is_list(rows: list[_Row]) -> bool:
    """Whether `rows` are entries: each a title and a number of its own, most of them with a date, or else long."""
    named = {row.number: row for row in rows if len(row.title) >= _SHORT and is_title(row.title)}
    if len(named) < _ENOUGH or len({row.title for row in named.values()}) < _ENOUGH or 2 * len(named) < len(rows):
        return False
    dated = sum(row.is_dated for row in named.values())
    return 2 * dated >= len(named) or sum(len(row.title) for row in named.values()) >= _LONG * len(named)


def _told_by(element: etree._Element) -> tuple[str, str] | None:
    """What a script knows an entry by, and the number or words that it is told: view(…), 33."""
    calls = (_CALL.match(element.get(name, "")) for name in ("onclick", "href"))
    call = next(filter(None, calls), None)
    if call and call[2].strip() != "this":
        return f"the call {call[1]}(…)", call[2].strip()
    number = next(((name, value) for name, value in element.items() if _NUMBERS.fullmatch(name) and value), None)
    return (f"the attribute {number[0]}", number[1]) if number else None


def _has_address(element: etree._Element, base: str) -> bool:
    """Whether it, a link in it or one around it leads somewhere that the page tells."""
    links = (*islice(_upwards(element), _LEVELS), *_inside(element))
    hrefs = ((link.get("href", ""), link.get("onclick", "")) for link in links)
    return any(resolve(base, href) or in_script(f"{href} {script}") for href, script in hrefs)


def _is_away(element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Whether it is hidden or stands in navigation or a side column; `known` remembers that of elements around it."""
    path: list[etree._Element] = []
    away = False
    for above in islice(_upwards(element), _MOST_ABOVE):
        if above in known:
            away = known[above]
            break
        path.append(above)
    for above in reversed(path):
        look = elements.look(str(above.tag), above.get("class", ""), above.get("id", ""))
        away = away or look.aside is not elements.Aside.NO or look.is_hidden or elements.is_hidden(dict(above.items()))
        known[above] = away
    return away


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _title(element: etree._Element) -> str:
    """The longest of its texts: of a whole row the others are numbers, offices and days."""
    if title := (element.get("title") or "").strip():
        return title
    return max(_texts(element), key=len, default="")


def _is_dated(element: etree._Element) -> bool:
    """Whether a day is printed in the row of what is clicked."""
    rows = islice(_upwards(element), _LEVELS)
    texts = (text for row in rows if row.tag not in _OUTERMOST for text in _texts(row))
    return any(day is not None and day.trust is not Trust.MENTIONED for day in map(read_text, texts))


def _texts(element: etree._Element) -> Iterator[str]:
    for part in _inside(element):
        for text in (part.text, part.tail if part is not element else None):
            if text and (words := text[:300].split()):
                yield " ".join(words)


def _inside(element: etree._Element) -> Iterator[etree._Element]:
    """An element and those in it, the first of them."""
    return (part for part in islice(element.iter(), _MOST_INSIDE) if isinstance(part.tag, str))

"""Where a script of the page leads: the address that it writes for a page number, and the function that a link calls.

No script is run. A text joined to a name is read, as pagers write it: 'list_' + (p - 1) + '.html', '?page=' + p,
`list_${p}.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from lxml import etree

from watcher.listing.addresses import resolve
from watcher.listing.numbering import numbered
from watcher.listing.opened import Opened
from watcher.listing.turning import bare, is_next, is_own

_NAME: Final = r"[A-Za-z_$][\w$]{0,40}"
_JOINED: Final = re.compile(
    r"([\"'])([^\"'\s<>\\]{1,200})\1\s?\+\s?\(?\s?(?:(?:parseInt|Number)\s?\(\s?)?"
    rf"((?:{_NAME}\.)?{_NAME})\s?\)?\s?(?:([-+])\s?([0-9])\s?)?\)?(?:\s?\+\s?([\"'])([^\"'\s<>\\]{{0,100}})\6)?"
)
_FILLED: Final = re.compile(
    rf"(`)([^`\s<>\\${{}}]{{1,200}})\$\{{\s?((?:{_NAME}\.)?{_NAME})\s?(?:([-+])\s?([0-9])\s?)?\}}()([^`\s<>\\${{}}]{{0,100}})`"
)
_FILE: Final = re.compile(r"\.(?:s?html?|jspx?|aspx?|php|do|action)\b", re.IGNORECASE)
_CLICKED: Final = etree.XPath("//*[@onclick] | //a[starts-with(@href, 'javascript:')]")
_CALL: Final = re.compile(rf"\s{{0,9}}(?:javascript:)?\s{{0,9}}(?:return )?({_NAME})\s?\(([^()]{{1,100}})\)")
_NUMBER: Final = re.compile(r"[\"']?([0-9]{1,4})[\"']?")
_ONE_ON: Final = re.compile(rf"(?:{_NAME}\.)?{_NAME}\s?\+\s?1")
_MOST_CLICKED: Final = 500
_LONGEST: Final = 20  # characters of what is clicked
_MOST_FUNCTIONS: Final = 3
_BODY: Final = 600  # characters of a function that sends the reader on


@dataclass(frozen=True, slots=True)
class Written:
    """The addresses that a script writes: `before`, the page's number and `more`, `after`."""

    before: str
    more: int
    after: str

    def of(self, number: int) -> str:
        return f"{self.before}{number + self.more}{self.after}"

    def number_of(self, url: str, first: int = 1) -> int:
        """Which page stands at `url`; the first, called `first`, where that has no such number."""
        before, _, rest = url.rpartition(self.before)
        digits = re.match(r"[0-9]{1,4}", rest) if before else None
        return int(digits[0]) - self.more if digits else first


def written(text: str, start: int, end: int, name: str | None = None) -> Written | None:
    """The first address that the script from `start` to `end` joins to a number, called `name` where that is known."""
    for found in chain(_JOINED.finditer(text, start, end), _FILLED.finditer(text, start, end)):
        _, before, called, sign, more, _, after = found.groups(default="")
        if name in (None, called) and (before.endswith("=") or _FILE.match(after)):
            return Written(before, int(f"{sign}{more}") if more else 0, after)
    return None


def called_for(opened: Opened) -> str | None:
    """Where the function leads that the link to the next page calls: onclick="goPage(2)", with goPage on the page.

    A link is one by its words, or by the number behind this page's own, where the address is a page's too.
    """
    counted: str | None = None
    known: dict[str, tuple[tuple[str, ...], str]] = {}
    for text, call in _calls(opened):
        if call[1] not in known and len(known) < _MOST_FUNCTIONS:
            known[call[1]] = _function(opened, call[1])
        found = _target(opened, call[2], *known.get(call[1], ((), "")))
        url = resolve(opened.base, found[1]) if found else None
        if found is None or url is None:
            continue
        if is_next(text):
            return url
        # A number may be that of a tab, a month or a picture too.
        is_page = is_own(opened, url) and numbered(url).number is not None
        if counted is None and text == str(found[0]) and found[2] == 1 and is_page:
            counted = url
    return counted


def _calls(opened: Opened) -> Iterator[tuple[str, re.Match[str]]]:
    """What is clicked, by its text or its number, and the call that this makes."""
    clicked = _CLICKED(opened.root) if opened.root is not None else []
    for element in clicked[:_MOST_CLICKED]:
        shown = "".join(islice(element.itertext(), 4))
        text = bare(shown) if len(shown) < _LONGEST else ""
        if text.isdecimal() or is_next(text):
            for name in ("onclick", "href"):
                if call := _CALL.match(element.get(name, "")):
                    yield text, call


def _function(opened: Opened, name: str) -> tuple[tuple[str, ...], str]:
    """The parameters and the beginning of a function of the page; of one that is none of it, nothing."""
    named = re.escape(name)
    pattern = (
        rf"(?:\bfunction\s{{1,9}}{named}|(?<![\w$.]){named}\s?[=:]\s?function)\s?\(([^()]{{0,100}})\)"
        rf"|(?<![\w$.]){named}\s?=\s?\(?([\w$, ]{{1,100}})\)?\s?=>"
    )
    found = re.search(pattern, opened.text)
    if found is None:
        return (), ""
    names = (found[1] or found[2] or "").split(",")
    return tuple(map(str.strip, names)), opened.text[found.end() : found.end() + _BODY]


def _target(opened: Opened, given: str, names: tuple[str, ...], body: str) -> tuple[int, str, int] | None:
    """The number of the page that a call asks for, its address and how far on it is; None where none is to be had.

    Back leads one page at most, where a column counts down.
    """
    for name, value in zip(names, (part.strip() for part in given.split(",")), strict=False):
        number, on = _NUMBER.fullmatch(value), _ONE_ON.fullmatch(value)
        if (number or on) and (address := written(body, 0, len(body), name)):
            own = address.number_of(opened.page.final_url)
            to = int(number[1]) if number else own + 1
            return (to, address.of(to), to - own) if to > own or to == own - 1 > 0 else None
    return None

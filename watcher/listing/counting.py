"""The numbers of a pager: which of them leads to the next older page, by the way they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice, pairwise
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from watcher.listing.numbering import Turn
from watcher.listing.opened import Opened
from watcher.listing.turning import NUMBER, SECOND, PagerLink

# How many pages there are, as a script of the page says.
COUNT: Final = re.compile(
    r"\b(?:max_?[pP]age|count_?[pP]age|page_?[cC]ount|total_?[pP]ages?)\w{0,20}\s?=\s?[\"']?([0-9]{1,5})\b"
)
_MOST_COUNTS: Final = 20
_ENOUGH: Final = 2  # links show which way they count
_YEARS: Final = range(1900, 2101)
_MONTHS: Final = frozenset(range(1, 13))
_NUMBER_ALONE: Final = re.compile(r"(?:(?<!/page)(?<!/p)/|[0-9]{4}[_-])([0-9]{1,4})(?:\.[a-z]\w{1,4})?/?$")


def in_numbers(opened: Opened, links: Sequence[PagerLink]) -> str | None:
    """The link called by the number behind this page's own, where its address holds that number too.

    Systems count addresses from 0 (page 2 is index_1) or from 1 (page 2 is index_2), or down to the oldest, which is 1:
    page 2 is 25.htm and page 3 is 24.htm, or the pages go by those numbers themselves.
    """
    steps: dict[int, _Step] = {}
    for link, turn in _pages(links):
        steps.setdefault(turn.number, _Step(int(link.text), turn.number, turn.own, link.url))
    highest = max(steps, default=0)
    if _counts_down(opened, list(steps.values()), highest):
        return next((step.url for step in steps.values() if _is_below(step, highest)), None)
    return next((step.url for step in steps.values() if _is_above(step)), None)


class _Step(NamedTuple):
    """A link that shows a number: that, the one of its address, and the one of the page's own."""

    shown: int
    number: int
    own: int | None
    url: str


def _pages(links: Sequence[PagerLink]) -> Iterator[tuple[PagerLink, Turn]]:
    """The links that show a page's number, and where they lead: years and months cut a list, they do not turn it."""
    shown = [(link, link.turn) for link in links if link.turn and NUMBER.fullmatch(link.text)]
    numbers: dict[str, set[str]] = {}
    for link, turn in shown:
        if int(link.text) == turn.number and (number := _by_number(link)):
            numbers.setdefault(number.make, set()).add(number.digits)
    months = {make for make, found in numbers.items() if _are_months(found)}
    for link, turn in shown:
        number = _by_number(link)
        if int(link.text) not in _YEARS and (number is None or number.make not in months):
            yield link, turn


class _ByNumber(NamedTuple):
    """The number that a folder or a file is called by, as it is written, and the address without it."""

    make: str
    digits: str


def _by_number(link: PagerLink) -> _ByNumber | None:
    """What a number alone, or behind a year, calls: /7/, /7.htm, /2026-07/; not index_7.html, page/7/ or ?page=7."""
    path = "" if link.page.in_query else urlsplit(link.url).path
    found = _NUMBER_ALONE.search(path)
    return _ByNumber(f"{path[: found.start(1)]}*{path[found.end(1) :]}", found[1]) if found else None


def _are_months(numbers: Set[str]) -> bool:
    """Whether numbers are those of months: written with two digits, or all twelve, as a pager seldom shows them."""
    return any(number.startswith("0") for number in numbers) or set(map(int, numbers)) == _MONTHS


def _is_above(step: _Step) -> bool:
    is_on = step.shown == SECOND if step.own is None else step.number == step.own + 1
    return is_on and step.shown - step.number in (0, 1)


def _is_below(step: _Step, highest: int) -> bool:
    if step.own is None:
        return step.shown == SECOND or step.shown == step.number == highest
    return step.number == step.own - 1


def _counts_down(opened: Opened, steps: Sequence[_Step], highest: int) -> bool:
    """Whether pages count down, so that each keeps its address when newer ones come.

    Either the addresses fall as what is shown rises, or what is shown falls too. Of links that a style turns round that
    can be said as well: then the first page must not be among them. A script tells it, or the want of a page 2 where
    the numbers go on by one.
    """
    if len(steps) < _ENOUGH:
        return False
    if len({step.shown + step.number for step in steps}) == 1:
        return True
    if any(step.shown != step.number for step in steps) or any(b.number > a.number for a, b in pairwise(steps)):
        return False
    own = steps[0].own
    told = islice(COUNT.finditer(opened.text), _MOST_COUNTS)
    if any(int(count[1]) == max(highest, own or 0) + 1 for count in told):
        return True
    numbers = {step.number for step in steps}
    return own is None and min(numbers) > SECOND and highest - 1 in numbers

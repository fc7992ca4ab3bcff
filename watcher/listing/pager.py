"""Where the older entries are: the next page of a listing, as a link or as what its pager script is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from watcher.addresses import canonical
from watcher.listing.addresses import resolve
from watcher.listing.called import called_for, written
from watcher.listing.counting import COUNT, in_numbers
from watcher.listing.moving import moved
from watcher.listing.opened import Opened
from watcher.listing.turning import elsewhere, pager_links, pointed, worded

_CALL: Final = re.compile(r"[pP]age\w{0,20}\s?\(([^()]{1,200})\)")
_NAMED: Final = re.compile(r"\.?(?:[sxj]?html?|jspx?|aspx?|php)")
_CURRENT: Final = re.compile(r"\b(?:currentPage|curPage|currPage)\s?=\s?[\"']?([0-9]{1,5})\b")
_OPTIONS: Final = re.compile(
    r"\b(?:pagination|laypage|create_?[pP]age|[pP]ager|[pP]aging)\w{0,10}(?:\.render)?\s?\("
    r"\s?(?:([0-9]{1,7})\s?,\s?)?\{([^{}]{1,400})"
)
_OF_ALL: Final = re.compile(r"\b(?:totalPages?|pageCount|pages|size)[\"']?\s?:\s?[\"']?([0-9]{1,5})\b")
_OF_NOW: Final = re.compile(r"\b(?:current(?:_?[pP]age)?|curr?|pageNumber|pageIndex)[\"']?\s?:\s?[\"']?([0-9]{1,5})\b")
_ENTRIES: Final = re.compile(r"\b(?:count|total\w{0,8})[\"']?\s?:\s?[\"']?([0-9]{1,7})\b")
_A_PAGE: Final = re.compile(r"\b(?:limit|page_?[sS]ize|perPage|items_per_page)[\"']?\s?:\s?[\"']?([0-9]{1,4})\b")
_PREFIX: Final = re.compile(r"\bprefix[\"']?\s?:\s?[\"']([\w-]{1,60})[\"']")
_STEM: Final = re.compile(r"([\w-]{1,60}_)[\"']\s?\+")
_EXTENSION: Final = re.compile(r"(?:\.|suffix[\"']?\s?:\s?[\"'])(s?html?)\b")
_NEAR: Final = 3_000  # characters behind the count that write the addresses


def next_url(opened: Opened) -> str | None:
    """Return the address of the next older page, None where none is seen or this is the last."""
    url = next(filter(None, _ways(opened)), None)
    return url if url and canonical(url) != canonical(opened.page.final_url) else None


def _ways(opened: Opened) -> Iterator[str | None]:
    """Words before scripts, these before numbers and arrows; what is of another make than the page comes last."""
    links = pager_links(opened)
    yield worded(opened, links)
    yield _scripted(opened)
    yield _in_variables(opened)
    yield _optioned(opened)
    yield in_numbers(opened, links)
    yield pointed(opened, links)
    yield called_for(opened)
    yield moved(opened, links)
    yield elsewhere(opened, links)


def _scripted(opened: Opened) -> str | None:
    """Read `createPageHTML` and what is called alike, which two families of systems do with different arguments.

    TRS: (pages, current from 0, "index", "shtml"), page n + 1 being index_n.shtml.
    UCAP: ("div", pages, current from 1, "stem", "html", total), page n being stem_n.html.
    """
    for call in _CALL.findall(opened.text):
        words = [word.strip().strip("\"'") for word in call.split(",")]
        is_trs = words[0].isdecimal()
        numbers = list(takewhile(str.isdecimal, words if is_trs else words[1:]))
        names = words[len(numbers) + (not is_trs) :]
        if len(numbers) >= 2 and len(names) >= 2 and _NAMED.fullmatch(names[1]):
            # Some count the entries first, then the pages.
            pages, current = int(numbers[-2]), int(numbers[-1])
            last = pages - 1 if is_trs else pages
            address = f"{names[0]}_{current + 1}.{names[1].removeprefix('.')}"
            return resolve(opened.page.final_url, address) if current < last else None
    return None


def _in_variables(opened: Opened) -> str | None:
    """Read the numbers of a pager that TRS writes out: var countPage = 31; var currentPage = 0; page 1 is index_1."""
    count, current = COUNT.search(opened.text), _CURRENT.search(opened.text)
    if count is None or current is None or int(current[1]) + 1 >= int(count[1]):
        return None
    return _written(opened, count.start(), int(current[1]) + 1)


def _optioned(opened: Opened) -> str | None:
    """Read what a pager is told: pagination({totalPage: 9, currentPage: 1}), laypage.render({count: 90, limit: 10}).

    The address is what its callback joins to a page's number, else made of the names that it is told. The pager of
    jQuery is told the entries before all else, pagination(90, {items_per_page: 10}), and counts pages from 0.
    """
    options = _OPTIONS.search(opened.text)
    count = _pages(options[2], options[1]) if options else None
    if options is None or count is None:
        return None
    now, first = _OF_NOW.search(options[2]), 0 if options[1] else 1
    address = written(opened.text, options.start(), options.start() + _NEAR)
    own = address.number_of(opened.page.final_url, first) if address else first
    current = int(now[1]) if now else own
    # Who counts from 0 has one page less to go to.
    if current + (current == 0 or first == 0) >= count:
        return None
    if address is None:
        return _written(opened, options.start(), current + 1) if first else None
    return resolve(opened.base, address.of(current + 1))


def _pages(told: str, entries: str | None) -> int | None:
    """How many pages a pager is told that there are, or how many entries, so many a page."""
    if entries is None and (pages := _OF_ALL.search(told)):
        return int(pages[1])
    count, a_page = _ENTRIES.search(told), _A_PAGE.search(told)
    entries = entries or (count[1] if count else None)
    return -(-int(entries) // int(a_page[1])) if entries and a_page and int(a_page[1]) else None


def _written(opened: Opened, start: int, number: int) -> str | None:
    """The address of page `number` as the script from `start` on writes it: stem and extension, where it names them."""
    end = start + _NEAR
    stem = _PREFIX.search(opened.text, start, end) or _STEM.search(opened.text, start, end)
    extension = _EXTENSION.search(opened.text, start, end)
    name = stem[1].removesuffix("_") if stem else "index"
    return resolve(opened.page.final_url, f"{name}_{number}.{extension[1] if extension else 'html'}")

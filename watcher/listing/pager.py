"""Where the older entries are: the next page of a listing, as a link or as what its pager script is told."""

from __future__ import annotations

import re
from typing import Final

from watcher.addresses import canonical
from watcher.listing.addresses import resolve
from watcher.listing.found import Anchor
from watcher.listing.opened import Opened

_NEXT: Final = re.compile(r"(?:下一?[页頁]|后一?页|next(?: page)?)\s?[>›»]{0,3}|[>›»]{1,2}", re.IGNORECASE)
_LONGEST: Final = 40  # characters of such a link, blanks included
_CALL: Final = re.compile(r"createPageHTML\w{0,10}\s?\(([^()]{1,200})\)")

_COUNT: Final = re.compile(r"\b(?:countPage|pageCount|totalPage)\s?=\s?[\"']?([0-9]{1,5})\b")
_CURRENT: Final = re.compile(r"\b(?:currentPage|curPage|currPage)\s?=\s?[\"']?([0-9]{1,5})\b")
_EXTENSION: Final = re.compile(r"\.(s?html?)\b")
_NEAR: Final = 3_000  # characters behind the count that write the addresses
_PAGE: Final = re.compile(
    r"(?:\w{1,20}_|[?&](?:page|p|pageno|pageindex|currentpage)=)([0-9]{1,4})(?:\.\w{2,5})?(?=$|[&#])",
    re.I,
)


def next_url(opened: Opened) -> str | None:
    """Return the address of the next older page, None where none is seen or this is the last."""
    url = _linked(opened) or _scripted(opened) or _counted(opened) or _numbered(opened)
    return url if url and canonical(url) != canonical(opened.page.final_url) else None


def _linked(opened: Opened) -> str | None:
    for token in opened.found.tokens:
        if isinstance(token, Anchor):
            texts = ("".join(text for text, _ in token.blocks[:4]), token.attribute)
            if any(_NEXT.fullmatch(text.strip(" \xa0\n\t[]【】")) for text in texts if len(text) < _LONGEST):
                return token.url
    return None


def _scripted(opened: Opened) -> str | None:
    """Read `createPageHTML`, which two families of systems call with different arguments.

    TRS: (pages, current from 0, "index", "shtml"), page n + 1 being index_n.shtml.
    UCAP: ("div", pages, current from 1, "stem", "html", total), page n being stem_n.html.
    """
    for call in _CALL.findall(opened.text):
        words = [word.strip().strip("\"'") for word in call.split(",")]
        is_trs = words[0].isdecimal()
        if not is_trs:
            words = words[1:]
        if len(words) >= 4 and words[0].isdecimal() and words[1].isdecimal() and len(call) < 200:
            pages, current, stem, extension = int(words[0]), int(words[1]), words[2], words[3]
            following = current + 1
            last = pages - 1 if is_trs else pages
            return resolve(opened.page.final_url, f"{stem}_{following}.{extension}") if following <= last else None
    return None


def _counted(opened: Opened) -> str | None:
    """Read the numbers of a pager that TRS writes out: var countPage = 31; var currentPage = 0; page 1 is index_1."""
    count, current = _COUNT.search(opened.text), _CURRENT.search(opened.text)
    if count is None or current is None or int(current[1]) + 1 >= int(count[1]):
        return None
    extension = _EXTENSION.search(opened.text, count.start(), count.start() + _NEAR)
    return resolve(opened.page.final_url, f"index_{int(current[1]) + 1}.{extension[1] if extension else 'html'}")


def _numbered(opened: Opened) -> str | None:
    """The link called by the number behind this page's own, where its address holds that number too.

    Systems count addresses from 0 (page 2 is index_1) or from 1 (page 2 is index_2).
    """
    own = _PAGE.search(opened.page.final_url)
    links: dict[int, str] = {}
    for token in opened.found.tokens:
        text = (
            "".join(text for text, _ in token.blocks[:4]).strip(" \xa0\n\t[]【】") if isinstance(token, Anchor) else ""
        )
        if isinstance(token, Anchor) and text.isascii() and text.isdecimal() and 1 < int(text[:5]) < 10_000:
            page = _PAGE.search(token.url)
            if page and int(text) - int(page[1]) in (0, 1):
                links.setdefault(int(page[1]), token.url)
    # Without a number of its own this is the first page, and the least number leads on.
    following = [number for number in links if number > (int(own[1]) if own else 0)]
    return links[min(following)] if following else None

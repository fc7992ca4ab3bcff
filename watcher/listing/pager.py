"""Where the older entries are: the next page of a listing, as a link or as what its pager script is told."""

from __future__ import annotations

import re
from typing import Final

from watcher.addresses import canonical
from watcher.listing.addresses import resolve
from watcher.listing.opened import Opened
from watcher.listing.scan import Anchor

_NEXT: Final = re.compile(r"(?:下一?[页頁]|后一?页|next(?: page)?)\s?[>›»]{0,3}|[>›»]{1,2}", re.IGNORECASE)
_LONGEST: Final = 40  # characters of such a link, blanks included
_CALL: Final = re.compile(r"createPageHTML\w{0,10}\s?\(([^()]{1,200})\)")


def next_url(opened: Opened) -> str | None:
    """Return the address of the next older page, None where none is seen or this is the last."""
    url = _linked(opened) or _scripted(opened)
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

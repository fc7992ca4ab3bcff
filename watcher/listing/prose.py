"""Whether a page is one article that only carries links: its attachments, what it interprets, what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from watcher.listing.addresses import is_article
from watcher.listing.found import Item, Scan
from watcher.listing.opened import Opened
from watcher.model import Link

# Characters of sentences outside of entries. Of 52 saved pages, lists have none and articles 250 or more, those apart
# that are nothing but their attachment.
_WITH_FILES: Final = 150
LONG: Final = 300
_FEW: Final = 2  # links that may be all related ones
_LEAD: Final = 300  # characters of an entry's own text at most; an element with more is an article
_MOST_TEXTS: Final = 40
_SENTENCE: Final = re.compile(r"(?=.{15})(?=.*[，。；])")
_FILE: Final = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|pptx?|zip|rar|7z|txt|jpe?g|png|gif|bmp|mp[34])$", re.IGNORECASE
)
# What stands around an article and not around a list, each once.
_AROUND: Final = (
    re.compile(r"(?:信息|文章)?来源\s?[:：].*"),
    re.compile(r"附件\s?[:：]"),
    re.compile(r"[【\[]?(?:字体|字号|视力保护色?)\s?[:：].*"),
    re.compile(r"扫一扫.*(?:当前|本)页.*"),
    re.compile(r"[【\[（(]?责任编辑\s?[:：].*"),
)
_ENOUGH_AROUND: Final = 2


def length(found: Scan) -> int:
    """Characters of sentences in a page, those of entries apart."""
    leads = set(chain.from_iterable(_lead(item, found.texts) for item in _items(found)))
    return sum(len(text) for number, text in enumerate(found.texts) if number not in leads and _SENTENCE.match(text))


def carried(opened: Opened, links: Sequence[Link]) -> str | None:
    """Why `links` are what an article carries and no list, None where they may be one."""
    text = length(opened.found)
    if all(_FILE.search(urlsplit(link.url).path) for link in links):
        is_article_s = text >= _WITH_FILES or _is_around(opened.found.texts)
        return "its links are attachments" if is_article_s else None
    own = is_article(opened.page.final_url) or not all(opened.column.search(urlsplit(link.url).path) for link in links)
    if len(links) <= _FEW and own and text >= LONG:
        return "a long text with what belongs to it"
    return None


def _items(found: Scan) -> Iterable[Item]:
    return chain(found.items, chain.from_iterable(found.undated.values()))


def _lead(item: Item, texts: Sequence[str]) -> Iterable[int]:
    """The numbers of the texts of an entry: title, office and summary."""
    first, last = item.texts
    is_entry = last - first <= _MOST_TEXTS and sum(map(len, texts[first:last])) <= _LEAD
    return range(first, last) if is_entry else ()


def _is_around(texts: Sequence[str]) -> bool:
    seen = (sum(sign.fullmatch(text) is not None for text in texts) for sign in _AROUND)
    return sum(count == 1 for count in seen) >= _ENOUGH_AROUND

"""Whether a listing page may hold other entries than before, told by its bytes and without reading it. Pure.

An entry has an address, which stands in a tag; what stands between tags, outside of links, are visit counters, clocks
and today's date. A page whose tags and links are as they were holds the entries that it held: many columns differ
with every visit, and reading one takes fifty times as long as this.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from watcher.model import Page
from watcher.settings import CssRule, ListingRule

# Bytes that are told apart in milliseconds, hostile ones too (tests); more are a matter for a process of their own.
SMALL: Final = 128 * 1024

# A tag that opens no link, and the text behind it. Brackets, braces and slashes may be data that a script reads.
# Possessive (`++`), so that what fits nowhere is not tried again from each of its bytes.
_IDLE_TEXT: Final = re.compile(rb"(<(?!a[\s>])[^<>]*+>)[^<>{}\[\]/]++(?=<)", re.IGNORECASE)
_PAGE: Final = re.compile(rb"\s*+(?:\xef\xbb\xbf)?+\s*+<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def essence(page: Page, rule: ListingRule) -> str:
    """A digest that differs wherever the entries may; of data, and of a page watched as itself, that of its bytes."""
    is_list_of_links = isinstance(rule, CssRule) or rule == "auto"
    if is_list_of_links and _PAGE.match(page.body):
        return sha256(_IDLE_TEXT.sub(rb"\1", page.body)).hexdigest()
    return sha256(page.body).hexdigest()

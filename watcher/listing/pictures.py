"""Headings that are pictures: <div class="tit"><img src="rdxw.jpg" alt="热点新闻"></div> over a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from watcher.listing.elements import HEADINGS
from watcher.listing.frame import Frame

_NAME: Final = re.compile(r"[一-龥]{4,12}")
_BLOCKS: Final = HEADINGS | {"div", "p", "section"}
# In a row a picture is a mark of one entry: 热点文章, 图片新闻.
_ROWS: Final = frozenset({"li", "dd", "dt", "td", "tr"})
_LEVELS: Final = 3  # from a picture up to the row that it marks


def heading(element: etree._Element, above: Sequence[Frame]) -> str | None:
    """What a picture says where it may be a heading: alone in a block that is no row; `above`: what it lies in."""
    parent = element.getparent()
    if parent is None or above[-1].anchor is not None or above[-1].tag not in _BLOCKS:
        return None
    is_alone = element.getprevious() is None and element.getnext() is None
    says_more = (parent.text or "").strip() or (element.tail or "").strip()
    if not is_alone or says_more or any(frame.tag in _ROWS for frame in above[-_LEVELS:]):
        return None
    name = element.get("alt", "").strip()
    return name if _NAME.fullmatch(name) else None

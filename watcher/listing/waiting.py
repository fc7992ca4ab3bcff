"""What a page shows in the place of its list: what a script fills, a frame, the word that there is nothing."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from watcher.listing.addresses import resolve
from watcher.listing.javascript import data_address, fills_by_script
from watcher.listing.opened import Opened

_FRAME: Final = re.compile(r"<i?frame\b[^<>]{0,600}?\ssrc\s?=\s?[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_LISTED: Final = re.compile(r"list|index|news|right|main", re.IGNORECASE)
_BARE: Final = re.compile(
    r"暂无(?:数据|内容|信息|记录|相关)"
    r"|(?:没有|未)(?:找到|查询到|检索到)[^<>。]{0,12}(?:数据|内容|信息|记录|结果)"
)
# 加载中…, 数据正在加载，请稍候: all that an element says.
_LOADING: Final = re.compile(
    r"(?=.*(?:正在|中|稍[候后等]|[.…]))[一-龥]{0,4}(?:正在|努力|玩命)?(?:加载|载入|读取)(?:数据|内容|列表)?中?[\s,，]{0,3}(?:请?稍[候后等][一-龥]{0,2})?[\s.。…·!！]{0,9}"
    r"|(?:now )?loading[\s.。…·!！]{0,9}",
    re.IGNORECASE,
)
_EMPTY: Final = etree.XPath(
    "//*[self::ul or self::ol or self::dl or self::div or self::table or self::tbody or self::section]"
    "[not(*[not(self::script)])][not(text()[normalize-space()])]"
)
_LISTS: Final = frozenset({"ul", "ol", "tbody"})
_NAMED: Final = re.compile(r"[\"'`#]([\w-]{1,60})(?=[\"'`\s])")  # $("#list"), getElementById('list')
_NEAR: Final = 1_500  # characters between a script's asking and the name of the place that it fills
_MOST: Final = 50  # frames
_LONGEST_LOADING: Final = 30  # characters
_MOST_EMPTY: Final = 500  # elements
_MOST_BARE: Final = 200_000  # characters of a column without entries


def is_filled(opened: Opened) -> bool:
    """Whether a script surely fills a list: a known system's, or one that asks for data and names an empty place."""
    return fills_by_script(opened.text) or _fills_a_place(opened)


def is_elsewhere(opened: Opened) -> bool:
    """Whether a list may be filled by a script, stand in a frame, or be empty, said or not."""
    return (
        data_address(opened.text) is not None
        or is_loading(opened)
        or any(is_listed(url) for url in own_frames(opened))
        or any(map(_BARE.search, opened.found.texts))
        or any(element.tag in _LISTS for element in _empty(opened))
    )


def is_loading(opened: Opened) -> bool:
    """Whether the page says in the place of something that it is still being loaded."""
    return any(len(text) <= _LONGEST_LOADING and _LOADING.fullmatch(text) for text in opened.found.texts)


def own_frames(opened: Opened) -> list[str]:
    """The addresses of the frames that show a page of the same site."""
    host = urlsplit(opened.page.final_url).hostname
    seen = (resolve(opened.base, match[1]) for match in _FRAME.finditer(opened.text))
    return [url for url in islice(seen, _MOST) if url and urlsplit(url).hostname == host]


def is_listed(url: str) -> bool:
    """Whether the address of a frame looks like that of a list."""
    return _LISTED.search(urlsplit(url).path) is not None


def says_none(opened: Opened) -> str | None:
    """The words by which a column says that it has nothing to show."""
    said = _BARE.search(opened.text) if len(opened.text) <= _MOST_BARE else None
    return said[0] if said else None


def _fills_a_place(opened: Opened) -> bool:
    address = data_address(opened.text)
    if address is None:
        return False
    place = opened.text.find(address)
    near = opened.text[max(0, place - _NEAR) : place + len(address) + _NEAR]
    names = set(_NAMED.findall(near))
    return any(element.get("id") in names for element in _empty(opened))


def _empty(opened: Opened) -> list[etree._Element]:
    """The elements that may hold a list and hold nothing."""
    return [] if opened.root is None else list(islice(_EMPTY(opened.root), _MOST_EMPTY))

"""The links of a pager: which of those on a page leads to the next older page of the same column.

Words say it (下一页), numbers do by their order (see `counting`), and an arrow alone says as often that a box beside
the list has more: it counts only where the address differs from the page's own by no more than a page's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from watcher.listing.addresses import is_article, resolve
from watcher.listing.found import Anchor
from watcher.listing.numbering import Numbered, Turn, numbered
from watcher.listing.opened import Opened

_AROUND: Final = re.compile(r"[\s\[\]【】|]+")
_ARROWS: Final = re.compile(r"[>＞›»→⇒▶►〉》…]{1,3}$")
_NEXT: Final = re.compile(r"(?:下一?[页頁]|后一?页|next(?:page)?)", re.IGNORECASE)
# What a box or an article may say too: taken only where it leads one page on.
_OLDER: Final = re.compile(
    r"下一?[0-9]{1,3}[条條篇]|(?:点击)?加载更多|loadmore|(?:较早|更早|较旧)的?(?:文章|新闻|信息|内容)?|older(?:posts|entries|news)?",
    re.IGNORECASE,
)
_POINTS: Final = re.compile(r"[>＞›»→]{1,2}")
_BACK: Final = re.compile(r"[<‹«]{1,2}|[上前]一?[页頁]|prev(?:ious)?(?:page)?", re.IGNORECASE)
NUMBER: Final = re.compile(r"[0-9]{1,4}")
_PAGE: Final = re.compile(r"第([0-9]{1,4})[页頁]")
SECOND: Final = 2  # the page behind the first
_LONGEST: Final = 40  # characters of such a link, blanks included
_MARKED: Final = etree.XPath(
    "//a[@href][@rel='next' or contains(concat(' ', translate(@class, '-_', '  '), ' '), ' next ')]/@href"
    " | //link[@rel='next']/@href"
)
_MOST_MARKED: Final = 10
# Where scripts keep the address of what they load on a click; `pagingHref` is that of eportal.
_CARRIED: Final = ("paginghref", "data-url", "data-href", "data-next")
_CARRIERS: Final = etree.XPath("//*[@paginghref or @data-url or @data-href or @data-next]")
# A value without these is only a number, which a script makes an address of.
_OPTIONS: Final = etree.XPath("//option[contains(@value, '.') or contains(@value, '/') or contains(@value, '?')]")
_MOST_CARRIERS: Final = 500


class PagerLink(NamedTuple):
    """A link that may turn the page: what it says, where it leads, and the step that this is (None: elsewhere)."""

    text: str
    url: str
    page: Numbered
    turn: Turn | None


def pager_links(opened: Opened) -> tuple[PagerLink, ...]:
    """The links of the page that may be a pager's, by what they say and what their `title` says."""
    return tuple(_links(opened))


def worded(opened: Opened, links: Sequence[PagerLink]) -> str | None:
    """The link to a page of the column that is called the next one by a word; on the last page its own address."""
    called = (link.url for link in links if is_next(link.text) and (link.turn or link.page == opened.own))
    older = (link.url for link in links if _OLDER.fullmatch(link.text) and link.turn and _is_one_on(link.turn))
    return next(called, None) or next(older, None)


def pointed(opened: Opened, links: Sequence[PagerLink]) -> str | None:
    """The link that an arrow, its class or its relation calls the next one, where it leads one page on.

    On a page that has a number, which may be its column's, a link that leads back must stand beside an arrow.
    """
    leads_back = any(_is_behind(link, opened.own) for link in links)
    for link in links:
        if _POINTS.fullmatch(link.text) is None or link.turn is None or not _is_one_on(link.turn):
            continue
        if link.turn.is_named if link.turn.own is None else leads_back:
            return link.url
    hrefs = _MARKED(opened.root) if opened.root is not None else []
    urls = (url for href in hrefs[:_MOST_MARKED] if (url := resolve(opened.base, href)))
    return next((url for url in urls if opened.own.turn(numbered(url))), None)


def elsewhere(opened: Opened, links: Sequence[PagerLink]) -> str | None:
    """The one link called the next page whose address is of another make than the page's: /ui?pageId=7&currentPage=2.

    Not one to an article (the next photo), nor to a page of another column: a box turns its own pages.
    """
    turning = {link.url: link.page for link in links if is_next(link.text) and not _is_of_article(link, opened.own)}
    if len(turning) == 1:
        url, page = turning.popitem()
        return url if _is_of_column(opened, url, page) else None
    seconds = (link for link in links if link.text == str(SECOND) and link.page.in_query)
    return next((link.url for link in seconds if link.page.number in (1, SECOND) and is_own(opened, link.url)), None)


def bare(text: str) -> str:
    """What a link of a pager says, without blanks, brackets, and the arrow behind its words; "2" of 第2页."""
    text = _PAGE.sub(r"\1", _AROUND.sub("", text))
    return _ARROWS.sub("", text) or text


def is_next(text: str) -> bool:
    """Whether a link with this `bare` text says that it leads to the next page."""
    return _NEXT.fullmatch(text) is not None


def is_back(text: str) -> bool:
    """Whether a link with this `bare` text says that it leads to the page before, or to the first."""
    return text == "1" or _BACK.fullmatch(text) is not None


def _links(opened: Opened) -> Iterator[PagerLink]:
    for said, url in _said(opened):
        texts = [bare(text) for text in said if text and len(text) < _LONGEST]
        page = numbered(url) if any(map(_is_pager, texts)) else None
        for text in filter(_is_pager, texts):
            assert page is not None
            yield PagerLink(text, url, page, opened.own.turn(page))


def _said(opened: Opened) -> Iterator[tuple[tuple[str, str], str]]:
    for token in opened.found.tokens:
        if isinstance(token, Anchor):
            yield ("".join(text for text, _ in islice(token.blocks, 4)), token.attribute), token.url
    for element in (_CARRIERS(opened.root) if opened.root is not None else [])[:_MOST_CARRIERS]:
        urls = (resolve(opened.base, href) for name in _CARRIED if (href := element.get(name)))
        if url := next(filter(None, urls), None):
            yield ("".join(islice(element.itertext(), 4)), element.get("title", "")), url
    for option in (_OPTIONS(opened.root) if opened.root is not None else [])[:_MOST_CARRIERS]:
        if url := resolve(opened.base, option.get("value", "")):
            yield (option.text or "", ""), url


def _is_pager(text: str) -> bool:
    return any(kind.fullmatch(text) for kind in (NUMBER, _NEXT, _OLDER, _POINTS, _BACK))


def _is_one_on(turn: Turn) -> bool:
    """Whether a step leads to the next page of a column that counts up; ?page=1 is the first."""
    if turn.own is not None:
        return turn.number == turn.own + 1
    return turn.number in ((2,) if turn.in_query else (1, 2))


def _is_behind(link: PagerLink, own: Numbered) -> bool:
    """Whether a link of the page `own` leads to one before it, with a lesser number or without."""
    if link.turn and link.turn.own is not None:
        return link.turn.number < link.turn.own
    return link.page.number is None and link.page.turn(own) is not None


def _is_of_article(link: PagerLink, own: Numbered) -> bool:
    """Whether an address looks like an article's, and neither has a page's number nor asks more than `own` does."""
    asks_more = own.query and _asks_same(link.page, own)
    return is_article(link.url) and not link.page.in_query and not asks_more


def _is_of_column(opened: Opened, url: str, page: Numbered) -> bool:
    """Whether an address of another make than the page's may yet be a page of the same column.

    Its folder, its number or what it asks says so; but another column may lie in the folder too, and is linked then. A
    page that asks for nothing may turn by a script that is asked for a list by its key: /list?uid=7&pageNum=2.
    """
    own = opened.own
    if page.in_query:
        is_script = bool(page.query) and not own.query and page.host == own.host
        return is_own(opened, url) or (is_script and not _is_linked(opened, page))
    # Of /zwgk/3.htm beside /zwgk/tzgg.htm the index of their folder is no other column.
    is_beside = own.whole.startswith(f"{page.stem}/")
    return is_own(opened, url) and (is_beside or not _is_linked(opened, page))


def is_own(opened: Opened, url: str) -> bool:
    """Whether an address lies in the folder of the page, holds the number of its column, or asks what it asks."""
    own, page, parts = opened.own, numbered(url), urlsplit(url)
    # The folder of a script is that of every column that it is asked for.
    is_named = any(map(opened.column.search, (parts.path, parts.query))) and not own.steps(page)
    return page.host == own.host and (is_named or _asks_same(page, own))


def _asks_same(page: Numbered, own: Numbered) -> bool:
    """Whether the same script is asked for the same, whatever else it is told: list.jsp?id=7&sort=1, …?id=7&page=2."""
    return own.is_of_script(page) and not own.steps(page) and (not own.query or bool(own.query & page.query))


def _is_linked(opened: Opened, page: Numbered) -> bool:
    """Whether the page also links to the first page of the column that `page` is of."""
    others = (numbered(token.url) for token in opened.found.tokens if isinstance(token, Anchor))
    return any(other.number is None and other.turn(page) is not None for other in others)

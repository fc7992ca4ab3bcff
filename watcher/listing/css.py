"""Entries by the selectors that a user writes, by BeautifulSoup."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from watcher.errors import ReadError
from watcher.listing.addresses import resolve, year_in
from watcher.listing.dates import Printed, read_pair, read_text
from watcher.listing.entries import distinct
from watcher.listing.opened import Opened
from watcher.listing.titles import best, tidy
from watcher.model import Link
from watcher.settings import CssRule

_MOST_ITEMS = 5_000  # several times what the longest real lists hold


def read(opened: Opened, rule: CssRule) -> tuple[Link, ...]:
    """Return the entries that `rule` selects.

    Raises:
        ReadError: no_links, with the selector that matched nothing or is none.
    """
    soup = BeautifulSoup(opened.undeclared, "lxml")
    try:
        items = soup.select(rule.item, limit=_MOST_ITEMS)
        links = [link for item in items if (link := _entry(item, rule, opened))]
    except SelectorSyntaxError as error:
        line = str(error).split("\n", 1)[0]
        raise ReadError(
            "no_links", f"a selector cannot be read: {line}", hint="mend `listing: css` of this source"
        ) from error
    if not items:
        raise _nothing(f"`item: {rule.item}` matches nothing in the page")
    if not links:
        raise _nothing(f"`link: {rule.link}` matches no link in the {len(items)} items")
    return distinct(links, opened.page.final_url)


def _nothing(message: str) -> ReadError:
    hint = "the layout changed, or the list is filled by a script: compare the selectors with the page's source"
    return ReadError("no_links", message, hint=hint)


def _entry(item: Tag, rule: CssRule, opened: Opened) -> Link | None:
    anchor = item if item.css.match(rule.link) else item.select_one(rule.link)
    url = resolve(opened.base, _attribute(anchor, "href")) if anchor is not None else None
    if anchor is None or url is None:
        return None
    named = item.select_one(rule.title) if rule.title else anchor
    title = best(named.get_text(" "), _attribute(named, "title")) if named is not None else ""
    dated = item.select_one(rule.date) if rule.date else item
    printed = _printed(dated.stripped_strings) if dated is not None else None
    day = printed.on(opened.now, year_in(url)) if printed else None
    return Link(url, title or tidy(anchor.get_text(" ")) or url, day)


def _attribute(element: Tag, name: str) -> str:
    value = element.get(name)
    return value if isinstance(value, str) else ""


def _printed(texts: Iterable[str]) -> Printed | None:
    """The most trusted date in `texts`, the first of equals."""
    found: list[Printed] = []
    before = ""
    for text in (" ".join(text.split()) for text in texts):
        if printed := read_pair(before, text) or read_text(text, before):
            found.append(printed)
        before = text
    return max(found, key=lambda printed: (printed.trust, printed.year is not None), default=None)

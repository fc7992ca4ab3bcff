"""Lists as JSON: the answer of a data service, or the data that a page carries for its own scripts.

    {"articles": [{"title": "…", "url": "/content/post_1.html", "publish_time": 1781712000}], "total": 312}

Some services answer with ready HTML inside the JSON ({"data": {"html": "<ul>…"}}): that is read as a page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from html import unescape
from typing import Final
from urllib.parse import quote, urlsplit

from watcher.errors import ReadError
from watcher.listing import batches, data
from watcher.listing.addresses import is_article, resolve
from watcher.listing.automatic import dated_list, undated_list
from watcher.listing.entries import distinct
from watcher.listing.fields import Fields, Flat, find_fields, flatten, read_day, site_of
from watcher.listing.groups import worth
from watcher.listing.opened import Opened
from watcher.listing.titles import best, is_title, tidy, without_tags
from watcher.model import Link
from watcher.settings import JsonRule

BY_ITSELF: Final = JsonRule()
_MOST_ITEMS: Final = 5_000  # several times what the longest real lists hold
_FINE: Final = frozenset({"0", "1", "200", "ok", "OK", "success", "True"})  # codes of services that answer
_MOST_MARKUP: Final = 50  # texts of ready HTML, the longest: each is parsed by itself
_ENOUGH: Final = 3  # entries that make a list; fewer must be dated articles
_PART: Final = re.compile(r"\{([\w.$-]{1,100})\}")


def read(opened: Opened, rule: JsonRule = BY_ITSELF) -> tuple[Link, ...]:
    """Return the entries of an answer of JSON: those that `rule` names, else the list that it obviously holds.

    Raises:
        ReadError: not_json, too_large, no_links (naming the selector that leads nowhere), empty_list.
    """
    root = _answer(opened)
    if (site := site_of(flatten(root))) and urlsplit(site).netloc != urlsplit(opened.base).netloc:
        opened = replace(opened, base=site)
    if rule.items is not None:
        return _named([root], rule.items, opened, rule)
    links = _obvious([root], opened, rule)
    if not links and _is_empty(root):
        raise _empty("the answer")
    if not links and (said := _excuse(root)):
        hint = "open the address in a browser: it may come back by itself, or answer only who has a session"
        raise ReadError("error_page", f"the data service answers with an error: {said}", hint=hint)
    if not links:
        raise _nothing("the answer is JSON, but holds no list of articles that could be told", "name it by `items`")
    return links


def read_inside(opened: Opened, rule: JsonRule = BY_ITSELF) -> tuple[Link, ...]:
    """Return the list that a page carries as JSON for its own scripts, () where there is none.

    Raises:
        ReadError: no_links, empty_list, where `rule` names it.
    """
    if len(opened.text) > data.LONGEST:
        return ()
    values = list(data.inside(opened.text))
    if rule.items is not None:
        return _named([{name: value} for name, value in values], rule.items, opened, rule)
    return _obvious([value for _, value in values], opened, rule)


def _excuse(root: object) -> str | None:
    """What a service says in the place of data: {"code": 401, "msg": "未登录"}; None where it says nothing."""
    if not isinstance(root, dict):
        return None
    codes = (root.get(name) for name in ("code", "status", "errcode", "errorCode"))
    failed = root.get("success") is False or any(str(code) not in _FINE for code in codes if code is not None)
    said = next((root[name] for name in ("msg", "message", "errmsg", "error") if isinstance(root.get(name), str)), "")
    return tidy(said)[:80] or None if failed else None


def _named(roots: Sequence[object], path: str, opened: Opened, rule: JsonRule) -> tuple[Link, ...]:
    places = [place for root in roots if (place := _place(root, path)) is not None]
    if not places:
        raise _nothing(f"`items: {path}` leads to nothing in the data")
    return _entries(places[0], opened, rule)


def _place(root: object, path: str) -> object:
    """What `path` leads to, from the root or from a value with a name ({"list": {"rows": […]}})."""
    found = data.at(root, path)
    if found is None and isinstance(root, dict) and len(root) == 1:
        return data.at(next(iter(root.values())), path)
    return found


def _answer(opened: Opened) -> object:
    if len(opened.text) > data.LONGEST:
        message = f"the data is longer than {data.LONGEST // 1_000_000} MB"
        raise ReadError("too_large", message, hint="ask for fewer entries at once")
    try:
        return data.read_answer(opened.text)
    except ValueError as error:
        message = f"the answer cannot be read as JSON: {str(error)[:120]}"
        raise ReadError("not_json", message, hint="open the address and look at what it answers") from error


def _entries(place: object, opened: Opened, rule: JsonRule) -> tuple[Link, ...]:
    if isinstance(place, str):
        return _in_markup([place], opened)
    items = _objects(place)
    if place == []:
        raise _empty(f"`items: {rule.items}`")
    if not items:
        raise _nothing(f"`items: {rule.items}` is no list of objects")
    links = _links(items, opened, rule)
    if not links:
        named = ", ".join(f"`{name}: {getattr(rule, name)}`" for name in ("link", "title") if getattr(rule, name))
        raise _nothing(f"{named or 'no key'} gives a link and a title in the {len(items)} items")
    return distinct(links, opened.page.final_url)


def _nothing(message: str, hint: str = "compare `listing: json` with the answer of the address") -> ReadError:
    return ReadError("no_links", message, hint=hint)


def _empty(what: str) -> ReadError:
    return ReadError("empty_list", f"{what} is an empty list", hint="open the address: is the column empty?")


def _is_empty(root: object) -> bool:
    """Whether a list is there with nothing in it, and none with objects: the page behind the last."""
    lists = [value for value in data.walk(root) if isinstance(value, list)]
    return [] in lists and not any(isinstance(one, dict) for found in lists for one in found)


def _objects(value: object) -> list[Flat]:
    items = value if isinstance(value, list) else data.numbered(value)
    return [flatten(item) for item in items[:_MOST_ITEMS] if isinstance(item, dict)]


def _obvious(roots: Sequence[object], opened: Opened, rule: JsonRule = BY_ITSELF) -> tuple[Link, ...]:
    """The list of objects that looks most like one of articles; else the list in the longest ready HTML."""
    best_links: tuple[float, list[Link]] = (0.0, [])
    markup: list[str] = []
    for value in (value for root in roots for value in data.walk(root)):
        for links in _lists(value, opened, rule):
            best_links = max(best_links, (sum(map(worth, links)), links), key=lambda pair: pair[0])
        if (rows := batches.markup(value)) or (isinstance(value, str) and "href" in value):
            markup.append(rows or str(value))
    longest = nlargest(_MOST_MARKUP, markup, key=len)
    return distinct(best_links[1], opened.page.final_url) or _in_markup(longest, opened)


def _lists(value: object, opened: Opened, rule: JsonRule) -> Iterator[list[Link]]:
    """The entries that a value holds; those of its parts only where it is no list of entries, which may have files."""
    whole = _links(_objects(value), opened, rule) if isinstance(value, list) or data.numbered(value) else []
    parts = [] if _is_list(whole) else (_links(_objects(items), opened, rule) for items in batches.grouped(value))
    yield from filter(_is_list, (whole, *parts))


def _in_markup(texts: Iterable[str], opened: Opened) -> tuple[Link, ...]:
    for text in texts:
        found = opened.scan(text)
        if links := dated_list(opened, found) or undated_list(opened, found):
            return links
    return ()


def _is_list(links: Sequence[Link]) -> bool:
    """Three links with articles or dates among them, or fewer that have both: menus and pictures are objects too."""
    surely = sum(is_article(link.url) and link.published is not None for link in links)
    likely = sum(is_article(link.url) or link.published is not None for link in links)
    return surely >= 1 if len(links) < _ENOUGH else 2 * likely >= len(links)


def _links(items: Sequence[Flat], opened: Opened, rule: JsonRule) -> list[Link]:
    fields = find_fields(items, rule)
    if fields is None:
        return []
    return [link for item in items if (link := _link(item, fields, opened))]


def _link(item: Flat, fields: Fields, opened: Opened) -> Link | None:
    href = next((href for link in fields.links if (href := _filled(link, item))), None)
    url = resolve(item.get(fields.base or "", opened.base), href) if href else None
    title = best(*[*(_clean(item.get(path, "")) for path in fields.titles), ""][:2])
    if url is None or not is_title(title):
        return None
    return Link(url, title, read_day(item.get(fields.date, ""), opened.now, url) if fields.date else None)


def _filled(link: str, item: Flat) -> str | None:
    """The value at `link`, or `link` as a pattern with the item's values in its braces; None where one is missing."""
    if "{" not in link:
        return item.get(link)
    if not all(item.get(match[1]) for match in _PART.finditer(link)):
        return None
    return _PART.sub(lambda match: quote(item[match[1]], safe="/-_.~"), link)


def _clean(text: str) -> str:
    """A title without markup, which services leave in it to set words off."""
    text = unescape(without_tags(text[:4_000]))
    return tidy(unescape(without_tags(text)))

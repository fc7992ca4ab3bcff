"""The next older part of a list that a data service gives: what its answer names, else its address counted on.

…/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15   ->  startrecord=45&endrecord=89   (one overlaps)
…/gkmlpt/api/all/5?page=1&sid=2                         ->  page=2
…/build/unit?…&paramJson={"pageNo":1,"pageSize":15}     ->  "pageNo":2
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from watcher.listing.addresses import resolve
from watcher.listing.asked import asked
from watcher.listing.opened import Opened
from watcher.settings import JsonRule

_NEXT_GROUP: Final = re.compile(
    r"<nextgroup>[^<]{0,20}(?:<!\[CDATA\[)?\s{0,20}<a\b[^>]{0,40}?\shref\s?=\s?[\"']([^\"]{1,1000}?)[\"']\s?>",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(r"(?:<totalrecord>|\btotalRecord\s?:\s?)([0-9]{1,9})")
_NUMBER: Final = re.compile(r"(?:cur(?:rent)?_?)?page_?(?:no|num|number|index)?|current|p", re.IGNORECASE)
_SIZES: Final = re.compile(
    r"\brows[\\\"'=: ]{1,8}([0-9]{1,4})\b.{0,80}?\bcount[\\\"'=: ]{1,8}([0-9]{1,9})\b", re.DOTALL
)
_PAGE_NO: Final = re.compile(r"(\"pageNo\"\s?:\s?\"?)([0-9]{1,6})")
_MOST: Final = 1_000_000


def following(opened: Opened, rule: JsonRule | None = None) -> str | None:
    """Return the address of the next older part, None where the answer is the last or its address holds no number."""
    url = opened.page.url
    if rule is not None and rule.url is not None and "{page}" in rule.url:
        return _of_pattern(rule.url, url)
    return _named(opened) or _window(opened) or _unit(opened) or _counted(url)


def _of_pattern(pattern: str, url: str) -> str | None:
    head, _, tail = pattern.partition("{page}")
    number = url[len(head) : len(url) - len(tail)] if url.startswith(head) and url.endswith(tail) else ""
    return pattern.replace("{page}", str(int(number) + 1)) if _is_number(number) else None


def _named(opened: Opened) -> str | None:
    match = _NEXT_GROUP.search(opened.text)
    return resolve(opened.base, unescape(match[1])) if match else None


def _window(opened: Opened) -> str | None:
    """Records counted on: of an answer by its own address, of a page that holds the first by what its script asks."""
    url = opened.page.url
    held = None
    if "startrecord=" not in url:
        asks = asked(opened)
        if "<record>" not in opened.text or asks is None or "startrecord=" not in asks:
            return None
        url, held = asks, opened.text.count("<record>")
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    start, end = query.get("startrecord", ""), query.get("endrecord", "")
    if not (_is_number(start) and _is_number(end)) or int(end) <= int(start):
        return None
    # Services count the last record in or out: to begin at it loses none.
    first = max(held or int(end), 1)
    total = _TOTAL.search(opened.text)
    if total and first >= int(total[1]):
        return None
    query |= {"startrecord": str(first), "endrecord": str(first + int(end) - int(start))}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _unit(opened: Opened) -> str | None:
    parts = urlsplit(opened.page.url)
    sizes = _SIZES.search(opened.text)
    if "/build/unit" not in parts.path or sizes is None:
        return None
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    known = _PAGE_NO.search(query.get("paramJson", ""))
    number, rows, count = int(known[2]) if known else 1, int(sizes[1]), int(sizes[2])
    if number * rows >= count:
        return None
    query["paramJson"] = f'{{"pageNo":{number + 1},"pageSize":{rows}}}'
    return urlunsplit(parts._replace(query=urlencode(query)))


def _counted(url: str) -> str | None:
    """The address with the number of the page in its query counted on."""
    parts = urlsplit(url)
    pairs = parts.query.split("&")
    for place, pair in enumerate(pairs):
        name, _, value = pair.partition("=")
        if _NUMBER.fullmatch(name) and _is_number(value):
            pairs[place] = f"{name}={int(value) + 1}"
            return urlunsplit(parts._replace(query="&".join(pairs)))
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 8 and int(text) < _MOST

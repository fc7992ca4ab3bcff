"""The address from which the scripts of known systems get a list, made of what their page says. No script is run.

- 大汉 jpage: `proxyUrl: '…/dataproxy.jsp'` and columnid, unitid, webid …, which a browser posts and which the service
  also reads from the query.
- 大汉 jpaas: <script url="…/front/page/build/unit" queryData="{'webId':'…','pageId':'…'}">, a GET that gives JSON.
- gkmlpt (Guangdong): `window._CONFIG = {… SID: '200025' …}` on …/gkmlpt/index#505, the number being the column.
- 新华网 (National Energy Administration): <ul id="list" data="datasource:4f…a6" preview="ds_">, kept as ds_4f…a6.json
  beside the page.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import urlencode, urlsplit

from watcher.listing.addresses import resolve
from watcher.listing.opened import Opened

_SCRIPT: Final = re.compile(r"<script\b([^<>]{1,3000})>", re.IGNORECASE)
_UNIT_URL: Final = re.compile(r"\burl\s?=\s?[\"']([^\"']{1,300})[\"']", re.IGNORECASE)
_UNIT_QUERY: Final = re.compile(r"\bqueryData\s?=\s?\"(\{[^\"]{1,1500}\})\"", re.IGNORECASE)
_PAIR: Final = re.compile(r"'([\w-]{1,40})'\s?:\s?'([^']{0,200})'")
_LIST_TAG: Final = re.compile(r"list|列表|分页|内容", re.IGNORECASE)

_PROXY: Final = re.compile(r"[\"']((?:[^\"'\s<>]{0,200}/)?dataproxy\.jsp)(?:\?([^\"'\s<>]{0,600}))?[\"']")
_ARGUMENT: Final = re.compile(
    r"\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)[\"']?\s?[:=]\s?"
    r"(?:'([^'<>]{0,200})'|\"([^\"<>]{0,200})\"|([\w/.-]{1,100}))"
)
_PER_PAGE: Final = re.compile(r"\bperPage\s?:\s?[\"']?([0-9]{1,3})\b")
_NEAR: Final = 3_000  # characters around the call that its arguments stand in
_GROUP: Final = 3  # pages that one answer covers, as the systems' own script asks

_SID: Final = re.compile(r"\bSID\s?:\s?[\"']([0-9]{1,12})[\"']")

_SOURCE: Final = re.compile(r"<\w{1,10}\b([^<>]{0,600}?)\sdata=[\"']datasource:([0-9a-f]{8,40})[\"']([^<>]{0,600})>")
_PREVIEW: Final = re.compile(r"\bpreview=[\"'](\w{1,20})[\"']")
_LIST_NAME: Final = re.compile(r"\b(?:id|class)=[\"'][^\"']{0,100}(?:list|showData)", re.IGNORECASE)


def asked(opened: Opened) -> str | None:
    """Return the address that answers with the list, None where the page does not say enough."""
    return _unit(opened) or _dataproxy(opened) or _gkmlpt(opened) or _datasource(opened)


def _unit(opened: Opened) -> str | None:
    units = []
    for match in _SCRIPT.finditer(opened.text):
        if "/front/page/build/unit" not in match[1]:
            continue
        address, query = _UNIT_URL.search(match[1]), _UNIT_QUERY.search(match[1])
        pairs: dict[str, str] = dict(_PAIR.findall(unescape(query[1]))) if query else {}
        if address and pairs.get("pageId"):
            units.append((address[1], pairs))
    if not units:
        return None
    # Menus and links are such units too: the list is the one that is called so, else the first.
    url, pairs = max(units, key=lambda unit: bool(_LIST_TAG.search(unit[1].get("tagId", ""))))
    return resolve(opened.base, f"{url}?{urlencode(pairs)}")


def _dataproxy(opened: Opened) -> str | None:
    match = _PROXY.search(opened.text)
    if match is None:
        return None
    near = opened.text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    arguments: dict[str, str] = {}
    for name, *values in _ARGUMENT.findall(near):
        arguments.setdefault(name, next((value for value in values if value), ""))
    if "columnid" not in arguments or "unitid" not in arguments:
        return None
    size = _PER_PAGE.search(near)
    per_page = max(1, int(size[1])) if size else 15
    window = {"startrecord": "1", "endrecord": str(_GROUP * per_page), "perpage": str(per_page)}
    return resolve(opened.base, f"{match[1]}?{urlencode(window | arguments)}")


def _gkmlpt(opened: Opened) -> str | None:
    url = opened.page.url
    sid = _SID.search(opened.text) if "window._CONFIG" in opened.text and "/gkmlpt/" in url else None
    if sid is None:
        return None
    column = re.match(r"[#/!]{0,3}([0-9]{1,9})\b", urlsplit(url).fragment)
    head = url.split("/gkmlpt/", 1)[0]
    return f"{head}/gkmlpt/api/all/{column[1] if column else 0}?page=1&sid={sid[1]}"


def _datasource(opened: Opened) -> str | None:
    """Pictures and side columns have such sources too: the list is the one that is called so, else the first."""
    sources = [(f"{match[1]} {match[3]}", match[2]) for match in _SOURCE.finditer(opened.text)]
    if not sources:
        return None
    attributes, number = max(sources, key=lambda source: _LIST_NAME.search(source[0]) is not None)
    preview = _PREVIEW.search(attributes)
    return resolve(opened.page.final_url, f"{preview[1] if preview else 'ds_'}{number}.json")

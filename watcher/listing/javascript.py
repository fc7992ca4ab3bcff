"""Lists that only a script fills: how to know one, and the address that its script asks."""

from __future__ import annotations

import re
from typing import Final

# Only what fills a list: a script that counts visits asks a server too.
_FILLS: Final = re.compile(
    r"loadPageData\s?\(|dataproxy\.jsp|queryList\b|text/x-handlebars|\bdata=[\"']datasource:|\{\{\s?#each|\bv-for\s?=|\bng-repeat\s?=|/gkmlpt/api|window\._CONFIG\s?="
    r"|\blay(?:ui\.|-)(?:use\(.{0,20}laypage|table)|\{\{\s?(?:item|title|list)\b[.\w]{0,30}\s?\}\}",
    re.IGNORECASE,
)
# One of these stands in all that `_FILLS` finds. To look for plain texts first saves a third of what a list page costs.
_SIGNS: Final = (
    *("loadpagedata", "dataproxy.jsp", "querylist", "text/x-handlebars", "datasource:", "{{", "v-for", "ng-repeat"),
    *("/gkmlpt/api", "window._config", "layui", "lay-"),
)
_SHELL: Final = re.compile(r"<div[^>]{0,80}\bid\s?=\s?[\"']?(?:app|root|__nuxt|__next)[\"'\s>]", re.IGNORECASE)

_QUOTED_TAIL: Final = r"[^\"'`\s<>]{0,200})[\"'`]"
_QUOTED_HEAD: Final = r"[\"'`]((?:[^\"'`\s<>]{0,300}/)?"
# The data services of known systems first: a page names other .json files too. Each with what stands in all of them.
_SERVICES: Final = (
    (
        ("dataproxy.jsp", "querylist", "gkmlpt/api"),
        re.compile(_QUOTED_HEAD + r"(?:[\w.-]{0,60}dataproxy\.jsp|queryList|gkmlpt/api)" + _QUOTED_TAIL),
    ),
    ((".json",), re.compile(_QUOTED_HEAD + r"[\w.-]{0,60}list[\w.-]{0,60}\.json" + _QUOTED_TAIL, re.IGNORECASE)),
    (("loadpagedata",), re.compile(r"\b(loadPageData)\s?\(")),
)

# $.get("…"), axios.post(ctx + "…"), x.open("GET", "…"), fetch(`…`), {url: "…"}, var dataUrl = "…", <ul data-url="…">
_ASKED: Final = re.compile(
    r"(?:\.(?:get|post|getJSON|load|ajax|open|request)|\b(?:fetch|axios|request)|\$http)\s?\(\s?"
    r"(?:[\"'](?:GET|POST)[\"']\s?,\s?)?(?:[\w.$]{1,40}\s?\+\s?)?[\"'`]([^\"'`\s<>]{2,400})"
    r"|\b(?:[uU]rl|data-(?:url|src|api)|\w{1,20}(?:Url|URL|Api|API))[\"']?\s?[:=]\s?"
    r"(?:[\w.$]{1,40}\s?\+\s?)?[\"'`]([^\"'`\s<>]{2,400})"
)
_OF_LIST: Final = re.compile(
    r"list|liebiao|quer|search|page|articl|news|notice|info|doc|content|channel|column|catalog|select|find|data|json|rows",
    re.IGNORECASE,
)
_OF_OTHER: Final = re.compile(
    r"visit|pageview|(?<![a-z])(?:pv|hits?|log|stats?|map|wx)(?![a-z])|count|click|login|user|captcha|verif|token|sign|weather"
    r"|tianqi|tongji|track|menu|banner|advert|dict|share|suggest|hotword|upload|comment|vote|online|weixin"
    r"|\.(?:s?html?|js|css|png|jpe?g|gif|svg|ico|mp4|pdf)(?:$|[?#])",
    re.IGNORECASE,
)
_MOST_ASKED: Final = 500
# $.post("…"), and {url: "…", type: "POST"} with the method on either side of the address.
_POST_BEFORE: Final = re.compile(
    r"(?:\.post\s?\(|[\"']POST[\"']\s?,)\s?(?:[\w.$]{1,40}\s?\+\s?)?[\"'`]$", re.IGNORECASE
)
_POST_OPTION: Final = re.compile(r"\b(?:type|method)[\"']?\s?:\s?[\"']post[\"']", re.IGNORECASE)
_CALL_BEGINS, _CALL_ENDS = re.compile(r"[;{}]"), re.compile(r";|\}\s?\)|\bsuccess\b")
_NEAR: Final = 300  # characters


def fills_by_script(text: str) -> bool:
    """Whether the page fills a list by a script; True for a page that also shows other lists."""
    return (_has_any(text.lower(), _SIGNS) and _FILLS.search(text) is not None) or is_shell(text)


def is_shell(text: str) -> bool:
    """Whether the page is the empty frame of an application that builds all of it."""
    return _SHELL.search(text) is not None


def service_address(text: str) -> str | None:
    """Return the address (or the call) by which a known system's script gets the entries, None where it is not seen."""
    lowered = text.lower()
    for signs, pattern in _SERVICES:
        if _has_any(lowered, signs) and (match := pattern.search(text)):
            return match[1]
    return None


def _has_any(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def data_address(text: str) -> str | None:
    """Return `service_address`, else the address among those that scripts ask which most looks like a list's."""
    return service_address(text) or _most_like_list(text)


def is_posted(text: str, address: str) -> bool:
    """Whether the script asks `address` by POST: the address alone gets no answer, or another."""
    place = text.find(address)
    before, after = text[max(0, place - _NEAR) : place], text[place + len(address) : place + len(address) + _NEAR]
    options = _CALL_BEGINS.split(before)[-1] + _CALL_ENDS.split(after)[0]
    return _POST_BEFORE.search(before) is not None or _POST_OPTION.search(options) is not None


def _most_like_list(text: str) -> str | None:
    best: tuple[int, str] | None = None
    for number, match in enumerate(_ASKED.finditer(text)):
        address = match[1] or match[2]
        words = len(set(_OF_LIST.findall(address.lower())))
        if words and re.search(r"[/.]", address) and not _OF_OTHER.search(address) and (not best or words > best[0]):
            best = (words, address)
        if number > _MOST_ASKED:
            break
    return best[1] if best else None

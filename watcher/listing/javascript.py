"""Lists that only a script fills: how to know one, and the address that its script asks."""

from __future__ import annotations

import re
from typing import Final

# Only what fills a list: a script that counts visits asks a server too.
_FILLS: Final = re.compile(
    r"loadPageData\s?\(|dataproxy\.jsp|queryList\b|text/x-handlebars|\{\{\s?#each|\bv-for\s?=|\bng-repeat\s?=|/gkmlpt/api|window\._CONFIG\s?="
    r"|\blay(?:ui\.|-)(?:use\(.{0,20}laypage|table)|\{\{\s?(?:item|title|list)\b[.\w]{0,30}\s?\}\}",
    re.IGNORECASE,
)
_QUOTED_TAIL: Final = r"[^\"'`\s<>]{0,200})[\"'`]"
_QUOTED_HEAD: Final = r"[\"'`]((?:[^\"'`\s<>]{0,300}/)?"
# The data services of known systems first: a page names other .json files too.
_ASKS: Final = (
    re.compile(_QUOTED_HEAD + r"(?:[\w.-]{0,60}dataproxy\.jsp|queryList|gkmlpt/api)" + _QUOTED_TAIL),
    re.compile(_QUOTED_HEAD + r"[\w.-]{0,60}list[\w.-]{0,60}\.json" + _QUOTED_TAIL, re.IGNORECASE),
)
_CALLS: Final = re.compile(r"\b(loadPageData)\s?\(")
_SHELL: Final = re.compile(r"<div[^>]{0,80}\bid\s?=\s?[\"']?(?:app|root|__nuxt|__next)[\"'\s>]", re.IGNORECASE)


def fills_by_script(text: str) -> bool:
    """Whether the page fills a list by a script; True for a page that also shows other lists."""
    return bool(_FILLS.search(text) or _SHELL.search(text))


def data_address(text: str) -> str | None:
    """Return the address (or the call) by which the page's script gets the entries, None where it is not seen."""
    match = next((match for pattern in (*_ASKS, _CALLS) if (match := pattern.search(text))), None)
    return match[1] if match else None

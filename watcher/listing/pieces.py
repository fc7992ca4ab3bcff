"""Pieces of XML between two tags, cut out by plain search: linear on any input, and no parser to be tricked."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape


def between(text: str, opening: str, closing: str) -> Iterator[str]:
    """Give what stands between each `opening` and the next `closing`, without blanks and the marks of CDATA."""
    end = 0
    while (start := text.find(opening, end)) >= 0 and (end := text.find(closing, start)) >= 0:
        inner = text[start + len(opening) : end].strip()
        if inner.startswith("<![CDATA["):
            yield inner.removeprefix("<![CDATA[").removesuffix("]]>").strip()
        else:
            yield inner if "<" in inner else unescape(inner)


def first(text: str, *names: str) -> str:
    """Return the text of the first of the elements `names` that `text` has, "" where it has none."""
    for name in names:
        for inner in between(text, f"<{name}>", f"</{name}>"):
            if inner:
                return inner
    return ""

"""Markdown, as templates write it, taken apart into blocks and spans: what chat services are told is made of these.

So a message is cut as text, before any service's marks are put in: never inside a mark, an escape or an address. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from watcher.inert import inert


class Form(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"  # of a list
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look; `url` where they are a link."""

    text: str
    strong: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    form: Form
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    def links_to(self, url: str) -> bool:
        return any(span.url == url for span in self.spans)


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text; markup that no service of ours has (tables, pictures, HTML) is left as its words."""
    return tuple(_blocks(_parser().parse(markdown)))


def shortened(block: Block, length: int) -> Block:
    """The first characters of a block, and an ellipsis for the rest."""
    kept: list[Span] = []
    for span in block.spans:
        taken = span.text[:length]
        length -= len(taken)
        if taken:
            kept.append(replace(span, text=taken))
    return replace(block, spans=(*kept, Span("…")))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _blocks(tokens: Iterable[Token]) -> Iterator[Block]:
    around: list[Form] = []  # the lists and quotes that are open
    heading = False
    for token in tokens:
        match token.type:
            case "list_item_open":
                around.append(Form.ITEM)
            case "blockquote_open":
                around.append(Form.QUOTE)
            case "list_item_close" | "blockquote_close":
                around.pop()
            case "heading_open" | "heading_close":
                heading = token.type == "heading_open"
            case "inline" | "fence" | "code_block":
                spans = [*_spans(token.children or [])] if token.type == "inline" else [Span(_inert(token.content))]
                form = Form.HEADING if heading else around[-1] if around else Form.TEXT
                if any(span.text.strip() for span in spans):
                    yield Block(form, _joined(spans))


def _spans(tokens: Iterable[Token]) -> Iterator[Span]:
    strong, url = 0, None
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open":
                url = _address(str(token.attrs.get("href") or ""))
            case "link_close":
                url = None
            case "softbreak" | "hardbreak":
                yield Span(" ")
            case _ if token.content:
                yield Span(_inert(token.content), strong > 0, url)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of the same look are one."""
    joined: list[Span] = []
    for span in spans:
        if joined and (joined[-1].strong, joined[-1].url) == (span.strong, span.url):
            joined[-1] = replace(span, text=joined[-1].text + span.text)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def _inert(text: str) -> str:
    """One line, without what steers: a template may have let it pass."""
    return inert(" ".join(text.split("\n")))


def _address(href: str) -> str | None:
    """A web address; ~ and _ as they are, since Markdown alone asked for their codes."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return href.replace("%5F", "_").replace("%7E", "~") if is_web else None

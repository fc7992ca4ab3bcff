"""How each chat service writes headings, links and bold text, and how it is kept from reading marks in a page's words.

    service    bold     link                     a mark in the words
    钉钉        **x**    [x](address)             its full-width twin (＊): no escape is documented
    企业微信     **x**    [x](address)             the same
    飞书, Lark  **x**    [x](address)             as a character's number (&#42;)
    Telegram   <b>x</b> <a href="address">x</a>  as HTML (&lt;)
    Slack      *x*      <address|x>              & < > as HTML, others as their full-width twin

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from watcher.notify.marked import Block, Form, Span

_WIDE: Final = 0xFEE0  # from an ASCII mark to its full-width twin
_LIST: Final = re.compile(r"^\s*(?:[-+](?=\s)|\d{1,9}[.)](?=\s)|-{3,}|={3,})")
# What would end an address, or a link around it; encoded it leads to the same page.
_IN_ADDRESS: Final = {ord(char): f"%{ord(char):02X}" for char in "()<>[]{}\\^*`|\"' "}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`before` and `behind` of each form of a block; `apart`: bold text needs a blank on each side."""

    words: Callable[[str], str]
    strong: tuple[str, str]
    link: str  # {address}, {text}
    around: Mapping[Form, tuple[str, str]]
    between: str = "\n\n"  # blocks, but for the items of a list
    apart: bool = False
    address: Callable[[str], str] = lambda url: url.translate(_IN_ADDRESS)


def write(blocks: Iterable[Block], dialect: Dialect) -> str:
    """The blocks as a service reads them."""
    written, last = "", None
    for block in blocks:
        before, behind = dialect.around[block.form]
        join = "\n" if block.form is last is Form.ITEM else dialect.between
        written += (join if written else "") + before + _line(block, dialect) + behind
        last = block.form
    return written


def _line(block: Block, dialect: Dialect) -> str:
    line = ""
    for number, span in enumerate(block.spans):
        before = block.spans[number - 1].text if number else ""
        behind = block.spans[number + 1].text if number + 1 < len(block.spans) else ""
        line += _span(span, dialect, before[-1:], behind[:1], heading=block.form is Form.HEADING)
    return line


def _span(span: Span, dialect: Dialect, before: str, behind: str, *, heading: bool) -> str:
    text = dialect.words(span.text)
    if span.url:
        text = dialect.link.replace("{address}", dialect.address(span.url), 1).replace("{text}", text, 1)
    if not span.strong or heading or not span.text.strip():
        return text
    first, last = dialect.strong
    # Bold text that begins or ends with a mark, or stands between letters, is not seen as bold by all.
    needs = dialect.apart or not (span.text[0].isalnum() and span.text[-1].isalnum())
    left = " " if needs and before.strip() else ""
    right = " " if needs and behind.strip() else ""
    return f"{left}{first}{text}{last}{right}"


def _widened(marks: str) -> Callable[[str], str]:
    table = {ord(char): chr(ord(char) + _WIDE) for char in marks}

    def words(text: str) -> str:
        # A number or a dash at the head of a line would begin a list.
        return _LIST.sub(lambda found: _wide(found[0]), text.translate(table))

    return words


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + _WIDE) if char in "-+.)=" else char for char in text)


def _numbered(text: str) -> str:
    return re.sub(r"[&<>*_~`\[\]()#\\|!$]|^\s*[-+=]|(?<=\d)[.)](?=\s)", _as_number, text)


def _as_number(found: re.Match[str]) -> str:
    return "".join(char if char.isspace() else f"&#{ord(char)};" for char in found[0])


def _slack_words(text: str) -> str:
    plain = re.sub(r"^\s*>", "＞", text.translate({ord(char): chr(ord(char) + _WIDE) for char in "*_~`|"}))
    return escape(plain, quote=False)


_MARKDOWN: Final = {Form.HEADING: ("### ", ""), Form.TEXT: ("", ""), Form.ITEM: ("- ", ""), Form.QUOTE: ("> ", "")}
_LINK: Final = "[{text}]({address})"
_BOLD: Final = ("**", "**")

DINGTALK: Final = Dialect(_widened("*_~`[]<>#|\\!"), _BOLD, _LINK, _MARKDOWN)
# Without lists: its items are lines of their own.
WECOM: Final = Dialect(
    _widened("*_~`[]<>#|\\!@"), _BOLD, _LINK, {**_MARKDOWN, Form.ITEM: ("· ", "")}, between="\n\n"
)  # fmt: skip
FEISHU: Final = Dialect(_numbered, _BOLD, _LINK, {**_MARKDOWN, Form.HEADING: _BOLD})
TELEGRAM: Final = Dialect(
    words=escape,
    strong=("<b>", "</b>"),
    link='<a href="{address}">{text}</a>',
    around={
        Form.HEADING: ("<b>", "</b>"),
        Form.TEXT: ("", ""),
        Form.ITEM: ("• ", ""),
        Form.QUOTE: ("<blockquote>", "</blockquote>"),
    },
    address=escape,
)
SLACK: Final = Dialect(
    words=_slack_words,
    strong=("*", "*"),
    link="<{address}|{text}>",
    around={Form.HEADING: ("*", "*"), Form.TEXT: ("", ""), Form.ITEM: ("• ", ""), Form.QUOTE: ("> ", "")},
    apart=True,
    address=lambda url: escape(url.translate(_IN_ADDRESS), quote=False),
)

"""Bytes -> text. The one place that decides an encoding; every parser after it is given text.

Parsers are never left to decode: a page declared gb2312 that holds one character outside that set comes out of the
usual HTML parsers empty, without an error.
"""

from __future__ import annotations

import codecs
import re

# gb18030 is a superset of both, and pages that declare the smaller sets use characters of the larger one.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "gb2312-80": "gb18030", "x-gbk": "gb18030"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_PAGE = re.compile(rb"""(?:charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_.:-]{3,30})""", re.IGNORECASE)
_BROKEN = re.compile("\ufffd++")
_DECLARATION_WITHIN = 4096  # bytes; HTML asks for the first 1024, pages put scripts before it
_TEXT_BY = frozenset({"utf-8", "gb18030", "big5", "big5-hkscs", "utf-16", "utf-16-le", "utf-16-be", "ascii"})


def content_type(value: str) -> tuple[str | None, str | None]:
    """("text/html", "gbk") of the header "Text/HTML; charset='GBK'"; None for what is missing."""
    media_type, *parameters = value.split(";")
    charset = None
    for parameter in parameters:
        name, _, given = parameter.partition("=")
        if name.strip().lower() == "charset" and charset is None:
            charset = given.strip().strip("\"'").lower() or None
    return media_type.strip().lower() or None, charset


def decode(body: bytes, declared: str | None = None) -> str:
    """Return the text of `body`; never raises."""
    return decode_as(body, declared)[1]


def decode_as(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the charset that `body` is in, and its text; never raises.

    The order is: a byte-order mark, UTF-16 told by its zero bytes, strict UTF-8 (a multi-byte text that is valid UTF-8
    is nothing else, whatever it declares), the header's charset, the page's own, gb18030; at last that of UTF-8 and
    gb18030 which breaks in fewer places, with U+FFFD for what is broken. NULs are dropped, line ends are "\\n".
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, _tidy(body[len(mark) :].decode(name, "replace"))
    wide = _without_mark(body)
    if wide:
        return wide, _tidy(body.decode(wide, "replace"))
    for name in ("utf-8", *_declared(body, declared), "gb18030"):
        try:
            return name, _tidy(body.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    name, text = _least_broken(body)
    return name, _tidy(text)


def _declared(body: bytes, header: str | None) -> list[str]:
    in_page = [match.decode("ascii") for match in _IN_PAGE.findall(body[:_DECLARATION_WITHIN])]
    names = [name.strip().strip("\"'").lower() for name in ([header] if header else []) + in_page]
    wider = [_WIDER.get(name, name) for name in names]
    return [name for name in wider if name in _TEXT_BY]


def _least_broken(body: bytes) -> tuple[str, str]:
    """The reading with the fewest places that are broken: a truncated or damaged page is still read.

    Several U+FFFD in a row are one place: UTF-8 gives three for one character that some databases write wrongly.
    """
    readings = [(name, body.decode(name, "replace")) for name in ("utf-8", "gb18030")]
    return min(readings, key=lambda one: (len(_BROKEN.findall(one[1])), one[1].count("\ufffd")))


def _without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte-order mark: markup and line ends put a zero into every other byte."""
    head = body[:512]
    if len(head) < 16 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 6 or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _tidy(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")

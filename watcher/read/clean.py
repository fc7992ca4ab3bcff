"""Characters: what a reader does not see or does not tell apart is made one. Wording and Chinese punctuation stay.

Every function keeps the number of lines, so that lines cleaned together can be told apart again.
"""

from __future__ import annotations

import re
import unicodedata

from watcher.read.glosses import without_glosses
from watcher.read.traditional import simplify
from watcher.rows import BORDER

_CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))
# Soft hyphen, zero-width characters, direction marks, tags and what else steers (`inert`), byte-order mark; then
# variation selectors (葛 with U+E0100 is another drawing of it) and private use (icon fonts).
_INVISIBLE = dict.fromkeys(
    (
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        0xFEFF,
        *range(0xFFF9, 0xFFFE),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
        *range(0xE000, 0xF900),
    )
)
_BLANKS = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_LINES = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")
_FULL_WIDTH = {
    code: chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
}
# Radicals and compatibility ideographs that PDF fonts put for the plain character (⼀ for 一).
_RADICALS = {
    code: folded
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
}
_TABLE = _CONTROL | _INVISIBLE | _BLANKS | _LINES | _FULL_WIDTH | _RADICALS

CELL = " | "  # between the cells of a table row, until a line is given out

_WIDEST = 30  # columns
_CELL_EDGE = re.compile(r" \|(?= |$)")
_ENTITY = re.compile(r"[&＆](?:nbsp|ensp|emsp|thinsp);?", re.IGNORECASE)
_MARKS = re.compile(r"[&＆](quot|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip|lt|gt|amp);", re.IGNORECASE)
_MEANING = {
    "quot": '"', "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "mdash": "—", "ndash": "–", "middot": "·",
    "hellip": "…", "lt": "<", "gt": ">", "amp": "&",
}  # fmt: skip
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_WIDE_DASH = re.compile(r"(?<=[0-9])－(?=[0-9])")
_RUN = re.compile(r" {2,}")
_BESIDE_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff，。、；：（）《》“”]) (?=[0-9])|(?<=[0-9%]) (?=[\u4e00-\u9fff，。、；：（）《》“”])"
)


def clean(text: str) -> str:
    """Return `text` simplified, folded and without invisible characters; runs of blanks become one."""
    if "&" in text or "＆" in text:
        text = _MARKS.sub(lambda match: _MEANING[match[1].lower()], _ENTITY.sub(" ", text))
    text = _WIDE_DASH.sub("-", _WIDE_POINT.sub(".", text.translate(_TABLE)))
    return _RUN.sub(" ", simplify(without_glosses(text)))


def as_written(line: str) -> str:
    """Return a line of the body as it is given out.

    The blank that typesetting leaves between a Chinese character and a number goes (150 亿元 -> 150亿元); the cells
    of a table's row are parted by a tab, so that no number runs into what stands beside it. Empty cells between others
    stay, for the columns to agree with their heads.
    """
    return BORDER.join(_BESIDE_NUMBER.sub("", cell) for cell in aligned(cells(line))).strip(BORDER)


def aligned(row: list[str]) -> list[str]:
    """A row with its empty cells, which keep columns under their heads; without them where it is wider than lists of
    measures are: a sheet may be millions of empty cells."""
    return row if len(row) <= _WIDEST else [cell for cell in row if cell]


def cells(line: str) -> list[str]:
    """Return the cells of a table row, empty ones too; a line that is none has one."""
    return [cell.strip() for cell in _CELL_EDGE.split(line)] if "|" in line else [line]

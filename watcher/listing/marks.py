"""What links of a list say before their titles: a number, a state, a kind, an office (<a><i>公示</i><b>title</b></a>).

Told by the rows of a list together, in whatever words: in one place of each link, few short texts take turns, or
numbers count on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final, NamedTuple

from lxml import etree

from watcher.listing.dates import is_half, read_text
from watcher.listing.elements import is_mark
from watcher.read.dates import is_only_date

EMPHASIS: Final = frozenset({"b", "em", "font", "i", "mark", "strong", "u"})  # of words in a title
_NUMBER: Final = re.compile(r"([0-9]{1,4})[.、]?")
_HAS_DIGIT: Final = re.compile(r"[0-9]")
_LONGEST: Final = 12  # characters of a mark
_ENOUGH: Final = 3  # links that show what is the same in each
_TURNS: Final = 2  # links to a text, on average, where texts take turns
_MOST_LINKS: Final = 20_000
_MOST_PIECES: Final = 6  # elements, and texts, of a link that are looked at

_Place = tuple[str, str, str, str, str]


class _Mark(NamedTuple):
    element: etree._Element
    text: str


def marks(root: etree._Element) -> frozenset[etree._Element]:
    """The elements in links of `root` whose texts are none of the titles behind them."""
    seen: dict[_Place, list[_Mark]] = {}
    words: set[_Place] = set()  # places where words of a title are set apart, as those that were searched for
    for link in islice(root.iter("a"), _MOST_LINKS):
        pieces = [element for element in islice(link.iter(etree.Element), 1, _MOST_PIECES) if _says(element.text)]
        texts = [text for text in islice(link.itertext(), 2 * _MOST_PIECES) if _says(text)]
        is_first = bool(pieces) and len(texts) > 1 and texts[0] == pieces[0].text
        words.update(_place(link, piece) for piece in pieces[is_first:] if _says(link.text) or _says(piece.tail))
        if is_first and len(texts[0].strip()) <= _LONGEST and not _is_day(texts[1].strip()):
            seen.setdefault(_place(link, pieces[0]), []).append(_Mark(pieces[0], texts[0].strip()))
    return frozenset(mark.element for place, found in seen.items() for mark in _marks(place, found, place in words))


def _marks(place: _Place, found: list[_Mark], is_word: bool) -> Iterator[_Mark]:
    texts = [mark.text for mark in found]
    if len(texts) < _ENOUGH:
        return
    is_emphasis = place[3] in EMPHASIS and not place[4] and not all(map(_is_known, set(texts)))
    take_turns = _TURNS * len(set(texts)) <= len(texts) and not any(map(_may_be_day, set(texts)))
    if _count_on(texts) or (take_turns and not is_word and not is_emphasis):
        yield from found


def _is_known(text: str) -> bool:
    """Whether `text` is what marks say, also as emphasis: <i>荐</i>. In brackets it is of the title: <b>[视频]</b>."""
    return text.isalpha() and is_mark(text, marked=True)


def _may_be_day(text: str) -> bool:
    return _HAS_DIGIT.search(text) is not None or read_text(text) is not None  # 昨天


def _count_on(texts: list[str]) -> bool:
    """Whether the texts are numbers, each one more than that before it."""
    numbers = [int(match[1]) for text in texts if (match := _NUMBER.fullmatch(text))]
    return len(numbers) == len(texts) and all(other == one + 1 for one, other in pairwise(numbers))


def _is_day(text: str) -> bool:
    """Whether the number before `text` may be a day: 18 | 2026-06."""
    return is_half(text) or is_only_date(text)


def _place(link: etree._Element, piece: etree._Element) -> _Place:
    parent = link.getparent()
    above = ("", "") if parent is None else (str(parent.tag), parent.get("class", ""))
    return (*above, link.get("class", ""), str(piece.tag), piece.get("class", ""))


def _says(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""

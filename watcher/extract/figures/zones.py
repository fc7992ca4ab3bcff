"""Where a text is quoting, naming or addressing: titles in 《》, words in quotation marks, web addresses.

One pass over the brackets, so the cost is linear however they nest; an opening bracket that is never closed on its
line opens nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class ZoneKind(StrEnum):
    TITLE = "title"
    QUOTE = "quote"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Zone:
    start: int
    end: int
    kind: ZoneKind


# A quotation longer than this, or with a sentence in it, is speech, not a name; 40 characters is the length of the
# longest
# slogan between quotation marks met in government reports.
_LONGEST_NAME = 40
_OPEN = {"《": "》", "“": "”", "「": "」", "『": "』", "‘": "’"}
_CLOSE = {close: mark for mark, close in _OPEN.items()}
_MARK = re.compile(r"[《》“”「」『』‘’\"\n]|https?://[!-~]+|www\.[!-~]+")


class Zones:
    """The zones of one text, asked for by place."""

    def __init__(self, text: str) -> None:
        self._zones = _outermost(sorted(_find(text), key=lambda zone: (zone.start, -zone.end)))
        self._starts = [zone.start for zone in self._zones]

    def at(self, place: int) -> Zone | None:
        """The outermost zone that holds `place`."""
        index = bisect_right(self._starts, place) - 1
        return self._zones[index] if index >= 0 and place < self._zones[index].end else None

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._zones)


def _find(text: str) -> list[Zone]:
    zones: list[Zone] = []
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        if len(mark) > 1:
            zones.append(Zone(place, match.end(), ZoneKind.ADDRESS))
        elif mark == "\n":
            stack.clear()
        elif mark in _OPEN or (mark == '"' and not any(opened == '"' for opened, _ in stack[-3:])):
            stack.append((mark, place))
        else:
            _close(text, mark, place, stack, zones)
    return zones


def _close(text: str, mark: str, place: int, stack: list[tuple[str, int]], zones: list[Zone]) -> None:
    """Close the innermost open bracket of this kind among the last few; brackets crossed by it are dropped."""
    for depth in range(1, min(4, len(stack)) + 1):
        opened, start = stack[-depth]
        if opened == _CLOSE.get(mark, mark):
            del stack[-depth:]
            inside = text[start + 1 : min(place, start + 2 + _LONGEST_NAME)]
            if opened == "《":
                zones.append(Zone(start, place + 1, ZoneKind.TITLE))
            elif len(inside) <= _LONGEST_NAME and not any(stop in inside for stop in "。；;!?！？"):
                zones.append(Zone(start, place + 1, ZoneKind.QUOTE))
            return


def _outermost(zones: list[Zone]) -> list[Zone]:
    kept: list[Zone] = []
    for zone in zones:
        if not kept or zone.start >= kept[-1].end:
            kept.append(zone)
    return kept

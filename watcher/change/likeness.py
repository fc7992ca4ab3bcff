"""How alike two pieces of text are, numbers blotted out: they are what may have changed. Pure."""

from __future__ import annotations

import re

# Characters looked at around an item: a clause before it, where its subject stands, and half of one after it.
BEFORE, AFTER = 24, 12

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千万亿]+")
_SPACE = re.compile(r"\s+")


def pieces(text: str) -> frozenset[str]:
    """Its pieces of two characters."""
    plain = _SPACE.sub("", _NUMBER.sub("#", text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def surroundings(text: str, start: int, end: int) -> frozenset[str]:
    """The pieces around a span."""
    return pieces(f"{text[max(0, start - BEFORE) : start]}#{text[end : end + AFTER]}")


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: 1 for the same pieces, 0 for none in common."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0


def common_head(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))

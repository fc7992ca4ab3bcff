"""How often words stand in a text, when many words are asked for and most are absent."""

from __future__ import annotations

from functools import lru_cache
from operator import add


class WordCount:
    """Counts in one text. A word whose first two characters never stand together there is not looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pairs = _pairs(text)

    def count(self, word: str) -> int:
        """Occurrences of `word` (two characters or more), not overlapping."""
        return self.text.count(word) if word[:2] in self._pairs else 0


@lru_cache(maxsize=1)  # detection and topics look at the same text, one after the other
def _pairs(text: str) -> frozenset[str]:
    """Every two characters that stand together."""
    return frozenset(map(add, text, text[1:]))

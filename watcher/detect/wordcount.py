"""How often words stand in a text, when many words are asked for and most are absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import add


class WordCount:
    """Counts in one text. A word whose first two characters never stand together there is not looked for.

    Args:
        text: what is looked through, as often as words are asked for.
        senses: word -> the phrases that hold it without meaning it, and the word itself as the one group.
    """

    def __init__(self, text: str, senses: Mapping[str, re.Pattern[str]] | None = None) -> None:
        self.text = text
        self._senses = senses or {}
        self._pairs = set(map(add, text, text[1:]))

    def count(self, word: str) -> int:
        """Occurrences of `word`, not overlapping, besides those in phrases that mean something else."""
        if len(word) > 1 and word[:2] not in self._pairs:
            return 0
        total = self.text.count(word)
        sense = self._senses.get(word) if total else None
        return total if sense is None else sum(match[1] is not None for match in sense.finditer(self.text))

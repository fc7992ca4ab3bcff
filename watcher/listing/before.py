"""The text before the one that is read, as far as it may belong to it: the label of a date, or half of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watcher.listing.dates import Printed, is_half, read_pair, read_year
from watcher.listing.found import Anchor, Token

_BRACKETS: Final = ("[", "【", "〔", "(", "（")


class Before:
    """What was read last. It belongs to what follows only within one entry, and a link's title labels no date."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._text = ""
        self._at = -1  # the number of tokens when `_text` was read
        self._is_half_taken = False  # whether `_text` is the last token, a date without its year
        self.label = ""  # `_text`, where it may label what follows

    def note(self, text: str, printed: Printed | None, anchor: Anchor | None) -> None:
        """Remember `text`, which was read as `printed` and stands in the link `anchor`."""
        self._text, self._at = text, len(self._tokens)
        self._is_half_taken = printed is not None and printed.year is None and printed.ago is None
        self.label = "" if anchor is not None and anchor.shown.strip() == text else text

    def head(self, text: str) -> None:
        """Let what heads a column stand before what its cell says."""
        self._text, self._at, self.label = text, -1, text

    def end_link(self) -> None:
        """Keep what a link says from what stands behind it."""
        self.label = ""

    def end_entry(self) -> None:
        """Keep what an entry says from the next one: a label without its date, a date without its year."""
        self._at, self._is_half_taken, self.label = -1, False, ""

    @property
    def opens_bracket(self) -> bool:
        """Whether what follows stands in brackets."""
        return self._at == len(self._tokens) and self._text.endswith(_BRACKETS)

    def pair(self, text: str) -> Printed | None:
        """The date of which `text` is the second half, the first being the text before it."""
        if self._at != len(self._tokens) or not is_half(text):
            return None
        last = self._tokens[-1] if self._is_half_taken else None
        return read_pair(self._text, text) or (read_year(last, text) if isinstance(last, Printed) else None)

    def is_half_of(self, printed: Printed) -> bool:
        """Whether the half that was taken for a date already is one of `printed`: 06-02 over 2026."""
        last = self._tokens[-1] if self._is_half_taken and self._at == len(self._tokens) and printed.year else None
        return isinstance(last, Printed) and (last.month, last.day) == (printed.month, printed.day)

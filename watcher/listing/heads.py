"""What stands over rows and says what their dates are: heads of columns (成文日期 | 发布日期), a year, a month.

Heads stand in the same table as the rows, or in a table, a list or a box of their own before them. A head holds for
what follows it in the element around it, and where that holds no links and dates, in the next one.
"""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from dataclasses import replace
from typing import Final

from watcher.listing.dates import Printed, Trust, read_text
from watcher.listing.elements import HEADINGS
from watcher.listing.found import Token
from watcher.listing.frame import Frame
from watcher.listing.labels import Label, is_label, own_label

_MOST_COLUMNS: Final = 30
_YEAR: Final = re.compile(r"[【\[（(]?((?:19|20)[0-9]{2})\s?(年(?:度|\s?([01]?[0-9])\s?月份?)?)?[】\])）]?[:：]?")
_DAY: Final = re.compile(r"([0-3]?[0-9])\s?日")
_HEADINGS: Final = HEADINGS | {"dt", "th"}
_MOST_TOKENS: Final = 12  # of a row that is looked at
_TRUST: Final = {Label.PUBLICATION: Trust.LABELLED, Label.ANOTHER: Trust.ANOTHER, Label.END: Trust.MENTIONED}


def cell_head(frames: Sequence[Frame], row: Frame) -> str | None:
    """What the head of its table says of the cell of `row` that is opened."""
    table = next((frame for frame in reversed(frames[-5:]) if frame.tag == "table"), None)
    return table.header[row.cells] if table is not None and table.header and row.cells < len(table.header) else None


def note_heads(frames: Sequence[Frame], frame: Frame, texts: Sequence[str]) -> None:
    """Note what heads the columns, where `texts`, all that the closed `frame` holds, say that some are dates."""
    if not 1 < len(texts) <= _MOST_COLUMNS or not any(map(is_label, texts)):
        return
    if frame.tag == "tr" and len(texts) == frame.cells:
        table = next((above for above in reversed(frames[-3:]) if above.tag == "table"), None)
        if table is not None:
            table.header = list(texts)
    days = [label for text in texts if (label := own_label(text))]
    frame.days = days if len(days) > 1 else []


def label_dates(days: Sequence[Label] | None, tokens: MutableSequence[Token], start: int) -> None:
    """Judge the dates of a row, `tokens` from `start` on, by the heads over it, where these are as many.

    A row that leaves one out says not which: its dates stay as they are.
    """
    if not days or len(tokens) - start > _MOST_TOKENS:
        return
    places = [place for place in range(start, len(tokens)) if isinstance(tokens[place], Printed)]
    if len(places) == len(days):
        for place, label in zip(places, days, strict=True):
            token = tokens[place]
            if isinstance(token, Printed) and token.trust is Trust.PRINTED:
                tokens[place] = replace(token, trust=_TRUST[label])


def hand_on(frame: Frame, parent: Frame) -> None:
    """Let the heads in a closed `frame` that holds no links and dates hold for what follows it in `parent`."""
    parent.year, parent.month = frame.year, frame.month
    if frame.days is not None:
        parent.days = frame.days


class Years:
    """The years and months that head groups of rows, for dates that leave theirs out."""

    def __init__(self) -> None:
        self._last = (-1, 0, 0)  # how many tokens stood before the last one, and which it was

    def note(self, text: str, frame: Frame, at: int) -> None:
        """Note the year that `text` is, with `at` tokens before it; of several with nothing between, a menu, none."""
        match = _YEAR.fullmatch(text)
        if match is None or frame.anchor is not None or not (match[2] or frame.tag in _HEADINGS):
            return
        year, month = int(match[1]), int(match[3] or 0)
        is_menu = self._last[0] == at
        frame.year = 0 if is_menu and self._last[1] != year else year
        frame.month = 0 if is_menu and self._last[1:] != (year, month) else month
        self._last = (at, year, month)


def under_month(text: str, frame: Frame) -> Printed | None:
    """Return the date of which `text` is the day (18日), under the year and the month that head what is in `frame`."""
    match = _DAY.fullmatch(text) if frame.year and frame.month else None
    return read_text(f"{frame.year}-{frame.month}-{match[1]}") if match else None


def under_year(printed: Printed, frame: Frame) -> Printed:
    """Return `printed` with the year that heads what stands in `frame`, where it has none."""
    if printed.year or printed.ago is not None or not frame.year or printed.under:
        return printed
    return replace(printed, under=frame.year)

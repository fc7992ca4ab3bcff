"""When a known page is taken to be gone, and when it is asked again. Pure.

a known page answers                        then
404, 410, or in words that it is gone       nothing is told; it is asked again a day later
the same, a day after the first or later    the pages that stood beside it in the list are asked:
    they moved, and it is not known where to  it is where nobody knows (`LEFT_BEHIND`)
    half of them stand, or there are none     it is gone (`GONE`)
    more than half are gone too               the site is at fault (`ASTRAY`), which is a matter of the source's health
    else (they do not answer)                 not known yet (`UNSURE`)
itself, readable                            it is back
anything else                               neither gone nor back

The pages beside it, since a new address scheme, a lost folder or a wrong rule takes what is of one age together, while
newer articles stand. One that was found to be gone before counts as gone: else each would clear the way for the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from watcher.errors import FetchError, ReadError
from watcher.records.pages import PageRecord, PageStatus

# `not_found`: the site says with a 200, in a page of a few words, that there is no such page (`read.excuse`). Dynamic
# sites have no other answer for what they took down; like a 404 it has to last, and the pages beside it have to stand.
SAYS_GONE: Final = frozenset({"http_404", "http_410", "not_found"})
LEAST_APART: Final = timedelta(days=1)
# A page that is gone is looked for ever more rarely, for a year.
LONGEST: Final = timedelta(days=30)
FOLLOWED: Final = timedelta(days=365)
# Pages that are asked: an office pulls a few documents at once, a relaunch all of them.
MOST_BESIDE: Final = 8


class Finding(StrEnum):
    LEFT_BEHIND = "left_behind"
    GONE = "gone"
    ASTRAY = "astray"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Tally:
    """What the pages beside a missing one answered so far; `of` is how many there are."""

    of: int
    stand: int = 0
    gone: int = 0

    def counting(self, stands: bool | None) -> Tally:
        """With one more; None for a page that said neither."""
        if stands is None:
            return self
        return replace(self, stand=self.stand + 1) if stands else replace(self, gone=self.gone + 1)

    @property
    def finding(self) -> Finding | None:
        """None while the others have to be asked."""
        if 2 * self.stand >= self.of:
            return Finding.GONE
        return Finding.ASTRAY if 2 * self.gone > self.of else None


def says_gone(page: PageRecord, error: FetchError | ReadError) -> bool:
    """Whether an error says of a known announcement's page that it is gone, and not of a file beside it."""
    about = error.url if isinstance(error, FetchError) else page.url
    return page.kept and page.status is PageStatus.READ and about == page.url and error.code in SAYS_GONE


def is_due(page: PageRecord, now: datetime) -> bool:
    """Whether a page that is missing once more may be found to be gone."""
    absence = page.absence
    return absence is not None and absence.believed_at is None and now - absence.since >= LEAST_APART


def next_look(since: datetime, now: datetime) -> datetime | None:
    """When a page that is missing since then is asked again: after a day, then after half as long as it was missing."""
    if now - since < LEAST_APART:
        return since + LEAST_APART
    if now - since > FOLLOWED:
        return None
    return now + min(max((now - since) / 2, LEAST_APART), LONGEST)

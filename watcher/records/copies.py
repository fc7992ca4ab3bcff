"""What copies of a text are looked for among."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored text that may be the same as a fresh one, with what tells copies from versions.

    `key`: the canonical address of its announcement's original, `pages`: those of all its pages, each with what a list
    calls it; `linked`: one of these names the fresh page as its original, or is named by it; `names_it`: the first of
    the two.
    """

    announcement: int
    title: str | None
    text: str
    region: str | None
    key: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    near_miss: bool = False
    linked: bool = False
    names_it: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The likeliest first; `latest` is the newest revision that was looked at."""

    neighbours: tuple[Neighbour, ...]
    latest: int


class Tie(StrEnum):
    """What a page is to the announcement that it belongs to."""

    STANDS = "stands"  # the page that stands for it
    PLACE = "place"  # a copy that is known as one
    COPY = "copy"  # a copy, found now
    ORIGINAL = "original"  # found now: the original of what was known from copies


@dataclass(frozen=True, slots=True)
class Copied:
    """Which announcement a copy belongs to from now on: `joins`, instead of `leaves`.

    `looked_at` is the newest revision among which its original was looked for.
    """

    joins: int | None = None
    leaves: int | None = None
    looked_at: int | None = None


NO_COPY: Final = Copied()

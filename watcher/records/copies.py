"""What copies of a text are looked for among."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored text that may be the same as a fresh one, with what tells copies from versions.

    `listed`: what lists call the pages of its announcement.
    """

    announcement: int
    title: str | None
    text: str
    region: str | None
    listed: tuple[str, ...] = ()
    near_miss: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The likeliest first; `latest` is the newest revision that was looked at."""

    neighbours: tuple[Neighbour, ...]
    latest: int

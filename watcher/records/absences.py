"""Known pages that their sites say are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """`since`: the first answer that said so since the page was last read; `believed_at`: when that was believed."""

    since: datetime
    believed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A page, listed by `sources`, that its site said was gone; `back_at` None while it is."""

    url: str
    sources: tuple[str, ...]
    since: datetime
    believed_at: datetime | None = None
    back_at: datetime | None = None

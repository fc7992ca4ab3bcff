"""A known page that its site says is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """`since`: the first answer that said so since the page was last read; `believed_at`: when that was believed."""

    since: datetime
    believed_at: datetime | None = None

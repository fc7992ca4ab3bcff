"""What a site's robots.txt says to us, as it outlives the process that read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SiteRules:
    """`site`: scheme, host and port; `token`: the name by which the file called us when it was read.

    `lines`: its rules for that name, as written; "" allows everything. `until`: when to ask for the file again; what it
    said holds beyond that while it cannot be had.
    """

    site: str
    token: str
    lines: str
    until: datetime

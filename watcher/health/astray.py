"""Known articles that are gone together: the site was rebuilt or is broken, and none of them was withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watcher.health.states import Sign
from watcher.records.problem import Problem
from watcher.records.sources import SourceState

# After that it is known: the old addresses of a rebuilt site never come back.
SAID_FOR: Final = timedelta(days=7)


def astray_since(before: datetime | None, now: datetime, *, astray: bool, stands: bool) -> datetime | None:
    """Since when articles are gone together, after a pass that found more of them, or found one that stands again."""
    if astray:
        return before or now
    return None if stands else before


def gone_together(since: datetime | None, now: datetime) -> Sign | None:
    if since is None or now - since > SAID_FOR:
        return None
    message = "articles that were read are gone, and so are those that stood beside them"
    hint = "open one in a browser: the site may have been rebuilt; none of them is taken to be withdrawn"
    return Sign(SourceState.MOVED, Problem("articles_gone", message, hint))

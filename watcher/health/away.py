"""Known articles that are not believed together: in their places stands the home page, a notice, a check, an error.

One that is broken, for however long, is no sign, nor are a few: it takes most of those that were looked at since the
first of them went, three at least, in two passes at least. What says that it is gone has rules of its own (`astray`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watcher.health.articles import ENTRIES, PASSES
from watcher.health.astray import SAID_FOR
from watcher.health.states import BLOCKED, MOVED, Sign
from watcher.recheck import looks
from watcher.records.passes import Relook
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Away

# Articles that go so long after each other do so for reasons of their own.
APART: Final = timedelta(days=7)
_HINT: Final = "open one in a browser; they are kept as they were, none is taken to have changed or to be withdrawn"
_LEAD_ELSEWHERE: Final = MOVED | {"back_to_list"}


def after_relooks(before: Away, relooks: Sequence[Relook], now: datetime) -> tuple[Away, Sign | None]:
    """What is known of the articles that went, after a pass that looked at these again, and the sign that most did."""
    fallen = [one for one in relooks if one.problem is not None]
    if fallen:
        before = _with(before, fallen, now)
    back = sum(one.problem is None and one.page.attempts > 0 for one in relooks)
    stood = sum(one.problem is None and _is_first_look(one, before.since, now) for one in relooks)
    away = replace(before, articles=max(before.articles - back, 0), stood=before.stood + stood)
    if not away.articles:
        return Away(), None
    return away, _sign(away, now)


def is_away(problem: Problem | None) -> bool:
    """Whether it is that of a source most of whose articles are away."""
    return problem is not None and problem.code == "articles_away"


def _with(before: Away, fallen: Sequence[Relook], now: datetime) -> Away:
    """Those that went before and these; a new count where the last one went long ago."""
    first = sum(one.page.attempts == 0 for one in fallen)
    if first and (before.last is None or now - before.last > APART):
        before = Away(since=now)
    return replace(
        before,
        since=before.since or now,
        last=now if first else before.last,
        tried=now,
        articles=before.articles + first,
        passes=before.passes + 1,
        problem=fallen[-1].problem,
    )


def _is_first_look(one: Relook, since: datetime | None, now: datetime) -> bool:
    """Whether an article that stands was not counted since then, by the moments at which it is due."""
    if since is None:
        return False
    seen, kept = one.page.first_seen, one.page.kept
    return one.page.attempts > 0 or looks(seen, now, kept=kept) - looks(seen, since, kept=kept) <= 1


def _sign(away: Away, now: datetime) -> Sign | None:
    if away.problem is None or away.since is None or away.tried is None:
        return None
    if away.articles < max(ENTRIES, away.stood + 1) or away.passes < PASSES:
        return None
    elsewhere = away.problem.code in _LEAD_ELSEWHERE
    # A rebuilt site's old addresses never come back: after a while that is known. A check or a notice ends.
    if now - (away.since if elsewhere else away.tried) > SAID_FOR:
        return None
    state = SourceState.BLOCKED if away.problem.code in BLOCKED else SourceState.FAILING
    state = SourceState.MOVED if elsewhere else state
    message = f"its list is read, but most known articles are not, {away.articles} by now: {away.problem.message}"
    facts = (("entries", f"{away.articles}"), ("why", away.problem.code))
    hint = _HINT if elsewhere else away.problem.hint or _HINT  # that of one article is to look for its new address
    return Sign(state, Problem("articles_away", message, hint, facts))

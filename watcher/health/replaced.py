"""Announcements in whose place their site's home page, their list or a login stands: kept as they were, told of once.

It is no state of the source, whose list is read, and it has no end: to lead its address home is how many sites take an
article down, which then never comes back. Nor is it a withdrawal, since whole sites do so for an hour. What most of a
source's articles do is trouble of the source (`away`), and no news of each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watcher.counted import counted
from watcher.health.states import TROUBLE_AFTER
from watcher.recheck import HORIZON
from watcher.records.passes import Relook
from watcher.records.problem import Problem
from watcher.records.sources import Health
from watcher.records.usual import Replaced

INSTEAD: Final = frozenset({"home_page", "back_to_list", "login"})
SHOWN_FOR: Final = timedelta(days=7)
# Between two that a source is told of.
APART: Final = timedelta(days=1)
# As many are remembered: a source of which more are gone is in trouble.
MOST: Final = 20
_HINT: Final = (
    "open it in a browser: it may have been taken down, or be at another address; "
    "it is kept as it was, and not taken to be withdrawn"
)


def after_relooks(before: Sequence[Replaced], relooks: Sequence[Relook], now: datetime) -> tuple[Replaced, ...]:
    """Those that are replaced, after a pass that looked at these again; the first of them first.

    One that is back is forgotten after a while, so that an address which comes and goes is told of once. One that was
    replaced before and is not remembered is known: there were too many, or an earlier version told of none.
    """
    found = {one.key: one for one in before if now - (one.since if one.tries else one.told or now) <= _kept(one)}
    for relook in relooks:
        page, problem = relook.page, relook.problem
        known = found.get(page.key)
        if problem is None and known is not None:
            found[page.key] = replace(known, tries=0)
        elif problem is not None and problem.code in INSTEAD and page.kept:
            long_since = known is None and page.problem in INSTEAD and page.attempts > TROUBLE_AFTER
            one = known or Replaced(page.key, page.title, page.url, problem, now, told=now if long_since else None)
            found[page.key] = replace(one, tries=one.tries + 1, problem=problem, since=one.since if one.tries else now)
    worth = (one for one in found.values() if one.tries or one.told)
    return tuple(sorted(worth, key=lambda one: one.told is not None)[:MOST])


def without(before: Sequence[Replaced], missing: Collection[str]) -> tuple[Replaced, ...]:
    """Those that are not `missing` (keys of pages): their site says now that they are gone."""
    return tuple(one for one in before if one.key not in missing)


def _kept(one: Replaced) -> timedelta:
    return HORIZON if one.tries else SHOWN_FOR


def news(replaced: Sequence[Replaced], now: datetime) -> tuple[Replaced, ...]:
    """Those to be told of: not yet told, and no weather of the network (`TROUBLE_AFTER`); a day's together."""
    if any(one.told is not None and now - one.told < APART for one in replaced):
        return ()
    return tuple(one for one in standing(replaced) if one.told is None)


def standing(replaced: Sequence[Replaced]) -> tuple[Replaced, ...]:
    """Those that are replaced now, by more than the weather of the network."""
    return tuple(one for one in replaced if one.tries >= TROUBLE_AFTER)


def shown(replaced: Sequence[Replaced], now: datetime) -> tuple[Replaced, ...]:
    """Those that are worth a line in the state of their source: for a week from when they were told."""
    return tuple(one for one in standing(replaced) if now - (one.told or now) <= SHOWN_FOR)


def told(replaced: Sequence[Replaced], now: datetime) -> tuple[Replaced, ...]:
    return tuple(replace(one, told=one.told or now) if one.tries >= TROUBLE_AFTER else one for one in replaced)


def as_problem(replaced: Sequence[Replaced]) -> Problem:
    """What is said of these; there is one at least."""
    first, others = replaced[0], len(replaced) - 1
    these = f"《{first.title}》 and {counted(others, 'other')} are" if others else f"《{first.title}》 is"
    message = f"{these} no longer there, {first.url}: {first.problem.message}"
    facts = (("title", first.title), ("url", first.url), ("entries", f"{len(replaced)}"), ("why", first.problem.code))
    return Problem("article_replaced", message, _HINT, facts)


def as_trouble(replaced: Sequence[Replaced], health: Health) -> Health:
    """How their source is, with these as its problem."""
    return replace(health, problem=as_problem(replaced), since=replaced[0].since, failures=0, retry_at=None)

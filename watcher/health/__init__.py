"""How a source is: what its passes say, held against what was usual in earlier ones. Pure.

articles              whether entries can be opened at all
away                  known articles that are not believed together
replaced              announcements in whose place another page of the site stands
states                what an outcome makes of a source's state, and when that is news
level, size, speed    numbers that stay about the same: entries in the list, seconds until it is there
lost                  entries that may never be seen
rhythm                how often new entries come
astray                articles that are gone together
backoff               when a source that failed is asked again
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from watcher.health import articles, away, replaced, rhythm, size, speed
from watcher.health.astray import astray_since, gone_together
from watcher.health.backoff import asked_for, retry_at
from watcher.health.states import Sign, after_failure, after_success, problem_of, state_of
from watcher.records.passes import Look, Openings
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Usual
from watcher.sanity import DOUBTS, is_move, kinds_of

__all__ = [
    "Sign", "after_failure", "after_success", "asked_for", "astray_since", "doubted", "learn", "problem_of", "retry_at",
    "state_of",
]  # fmt: skip


def learn(usual: Usual, look: Look, opened: Openings, asked: str, now: datetime) -> tuple[Usual, Sign | None]:
    """What is usual after a pass that read a listing, and what in it a person should know.

    Args:
        opened: what came of the entries that the pass opened.
        asked: the address of the listing.
    """
    fresh_year = look.listing is not None and size.is_new_year(look.listing.links, now)
    entries, shorter = size.after_listing(usual.entries, look.entries, now, fresh_year=fresh_year)
    seconds, slower = speed.after_answer(usual.seconds, look.took_s, now)
    beat = rhythm.after_entries(usual.rhythm, look.added, now)
    unopened, shut = articles.after_tries(usual.unopened, opened.tries)
    gone, unbelieved = away.after_relooks(usual.away, opened.relooks, now)
    fresh = replace(usual, entries=entries, seconds=seconds, rhythm=beat, unopened=unopened, away=gone)
    there = replaced.without(usual.replaced, opened.missing)
    fresh = replace(fresh, replaced=replaced.after_relooks(there, opened.relooks, now))
    fresh = replace(fresh, trust=look.trust, doubted_since=None, pursuit=look.pursuit)
    if look.listing is not None:
        fresh = replace(fresh, title=look.listing.title, kinds=kinds_of(look.listing.links))
    together = gone_together(usual.astray_since, now)
    signs = (_moved(asked, look.moved_to), together, shorter, shut, unbelieved, rhythm.silence(beat, now), slower)
    return fresh, next((sign for sign in signs if sign is not None), None)


def _moved(asked: str, to: str | None) -> Sign | None:
    if to is None or not is_move(asked, to):
        return None
    hint = f"set `url: {to}` for this source in the configuration; the same list goes on there, and its news are told"
    return Sign(SourceState.MOVED, Problem("moved", f"the address has moved for good to {to}", hint, (("to", to),)))


def doubted(usual: Usual, code: str, now: datetime) -> Usual:
    """What is usual after a pass that failed by the error `code`: nothing else, but since when the list is doubted."""
    if code == "home_page":  # known for what it is, and no list that might be taken on
        return replace(usual, doubted_since=None)
    return replace(usual, doubted_since=usual.doubted_since or now) if code in DOUBTS else usual

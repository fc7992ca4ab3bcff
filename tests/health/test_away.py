"""Known articles that are not believed together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from watcher.health.away import after_relooks
from watcher.model import Validators
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Relook
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Away

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOME = Problem("home_page", "the address leads to the site's home page", "look for its new address")
CHECK = Problem("challenge", "a check for real browsers stands in front", "set `proxy`")
SEEN = PageRecord(
    id=1,
    source="bureau",
    key="bureau.example/1.html",
    url="http://bureau.example/1.html",
    title="文章",
    listed=date(2026, 3, 1),
    baseline=False,
    first_seen=NOW,
    status=PageStatus.READ,
    attempts=0,
    validators=Validators(),
    kept=True,
)


def said(passes: tuple[str, ...], problem: Problem = HOME) -> str:
    """One letter a day: `x` where most are away. A pass: n newly away, r away again, b back, o read as before."""
    known, result, now = Away(), "", NOW + 8 * DAY
    looks = {
        "n": Relook(SEEN, problem),
        "r": Relook(replace(SEEN, attempts=3), problem),
        "b": Relook(replace(SEEN, attempts=3), None),
        "o": Relook(SEEN, None),
    }
    for one in passes:
        now += DAY
        known, sign = after_relooks(known, [looks[letter] for letter in one], now)
        result += "." if sign is None else "x"
    return result


@pytest.mark.parametrize(
    ("passes", "result"),
    [
        (("nnnn", "rrrr", "", "rr"), ".xxx"),
        (("nnnn", "", ""), "..."),  # a site may be down for one pass
        (("n", "r", "r", "r"), "...."),  # one broken article
        (("nn", "rr", "rr"), "..."),
        (("nnnooo", "rrr", "rrr"), "..."),  # as many are there
        (("nnnoo", "rrr", "rrr"), ".xx"),
        (("nnnn", "rrrr", "bb", "bb"), ".x.."),
        (("nnnn", "rrrr", "bbbb", "nnn", "rrr"), ".x..x"),
        (("n", *[""] * 7, "n", *[""] * 7, "n", "r"), "." * 18),  # each for a reason of its own
    ],
)
def test_most_of_the_known_articles_in_several_passes(passes: tuple[str, ...], result: str) -> None:
    assert said(passes) == result


def test_old_addresses_of_a_rebuilt_site_are_known_after_a_week_a_check_is_told_while_it_stands() -> None:
    passes = ("nnnn", *["rrrr"] * 10)
    assert said(passes) == ".xxxxxxx..."
    assert said(passes, CHECK) == ".xxxxxxxxxx"
    assert said((*passes, *[""] * 9), CHECK) == ".xxxxxxxxxx" + "xxxxxxx.."  # none of them is looked at any more


def test_an_article_that_stands_counts_once() -> None:
    known, _ = after_relooks(Away(), [Relook(SEEN, HOME)] * 3, NOW + DAY)
    for hours in (24, 72, 144):  # looked at again when it is due
        known, _ = after_relooks(known, [Relook(SEEN, None)], NOW + DAY + timedelta(hours=hours))
    assert known.stood == 1


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (HOME, SourceState.MOVED),
        (CHECK, SourceState.BLOCKED),
        (Problem("maintenance", "the site says that it is being maintained"), SourceState.FAILING),
    ],
)
def test_the_sign_names_the_reason_and_the_next_step(problem: Problem, state: SourceState) -> None:
    known, _ = after_relooks(Away(), [Relook(SEEN, problem)] * 3, NOW)
    _, sign = after_relooks(known, [Relook(replace(SEEN, attempts=1), problem)], NOW + DAY)
    assert sign is not None
    assert (sign.state, sign.problem.code) == (state, "articles_away")
    assert sign.problem.message == f"its list is read, but most known articles are not, 3 by now: {problem.message}"
    assert sign.problem.hint
    assert dict(sign.problem.facts) == {"entries": "3", "why": problem.code}

"""Whether a source's articles can be opened at all."""

from __future__ import annotations

import pytest

from watcher.health.articles import after_tries
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Try, Unopened

PROBLEM = Problem("back_to_list", "the address leads back to the list", "it may be gone")
READ = Try(first=True, problem=None)


def said(*passes: str) -> str:
    """One letter a pass: `x` where none can be opened. A pass: n new and failed, r failed again, o read."""
    known, result = Unopened(), ""
    tries = {"n": Try(first=True, problem=PROBLEM), "r": Try(first=False, problem=PROBLEM), "o": READ}
    for one in passes:
        known, sign = after_tries(known, [tries[letter] for letter in one])
        result += "." if sign is None else "x"
    return result


@pytest.mark.parametrize(
    ("passes", "result"),
    [
        (("nnnn", "rrrr", "rrrr"), ".xx"),
        (("n", "n", "n", ""), "..xx"),  # also where a pass opens nothing
        (("nnnn", "", ""), "..."),  # a site may be down for one pass
        (("n", "r", "r", "r", "r"), "....."),  # one broken article
        (("nn", "rr", "rr"), "..."),
        (("nnno", "rrr", "rrr"), "..."),  # three broken ones beside one that is read
        (("nnn", "rrr", "rro", "rr"), ".x.."),
        (("nnn", "o", "n", "n", "n"), "....x"),
    ],
)
def test_several_entries_in_several_passes_and_none_that_is_read(passes: tuple[str, ...], result: str) -> None:
    assert said(*passes) == result


@pytest.mark.parametrize(("code", "state"), [("back_to_list", SourceState.FAILING), ("challenge", SourceState.BLOCKED)])
def test_the_sign_names_the_reason_and_the_next_step(code: str, state: SourceState) -> None:
    problem = Problem(code, "the address leads back to the list", "it may be gone")
    _, sign = after_tries(Unopened(5, 3, problem), [])
    assert sign is not None
    assert (sign.state, sign.problem.code, sign.problem.hint) == (state, "no_article", "it may be gone")
    assert sign.problem.message == (
        "its list is read, but none of its last 5 entries could be opened: the address leads back to the list"
    )

"""What two sequences have in common: as `difflib` finds it, and no less where that would take too long."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from watcher.change.matching import MOST_STEPS_EACH, Stretch, stretches

WORDS = st.text(alphabet="甲乙丙丁", max_size=14)
# With no comparison allowed, whatever has anything in it is matched in the other way.
BUDGETS = st.sampled_from((0, MOST_STEPS_EACH))


@given(WORDS, WORDS, BUDGETS)
def test_the_stretches_make_up_both_and_what_is_the_same_is_the_same(before: str, after: str, steps_each: int) -> None:
    found = list(stretches(before, after, steps_each))
    assert "".join(before[one.i : one.i_end] for one in found) == before
    assert "".join(after[one.j : one.j_end] for one in found) == after
    assert all(before[one.i : one.i_end] == after[one.j : one.j_end] for one in found if one.same)
    assert all(one.same != other.same for one, other in pairwise(found))


@given(WORDS, WORDS)
def test_within_the_budget_they_are_what_difflib_finds(before: str, after: str) -> None:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    assert list(stretches(before, after)) == [Stretch(kind == "equal", *at) for kind, *at in codes]


def longest_common(before: str, after: str) -> int:
    """The length of a longest common subsequence, by its definition."""
    lengths = [0] * (len(after) + 1)
    for one in before:
        row = [0]
        for j, other in enumerate(after):
            row.append(lengths[j] + 1 if one == other else max(row[-1], lengths[j + 1]))
        lengths = row
    return lengths[-1]


@given(WORDS, WORDS)
def test_beyond_it_as_much_as_possible_is_the_same(before: str, after: str) -> None:
    same = sum(one.i_end - one.i for one in stretches(before, after, 0) if one.same)
    assert same == longest_common(before, after)


def chosen(words: str, seed: int, count: int = 2000) -> list[str]:
    return random.Random(seed).choices(words, k=count)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["甲"] * 2000, ["甲"] * 1999),
        (["目" if n % 2 else f"甲{n}" for n in range(2000)], ["目" if n % 2 else f"乙{n}" for n in range(2000)]),
        (["目" if n % 2 else f"甲{n}" for n in range(2000)], ["目" if n % 3 else f"乙{n}" for n in range(2000)]),
        (list("甲乙" * 1000), list("乙甲乙丙" * 500)),
        (chosen("甲乙", 1), chosen("甲乙", 2)),
        (chosen("甲乙丙丁戊己庚辛壬癸", 1), chosen("甲乙丙丁戊己庚辛壬癸", 2)),
        ([str(n) for n in range(2000)], [str(n) for n in reversed(range(2000))]),
    ],
)
def test_what_repeats_is_matched_in_bounded_time(before: list[str], after: list[str]) -> None:
    """`difflib` alone takes up to a minute for one of these; they take 0.1 s at most."""
    found: list[Stretch] = []
    assert cpu_seconds(lambda: found.extend(stretches(before, after))) < 2
    assert [word for one in found for word in before[one.i : one.i_end]] == before

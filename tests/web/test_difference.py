"""Two revisions side by side on a page: what is shown of them, and what it costs."""

from __future__ import annotations

import random

from tests.store.examples import NOW, extraction
from tests.timing import cpu_seconds
from watcher.records.announcements import RevisionRecord
from watcher.web.difference import MOST_LOOKED_INTO, MOST_ROWS, Side, difference


def revision(number: int, text: str) -> RevisionRecord:
    return RevisionRecord(number, NOW, extraction(text))


def paragraphs(seed: int) -> str:
    """500 of 1,990 characters, of few kinds: to look into each pair of them takes as long as it may."""
    chance = random.Random(seed)
    return "\n".join(
        "相同的开头" + "".join(chance.choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", k=1985))
        for _ in range(500)
    )


def test_two_long_texts_are_shown_in_bounded_time_the_first_of_it_in_detail() -> None:
    before, after = revision(1, paragraphs(1)), revision(2, paragraphs(2))
    shown: list[Side] = []
    assert cpu_seconds(lambda: shown.extend(difference(before, after))) < 10
    sides = [side for side in shown if side.before and not side.same]
    assert len(sides) <= MOST_ROWS
    detailed = [len(side.before or ()) > 1 for side in sides]
    assert detailed == sorted(detailed, reverse=True)
    assert sum(detailed) == MOST_LOOKED_INTO // (2 * 1990)
    assert all(differs for side in sides[sum(detailed) :] for _, differs in side.before or ())

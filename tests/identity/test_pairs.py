"""Copies told from what only looks like one, on labelled pairs in our own words."""

from __future__ import annotations

from functools import cache

import pytest

from tests.identity.pairs import PAIRS, Pair
from tests.identity.texts import Page
from watcher.extract import extract
from watcher.identity.likeness import bands
from watcher.identity.relation import Relation, Writing, relate
from watcher.model import Document

# Of the pairs taken for copies, how many are; of the copies, how many are found. Raised, never lowered, with pairs.
PRECISION, RECALL = 1.0, 1.0


@cache
def writing(page: Page) -> Writing:
    found = extract(Document(page.title, page.text))
    return Writing.of(found.title, found.text, found.region.code if found.region else None)


def judged(pair: Pair) -> Relation | None:
    return relate(writing(pair.other), writing(pair.one))


def test_copies_are_found_and_nothing_else_is_taken_for_one() -> None:
    taken = {pair.says: judged(pair) is Relation.COPY for pair in PAIRS}
    copies = {pair.says: pair.relation is Relation.COPY for pair in PAIRS}
    assert len(copies) == len(PAIRS)
    right = sum(taken[name] and copies[name] for name in copies)
    wrong = [name for name in copies if taken[name] != copies[name]]
    assert right / sum(taken.values()) >= PRECISION, wrong
    assert right / sum(copies.values()) >= RECALL, wrong


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair.relation is not Relation.COPY], ids=lambda pair: pair.says
)
def test_what_is_no_copy_is_told_by_what_differs(pair: Pair) -> None:
    assert judged(pair) is pair.relation


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.relation is Relation.COPY], ids=lambda pair: pair.says)
def test_a_copy_has_a_band_in_common_with_its_original(pair: Pair) -> None:
    assert bands(pair.one.title, pair.one.text) & bands(pair.other.title, pair.other.text)

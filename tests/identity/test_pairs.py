"""Copies told from what only looks like one, on labelled pairs in our own words."""

from __future__ import annotations

from functools import cache

import pytest

from tests.identity.pairs import PAIRS, Pair
from tests.identity.texts import Page
from tests.timing import cpu_seconds
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


LONG = "".join(f"第{n}项任务要求各有关单位加强服务，" for n in range(1250))
DISTRICTS = ("薛城区", "峄城区", "台儿庄区", "山亭区")
ACTING = "".join(f"近日，{DISTRICTS[n % 4]}出台第{n}项措施，优化服务企业发展。" for n in range(10_000))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Each district is told of in every fourth sentence, and named nowhere in a long other text.
        (f"{LONG}{ACTING}", f"{LONG}枣庄市印发措施。{'某乙' * 500_000}"),
        ("\n".join(f"甲{n}\n目录" for n in range(9000)), "\n".join(f"乙{n}\n目录" for n in range(9000))),
        ("".join(f"奖励{n}万元，" for n in range(9000)), "".join(f"奖励{n + 1}万元，" for n in range(9000))),
        ("同一行同一行\n" * 9000, "同一行同一行\n" * 8999),
    ],
)
def test_texts_in_which_much_repeats_are_related_in_bounded_time(one: str, other: str) -> None:
    """Half a second at most."""

    def compare() -> tuple[Relation | None, frozenset[int]]:
        known, fresh = (Writing.of(title, text, "370400") for title, text in (("甲题", one), ("乙题", other)))
        return relate(fresh, known), bands("甲题", one)

    assert cpu_seconds(compare) < 4

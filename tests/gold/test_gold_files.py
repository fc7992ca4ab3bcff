"""The labelled documents are well-formed and split by their rule; what the rules make of them is tested elsewhere."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.gold.check import HERE, SPLITS, documents, numerals, problems

ALL = list(documents())


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_label_agrees_with_its_page(path: Path) -> None:
    assert problems(path) == []


def test_the_corpus_holds_the_sixty_documents_asked_for() -> None:
    assert len(ALL) >= 60


def test_every_page_has_its_label() -> None:
    for split in SPLITS:
        pages = {path.name for path in (HERE / split).iterdir() if path.suffix in (".txt", ".html")}
        assert pages == {json.loads(path.read_text("utf-8"))["input"] for path in (HERE / split).glob("*.json")}


def test_every_fifth_document_of_a_type_is_held_out() -> None:
    by_type: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(ALL, key=lambda path: path.name):
        by_type[json.loads(path.read_text("utf-8"))["type"]].append(path)
    for paths in by_type.values():
        assert [path.parent.name == "held" for path in paths] == [n % 5 == 0 for n in range(1, len(paths) + 1)]


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("3—5万元", "50000"),
        ("一千二百名", "1200"),
        ("三分之二以上", "0.666667"),
        ("1.52万亿元", "1520000000000"),
        ("两成", "20"),
        ("二十亿元", "2000000000"),
    ],
)
def test_numerals_are_read_in_all_their_spellings(quote: str, value: str) -> None:
    assert Decimal(value) in numerals(quote)


def test_a_wrong_value_is_noticed() -> None:
    assert Decimal(301) not in numerals("最高300万元")

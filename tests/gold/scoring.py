"""Hold a line of `watcher extract --json` against its label, by the definitions of the extraction contract.

A figure is found when an unused predicted one has the same kind, low, high and unit (`value`); it is `full` when
qualifier, change and previous agree too. Optional items are neither rewarded nor punished. What is predicted with a
span that does not hold counts as wrong, and so does a line that is an error or not of the schema's form. Of the
required figures that were found, `quote` is the share with the label's quote, `subject` the mean overlap of the
subjects' bigrams, `measure` the share that stands in the right measure.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

Json = dict[str, Any]
Item = tuple[Hashable, ...]

SCHEMA = Path(__file__).parent / "announcement.schema.json"
METRICS = ("detection", "value", "full", "deadlines", "measures", "cited", "fields", "quote", "subject", "measure")
FIELDS = (
    "announcement", "type", "title", "published", "issuer", "region.code", "document_title", "document_number",
    "measure_count", "source.name", "source.original_url",
)  # fmt: skip

# Differs from page to page and means nothing.
_PUNCTUATION = str.maketrans("", "", "“”\"'‘’《》〈〉「」『』()[]〔〕【】,，。.、:;!?—–-~～·…")


# --- what is counted -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of `expected` and of `found` agree. A share of cases is a tally with as many expected as found."""

    right: float = 0
    expected: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.expected + other.expected, self.found + other.found)

    @property
    def f1(self) -> float:
        """Twice the agreement by all there is; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.expected + self.found) if self.expected + self.found else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    document: str
    metric: str
    what: str

    def __str__(self) -> str:
        return f"{self.document}: {self.metric}: {self.what}"


@dataclass(slots=True)
class Sheet:
    """The marks of one document or of many: a tally a metric, and what was missed."""

    document: str = ""
    tallies: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(METRICS, Tally()))
    misses: list[Miss] = field(default_factory=list)

    def mark(self, metric: str, tally: Tally, *misses: str) -> None:
        self.tallies[metric] += tally
        self.misses += [Miss(self.document, metric, what) for what in misses]

    def case(self, metric: str, points: float, miss: str) -> None:
        """One case of a share, worth up to a point; below half a point it is a miss."""
        self.mark(metric, Tally(points, 1, 1), *([miss] if points < 0.5 else []))

    def add(self, other: Sheet) -> None:
        for metric, tally in other.tallies.items():
            self.tallies[metric] += tally
        self.misses += other.misses

    def figures(self) -> dict[str, float]:
        return {metric: tally.f1 for metric, tally in self.tallies.items()}


# --- one document --------------------------------------------------------------------------------------------------


def score(gold: Json, line: Json) -> Sheet:
    """The marks of one line of `watcher extract --json` against its label."""
    sheet = Sheet(Path(gold["input"]).stem)
    if "error" in line or not is_valid(line):
        sheet.mark("detection", Tally(), f"no line of the schema's form: {line.get('error')}")
        line = {"announcement": not gold["announcement"], "text": ""}
    _score_detection(sheet, gold["announcement"], line["announcement"])
    _score_fields(sheet, gold, line)
    if "figures" in gold:
        _score_figures(sheet, gold["figures"], line.get("figures", []), line["text"])
    for metric in ("deadlines", "measures", "cited"):
        name = "cited_documents" if metric == "cited" else metric
        if name in gold:
            _score_items(sheet, metric, gold[name], line.get(name, []), line["text"])
    return sheet


def is_valid(line: Json) -> bool:
    """Whether a line keeps to the contract's schema."""
    return bool(_validator().is_valid(line))


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _score_detection(sheet: Sheet, expected: bool, found: bool) -> None:
    tally = Tally(expected and found, expected, found)
    sheet.mark("detection", tally, *([f"expected {expected}"] if expected != found else []))


def _score_fields(sheet: Sheet, gold: Json, line: Json) -> None:
    for name in FIELDS:
        if name.split(".")[0] in gold:
            expected, found = _field(gold, name), _field(line, name)
            sheet.case("fields", _same(expected, found), f"{name}: expected {expected!r}, found {found!r}")


def _field(document: Json, name: str) -> object:
    value: Any = document
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _same(one: object, other: object) -> bool:
    return bare(one) == bare(other) if isinstance(one, str) and isinstance(other, str) else one == other


def bare(text: str) -> str:
    """`text` with width folded, without white space and punctuation."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_PUNCTUATION).split())


# --- figures -------------------------------------------------------------------------------------------------------


def _score_figures(sheet: Sheet, gold: list[Json], found: list[Json], text: str) -> None:
    pairs = _paired(gold, found, text)
    required = [(gold[i], found[j]) for i, j in pairs.items() if not gold[i].get("optional")]
    missed = [one for i, one in enumerate(gold) if i not in pairs and not one.get("optional")]
    invented = [one for j, one in enumerate(found) if j not in pairs.values()]
    counted = (len(required) + len(missed), len(required) + len(invented))
    sheet.mark(
        "value",
        Tally(len(required), *counted),
        *(f"missed {one['quote']} {_value(one)}" for one in missed),
        *(f"invented {one['quote']} {_value(one)}" for one in invented),
    )
    partly = [(one, other) for one, other in required if _meaning(one) != _meaning(other)]
    sheet.mark(
        "full",
        Tally(len(required) - len(partly), *counted),
        *(f"{one['quote']}: expected {_meaning(one)}, found {_meaning(other)}" for one, other in partly),
    )
    for one, other in required:
        _score_detail(sheet, one, other)


def _score_detail(sheet: Sheet, gold: Json, found: Json) -> None:
    quote = gold["quote"]
    sheet.case("quote", bare(quote) == bare(found["quote"]), f"{quote}: found {found['quote']}")
    if gold.get("subject"):
        points = overlap(gold["subject"], found["subject"] or "")
        sheet.case("subject", points, f"{quote}: expected {gold['subject']}, found {found['subject']} ({points:.2f})")
    if gold.get("measure") is not None:
        right = gold["measure"] == found["measure"]
        sheet.case("measure", right, f"{quote}: expected {gold['measure']}, found {found['measure']}")


def _paired(gold: list[Json], found: list[Json], text: str) -> dict[int, int]:
    """Which labelled figure (by its place) is which found one: required before optional, best agreement first."""
    standing = [(j, one) for j, one in enumerate(found) if _stands(one, text)]
    candidates = sorted(
        (bool(one.get("optional")), -_agreement(one, other), i, j)
        for i, one in enumerate(gold)
        for j, other in standing
        if _value(one) == _value(other)
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in candidates:
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _agreement(gold: Json, found: Json) -> int:
    """Points by which two figures of one value are taken for the same mention."""
    ours, theirs = bare(gold["quote"]), bare(found["quote"])
    return 2 * (_meaning(gold) == _meaning(found)) + (ours in theirs or theirs in ours) + (ours == theirs)


def _value(figure: Json) -> Hashable:
    return figure["kind"], *_amount(figure)


def _amount(value: Json) -> tuple[float, float, str]:
    return round(float(value["low"]), 6), round(float(value["high"]), 6), value["unit"]


def _meaning(figure: Json) -> Hashable:
    """What `full` asks for beside the value."""
    previous = figure.get("previous")
    return figure.get("qualifier", "exact"), figure.get("change"), previous and _amount(previous)


def overlap(one: str, other: str) -> float:
    """F1 of the bigrams of two phrases; 0 where one is empty."""
    ours, theirs = _bigrams(bare(one)), _bigrams(bare(other))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))} - {""}


# --- deadlines, measures, cited documents --------------------------------------------------------------------------


def _score_items(sheet: Sheet, metric: str, gold: list[Json], found: list[Json], text: str) -> None:
    fallen = [one for one in found if "start" in one and not _stands(one, text)]
    wanted = Counter(_item(metric, one) for one in gold if not one.get("optional"))
    got = Counter(_item(metric, one) for one in found if one not in fallen)
    right, missed, invented = wanted & got, wanted - got, got - wanted
    _forgive(invented, [_item(metric, one) for one in gold if one.get("optional")])
    sheet.mark(
        metric,
        Tally(right.total(), wanted.total(), right.total() + invented.total() + len(fallen)),
        *(f"missed {one}" for one in missed.elements()),
        *(f"invented {one}" for one in invented.elements()),
        *(f"its span does not hold: {_item(metric, one)}" for one in fallen),
    )


def _item(metric: str, item: Json) -> Item:
    """What makes two items of `metric` the same; an optional one forgives by the first part."""
    if metric == "deadlines":
        return (item["date"],)
    if metric == "measures":
        return item["number"], bare(item["heading"])
    return bare(item["title"]), item.get("measure_count"), item.get("year")


def _forgive(invented: Counter[Item], optional: list[Item]) -> None:
    for one in optional:
        forgiven = next((other for other in invented.elements() if other[0] == one[0]), None)
        if forgiven is not None:
            invented[forgiven] -= 1


def _stands(item: Json, text: str) -> bool:
    start, end = item["start"], item["end"]
    return 0 <= start < end <= len(text) and bool(item.get("quote", text[start:end]) == text[start:end])

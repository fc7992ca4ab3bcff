"""What a copy means for what is stored, and who hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.examples import extraction, source, subscription
from watcher.decide import Decision, News, candidate_of, decide_copy, newcomers
from watcher.model import AnnouncementType, Document, Verdict
from watcher.news import EventKind
from watcher.records.copies import Tie
from watcher.records.passes import Action, Known
from watcher.settings import Where

FRESH, OTHER = extraction(), extraction(verdict=Verdict(AnnouncementType.OTHER, 0.4, near_miss=True))
KNOWN = Known(1, 3, "old", FRESH, Document(FRESH.title, FRESH.text), ("bureau",), regions=("440000",))
NEWS, SILENT = News(listed=True), News()


@pytest.mark.parametrize(
    ("tie", "news", "fingerprint", "decision"),
    [
        (Tie.COPY, NEWS, "new", Decision(Action.JOIN, EventKind.REPOST, listed=True)),
        (Tie.COPY, SILENT, "new", Decision(Action.JOIN)),
        (Tie.PLACE, NEWS, "new", Decision(Action.SEEN, listed=True)),
        (Tie.PLACE, SILENT, "new", Decision(Action.SEEN)),
        (Tie.ORIGINAL, NEWS, "new", Decision(Action.REVISE, EventKind.REPOST, listed=True, stands=True)),
        (Tie.ORIGINAL, NEWS, "old", Decision(Action.JOIN, EventKind.REPOST, listed=True, stands=True)),
        (Tie.ORIGINAL, SILENT, "new", Decision(Action.REVISE, stands=True)),
    ],
)
def test_a_copy_is_one_more_place(tie: Tie, news: News, fingerprint: str, decision: Decision) -> None:
    assert decide_copy(KNOWN, FRESH, fingerprint, news, tie) == decision


@pytest.mark.parametrize("tie", [Tie.COPY, Tie.ORIGINAL])
def test_a_copy_that_reads_as_less_is_a_place_and_no_news(tie: Tie) -> None:
    assert decide_copy(KNOWN, OTHER, "new", NEWS, tie) == Decision(Action.JOIN)


@pytest.mark.parametrize(
    ("where", "concerned"),
    [
        (Where(), False),
        (Where(sources=("paper",)), True),
        (Where(sources=("bureau", "paper")), False),
        (Where(regions=("370000",)), False),
        (Where(keywords=replace(Where().keywords, any=("无此词",))), True),
    ],
)
def test_to_whom_a_copy_is_the_first_they_hear(where: Where, concerned: bool) -> None:
    reader = subscription(where=where)
    candidate = candidate_of(EventKind.NEW, source("paper"), FRESH, KNOWN.places)
    assert (newcomers([reader], KNOWN, candidate) == [reader]) is concerned


@pytest.mark.parametrize(("region", "concerned"), [("440000", False), ("370000", True)])
def test_where_the_text_names_no_region_its_places_do(region: str, concerned: bool) -> None:
    reader, placeless = subscription(where=Where(regions=(region,))), replace(FRESH, region=None)
    candidate = candidate_of(EventKind.NEW, source("paper", region="370000"), placeless, KNOWN.places)
    assert (newcomers([reader], KNOWN, candidate) == [reader]) is concerned

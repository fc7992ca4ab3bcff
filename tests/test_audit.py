"""Which passes ask in full, and which servers lose conditional requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
import pytest_asyncio

from tests.sites import Answer, Request, Site
from watcher.audit import (
    AUDIT_DATED_EVERY,
    AUDIT_EVERY,
    AUDIT_LOOKS_EVERY,
    Asking,
    after_pass,
    asking,
    asks_in_full,
    cross_examines,
    of_article,
)
from watcher.fetch import Fetcher
from watcher.model import NotModified, Page, Validators
from watcher.recheck import ANNOUNCEMENT_AGES, OTHER_AGES
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.usual import Trust
from watcher.settings import Options

GIVEN = Validators('"a"', None)
NOW = datetime(2026, 6, 2, tzinfo=UTC)
LIE = NotModified("http://x/", NOW)


def page(etag: str) -> Page:
    return Page("http://x/", "http://x/", 200, b"", NOW, validators=Validators(etag))


def passes(source_id: str, count: int, trust: Trust = Trust(), given: Validators = GIVEN) -> list[bool]:  # noqa: B008 (frozen)
    """Whether each of `count` passes in a row asks in full."""
    asked = []
    for _ in range(count):
        asked.append(asks_in_full(trust, given, source_id))
        trust = after_pass(trust, None)
    return asked


@pytest.mark.parametrize("source_id", ["sd-dsdt", "weifang", "miit"])
def test_every_few_passes_one_asks_in_full(source_id: str) -> None:
    asked = passes(source_id, AUDIT_EVERY * 4)
    assert not any(asked[:AUDIT_EVERY])
    assert asked.count(True) == 3
    assert asked[AUDIT_EVERY : AUDIT_EVERY * 2] == asked[AUDIT_EVERY * 2 : AUDIT_EVERY * 3]


def test_a_server_that_gives_dates_alone_is_asked_in_full_more_often() -> None:
    asked = passes("sd-dsdt", AUDIT_DATED_EVERY * 4, given=Validators(None, "Mon"))
    assert any(asked[:AUDIT_DATED_EVERY])
    assert asked.count(True) == 4


@pytest.mark.parametrize(
    ("in_full", "given", "conditional"),
    [
        (False, GIVEN, True),
        (False, Validators(None, "Mon"), False),  # an edit may carry an older date
        (False, Validators(), False),
        (True, GIVEN, False),
    ],
)
def test_an_article_is_asked_conditionally_only_by_what_is_compared_for_equality(
    in_full: bool, given: Validators, conditional: bool
) -> None:
    assert of_article(given, in_full=in_full) == (given if conditional else None)


def test_sources_do_not_all_take_the_same_pass() -> None:
    turns = [passes(f"source-{number}", AUDIT_EVERY * 2).index(True) - AUDIT_EVERY for number in range(600)]
    assert all(turns.count(turn) > 60 for turn in range(AUDIT_EVERY))


def test_a_source_that_was_caught_is_always_asked_in_full() -> None:
    assert all(passes("sd-dsdt", AUDIT_EVERY * 2, after_pass(Trust(), LIE)))


@pytest.mark.parametrize(
    ("trust", "given", "in_full", "news", "asks"),
    [
        (Trust(), GIVEN, True, True, True),
        (Trust(), Validators(None, "yesterday"), True, True, True),
        (Trust(), GIVEN, False, True, False),  # an honest 200 to a conditional request
        (Trust(), GIVEN, True, False, False),  # other bytes, such as a visit counter, hide nothing
        (Trust(), Validators(), True, True, False),
        (Trust(caught=True), GIVEN, True, True, False),
    ],
)
def test_only_news_of_an_audit_leads_to_a_second_question(
    trust: Trust, given: Validators, in_full: bool, news: bool, asks: bool
) -> None:
    assert cross_examines(trust, given, in_full=in_full, news=news) is asks


@pytest.mark.parametrize(("second", "caught"), [(None, False), (page('"b"'), False), (LIE, True)])
def test_only_a_304_to_the_second_question_is_a_lie(second: Page | NotModified | None, caught: bool) -> None:
    assert after_pass(Trust(passes=3), second) == Trust(passes=4, caught=caught)


def test_a_lie_is_not_forgotten() -> None:
    assert after_pass(Trust(5, caught=True), page('"b"')).caught


class Backdated:
    """A server that compares dates as RFC 9110 says, and copies a page whose date is older than the page before."""

    def __init__(self) -> None:
        self.body, self.changed = b"<li>one", NOW

    def replace(self, body: bytes, by: timedelta) -> None:
        self.body, self.changed = body, self.changed + by

    def __call__(self, request: Request) -> Answer:
        known = request.headers.get("if-modified-since")
        if known and self.changed <= parsedate_to_datetime(known):
            return Answer(304)
        return Answer(body=self.body, headers=(("Last-Modified", format_datetime(self.changed, usegmt=True)),))


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(Options(allow_private_addresses=True, per_host_delay_s=0)) as running:
        yield running


@pytest.mark.parametrize(("by", "caught"), [(timedelta(seconds=-120), True), (timedelta(seconds=1), False)])
async def test_a_page_published_with_an_old_date_is_found_and_its_server_caught(
    fetcher: Fetcher, by: timedelta, caught: bool
) -> None:
    server = Backdated()
    with Site() as site:
        site.set("/", server)
        first = await fetcher.fetch(site.url("/"))
        assert isinstance(first, Page)
        server.replace(b"<li>two<li>one", by)
        assert isinstance(await fetcher.fetch(site.url("/"), first.validators), NotModified) is caught
        audit = await fetcher.fetch(site.url("/"))
        assert isinstance(audit, Page)
        assert cross_examines(Trust(), first.validators, in_full=True, news=audit.body != first.body)
        second = await fetcher.fetch(site.url("/"), first.validators)
    assert after_pass(Trust(), second).caught is caught


def looked_at(page_id: int, kept: bool = True) -> list[bool]:
    """Whether each look at an article of its own asks in full."""
    ages = ANNOUNCEMENT_AGES if kept else OTHER_AGES
    read = PageRecord(page_id, "bureau", "k", "http://x/", "t", None, False, NOW, PageStatus.READ, kept=kept)
    return [asking(Trust(), read, NOW + age, in_full=False).in_full for age in ages]


@pytest.mark.parametrize("page_id", range(3))
def test_the_second_look_at_an_article_and_a_third_of_the_later_ones_ask_in_full(page_id: int) -> None:
    looks = looked_at(page_id)
    assert looks[:2] == [False, True]
    assert all(sum(looks[at : at + AUDIT_LOOKS_EVERY]) == 1 for at in range(2, len(looks) - AUDIT_LOOKS_EVERY + 1))
    assert looked_at(page_id, kept=False) == [False, True]


def test_articles_do_not_all_take_the_same_look() -> None:
    assert len({tuple(looked_at(page_id)) for page_id in range(9)}) == AUDIT_LOOKS_EVERY


def test_an_article_of_a_server_that_was_caught_or_asked_for_by_hand_is_asked_in_full() -> None:
    read = PageRecord(1, "bureau", "k", "http://x/", "t", None, False, NOW, PageStatus.READ, kept=True)
    assert asking(Trust(caught=True), read, NOW, in_full=False) == Asking(in_full=True, audits=False)
    assert asking(Trust(), read, NOW, in_full=True) == Asking(in_full=True, audits=True)

"""When a page is taken to be gone, and when it is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from watcher.errors import FetchError, ReadError
from watcher.health.astray import astray_since, gone_together
from watcher.lifecycle.absence import FOLLOWED, Finding, Tally, is_due, next_look, says_gone
from watcher.records.absences import Absence
from watcher.records.pages import PageRecord, PageStatus

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "http://a.cn/art/1.html"
PAGE = PageRecord(
    1, "bureau", "a.cn/art/1.html", URL, "出台8条措施", date(2026, 3, 1), baseline=False, first_seen=NOW,
    status=PageStatus.READ, kept=True,
)  # fmt: skip


def answered(status: int, url: str = URL) -> FetchError:
    return FetchError(url, f"http_{status}", f"answered HTTP {status}", transient=False, status=status)


@pytest.mark.parametrize(
    ("page", "error", "says"),
    [
        (PAGE, answered(404), True),
        (PAGE, answered(410), True),
        (PAGE, ReadError("not_found", "the site says in a page of its own that this one does not exist"), True),
        (PAGE, answered(403), False),
        (PAGE, answered(500), False),
        (PAGE, FetchError(URL, "challenge", "a check", transient=False, status=404), False),
        (PAGE, ReadError("home_page", "the address leads to the site's home page"), False),
        (PAGE, ReadError("back_to_list", "the address leads back to the list"), False),
        (PAGE, answered(404, "http://a.cn/file.pdf"), False),  # a file beside the page
        (replace(PAGE, kept=False), answered(404), False),  # nothing of ours stood there
        (replace(PAGE, status=PageStatus.FAILED), answered(404), False),  # it was never read
    ],
)
def test_what_says_that_a_page_is_gone(page: PageRecord, error: FetchError | ReadError, says: bool) -> None:
    assert says_gone(page, error) is says


@pytest.mark.parametrize(
    ("absence", "due"),
    [
        (None, False),
        (Absence(NOW - DAY + HOUR), False),
        (Absence(NOW - DAY), True),
        (Absence(NOW - 9 * DAY, NOW - 8 * DAY), False),  # believed already
    ],
)
def test_a_page_is_found_to_be_gone_a_day_after_the_first_answer_at_the_soonest(
    absence: Absence | None, due: bool
) -> None:
    assert is_due(replace(PAGE, absence=absence), NOW) is due


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ("", Finding.GONE),  # nothing stood beside it: the list was read
        ("+", Finding.GONE),
        ("-", Finding.ASTRAY),
        ("++--", Finding.GONE),  # an office pulls a few at once
        ("+---", Finding.ASTRAY),
        ("++++----", Finding.GONE),
        ("--------", Finding.ASTRAY),
        ("+???", None),
        ("????", None),
        ("--??", None),
    ],
)
def test_the_pages_beside_it_tell_a_withdrawal_from_a_site_that_is_at_fault(
    answers: str, finding: Finding | None
) -> None:
    tally = Tally(len(answers))
    for answer in answers:
        tally = tally.counting({"+": True, "-": False, "?": None}[answer])
    assert tally.finding is finding


def test_nothing_more_is_asked_once_it_is_known() -> None:
    tally = Tally(8)
    for _ in range(4):
        assert tally.finding is None
        tally = tally.counting(True)
    assert tally.finding is Finding.GONE


def test_a_missing_page_is_asked_a_day_later_then_ever_more_rarely_for_a_year() -> None:
    looks, moment = [], next_look(NOW, NOW)
    while moment is not None:
        looks.append((moment - NOW) / DAY)
        moment = next_look(NOW, moment)
    assert looks[:5] == [1, 2, 3, 4.5, 6.75]
    pauses = [later - sooner for sooner, later in pairwise(looks)]
    assert (max(pauses), looks[-1] > FOLLOWED / DAY, len(looks) < 25) == (30, True, True)


def test_a_look_before_the_day_is_over_does_not_put_the_next_one_off() -> None:
    assert next_look(NOW, NOW + 5 * HOUR) == NOW + DAY


@pytest.mark.parametrize(
    ("before", "astray", "stands", "after"),
    [
        (None, False, False, None),
        (None, True, False, NOW),
        (NOW - DAY, True, False, NOW - DAY),
        (NOW - DAY, False, False, NOW - DAY),  # a pass that looked at nothing missing says nothing
        (NOW - DAY, False, True, None),
        (NOW - DAY, True, True, NOW - DAY),
    ],
)
def test_since_when_articles_are_gone_together(
    before: datetime | None, astray: bool, stands: bool, after: datetime | None
) -> None:
    assert astray_since(before, NOW, astray=astray, stands=stands) == after


def test_articles_that_are_gone_together_are_said_for_a_week() -> None:
    sign = gone_together(NOW - 7 * DAY, NOW)
    assert sign is not None
    assert (sign.state, sign.problem.code) == ("moved", "articles_gone")
    assert gone_together(NOW - 7 * DAY - HOUR, NOW) is None
    assert gone_together(None, NOW) is None

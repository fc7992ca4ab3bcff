from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import extraction
from watcher.records.announcements import AnnouncementRecord, Position
from watcher.web.asked import BadAddress, Choice, cursor, number, position
from watcher.web.language import chosen_language

words = st.text(st.sampled_from("环评 &=?%#+<\"'"), min_size=1, max_size=8).map(str.strip).filter(bool)
choices = st.builds(
    Choice,
    query=words | st.just(""),
    regions=st.sampled_from([(), ("37",), ("370700", "440000")]),
    types=st.lists(st.sampled_from(["measures_news", "progress_report"]), unique=True).map(tuple),
    sources=st.lists(words, unique=True, max_size=3).map(tuple),
    since=st.sampled_from(["", "7d"]),
    changed=st.booleans(),
    near_misses=st.booleans(),
)


@given(choices)
def test_an_address_reads_back_as_what_it_asks_for(choice: Choice) -> None:
    _, _, asked = choice.address("/").partition("?")
    assert Choice.of(parse_qsl(asked)) == choice


@given(
    st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1970 <= moment.year < 3000),
    st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(1, 2**31 - 1),
)
def test_a_cursor_is_the_place_that_it_was_made_of(seen: datetime, published: date | None, entry: int) -> None:
    record = AnnouncementRecord(
        entry, "http://a.example/", "a", "active", seen, seen, 1, extraction(published=published)
    )
    assert position(cursor(record)) == Position(seen, published, entry)


@pytest.mark.parametrize("written", ["", "1", "1_2026-13-01_1", "-1__1", "1__2147483648", "1__1\n", "１__1"])
def test_what_is_no_cursor_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        position(written)


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "١", "2147483648", "1e3", ""])
def test_what_is_no_id_is_refused(written: str) -> None:
    with pytest.raises(BadAddress):
        number(written)


def test_a_further_page_asks_for_what_lies_behind() -> None:
    wanted = Choice(after="1772000000000000_2026-03-01_7").filter(datetime(2026, 3, 10, tzinfo=UTC), 20)
    assert wanted.after == Position(
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=1772000000), date(2026, 3, 1), 7
    )


@pytest.mark.parametrize(
    ("switched", "kept", "accepted", "language"),
    [
        (None, None, None, "zh"),
        (None, None, "en-US,en;q=0.9", "en"),
        (None, None, "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        (None, None, "fr-FR,fr;q=0.9,en;q=0.1", "en"),
        (None, None, "en;q=0,zh;q=0.1", "zh"),
        (None, None, "*", "zh"),
        (None, None, "en;q=x,,;;", "zh"),
        (None, "en", "zh", "en"),
        ("zh", "en", "en", "zh"),
        ("fr", "<script>", "en", "en"),
    ],
)
def test_the_language_is_the_switch_then_the_browsers(
    switched: str | None, kept: str | None, accepted: str | None, language: str
) -> None:
    assert chosen_language(switched, kept, accepted) == language

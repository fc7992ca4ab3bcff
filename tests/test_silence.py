from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.examples import NOW, subscription
from watcher.news import EventKind
from watcher.records.sources import Unreadable
from watcher.settings import Where
from watcher.silence import MOST_NAMED, silent

HOUR = timedelta(hours=1)
DOWN = Unreadable("bureau", "某市局", "http://bureau.example/", "370700", NOW - 5 * HOUR, NOW - HOUR)


@pytest.mark.parametrize(
    ("where", "on", "last_sent", "digest", "named"),
    [
        (Where(), EventKind.NEW, None, False, True),
        (Where(), EventKind.NEW, NOW - 2 * HOUR, False, True),
        (Where(), EventKind.NEW, NOW, False, False),  # he knows
        (Where(), EventKind.NEW, NOW, True, True),  # a digest says how it is
        (Where(regions=("370000",)), EventKind.NEW, None, False, True),
        (Where(regions=("320000",)), EventKind.NEW, None, False, False),
        (Where(sources=("another",)), EventKind.NEW, None, False, False),
        (Where(), EventKind.SOURCE_TROUBLE, None, True, False),  # he has alerts of their own
    ],
)
def test_a_reader_is_told_which_of_his_sources_cannot_be_read(
    where: Where, on: EventKind, last_sent: object, digest: bool, named: bool
) -> None:
    told = silent(subscription(where=where, on=(on,)), [DOWN], last_sent, digest=digest)  # type: ignore[arg-type]
    assert [one["source"] for one in told] == (["bureau"] if named else [])


def test_a_great_outage_does_not_drown_the_news() -> None:
    assert len(silent(subscription(), [DOWN] * 500, None, digest=True)) == MOST_NAMED

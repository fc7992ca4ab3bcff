"""A list in pages is the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from benchmarks.store import corpus, fill
from tests.conftest import KINDS
from watcher.query import parse_query
from watcher.records.announcements import Filter, Position
from watcher.store import Store
from watcher.store.engine import Database

COUNT = 120
WANTED = (
    Filter(),
    Filter(regions=("370000",)),
    Filter(types=("measures_news",)),
    Filter(near_misses=True),
    Filter(sources=(corpus.source_id(0), corpus.source_id(7))),
    Filter(query=parse_query("企业")),
    Filter(query=parse_query("企业"), regions=(corpus.BUSY_CITY,)),
    Filter(since=corpus.seen(60), changed=True),
    Filter(feed=True),
    Filter(feed=True, sources=(corpus.source_id(0), corpus.source_id(7))),
    Filter(feed=True, query=parse_query("企业")),
)


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, lasting_database: Callable[[str], str]) -> Iterator[Store]:
    database = Database.open(lasting_database(request.param))
    fill.fill(database, COUNT)
    yield Store(database)
    database.close()


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_the_pages_of_a_list_are_the_list(filled: Store, wanted: Filter, size: int) -> None:
    whole = [one.id for one in filled.lists.announcements(replace(wanted, limit=None))]
    seen: list[int] = []
    after: Position | None = None
    while part := filled.lists.announcements(replace(wanted, after=after, limit=size)):
        seen += [one.id for one in part]
        last = part[-1]
        after = Position(last.last_changed if wanted.feed else last.first_seen, last.extraction.published, last.id)
    assert seen == whole
    assert whole

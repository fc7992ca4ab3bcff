"""Keys of addresses in a database that an older watcher wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, note, source
from watcher.model import Link
from watcher.store import Store
from watcher.store.engine import make_engine
from watcher.store.upgrade import configuration

SOURCE = (
    "INSERT INTO sources (id, name, url, enabled, configured, created_at, rule, state, failures, told, entries)"
    " VALUES ('bureau', '某市局', 'http://bureau.example/list/', true, true, '2026-01-01', '', 'ok', 0, false, 3)"
)
PAGE = (
    "INSERT INTO pages (id, source_id, key, url, title, baseline, first_seen, status, attempts, verdict)"
    " VALUES (:id, 'bureau', :key, :url, '某文', false, '2026-01-01 00:00:00', 'pending', 0, '{}')"
)
# As they were known: by their addresses as written, only the scheme taken off.
PAGES = (
    (1, "http://www.bureau.example/art/index.html"),
    (2, "http://m.bureau.example/x/?a=1"),
    (3, "http://www.bureau.example/x?a=1"),
)


@pytest.fixture
def upgraded(empty: str) -> Iterator[Store]:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
    with engine.begin() as connection:
        connection.execute(text(SOURCE))
        for number, url in PAGES:
            connection.execute(text(PAGE), {"id": number, "key": url.removeprefix("http://"), "url": url})
    engine.dispose()
    store = Store.open(empty)
    store.sync_sources([source()], NOW)
    yield store
    store.close()


@pytest.mark.parametrize("variant", ["http://bureau.example/art", "https://m.bureau.example/art/index.shtml"])
def test_an_old_entry_is_known_by_the_variants_of_its_address(upgraded: Store, variant: str) -> None:
    assert note(upgraded, [Link(variant, "某文")]) == 0


def test_of_two_old_entries_that_are_one_page_the_first_is_found(upgraded: Store) -> None:
    assert note(upgraded, [Link("http://bureau.example/x/?a=1", "某文")]) == 0
    keys = {page.id: page.key for page in upgraded.to_open("bureau", NOW, 10)}
    assert (keys[2], keys[3]) == ("bureau.example/x?a=1", "www.bureau.example/x?a=1")

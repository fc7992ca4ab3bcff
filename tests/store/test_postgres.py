"""What PostgreSQL does otherwise than SQLite: writers side by side, a server that goes away, texts in one order."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from tests import postgres
from tests.conftest import EMPTY
from tests.store.examples import NOW, TEXT, begun, extraction, finish, listed, note, reading, source, subscription
from watcher.errors import StoreError, StoreLost
from watcher.jobs.queue import MOST_CONNECTIONS
from watcher.model import Link
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.records.copies import Copied
from watcher.records.passes import PassEnd
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState
from watcher.records.usual import Usual
from watcher.settings import Source
from watcher.store import LEASE, Store
from watcher.store.engine import Database
from watcher.threads import StorePool

pytestmark = pytest.mark.postgres
SOURCES = [source(f"bureau-{number:02}") for number in range(24)]


@pytest.fixture
def address(new_database: Callable[[str], str]) -> str:
    return new_database("postgresql")


@pytest.fixture
def stores(address: str) -> Iterator[list[Store]]:
    """Several stores on one database, as several machines have."""
    opened = [Store.open(address) for _ in range(3)]
    opened[0].sync_sources([source(), *SOURCES], NOW)
    opened[0].sync_subscriptions([subscription()], NOW)
    yield opened
    for one in opened:
        one.close()


def side_by_side(work: Callable[[int], object], count: int) -> list[object]:
    """What `work` gave, or raised, for each number; all begin at one moment."""
    gate = threading.Barrier(count)

    def run(number: int) -> object:
        gate.wait()
        try:
            return work(number)
        except StoreError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def begin(stores: list[Store], wanted: list[tuple[Source, datetime]], number: int) -> object:
    return stores[number % 3].passes.begin(wanted[:: -1 if number % 2 else 1])


def test_of_many_who_begin_a_pass_one_does(stores: list[Store]) -> None:
    for round_ in range(10):
        now = NOW + round_ * 2 * LEASE  # so that the leases of the last round have ended
        wanted = [(one, now) for one in SOURCES]
        begun_ = side_by_side(partial(begin, stores, wanted), 6)
        taken = [held.source.id for part in begun_ if isinstance(part, list) for held in part if held is not None]
        assert sorted(taken) == [one.id for one in SOURCES]


def test_passes_end_and_leases_are_renewed_beside_each_other_in_any_order(stores: list[Store]) -> None:
    held = [one for one in stores[0].passes.begin([(one, NOW) for one in SOURCES]) if one is not None]
    end = PassEnd(Health(SourceState.OK), None, None, None, Usual())

    def work(number: int) -> object:
        store, mine = stores[number % 3], held[:: -1 if number % 2 else 1]
        if number < 4:
            return store.renew([(one.claim, NOW) for one in mine])
        return store.passes.finish([(one, end, NOW) for one in mine])

    results = side_by_side(work, 8)
    assert not [one for one in results if isinstance(one, StoreError)]
    ended = [one for part in results[4:] if isinstance(part, list) for one in part]
    assert sum(map(bool, ended)) == len(SOURCES)  # each pass ends once


def test_a_source_that_moves_while_its_pass_ends_keeps_nothing_of_the_old_column(stores: list[Store]) -> None:
    moved = source(url="http://bureau.example/other/")
    for round_ in range(5):
        before = stores[0].source("bureau")
        assert before is not None
        wanted = source() if before.url == source().url else moved
        there = begun(stores[0], wanted, NOW + round_ * LEASE)
        assert there is not None
        assert stores[0].add_entries(there, [Link(f"{wanted.url}{round_}.html", "某文")], baseline=True, now=NOW) == 1
        end = PassEnd(Health(SourceState.OK), None, None, None, Usual(title="old"))
        other = moved if wanted.url == source().url else source()
        side_by_side(
            lambda number, held=there, end=end, other=other: (  # type: ignore[misc]
                finish(stores[1], held, end) if number else stores[2].sync_sources([other, *SOURCES], NOW)
            ),
            2,
        )
        after = stores[0].source("bureau")
        assert after is not None
        assert (after.url, after.baseline_at, after.usual) == (other.url, None, Usual())


def test_two_sources_that_find_one_text_at_once_do_not_both_tell_of_it(stores: list[Store]) -> None:
    """Which of two saves comes second is told that it looked for copies before the first was there."""
    pages = [listed(stores[0], 1, one.id) for one in SOURCES[:6]]
    looked_at = stores[0].copies.near((), "", None).latest

    def save(number: int) -> object:
        fresh = reading(pages[number], bands=frozenset({7, 8}), copied=Copied(looked_at=looked_at))
        return stores[number % 3].announcements.save(fresh, NOW)

    assert sorted(map(bool, side_by_side(save, 6))) == [False] * 5 + [True]


def test_a_page_that_holds_a_nul_is_stored(stores: list[Store]) -> None:
    page = listed(stores[0])
    made = extraction(TEXT.replace("。", "\0", 1), title="某市\0出台8条措施", issuer="a\\u0000b")
    assert stores[0].announcements.save(reading(page, made), NOW)
    (found,) = stores[0].lists.announcements(Filter())
    assert found.extraction.title == "某市\ufffd出台8条措施"
    assert found.extraction.text == made.text.replace("\0", "\ufffd")
    assert found.extraction.issuer == "a\\u0000b"


def test_texts_are_in_the_order_of_their_characters(stores: list[Store]) -> None:
    ordered = (
        "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation o"
        " ON o.oid = a.attcollation WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " AND a.attnum > 0 AND o.collname {} 'C'"
    )
    with stores[0]._database.read() as session:
        other, plain = (session.connection().execute(text(ordered.format(sign))).scalar_one() for sign in ("<>", "="))
    assert plain > 80
    assert other == 5  # codes of regions, the terms of the index, the schema's version


def test_words_are_found_by_the_index(stores: list[Store]) -> None:
    for number in range(3):
        stores[0].announcements.save(reading(listed(stores[0], number), extraction(f"{TEXT}第{number}号文件")), NOW)
    with stores[0]._database.read() as session:
        session.connection().execute(text("SET LOCAL enable_seqscan = off"))
        session.connection().execute(text("SET LOCAL enable_indexscan = off"))
        plan = (
            session.connection().execute(text("EXPLAIN SELECT row FROM search WHERE terms LIKE '% 环评 %'")).scalars()
        )
        assert "search_terms" in " ".join(plan)
    for query, count in (("绿色改造", 3), ("绿", 3), ("1号", 1), ("环评", 0)):
        assert len(stores[0].lists.announcements(Filter(query=parse_query(query)))) == count, query


def test_an_absent_database_is_said_in_one_line(postgres_server: postgres.Server) -> None:
    with pytest.raises(StoreError, match=r'^database 127.0.0.1: .*"nowhere" does not exist$'):
        Store.open(postgres_server.address("nowhere"))


def test_a_database_without_tables_is_no_database_to_who_only_reads(postgres_server: postgres.Server) -> None:
    address = postgres_server.make()
    assert Store.find(address) is None
    Store.open(address).close()
    found = Store.find(address)
    assert found is not None
    found.close()


async def test_a_restart_of_the_server_is_outlasted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "watcher.threads")
    pool = StorePool("test", 4)
    with postgres.running() as server:
        server.execute(f"CREATE DATABASE {EMPTY}")
        store = Store.open(server.address(EMPTY))
        store.sync_sources([source()], NOW)
        held = begun(store)
        assert held is not None
        server.stop()
        links = [Link("http://bureau.example/art/1.html", "某文")]
        waiting = [
            asyncio.create_task(pool(store.add_entries, held, links, baseline=False, now=NOW)),
            asyncio.create_task(pool.together(store.renew, (held.claim, NOW + timedelta(seconds=10)))),
            asyncio.create_task(pool(store.known_keys, "bureau", ["x"], None)),
        ]
        await asyncio.sleep(0.5)
        assert not any(one.done() for one in waiting)
        await asyncio.to_thread(server.start)
        assert await asyncio.gather(*waiting) == [1, True, frozenset()]
        store.close()
    lost, back = (record.getMessage() for record in caplog.records)
    assert lost.startswith("database: ")
    assert lost.endswith("; asking again")
    assert "\n" not in lost
    assert back.startswith("database is back after_s=")


def write_half(database: Database) -> None:
    """A write transaction whose connection the server ends."""
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.write() as session:
        session.connection().execute(text("UPDATE sources SET name = 'half'"))
        with database.write_claimed() as other:
            other.connection().execute(text(f"{ends} AND datname = current_database()"))
        session.connection().execute(text("UPDATE sources SET url = 'half'"))


def test_a_writer_that_was_cut_off_in_its_transaction_wrote_nothing(address: str) -> None:
    database = Database.open(address)
    store = Store(database)
    store.sync_sources([source()], NOW)
    with pytest.raises(StoreLost):
        write_half(database)
    assert [(one.name, one.url) for one in store.sources()] == [("某市局", source().url)]
    assert note(store, [Link("http://bureau.example/art/1.html", "某文")]) == 1
    problem = Problem("timeout", "no answer")
    store.page_failed(store.to_open("bureau", NOW, 1)[0], problem, NOW)
    store.close()


def test_a_process_holds_fifteen_connections_at_most(address: str) -> None:
    """However many threads ask at once: those who find none free wait."""
    database = Database.open(address)

    def ask(_: int) -> int:
        with database.read() as session:
            session.connection().execute(text("SELECT pg_sleep(0.3)"))
            mine = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            return int(session.connection().execute(text(mine)).scalar_one())

    with ThreadPoolExecutor(24) as pool:
        most = max(pool.map(ask, range(48)))
    database.close()
    assert 8 < most <= 15 - MOST_CONNECTIONS

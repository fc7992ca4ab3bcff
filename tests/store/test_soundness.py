"""What is wrong with a database is found, each in a line; a sound one has nothing to say."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from benchmarks.store import fill
from tests import postgres
from tests.conftest import KINDS
from tests.store.examples import NOW, listed, reading, source, subscription, told
from tests.upkeep.conftest import State
from watcher.jobs.schema import prepare
from watcher.store import Store
from watcher.store.engine import Database
from watcher.store.postgres import libpq
from watcher.store.soundness import flaws, unseen
from watcher.upkeep.checking import lost_evidence


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, lasting_database: Callable[[str], str]) -> str:
    """Where a database of each kind is, with announcements of which alerts wait and were sent."""
    address = lasting_database(request.param)
    opened = Database.open(address)
    store = Store(opened)
    fill.fill(opened, 12)
    store.sync_sources([*fill.sources(), source()], NOW)
    store.sync_subscriptions([subscription(), subscription("other")], NOW)
    for number in (1, 2):
        assert store.announcements.save(reading(listed(store, number), outgoing=told("new", "ops", "other")), NOW)
    batch = store.outbox.next_batch("ops", NOW + timedelta(minutes=1))
    assert batch is not None
    store.mark_sent(batch, NOW)
    opened.close()
    return address


@pytest.fixture
def database(filled: str, copied: Callable[[str], str]) -> Iterator[Database]:
    """A copy of it, for a test to damage."""
    opened = Database.open(copied(filled))
    yield opened
    opened.close()


def found(database: Database) -> list[tuple[str, str]]:
    return [(one.subject, one.text) for one in flaws(database)]


def test_a_sound_database_has_nothing_to_say(database: Database) -> None:
    assert list(flaws(database)) == []


@pytest.mark.parametrize(
    ("statement", "subject", "line"),
    [
        (
            "DELETE FROM revisions WHERE announcement_id = 3",
            "revisions",
            "texts are missing or too many of announcements 3",
        ),
        ("UPDATE announcements SET revision = 9 WHERE id < 8", "revisions", "of announcements 1, 2, 3, 4, 5 …"),
        ("DELETE FROM places WHERE announcement_id = 4", "revisions", "announcements 4 were found nowhere"),
        ("DELETE FROM sources WHERE id = 'bureau'", "references", "names bureau, which sources lacks"),
        ("UPDATE pages SET announcement_id = 999 WHERE id = 1", "references", "pages.announcement_id names 999, which"),
        ("UPDATE deliveries SET sent_at = NULL", "outbox", "deliveries 1 are not what they say"),
        ("UPDATE deliveries SET key = 'same'", "outbox", "the messages of deliveries 1 have a key that another"),
        ("UPDATE events SET revision = 7", "outbox", "deliveries 2, 3, 4 wait to tell of a text that is not there"),
        ("UPDATE announcements SET type = 'other' WHERE id = 5", "search", "is in the index and is none: 5"),
        ("DROP INDEX ix_pages_key", "schema", "lacks the index ix_pages_key"),
        ("DROP TABLE search", "search", "there is no index"),
        ("DROP TABLE places", "revisions", "could not be looked at to the end: "),
    ],
)  # fmt: skip
def test_each_flaw_is_a_line(database: Database, statement: str, subject: str, line: str) -> None:
    unchecked(database, statement)
    wrong = list(flaws(database))
    assert [one for one in wrong if one.subject == subject and line in one.text], wrong
    assert all(one.advice for one in wrong)


def unchecked(database: Database, statement: str) -> None:
    """Do what no program of ours does, with the checks of the database off."""
    if database.is_postgres:
        with database.write() as session:
            session.connection().execute(text("SET LOCAL session_replication_role = replica"))
            session.connection().execute(text(statement))
        return
    with closing(sqlite3.connect(str(database._engine.url.database))) as connection, connection:
        connection.execute(statement)  # SQLite looks at foreign keys where that is asked for alone


def test_an_announcement_that_is_not_in_the_index_is_named(database: Database) -> None:
    copied = "url, source_id, status, first_seen, last_changed, revision, type, score"
    of_first = f"SELECT 77, 'k', {copied} FROM announcements WHERE id = 1"
    unchecked(database, f"INSERT INTO announcements (id, key, {copied}) {of_first}")
    assert next(said for about, said in found(database) if about == "search").endswith("is not in the index: 77")


def test_a_damaged_page_is_found(new_database: Callable[[str], str]) -> None:
    address = new_database("sqlite")
    database = Database.open(address)
    fill.fill(database, 40)
    database.close()
    path = address.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        leaf = "SELECT pageno FROM dbstat WHERE name = 'ix_names_key' AND pagetype = 'leaf'"
        page = connection.execute(leaf).fetchone()[0] - 1
    with open(path, "r+b") as file:
        file.seek(page * 4096 + 2000)
        file.write(b"\xff" * 300)
    database = Database.open(address)
    wrong = list(flaws(database))
    database.close()
    assert {one.subject for one in wrong} == {"storage"}
    assert all("\n" not in one.text for one in wrong)


@pytest.mark.postgres
def test_a_damaged_index_of_a_server_is_found_where_amcheck_is_there() -> None:
    with postgres.running() as server:
        address = server.make()
        database = Database.open(address)
        fill.fill(database, 40)
        assert "CREATE EXTENSION amcheck" in str(unseen(database))
        assert list(flaws(database)) == []
        server.execute("CREATE EXTENSION amcheck", address)
        assert unseen(database) is None
        assert list(flaws(database)) == []
        with database.read() as session:
            where = text("SELECT pg_relation_filepath('ix_pages_key')")
            path = server.data / str(session.connection().execute(where).scalar_one())
        database.close()
        server.stop()
        with path.open("r+b") as file:  # of the first leaf, where the rows of its entries are said to be
            file.seek(8192 + 24)
            file.write(b"\x00" * 64)
        server.start()
        database = Database.open(address)
        wrong = list(flaws(database))
        database.close()
    assert {one.subject for one in wrong} == {"storage"}
    assert [one.advice for one in wrong] == ["as its owner: REINDEX INDEX ix_pages_key"]
    assert wrong[0].text.startswith("the index ix_pages_key is damaged: ")


@pytest.mark.postgres
def test_a_damaged_table_of_a_server_is_named_and_the_others_are_looked_at(tmp_path: Path) -> None:
    with postgres.running() as server:
        address = server.make()
        server.execute("CREATE EXTENSION amcheck", address)
        state = State(address, tmp_path)
        with state.opened() as (store, archive):
            state.add(store, archive, 1)
        database = Database.open(address)
        with database.read() as session:
            connection = session.connection()
            paths = [
                server.data / str(connection.execute(text(f"SELECT pg_relation_filepath('{name}')")).scalar_one())
                for name in ("places", "captures")
            ]
        database.close()
        server.stop()
        for path in paths:
            with path.open("r+b") as file:  # its first page
                file.write(b"\xff" * 8192)
        server.start()
        database = Database.open(address)
        wrong = list(flaws(database))
        lost = list(lost_evidence(state.archive, Store(database).captures.locations()))
        database.close()
    assert {one.subject for one in wrong} == {"storage"}
    assert sorted(one.text.partition(": ")[0] for one in wrong) == [
        f"the table {name} is damaged" for name in ("captures", "places")
    ]
    assert all("restore" in one.advice and "\n" not in one.text for one in wrong)
    assert [one.text.partition(": ")[0] for one in lost] == ["could not be looked at to the end"]


@pytest.mark.postgres
def test_beside_the_tables_of_the_queue_a_database_is_sound(new_database: Callable[[str], str]) -> None:
    address = new_database("postgresql")
    database = Database.open(address)
    prepare(libpq(make_url(address)))
    assert list(flaws(database)) == []
    unchecked(database, "CREATE TABLE procrastinated (id integer)")
    assert found(database) == [("schema", "differs from what this version makes: also has the table procrastinated")]
    unchecked(database, "DROP TABLE procrastinated")
    unchecked(database, "DROP INDEX search_terms")
    assert [one.text for one in flaws(database)] == ["lacks the index search_terms: searches are slow"]
    database.close()


@pytest.mark.postgres
def test_who_may_not_call_amcheck_is_told_how(
    new_database: Callable[[str], str], postgres_server: postgres.Server
) -> None:
    address = new_database("postgresql")
    postgres_server.execute("CREATE EXTENSION amcheck", address)
    postgres_server.execute("CREATE ROLE plain LOGIN", address)
    postgres_server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain", address)
    grant = "GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO plain"
    database = Database.open(address.replace("watcher@", "plain@"))
    assert grant.removesuffix("plain") in str(unseen(database))
    assert list(flaws(database)) == []
    postgres_server.execute(grant, address)
    assert unseen(database) is None
    assert list(flaws(database)) == []
    database.close()

"""A database copied into another, of whichever kinds: nothing is lost, and nothing half is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from benchmarks.store import fill as bulk
from tests.conftest import KINDS
from tests.store import filling
from tests.store.examples import NOW, listed, reading, source
from watcher.errors import StoreError
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.store import Store, contents, search
from watcher.store.contents import Adder
from watcher.store.copying import copy
from watcher.store.engine import Database, make_engine
from watcher.store.soundness import flaws


def test_what_is_copied_are_the_tables_of_the_models(address: str) -> None:
    database = Database.open(address)
    with database.read() as session:
        tables = contents.tables_of(session.connection())
    database.close()
    names = [one.name for one in tables]
    assert set(names) == {one.name for one in SQLModel.metadata.sorted_tables} - {"claims", "hosts", "rounds"}
    for table in tables:
        referred = {key.column.table.name for key in table.foreign_keys} - {table.name}
        assert referred <= set(names[: names.index(table.name)])


@pytest.fixture
def filled(address: str) -> Iterator[Database]:
    """Of each kind a database with rows in every table."""
    database = Database.open(address)
    with database.write() as session:
        filling.fill(session.connection())
        search.rebuild(session.connection())
    yield database
    database.close()


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Database]:
    opened = Database.fresh(new_database(request.param))
    yield opened
    opened.close()


def test_every_row_of_every_table_arrives(filled: Database, target: Database) -> None:
    sums = copy(filled, target)
    assert {one.rows for one in sums.values()} == {filling.ROWS}
    with filled.read() as before, target.read() as after:
        tables = contents.tables_of(before.connection())
        for table in tables:
            was, now = ([*contents.read(one.connection(), table)] for one in (before, after))
            assert _aware(was) == _aware(now), table.name


def _aware(parts: list[contents.Rows]) -> list[list[object]]:
    return [
        [one.replace(tzinfo=one.tzinfo or UTC) if isinstance(one, datetime) else one for one in row]
        for rows in parts
        for row in rows
    ]


def test_the_copy_lists_finds_and_goes_on_as_the_original_does(
    new_database: Callable[[str], str], target: Database
) -> None:
    origin = Database.open(new_database("sqlite"))
    bulk.fill(origin, 60)
    copy(origin, target)
    one, other = Store(origin), Store(target)
    everything = one.lists.announcements(Filter(limit=None))
    assert len(everything) > 40
    assert other.lists.announcements(Filter(limit=None)) == everything
    for query in ("绿色金融", "税"):
        wanted = Filter(query=parse_query(query))
        found = one.lists.announcements(wanted)
        assert found
        assert other.lists.announcements(wanted) == found
    for record in everything:
        assert other.lists.announcement(record.id) == one.lists.announcement(record.id)
    for store in (one, other):  # the next id is free
        store.sync_sources([*bulk.sources(), source()], NOW)
        assert store.announcements.save(reading(listed(store)), NOW)
    assert max(one.id for one in other.lists.announcements(Filter(limit=None))) == 61
    origin.close()


def test_the_index_is_made_anew_whatever_it_was(filled: Database, target: Database) -> None:
    with filled.write() as session:
        session.connection().execute(text("DROP TABLE search"))
        search.create(session.connection())
    assert {one.subject for one in flaws(filled)} >= {"search"}
    copy(filled, target)
    assert [one for one in flaws(target) if one.subject == "search"] == []


def test_a_target_with_a_row_in_it_is_refused_and_left_alone(filled: Database, target: Database) -> None:
    Store(target).sync_sources([source()], NOW)
    with pytest.raises(StoreError, match="the target is not empty: its table sources has rows"):
        copy(filled, target)
    assert [one.id for one in Store(target).sources()] == ["bureau"]
    with pytest.raises(StoreError, match="not empty"):
        copy(filled, filled)


def test_tables_of_another_program_are_refused_and_left_alone(empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs AS SELECT 1 AS one"))
    with pytest.raises(StoreError, match="tables of another program"):
        Database.fresh(empty)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE theirs"))
    engine.dispose()
    Database.fresh(empty).close()


def test_what_reads_back_otherwise_is_not_kept(filled: Database, target: Database) -> None:
    """A trigger of the target changes what is written to it."""
    with target.write() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            change = "UPDATE figures SET quote = 'other' WHERE position = new.position"
            made = [f"CREATE TRIGGER spoil AFTER INSERT ON figures BEGIN {change}; END"]
        else:
            body = "BEGIN new.quote := 'other'; RETURN new; END"
            made = [
                f"CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
                "CREATE TRIGGER spoil BEFORE INSERT ON figures FOR EACH ROW EXECUTE FUNCTION spoil()",
            ]
        for statement in made:
            connection.execute(text(statement))
    with pytest.raises(StoreError, match="reads back otherwise: figures; nothing was kept"):
        copy(filled, target)
    with target.read() as session:
        assert {one.rows for one in contents.summed(session.connection()).values()} == {0}


def test_what_only_one_kind_can_store_is_the_same_to_the_digest(target: Database, sqlite_address: str) -> None:
    """A NUL becomes U+FFFD on PostgreSQL; its JSON writes large numbers out, and knows no negative zero."""
    origin = Database.open(sqlite_address)
    usual = {"large": 1e22, "zero": -0.0, "small": 1.5e-7, "a\0b": "c\0d", "kept": "a\\u0000b"}
    with origin.write() as session:
        filling.fill(session.connection())
        table = next(one for one in contents.tables_of(session.connection()) if one.name == "suppressions")
        row = {"address": "x", "since": NOW, "refusals": 1, "error": "no\0such"}
        session.connection().execute(insert(table), row)
        session.connection().execute(text("UPDATE sources SET usual = :usual"), {"usual": _json(usual)})
    assert copy(origin, target)["suppressions"].rows == filling.ROWS + 1
    origin.close()


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def test_a_digest_depends_on_what_the_rows_are_and_their_order_alone() -> None:
    def digest(*parts: contents.Rows) -> str:
        adder = Adder()
        for rows in parts:
            adder.add(rows)
        return adder.sum.digest

    rows = [(1, "a", datetime(2026, 3, 2, 1, tzinfo=UTC)), (2, None, {"b": 1, "a": [0.5]}), (3, "c", 0.1)]
    whole = digest(rows)
    assert digest(rows[:1], [], rows[1:]) == whole
    assert digest([(1, "a", datetime(2026, 3, 2, 1)), (2, None, {"a": [0.5], "b": 1})], rows[2:]) == whole  # noqa: DTZ001
    assert len({whole, digest(rows[::-1]), digest(rows[:2]), digest([(1, "a\0", rows[0][2]), *rows[1:]])}) == 4

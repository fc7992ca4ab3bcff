"""A database of every schema that this program ever had, with rows in all its tables, is brought to today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from alembic import command
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection, make_url

from tests.store import filling
from watcher.errors import StoreError
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.store import Store, contents, search
from watcher.store.engine import VERSIONS, Database, make_engine
from watcher.store.soundness import flaws
from watcher.store.upgrade import configuration

# Written anew by a migration from what the texts say (0016, 0022), or given up with what it was for (0022).
MADE_ANEW: Final = {"names", "titles", "statements", "bands"}
# What a migration takes from older rows on purpose: a gap is looked for anew, since how far it was read was not kept.
GIVEN_UP: Final = {"sources.gap_since": "0015"}
INDEXED: Final = "0010"  # from there on whoever writes a text writes its terms
Rows = dict[str, list[dict[str, Any]]]


def rows_of(connection: Connection) -> Rows:
    return {one.name: _rows(connection, one) for one in contents.tables_of(connection) if one.name not in MADE_ANEW}


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    return [{name: _aware(value) for name, value in row.items()} for row in found]


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=value.tzinfo or UTC) if isinstance(value, datetime) else value


def cases() -> Iterator[Any]:
    """Some versions and the newest on SQLite, fewer on PostgreSQL, where no old ones ever were; in the campaign all."""
    for place, version in enumerate(VERSIONS):
        is_new = place >= len(VERSIONS) - 3
        marks = [] if is_new or place % 4 == 0 else [pytest.mark.campaign]
        yield pytest.param(version, "sqlite", marks=marks, id=f"{version}-sqlite")
        marks = [pytest.mark.postgres, *([pytest.mark.campaign] if place % 8 else [])]
        yield pytest.param(version, "postgresql", marks=marks, id=f"{version}-postgresql")


@pytest.mark.parametrize(("version", "kind"), list(cases()))
def test_no_row_and_no_value_is_lost(
    version: str, kind: str, new_database: Callable[[str], str], request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("postgres_server").make() if kind == "postgresql" else new_database(kind)
    before = filled(address, version)
    assert all(len(rows) == filling.ROWS for rows in before.values())
    given_up = {name for name, since in GIVEN_UP.items() if version < since}
    database = Database.open(address)
    with database.read() as session:
        after = rows_of(session.connection())
    for name, rows in before.items():
        for was, now in zip(rows, after[name], strict=True):
            kept = {column for column in was.keys() & now.keys() if f"{name}.{column}" not in given_up}
            assert {column: now[column] for column in kept} == {column: was[column] for column in kept}, name
    # The filling is no outbox that messages were sent from; all else is as it should be, the search index too.
    assert [one for one in flaws(database) if one.subject != "outbox"] == []
    found = Store(database).lists.announcements(Filter(query=parse_query("绿色改造")))
    assert {one.id for one in found} == {one["id"] for one in after["announcements"] if one["type"] != "other"}
    database.close()


def filled(address: str, version: str) -> Rows:
    """Make a database of this version, as it was in its time, with rows in it; returns them."""
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), version)
        filling.fill(connection)
        if version >= INDEXED:
            search.rebuild(connection)
        rows = rows_of(connection)
    engine.dispose()
    return rows


def test_rows_that_refer_to_nothing_are_not_carried_over(sqlite_address: str) -> None:
    filled(sqlite_address, "0008")
    path = sqlite_address.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM revisions WHERE id = 1")
    with pytest.raises(StoreError, match=r"not upgraded: a row of .* refers to one of revisions that is not there"):
        Database.open(sqlite_address)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0008",)


def test_a_file_whose_trouble_may_pass_is_one_that_a_page_was_read_without(sqlite_address: str) -> None:
    filled(sqlite_address, "0037")
    codes = {1: "maintenance", 2: "crashed", 3: "stays_away", 4: "needs_ocr"}
    path = sqlite_address.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection, connection:
        changed = "UPDATE files SET passing = 0, unread_code = ? WHERE rowid = ?"
        connection.executemany(changed, [(code, number) for number, code in codes.items()])
    Database.open(sqlite_address).close()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT unread_code, passing, unread_since FROM files ORDER BY rowid").fetchall()
    assert rows == [(code, code != "needs_ocr", None) for code in codes.values()]


def test_who_subscribed_on_the_page_is_kept_without_the_mail_server(new_database: Callable[[str], str]) -> None:
    address = new_database("sqlite")
    server = "mailtos://me:geheim@smtp.example.org?from=a@example.org"
    stored = {
        "web-0123456789abcdef": f"{server}&to=reader%2Bnews@example.com",
        "web-team": f"{server}&to=team@example.org",  # an operator's own
        "ops": "json://ops.example/",
    }
    filled(address, "0032")
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        rows = contents.tables_of(connection)
        table = next(one for one in rows if one.name == "subscriptions")
        like = dict(connection.execute(select(table)).mappings().first() or {})
        for name, to in stored.items():
            connection.execute(table.insert().values({**like, "id": name, "to": to, "origin": "cli", "token": name}))
    engine.dispose()
    database = Database.open(address)
    with database.read() as session:
        kept = {row["id"]: row["to"] for row in _rows(session.connection(), table)}
    database.close()
    assert {name: kept[name] for name in stored} == {
        **stored, "web-0123456789abcdef": "mailto://?to=reader%2Bnews@example.com",
    }  # fmt: skip

"""What PostgreSQL needs beside the SQL that it shares with SQLite: turns of writers, connections that notice a cut, and
one order of texts.

SQLite has one writer. Here writers run side by side, so each transaction says which of two kinds it is: those that
write what a claim protects (`Database.write_claimed`) rely on that claim's row, which they lock; all others
(`Database.write`) take turns under one advisory lock, and so find what they read still true when they write, as on
SQLite. A pass that finds nothing is of the first kind, a new or changed announcement of the second.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import JSON, Column, Table, text
from sqlalchemy.engine import URL, Connection, Engine

from watcher.errors import StoreError
from watcher.store.table_names import has_model, is_kept

# The advisory lock of those who take turns; any number that nobody else uses in this database.
TURN: Final = 8_020_260_301
# A writer that went quiet with the turn (a cut network, a stopped process) loses it after this.
QUIET_S: Final = 60

# Both ends give a dead connection up within half a minute; by the system's defaults that takes hours.
CONNECT: Final[dict[str, Any]] = {
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c timezone=UTC",
}
# Connections of one process: one for each thread that asks (`threads`: eight, and one that renews claims), and some for
# who asks beside them. With the queue's (`jobs.queue`) they are the 15 that docs/scale.md counts on.
POOL: Final[dict[str, Any]] = {"pool_size": 5, "max_overflow": 6, "pool_pre_ping": True}
# One state of the database for all that a reader asks.
READING: Final[dict[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

_LOST: Final = ("08", "57P", "53300", "40001", "40P01", "25P03")


def on_connect(connection: Any, _record: object) -> None:
    """Let no page that holds a NUL, which PostgreSQL takes in no text, keep its announcement from being stored."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(without_nul(obj))

    connection.adapters.register_dumper(str, WithoutNul)


def to_json(value: object) -> str:
    """JSON for JSONB, which takes no NUL either."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return json.dumps(_cleared(value), ensure_ascii=False, sort_keys=True) if "\\u0000" in written else written


def _cleared(value: object) -> object:
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, dict):
        return {without_nul(name): _cleared(one) for name, one in value.items()}
    return [_cleared(one) for one in value] if isinstance(value, list | tuple) else value


def without_nul(text: str) -> str:
    """Of the same length, so that places in a text stay what they are."""
    return text.replace("\0", "\ufffd") if "\0" in text else text


def is_postgres(bound: Engine | Connection) -> bool:
    return bound.dialect.name == "postgresql"


def insert_or(bound: Connection, table: type[Any]) -> Any:
    """An INSERT that says what a row that is there already means, in whichever SQL this is: the words are the same."""
    return insert_in(table, is_postgres=is_postgres(bound))


def insert_in(table: type[Any], *, is_postgres: bool) -> Any:
    """As `insert_or`, of a statement that is kept."""
    if is_postgres:
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def take_turn(connection: Connection) -> None:
    """Wait until no other writer has the turn; it ends with the transaction. Must be its first statement."""
    waited = "SELECT set_config('idle_in_transaction_session_timeout', :quiet, true), pg_advisory_xact_lock(:turn)"
    connection.execute(text(waited), {"quiet": f"{QUIET_S}s", "turn": TURN})


def was_lost(cause: object) -> bool:
    """Whether a driver's error says that the transaction is gone, and may be asked for again: a connection that was
    cut, a server that restarts, or one of two transactions that waited for each other.
    """
    state = getattr(cause, "sqlstate", None)
    if state is None:  # the connection could not be made, or broke
        kinds = {kind.__name__ for kind in type(cause).__mro__}  # as of the driver, which may not be installed
        return "OperationalError" in kinds and hasattr(cause, "sqlstate")
    return str(state).startswith(_LOST)


def refuses(url: URL) -> bool:
    """Whether a server that could not be connected to is there and takes connections, but not this one: a wrong
    password, no such database.

    The driver gives no code for that, and the server's words are in its language; but libpq tells a server that takes
    connections from one that starts, stops, or is away. Asked before and after another try, since it may just have
    come back.
    """
    import psycopg

    conninfo = libpq(url)

    def takes_connections() -> bool:
        return psycopg.pq.PGconn.ping(conninfo.encode()) == psycopg.pq.Ping.OK

    if not takes_connections():
        return False
    try:
        psycopg.connect(conninfo).close()
    except psycopg.OperationalError:
        return takes_connections()
    return False


def libpq(url: URL) -> str:
    """The address of a server as the driver takes it, with the limit of time for a connection."""
    plain = url.set(drivername="postgresql")
    if "connect_timeout" not in plain.query:
        plain = plain.update_query_dict({"connect_timeout": str(CONNECT["connect_timeout"])})
    return plain.render_as_string(hide_password=False)


def check_encoding(connection: Connection) -> None:
    """Raise StoreError where the database cannot hold Chinese."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding not in ("UTF8", "SQL_ASCII"):
        raise StoreError(f"the database is in {encoding}: make one with createdb --encoding UTF8 --template template0")


# Columns of text that are still in the order of a language. Left out: what a generated column is made of, whose type
# cannot be changed (codes of regions: digits in any order of texts).
_IN_ANOTHER_ORDER: Final = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r' AND NOT a.attisdropped
  AND a.attcollation <> 0 AND a.attcollation <> (SELECT oid FROM pg_collation WHERE collname = 'C' LIMIT 1)
  AND a.attname NOT IN ('region_code', 'province', 'prefecture')
ORDER BY 1, 2
"""


def order_by_code_point(connection: Connection) -> None:
    """Let texts be compared character by character, as on SQLite, whatever language the database was made for.

    But not those of the search index, whose trigrams need the language's letters.
    """
    quote = connection.dialect.identifier_preparer.quote
    for table, column, kind in connection.execute(text(_IN_ANOTHER_ORDER)).all():
        if not has_model(table):
            continue
        alter = f'ALTER TABLE {quote(table)} ALTER COLUMN {quote(column)} TYPE {kind} COLLATE "C"'
        connection.execute(text(alter))


def copy_in(
    connection: Connection, table: Table, columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows by COPY, which takes a fifth of the time of INSERT. Raises StoreError."""
    import psycopg

    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(one.name) for one in columns)
    json_at = [place for place, one in enumerate(columns) if isinstance(one.type, JSON)]
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN".encode()) as out:
            for row in rows:
                written = list(row)
                for place in json_at:
                    written[place] = to_json(written[place])
                out.write_row(written)
    except psycopg.Error as exc:  # its further lines hold what was to be written
        cause = (str(exc).splitlines() or [type(exc).__name__])[0]
        raise StoreError(f"database: {table.name}: {cause}") from None


def follow_ids(connection: Connection) -> None:
    """Let the next row of each table get an id of its own, after rows were written with theirs."""
    quote = connection.dialect.identifier_preparer.quote
    for table, sequence in connection.execute(text(_NUMBERED)).all():
        if not is_kept(table):
            continue
        most = f"SELECT setval('{sequence}', coalesce(max(id), 0) + 1, false) FROM {quote(table)}"
        connection.execute(text(most))


_NUMBERED: Final = """
SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), 'id') FROM information_schema.columns
WHERE table_schema = current_schema() AND column_name = 'id' AND column_default LIKE 'nextval(%'
"""

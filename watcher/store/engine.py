"""The connection to the database: pragmas, transactions, the schema's version.

On SQLite every write transaction begins with BEGIN IMMEDIATE: the driver's own way runs a SELECT outside of any
transaction, so that two processes both read, both write, and one of the two writes is lost without an error. What
takes its place on PostgreSQL is in `postgres`.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, Self, TypeVar

from sqlalchemy import event, inspect, text
from sqlalchemy.engine import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from watcher.errors import StoreError, StoreLost
from watcher.store import postgres

T = TypeVar("T")

# The schema's versions that this program knows, oldest first; tests hold them against the migrations. Here, so that
# a database that is up to date is opened without importing Alembic (0.2 s).
VERSIONS: Final = tuple(f"{number:04}" for number in range(1, 39))

PRAGMAS: Final = ("busy_timeout=15000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")


class Database:
    """An engine whose schema is the one this program knows."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.is_postgres = postgres.is_postgres(engine)
        self._reader = engine.execution_options(**(postgres.READING if self.is_postgres else {"readonly": True}))
        # Threads of one process queue here: SQLite's own waiting is polling with growing sleeps, and on PostgreSQL each
        # who waits for the turn would hold a connection.
        self._turn = threading.Lock()

    @classmethod
    def open(cls, address: str) -> Self:
        """Create the database where it is absent and upgrade it where it is older.

        Raises StoreLost where its server is away, StoreError where it is there and refuses.
        """
        url = _url(address)
        try:
            with translated(_where(url)):
                return cls(_up_to_date(url))
        except StoreLost as lost:
            if postgres.refuses(url):
                raise StoreError(str(lost)) from lost
            raise

    @classmethod
    def find(cls, address: str) -> Self | None:
        """As `open`, but None where there is no database file, or an empty one, or no table in it on a server."""
        return None if _is_absent(_url(address)) else cls.open(address)

    @classmethod
    def look(cls, address: str) -> Self | None:
        """As `find`, for who changes nothing: raises StoreError where the schema is older than this program's."""
        url = _url(address)
        if _is_absent(url):
            return None
        with translated(_where(url)):
            engine = make_engine(url)
            try:
                _refuse_other(_version(engine))
            except BaseException:
                engine.dispose()
                raise
        return cls(engine)

    @classmethod
    def fresh(cls, address: str) -> Self:
        """As `open`, for who fills it; raises StoreError where another program has its tables there."""
        if _is_foreign(_url(address)):
            raise StoreError("the target holds tables of another program: name an empty database")
        return cls.open(address)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction: one state of the database, never waiting for a writer."""
        with translated(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction, committed at the end of the block, rolled back by an exception.

        One at a time, of all processes: what it reads stays true until it has written.
        """
        with self._turn, translated(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            if self.is_postgres:
                postgres.take_turn(session.connection())
            yield session

    @contextmanager
    def write_claimed(self) -> Iterator[Session]:
        """As `write`, for what claims protect, whose rows it locks (`claims`): on PostgreSQL beside other writers."""
        if not self.is_postgres:
            with self.write() as session:
                yield session
            return
        with translated(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session


def make_engine(url: URL) -> Engine:
    """An engine with our settings, whatever the schema."""
    sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        hide_parameters=True,  # they hold channel secrets
        json_serializer=_to_json if sqlite else postgres.to_json,
        connect_args={} if sqlite else postgres.CONNECT,
        **({} if sqlite else postgres.POOL),
    )
    event.listen(engine, "connect", _on_connect if sqlite else postgres.on_connect)
    if sqlite:
        event.listen(engine, "begin", _on_begin)
    return engine


def chunks(values: Collection[T], size: int = 5000) -> Iterator[list[T]]:
    """`values` in parts that fit into one IN (...): SQLite takes 32766 parameters a statement."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _to_json(value: object) -> str:
    # SQLAlchemy would write \\uXXXX, and json_extract then finds no Chinese key.
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


@contextmanager
def translated(where: str = "") -> Iterator[None]:
    """Turn the driver's errors into one line without parameters; `where` is the file or server."""
    try:
        yield
    except SQLAlchemyError as exc:
        orig = getattr(exc, "orig", None)
        cause = (str(orig or exc).splitlines() or [type(exc).__name__])[0]
        if postgres.was_lost(orig):
            raise StoreLost(f"database{where}: {cause}") from exc
        said = StoreError(f"database{where}: {cause}{_ADVICE.get(cause, '')}")
        if hasattr(orig, "sqlstate"):  # PostgreSQL's further lines hold what was to be written
            raise said from None
        raise said from exc
    except OSError as exc:
        raise StoreError(f"database {exc.filename}: {exc.strerror}; name a place that this user may write") from exc
    except ImportError as exc:
        advice = "install watcher[postgres]"
        raise StoreError(f"database{where}: its driver {exc.name} is not installed; {advice}") from exc


_ADVICE: Final = {
    "unable to open database file": "; this user must be able to write the file and its folder (--state names another)",
    "attempt to write a readonly database": "; this user must be able to write the file and its folder",
    "file is not a database": "; move it away, or name another with --state or --database-url",
    "database disk image is malformed": "; stop the service, move it away, take a backup back: `watcher db restore`",
    "database is locked": "; another program holds it: try again when it has ended",
}


_EXPECTED: Final = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"


def _up_to_date(url: URL) -> Engine:
    """An engine on a database of this program's schema."""
    _create_file(url)
    engine = make_engine(url)
    try:
        found = _version(engine)
        if found != VERSIONS[-1]:
            _refuse_newer(found)
            _upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _url(address: str) -> URL:
    try:
        with translated():
            url = make_url(address)
    except (ValueError, StoreError) as exc:  # a port that is no number, a text that is no address
        raise StoreError(f"database: expected {_EXPECTED}") from exc
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"database: {url.get_backend_name()[:20]}: expected {_EXPECTED}")
    return url


def _where(url: URL) -> str:
    """The file or the server, for an error; never the password."""
    return f" {_file(url) or url.host or ''}".rstrip()


def file_of(address: str) -> str | None:
    """The path of the SQLite file at an address; None for a server. Raises StoreError."""
    return _file(_url(address))


def _file(url: URL) -> str | None:
    """The path of an SQLite file; None for a server or a database in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return url.database


def _create_file(url: URL) -> None:
    """Make the file readable by its owner only, before anything secret is in it; -wal and -shm follow its mode."""
    path = _file(url)
    if path is None or os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _is_absent(url: URL) -> bool:
    path = _file(url)
    if path is None:
        return _is_empty(url)
    return not os.path.exists(path) or os.path.getsize(path) == 0


def _is_empty(url: URL) -> bool:
    with translated(_where(url)):
        engine = make_engine(url)
        try:
            return _version(engine) is None
        finally:
            engine.dispose()


def _is_foreign(url: URL) -> bool:
    path = _file(url)
    if path is not None and not os.path.exists(path):
        return False
    with translated(_where(url)):
        engine = make_engine(url)
        try:
            return _version(engine) is None and bool(inspect(engine).get_table_names())
        finally:
            engine.dispose()


def _version(engine: Engine) -> str | None:
    with engine.execution_options(readonly=True).connect() as connection:
        return version_of(connection)


def version_of(connection: Connection) -> str | None:
    """The schema's version, None for an empty database; plain SQL instead of Alembic."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in VERSIONS:
        raise StoreError(
            f"the database has schema {found}, this watcher knows {VERSIONS[-1]} at most: it was written by a newer "
            "watcher; install that one again, or name another database (--database-url)"
        )


def _refuse_other(found: str | None) -> None:
    _refuse_newer(found)
    if found is None:
        raise StoreError("this is no database of watcher; name another with --state or --database-url")
    if found != VERSIONS[-1]:
        raise StoreError(
            f"the database has schema {found}, this watcher {VERSIONS[-1]}: any other command (`watcher list`) "
            "upgrades it; make a copy of it first"
        )


def _upgrade(engine: Engine) -> None:
    from watcher.store.upgrade import upgrade

    upgrade(engine)

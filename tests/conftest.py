"""What tests of several areas share: a database of each kind."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
import uvloop
from hypothesis import settings

from tests import migrated, postgres
from watcher.store import Store

# A property is no timed test: the machine may be busy with others.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

migrated.use()

EMPTY = "watcher_migrated"
# Parameters of a fixture that asks `new_database` for a database of each kind.
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that commands run on."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server for all tests of a process, with a migrated database to copy."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL on this machine; `make test-deps` installs it")
    with postgres.running() as server:
        server.execute(f"CREATE DATABASE {EMPTY}")
        Store.open(server.address(EMPTY)).close()
        yield server


@pytest.fixture(scope="session")
def lasting_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Gives the address of a fresh database of a kind, for fixtures that several tests share."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database')}/watcher.db"
        server: postgres.Server = request.getfixturevalue("postgres_server")
        return server.make(EMPTY)

    return make


@pytest.fixture
def new_database(
    request: pytest.FixtureRequest, lasting_database: Callable[[str], str]
) -> Iterator[Callable[[str], str]]:
    """Gives the address of a fresh database of a kind, which is gone after the test."""
    with ExitStack() as after:

        def make(kind: str) -> str:
            made = lasting_database(kind)
            if kind != "sqlite":
                server: postgres.Server = request.getfixturevalue("postgres_server")
                after.callback(server.drop, made)
            return made

        yield make


@pytest.fixture
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Gives the address of a copy of a database that nobody has open; it is gone after the test."""
    with ExitStack() as after:

        def copy(address: str) -> str:
            if not address.startswith("sqlite:"):
                server: postgres.Server = request.getfixturevalue("postgres_server")
                made = server.make(address.rpartition("/")[2])
                after.callback(server.drop, made)
                return made
            path = tmp_path_factory.mktemp("database") / "watcher.db"
            with (
                closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as one,
                closing(sqlite3.connect(path)) as to,
            ):
                one.backup(to)
            return f"sqlite:///{path}"

        yield copy


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The address of a database, of each kind in turn."""
    return new_database(request.param)


@pytest.fixture
def sqlite_address(new_database: Callable[[str], str]) -> str:
    return new_database("sqlite")


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """As `address`, of a database in which nothing was made yet."""
    if request.param == "sqlite":
        return new_database("sqlite")
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return server.make()

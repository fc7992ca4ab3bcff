"""A service that starts while its database is away waits for it; one that its database refuses says so and ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.jobs.cluster import Cluster, Member, cluster, wait_until
from tests.jobs.proxy import proxy

pytestmark = pytest.mark.postgres
FILE = """
sources:
  - {id: s0, name: 甲, url: "http://127.0.0.1:9/list/", enabled: false}
subscriptions:
  - {id: hook, to: "json://127.0.0.1:9/hook"}
"""
SERVICES = [
    pytest.param(("worker",), " started sources=", id="worker"),
    pytest.param(("run", "--no-web"), " started sources=", id="run"),
    pytest.param(("run", "--no-web", "--engine", "apscheduler"), " started sources=", id="run-apscheduler"),
    pytest.param(("web", "--bind", "127.0.0.1:0"), " web http://", id="web"),
]
PASSWORD = "correct-horse"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running() as made:
        made.execute(f"CREATE ROLE guarded LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
        rules = made.data / "pg_hba.conf"
        rules.write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{rules.read_text('utf-8')}", "utf-8")
        made.stop()
        made.start()
        yield made


@pytest.fixture
def town(tmp_path: Path, server: postgres.Server) -> Iterator[Cluster]:
    """Processes on a database in which nothing was made yet."""
    with cluster(tmp_path, server.make()) as made:
        made.configure(FILE)
        yield made


@pytest.fixture
def away(town: Cluster, server: postgres.Server) -> Iterator[None]:  # noqa: ARG001  its database is made before
    server.stop()
    yield
    server.start()


def says(member: Member, words: str) -> bool:
    assert member.process.poll() is None or words in member.text(), member.text()
    return words in member.text()


@pytest.mark.parametrize(("command", "at_work"), SERVICES)
def test_a_service_waits_for_a_database_that_is_away(
    town: Cluster, server: postgres.Server, command: tuple[str, ...], at_work: str
) -> None:
    server.stop()
    try:
        member = town.start(*command)
        wait_until(lambda: says(member, "; asking again"))
        time.sleep(4)
        assert member.process.poll() is None
        assert member.text().count("; asking again") == 1, member.text()
    finally:
        server.start()
    wait_until(lambda: says(member, at_work))
    assert "database is back after_s=" in member.text()
    assert member.stop() == 0


@pytest.mark.parametrize(("command", "at_work"), SERVICES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.usefixtures("away")
def test_a_signal_ends_the_wait_at_once(
    town: Cluster, command: tuple[str, ...], at_work: str, number: signal.Signals
) -> None:
    member = town.start(*command)
    wait_until(lambda: says(member, "; asking again"))
    member.process.send_signal(number)
    assert member.process.wait(3) == 0
    assert at_work not in member.text()
    assert member.text().splitlines()[-1].endswith(" stopped before it was at work")


@pytest.mark.parametrize("command", [("worker",), ("web", "--bind", "127.0.0.1:0")], ids=["worker", "web"])
@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("postgresql+psycopg://guarded:wrong@127.0.0.1:{port}/postgres", 'password authentication failed for user "g'),
        ("postgresql+psycopg://guarded@127.0.0.1:{port}/postgres", "no password supplied"),
        ("postgresql+psycopg://watcher@127.0.0.1:{port}/nowhere", 'database "nowhere" does not exist'),
        ("postgresql+psycopg://watcher@127.0.0.1:{port}/newer", "the database has schema 9999"),
    ],
)
def test_a_database_that_refuses_ends_it_at_once_with_one_line(
    town: Cluster, server: postgres.Server, command: tuple[str, ...], database: str, said: str
) -> None:
    if database.endswith("newer"):
        server.execute("DROP DATABASE IF EXISTS newer")
        server.execute("CREATE DATABASE newer")
        server.execute("CREATE TABLE alembic_version AS SELECT '9999'::text AS version_num", server.address("newer"))
    member = town.start(*command, database=database.format(port=server.port))
    assert member.process.wait(20) == 1
    (line,) = member.text().splitlines()
    assert line.startswith("watcher: ")
    assert said in line


def test_sigterm_as_soon_as_it_is_at_work_ends_it(town: Cluster) -> None:
    for _ in range(4):  # what it does then is at another point each time
        member = town.worker()
        wait_until(lambda member=member: says(member, " started sources="))  # type: ignore[misc]
        member.process.send_signal(signal.SIGTERM)
        assert member.process.wait(20) == 0


def test_the_right_password_is_let_in(town: Cluster, server: postgres.Server) -> None:
    member = town.start("worker", database=server.address("postgres").replace("watcher@", f"guarded:{PASSWORD}@"))
    wait_until(lambda: says(member, " started sources="))
    assert member.stop() == 0


@pytest.mark.parametrize("command", [("check",), ("list",), ("subscriptions", "list")], ids=" ".join)
@pytest.mark.usefixtures("away")
def test_a_command_says_that_its_database_is_away_and_ends(town: Cluster, command: tuple[str, ...]) -> None:
    member = town.start(*command)
    assert member.process.wait(20) == 1
    (line,) = member.text().splitlines()
    assert line.startswith("watcher: database 127.0.0.1: connection failed: ")


# Of what a worker asks of its database until it is at work, the first time: each part is lost in turn.
@pytest.mark.parametrize("part", [2, 5, 20, 60, 150, 250, 290, 310, 330])
def test_whichever_step_of_a_start_loses_its_connection_is_made_again(
    town: Cluster, server: postgres.Server, part: int
) -> None:
    with proxy(server.port) as wire:
        wire.cut_at(part)
        member = town.start("worker", database=town.database.replace(f":{server.port}/", f":{wire.port}/"))
        wait_until(lambda: says(member, " started sources="), 60)
        assert member.stop() == 0
        assert wire.parts > part, wire.parts
    assert "Traceback" not in member.text()

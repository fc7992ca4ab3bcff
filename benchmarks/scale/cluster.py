"""The service as one process or as several on one database: how long all sources take that are due at one moment."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import text

from benchmarks import processes
from benchmarks.environments import ROOT, environ
from watcher.store.engine import Database

_PATIENCE_S: Final = 1800


@dataclass(frozen=True, slots=True)
class Setting:
    """`commands`: of each process; `server`: the process of PostgreSQL, if that is the store."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    server: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Sources that were all due at once: how long they took, and the CPU of watcher and of PostgreSQL for them."""

    sources: int
    took_s: float
    cpu_s: float
    server_s: float

    @property
    def rate(self) -> float:
        return self.sources / self.took_s

    @property
    def cpu_ms(self) -> float:
        return self.cpu_s / self.sources * 1000

    @property
    def server_ms(self) -> float:
        return self.server_s / self.sources * 1000


class Sources:
    """What the database says of them, asked past the service."""

    def __init__(self, address: str) -> None:
        self._database = Database.open(address)

    def close(self) -> None:
        self._database.close()

    def read(self) -> int:
        """How many have been read, and not made due again since."""
        with self._database.read() as session:
            asked = text("SELECT count(*) FROM sources WHERE last_checked > '2001-01-01 00:00:00+00:00'")
            return int(session.connection().execute(asked).scalar_one())

    def make_due(self) -> None:
        with self._database.write() as session:
            session.connection().execute(text("UPDATE sources SET last_checked = '2000-01-01 00:00:00+00:00'"))


def first(setting: Setting, address: str, folder: Path, count: int) -> Run:
    """All are read for the first time."""
    with asked(address) as found, running(setting, address, folder) as pids:
        return _run(setting, pids, found, count)


def again(setting: Setting, address: str, folder: Path, count: int) -> Run:
    """All are due again, and nothing of them has changed."""
    with asked(address) as found:
        found.make_due()
        with running(setting, address, folder) as pids:
            return _run(setting, pids, found, count)


@contextmanager
def asked(address: str) -> Iterator[Sources]:
    found = Sources(address)
    try:
        yield found
    finally:
        found.close()


def _run(setting: Setting, pids: list[int], found: Sources, count: int) -> Run:
    """From when all processes are at work: what those did that were sooner is not counted."""
    began, before, done = time.monotonic(), _spent(setting, pids), found.read()
    wait_until(lambda: found.read() >= count, "not all sources were read")
    took = time.monotonic() - began
    spent = [after - earlier for after, earlier in zip(_spent(setting, pids), before, strict=True)]
    return Run(count - done, took, *spent)


def _spent(setting: Setting, pids: list[int]) -> tuple[float, float]:
    server = processes.cpu_s(setting.server) if setting.server is not None else 0.0
    return sum(map(processes.cpu_s, pids)), server


@contextmanager
def running(setting: Setting, address: str, folder: Path) -> Iterator[list[int]]:
    """The processes at work, by their numbers; `folder` has the `sources.yaml`."""
    started: list[subprocess.Popen[bytes]] = []
    logs = [folder / f"log-{number}" for number, _ in enumerate(setting.commands)]
    try:
        for number, (command, log) in enumerate(zip(setting.commands, logs, strict=True)):
            places = ["--config", str(folder / "sources.yaml"), "--state", str(folder / f"state-{number}")]
            with log.open("wb") as lines:
                program = [sys.executable, "-m", "watcher", *places, "--database-url", address, *command]
                started.append(subprocess.Popen(program, stderr=lines, cwd=ROOT, env=environ()))
        wait_until(lambda: all(b" started sources=" in log.read_bytes() for log in logs), "a process did not start")
        yield [one.pid for one in started]
        for one in started:
            one.send_signal(signal.SIGTERM)
        for one in started:
            one.wait(120)
    finally:
        for one in started:
            one.kill()


def wait_until(what: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not what():
        if time.monotonic() > end:
            raise SystemExit(otherwise)
        time.sleep(0.1)

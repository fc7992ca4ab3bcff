"""Several processes of watcher on one PostgreSQL, each as if on a machine of its own where the system allows it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]


@cache
def _hosts() -> bool:
    """Whether a process can be given a host name of its own, by which claims tell machines apart."""
    tried = ["unshare", "--uts", "hostname", "w1"]
    return (
        shutil.which("unshare") is not None and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


def wait_until(what: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@dataclass
class Member:
    """One process. `log` is what it wrote."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def text(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """As a loss of power does: the process that runs under `unshare` took its place."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> int:
        """End it in order; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@dataclass
class Cluster:
    folder: Path
    database: str
    program: Sequence[str] = (sys.executable, "-m", "watcher")
    members: list[Member] = field(default_factory=list)
    started: int = 0

    def configure(self, text: str) -> None:
        (self.folder / "sources.yaml").write_text(text, "utf-8")

    def start(self, *command: str, database: str | None = None) -> Member:
        """Start `watcher …`, without waiting for it; `database`: another way to the same one."""
        self.started += 1
        name = f"{command[0]}-{self.started}"
        state = self.folder / name
        state.mkdir()
        places = ["--config", str(self.folder / "sources.yaml"), "--state", str(state)]
        apart = ["unshare", "--uts", "sh", "-c", f'hostname {name} && exec "$@"', "sh"] if _hosts() else []
        log = self.folder / f"{name}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [*apart, *self.program, *places, *command],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "WATCHER_DATABASE_URL": database or self.database},
                stderr=file,
            )
        self.members.append(Member(name, process, log))
        return self.members[-1]

    def worker(self, concurrency: int = 4, *, database: str | None = None) -> Member:
        return self.start("worker", "--concurrency", str(concurrency), database=database)

    def scheduler(self) -> Member:
        return self.start("run", "--no-web", "--concurrency", "0")

    def ready(self, seconds: float = 60) -> None:
        """Wait until all are at work."""
        for member in self.members:
            wait_until(lambda member=member: self._is_ready(member), seconds)  # type: ignore[misc]

    @staticmethod
    def _is_ready(member: Member) -> bool:
        assert member.process.poll() is None, member.text()
        return " started sources=" in member.text()

    def stop(self) -> list[int]:
        """End all in order; their exit statuses."""
        for member in self.members:
            member.process.send_signal(signal.SIGTERM)
        return [member.process.wait(60) for member in self.members]

    def ask(self, query: str) -> int:
        """The number that a query gives; 0 before there are tables."""
        with closing(psycopg.connect(self.database.replace("+psycopg", ""), autocommit=True)) as connection:
            try:
                row = connection.execute(query.encode()).fetchone()
            except psycopg.errors.UndefinedTable:
                return 0
        assert row is not None
        return int(row[0])

    def end(self) -> None:
        for member in self.members:
            if member.process.poll() is None:
                member.process.kill()
            member.process.wait()


@contextmanager
def cluster(folder: Path, database: str) -> Iterator[Cluster]:
    made = Cluster(folder, database)
    try:
        yield made
    finally:
        made.end()

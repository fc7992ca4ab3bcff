"""The site from the side of the benchmark: started, told what to do, asked what it saw, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.environments import ROOT, environ


@dataclass(frozen=True, slots=True)
class News:
    """Something published: in which column, under which title, when (`time.monotonic()`)."""

    column: int
    title: str
    at: float


class Target:
    """A running site."""

    def __init__(self, process: subprocess.Popen[str], columns: int, hosts: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._told, self._answers = process.stdin, process.stdout
        self.columns, self.hosts, self.port = columns, hosts, int(self._answers.readline())

    def url(self, column: int) -> str:
        return f"http://127.0.0.{1 + column % self.hosts}:{self.port}/c/{column}"

    def sink(self, name: str, scheme: str = "json") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/sink/{name}"

    def set(self, *, delay_s: float = 0.0, counts_visits: bool = False, **faults: bool) -> None:
        """`faults`: those of `site.Faults`; what is not named is as it should be."""
        self._ask("set", delay_s=delay_s, counts_visits=counts_visits, **faults)

    def publish(self, column: int) -> News:
        found = self._ask("publish", column=column)
        return News(column, found["title"], found["at"])

    def asked(self, news: News) -> float | None:
        """When the column was first asked for after the news."""
        found: float | None = self._ask("asked", column=news.column)
        return found

    def arrived(self, news: News, name: str, *, within_s: float) -> float | None:
        """When a delivery that holds the news' title came to a sink; None where none came in time."""
        end = time.monotonic() + within_s
        while True:
            for at, text in self._ask("deliveries", name=name, since=news.at):
                if news.title in text:
                    return float(at)
            if time.monotonic() > end:
                return None
            time.sleep(0.02)

    def deliveries(self, name: str, since: float) -> int:
        return len(self._ask("deliveries", name=name, since=since))

    def told(self, name: str, title: str) -> int:
        """How many deliveries to a sink hold a title."""
        return sum(title in text for _, text in self._ask("deliveries", name=name, since=0.0))

    def seen(self) -> dict[str, int]:
        """`lists`, `not modified`, `articles`, `most at once` since the last question."""
        found: dict[str, int] = self._ask("seen")
        return found

    def _ask(self, what: str, **given: object) -> Any:
        self._told.write(json.dumps([what, given]) + "\n")
        self._told.flush()
        return json.loads(self._answers.readline())


@contextmanager
def serving(columns: int, hosts: int = 1) -> Iterator[Target]:
    """The site, on as many addresses of this machine as it shall have hosts."""
    command = [sys.executable, "-m", "benchmarks.monitoring.site", str(columns), str(hosts)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ()
    ) as process:
        try:
            yield Target(process, columns, hosts)
        finally:
            process.kill()

"""A watcher as a user meets it: a folder with a configuration, the real command line, a real site on loopback."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import warm
from watcher.demo import articles
from watcher.demo.site import LISTING, Server, Site


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Installation:
    """`run("list", "--json")` is `watcher --config … --state … list --json` in a process of its own."""

    folder: Path

    def configure(self, text: str) -> None:
        (self.folder / "sources.yaml").write_text(text, encoding="utf-8")

    def _arguments(self, arguments: tuple[str, ...]) -> list[str]:
        return ["--config", str(self.folder / "sources.yaml"), "--state", str(self.folder / "state"), *arguments]

    def run(self, *arguments: str, stdin: str | None = None, columns: int | None = None) -> Result:
        """In a pipe; `columns`: as wide as the environment says."""
        environment = {**_without_width(), **({"COLUMNS": str(columns)} if columns else {})}
        return Result(*warm.run(self._arguments(arguments), stdin=stdin, environment=environment))

    def on_terminal(self, *arguments: str, columns: int = 80) -> list[str]:
        """The lines that a terminal of so many columns shows, without its colours."""
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, columns))
        environment = {**_without_width(), "TERM": "xterm"}
        command = [sys.executable, "-m", "watcher", *self._arguments(arguments)]
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
            os.close(theirs)
            shown = b"".join(iter(lambda: _some(ours), b""))
        os.close(ours)
        return [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", shown.decode()).splitlines()]


def _without_width() -> dict[str, str]:
    """The environment, whatever terminal the tests run in."""
    return {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}


def _some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux: the other side is closed
        return b""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.fixture
def site() -> Site:
    return Site([articles.SUBSIDY, articles.VISITS, articles.MEETING])


@pytest.fixture
def server(site: Site) -> Iterator[Server]:
    with Server(site) as running:
        yield running


def configuration(port: int, *, subscriptions: str = "") -> str:
    return f"""
settings:
  allow_private_addresses: true
  per_host_delay: 0s
  backfill_days: 0
sources:
  - id: demo
    name: 示例
    url: http://127.0.0.1:{port}{LISTING}
    every: 30m
subscriptions:
  - id: hook
    to: json://127.0.0.1:{port}/alerts
{subscriptions}"""


@pytest.fixture
def watched(installation: Installation, server: Server) -> Installation:
    """An installation that watches the demo site and posts its alerts to the site's own webhook."""
    installation.configure(configuration(server.port))
    return installation

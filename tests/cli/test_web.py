"""The page as a user meets it: beside the running service, and alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Installation

ANY_PORT = "127.0.0.1:0"
TOKEN = "0123456789abcdef-token"


@contextmanager
def serving(installation: Installation, *arguments: str, **environment: str) -> Iterator[tuple[str, Path]]:
    """The address of the page of a command that runs while the block lasts, and its log; it must end well."""
    log = installation.folder / "log"
    places = ("--config", str(installation.folder / "sources.yaml"), "--state", str(installation.folder / "state"))
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "watcher", *places, *arguments], stderr=file, env={**os.environ, **environment}
        )
        try:
            yield _address(log, process), log
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 60
    while not (found := re.search(r"INFO (?:web (http://\S+)|started)", log.read_text())):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return found[1] or ""


def test_the_service_serves_what_it_found(watched: Installation) -> None:
    assert watched.run("check", "--notify-existing").status == 0
    with serving(watched, "run", "--web", ANY_PORT) as (address, _):
        assert "淄博市出台12条措施支持企业绿色转型" in httpx.get(address).text


def test_the_page_alone_serves_an_installation_that_has_found_nothing(watched: Installation) -> None:
    with serving(watched, "web", "--bind", ANY_PORT) as (address, _):
        assert "还没有发现公告" in httpx.get(address, headers={"Accept-Language": "zh"}).text


def test_a_page_for_others_asks_for_its_token(watched: Installation) -> None:
    with serving(watched, "web", "--bind", "0.0.0.0:0", WATCHER_WEB_TOKEN=TOKEN) as (address, log):
        page = address.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(page).status_code == 401
        assert httpx.get(page, auth=("me", TOKEN)).status_code == 200
        assert TOKEN not in log.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("web", "--bind", "0.0.0.0:0"), "WATCHER_WEB_TOKEN"),
        (("run", "--web", "[::]:0"), "WATCHER_WEB_TOKEN"),
        (("web", "--bind", "8080"), "expected HOST:PORT"),
        (("web", "--bind", "127.0.0.1:99999"), "expected HOST:PORT"),
        (("web", "--bind", "no.such.host.invalid:80"), "WATCHER_WEB_TOKEN"),
        (("run", "--web", ANY_PORT, "--no-web"), "exclude each other"),
    ],
)
def test_a_page_that_cannot_be_served_so_is_said_in_one_line(
    watched: Installation, arguments: tuple[str, ...], said: str
) -> None:
    result = watched.run(*arguments)
    assert result.status == 2
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_a_named_address_that_is_taken_is_an_error(watched: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        result = watched.run("run", "--web", bind)
    assert result.status == 2
    assert result.err.splitlines()[-1] == f"watcher: web page: {bind}: Address already in use; name another HOST:PORT"


def test_the_usual_address_that_is_taken_is_a_warning(watched: Installation) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8080))
            taken.listen()
        except OSError:
            pass  # somebody else has taken it: as good
        with serving(watched, "run") as (address, log):
            assert address == ""
            assert "WARNING web page: 127.0.0.1:8080" in log.read_text()

"""changedetection.io: a service, driven over its HTTP interface; a pass spends what the service spends meanwhile."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks import processes
from benchmarks.environments import python_of
from benchmarks.monitoring.target import Target

REQUIREMENTS: Final = Path(__file__).with_name("requirements-changedetection.txt")
_START_S: Final = 120
_AT_MOST_S: Final = 900


class Changedetection:
    """A running service that watches every column; `made` by `running`."""

    def __init__(self, pid: int, base: str, key: str) -> None:
        self._pid, self._base, self._key = pid, base, key

    def watch_all(self, target: Target) -> None:
        """Have it watch all columns and nothing else, and wait until it looked at each once."""
        for example in self._watches():
            self._call("DELETE", f"/watch/{example}")
        began = time.time()
        query = {"notification_urls": target.sink("changedetection"), "notification_format": "text"}
        urls = "\n".join(map(target.url, range(target.columns)))
        self._call("POST", f"/import?{urlencode(query)}", urls.encode(), "text/plain")
        self._wait(began, target.columns)

    def make_pass(self, columns: int) -> processes.Spent:
        time.sleep(1.1)  # its moments have whole seconds
        began, cpu_s, start = time.time(), processes.cpu_s(self._pid), time.monotonic()
        self.begin_pass()
        self._wait(began, columns)
        wall_s = time.monotonic() - start
        return processes.Spent(wall_s, processes.cpu_s(self._pid) - cpu_s, processes.memory_mb(self._pid, "VmHWM"))

    def begin_pass(self) -> None:
        """Ask for a pass over all."""
        self._call("GET", "/watch?recheck_all=1")

    def check(self, url: str) -> float:
        """Ask for one check; returns the moment before it was asked for."""
        number = next(key for key, watch in self._watches().items() if watch["url"] == url)
        moment = time.monotonic()
        self._call("GET", f"/watch/{number}?recheck=1")
        return moment

    def _wait(self, since: float, columns: int) -> None:
        """Until every watch was looked at since then."""
        end = time.monotonic() + _AT_MOST_S
        while time.monotonic() < end:
            looked = [int(watch["last_checked"] or 0) >= int(since) for watch in self._listed()]
            if len(looked) >= columns and all(looked):
                return
            time.sleep(0.25)
        raise SystemExit(f"changedetection.io did not end its pass within {_AT_MOST_S} s")

    def _listed(self) -> list[dict[str, Any]]:
        """Its watches; none where it stumbles (500) over those that change while it lists them."""
        try:
            return list(self._watches().values())
        except urllib.error.HTTPError:
            return []

    def _watches(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self._call("GET", "/watch")
        return found

    def _call(self, method: str, path: str, body: bytes | None = None, media_type: str = "application/json") -> Any:
        headers = {"x-api-key": self._key} | ({"Content-Type": media_type} if body else {})
        request = urllib.request.Request(f"{self._base}/api/v1{path}", method=method, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=120) as response:
            return json.loads(response.read() or b"null")


@contextmanager
def running(folder: Path) -> Iterator[Changedetection]:
    """The service on a folder of its own, killed at the end of the block. Raises UnavailableError."""
    python = python_of(REQUIREMENTS)
    folder.mkdir(exist_ok=True)
    port = _free_port()
    options = {
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
        "DISABLE_VERSION_CHECK": "yes",
        "LLM_FEATURES_DISABLED": "true",
        "MINIMUM_SECONDS_RECHECK_TIME": "0",
        "LOGGER_LEVEL": "INFO",
        "LISTEN_HOST": "127.0.0.1",
        "PORT": str(port),
    }
    command = [str(python.with_name("changedetection.io")), "-d", str(folder), "-h", "127.0.0.1", "-p", str(port), "-C"]
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen(
            command, env={**os.environ, **options}, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base)
            yield Changedetection(process.pid, base, _key(folder))
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _wait_for(base: str) -> None:
    end = time.monotonic() + _START_S
    while True:
        try:
            urllib.request.urlopen(base, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _key(folder: Path) -> str:
    """The key of its interface, which it writes into its settings."""
    for path in folder.glob("*.json"):
        key = json.loads(path.read_text("utf-8")).get("settings", {}).get("application", {}).get("api_access_token")
        if key:
            return str(key)
    raise SystemExit("changedetection.io wrote no key of its interface")

"""`watcher run` as a process that lives on: what it holds and spends, and how its event loop stalls."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks import processes
from benchmarks.environments import ROOT, environ
from benchmarks.monitoring import ours
from benchmarks.monitoring.target import Target

_START_S: Final = 300


@dataclass(frozen=True, slots=True)
class Idle:
    """MB held, percent of one core used, the longest stall of the loop in ms and how much of one it was at work."""

    memory_mb: float
    cpu_percent: float
    stall_ms: float
    at_work_ms: float


class Service:
    """A running service; made by `running`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.settle()

    def settle(self) -> None:
        """Count what it spends from here on."""
        self._since, self._cpu_s = time.monotonic(), processes.cpu_s(self._process.pid)

    def end(self) -> Idle:
        """What it held and spent; ends it as its operator would."""
        share = (processes.cpu_s(self._process.pid) - self._cpu_s) / (time.monotonic() - self._since)
        memory_mb = processes.memory_mb(self._process.pid)
        self._process.terminate()
        out, _ = self._process.communicate(timeout=90)
        stalls = json.loads(out)
        return Idle(memory_mb, share * 100, stalls["longest_ms"], stalls["at_work_ms"])


@contextmanager
def running(config: Path, state: Path, log: Path) -> Iterator[Service]:
    """The service, at work; its log goes to `log`."""
    command = [sys.executable, "-m", "benchmarks.monitoring.ours", str(config), str(state), "serve"]
    with (
        log.open("wb") as lines,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=lines, text=True, cwd=ROOT, env=environ()) as process,
    ):
        try:
            end = time.monotonic() + _START_S
            while b"started sources=" not in log.read_bytes():
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"watcher run did not start: {log.read_text('utf-8')[-500:]}")
                time.sleep(0.2)
            yield Service(process)
        finally:
            process.kill()


def scheduled(target: Target, folder: Path, seconds: float) -> Idle:
    """A service whose sources have all been read lately and wait for their next turn."""
    from watcher.records.passes import PassEnd
    from watcher.records.sources import Health, SourceState
    from watcher.store import Store

    config, state = folder / "scheduled.yaml", folder / "scheduled"
    config.write_text(ours.configuration(target, every="1d"), "utf-8")
    state.mkdir()
    settings, now = ours.settings(str(config), str(state)), datetime.now(UTC)
    store = Store.open(settings.database_url)
    store.sync_sources(settings.sources, now)
    read = PassEnd(Health(SourceState.OK, first_checked=now, last_checked=now, last_ok=now))
    held = [one for one in store.passes.begin([(source, now) for source in settings.sources]) if one is not None]
    store.passes.finish([(one, read, now) for one in held])
    store.release([one.claim for one in held])
    store.close()
    with running(config, state, folder / "scheduled.log") as service:
        time.sleep(15)  # what a start leaves to do
        service.settle()
        time.sleep(seconds)
        return service.end()

"""watcher, changedetection.io and urlwatch from the side of the faults: a pass, and a pass that is killed midway."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from benchmarks.environments import ROOT, environ
from benchmarks.monitoring import changedetection, ours, urlwatch
from benchmarks.monitoring.target import News, Target

# From the request for the list that has the news to the kill: it is read and kept, and nothing was accepted.
KILLED_AFTER_S: Final = 0.25
_AT_MOST_S: Final = 60


class Product(Protocol):
    """`sink`: the name by which its deliveries are known."""

    sink: str

    def cycle(self) -> None:
        """A pass over all columns, and what follows of it at once."""

    def killed(self, news: News) -> None:
        """A pass that is killed when it has read the news."""


class Watcher:
    sink = "ours"

    def __init__(self, target: Target, folder: Path) -> None:
        folder.mkdir()
        self._target, config = target, folder / "sources.yaml"
        config.write_text(ours.configuration(target), "utf-8")
        self._command = ours.command(config, folder / "state", "check")

    def cycle(self) -> None:
        subprocess.run(self._command, cwd=ROOT, env=environ(), capture_output=True, timeout=_AT_MOST_S, check=False)

    def killed(self, news: News) -> None:
        _killed(self._command, None, self._target, news)


class Urlwatch:
    sink = "urlwatch"

    def __init__(self, target: Target, folder: Path) -> None:
        self._target, self._made = target, urlwatch.Urlwatch(target, folder)

    def cycle(self) -> None:
        with suppress(SystemExit):  # it ends with 1 where its report was refused
            self._made.make_pass()

    def killed(self, news: News) -> None:
        _killed(self._made.command, self._made.environment, self._target, news)


class Changedetection:
    sink = "changedetection"

    def __init__(self, target: Target, folder: Path) -> None:
        self._target, self._folder = target, folder
        self._running = changedetection.running(folder)
        self._service = self._running.__enter__()
        self._service.watch_all(target)

    def cycle(self) -> None:
        self._service.make_pass(self._target.columns)
        time.sleep(3)  # it notifies in a thread of its own

    def killed(self, news: News) -> None:
        self._service.begin_pass()
        _wait_for(lambda: self._target.asked(news) is not None)
        time.sleep(KILLED_AFTER_S)
        self.end()
        self._running = changedetection.running(self._folder)
        self._service = self._running.__enter__()

    def end(self) -> None:
        self._running.__exit__(None, None, None)


PRODUCTS: Final[dict[str, Callable[[Target, Path], Product]]] = {
    "**watcher**": Watcher,
    "changedetection.io": Changedetection,
    "urlwatch": Urlwatch,
}


@contextmanager
def made(name: str, target: Target, folder: Path) -> Iterator[Product]:
    """A product that has seen every column once. Raises UnavailableError."""
    product = PRODUCTS[name](target, folder)
    try:
        product.cycle()
        yield product
    finally:
        if isinstance(product, Changedetection):
            product.end()


def _killed(command: list[str], environment: dict[str, str] | None, target: Target, news: News) -> None:
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ() | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _wait_for(lambda: target.asked(news) is not None or process.poll() is not None)
        time.sleep(KILLED_AFTER_S)
        process.kill()


def _wait_for(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + _AT_MOST_S
    while not reached() and time.monotonic() < end:
        time.sleep(0.01)

"""What is measured, set up when it is first needed: the site, and everybody who watched each of its columns once."""

from __future__ import annotations

import compileall
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

import watcher
from benchmarks import processes
from benchmarks.monitoring import changedetection, ours
from benchmarks.monitoring.asked import Asked, Passed, asked
from benchmarks.monitoring.changedetection import Changedetection
from benchmarks.monitoring.target import Target, serving
from benchmarks.monitoring.urlwatch import Urlwatch

CONNECTIONS: Final = 10
_AT_MOST_S: Final = 3600


class Bench:
    """A site of so many columns and its watchers; made by `bench`."""

    def __init__(self, target: Target, folder: Path, stack: ExitStack) -> None:
        self.target, self._folder, self._stack = target, folder, stack

    # --- watcher ---------------------------------------------------------------------------------------------------

    @cached_property
    def state(self) -> Path:
        """The state folder, after a first pass that opened every article."""
        state = self._folder / "state"
        _say(f"watcher: first pass over {self.target.columns} columns")
        self._check(self.config(), state)
        return state

    def config(self, concurrency: int | None = None, every: str = "1h") -> Path:
        """A configuration for all columns; `concurrency` None: the product's default."""
        path = self._folder / f"sources-{concurrency}-{every}.yaml"
        path.write_text(ours.configuration(self.target, every=every, concurrency=concurrency), "utf-8")
        return path

    def check(self, concurrency: int | None = None) -> processes.Spent:
        """`watcher check` of all columns, its process from start to end."""
        return self._check(self.config(concurrency), self.state)

    def _check(self, config: Path, state: Path) -> processes.Spent:
        out = self._folder / "check.txt"
        spent, status = processes.run(ours.command(config, state, "check"), out, at_most_s=_AT_MOST_S)
        if status != 0:
            raise SystemExit(f"watcher check ended with {status}: {out.read_text('utf-8')[-300:]}")
        return spent

    @cached_property
    def with_ten(self) -> Asked:
        """watcher with ten connections, asked for passes."""
        return self._ours(CONNECTIONS)

    @cached_property
    def with_default(self) -> Asked:
        """watcher with as many connections as it has by default."""
        return self._ours(None)

    def _ours(self, concurrency: int | None) -> Asked:
        state = self.state
        return self._asked("benchmarks.monitoring.ours", str(self.config(concurrency)), str(state))

    # --- the others ------------------------------------------------------------------------------------------------

    @cached_property
    def floor(self) -> Asked:
        floor = self._asked("benchmarks.monitoring.floor", str(self.target.port), str(self.target.columns))
        floor.make_pass(CONNECTIONS)
        return floor

    @cached_property
    def urlwatch(self) -> Urlwatch:
        urlwatch = Urlwatch(self.target, self._folder / "urlwatch")
        _say("urlwatch: first pass")
        urlwatch.make_pass()
        return urlwatch

    @cached_property
    def changedetection(self) -> Changedetection:
        service = self._stack.enter_context(changedetection.running(self._folder / "changedetection"))
        _say("changedetection.io: first pass")
        service.watch_all(self.target)
        return service

    def _asked(self, module: str, *arguments: str) -> Asked:
        return self._stack.enter_context(asked(module, *arguments))


@contextmanager
def bench(columns: int, folder: Path) -> Iterator[Bench]:
    # As an installed package has it, and the others have: else each start compiles it where Python may not write.
    compileall.compile_dir(Path(watcher.__file__).parent, quiet=1)
    with ExitStack() as stack:
        target = stack.enter_context(serving(columns))
        folder.mkdir()
        yield Bench(target, folder, stack)


def quiet(passed: Passed) -> Passed:
    """A pass that read all columns and opened no article; ends the benchmark where it was another."""
    if passed.found["problems"] or passed.found["opened"]:
        raise SystemExit(f"no pass over unchanged pages: {passed.found}")
    return passed


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

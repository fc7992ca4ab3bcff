"""A state with evidence, and a process that goes on adding to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archive.answers import answer
from tests.conftest import KINDS
from tests.store.examples import NOW, extraction, listed, reading, source, subscription, told
from watcher.archive import FOLDER, Archive
from watcher.archive.verify import verify
from watcher.store import Store

# Announcements with evidence, one after the other, until it is told to end.
WRITER = """
import select, sys
from tests.upkeep.conftest import State, Path
state = State(sys.argv[1], Path(sys.argv[2]))
number = int(sys.argv[3])
with state.opened() as (store, archive):
    while not select.select([sys.stdin], [], [], 0)[0]:
        state.add(store, archive, number)
        number += 1
        print(number, flush=True)
"""


@dataclass(frozen=True)
class State:
    """A database and the folder beside it."""

    address: str
    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / FOLDER

    @contextmanager
    def opened(self) -> Iterator[tuple[Store, Archive]]:
        store = Store.open(self.address)
        store.sync_sources([source()], NOW)
        store.sync_subscriptions([subscription()], NOW)
        try:
            yield store, Archive(self.archive, store)
        finally:
            store.close()

    def add(self, store: Store, archive: Archive, number: int) -> None:
        """Announcement `number`, its evidence and its alert."""
        page = listed(store, number)
        made = extraction(f"市生态环境局出台{number}条措施。", title=f"某市出台{number}条措施支持企业")
        captures = archive.keep(page.id, [answer(f"page {number}".encode() * 50, url=page.url, at=NOW)])
        assert store.announcements.save(reading(page, made, captures=captures, outgoing=told("new", "ops")), NOW)

    def assert_whole(self) -> int:
        """Announcements 1 to N are there, N being what is returned, with their alerts, and their evidence whole."""
        with self.opened() as (store, archive):
            last = len(store.deliveries(limit=None))
            for number in range(1, last + 1):
                history = store.lists.announcement(number)
                assert history is not None
                (capture,) = history.revisions[0].captures
                assert archive.read(capture).body == f"page {number}".encode() * 50
            assert store.lists.announcement(last + 1) is None
            assert {one.name for one in self.archive.iterdir()} == set(store.captures.files())
            for path in self.archive.iterdir():
                read = verify(path, store.captures.in_file(path.name))
                assert (read.faults, read.spare) == ([], 0)
            return last

    @contextmanager
    def being_written(self) -> Iterator[subprocess.Popen[str]]:
        """A process adds to it until the end of the block."""
        with self.opened() as (store, _):
            number = len(store.deliveries(limit=None)) + 1
        command = [sys.executable, "-c", WRITER, self.address, str(self.folder), str(number)]
        writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            yield writer
        finally:
            writer.communicate("\n", timeout=60)
            assert writer.returncode == 0


@pytest.fixture(params=KINDS)
def state(request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path: Path) -> State:
    """A state of each kind, with three announcements."""
    made = State(new_database(request.param), tmp_path / "state")
    with made.opened() as (store, archive):
        for number in (1, 2, 3):
            made.add(store, archive, number)
    return made


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path: Path) -> State:
    """Where nothing is yet, for each kind."""
    return State(new_database(request.param), tmp_path / "other")

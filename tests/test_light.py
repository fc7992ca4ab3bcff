"""What is loaded when: a pass without news loads a third less than one with news, and a service all at once."""

from __future__ import annotations

import subprocess
import sys
from inspect import get_annotations
from pathlib import Path

import pytest

from watcher.app import FOR_NEWS
from watcher.store import Store

OPEN = """
import asyncio, sys
from watcher.app import opened
from watcher.settings import Settings

async def main():
    async with opened(Settings("sources.yaml", sys.argv[1], f"sqlite:///{sys.argv[1]}/watcher.db"), patient=%s) as app:
        await app.check([])
        await app.remind()
        await app.tidy()
        await app.deliver_due()
    print(*sys.modules)

asyncio.run(main())
"""


def loaded(folder: Path, *, patient: bool) -> set[str]:
    command = [sys.executable, "-c", OPEN % patient, str(folder)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date: bringing it there loads all of the store."""
    folder = tmp_path_factory.mktemp("state")
    Store.open(f"sqlite:///{folder}/watcher.db").close()
    return folder


def test_a_pass_without_news_loads_nothing_that_reads_or_tells_any(new: Path) -> None:
    found = loaded(new, patient=False)
    assert found.isdisjoint(FOR_NEWS)
    assert found.isdisjoint(f"watcher.store.{name}" for name in ("announcements", "lists", "outbox", "feedback"))


def test_a_service_has_loaded_all_of_it(new: Path) -> None:
    found = loaded(new, patient=True)
    assert found.issuperset(FOR_NEWS)
    assert found.issuperset(f"watcher.store.{name}" for name in get_annotations(Store))


def test_each_part_of_the_store_is_what_it_says(new: Path) -> None:
    store = Store.open(f"sqlite:///{new}/watcher.db")
    store.load()
    assert {name: type(getattr(store, name)).__name__ for name in get_annotations(Store)} == get_annotations(Store)
    assert not hasattr(store, "another")
    store.close()

"""A PostgreSQL database for the queue, and processes on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.jobs.cluster import Cluster, cluster
from watcher.jobs.worker import libpq


@pytest.fixture
def database(new_database: Callable[[str], str]) -> str:
    """A migrated database, as watcher writes its address."""
    return new_database("postgresql")


@pytest.fixture
def address(database: str) -> str:
    """The same, as the driver takes it."""
    return libpq(database)


@pytest.fixture
def town(tmp_path: Path, database: str) -> Iterator[Cluster]:
    """Processes on one database, none started yet."""
    with cluster(tmp_path, database) as made:
        yield made

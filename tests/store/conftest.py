"""A store on a real database of each kind (`address`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.examples import NOW, source, subscription
from watcher.store import Store


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store with one source, `bureau`, and one subscription, `ops`."""
    opened = Store.open(address)
    opened.sync_sources([source()], NOW)
    opened.sync_subscriptions([subscription()], NOW)
    yield opened
    opened.close()

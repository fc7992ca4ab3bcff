"""The edges that a pass works with; handed in, so that the path itself knows neither SQL nor HTTP nor a clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watcher.archive import Archive
from watcher.model import NotModified, Page, Validators
from watcher.settings import FetchOptions, Options
from watcher.store import Store


class Fetch(Protocol):
    """`Fetcher.fetch`; raises FetchError."""

    def __call__(
        self, url: str, validators: Validators | None = None, options: FetchOptions = ...
    ) -> Awaitable[Page | NotModified]: ...


@dataclass(frozen=True, slots=True)
class Gear:
    fetch: Fetch
    store: Store
    options: Options
    clock: Callable[[], datetime]  # aware, UTC
    archive: Archive

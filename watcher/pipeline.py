"""The main path: one source checked. Edges come in as arguments; this module knows neither SQL nor HTTP nor a clock.

begin_pass -> fetch listing -> read_listing -> add_entries -> open each: fetch -> read -> extract -> decide -> save
           -> finish_pass (validators last: a crash must not hide entries behind a 304)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watcher.model import NotModified, Page, RunReport, Validators
from watcher.settings import Options, Source
from watcher.store import Store


class Fetch(Protocol):
    """`Fetcher.fetch`; raises FetchError."""

    def __call__(
        self, url: str, validators: Validators | None = None, *, proxy: str | None = None
    ) -> Awaitable[Page | NotModified]: ...


@dataclass(frozen=True, slots=True)
class Gear:
    """The edges that a pass works with."""

    fetch: Fetch
    store: Store
    options: Options
    clock: Callable[[], datetime]  # aware, UTC


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants of a pass beside the ordinary."""

    recheck: bool = False
    notify_existing: bool = False


async def check_source(source: Source, gear: Gear, asked: Asked = Asked()) -> RunReport:
    """One pass over a source; never raises for what the site does: its trouble is in `RunReport.problem`.

    A source that another process is checking is left alone: `RunReport.busy`. Raises StoreError.
    """
    raise NotImplementedError

"""What a pass writes that finds nothing: rows, counted at the database, however long the list and large the store."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import col, select

from benchmarks.store import corpus, fill
from watcher.gear import Gear
from watcher.model import NotModified, Page, Validators
from watcher.pipeline import check_source
from watcher.settings import PLAIN_FETCH, FetchOptions, Options, Source
from watcher.store import Store
from watcher.store.engine import Database
from watcher.store.tables import PageRow


@dataclass(frozen=True, slots=True)
class Writes:
    """Rows written by a pass over a list of `entries`: answered 304, or with other bytes around the same entries."""

    entries: int
    not_modified: int
    same_entries: int


def measure(database: Database, size: int, entries: int) -> Writes:
    """Two passes over a source's list of its newest entries, after one that settles them."""
    source = fill.sources()[0]
    urls = _newest(database, source, entries)
    site = _Site(source.listing_url, urls)
    moments = iter(corpus.seen(size) + timedelta(hours=hour) for hour in range(1_000))
    gear = Gear(site.fetch, Store(database), Options(), lambda: next(moments))
    counted = []
    for answer in ("first", "304", "second"):
        site.answer = answer
        with _written() as rows:
            asyncio.run(check_source(source, gear))
        counted.append(rows.total())
    return Writes(len(urls), counted[1], counted[2])


def _newest(database: Database, source: Source, entries: int) -> list[str]:
    wanted = select(PageRow.url).where(PageRow.source_id == source.id).order_by(col(PageRow.id).desc()).limit(entries)
    with database.read() as session:
        return list(session.exec(wanted))


class _Site:
    """A listing page that answers as `answer` says; nothing else is ever asked."""

    def __init__(self, url: str, urls: list[str]) -> None:
        items = "".join(
            f'<li><a href="{escape(url)}">关于支持企业的若干措施 {n}</a></li>' for n, url in enumerate(urls)
        )
        self._url, self._body = url, f"<html><body><ul>{items}</ul></body></html>"
        self.answer = "first"

    async def fetch(
        self,
        url: str,
        validators: Validators | None = None,  # noqa: ARG002
        options: FetchOptions = PLAIN_FETCH,  # noqa: ARG002
    ) -> Page | NotModified:
        assert url == self._url
        if self.answer == "304":
            return NotModified(url, corpus.START)
        body = f"{self._body}<!-- {self.answer} -->".encode()
        return Page(url, url, 200, body, corpus.START, "text/html", "utf-8", Validators('"1"'))


@contextmanager
def _written() -> Iterator[Counter[str]]:
    """Count the rows that statements change in the block, by the statement's verb."""
    rows: Counter[str] = Counter()

    def count(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        verb = statement.lstrip().split(None, 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            rows[verb] += max(cursor.rowcount, 0)

    event.listen(Engine, "after_cursor_execute", count)
    try:
        yield rows
    finally:
        event.remove(Engine, "after_cursor_execute", count)

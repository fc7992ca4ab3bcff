"""What a pass writes that finds nothing: rows, counted at the database, however long the list and large the store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlmodel import col, select

from benchmarks.store import fill
from watcher.app import opened
from watcher.settings import Options, Settings
from watcher.store.engine import Database
from watcher.store.tables import PageRow

PATH: Final = "/list/"


@dataclass(frozen=True, slots=True)
class Writes:
    """Rows written by a pass over a list of `entries`: answered 304, or with other bytes around the same entries."""

    entries: int
    not_modified: int
    same_entries: int


def measure(database: Database, address: str, state: str, entries: int) -> Writes:
    """Two passes over a list of a source's newest entries, after one that settles them.

    Args:
        address: of the database, which the passes open themselves, as the service does.
    """
    source = fill.sources()[0]
    urls = _newest(database, source.id, entries)
    with _Site(urls) as site:
        source = replace(source, url=site.url)
        options = Options(allow_private_addresses=True, per_host_delay_s=0)
        settings = Settings("sources.yaml", state, address, options, (source,))
        _, not_modified, same_entries = asyncio.run(_passes(settings, site))
    return Writes(len(urls), not_modified, same_entries)


async def _passes(settings: Settings, site: _Site) -> list[int]:
    written = []
    async with opened(settings) as app:
        for site.answer in ("as it was", "304", "other bytes"):
            with _counted() as rows:
                report = await app.check_source(settings.sources[0])
            assert report.problem is None, report.problem
            assert report.opened == 0
            written.append(sum(rows))
    return written


def _newest(database: Database, source_id: str, entries: int) -> list[str]:
    wanted = select(PageRow.url).where(PageRow.source_id == source_id).order_by(col(PageRow.id).desc()).limit(entries)
    with database.read() as session:
        return list(session.exec(wanted))


class _Site:
    """A site of one listing page, which it answers as `answer` says."""

    def __init__(self, urls: list[str]) -> None:
        items = "".join(
            f'<li><a href="{escape(url)}">关于支持企业的若干措施 {n}</a></li>' for n, url in enumerate(urls)
        )
        self.answer = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path == PATH
                body = f"<html><body><ul>{items}</ul><!-- {site.answer} --></body></html>".encode() if found else b""
                if found and site.answer == "304":
                    body = b""
                self.send_response(304 if found and site.answer == "304" else 200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", '"1"')
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def __enter__(self) -> _Site:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def _counted() -> Iterator[list[int]]:
    """The rows that each statement of the block changed, whatever connection it went over."""
    rows: list[int] = []

    def count(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            rows.append(max(cursor.rowcount, 0))

    event.listen(Engine, "after_cursor_execute", count)
    try:
        yield rows
    finally:
        event.remove(Engine, "after_cursor_execute", count)

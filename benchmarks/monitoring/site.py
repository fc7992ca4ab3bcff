"""The site that is watched, in a process of its own: the columns over HTTP/1.1, and a sink for what is delivered.

    GET /c/7          column 7, with ETag and Last-Modified, 304 to who knows it
    GET /c/7/21.html  an article of it
    POST /sink/NAME   a delivery: its moment and text are kept

It is told what to do by a line of JSON on standard input, and answers each with one. Moments are those of
`time.monotonic()`, which all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, mktime_tz, parsedate_tz
from hashlib import sha256
from typing import Any, Final

from benchmarks.monitoring.columns import Column

_REASONS: Final = {200: "OK", 304: "Not Modified", 404: "Not Found", 500: "Internal Server Error"}
_MAINTAINED: Final = (
    "<html><head><title>某市人民政府</title></head><body><h1>系统维护中</h1><p>请稍后再访问。</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Faults:
    """The sink refuses; lists are a page of maintenance; pages have a date alone, that of a change two minutes back."""

    sink: bool = False
    maintenance: bool = False
    by_date: bool = False


class Site:
    """The columns and what was seen of their visitors."""

    def __init__(self, columns: int) -> None:
        self.delay_s = 0.0
        self.counts_visits = False  # each list page says how often it was asked, so that its bytes never repeat
        self.faults = Faults()
        self._columns = [Column(number) for number in range(columns)]
        self._pages: dict[int, tuple[bytes, str, str]] = {}  # body, ETag, Last-Modified
        self._visits = 0
        self._seen: Counter[str] = Counter()
        self._waited_for: dict[int, float | None] = {}  # columns with news, and when they were next asked for
        self._deliveries: list[tuple[str, float, str]] = []
        self.in_flight = 0

    # --- what the visitors get -------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        kind, *rest = path.strip("/").split("/")
        if method == "POST" and kind == "sink" and self.faults.sink:
            self._seen["refused"] += 1
            return 500, {}, b"no"
        if method == "POST" and kind == "sink":
            self._deliveries.append((rest[0], time.monotonic(), _text(body)))
            return 200, {}, b"ok"
        if kind != "c" or not rest or not rest[0].isdecimal() or int(rest[0]) >= len(self._columns):
            return 404, {}, b"not here"
        if len(rest) == 1:
            return self._list(int(rest[0]), headers)
        html = self._columns[int(rest[0])].article_html(int(rest[1].removesuffix(".html")))
        self._seen["articles"] += 1
        return (404, {}, b"gone") if html is None else (200, {"Content-Type": "text/html"}, html.encode())

    def _list(self, number: int, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self._seen["lists"] += 1
        self._seen["most at once"] = max(self._seen["most at once"], self.in_flight)
        if number in self._waited_for and self._waited_for[number] is None:
            self._waited_for[number] = time.monotonic()
        html = {"Content-Type": "text/html; charset=utf-8"}
        if self.faults.maintenance:
            return 200, html, _MAINTAINED.encode()
        body, etag, changed = self._page(number)
        if self.faults.by_date:
            known = headers.get("if-modified-since")
            fresh = known is not None and _seconds(changed) <= _seconds(known)
            return (304, {}, b"") if fresh else (200, html | {"Last-Modified": changed}, body)
        if self.counts_visits:
            self._visits += 1
            return 200, html, body.replace(b"</body>", f"<p>访问量：{self._visits}</p></body>".encode())
        validators = {"ETag": etag, "Last-Modified": changed}
        if headers.get("if-none-match") == etag or headers.get("if-modified-since") == changed:
            self._seen["not modified"] += 1
            return 304, validators, b""
        return 200, html | validators, body

    def _page(self, number: int) -> tuple[bytes, str, str]:
        if number not in self._pages:
            body = self._columns[number].list_html().encode()
            age = timedelta(minutes=2) if self.faults.by_date and number in self._waited_for else timedelta(0)
            changed = format_datetime(datetime.now(UTC) - age, usegmt=True)
            self._pages[number] = body, f'"{sha256(body).hexdigest()[:20]}"', changed
        return self._pages[number]

    # --- what the benchmark asks -----------------------------------------------------------------------------------

    def set(self, delay_s: float = 0.0, counts_visits: bool = False, **faults: bool) -> None:
        self.delay_s, self.counts_visits, self.faults = delay_s, counts_visits, Faults(**faults)

    def publish(self, column: int) -> dict[str, Any]:
        title = self._columns[column].publish(datetime.now(UTC).date())
        self._pages.pop(column, None)
        self._waited_for[column] = None
        self._page(column)
        return {"title": title, "at": time.monotonic()}

    def asked(self, column: int) -> float | None:
        """When a column was first asked for after its news."""
        return self._waited_for.get(column)

    def deliveries(self, name: str, since: float = 0.0) -> list[tuple[float, str]]:
        return [(at, text) for sink, at, text in self._deliveries if sink == name and at >= since]

    def seen(self) -> dict[str, int]:
        """What was counted since the last question."""
        seen, self._seen = dict(self._seen), Counter()
        return seen


def _seconds(date: str) -> float:
    """A date of HTTP, of whichever zone."""
    parts = parsedate_tz(date)
    return mktime_tz(parts) if parts else 0.0


def _text(body: bytes) -> str:
    """A delivery's JSON without escapes, so that titles are found in it."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return body.decode("utf-8", "replace")


class _Connection(asyncio.Protocol):
    """One visitor: requests one after another, no pipelining."""

    def __init__(self, site: Site) -> None:
        self._site, self._buffer = site, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        size = int(headers.get("content-length", "0"))
        if len(self._buffer) < end + 4 + size:
            return
        body = bytes(self._buffer[end + 4 : end + 4 + size])
        del self._buffer[: end + 4 + size]
        method, path, _ = first.split(" ", 2)
        self._site.in_flight += 1
        delay_s = self._site.delay_s if method == "GET" else 0.0
        asyncio.get_running_loop().call_later(delay_s, self._reply, method, path, headers, body)

    def _reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        status, fields, content = self._site.answer(method, path, headers, body)
        self._site.in_flight -= 1
        if status != 304:
            fields = fields | {"Content-Length": str(len(content))}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        assert self._transport is not None
        self._transport.write(f"HTTP/1.1 {status} {_REASONS[status]}\r\n{head}\r\n".encode() + content)


async def main(columns: int, hosts: int = 1) -> None:
    site, loop, over = Site(columns), asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(lambda: _Connection(site), "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    if hosts > 1:
        others = [f"127.0.0.{number + 1}" for number in range(1, hosts)]
        await loop.create_server(lambda: _Connection(site), others, port, backlog=1024)
    print(port, flush=True)
    asked: dict[str, Callable[..., Any]] = {
        one.__name__: one for one in (site.set, site.publish, site.asked, site.deliveries, site.seen)
    }

    def told() -> None:
        line = sys.stdin.readline()
        if not line:
            over.set()
            return
        what, given = json.loads(line)
        print(json.dumps(asked[what](**given)), flush=True)

    loop.add_reader(sys.stdin, told)
    await over.wait()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))

"""`watcher extract`: read documents and print what they hold; no state, no configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from watcher.errors import ReadError, UsageError, WatcherError

if TYPE_CHECKING:
    from watcher.model import Extraction
    from watcher.reading import Told

MAX_BYTES = 64 * 1024 * 1024  # what `read` accepts at most; a larger file is not even loaded
SMALL_TEXT = 1_000_000  # bytes of a page or text under which it is read without a worker


@dataclass(frozen=True, slots=True)
class Request:
    """One document to read: a path, an address or `-`, with what the user says of it."""

    input: str
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Result:
    input: str
    extraction: Extraction | None = None
    error: tuple[str, str] | None = None  # (code, message)


def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="PATH|URL|-", help="- is standard input.")],
    url: Annotated[str | None, typer.Option(help="The address that relative links resolve against.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The date of a page that carries none.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Also which numbers were left out, and why.")] = False,
    jobs: Annotated[int, typer.Option(min=0, max=256, help="Processes for many documents; 0: one a core.")] = 1,
) -> None:
    """Read documents and print what they announce.

    Example: watcher extract notice.html --url http://sthj.example.gov.cn/tz/1.html --json
    """
    day = _date(published) if published else None
    requests = [Request(name, url, day) for name in inputs]
    failed = False
    for result in _results(requests, jobs):
        failed |= result.error is not None
        _print_json(result, explain) if json_ else _print_text(result, explain)
    raise typer.Exit(1 if failed else 0)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--published {text!r}: expected a date such as 2026-03-01") from None


def read_one(request: Request) -> Result:
    """Read and extract one document; whatever is wrong with it becomes the result's error."""
    try:
        body, media_type, charset, url = _load(request)
        name = urlsplit(request.input).path if _is_url(request.input) else request.input
        return Result(request.input, _extraction(body, (url, media_type, charset, name), request.published))
    except WatcherError as exc:
        return Result(request.input, error=(getattr(exc, "code", "unreadable"), str(exc)))


def _extraction(body: bytes, known: tuple[str | None, ...], published: date | None) -> Extraction:
    """What a document says, under the limits of a pass; raises ReadError.

    A page or text of common size is read here: its length bounds what it costs, and to start a worker costs more.
    """
    from watcher.read.scans import ocr_installed
    from watcher.reading import Told, read_alone

    told = Told(*known)
    if _is_small_text(body, told):
        return read_alone(body, told, published)
    import asyncio

    from watcher.reading import read_scan_alone
    from watcher.workers import in_ocr, in_worker

    try:
        return asyncio.run(in_worker(read_alone, body, told, published))
    except ReadError as exc:
        if exc.code != "needs_ocr" or not ocr_installed():
            raise
    return asyncio.run(in_ocr(read_scan_alone, body, told, published))


def _is_small_text(body: bytes, told: Told) -> bool:
    from watcher.read.sniff import Kind, sniff

    if len(body) > SMALL_TEXT or body.startswith(b"PK"):  # what a zipped file is shows only when it is opened
        return False
    return sniff(body, told.media_type, told.name) in {Kind.HTML, Kind.TEXT}


def _results(requests: list[Request], jobs: int) -> Iterator[Result]:
    if jobs == 1 or len(requests) < 2:
        yield from map(read_one, requests)
        return
    from concurrent.futures import ProcessPoolExecutor
    from importlib import import_module

    for module in ("watcher.extract", "watcher.read.html"):  # loaded once, before the processes part
        import_module(module)
    # Only this process has the standard input.
    elsewhere = [request for request in requests if request.input != "-"]
    with ProcessPoolExecutor(jobs or None) as pool:
        read = pool.map(read_one, elsewhere, chunksize=4)
        for request in requests:
            yield read_one(request) if request.input == "-" else next(read)


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _load(request: Request) -> tuple[bytes, str | None, str | None, str | None]:
    """Return body, media type, charset and address of one input."""
    if _is_url(request.input):
        return _fetch(request)
    if request.input == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), None, None, request.url
    path = Path(request.input)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _InputError("too_large", f"larger than {MAX_BYTES // 2**20} MiB")
        return path.read_bytes(), None, None, request.url
    except FileNotFoundError as exc:
        raise _InputError("not_found", "no such file") from exc
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the name
        raise _InputError("unreadable", str(getattr(exc, "strerror", None) or exc)) from exc


class _InputError(WatcherError):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def _fetch(request: Request) -> tuple[bytes, str | None, str | None, str | None]:
    import asyncio

    from watcher.fetch import Fetcher
    from watcher.model import NotModified
    from watcher.settings import FetchOptions, Options

    async def get() -> tuple[bytes, str | None, str | None, str | None]:
        async with Fetcher(Options()) as fetcher:
            # A person who names one page is no crawler (RFC 9309 1): curl does not ask either.
            page = await fetcher.fetch(request.input, None, FetchOptions(robots="ignore"))
        if isinstance(page, NotModified):  # cannot be: nothing conditional was asked
            raise _InputError("not_modified", "answered 304 to an unconditional request")
        return page.body, page.media_type, page.charset, request.url or page.final_url

    return asyncio.run(get())


def _print_json(result: Result, explain: bool) -> None:
    import json

    from watcher.render.contract import contract_line, error_line

    if result.extraction is None:
        assert result.error is not None
        line = error_line(result.input, *result.error)
    else:
        line = contract_line(result.input, result.extraction)
        if explain:
            line["left_out"] = [
                {"quote": one.quote, "start": one.start, "end": one.end, "reason": one.reason}
                for one in result.extraction.rejected
            ]
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _print_text(result: Result, explain: bool) -> None:
    if result.extraction is None:
        assert result.error is not None
        print(f"{result.input}: {result.error[1]} [{result.error[0]}]", file=sys.stderr)
        return
    from watcher.cli.tables import print_extraction

    print_extraction(result.extraction, explain=explain)

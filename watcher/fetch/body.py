"""Reads one body: unpacked by us, so that the size limit holds for what comes out of a compression bomb too.

httpx's decoders give out whatever one piece expands to, and stack as many as a server names.
"""

from __future__ import annotations

import httpx

from watcher.fetch.trouble import Trouble
from watcher.fetch.unpack import unpacker
from watcher.read.challenge import LOOK_AT

_EXCERPT = LOOK_AT  # bytes


async def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """Return the decoded body; raise `Trouble` (too_large, bad_encoding)."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    body, ended = await _read(response, max_bytes + 1)
    if not ended:
        raise _too_large(max_bytes)
    return body


async def read_start(response: httpx.Response, max_bytes: int) -> bytes:
    """Return as much of the decoded body as `max_bytes` allow; raise `Trouble` (bad_encoding)."""
    body, _ = await _read(response, max_bytes)
    return body[:max_bytes]


async def _read(response: httpx.Response, enough: int) -> tuple[bytes, bool]:
    """The body and whether it is all of it; reading stops at `enough` bytes or a little more."""
    unpack = unpacker(response.headers.get("content-encoding", ""))
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece if unpack is None else unpack.feed(piece, enough - len(body))
        if len(body) >= enough:
            return bytes(body), False
    if unpack is not None:
        unpack.check_end()
    return bytes(body), True


async def read_excerpt(response: httpx.Response) -> bytes:
    """Return the first bytes of what is no page, enough to know a bot check by; b"" where they cannot be unpacked.

    Most are short and read to their end, so that their connection can be used again. What breaks on the way does not
    hide the status.
    """
    body = bytearray()
    try:
        unpack = unpacker(response.headers.get("content-encoding", ""))
        async for piece in response.aiter_raw():
            body += piece if unpack is None else unpack.feed(piece, _EXCERPT - len(body))
            if len(body) >= _EXCERPT:
                break
    except (Trouble, httpx.HTTPError):
        pass
    return bytes(body[:_EXCERPT])


def _too_large(max_bytes: int) -> Trouble:
    return Trouble("too_large", f"more than {max_bytes / 1_000_000:.3g} MB")

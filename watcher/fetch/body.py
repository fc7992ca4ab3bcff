"""Reads one body: unpacked by us, so that the size limit holds for what comes out of a compression bomb too.

httpx's decoders give out whatever one piece expands to, and stack as many as a server names.
"""

from __future__ import annotations

from contextlib import suppress

import httpx

from watcher.fetch.trouble import Trouble
from watcher.fetch.unpack import unpacked, unpacker
from watcher.read.limits import LOOK_AT

_EXCERPT = LOOK_AT  # bytes


async def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """Return the decoded body; raise `Trouble` (too_large, bad_encoding)."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    if not await _read(response, max_bytes + 1, body):
        raise _too_large(max_bytes)
    return bytes(body)


async def read_start(response: httpx.Response, max_bytes: int) -> bytes:
    """Return as much of the decoded body as `max_bytes` allow; raise `Trouble` (bad_encoding)."""
    body = bytearray()
    await _read(response, max_bytes, body)
    return bytes(body[:max_bytes])


async def _read(response: httpx.Response, enough: int, body: bytearray) -> bool:
    """Fill `body`, to `enough` bytes or a little more; whether it is all of it."""
    unpack = unpacker(response.headers.get("content-encoding", ""))
    came = 0
    async for piece in response.aiter_raw():
        came += len(piece)
        body += await unpacked(unpack, piece, enough - len(body))
        if len(body) >= enough or came >= 2 * enough:  # what is packed may be nothing, without end
            return False
    if unpack is not None:
        unpack.check_end()
    return True


async def read_excerpt(response: httpx.Response) -> bytes:
    """Return the first bytes of what is no page, enough to know a bot check by; b"" where they cannot be unpacked.

    Most are short and read to their end, so that their connection can be used again. What breaks on the way does not
    hide the status.
    """
    body = bytearray()
    with suppress(Trouble, httpx.HTTPError):
        await _read(response, _EXCERPT, body)
    return bytes(body[:_EXCERPT])


def _too_large(max_bytes: int) -> Trouble:
    return Trouble("too_large", f"more than {max_bytes / 1_000_000:.3g} MB")

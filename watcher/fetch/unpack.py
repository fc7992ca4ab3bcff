"""Unpacks gzip, deflate, br and zstd piece by piece, never giving out more than it is asked for."""

from __future__ import annotations

import asyncio
import sys
import zlib
from collections.abc import Callable
from typing import Final, Protocol

import brotli

from watcher.fetch.trouble import Trouble

if sys.version_info >= (3, 14):
    from compression import zstd as zstd
else:
    from backports import zstd as zstd

ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"

# Packed bytes between two turns of the event loop: as empty frames of zstd, the worst of all, they take 60 ms.
_SLICE: Final = 8_192
_BROTLI_STEP = 262_144  # bytes; its limit is kept only roughly, so it is given a small one
# RFC 9659: no more than 8 MB of memory are needed for zstd over HTTP; a frame may ask for 2 GB.
_ZSTD_WINDOW: Final[dict[int, int]] = {zstd.DecompressionParameter.window_log_max: 23}
_ZSTD_FRAME: Final = b"\x28\xb5\x2f\xfd"


class Unpacker(Protocol):
    """What turns a packed body into the body. Raises `Trouble` (bad_encoding)."""

    def feed(self, piece: bytes, room: int) -> bytes:
        """Return what `piece` holds; all over `room` bytes may be lost, since the caller gives up then."""

    def check_end(self) -> None:
        """Raise where the body ends in the middle."""


def unpacker(content_encoding: str) -> Unpacker | None:
    """What a Content-Encoding header calls for; None for nothing.

    Raises:
        Trouble: bad_encoding, for what was not asked for: also for several, since no honest server packs twice.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in ("", "identity", "utf-8")]  # utf-8: a common mistake, harmless
    if not names:
        return None
    if len(names) > 1 or names[0] not in _UNPACKERS:
        raise Trouble("bad_encoding", f"the body is packed as {', '.join(names)[:40]}, which was not asked for")
    return _UNPACKERS[names[0]]()


async def unpacked(unpack: Unpacker | None, piece: bytes, room: int) -> bytes:
    """What a piece of a body holds, at least `room` bytes or all; the event loop has its turn with each.

    Pieces of an endless body are at hand without waiting: whoever only reads on would hold up everybody else.
    """
    await asyncio.sleep(0)
    if unpack is None:
        return piece
    out = bytearray()
    for start in range(0, len(piece), _SLICE):
        out += unpack.feed(piece[start : start + _SLICE], room - len(out))
        if len(out) >= room:
            break
        await asyncio.sleep(0)
    return bytes(out)


def _damaged() -> Trouble:
    return Trouble("bad_encoding", "the compressed body is damaged")


def _cut() -> Trouble:
    return Trouble("bad_encoding", "the compressed body ends too early")


class _Inflate:
    """gzip (also of several members) or deflate (with its zlib header, or raw as some servers send it)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inflate = zlib.decompressobj(wbits)
        self._started = False

    def feed(self, piece: bytes, room: int) -> bytes:
        out = bytearray()
        while piece and len(out) < room:
            if self._inflate.eof:
                if not self._is_next_member(piece):
                    break
                self._inflate = zlib.decompressobj(self._wbits)
            out += self._decompress(piece, room - len(out))
            piece = self._inflate.unused_data
        return bytes(out)

    def _decompress(self, piece: bytes, room: int) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._inflate.decompress(piece, room)
        except zlib.error as error:
            if first and self._wbits == zlib.MAX_WBITS:
                self._wbits = -zlib.MAX_WBITS
                self._inflate = zlib.decompressobj(self._wbits)
                return self._decompress(piece, room)
            raise _damaged() from error

    def _is_next_member(self, piece: bytes) -> bool:
        # Padding after the last member is ignored, as browsers do.
        return self._wbits > zlib.MAX_WBITS and piece.startswith(b"\x1f\x8b")

    def check_end(self) -> None:
        if self._started and not self._inflate.eof:
            raise _cut()


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()
        self._started = False

    def feed(self, piece: bytes, room: int) -> bytes:
        self._started = True
        out = bytearray()
        try:
            out += self._brotli.process(piece, output_buffer_limit=_BROTLI_STEP)
            while len(out) < room and not self._brotli.can_accept_more_data():
                out += self._brotli.process(b"", output_buffer_limit=_BROTLI_STEP)
        except brotli.error as error:
            raise _damaged() from error
        return bytes(out)

    def check_end(self) -> None:
        if self._started and not self._brotli.is_finished():
            raise _cut()


class _Zstd:
    """zstd, also of several frames."""

    def __init__(self) -> None:
        self._zstd = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
        self._started = False

    def feed(self, piece: bytes, room: int) -> bytes:
        self._started = True
        out = bytearray()
        try:
            while piece and len(out) < room:
                if self._zstd.eof:
                    if not piece.startswith(_ZSTD_FRAME):  # padding
                        break
                    self._zstd = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
                out += self._zstd.decompress(piece, room - len(out))
                piece = self._zstd.unused_data
        except zstd.ZstdError as error:
            raise _damaged() from error
        return bytes(out)

    def check_end(self) -> None:
        if self._started and not self._zstd.eof:
            raise _cut()


_UNPACKERS: Final[dict[str, Callable[[], Unpacker]]] = {
    "gzip": lambda: _Inflate(zlib.MAX_WBITS | 16),
    "x-gzip": lambda: _Inflate(zlib.MAX_WBITS | 16),
    "deflate": lambda: _Inflate(zlib.MAX_WBITS),
    "br": _Brotli,
    "zstd": _Zstd,
}

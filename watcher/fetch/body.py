"""Reads one body: decompressed by us, so that the size limit holds for what comes out of a compression bomb too.

httpx's decoders give out whatever one piece expands to, and stack as many as a server names.
"""

from __future__ import annotations

import zlib

import httpx

from watcher.fetch.trouble import Trouble

ACCEPT_ENCODING = "gzip, deflate"
_EXCERPT = 8_000  # bytes


async def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """Return the decoded body; raise `Trouble` (too_large, bad_encoding)."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    decoder = _decoder(response.headers.get("content-encoding", ""))
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece if decoder is None else decoder.feed(piece, max_bytes + 1 - len(body))
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    if decoder is not None:
        decoder.check_end()
    return bytes(body)


async def read_excerpt(response: httpx.Response) -> bytes:
    """Return the first bytes of a refusal's body, enough to know a bot check by; b"" where they cannot be unpacked."""
    try:
        decoder = _decoder(response.headers.get("content-encoding", ""))
        async for piece in response.aiter_raw():
            return (piece if decoder is None else decoder.feed(piece, _EXCERPT))[:_EXCERPT]
    except Trouble:
        pass
    return b""


def _too_large(max_bytes: int) -> Trouble:
    return Trouble("too_large", f"more than {max_bytes / 1_000_000:g} MB")


def _decoder(content_encoding: str) -> _Inflate | None:
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in ("", "identity", "utf-8")]  # utf-8: a common mistake, harmless
    match names:
        case []:
            return None
        case ["gzip" | "x-gzip"]:
            return _Inflate(zlib.MAX_WBITS | 16)
        case ["deflate"]:
            return _Inflate(zlib.MAX_WBITS)
        case _:
            raise Trouble("bad_encoding", f"the body is packed as {', '.join(names)[:40]}, which was not asked for")


class _Inflate:
    """gzip (also of several members) or deflate (with its zlib header, or raw as some servers send it)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inflate = zlib.decompressobj(wbits)
        self._started = False

    def feed(self, piece: bytes, room: int) -> bytes:
        """Return at most `room` bytes more; what exceeds them is lost, since the caller gives up then."""
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
            raise Trouble("bad_encoding", "the compressed body is damaged") from error

    def _is_next_member(self, piece: bytes) -> bool:
        # Padding after the last member is ignored, as browsers do.
        return self._wbits > zlib.MAX_WBITS and piece.startswith(b"\x1f\x8b")

    def check_end(self) -> None:
        if self._started and not self._inflate.eof:
            raise Trouble("bad_encoding", "the compressed body ends too early")

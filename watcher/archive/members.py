"""Gzip members: a record file is a chain of them, and each can be read by its offset alone.

Strict where warcio is forgiving: its reader takes a broken member for a short one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

_PIECE: Final = 64 * 1024  # bytes: more than most records have


@dataclass(frozen=True, slots=True)
class Member:
    """One member: where it lies in the file, in bytes, and what it unpacks to."""

    offset: int
    length: int
    content: bytes

    @property
    def end(self) -> int:
        return self.offset + self.length


class BrokenMember(Exception):  # noqa: N818  what was found, for `archive` alone
    """What lies at `offset` is no whole member: cut off, damaged or something else."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"no whole record at offset {offset}")


def read_member(file: BinaryIO, offset: int) -> Member | None:
    """The member that begins at `offset`; None at the end of the file. Raises BrokenMember."""
    file.seek(offset)
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
    content, taken = bytearray(), 0
    while not unpack.eof:
        piece = file.read(_PIECE)
        if not piece and not taken:
            return None
        try:
            content += unpack.decompress(piece)
        except zlib.error as error:
            raise BrokenMember(offset) from error
        if not piece:
            raise BrokenMember(offset)
        taken += len(piece)
    return Member(offset, taken - len(unpack.unused_data), bytes(content))


def members(file: BinaryIO, start: int = 0) -> Iterator[Member]:
    """The members from `start` to the end of the file. Raises BrokenMember at the first that is none."""
    while (member := read_member(file, start)) is not None:
        yield member
        start = member.end


def sound_end(file: BinaryIO, start: int) -> int:
    """Where the last whole member after `start` ends: behind it lies what a killed writer did not finish."""
    end = start
    try:
        for member in members(file, start):
            end = member.end
    except BrokenMember:
        pass
    return end

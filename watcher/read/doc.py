"""Legacy .doc and .wps (Word 97-2003) -> Document: olefile for the streams, the piece table read here.

Layout after [MS-DOC]: the FIB names the table stream and in it the Clx, whose Pcdt lists the pieces of the text.
"""

from __future__ import annotations

import io
import re
import struct

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.clean import CELL
from watcher.read.limits import check_raw
from watcher.read.plain import read_lines

_MAGIC = 0xA5EC
_FLAGS, _CCP_TEXT, _FC_CLX = 0x0A, 0x4C, 0x01A2
_ENCRYPTED, _WHICH_TABLE = 0x0100, 0x0200
_COMPRESSED = 1 << 30
# A field shows its result only: 0x13 code 0x14 result 0x15.
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]{0,2000}\x14|\x13[^\x13\x14\x15]{0,2000}(?=\x15)")
_CELL_END = "\x07"


def read_doc(body: bytes, url: str | None) -> Document:
    """Return the main text; headers, notes and comments are left out.

    Raises:
        ReadError: `damaged`, `encrypted`, `too_large`, `empty`.
    """
    try:
        text = _text(*_streams(body))
    except (struct.error, IndexError, ValueError, OverflowError) as exc:
        raise ReadError("damaged", "the Word file's tables are broken", hint="it may be cut off") from exc
    return read_lines(_plain(text), url)


def _streams(body: bytes) -> tuple[bytes, bytes]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            main = file.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, _FLAGS)[0]
            if flags & _ENCRYPTED:
                raise ReadError("encrypted", "the Word file is locked with a password")
            table = file.openstream("1Table" if flags & _WHICH_TABLE else "0Table").read()
    except (OSError, struct.error, IndexError, TypeError, ValueError, RecursionError, AttributeError) as exc:
        raise ReadError("damaged", "the Word file cannot be opened", hint="it may be cut off") from exc
    return main, table


def _text(main: bytes, table: bytes) -> str:
    if struct.unpack_from("<H", main, 0)[0] != _MAGIC:
        raise ReadError("unsupported", "the Word file is older than Word 97", hint="save it as .docx")
    wanted = struct.unpack_from("<i", main, _CCP_TEXT)[0]
    check_raw(wanted)
    start, size = struct.unpack_from("<II", main, _FC_CLX)
    pieces = _piece_table(table[start : start + size])
    count = (len(pieces) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", pieces, 0)
    out: list[str] = []
    for place in range(count):
        length = min(ends[place + 1], wanted) - ends[place]
        if length <= 0:
            continue
        offset = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * place + 2)[0]
        if offset & _COMPRESSED:
            at = (offset & ~_COMPRESSED) // 2
            out.append(main[at : at + length].decode("cp1252", "replace"))
        else:
            out.append(main[offset : offset + 2 * length].decode("utf-16-le", "replace"))
    return "".join(out)


def _piece_table(clx: bytes) -> bytes:
    """The Pcdt of a Clx, after its property records."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    return clx[at + 5 : at + 5 + size]


def _plain(text: str) -> str:
    """Word's marks -> lines: paragraphs, rows (a cell's mark doubled ends a row), breaks; field codes and marks
    dropped."""
    for _ in range(3):  # fields nest a few deep
        text = _FIELD_CODE.sub("", text)
    text = text.replace(_CELL_END * 2, "\n").replace(_CELL_END, CELL)
    return re.sub("[\x01-\x08\x0e-\x1f]", "", text.replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n"))

"""What is too large to be read, decided in one place: no document written for readers comes near any of these.

What passes is read in less than 10 seconds and 500 MB, however it is built (docs/benchmarks.md). What does not is
refused whole: a result that silently lacks its second half would be worse than an error that somebody sees.
"""

from __future__ import annotations

import re
from typing import Final

from watcher.errors import ReadError

# A file of an office program, for its pictures; pages and texts have none in them.
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_TEXT_BYTES: Final = 16 * 1024 * 1024
MOST_TAGS: Final = 500_000  # opened and closed; a tree of more fills the memory
MOST_PART_TAGS: Final = 2_000_000  # of an office file, where every run of a line is several
MOST_CELLS: Final = 5_000_000  # of the rectangle that a sheet's filled cells span; it is laid out whole
MOST_LINES: Final = 250_000
MOST_PAGES: Final = 3_000  # of a PDF or an OFD file
MOST_RAW_CHARS: Final = 8_000_000  # of a file, before its text is cleaned
MOST_CHARS: Final = 2_000_000  # of the cleaned text: 6 MB in UTF-8, thirty times a five-year plan
MOST_NUMBERS: Final = 120_000  # in it; each may become a figure
# Of the process that reads one (`watcher.workers`), for what the counts do not foresee, inside a library above all.
WORKER_S: Final = 60.0  # on the clock; the slowest that passes takes a sixth of it
OCR_S: Final = 600.0
WORKER_BYTES: Final = 2 << 30  # of address space, of which libraries take about 300 MB before they read anything
OCR_BYTES: Final = 4 << 30  # a page of A4 takes 1.6 GB of it, most of that never touched
# Where a challenge is looked for: it comes at the beginning, and one of 瑞数 is 100,000 characters before its body.
LOOK_AT: Final = 200_000

_NUMBERS = re.compile(r"[0-9]++(?:\.[0-9]++)?+[百千万亿]*+|[零〇一二两三四五六七八九十百千万亿]++")


def check_bytes(body: bytes, *, is_text: bool) -> None:
    """Raise ReadError `too_large` for a file that is larger than any of its kind."""
    most = MAX_TEXT_BYTES if is_text else MAX_BYTES
    if len(body) > most:
        raise _refused(f"{len(body)} bytes", most)


def check_tags(html: str) -> None:
    """Raise ReadError `too_large` for a page of more elements than a tree is built for."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        raise _refused(f"{tags} tags", MOST_TAGS)


def check_part(xml: bytes) -> None:
    """Raise ReadError `too_large` for a part of an office file of more elements than a tree is built for."""
    tags = xml.count(b"<")
    if tags > MOST_PART_TAGS:
        raise _refused(f"{tags} tags", MOST_PART_TAGS)


def check_cells(rows: int, columns: int) -> None:
    """Raise ReadError `too_large` for a sheet whose filled cells lie too far apart."""
    if rows * columns > MOST_CELLS:
        raise _refused(f"{rows} × {columns} cells", MOST_CELLS)


def check_lines(count: int) -> None:
    """Raise ReadError `too_large` where a document has more lines than anyone reads."""
    if count > MOST_LINES:
        raise _refused("more lines", MOST_LINES)


def check_pages(count: int) -> None:
    """Raise ReadError `too_large` for a file of more pages than a book has."""
    if count > MOST_PAGES:
        raise _refused(f"{count} pages", MOST_PAGES)


def check_raw(chars: int) -> None:
    """Raise ReadError `too_large` for a file that holds more text than is worth cleaning."""
    if chars > MOST_RAW_CHARS:
        raise _refused(f"{chars} characters", MOST_RAW_CHARS)


def check_text(text: str) -> None:
    """Raise ReadError `too_large` for a text that is longer, or holds more numbers, than is worth extracting from."""
    if len(text) > MOST_CHARS:
        raise _refused(f"{len(text)} characters", MOST_CHARS)
    # Each is a character at least, so that a short text need not be counted.
    if len(text) > MOST_NUMBERS and (numbers := sum(1 for _ in _NUMBERS.finditer(text))) > MOST_NUMBERS:
        raise _refused(f"{numbers} numbers", MOST_NUMBERS)


def _refused(found: str, most: int) -> ReadError:
    return ReadError("too_large", f"the document has {found}, and at most {most} are read")

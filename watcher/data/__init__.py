"""Tables that the pure modules read; each file's first lines tell its source and date."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def read_table(name: str) -> str:
    """The text of the data file `name`, which is part of the package."""
    return (_FOLDER / name).read_text("utf-8")


def rows(name: str) -> list[list[str]]:
    """The fields of a tab-separated table; blank lines and comments are left out."""
    return [line.split("\t") for line in read_table(name).splitlines() if line and not line.startswith("#")]

"""Numbers of things, said in English: "1 entry", "3 entries". Pure."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """So many of what one is called `one`; `many` where an s does not make the plural."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"

from __future__ import annotations

import pytest

from watcher.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("source",), "0 sources"),
        (1, ("source",), "1 source"),
        (2, ("source",), "2 sources"),
        (1, ("entry", "entries"), "1 entry"),
        (3, ("entry", "entries"), "3 entries"),
    ],
)
def test_one_thing_is_no_plural(number: int, words: tuple[str, ...], said: str) -> None:
    assert counted(number, *words) == said

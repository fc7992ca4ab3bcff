"""What is wrong with a field of a form: the name of a phrase, which the page says in its reader's language."""

from __future__ import annotations


class Problem(ValueError):  # noqa: N818  what a reader is told
    """`phrase` among those of the pages, with the values that stand in it."""

    def __init__(self, phrase: str, **values: object) -> None:
        self.phrase, self.values = phrase, values
        super().__init__(phrase)

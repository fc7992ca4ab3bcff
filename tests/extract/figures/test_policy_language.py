"""Sentences from the language of taxes, jobs, science, industry, trade, farming, finance and the environment.

`policy_language.txt` holds a sentence, then a line a figure as in `table`, with its subject behind `@`; a blank line
ends it. A subject is left out where an analyst could name it in several ways.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.figures.table import expected, facts
from watcher.extract.figures import find_figures

BLOCKS = (Path(__file__).parent / "policy_language.txt").read_text("utf-8").strip().split("\n\n")
CASES = [[line.strip() for line in block.splitlines()] for block in BLOCKS]
SENTENCES = [sentence for sentence, *_ in CASES]
_DANGLING = (
    "给予",
    "予以",
    "一次性",
    "对",
    "的",
    "不超过",
    "每",
    "按",
    "为",
    "由",
    "从",
    "将",
    "在",
    "和",
    "及",
    "达到",
)
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("‘", "’"))


@pytest.mark.parametrize("case", CASES, ids=SENTENCES)
def test_sentences_of_many_departments_are_read_whole(case: list[str]) -> None:
    sentence, *lines = case
    told = [line.partition(" @ ") for line in lines]
    figures = find_figures(sentence).figures
    assert [facts(figure) for figure in figures] == [expected(line) for line, _, _ in told]
    named = [(figure.subject, subject) for figure, (_, _, subject) in zip(figures, told, strict=True) if subject]
    assert all(found == subject for found, subject in named), named


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_subject_fits_a_line_and_ends_in_no_function_word(sentence: str) -> None:
    for subject in filter(None, (figure.subject for figure in find_figures(sentence).figures)):
        assert _pieces(subject, sentence) <= 3
        assert len(subject) <= 30
        assert not subject.endswith(_DANGLING)
        assert all(subject.count(opening) == subject.count(closing) for opening, closing in _PAIRS)


def _pieces(subject: str, sentence: str) -> int:
    """How many pieces of the sentence the subject is put together of, taking the longest each time."""
    count = 0
    while subject:
        size = max((size for size in range(1, len(subject) + 1) if subject[:size] in sentence), default=len(subject))
        subject, count = subject[size:], count + (1 if subject[:size] in sentence else len(sentence))
    return count

from __future__ import annotations

import pytest

from tests.store.examples import NOW
from watcher.cli.passes import report_text
from watcher.counted import counted
from watcher.news import RunReport


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


def test_a_pass_counts_one_in_the_singular() -> None:
    one = RunReport("demo", NOW, links=1, reposts=1, near_misses=1, deliveries=1)
    assert "1 entry, 1 repost, 1 near miss, 1 delivery " in report_text(one)
    two = RunReport("demo", NOW, links=2, reposts=2, near_misses=2, deliveries=2)
    assert "2 entries, 2 reposts, 2 near misses, 2 deliveries " in report_text(two)


def test_what_is_said_of_several_pages_is_said_once() -> None:
    gone = [f"http://a.example/{number}.html: a.example: answered HTTP 404 Not Found" for number in range(12)]
    other, older = "http://a.example/x.html: the document holds no text", "listing: the entries do not reach back"
    report = RunReport("demo", NOW, links=14, warnings=(older, gone[0], other, *gone[1:]))
    assert report.warned == (older, f"12 pages, such as {gone[0]}", other)
    assert report_text(report).count("\n") == 3

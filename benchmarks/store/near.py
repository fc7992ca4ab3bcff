"""What finding the announcement costs that a fresh page is a copy of, timed at one size of the store."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import thread_time
from typing import Final

from benchmarks.store import corpus
from benchmarks.store.calls import Timing
from watcher.identity.likeness import bands
from watcher.identity.relation import Relation, Writing, nearest
from watcher.model import Extraction
from watcher.store import Store

# Fresh pages of each kind, evenly over the store.
PAGES: Final = 20
Page = tuple[str | None, str]

_LEAD: Final = "编者按：各地在优化营商环境中拿出了不少实招，本报选登其中的做法，供读者参考。\n"

_NUMBER: Final = re.compile(r"([0-9]+)(?=万元|家|户|个工作日|%)")

KINDS: Final[dict[str, Callable[[Extraction], Page]]] = {
    "a whole copy": lambda made: (made.title, made.text),
    "a copy with a lead, under another headline": lambda made: ("为企业减负担、添动力", _LEAD + made.text),
    "its first third, under another headline": lambda made: ("为企业减负担、添动力", _cut(made.text, 1 / 3)),
    "a copy with one other number": lambda made: (made.title, _NUMBER.sub(r"1\1", made.text, count=1)),
}


def measure(store: Store, size: int, rounds: int) -> dict[str, Timing]:
    """From a page's text to the answer: the slowest page of a kind in its fastest round; how many were copies."""
    step = max(size // PAGES, 1)
    stored = [one.revisions[0].extraction for one in corpus.announcements(range(0, size, step))]
    fresh = [one.revisions[0].extraction for one in corpus.announcements(range(size, size + PAGES))]
    kinds = {name: [make(one) for one in stored] for name, make in KINDS.items()}
    kinds["a page of its own"] = [(one.title, one.text) for one in fresh]
    return {name: _timed(store, pages, rounds) for name, pages in kinds.items()}


def _timed(store: Store, pages: list[Page], rounds: int) -> Timing:
    slowest, copies = 0.0, 0
    for title, text in pages:
        times = []
        for _ in range(rounds):
            start = thread_time()
            found = _find(store, title, text)
            times.append((thread_time() - start) * 1000)
        slowest = max(slowest, min(times))
        copies += found
    return Timing(slowest, copies)


def _find(store: Store, title: str | None, text: str) -> bool:
    near = store.copies.near(bands(title, text), "fresh.example/page", None)
    found = nearest(Writing.of(title, text), near.neighbours)
    return found is not None and found[1] is Relation.COPY


def _cut(text: str, share: float) -> str:
    return text[: int(len(text) * share)].rpartition("。")[0]

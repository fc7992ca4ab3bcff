"""What a document is about, in the product's own vocabulary (`data/topics.tsv`, docs/topics.md)."""

from __future__ import annotations

from functools import lru_cache

from watcher import data
from watcher.detect.wordcount import WordCount

# Enough text to know the subject by; keeps the cost of a five-megabyte page constant.
_WINDOW = 20_000
_TITLE = 300
_TITLE_WEIGHT = 4
# A topic needs this many mentions, and this share of the strongest topic's; tuned on the documents in tests/detect.
_LEAST, _SHARE, _MOST = 2, 0.15, 8


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Topic -> the words that speak of it."""
    return {topic: tuple(words.split()) for topic, words in data.rows("topics.tsv")}


def find_topics(text: str, title: str | None) -> tuple[str, ...]:
    """The topics of a document, the strongest first, at most eight. A mention in the title counts four times."""
    body, head = WordCount(text[:_WINDOW]), (title or "")[:_TITLE]
    scores = {
        topic: sum(body.count(word) + _TITLE_WEIGHT * head.count(word) for word in words)
        for topic, words in vocabulary().items()
    }
    # A long document mentions much in passing: a topic must come up about once in 1,500 characters as well.
    floor = max(_LEAST, _SHARE * max(scores.values()), len(body.text) / 1500)
    kept = [topic for topic, score in scores.items() if score >= floor]
    return tuple(sorted(kept, key=lambda topic: -scores[topic])[:_MOST])

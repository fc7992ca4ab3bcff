"""How long it takes to find out which of many subscriptions an announcement concerns."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.store import corpus
from watcher.data import rows
from watcher.match import Candidate, matches
from watcher.news import EventKind
from watcher.settings import Keywords, Subscription, Where

WORDS: Final = (
    "环评",
    "排污",
    "融资",
    "绿色",
    "审批",
    "奖补",
    "信贷",
    "用地",
    "招聘",
    "创新",
    "减税",
    "担保",
    "监管",
    "园区",
)
FIGURES: Final = ("money >= 100万", "money > 1亿元", "percent >= 50", "duration <= 10 workday", "count >= 100 家")
REGIONS: Final = ("370000", "370700", "320000", "440000", "000000", "110000", "510100")


def subscriptions(count: int, seed: int = 7) -> list[Subscription]:
    """Readers who ask for one thing or for several together."""
    chance = random.Random(seed)
    topics = [row[0] for row in rows("topics.tsv")]

    def where() -> Where:
        return Where(
            regions=tuple(chance.sample(REGIONS, chance.randint(0, 2))),
            topics=tuple(chance.sample(topics, chance.choice([0, 0, 3]))),
            issuers=("生态环境局",) if chance.random() < 0.2 else (),
            keywords=Keywords(
                any=tuple(chance.sample(WORDS, chance.randint(0, 6))),
                none=tuple(chance.sample(WORDS, chance.choice([0, 0, 2]))),
            ),
            figures=tuple(chance.sample(FIGURES, chance.choice([0, 0, 2]))),
        )

    return [Subscription(f"reader-{n}", "json://reader.example/", where=where()) for n in range(count)]


def measure(count: int, announcements: int) -> tuple[float, float]:
    """Milliseconds for one announcement: the median and the most."""
    readers = subscriptions(count)
    candidates = _candidates(announcements)
    _match(readers, candidates[0])  # tables are loaded, conditions read
    taken = [_match(readers, one) for one in candidates]
    return median(taken), max(taken)


def _candidates(count: int) -> list[Candidate]:
    found = []
    for made in corpus.announcements(range(count)):
        said = made.revisions[-1].extraction
        region = said.region.code if said.region else None
        found.append(Candidate(EventKind.NEW, "source-000", said.title or "", said.text, region, said))
    return found


def _match(readers: Sequence[Subscription], candidate: Candidate) -> float:
    began = time.perf_counter()
    for one in readers:
        matches(one, candidate)
    return (time.perf_counter() - began) * 1000

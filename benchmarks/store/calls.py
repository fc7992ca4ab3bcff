"""The store's calls behind `list`, timed at one size of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from time import thread_time

from benchmarks.store import corpus
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.store import Store


@dataclass(frozen=True, slots=True)
class Timing:
    """The fastest of several rounds in milliseconds of CPU, and how many answers it gave."""

    ms: float
    answers: int


def filters(size: int) -> dict[str, Filter]:
    """What is asked of a store of `size` announcements: each filter where it has many answers, and where few."""
    last = corpus.seen(size - 1)
    return {
        "`list`": Filter(),
        "`--since 7d`": Filter(since=last - timedelta(days=7)),
        "`--since 12h`": Filter(since=last - timedelta(hours=12)),
        "`--region`, a province": Filter(regions=(f"{corpus.BUSY_CITY[:2]}0000",)),
        "`--region`, a city": Filter(regions=(corpus.BUSY_CITY,)),
        "`--region`, a county with 20": Filter(regions=(corpus.RARE_COUNTY,)),
        "`--type`": Filter(types=("progress_report",)),
        "`--source`, of many": Filter(sources=(corpus.source_id(0),)),
        "`--changed`": Filter(changed=True),
        "`--near-misses`": Filter(near_misses=True),
        "`--region --type --limit 20`": Filter(regions=(corpus.BUSY_CITY,), types=("measures_news",), limit=20),
        "`--query`, a word in nearly all": Filter(query=parse_query("企业")),
        "`--query`, in every third": Filter(query=parse_query("数据共享")),
        "`--query`, in every thirteenth": Filter(query=parse_query("工业和信息化局")),
        "`--query`, in 20, the oldest": Filter(query=parse_query(corpus.RARE)),
        "`--query`, two characters in 20": Filter(query=parse_query(corpus.RARE[:2])),
        "`--query`, one character": Filter(query=parse_query("企")),
        "`--query`, a phrase": Filter(query=parse_query('"形成上下联动的工作合力"')),
        "`--query`, two words, one of them in 20": Filter(query=parse_query(f"企业 {corpus.RARE}")),
        "`--query`, found nowhere": Filter(query=parse_query("量子引力")),
        "`--query --region`, a county with 20": Filter(query=parse_query("企业"), regions=(corpus.RARE_COUNTY,)),
    }


def measure(store: Store, size: int, rounds: int) -> dict[str, Timing]:
    """Every filter in turn, round after round, so that a busy moment of the machine hits all alike."""
    wanted = filters(size)
    times: dict[str, list[float]] = {name: [] for name in wanted}
    answers: dict[str, int] = {}
    for _ in range(rounds):
        for name, one in wanted.items():
            start = thread_time()
            answers[name] = len(store.lists.announcements(one))
            times[name].append((thread_time() - start) * 1000)
    return {name: Timing(min(times[name]), answers[name]) for name in wanted}

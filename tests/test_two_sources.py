"""One article in the lists of two sources: one announcement, and each of their readers is told once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sites import Site
from tests.store.examples import source, subscription
from tests.town import NOW, Column
from watcher.archive import Archive
from watcher.fetch import Fetcher
from watcher.news import RunReport
from watcher.pipeline import Asked, Gear, check_source
from watcher.records.announcements import Filter
from watcher.settings import Options, Subscription, Where
from watcher.store import Store

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)
ALL = subscription("all")
OF_A, OF_C = (subscription(f"of-{one}", where=Where(sources=(one,))) for one in ("a", "c"))


class Twins:
    """Two columns, `a` and `c`, of the same articles; each shows what was published when it was renewed."""

    def __init__(self, site: Site, store: Store, fetcher: Fetcher, folder: Path) -> None:
        self.site, self.store, self.column, self.now = site, store, Column(site), NOW
        self.sources = {one: source(one, url=site.url(f"/{one}/")) for one in ("a", "c")}
        archive = Archive(folder / "archive", store)
        self.gear = Gear(fetcher.fetch, store, OPTIONS, lambda: self.now, archive)

    def watch(self, *ids: str) -> None:
        self.store.sync_sources([self.sources[one] for one in ids], self.now)

    def subscribe(self, *subscriptions: Subscription) -> None:
        self.store.sync_subscriptions(subscriptions, self.now)

    async def check(self, source_id: str, *, recheck: bool = False) -> RunReport:
        self.now += timedelta(minutes=30)
        self.site.set(f"/{source_id}/", self.column.listing())
        return await check_source(self.sources[source_id], self.gear, Asked(recheck=recheck))

    def told(self) -> list[tuple[str, str]]:
        return sorted((one.subscription, str(one.kind)) for one in self.store.deliveries(limit=None))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
async def twins(site: Site, tmp_path: Path) -> AsyncIterator[Twins]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    async with Fetcher(OPTIONS) as fetcher:
        made = Twins(site, store, fetcher, tmp_path)
        made.column.publish(1)
        yield made
    store.close()


async def test_readers_of_either_source_are_told_once_whichever_lists_it_first(twins: Twins) -> None:
    twins.watch("a", "c")
    twins.subscribe(ALL, OF_A, OF_C)
    await twins.check("a")
    await twins.check("c")
    twins.column.publish(2)
    first = await twins.check("c")
    assert (first.new, twins.told()) == (1, [("all", "new"), ("of-c", "new")])
    second = await twins.check("a")
    assert (second.new, second.deliveries) == (1, 1)
    third = await twins.check("a", recheck=True)
    assert (third.new, third.deliveries) == (0, 0)
    assert twins.told() == [("all", "new"), ("of-a", "new"), ("of-c", "new")]
    record = max(twins.store.lists.announcements(Filter()), key=lambda one: one.id)
    assert [place.source for place in record.places] == ["c", "a"]


async def test_the_baseline_of_a_new_source_swallows_no_news_of_another(twins: Twins) -> None:
    twins.watch("a")
    twins.subscribe(ALL, OF_A)
    await twins.check("a")
    twins.column.publish(2)
    twins.watch("a", "c")
    assert (await twins.check("c")).baseline
    assert twins.told() == []
    await twins.check("a")
    assert twins.told() == [("all", "new"), ("of-a", "new")]


async def test_what_both_baselines_hold_is_told_to_nobody(twins: Twins) -> None:
    twins.watch("a", "c")
    twins.subscribe(ALL, OF_A, OF_C)
    await twins.check("a")
    await twins.check("c")
    assert (twins.told(), len(twins.store.lists.announcements(Filter()))) == ([], 1)


async def test_an_edit_is_told_to_the_readers_of_both_once(twins: Twins) -> None:
    twins.watch("a", "c")
    twins.subscribe(ALL, OF_A, OF_C)
    await twins.check("a")
    await twins.check("c")
    twins.column.publish(1, amount=500)
    await twins.check("c", recheck=True)
    await twins.check("a", recheck=True)
    assert twins.told() == [("all", "changed"), ("of-a", "changed"), ("of-c", "changed")]


async def test_who_is_told_late_that_it_is_new_is_not_told_the_edit_beside(twins: Twins) -> None:
    twins.watch("a", "c")
    twins.subscribe(OF_A, OF_C)
    await twins.check("a")
    await twins.check("c")
    twins.column.publish(2)
    await twins.check("c")
    twins.column.publish(2, amount=500)
    await twins.check("a")
    assert twins.told() == [("of-a", "new"), ("of-c", "changed"), ("of-c", "new")]

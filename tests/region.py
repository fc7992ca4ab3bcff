"""Sites of a region on loopback: a bureau, newspapers, portals, each with a column, that copy from each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests import town
from tests.identity.texts import Page
from tests.sites import Site
from tests.store.examples import source
from tests.town import NOW, TODAY
from watcher.archive import Archive
from watcher.fetch import Fetcher
from watcher.news import RunReport
from watcher.pipeline import Asked, Gear, check_source
from watcher.records.announcements import AnnouncementRecord, Filter
from watcher.settings import Options, Source, Subscription
from watcher.store import Store

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, per_host_concurrency=8)


class Region:
    """Columns by id, each on a host of its own; a clock that moves on with every pass."""

    def __init__(self, sites: dict[str, Site], store: Store, fetcher: Fetcher, folder: Path) -> None:
        self.sites, self.store, self.now = sites, store, NOW
        self.sources: dict[str, Source] = {one: source(one, url=site.url("/list/")) for one, site in sites.items()}
        self.entries: dict[str, dict[int, str]] = {one: {} for one in sites}
        archive, configured = Archive(folder / "archive", store), tuple(self.sources.values())
        self.gear = Gear(fetcher.fetch, store, OPTIONS, lambda: self.now, archive, configured)
        store.sync_sources(list(self.sources.values()), self.now)
        for one in sites:
            self.publish(one, 0, Page("二月份城市环境空气质量状况", "\n".join(town.BULLETIN[1:])))

    def url(self, source_id: str, number: int) -> str:
        return self.sites[source_id].url(f"/art/{number}.html")

    def publish(self, source_id: str, number: int, page: Page, credit: str = "", original: str | None = None) -> None:
        """Put an article into the list, or edit it; `original` is what it links as such."""
        self.put(source_id, number, page, credit, original)
        self.entries[source_id][number] = page.title
        listed = [(one, title, TODAY) for one, title in sorted(self.entries[source_id].items(), reverse=True)]
        self.sites[source_id].set("/list/", town.listing(listed))

    def put(self, source_id: str, number: int, page: Page, credit: str = "", original: str | None = None) -> None:
        """Put an article on the site, in no list."""
        link = f"<p>原文链接：<a href='{original}'>{original}</a></p>" if original else ""
        paragraphs = "".join(f"<p>{one}</p>" for one in page.text.split("\n"))
        info = f"<div class='info'>发布时间：{TODAY} {f'来源：{credit}' if credit else ''}</div>"
        body = f"<h1>{page.title}</h1>{info}<div class='content'>{paragraphs}{link}</div>"
        self.sites[source_id].set(f"/art/{number}.html", town.page(page.title, body))

    def subscribe(self, *subscriptions: Subscription) -> None:
        self.store.sync_subscriptions(subscriptions, self.now)

    async def check(self, *source_ids: str, recheck: bool = False) -> list[RunReport]:
        """A pass over each, half an hour after the last."""
        reports = []
        for one in source_ids or self.sources:
            self.now += timedelta(minutes=30)
            reports.append(await check_source(self.sources[one], self.gear, Asked(recheck=recheck)))
        return reports

    def announcements(self) -> Sequence[AnnouncementRecord]:
        """Oldest first."""
        return sorted(self.store.lists.announcements(Filter(limit=None)), key=lambda one: one.id)

    def told(self) -> list[tuple[str, str]]:
        return sorted((one.subscription, str(one.kind)) for one in self.store.deliveries(limit=None))

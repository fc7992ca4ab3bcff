"""The composition root: passes side by side, and what one that breaks off does to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import Site
from tests.store.examples import source, subscription
from tests.town import Column
from watcher.app import opened
from watcher.errors import WatcherError
from watcher.fetch import Fetcher
from watcher.model import NotModified, Page, Validators
from watcher.news import RunReport
from watcher.pipeline import Asked
from watcher.settings import PLAIN_FETCH, FetchOptions, Options, Settings

OPTIONS = Options(allow_private_addresses=True, per_host_delay_s=0, backfill_days=0)


async def test_a_pass_that_breaks_off_hides_neither_the_others_nor_their_alerts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Fetcher.fetch

    async def broken(
        self: Fetcher, url: str, validators: Validators | None = None, options: FetchOptions = PLAIN_FETCH
    ) -> Page | NotModified:
        if "/broken/" in url:
            raise KeyError("a mistake")
        return await real(self, url, validators, options)

    monkeypatch.setattr(Fetcher, "fetch", broken)
    with Site() as site:
        Column(site).publish(1)
        site.set("/hook", "")
        hook = subscription(to=f"json://127.0.0.1:{site.port}/hook")
        sources = (source("broken", url=site.url("/broken/")), source("whole", url=site.url("/list/")))
        database = f"sqlite:///{tmp_path}/watcher.db"
        settings = Settings("sources.yaml", str(tmp_path), database, OPTIONS, sources, (hook,))
        done: list[RunReport] = []
        async with opened(settings) as app:
            with pytest.raises(WatcherError, match=r"^not checked to the end: broken: .*a mistake"):
                await app.check(sources, Asked(notify_existing=True), done.append)
            assert [report.source for report in done] == ["whole"]
            assert [one.status for one in app.store.deliveries()] == ["sent"]
            assert not (tmp_path / "alive").exists(), "the sign of life is the service's"
            await app.deliver_round()
            assert (tmp_path / "alive").exists()

"""`make demo`: serve a small government site on 127.0.0.1, make one pass, publish and edit, show the alerts arrive."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from watcher.app import App, opened
from watcher.demo import articles
from watcher.demo.site import LISTING, Server, Site
from watcher.news import EventKind, RunReport
from watcher.pipeline import Asked
from watcher.settings import Every, Options, Settings, Source, Subscription


def settings(port: int, state: Path) -> Settings:
    """What a `sources.yaml` for the demo site would say."""
    return Settings(
        path="demo",
        state=str(state),
        database_url=f"sqlite:///{state / 'watcher.db'}",
        options=Options(allow_private_addresses=True, per_host_delay_s=0.0, backfill_days=0),
        sources=(
            Source(
                id="demo",
                name="淄博市生态环境局 动态信息（示例）",
                url=f"http://127.0.0.1:{port}{LISTING}",
                every=Every(interval=timedelta(minutes=30)),
            ),
        ),
        subscriptions=(
            Subscription(
                id="demo-webhook", to=f"json://127.0.0.1:{port}/alerts", on=(EventKind.NEW, EventKind.CHANGED)
            ),
        ),
    )


async def _pass(app: App, heading: str, site: Site, asked: Asked) -> None:
    print(f"\n── {heading}")
    seen, told = len(site.requests), len(site.alerts)
    [report] = await app.check(app.settings.sources, asked)
    _print_report(report, site.requests[seen:])
    for alert in site.alerts[told:]:
        print(f"\n   ✉ {alert['title']}")
        print("\n".join(f"   │ {line}" for line in str(alert["message"]).splitlines()))
    if len(site.alerts) == told:
        print("   no alert")


def _print_report(report: RunReport, requests: list[tuple[str, int]]) -> None:
    from rich.text import Text

    from watcher.cli.passes import report_line
    from watcher.cli.tables import console

    statuses = [status for path, status in requests if path not in ("/alerts", "/robots.txt")]
    console().print(Text.assemble(*report_line(report)), soft_wrap=True)
    print(f"   requests: {len(statuses)}, of which answered 304 (not modified): {statuses.count(304)}")


async def demonstrate() -> None:
    """Three passes over a site that changes once; ends by itself."""
    site = Site([articles.SUBSIDY, articles.VISITS])
    site.publish(articles.MEETING)
    with Server(site) as server, tempfile.TemporaryDirectory(prefix="watcher-demo-") as folder:
        print(f"A site with {len(site.articles)} articles is served on http://127.0.0.1:{server.port}{LISTING}")
        print("Its measures are invented. Alerts go to a webhook on the same address.")
        async with opened(settings(server.port, Path(folder))) as app:
            await _pass(app, "1st pass: the baseline", site, Asked())
            site.publish(articles.PENALTY)
            site.publish(articles.FAST_TRACK)
            site.publish(articles.SUBSIDY_EDITED)
            print("\n   … the bureau publishes a report of penalties and eight measures, and edits its older article")
            await _pass(app, "2nd pass: one new, one changed", site, Asked(recheck=True))
            await _pass(app, "3rd pass: nothing happened", site, Asked(recheck=True))
            print(f"\n── the change as a mail, to open in a browser: {_as_mail(site.alerts[-1])}")
            print("\n── what `watcher list` shows")
            _print_list(app)


def _as_mail(alert: dict[str, Any]) -> str:
    """Write what a mail of this alert looks like, and return where."""
    from watcher.render.message import render_event

    event = alert["event"]
    mail = render_event(
        event, key="demo", reason=event["why"], timezone=Options().timezone, now=App.now(), forms=("html",)
    )
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="watcher-mail-", suffix=".html", delete=False
    ) as file:
        file.write(mail.html)
    return Path(file.name).as_uri()


def _print_list(app: App) -> None:
    from zoneinfo import ZoneInfo

    from watcher.cli.items import print_list
    from watcher.records.announcements import Filter

    zone = ZoneInfo(app.settings.options.timezone)
    print_list(app.store.lists.announcements(Filter()), app.now().astimezone(zone).date(), zone)


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(demonstrate())

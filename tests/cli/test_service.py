"""The service as a process: it survives dead sources, ends well on SIGTERM, and forgets nothing on SIGKILL."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Installation
from tests.sites.server import Answer, Site
from watcher.demo.site import Article, article_html, listing_html

ARTICLES = [
    Article(
        f"/dtxx/202603/t202603{day:02}_{day}.html",
        f"淄博市税务局推出{day + 4}条措施支持企业发展",
        f"2026-03-{day:02}",
        "淄博市税务局",
        (
            f"淄博市税务局日前出台{day + 4}条措施，为企业减负增效，对{day * 10}家重点企业实行专员服务。",
            f"办理时限由{day + 10}个工作日压减到{day}个工作日，给予最高{day * 10}万元补助。",
        ),
    )
    for day in range(1, 13)
]


def wait_until(what: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@contextmanager
def service(installation: Installation, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    places = ("--config", str(installation.folder / "sources.yaml"), "--state", str(installation.folder / "state"))
    with log.open("ab") as file:
        process = subprocess.Popen([sys.executable, "-m", "watcher", *places, "run", "--no-web"], stderr=file)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def configure(installation: Installation, *urls: str, every: str = "1h") -> None:
    sources = "".join(f"  - {{id: s{n}, name: 甲, url: '{url}', every: {every}}}\n" for n, url in enumerate(urls))
    settings = "settings: {allow_private_addresses: true, per_host_delay: 0s, backfill_days: 0}\n"
    installation.configure(f"{settings}sources:\n{sources}")


@pytest.fixture
def government() -> Iterator[Site]:
    with Site() as site:
        site.set("/dtxx/", listing_html(ARTICLES))
        for article in ARTICLES:
            site.set(article.path, article_html(article))
        yield site


def titles(installation: Installation) -> Counter[str]:
    """Titles in the store, read past watcher so that a double cannot hide behind it."""
    file = installation.folder / "state" / "watcher.db"
    if not file.exists():
        return Counter()
    with closing(sqlite3.connect(file)) as database:
        try:
            return Counter(row[0] for row in database.execute("select title from announcements"))
        except sqlite3.OperationalError:  # not migrated yet
            return Counter()


def has_stored(installation: Installation, count: int) -> bool:
    return sum(titles(installation).values()) >= count


def test_the_service_survives_every_source_being_unreachable_with_a_line_each(installation: Installation) -> None:
    configure(installation, "http://127.0.0.1:9/a/", "http://127.0.0.1:9/b/")
    log = installation.folder / "log"
    with service(installation, log) as running:
        wait_until(lambda: log.read_text().count("problem=") == 2, 60)
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
    lines = log.read_text().splitlines()
    assert sum("source=s0" in line for line in lines) == 1
    assert sum("source=s1" in line for line in lines) == 1
    assert "Traceback" not in log.read_text()


def test_sigterm_finishes_the_pass_in_hand_and_exits_0(installation: Installation, government: Site) -> None:
    for article in ARTICLES:
        government.set(article.path, Answer(body=article_html(article).encode(), delay_s=0.1))
    configure(installation, government.url("/dtxx/"))
    with service(installation, installation.folder / "log") as running:
        wait_until(lambda: len(government.requests) >= 2)
        assert installation.run("doctor", "--alive").status == 0
        running.send_signal(signal.SIGTERM)
        assert running.wait(40) == 0
    assert titles(installation) == Counter(article.title for article in ARTICLES)
    assert installation.run("doctor", "--alive").status == 1


def test_sigkill_in_the_middle_of_a_pass_loses_and_doubles_nothing(
    installation: Installation, government: Site
) -> None:
    for article in ARTICLES:
        government.set(article.path, Answer(body=article_html(article).encode(), delay_s=0.05))
    configure(installation, government.url("/dtxx/"), every="1s")
    for stored in (1, 4, 8):
        with service(installation, installation.folder / "log") as running:
            wait_until(partial(has_stored, installation, stored))
            running.kill()
    with service(installation, installation.folder / "log") as running:
        wait_until(partial(has_stored, installation, len(ARTICLES)))
        running.send_signal(signal.SIGTERM)
        assert running.wait(40) == 0
    assert titles(installation) == Counter(article.title for article in ARTICLES)
    assert installation.run("deliveries", "--json").json() == []

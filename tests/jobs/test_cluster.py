"""Several processes share the work: nothing is done twice, and whoever goes away is made up for."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.jobs.cluster import ROOT, Cluster, cluster, wait_until
from tests.jobs.proxy import proxy
from tests.sites import Answer, Request, Site
from tests.town import MEASURES, Column, article, listing
from watcher.jobs.queue import STALLED_S
from watcher.store import LEASE

pytestmark = pytest.mark.postgres
TODAY = datetime.now(UTC).date()
HTML = [("Content-Type", "text/html; charset=utf-8")]


class Town(Site):
    """A site whose webhook remembers what it took, and which notes who asks for one page twice at once."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        self.under_way: Counter[str] = Counter()
        self.twice: set[str] = set()
        self._lock = threading.Lock()
        self.set("/hook", self._post)

    def _post(self, request: Request) -> Answer:
        self.taken.append(str(json.loads(request.body)["event"]["title"]))
        return Answer(200)

    def asked(self, path: str) -> list[float]:
        return [one.at for one in self.requests if one.path == path]


@pytest.fixture
def site() -> Iterator[Town]:
    with Town() as made:
        yield made


def configuration(site: Town, *paths: str, every: str = "2s") -> str:
    sources = "".join(
        f"  - {{id: s{n}, name: 甲, url: '{site.url(path)}', every: {every}}}\n" for n, path in enumerate(paths)
    )
    return (
        "settings: {allow_private_addresses: true, per_host_delay: 0s, per_host_concurrency: 50, concurrency: 50}\n"
        f"sources:\n{sources}"
        f"subscriptions:\n  - {{id: hook, to: 'json://127.0.0.1:{site.port}/hook'}}\n"
    )


def in_the_list(count: int) -> str:
    """A list that nobody opens an entry of: they are not there."""
    return listing((number, f"第{number}号通知", date(2026, 3, 1)) for number in range(1, count + 1))


def read(cluster: Cluster, source: str = "s0") -> bool:
    return cluster.ask(f"SELECT count(*) FROM sources WHERE id = '{source}' AND baseline_at IS NOT NULL") == 1


def test_each_source_is_checked_once_at_a_time_by_three_workers_and_two_schedulers(town: Cluster, site: Town) -> None:
    paths, takes_s = [f"/list/{number}/" for number in range(12)], 1.5
    for path in paths:
        site.set(path, Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=takes_s))
    town.configure(configuration(site, *paths))
    for start in (town.scheduler, town.worker, town.scheduler, town.worker, town.worker):
        start()
    town.ready()
    wait_until(lambda: all(len(site.asked(path)) >= 4 for path in paths), 60)
    assert town.stop() == [0] * 5
    for path in paths:
        asked = site.asked(path)
        gaps = [later - earlier for earlier, later in pairwise(asked)]
        assert min(gaps) >= takes_s + 2, (path, gaps)  # the interval begins with the end of a pass
    did = Counter(
        member.name for member in town.members for line in member.text().splitlines() if " check source=" in line
    )
    assert len(did) == 3, did  # each worker had a share
    assert town.ask("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'todo'") == 0  # begun ones are ended


def test_a_host_keeps_its_pace_over_all_workers(town: Cluster, site: Town) -> None:
    paths, delay_s = [f"/list/{number}/" for number in range(9)], 0.6
    for path in paths:
        site.set(path, Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=1))
    text = configuration(site, *paths, every="1s").replace("per_host_delay: 0s", f"per_host_delay: {delay_s}s")
    town.configure(text.replace("per_host_concurrency: 50", "per_host_concurrency: 2"))
    for _ in range(3):
        town.worker()
    town.ready()
    wait_until(lambda: len(site.requests) > 24, 60)
    assert town.stop() == [0] * 3
    gaps = [later.at - earlier.at for earlier, later in pairwise(site.requests)]
    # A busy machine may be late with one, and the next is not: the average says whether the pace was kept.
    assert sum(gap < delay_s - 0.3 for gap in gaps) <= 2, gaps
    assert sum(gaps) / len(gaps) >= delay_s - 0.01
    assert site.most_in_flight <= 2
    assert len([member for member in town.members if " check source=" in member.text()]) == 3


def test_a_killed_workers_pass_is_taken_over_within_a_minute(town: Cluster, site: Town) -> None:
    site.set("/list/", Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=20))
    town.configure(configuration(site, "/list/"))
    town.worker()
    town.ready()
    wait_until(lambda: site.asked("/list/"))
    town.worker()
    town.ready()
    time.sleep(LEASE.total_seconds() / 3 + 1 - (time.monotonic() - site.asked("/list/")[0]))  # it has renewed its claim
    site.set("/list/", in_the_list(6))
    town.members[0].kill()
    killed = time.monotonic()
    wait_until(lambda: len(site.asked("/list/")) == 2, 60)
    assert time.monotonic() - killed > 5  # or it was not in hand
    wait_until(lambda: read(town))


def test_what_is_done_once_in_a_while_is_done_once_by_one_of_all(town: Cluster, site: Town) -> None:
    site.set("/list/", in_the_list(6))
    site.set("/alive", Answer(200))
    text = configuration(site, "/list/", every="1h")
    town.configure(text.replace("settings: {", f"settings: {{heartbeat_url: '{site.url('/alive')}', "))
    town.scheduler()
    town.worker()
    town.worker()
    town.ready()
    wait_until(lambda: site.asked("/alive"))
    wait_until(lambda: town.ask("SELECT count(*) FROM rounds WHERE name IN ('remind', 'tidy', 'beat')") == 3)
    time.sleep(6)
    assert len(site.asked("/alive")) <= 2  # two where a minute ended meanwhile
    assert town.stop() == [0] * 3


def test_sigterm_finishes_what_is_in_hand(town: Cluster, site: Town) -> None:
    site.set("/list/", Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=4))
    town.configure(configuration(site, "/list/", every="1h"))
    member = town.worker()
    town.ready()
    wait_until(lambda: site.asked("/list/"))
    assert member.stop() == 0
    assert read(town)
    assert member.text().splitlines()[-1].endswith(" stopped")


def test_who_finishes_what_is_in_hand_keeps_it_however_long_that_takes(town: Cluster, site: Town) -> None:
    site.set("/list/", Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=STALLED_S + 9))
    town.configure(configuration(site, "/list/", every="1h"))
    first = town.worker()
    town.ready()
    wait_until(lambda: site.asked("/list/"))
    first.process.send_signal(signal.SIGTERM)
    other = town.worker()
    assert first.process.wait(60) == 0
    assert read(town)
    assert time.monotonic() - site.asked("/list/")[0] > STALLED_S + 8
    assert town.ask("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'check'") == 0
    assert other.stop() == 0
    assert "workers that are gone" not in other.text()
    assert "job=check:s0" not in other.text()


def test_a_restart_of_the_database_is_outlasted_by_all(tmp_path: Path, site: Town) -> None:
    column = Column(site)
    column.publish(1)
    with postgres.running() as server:
        server.execute("CREATE DATABASE town")
        with cluster(tmp_path, server.address("town")) as town:
            town.configure(configuration(site, "/list/"))
            town.worker()
            town.start("run", "--no-web")
            town.ready()
            wait_until(lambda: read(town))
            server.stop()
            column.publish(2, published=TODAY, amount=500)
            time.sleep(6)
            server.start()
            wait_until(lambda: site.taken, 60)
            column.publish(3, ("某市税务局推出6条措施服务企业", "市税务局推出6条措施，减税最高90万元。"), TODAY)
            wait_until(lambda: len(site.taken) == 2, 60)
            assert town.stop() == [0, 0]
            logged = "".join(member.text() for member in town.members)
    assert len(set(site.taken)) == 2
    assert "Database error." not in logged


def test_what_a_worker_kept_is_sound_and_backed_up_beside_it(town: Cluster, site: Town) -> None:
    column = Column(site)
    column.publish(1)
    town.configure(configuration(site, "/list/"))
    town.worker()
    town.ready()
    wait_until(lambda: read(town))
    column.publish(2, published=TODAY, amount=500)
    wait_until(lambda: site.taken, 60)
    state = town.folder / town.members[0].name
    for words, said in ((["check"], "evidence: sound\n"), (["backup"], "1 file of evidence\n")):
        command = [*town.program, "--state", str(state), "--database-url", town.database, "db", *words]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        assert (ran.returncode, ran.stdout.endswith(said)) == (0, True), ran
    assert town.stop() == [0]


def test_a_job_whose_end_could_not_be_noted_is_done_again_while_its_worker_lives(town: Cluster, site: Town) -> None:
    """Only the connection that says so is lost: all else that its worker asks for is answered."""
    site.set("/list/", in_the_list(6))
    town.configure(configuration(site, "/list/", every="1s"))
    town.worker()
    town.ready()
    wait_until(lambda: read(town))
    held = "SELECT id FROM procrastinate_jobs WHERE task_name = 'check' AND status = 'doing' FOR UPDATE"
    ending = (
        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%procrastinate_finish_job%'"
    )
    site.set("/list/", Answer(body=in_the_list(6).encode(), headers=HTML, delay_s=2))
    with psycopg.connect(town.database.replace("+psycopg", "")) as holder:
        wait_until(lambda: holder.execute(held).fetchone())
        wait_until(lambda: town.ask(f"SELECT count(*) FROM ({ending}) AS waiting"))
        town.ask(f"SELECT count(pg_terminate_backend(pid)) FROM ({ending}) AS waiting")
    before = len(site.asked("/list/"))
    wait_until(lambda: len(site.asked("/list/")) > before, 40)
    assert town.stop() == [0]


def test_a_worker_that_is_cut_off_comes_back_and_doubles_nothing(
    town: Cluster, site: Town, postgres_server: postgres.Server
) -> None:
    column = Column(site)
    column.publish(1)
    town.configure(configuration(site, "/list/"))
    with proxy(postgres_server.port) as wire:
        town.worker(database=town.database.replace(f":{postgres_server.port}/", f":{wire.port}/"))
        town.ready()
        wait_until(lambda: read(town))
        wire.cut()
        column.publish(2, published=TODAY, amount=500)
        time.sleep(4)
        assert site.taken == []
        wire.mend()
        wait_until(lambda: site.taken, 60)
        assert town.stop() == [0]
    assert len(site.taken) == 1
    assert "asking again" in town.members[0].text()


def test_a_worker_whose_network_swallows_all_loses_its_pass_to_another(
    town: Cluster, site: Town, postgres_server: postgres.Server
) -> None:
    column = Column(site)
    column.publish(1)
    town.configure(configuration(site, "/list/", every="1s"))
    with proxy(postgres_server.port) as wire:
        town.worker(database=town.database.replace(f":{postgres_server.port}/", f":{wire.port}/"))
        town.ready()
        wait_until(lambda: read(town))
        page = article(MEASURES, TODAY, amount=500)
        site.set("/art/2.html", Answer(body=page.encode(), headers=HTML, delay_s=8))
        column.entries[2] = (MEASURES[0], TODAY)
        site.set("/list/", listing((number, *entry) for number, entry in sorted(column.entries.items(), reverse=True)))
        wait_until(lambda: site.asked("/art/2.html"))
        wire.stall()
        cut = time.monotonic()
        site.set("/art/2.html", page)
        town.worker()
        wait_until(lambda: site.taken, 60)
        assert time.monotonic() - cut > 5  # or it was not in hand
        wire.mend()
        time.sleep(5)
        assert town.stop() == [0, 0]
    assert len(site.taken) == 1
    assert "Traceback" not in town.members[0].text()

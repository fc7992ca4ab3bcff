"""As `test_reliability`, with two schedulers and three workers on a PostgreSQL, each as if on a machine of its own.

A bureau publishes and edits in four columns; channels fail at random. Processes are killed at random and started again,
all of them at once at the end of each day, and the database is restarted in order and as by a crash. From day to day
the clock of all processes is set ahead, the database's is not.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import postgres
from tests.campaign import verdict
from tests.campaign.bureau import Bureau
from tests.campaign.channels import Box, Hook, Mailbox
from tests.jobs.cluster import Cluster, Member, cluster
from tests.sites import Site

pytestmark = pytest.mark.postgres
COLUMNS = [f"/list/{number}/" for number in range(4)]
FILE = """
settings: {{allow_private_addresses: true, per_host_delay: 0s, per_host_concurrency: 8, public_url: "https://watch.example"}}
sources:
{sources}
subscriptions:
  - {{id: mail, to: "{mail}"}}
  - {{id: hook, to: "{hook}"}}
  - {{id: digest, to: "{digest}", deliver: hourly, max_per_hour: 20}}
"""
SCHEDULERS, WORKERS = 2, 3


@dataclass(frozen=True)
class Form:
    """How long a campaign is: on each day `kills` one by one, and all processes at its end."""

    articles: int
    days: int
    kills: int
    baseline: int = 8  # each column's list needs two entries to be one


SHORT, LONG = Form(40, 1, 5), Form(300, 12, 6)


@dataclass
class Campaign:
    form: Form
    site: Site
    server: postgres.Server
    town: Cluster
    seed: int = 20261128
    hours: float = 0.0  # how far the clock of the processes is ahead
    kills: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.mail = Mailbox()
        self.hook, self.digest = Hook(self.site, "/hook"), Hook(self.site, "/digest")
        self.bureau = Bureau(self.site, self.seed, self.form.articles, COLUMNS)
        sources = "\n".join(
            f'  - {{id: column-{number}, url: "{self.site.url(path)}", every: 1s}}'
            for number, path in enumerate(COLUMNS)
        )
        places = {"mail": self.mail.address, "hook": self.hook.address, "digest": self.digest.address}
        self.town.configure(FILE.format(sources=sources, **places))
        self.began = self.now

    @property
    def boxes(self) -> dict[str, Box]:
        return {"mail": self.mail.box, "webhook": self.hook.box, "digest": self.digest.box}

    @property
    def now(self) -> datetime:
        """What the clock of the processes shows."""
        return datetime.now(UTC) + timedelta(hours=self.hours)

    # --- the processes ---------------------------------------------------------------------------------------------

    def start(self, schedulers: int = SCHEDULERS, workers: int = WORKERS) -> None:
        self.town.program = (sys.executable, "-m", "tests.campaign.service", str(self.hours))
        self.began = self.now
        for _ in range(schedulers):
            self.town.scheduler()
        for _ in range(workers):
            self.town.worker()
        self.town.ready()

    def kill(self, member: Member) -> None:
        assert member.process.poll() is None, member.text()
        member.kill()
        self.town.members.remove(member)
        self.kills += 1

    def kill_one(self) -> None:
        """Kill one at random; another of its kind takes its place."""
        member = self.chance.choice(self.town.members)
        self.kill(member)
        self._start_as(member)

    def _start_as(self, member: Member) -> None:
        if member.name.startswith("worker"):
            self.town.worker()
        else:
            self.town.scheduler()

    def kill_all(self) -> None:
        for member in list(self.town.members):
            self.kill(member)

    def run_until_idle(self, limit_s: float = 120) -> None:
        """Let one worker alone do what is left, which needs no scheduler, then end it in order."""
        self.start(schedulers=0, workers=1)
        end, calm = time.monotonic() + limit_s, 0
        while calm < 3:
            left = self._left()
            assert time.monotonic() < end, f"still at work: {left}; {self.town.members[0].text()[-2000:]}"
            time.sleep(0.7)
            calm = 0 if any(left.values()) else calm + 1
        assert self.town.stop() == [0]
        self.town.members.clear()

    def _left(self) -> dict[str, int]:
        """What is due."""
        now, began, ask = self.now.isoformat(), self.began.isoformat(), self.town.ask
        # A job that is put off by a minute is put off by the processes' clock: for the database's that is hours.
        ask("WITH one AS (UPDATE procrastinate_jobs SET scheduled_at = NULL RETURNING 1) SELECT count(*) FROM one")
        return {
            "sources": len(COLUMNS) - ask(f"SELECT count(*) FROM sources WHERE last_checked >= '{began}'"),
            "pages": ask(f"SELECT count(*) FROM pages WHERE next_check_at <= '{now}' OR status = 'pending'"),
            "listed": len(self.bureau.amounts) - ask("SELECT count(*) FROM pages"),
            "deliveries": ask(f"SELECT count(*) FROM deliveries WHERE status = 'waiting' AND due_at <= '{now}'"),
        }

    # --- what happens ----------------------------------------------------------------------------------------------

    def live(self, share: float) -> None:
        """The bureau goes on with its work: a share of all its articles, and some edits."""
        articles = round((self.form.articles - self.form.baseline) * share + 0.5)
        self.bureau.publish(articles, self.now.date())
        self.bureau.edit(self.chance.randint(0, articles))

    def restart_the_database(self) -> None:
        crash = self.chance.random() < 0.5
        self.faults.append("database crashed" if crash else "database restarted")
        self.server.stop(signal.SIGQUIT if crash else signal.SIGINT)
        time.sleep(self.chance.uniform(0.5, 3))
        self.server.start()

    def day(self) -> None:
        self.hours += self.chance.uniform(1, 9)
        share = 1 / (self.form.days * self.form.kills)
        self.start()
        for number in range(self.form.kills):
            self.live(share)
            time.sleep(self.chance.uniform(0.2, 3))
            self.kill_one()
            if number == self.form.kills // 2:
                self.restart_the_database()
        time.sleep(self.chance.uniform(0.5, 3))
        self.kill_all()

    def run(self) -> None:
        self.bureau.publish(self.form.baseline, self.now.date())
        self.run_until_idle()
        for number in range(self.form.days):
            if number % 4 == 3:
                self.faults.append("mail down for a day")
                self.mail.stop()
            self.day()
            if number % 4 == 3:
                self.mail.start()
        for box in self.boxes.values():
            box.healthy = True
        for hours in (2, 400, 3):  # every page is looked at again, and the last digest comes
            self.hours += hours
            self.run_until_idle(300)


@contextmanager
def campaign(folder: Path, form: Form) -> Iterator[Campaign]:
    with Site() as site, postgres.running() as server:
        server.execute("CREATE DATABASE campaign")
        with cluster(folder, server.address("campaign")) as town:
            made = Campaign(form, site, server, town)
            try:
                yield made
            finally:
                made.mail.stop()


@pytest.mark.parametrize(
    "form", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.campaign)]
)
def test_everything_reaches_everybody_whoever_is_killed(
    tmp_path: Path, form: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    with campaign(tmp_path, form) as made:
        made.run()
        with capsys.disabled():
            print(
                f"\n{SCHEDULERS} schedulers, {WORKERS} workers: articles {len(made.bureau.amounts)}, "
                f"edits {made.bureau.edits}, kills {made.kills}, clock ahead {made.hours:.0f} h, "
                f"faults {', '.join(made.faults)}\n{verdict.table(made.boxes)}"
            )
        verdict.nothing_lost(made.bureau, made.boxes, form.baseline, made.town.ask)
        verdict.little_doubled(made.boxes, made.kills)
        assert len(made.mail.unsubscribe) == 1

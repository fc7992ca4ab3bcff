"""Whatever fails, every article and every edit of it reaches every reader, and a kill doubles one message at most.

A bureau publishes and edits by a seeded plan; three channels fail at random. The real service is killed at random
times, runs out of disk, finds its database locked, and its mail server is down for a day. Its clock is set ahead from
one start to the next, so that hours pass in which it is off, and retries and second looks come due.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.campaign import verdict
from tests.campaign.bureau import Bureau
from tests.campaign.channels import Box, Hook, Mailbox
from tests.sites import Site

ROOT = Path(__file__).parent.parent.parent
FILE = """
settings: {{allow_private_addresses: true, per_host_delay: 0s, per_host_concurrency: 8, public_url: "https://watch.example"}}
sources: [{{id: bureau, url: "{url}", every: 1s}}]
subscriptions:
  - {{id: mail, to: "{mail}"}}
  - {{id: hook, to: "{hook}"}}
  - {{id: digest, to: "{digest}", deliver: hourly, max_per_hour: 20}}
"""


@dataclass(frozen=True)
class Form:
    """How long a campaign is."""

    articles: int
    kills: int
    baseline: int = 5


# Enough for a start and little else: SQLite's log of what is written grows beyond it with the first article.
FULL = 64 * 1024
SHORT, LONG = Form(75, 15), Form(500, 200)


@dataclass
class Campaign:
    folder: Path
    form: Form
    site: Site
    seed: int = 20261127
    hours: float = 0.0  # how far the service's clock is ahead
    kills: int = 0
    faults: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.mail = Mailbox()
        self.hook, self.digest = Hook(self.site, "/hook"), Hook(self.site, "/digest")
        self.bureau = Bureau(self.site, self.seed, self.form.articles)
        places = {"url": self.site.url("/list/"), "mail": self.mail.address}
        text = FILE.format(**places, hook=self.hook.address, digest=self.digest.address)
        (self.folder / "sources.yaml").write_text(text, encoding="utf-8")
        self.began, self.starts = self.now, 0

    @property
    def now(self) -> datetime:
        """What the service's clock shows."""
        return datetime.now(UTC) + timedelta(hours=self.hours)

    @property
    def boxes(self) -> dict[str, Box]:
        return {"mail": self.mail.box, "webhook": self.hook.box, "digest": self.digest.box}

    @property
    def database(self) -> Path:
        return self.folder / "state" / "watcher.db"

    # --- the service -----------------------------------------------------------------------------------------------

    def start(self, *, most_bytes: int | None = None) -> subprocess.Popen[bytes]:
        """`most_bytes`: no file may grow beyond that, as on a full disk."""
        assert self.process is None or self.process.poll() is not None
        program = [sys.executable, "-m", "tests.campaign.service", str(self.hours)]
        options = [
            "--config",
            str(self.folder / "sources.yaml"),
            "--state",
            str(self.folder / "state"),
            "run",
            "--no-web",
        ]
        size = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))) if most_bytes else None
        self.began, self.starts = self.now, self.starts + 1
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*program, *options], cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}, stderr=log, preexec_fn=size
            )
        return self.process

    @property
    def log(self) -> Path:
        """Of the latest start."""
        return self.folder / f"log-{self.starts:03}"

    def killed_after(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        """Kill it so many seconds after it is at work."""
        self.wait_for_start(process)
        time.sleep(seconds)
        assert process.poll() is None, f"the service ended by itself: {process.returncode}; see {self.log}"
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        self.kills += 1

    def wait_for_start(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + 60
        while b" started sources=" not in self.log.read_bytes():
            assert process.poll() is None, f"the service does not start; see {self.log}"
            assert time.monotonic() < end, f"the service is not at work after a minute; see {self.log}"
            time.sleep(0.05)

    def run_until_idle(self, limit_s: float = 120) -> None:
        """Run it until nothing is due any more, then end it in order."""
        process = self.start()
        end, calm = time.monotonic() + limit_s, 0
        while calm < 3:
            assert time.monotonic() < end, f"still at work: {self._left()}"
            assert process.poll() is None, f"the service ended by itself; see {self.log}"
            time.sleep(0.7)
            calm = 0 if any(self._left().values()) else calm + 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0

    def _left(self) -> dict[str, int]:
        """What is due."""
        now, began = (moment.strftime("%Y-%m-%d %H:%M:%S.%f") for moment in (self.now, self.began))
        return {
            "sources": self.count("SELECT count(*) FROM sources WHERE last_checked IS NULL OR last_checked < ?", began),
            "pages": self.count("SELECT count(*) FROM pages WHERE next_check_at <= ? OR status = 'pending'", now),
            "listed": len(self.bureau.amounts) - self.count("SELECT count(*) FROM pages"),
            "deliveries": self.count("SELECT count(*) FROM deliveries WHERE status = 'waiting' AND due_at <= ?", now),
        }

    def count(self, query: str, *values: object) -> int:
        if not self.database.exists():
            return 1
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            try:
                return int(connection.execute(query, values).fetchone()[0])
            except sqlite3.OperationalError:  # its tables are being made
                return 1

    # --- what happens ----------------------------------------------------------------------------------------------

    def live(self, least_h: float = 1.0, most_h: float = 9.0) -> None:
        """Hours pass; the bureau goes on with its work."""
        self.hours += self.chance.uniform(least_h, most_h)
        per_round = -(-self.form.articles // (self.form.kills - 2))
        self.bureau.publish(per_round, self.now.date())
        self.bureau.edit(self.chance.randint(0, per_round))

    def kill(self) -> None:
        self.live()
        self.killed_after(self.start(), self.chance.uniform(0.0, 2.5))

    def fill_the_disk(self) -> None:
        self.live()
        self.faults.append("disk full")
        process, end = self.start(most_bytes=FULL), time.monotonic() + 60
        while b"database" not in self.log.read_bytes():
            assert time.monotonic() < end, "the disk was not full within a minute"
            time.sleep(0.2)
        self.killed_after(process, 0.0)

    def lock_the_database(self, seconds: float = 3.0) -> None:
        self.live()
        self.faults.append("database locked")
        process = self.start()
        self.wait_for_start(process)
        time.sleep(0.5)
        with closing(sqlite3.connect(self.database, timeout=20, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            self.killed_after(process, seconds)

    def mail_is_down_for_a_day(self) -> None:
        self.faults.append("mail down for a day")
        self.mail.stop()
        for _ in range(3):
            self.live(8, 9)
            self.killed_after(self.start(), self.chance.uniform(2.0, 4.0))
        self.mail.start()

    def run(self) -> None:
        self.bureau.publish(self.form.baseline, self.now.date())
        self.run_until_idle()
        self.fill_the_disk()
        self.lock_the_database()
        self.mail_is_down_for_a_day()
        while self.kills < self.form.kills:
            if self.kills % 40 == 39:
                self.chance.choice(
                    [self.fill_the_disk, lambda: self.lock_the_database(18), self.mail_is_down_for_a_day]
                )()
            else:
                self.kill()
        for box in self.boxes.values():
            box.healthy = True
        for hours in (2, 400, 3):  # every page is looked at again, and the last digest comes
            self.hours += hours
            self.run_until_idle(300)


@contextmanager
def campaign(folder: Path, form: Form) -> Iterator[Campaign]:
    with Site() as site:
        made = Campaign(folder, form, site)
        try:
            yield made
        finally:
            if made.process is not None and made.process.poll() is None:
                made.process.kill()
            made.mail.stop()


def summary(made: Campaign) -> str:
    return (
        f"articles {len(made.bureau.amounts)}, edits {made.bureau.edits}, kills {made.kills}, "
        f"clock ahead {made.hours:.0f} h, faults {', '.join(made.faults)}\n{verdict.table(made.boxes)}"
    )


def check(made: Campaign) -> None:
    verdict.nothing_lost(made.bureau, made.boxes, made.form.baseline, made.count)
    verdict.little_doubled(made.boxes, made.kills)
    assert len(made.mail.unsubscribe) == 1
    with closing(sqlite3.connect(made.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(
    "form", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.campaign)]
)
def test_everything_reaches_everybody_whatever_fails(
    tmp_path: Path, form: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    with campaign(tmp_path, form) as made:
        made.run()
        with capsys.disabled():
            print(f"\n{summary(made)}")
        check(made)

"""A database that is away for a moment while a pass stores what it read: nothing is lost, and the pass ends well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.sites import Site
from tests.test_pipeline import OPTIONS, RECHECK, Bench, site, watching
from watcher.errors import StoreLost
from watcher.news import RunReport
from watcher.records.announcements import Filter
from watcher.records.passes import Reading
from watcher.store import Store
from watcher.store.announcements import Announcements
from watcher.store.engine import Database

__all__ = ["site"]

LATER = timedelta(hours=1)
# The server ends the connection of the first who adds a revision, in the middle of its transaction.
CUT = (
    "CREATE SEQUENCE cuts",
    "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$",
    "CREATE TRIGGER cut BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION cut()",
)


class Forgetful(Announcements):
    """Those of a store whose server goes away once at each save, before it wrote anything or after it wrote all."""

    written = False

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.lost: set[tuple[int, str]] = set()

    def save(self, reading: Reading, now: datetime, timezone: str = OPTIONS.timezone) -> bool:
        mark = reading.page.id, reading.fingerprint
        first = mark not in self.lost
        self.lost.add(mark)
        done = super().save(reading, now, timezone) if self.written or not first else False
        if first:
            raise StoreLost("database: server closed the connection")
        return done


class ForgetfulOfAnswers(Forgetful):
    written = True


async def read_twice(bench: Bench) -> RunReport:
    """A pass over two entries, and one over a third and an edit of the first."""
    for number in (1, 2):
        bench.column.publish(number)
    await bench.check()
    bench.column.publish(3)
    bench.column.publish(1, amount=500)
    return await bench.check(RECHECK, after=LATER)


async def nothing_is_lost(bench: Bench, report: RunReport) -> None:
    assert (report.problem, report.warnings, report.opened) == (None, (), 3)
    assert sorted(bench.kinds()) == ["changed", "new"]
    found = [bench.store.lists.announcement(one.id) for one in bench.store.lists.announcements(Filter())]
    assert sorted(len(one.revisions) for one in found if one) == [1, 1, 2]
    for one in found:
        for revision in one.revisions if one else ():
            (capture,) = revision.captures
            assert bench.archive.read(capture).status == 200
    again = await bench.check(RECHECK, after=LATER)
    assert (again.unchanged, again.deliveries, len(bench.alerts())) == (3, 0, 2)


@pytest.mark.parametrize("kind", [Forgetful, ForgetfulOfAnswers])
async def test_what_was_to_be_saved_while_the_store_was_away_is_saved_once(
    site: Site, tmp_path: Path, kind: type[Forgetful]
) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    store.announcements = forgetful = kind(store._database)
    async with watching(site, store, tmp_path) as bench:
        report = await read_twice(bench)
        await nothing_is_lost(bench, report)
        assert len(forgetful.lost) == 4


@pytest.mark.postgres
async def test_a_save_that_its_server_cut_off_is_done_again(
    site: Site, tmp_path: Path, new_database: Callable[[str], str]
) -> None:
    store = Store.open(new_database("postgresql"))
    with store._database.write() as session:
        for statement in CUT:
            session.connection().execute(text(statement))
    async with watching(site, store, tmp_path) as bench:
        report = await read_twice(bench)
        await nothing_is_lost(bench, report)
        with store._database.read() as session:
            assert session.connection().execute(text("SELECT last_value FROM cuts")).scalar_one() == 5

"""A list is read in the order of an index, and no further than it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from benchmarks.store import corpus, fill
from watcher.query import parse_query
from watcher.records.announcements import Filter
from watcher.store import Store
from watcher.store.engine import Database

COUNT = 30


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path_factory.mktemp('plans')}/watcher.db")
    fill.fill(opened, COUNT)
    yield opened
    opened.close()


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database in the block, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan(database: Database, wanted: Filter) -> list[str]:
    """How SQLite finds the announcements of a list; their places, and who told of them, come after."""
    with statements() as asked:
        Store(database).lists.announcements(wanted)
    statement, parameters = next(one for one in asked if "FROM announcements" in one[0])
    with database.read() as session:
        explained = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in explained]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(), "SCAN announcements USING INDEX ix_announcements_newest"),
        (Filter(since=corpus.START + timedelta(hours=1)), "ix_announcements_newest (first_seen>?)"),
        (Filter(regions=("370000",)), "ix_announcements_province (province=?)"),
        (Filter(regions=("370700",)), "ix_announcements_prefecture (prefecture=?)"),
        (Filter(regions=("370000", "370702")), "SCAN announcements USING INDEX ix_announcements_newest"),
        (Filter(regions=("370702",)), "ix_announcements_region_code (region_code=?)"),
        (Filter(regions=("370000",), since=corpus.START), "ix_announcements_province (province=? AND first_seen>?)"),
        (Filter(types=("progress_report",)), "ix_announcements_type (type=?)"),
        (Filter(types=("progress_report", "measures_news")), "SCAN announcements USING INDEX ix_announcements_newest"),
        (Filter(near_misses=True), "ix_announcements_type (type=?)"),
        (Filter(changed=True), "SCAN announcements USING INDEX ix_announcements_changed"),
        (Filter(sources=("source-007",)), "ix_places_source_id (source_id=?)"),
        (Filter(feed=True), "SCAN announcements USING INDEX ix_announcements_latest"),
    ],
    ids=str,
)
def test_a_list_has_its_index_and_sorts_nothing(database: Database, wanted: Filter, index: str) -> None:
    first, *others = plan(database, wanted)
    assert index in first
    # Within one pass, whose announcements have one moment, the dates are put in order.
    assert [step for step in others if "TEMP B-TREE" in step and "RIGHT PART" not in step] == []


def test_a_deadline_is_looked_up_by_its_day(database: Database) -> None:
    with statements() as asked:
        Store(database).reminders.days(corpus.START.date(), corpus.START.date() + timedelta(days=14))
    with database.read() as session:
        steps = [
            row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1][0]}", asked[-1][1])
        ]
    assert any("ix_deadlines_date (date>? AND date<?)" in step for step in steps)
    assert not any(step.startswith("SCAN") for step in steps)


def test_words_and_filters_are_asked_of_the_index_together(database: Database) -> None:
    with statements() as asked:
        Store(database).lists.announcements(
            Filter(query=parse_query("企业"), regions=("370000",), types=("measures_news",))
        )
    (terms,) = [parameters[0] for statement, parameters in asked if "MATCH" in statement]
    assert terms == '("_measures_news") AND ("_37") AND (("企业"))'


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda store: store.lists.issued("某市生态环境局"), "ix_announcements_issuer (issuer=?)"),
        (lambda store: store.lists.issuers("370700"), "ix_announcements_region_code (region_code=?)"),
    ],
    ids=["a body", "the bodies of a place"],
)
def test_a_body_is_looked_up_by_its_name_or_place(
    database: Database, ask: Callable[[Store], object], index: str
) -> None:
    with statements() as asked:
        ask(Store(database))
    statement, parameters = next(one for one in asked if "FROM announcements" in one[0])
    with database.read() as session:
        first = next(iter(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)))
    assert index in first[3]


def test_months_are_counted_from_an_index_alone(database: Database) -> None:
    months = [corpus.START, corpus.START + timedelta(days=31)]
    with statements() as asked:
        Store(database).overviews.by_month(months, months[-1].date())
    counts = [one for one in asked if "count(*)" in one[0]]
    with database.read() as session:
        plans = [
            next(iter(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)))[3]
            for statement, parameters in counts
        ]
    assert [plan.partition(" USING ")[2] for plan in plans] == [
        "COVERING INDEX ix_announcements_published (published>? AND published<?)",
        "COVERING INDEX ix_announcements_published (published=? AND first_seen>? AND first_seen<?)",
    ]

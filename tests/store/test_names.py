"""Links: a report with the document that it names, whichever is stored first, by look-ups alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.followups.pages import citing, document, page
from tests.store.examples import NOW, listed, reading, source
from tests.store.test_copies import SOURCE
from tests.store.test_plans import statements
from watcher.codec import encode_extraction
from watcher.model import AnnouncementType, Document, Extraction, Verdict
from watcher.records.names import Links
from watcher.records.pages import PageRecord
from watcher.records.passes import Action
from watcher.records.rereadings import Reread
from watcher.store import Store
from watcher.store.engine import Database, make_engine
from watcher.store.upgrade import configuration

FULL = "潍坊市生态环境局关于优化环评服务的20条措施"
DOCUMENT = document(FULL, document_number="潍环发〔2023〕5号")
EXPLANATION = page("一、背景。", date(2023, 3, 5), title="《关于优化环评服务的20条措施》解读", document_title=FULL)
REPORT = citing(FULL, published=date(2023, 11, 9), title="潍坊市生态环境局服务企业综述")


def store_all(store: Store, pages: Sequence[Extraction]) -> list[PageRecord]:
    """Save these as announcements 1, 2, …"""
    entries = [listed(store, number) for number in range(1, len(pages) + 1)]
    for entry, found in zip(entries, pages, strict=True):
        fresh = replace(found, text=f"{found.text}\n{entry.url}")
        assert store.announcements.save(reading(entry, fresh), NOW)
    return entries


def ids(links: Links) -> tuple[list[int], list[int]]:
    return [link.to.id for link in links.names], [link.to.id for link in links.named_by]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_a_document_is_linked_with_what_names_it_whichever_came_first(store: Store, order: tuple[int, ...]) -> None:
    pages = (DOCUMENT, EXPLANATION, REPORT)
    store_all(store, [pages[one] for one in order])
    at, explained, told = (order.index(one) + 1 for one in range(3))
    assert ids(store.names.links(at)) == ([], [explained, told])
    assert ids(store.names.links(explained)) == ([at], [])
    assert ids(store.names.links(told)) == ([at], [])
    assert [link.role for link in store.names.links(at).named_by] == ["reports", "cites"]


def test_last_years_report_stays_with_last_years_document(store: Store) -> None:
    """Both documents have one title; each report is found from its own document alone."""
    title = "潍坊市生态环境局服务企业若干措施"
    days = date(2022, 3, 1), date(2023, 3, 1)
    store_all(store, [document(title, days[0]), document(title, days[1]), citing(title, 2022), citing(title)])
    assert [ids(store.names.links(one)) for one in (1, 2, 3, 4)] == [([], [3]), ([], [4]), ([1], []), ([2], [])]


def test_each_announcement_is_told_once_however_often_it_is_named(store: Store) -> None:
    both = page("潍环发〔2023〕5号", date(2023, 3, 5), document_title=FULL)
    store_all(store, [DOCUMENT, both])
    assert ids(store.names.links(1)) == ([], [2])
    assert ids(store.names.links(2)) == ([1], [])


def test_an_edit_changes_what_is_named(store: Store) -> None:
    entry, _ = store_all(store, [REPORT, DOCUMENT])
    assert ids(store.names.links(2)) == ([], [1])
    edited = reading(entry, replace(REPORT, cited_documents=(), text="改"), action=Action.REVISE, basis=1)
    assert store.announcements.save(edited, NOW)
    assert ids(store.names.links(2)) == ([], [])


def test_what_newer_rules_read_is_linked(store: Store) -> None:
    store_all(store, [replace(REPORT, cited_documents=()), DOCUMENT])
    assert ids(store.names.links(1)) == ([], [])
    store.rereadings.replace([Reread(1, Document(REPORT.title, REPORT.text), REPORT, "f")], NOW)
    assert ids(store.names.links(1)) == ([2], [])


def test_a_near_miss_is_linked_with_nothing(store: Store) -> None:
    near = Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)
    store_all(store, [DOCUMENT, replace(REPORT, verdict=near)])
    assert ids(store.names.links(1)) == ([], [])


def test_an_unknown_announcement_has_no_links(store: Store) -> None:
    assert store.names.links(99) == Links()


def test_links_are_looked_up_never_scanned(sqlite_address: str) -> None:
    database = Database.open(sqlite_address)
    store = Store(database)
    store.sync_sources([source()], NOW)
    store_all(store, [DOCUMENT, EXPLANATION, REPORT])
    with statements() as asked:
        store.names.links(1)
    assert len(asked) < 10
    with database.read() as session:
        for statement, parameters in asked:
            steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            assert [row[3] for row in steps if row[3].startswith("SCAN names") or row[3].startswith("SCAN ann")] == []
    database.close()


def test_what_many_name_takes_no_more_statements(store: Store) -> None:
    """Each of them may mean another document, by a number of its own."""
    reports = [
        replace(EXPLANATION, title=f"解读之{number}", document_number=f"潍环发〔2023〕{number}号")
        for number in range(5, 20)
    ]
    store_all(store, [DOCUMENT, *reports])
    with statements() as asked:
        found = store.names.links(1)
    assert ids(found) == ([], [2])
    assert len(asked) < 10


OLDER = (
    "INSERT INTO announcements (id, key, url, source_id, status, first_seen, last_changed, revision, type, score,"
    " title, issuer, published) VALUES (:id, :id, :id, 'bureau', 'active', '2026-01-01', '2026-01-01', 1, :type, 0.9,"
    " :title, :issuer, :published)",
    "INSERT INTO revisions (announcement_id, number, seen_at, fingerprint, text, extraction, document, changes)"
    " VALUES (:id, 1, '2026-01-01', 'f', :text, :extraction, '{}', '[]')",
)


def test_what_an_older_watcher_stored_is_linked_too(empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0005")
    with engine.begin() as connection:
        connection.execute(text(SOURCE))
        for number, found in enumerate((REPORT, DOCUMENT, EXPLANATION), 1):
            said = {**encode_extraction(found), "id": number, "text": found.text}
            for statement in OLDER:
                connection.execute(text(statement), {**said, "extraction": json.dumps(encode_extraction(found))})
    engine.dispose()
    store = Store.open(empty)
    assert [ids(store.names.links(one)) for one in (1, 2, 3)] == [([2], []), ([], [3, 1]), ([2], [])]
    store.close()

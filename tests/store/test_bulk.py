"""The benchmark's store is one that passes could have written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from benchmarks.store import corpus, fill
from tests.store.examples import ANSWERED, begun
from watcher.addresses import canonical
from watcher.change.diff import fingerprint
from watcher.identity.likeness import bands
from watcher.model import Extraction, Link, Validators
from watcher.records.pages import PageRecord
from watcher.records.passes import Action, Reading
from watcher.store import Store
from watcher.store.engine import Database

COUNT = 12
# Written by passes, and by none here.
OF_PASSES = {"sources", "pages", "readings", "claims"}


def save(store: Store) -> None:
    """The announcements of the benchmark, as their pages are read one by one."""
    store.sync_sources(fill.sources(), corpus.START)
    for made in corpus.announcements(range(COUNT)):
        url = made.url
        for basis, revision in enumerate(made.revisions):
            page = page_of(store, made.sources[0], url, made)
            action = Action.REVISE if basis else Action.CREATE
            assert store.announcements.save(reading(page, made, revision.extraction, action, basis), revision.seen_at)
        for place, address in fill.addresses(made)[1:]:
            page = replace(page_of(store, place, address, made), key=canonical(url))
            seen = reading(page, made, revision.extraction, Action.SEEN, len(made.revisions))
            assert store.announcements.save(seen, made.first_seen)


def page_of(store: Store, source_id: str, url: str, made: corpus.Made) -> PageRecord:
    source = next(one for one in fill.sources() if one.id == source_id)
    held = begun(store, source, made.first_seen)
    assert held is not None
    store.add_entries(held, [Link(url, "标题")], baseline=False, now=made.first_seen)
    store.release([held.claim])
    day = timedelta(days=1)
    pages = (*store.to_open(source_id, made.first_seen, 99), *store.opened_since(source_id, made.first_seen - day))
    return next(page for page in pages if page.url == url)


def reading(page: PageRecord, made: corpus.Made, extraction: Extraction, action: Action, basis: int) -> Reading:
    return Reading(
        page=page,
        document=fill.document_of(made, extraction),
        extraction=extraction,
        fingerprint=fingerprint(extraction.title, extraction.text),
        digest="digest",
        answered=ANSWERED,
        validators=Validators(),
        next_check_at=None,
        action=action,
        basis=basis,
        bands=bands(extraction.title, extraction.text),
    )


def rows(database: Database) -> dict[str, list[Any]]:
    with database.read() as session:
        connection = session.connection()
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in OF_PASSES
        }


def test_a_store_filled_in_bulk_holds_what_reading_the_pages_one_by_one_stores(tmp_path: Path) -> None:
    bulk, single = (Database.open(f"sqlite:///{tmp_path}/{name}.db") for name in ("bulk", "single"))
    fill.fill(bulk, COUNT)
    save(Store(single))
    filled = rows(bulk)
    assert filled == rows(single)
    assert len(filled["announcements"]) == COUNT
    assert len(filled["revisions"]) > COUNT  # some were edited
    assert len(filled["places"]) > COUNT  # some were reposted
    bulk.close()
    single.close()

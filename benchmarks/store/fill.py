"""A store filled in bulk: the rows that passes would have written one announcement at a time.

A test holds them against what `Store.save` writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, func, select

from benchmarks.store import corpus
from benchmarks.store.corpus import Made
from watcher import codec
from watcher.addresses import canonical
from watcher.change.diff import fingerprint
from watcher.followups.citing import names_of
from watcher.identity.likeness import bands
from watcher.model import Document, Extraction
from watcher.query import terms_of
from watcher.settings import Every, Source
from watcher.store import Store, copies, names
from watcher.store.engine import Database
from watcher.store.postgres import follow_ids, is_postgres
from watcher.store.readings import ReadingRow
from watcher.store.revisions import DeadlineRow, FigureRow, PlaceRow, RevisionRow, deadline_rows, figure_rows
from watcher.store.search import index_of
from watcher.store.tables import AnnouncementRow, PageRow

BATCH: Final = 500
# A page has the fingerprint of its revision, in each of its places.
_mark = lru_cache(maxsize=2 * BATCH)(fingerprint)
_WORDS: Final = "给予最高3000000元奖补 / 5000000"
Row = dict[str, Any]


def sources() -> list[Source]:
    """The sources that the announcements are found in."""
    every = Every(interval=timedelta(minutes=30))
    ids = [corpus.source_id(number) for number in range(corpus.SOURCES)]
    return [Source(id=one, name=one, url=f"http://{one}.example/list/", every=every) for one in ids]


def fill(database: Database, count: int, seed: int = 5) -> None:
    """Add announcements until there are `count`; the sources too where there are none yet."""
    store = Store(database)
    if not store.sources():
        store.sync_sources(sources(), corpus.START)
    with database.read() as session:
        stored = session.exec(select(func.count()).select_from(AnnouncementRow)).one()
    made = corpus.announcements(range(stored, count), seed)
    while batch := list(islice(made, BATCH)):
        with database.write() as session:
            add(session, batch)
            if is_postgres(session.connection()):
                follow_ids(session.connection())


def add(session: Session, batch: Sequence[Made]) -> None:
    """The rows of these announcements; announcement N gets the id N + 1."""
    _insert(session, AnnouncementRow, map(_announcement, batch))
    free = (session.exec(select(func.max(col(RevisionRow.id)))).one() or 0) + 1
    revisions = [(made, index) for made in batch for index in range(len(made.revisions))]
    numbered = list(enumerate(revisions, free))
    _insert(session, RevisionRow, (_revision(row_id, made, index) for row_id, (made, index) in numbered))
    texts = [(row_id, made.revisions[index].extraction) for row_id, (made, index) in numbered]
    _insert(session, FigureRow, (row for row_id, extraction in texts for row in figure_rows(row_id, extraction)))
    _insert(session, DeadlineRow, (row for row_id, extraction in texts for row in deadline_rows(row_id, extraction)))
    for row_id, extraction in texts:
        copies.add(session, row_id, bands(extraction.title, extraction.text))
    _insert(session, PlaceRow, (row for made in batch for row in _places(made)))
    first = (session.exec(select(func.max(col(PageRow.id)))).one() or 0) + 1
    pages = [{"id": row_id, **row} for row_id, row in enumerate((row for made in batch for row in _pages(made)), first)]
    _insert(session, PageRow, pages)
    _insert(session, ReadingRow, map(_reading, pages))
    for made in batch:
        names.add(session, made.number + 1, names_of(made.revisions[-1].extraction))
        terms = terms_of(made.revisions[-1].extraction)
        index_of(session.connection()).add(made.number + 1, made.first_seen, terms)


def _insert(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> None:
    if listed := list(rows):
        session.connection().execute(insert(table), listed)


def _announcement(made: Made) -> Row:
    last = made.revisions[-1]
    extraction = last.extraction
    return {
        "id": made.number + 1,
        "key": canonical(made.url),
        "url": made.url,
        "source_id": made.sources[0],
        "status": "active",
        "first_seen": made.first_seen,
        "last_changed": last.seen_at,
        "revision": len(made.revisions),
        "type": str(extraction.verdict.type),
        "score": extraction.verdict.score,
        "title": extraction.title,
        "issuer": extraction.issuer,
        "region_code": extraction.region.code if extraction.region else None,
        "published": extraction.published,
        "valid_until": extraction.valid_until,
    }


def _revision(row_id: int, made: Made, index: int) -> Row:
    revision = made.revisions[index]
    document = document_of(made, revision.extraction)
    return {
        "id": row_id,
        "announcement_id": made.number + 1,
        "number": index + 1,
        "seen_at": revision.seen_at,
        "fingerprint": _mark(document.title, document.text),
        "text": revision.extraction.text,
        "extraction": codec.encode_extraction(revision.extraction),
        "document": codec.encode_document(document),
        "changes": [],
    }


def document_of(made: Made, extraction: Extraction) -> Document:
    """The page that the extraction would have been read from."""
    return Document(extraction.title, extraction.text, url=made.url, published=extraction.published)


def _places(made: Made) -> Iterator[Row]:
    for source, url in addresses(made):
        seen = dict.fromkeys(("first_seen", "announced"), made.first_seen)
        yield {"announcement_id": made.number + 1, "source_id": source, "url": url, **seen}


def addresses(made: Made) -> list[tuple[str, str]]:
    """(source, address) of each place, the first one first."""
    return [(source, f"http://{source}.example/art/{made.number}.html") for source in made.sources]


def _pages(made: Made) -> Iterator[Row]:
    """The page in each place, and beside them one that was nothing."""
    for source, url in addresses(made):
        yield _page(made, source, url, made.number + 1)
    yield _page(made, made.sources[0], f"http://{made.sources[0]}.example/other/{made.number}.html", None)


def _page(made: Made, source: str, url: str, announcement: int | None) -> Row:
    extraction = made.revisions[-1].extraction
    verdict = extraction.verdict
    mark = _mark(extraction.title, extraction.text)
    return {
        "source_id": source,
        "key": canonical(url),
        "url": url,
        "title": extraction.title,
        "listed": extraction.published,
        "baseline": False,
        "first_seen": made.first_seen,
        "status": "read",
        "attempts": 0,
        "next_try_at": None,
        "next_check_at": None,
        "etag": None,
        "last_modified": None,
        "digest": mark,
        "fingerprint": mark,
        "problem_code": None,
        "problem_message": None,
        "verdict": {"type": str(verdict.type), "score": verdict.score, "reasons": list(verdict.reasons)},
        "announcement_id": announcement,
    }


def _reading(page: Row) -> Row:
    """How a page was read; one in ten had a stored text near it."""
    near = page["announcement_id"] if page["id"] % 10 == 0 else None
    compared = {"relation": "other_numbers", "shared": 0.973, "copied": 0.912, "linked": False, "words": _WORDS}
    return {
        "page_id": page["id"],
        "at": page["first_seen"],
        "status": 200,
        "media_type": "text/html",
        "charset": "utf-8",
        "format": "html",
        "size": 32_768,
        "characters": 1_800,
        "near_id": near,
        **(compared if near else dict.fromkeys(compared)),
    }

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from benchmarks.store import corpus, fill
from tests.conftest import KINDS
from tests.store.examples import NOW, TEXT, extraction, listed, reading
from watcher.model import Region
from watcher.query import fields_of, find, parse_query
from watcher.records.announcements import Filter
from watcher.records.passes import Action
from watcher.store import Store
from watcher.store.engine import Database, make_engine
from watcher.store.postgres import is_postgres
from watcher.store.search import rebuild
from watcher.store.upgrade import configuration

COUNT = 150


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, lasting_database: Callable[[str], str]) -> Iterator[Store]:
    database = Database.open(lasting_database(request.param))
    fill.fill(database, COUNT)
    yield Store(database)
    database.close()


@pytest.mark.parametrize(
    "query", ["企业", "新材料", corpus.RARE, "潮汐", "财", "税务局 园区", '"企业给予最高"', "2号", "無處"]
)
@pytest.mark.parametrize(
    "wanted",
    [
        Filter(limit=None),
        Filter(limit=7),
        Filter(near_misses=True),
        Filter(since=corpus.seen(90)),
        Filter(regions=(corpus.BUSY_CITY,)),
        Filter(types=("progress_report",), changed=True),
        Filter(sources=(corpus.source_id(0),)),
    ],
    ids=str,
)
def test_the_index_finds_what_reading_every_text_finds_in_the_same_order(
    filled: Store, query: str, wanted: Filter
) -> None:
    asked = parse_query(query)
    everything = filled.lists.announcements(replace(wanted, limit=None))
    having = [one.id for one in everything if find(asked, fields_of(one.extraction))]
    found = filled.lists.announcements(replace(wanted, query=asked))
    assert [one.id for one in found] == having[: wanted.limit]
    assert all(one.hit is not None for one in found)


def test_a_revision_is_found_by_its_own_words_alone(store: Store) -> None:
    page = listed(store)
    store.announcements.save(reading(page), NOW)
    edited = extraction(TEXT.replace("绿色改造", "氢能重卡"), title="某市出台8条措施（修订）")
    store.announcements.save(reading(page, edited, action=Action.REVISE, basis=1), NOW + timedelta(days=1))

    def ids(query: str) -> list[int]:
        return [one.id for one in store.lists.announcements(Filter(query=parse_query(query)))]

    assert ids("氢能重卡") == ids("修订") == ids("首次申领") == [1]
    assert ids("绿色改造") == []


def index_of(store: Store) -> set[tuple[str, int]]:
    """(term, row) of everything in the index."""
    with store._database.write() as session:
        connection = session.connection()
        if is_postgres(connection):
            rows = connection.execute(text('SELECT "row", terms FROM search')).all()
            return {(term, row) for row, terms in rows for term in terms.split()}
        connection.execute(text("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, search, instance)"))
        entries = {(row.term, row.doc) for row in connection.execute(text("SELECT term, doc FROM temp.entries"))}
        connection.execute(text("DROP TABLE temp.entries"))
        return entries


def test_the_index_is_what_it_would_be_if_it_were_made_anew(store: Store) -> None:
    for number in (1, 2):
        store.announcements.save(reading(listed(store, number)), NOW)
    page = next(page for page in store.opened_since("bureau", NOW) if page.url.endswith("/1.html"))
    for basis, words in ((1, "氢能重卡"), (2, "PM2.5治理")):
        region = None if basis == 2 else Region("江苏省", "320000")
        edited = extraction(TEXT.replace("绿色改造", words), title=words, region=region)
        assert store.announcements.save(reading(page, edited, action=Action.REVISE, basis=basis), NOW)
    kept = index_of(store)
    with store._database.write() as session:
        rebuild(session.connection())
    assert kept == index_of(store)
    assert {"pm2.5", "_37", "_3707"} < {term for term, _ in kept}
    assert "_32" not in {term for term, _ in kept}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "NEAR(企业, 2)",
        "terms:企业",
        "企业*",
        "^企业",
        "-企业",
        "企业 OR",
        "AND",
        "a'b",
        "{企业}",
        "企业\x00",
        "𠮷",
        "😀企",
    ],
)
def test_no_query_is_a_command(filled: Store, query: str) -> None:
    try:
        wanted = Filter(query=parse_query(query))
    except ValueError:
        return
    filled.lists.announcements(wanted)


def test_a_database_without_an_index_gets_one(empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        for statement in OLDER:
            connection.execute(text(statement))
    engine.dispose()
    store = Store.open(empty)
    for query in ("绿色改造", "鲁环发", "生态环境局", "旧闻"):
        found = store.lists.announcements(Filter(query=parse_query(query)))
        assert [(one.id, one.revision) for one in found] == [(7, 2)], query
    assert store.lists.announcements(Filter(query=parse_query("第一版"))) == ()
    store.close()


_EXTRACTION = """{"title": "旧闻", "document_title": null, "document_number": "鲁环发〔2024〕3号",
"issuer": "某市生态环境局", "type": "measures_news", "score": 0.9, "reasons": [], "near_miss": false,
"published": null, "region": null,
"measure_count": null, "source": {"name": null, "authors": [], "original_url": null}, "measures": [],
"cited_documents": [], "deadlines": [], "figures": [], "topics": [], "valid_until": null}"""
# A database of schema 0002 with one announcement of two revisions.
OLDER = (
    "INSERT INTO sources (id, name, url, enabled, configured, created_at, rule, state, failures, told, entries) "
    "VALUES ('bureau', 'b', 'http://b.example/', true, true, '2026-01-01 00:00:00.000000', 'r', 'ok', 0, false, 0)",
    "INSERT INTO announcements (id, key, url, source_id, status, first_seen, last_changed, revision, type, score, "
    "title) VALUES (7, 'b.example/1', 'http://b.example/1', 'bureau', 'active', '2026-01-01 00:00:00.000000', "
    "'2026-01-02 00:00:00.000000', 2, 'measures_news', 0.9, '旧闻')",
    *(
        "INSERT INTO revisions (announcement_id, number, seen_at, fingerprint, text, extraction, document, changes) "
        f"VALUES (7, {number}, '2026-01-01 00:00:00.000000', 'f', '{said}', '{_EXTRACTION}', '{{}}', '[]')"
        for number, said in ((1, "第一版"), (2, "支持绿色改造"))
    ),
)


def test_a_search_since_before_all_time_finds_everything(filled: Store) -> None:
    asked = Filter(query=parse_query("企业"), limit=None)
    before = replace(asked, since=NOW - timedelta(days=365 * 1900))
    assert [one.id for one in filled.lists.announcements(before)] == [
        one.id for one in filled.lists.announcements(asked)
    ]

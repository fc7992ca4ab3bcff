"""Statements and the documents that they mean find each other by name, whichever was stored first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import TextClause, text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, extraction, listed, reading, told
from tests.store.test_copies import ANNOUNCEMENT, REVISION, SOURCE
from watcher.codec import encode_extraction
from watcher.model import AnnouncementType, Extraction, Verdict
from watcher.records.announcements import Filter
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Role
from watcher.records.passes import Action
from watcher.store import Store
from watcher.store.engine import make_engine
from watcher.store.postgres import follow_ids, is_postgres
from watcher.store.upgrade import configuration

REPEALED = Statement(
    Fate.REPEALED,
    Name(Role.CITES, ("云环发2022#8",), "云州市绿色工厂奖励办法"),
    "《…》（云环发〔2022〕8号）不再执行。",
)


def document() -> Extraction:
    return extraction(
        verdict=Verdict(AnnouncementType.MEASURES_DOCUMENT, 0.9),
        document_number="云环发[2022] 8号",
        document_title="云州市绿色工厂奖励办法",
        figures=(),
    )


def said_of(store: Store, number: int) -> tuple[Saying, ...]:
    history = store.lists.announcement(number)
    assert history is not None
    (listed_,) = [one for one in store.lists.announcements(Filter()) if one.id == number]
    assert listed_.sayings == history.announcement.sayings
    return listed_.sayings


def test_what_is_said_of_a_document_before_it_is_stored_is_found(store: Store) -> None:
    notice = listed(store, 2)
    assert store.lifecycles.say(notice.id, extraction(published=date(2026, 3, 1)), [REPEALED]) == ()
    store.announcements.save(reading(listed(store, 1), document()), NOW)
    (saying,) = said_of(store, 1)
    assert (saying.statement, saying.url) == (REPEALED, notice.url)
    ((_, meant),) = store.lifecycles.say(notice.id, extraction(), [REPEALED])
    assert meant == 1


def test_what_a_page_no_longer_says_is_forgotten(store: Store) -> None:
    store.announcements.save(reading(listed(store, 1), document()), NOW)
    notice = listed(store, 2)
    store.lifecycles.say(notice.id, extraction(), [REPEALED])
    store.lifecycles.say(notice.id, extraction(), [])
    assert said_of(store, 1) == ()


def test_a_fate_is_told_once_whoever_says_it(store: Store) -> None:
    store.announcements.save(reading(listed(store, 1), document(), outgoing=told("new", "ops")), NOW)
    assert store.lifecycles.told(1) == {"ops"}
    counts = [store.lifecycles.tell(1, fate, told("changed", "ops"), NOW) for fate in (Fate.REPEALED, Fate.REPEALED)]
    assert counts == [1, 0]


def test_an_edit_of_the_document_keeps_its_names(store: Store) -> None:
    page = listed(store, 1)
    store.announcements.save(reading(page, document()), NOW)
    store.announcements.save(reading(page, document(), action=Action.REVISE, basis=1), NOW)
    store.lifecycles.say(listed(store, 2).id, extraction(), [REPEALED])
    assert len(said_of(store, 1)) == 1


# --- older databases -----------------------------------------------------------------------------------------------

PAGE = text(
    "INSERT INTO pages (id, source_id, key, url, title, baseline, first_seen, status, attempts, verdict, digest,"
    " fingerprint, announcement_id) VALUES (:id, 'bureau', :id, :id, :title, false, '2026-01-01', 'read', 0, '{}',"
    " 'd', 'f', :announcement)"
)
OLD_STATEMENT = text(
    "INSERT INTO statements (page_id, position, fate, number, title, quote, issuer, published)"
    " VALUES (:page, 0, 'repealed', :number, '云州市绿色工厂奖励办法', '…废止。', '某市生态环境局', '2026-05-01')"
)


def older(address: str, schema: str, found: Extraction, *more: tuple[TextClause, dict[str, object]]) -> Store:
    """A database with one announcement, its page and rows of that schema, opened by today's program."""
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0005")
        for statement in (SOURCE, ANNOUNCEMENT):
            connection.execute(text(statement))
        connection.execute(text(REVISION), {"text": found.text, "extraction": json.dumps(encode_extraction(found))})
    with engine.begin() as connection:
        command.upgrade(configuration(connection), schema)
        connection.execute(
            text("UPDATE announcements SET issuer = '某市生态环境局', published = '2026-03-01', region_code = '370700'")
        )
        connection.execute(PAGE, {"id": 1, "title": "办法", "announcement": 1})
        for statement_, values in more:
            connection.execute(statement_, values)
        if is_postgres(connection):
            follow_ids(connection)
    engine.dispose()
    return Store.open(address)


def test_the_documents_of_an_older_database_are_known_by_name(empty: str) -> None:
    store = older(empty, "0005", document())
    ((_, meant),) = store.lifecycles.say(listed(store).id, extraction(), [REPEALED])
    assert meant == 1
    store.close()


@pytest.mark.parametrize("number", ["云环发〔2022〕8号", None])
def test_what_pages_say_is_kept_where_documents_come_to_be_known_otherwise(empty: str, number: str | None) -> None:
    notice = (PAGE, {"id": 2, "title": "关于清理文件的通知", "announcement": None})
    store = older(empty, "0021", document(), notice, (OLD_STATEMENT, {"page": 2, "number": number}))
    (saying,) = said_of(store, 1)
    assert (saying.statement.quote, saying.url, saying.published) == ("…废止。", "2", date(2026, 5, 1))
    store.close()


def test_what_stored_texts_say_of_others_is_read_from_them(empty: str) -> None:
    """Of pages that were stored before statements were."""
    found = replace(document(), text="第十条 《云州市清洁生产补助办法》（云环发〔2021〕3号）同时废止。")
    store = older(empty, "0019", found)
    other = replace(document(), document_number="云环发〔2021〕3号", document_title="云州市清洁生产补助办法")
    store.announcements.save(reading(listed(store, 5), other), NOW)
    (saying,) = said_of(store, 2)
    assert (saying.statement.fate, saying.announcement) == (Fate.REPLACED, 1)
    store.close()


def test_a_notice_of_repeal_of_which_no_text_is_stored_is_read_again(empty: str) -> None:
    pages = [
        (PAGE, {"id": number, "title": title, "announcement": None})
        for number, title in ((2, "关于废止部分文件的通知"), (3, "空气质量状况"))
    ]
    store = older(empty, "0021", document(), *pages)
    (again,) = store.to_recheck("bureau", NOW, 10)
    assert (again.id, again.digest, again.fingerprint) == (2, None, "f")
    store.close()

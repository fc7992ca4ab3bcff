"""Statements and the documents that they mean find each other by name, whichever was stored first."""

from __future__ import annotations

import json
from datetime import date

from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, extraction, listed, reading, told
from tests.store.test_copies import ANNOUNCEMENT, REVISION, SOURCE
from watcher.codec import encode_extraction
from watcher.model import Extraction
from watcher.records import Action, Fate, Statement
from watcher.store import Store
from watcher.store.engine import make_engine
from watcher.store.upgrade import configuration

REPEALED = Statement(
    Fate.REPEALED, "云环发〔2022〕8号", "云州市绿色工厂奖励办法", "《…》（云环发〔2022〕8号）不再执行。"
)


def document() -> Extraction:
    return extraction(document_number="云环发[2022] 8号", document_title="云州市绿色工厂奖励办法", figures=())


def test_what_is_said_of_a_document_before_it_is_stored_is_found(store: Store) -> None:
    notice = listed(store, 2)
    assert store.lifecycles.say(notice.id, extraction(published=date(2026, 3, 1)), [REPEALED]) == ()
    store.save(reading(listed(store, 1), document()), NOW)
    (saying,) = store.lifecycles.of(1)
    assert (saying.statement, saying.url) == (REPEALED, notice.url)
    ((_, meant),) = store.lifecycles.say(notice.id, extraction(), [REPEALED])
    assert meant == 1


def test_what_a_page_no_longer_says_is_forgotten(store: Store) -> None:
    store.save(reading(listed(store, 1), document()), NOW)
    notice = listed(store, 2)
    store.lifecycles.say(notice.id, extraction(), [REPEALED])
    store.lifecycles.say(notice.id, extraction(), [])
    assert store.lifecycles.of(1) == ()


def test_a_fate_is_told_once_whoever_says_it(store: Store) -> None:
    store.save(reading(listed(store, 1), document(), outgoing=told("new", "ops")), NOW)
    assert store.lifecycles.told(1) == {"ops"}
    counts = [store.lifecycles.tell(1, fate, told("changed", "ops"), NOW) for fate in (Fate.REPEALED, Fate.REPEALED)]
    assert counts == [1, 0]


def test_an_edit_of_the_document_keeps_its_names(store: Store) -> None:
    page = listed(store, 1)
    store.save(reading(page, document()), NOW)
    store.save(reading(page, document(), action=Action.REVISE, basis=1), NOW)
    store.lifecycles.say(listed(store, 2).id, extraction(), [REPEALED])
    assert len(store.lifecycles.of(1)) == 1


def test_the_documents_of_an_older_database_are_known_by_name(address: str) -> None:
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0005")
    with engine.begin() as connection:
        for statement in (SOURCE, ANNOUNCEMENT):
            connection.execute(text(statement))
        said = json.dumps(encode_extraction(document()))
        connection.execute(text(REVISION), {"text": "…", "extraction": said})
    engine.dispose()
    store = Store.open(address)
    ((_, meant),) = store.lifecycles.say(listed(store).id, extraction(), [REPEALED])
    assert meant == 1
    store.close()

"""What an announcement's page says of its having been withdrawn and being there again."""

from __future__ import annotations

from datetime import timedelta

import httpx

from tests.store.examples import reading, told
from tests.web.examples import NOW, earlier, published, whole
from tests.web.test_pages import page, texts
from watcher.records.pages import PageRecord
from watcher.records.passes import Action
from watcher.records.problem import Problem
from watcher.store import Store


def read_page(store: Store) -> PageRecord:
    (found,) = store.opened_since("bureau", earlier(30))
    return found


async def test_a_page_says_when_its_announcement_was_withdrawn_and_when_it_was_there_again(
    web: httpx.AsyncClient, store: Store
) -> None:
    number = published(store, whole(), at=earlier(4))
    assert texts(await page(web, f"/announcements/{number}"), ".item-head .notice, .turns") == []

    store.absences.note(read_page(store), Problem("http_404", "not found"), earlier(2), NOW)
    assert store.absences.believe(read_page(store), 1, told("withdrawn"), earlier(2))
    gone = await page(web, f"/announcements/{number}")
    assert texts(gone, ".item-head .notice") == ["已撤下 2026-03-08 10:00 各处原文都已打不开。"]

    known = store.announcements.known(read_page(store).key)
    assert known is not None
    back = reading(
        read_page(store), whole(), action=Action.SEEN, basis=known.basis, was_withdrawn=True, restored=told("restored")
    )
    assert store.announcements.save(back, NOW - timedelta(hours=1))
    found = await page(web, f"/announcements/{number}")
    assert texts(found, ".item-head .notice") == ["已恢复 2026-03-10 09:00"]
    assert texts(found, ".turns li") == ["2026-03-10 09:00 已恢复", "2026-03-08 10:00 已撤下"]

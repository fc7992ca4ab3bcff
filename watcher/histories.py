"""Announcements with what stands around them in the store: for `watcher show`, previews, the web page and its API."""

from __future__ import annotations

from datetime import date, datetime

from watcher.identity.resembling import Resembled, resembled
from watcher.news import EventKind
from watcher.preview import WINDOW
from watcher.records.announcements import AnnouncementRecord, Filter, History, RevisionRecord
from watcher.render.history import history_json
from watcher.settings import Subscription
from watcher.store import Store


def shown(store: Store, history: History, chosen: RevisionRecord, day: date) -> dict[str, object]:
    """The JSON object of `watcher show --json`: the announcement at a revision, how it stands on `day`."""
    return history_json(history, chosen, store.names.links(history.announcement.id), resembled_in(store, history), day)


def of_one_matter(store: Store, first: int, second: int) -> bool:
    """Whether one of two announcements names the other: a report on a document, an explanation of it."""
    links = store.names.links(first)
    return any(link.to.id == second for link in (*links.names, *links.named_by))


def resembled_in(store: Store, history: History) -> Resembled | None:
    """The announcement that says the same with other numbers, where one was found when this one was."""
    for page in store.stories.of_announcement(history.announcement.id).pages:
        other = store.lists.announcement(page.compared.announcement) if page.compared else None
        if other is not None and other.announcement.id != history.announcement.id:
            record = other.announcement
            found = resembled(page.compared, record.url, record.extraction, history.announcement.extraction)
            if found is not None:
                return found
    return None


def of_late(store: Store, subscription: Subscription, now: datetime, limit: int | None) -> list[History]:
    """What a preview of `subscription` is held to: what was found in its window, or had a day in it, where it asks."""
    first = now - WINDOW
    records = {one.id: one for one in store.lists.announcements(Filter(since=first, limit=limit))}
    if EventKind.DEADLINE in subscription.on:
        records |= {one.id: one for one in store.lists.announcements(Filter(due_from=first.date(), limit=limit))}
    asks_how_it_stands = EventKind.WITHDRAWN in subscription.on

    def whole(record: AnnouncementRecord) -> History:
        found = store.lists.announcement(record.id) if record.revision > 1 or asks_how_it_stands else None
        return found or History(record, ())

    return [whole(one) for one in records.values()]

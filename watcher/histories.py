"""One announcement with what stands around it in the store: for `watcher show`, the web page and its API."""

from __future__ import annotations

from datetime import date

from watcher.identity.resembling import Resembled, resembled
from watcher.records import History, RevisionRecord
from watcher.render.history import history_json
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
        other = store.announcement(page.compared.announcement) if page.compared else None
        if other is not None and other.announcement.id != history.announcement.id:
            record = other.announcement
            found = resembled(page.compared, record.url, record.extraction, history.announcement.extraction)
            if found is not None:
                return found
    return None

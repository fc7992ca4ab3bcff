"""`/feed.atom`, `/feed.json` and `/calendar.ics`: the list of any filter, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from starlette.responses import Response

from watcher.records.announcements import AnnouncementRecord
from watcher.render.calendar import calendar as pieces
from watcher.web.asked import Choice, cursor
from watcher.web.feeds.atom import Head, atom
from watcher.web.feeds.entries import Edition, Entry, entry, updated
from watcher.web.feeds.jsonfeed import json_feed
from watcher.web.pages import kept
from watcher.web.shown import region_name
from watcher.web.site import Asking

PAGE: Final = 40
# A calendar holds what is due from so long ago on, of the newest so many announcements that have any.
PAST: Final = timedelta(days=30)
MOST_IN_CALENDAR: Final = 400


def atom_feed(asking: Asking) -> Response:
    head, entries = _feed(asking, "/feed.atom")
    return kept(asking, atom(head, (one for one, _ in entries)), "application/atom+xml", by_language=True)


def json_feed_of(asking: Asking) -> Response:
    head, entries = _feed(asking, "/feed.json")
    return kept(asking, json_feed(head, entries), "application/feed+json", by_language=True)


def calendar(asking: Asking) -> Response:
    choice = Choice.of(asking.request.query_params.multi_items())
    wanted = replace(choice.filter(asking.now, MOST_IN_CALENDAR), due_from=asking.today - PAST, after=None)
    found = asking.store.lists.dated(wanted)
    body = b"".join(pieces(found, asking.site.zone.key, asking.today, asking.language))
    return kept(asking, body, "text/calendar", by_language=True)


def _feed(asking: Asking, path: str) -> tuple[Head, Sequence[tuple[Entry, AnnouncementRecord]]]:
    choice = Choice.of(asking.request.query_params.multi_items())
    found = asking.store.lists.announcements(replace(choice.filter(asking.now, PAGE + 1), feed=True))
    records = found[:PAGE]
    more = choice.address(path, after=cursor(records[-1], feed=True)) if len(found) > PAGE else None
    words, base = asking.words, asking.base
    head = Head(
        id=f"{base}{choice.address('/')}",
        title=" · ".join((words["product"], *_about(choice))),
        language=words.tag,
        address=f"{base}{choice.address(path, after=choice.after)}",
        page=f"{base}{choice.address('/')}",
        following=f"{base}{more}" if more else None,
        updated=updated(records),
    )
    changes = asking.store.lists.last_changes(records)
    edition = Edition(words, base, asking.site.zone, asking.today)
    return head, [(entry(one, changes.get(one.id, ()), edition), one) for one in records]


def _about(choice: Choice) -> list[str]:
    """What the feed is of, for a reader who has several."""
    return [one for one in (choice.query, *(region_name(code.ljust(6, "0")) for code in choice.regions)) if one]

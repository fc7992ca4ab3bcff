"""What a page says of other documents, kept; and told to those who were told of them (`lifecycle`)."""

from __future__ import annotations

from watcher.decide import is_edited, is_silent, outgoing
from watcher.events import announcement_event
from watcher.gear import Gear
from watcher.lifecycle.lifespan import SAID
from watcher.lifecycle.statements import may_say, statements
from watcher.match import Candidate
from watcher.news import EventKind, FieldChange
from watcher.records.lifecycle import Saying
from watcher.threads import in_store, on_cpu
from watcher.understood import Understood
from watcher.workers import in_worker


async def note_statements(understood: Understood, gear: Gear) -> int:
    """Keep what a page just read says of other documents; returns how many are told of it.

    Before the page itself is stored as read: a crash in between repeats, and tells nothing twice.
    """
    found = understood.extraction
    said = await in_worker(statements, found) if may_say(found) else ()
    if not said and understood.page.fingerprint is None:
        return 0
    meant = await in_store(gear.store.lifecycles.say, understood.page.id, found, said)
    now, page, mark = gear.clock(), understood.page, understood.fingerprint
    edited = await on_cpu(is_edited, page, understood.document, mark, None)
    same = page.fingerprint == mark  # what newer rules see in a text is no news
    if same or is_silent(page, found.published, now, gear.options.backfill_days, edited=edited):
        return 0
    return sum([await in_store(_tell, saying, entry, gear) for saying, entry in meant])


def _tell(saying: Saying, announcement_id: int, gear: Gear) -> int:
    store, now, fate = gear.store, gear.clock(), saying.statement.fate
    history, told = store.lists.announcement(announcement_id), store.lifecycles.told(announcement_id)
    if history is None or fate not in SAID:
        return 0
    one = history.announcement
    change = FieldChange("lifecycle", None, SAID[fate], saying.statement.quote)
    event = announcement_event(EventKind.CHANGED, one.url, one.source, one.extraction, (change,))
    event["said_by"] = {"title": saying.page_title, "url": saying.url}
    found, places = one.extraction, tuple(place.source for place in one.places)
    region = found.region.code if found.region else None
    candidate = Candidate(EventKind.CHANGED, one.source, found.title or "", found.text, region, found, places)
    audience = [reader for reader in store.audience() if reader.id in told]
    return store.lifecycles.tell(announcement_id, fate, outgoing(event, candidate, audience, gear.options, now), now)

"""What a page just read is a page of: the announcement of its address, or one of which it is a copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watcher.addresses import canonical
from watcher.gear import Gear
from watcher.identity.original import Standing, is_original
from watcher.identity.relation import Relation, Writing, compared, nearest, relate
from watcher.identity.resembling import Resembled, resembled
from watcher.model import Extraction
from watcher.records.copies import NO_COPY, Copied, Neighbour, Tie
from watcher.records.pages import PageRecord
from watcher.records.passes import Known
from watcher.records.stories import Compared
from watcher.store import Store
from watcher.threads import in_store, on_cpu
from watcher.understood import Understood


@dataclass(frozen=True, slots=True)
class Met:
    """What a page turned out to be of, and what it is to it; `copied` where that is new, and `compared` its reason."""

    known: Known | None = None
    tie: Tie = Tie.STANDS
    copied: Copied = NO_COPY
    compared: Compared | None = None
    resembles: Resembled | None = None  # of what is no copy: other numbers in the same words

    @property
    def elsewhere(self) -> Known | None:
        """What is known, where another page stands for it."""
        return None if self.tie is Tie.STANDS else self.known


async def meet(understood: Understood, source_name: str, store: Store) -> Met:
    """Find what the page is of. Where the site edits a copy, it stays one as long as it says much the same.

    While the original is gone, its link leads to a copy; one that said the same word for word stands for it then.
    """
    key = understood.page.key
    known = await in_store(store.announcements.known, key)
    if known is not None and (known.key == key or _stands_in(known, understood)):
        return Met(known)
    if known is not None and await on_cpu(_is_still, known, understood):
        return Met(known, Tie.PLACE)
    leaves = known.id if known else None
    near = await in_store(store.copies.near, understood.bands, key, _original(understood.extraction))
    others = [one for one in near.neighbours if one.announcement != leaves]
    found, because = await on_cpu(_nearest, understood, others)
    if found is None:
        resembles = await _resembled(because, understood, store)
        return Met(copied=Copied(None, leaves, near.latest), compared=because, resembles=resembles)
    joined = await in_store(store.announcements.known_as, found.announcement)
    original = is_original(_standing(understood, source_name), _standing_of(joined), linked=found.names_it)
    return Met(joined, Tie.ORIGINAL if original else Tie.COPY, Copied(joined.id, leaves, near.latest), because)


async def _resembled(because: Compared | None, understood: Understood, store: Store) -> Resembled | None:
    if because is None or because.relation != Relation.OTHER_NUMBERS:
        return None
    known = await in_store(store.announcements.known_as, because.announcement)
    return await on_cpu(resembled, because, known.url, known.extraction, understood.extraction)


def new_original(understood: Understood, gear: Gear) -> PageRecord | None:
    """An entry for what an announcement's page names as its original, where a source has its site and nobody knows it.

    It belongs to the source that led to it.
    """
    url = understood.extraction.credit.original_url
    if not understood.bands or url is None or gear.source_at(url) is None:
        return None
    return gear.store.copies.add_original(understood.page, url)


def _original(found: Extraction) -> str | None:
    """The canonical address of what a page names as its original."""
    return canonical(found.credit.original_url) if found.credit.original_url else None


def _stands_in(known: Known, understood: Understood) -> bool:
    page = understood.page
    return canonical(known.url) == page.key and page.fingerprint == known.fingerprint


def _is_still(known: Known, understood: Understood) -> bool:
    """Whether a page is still a copy of what it was: other numbers alone are the copy's."""
    same = known.fingerprint == understood.fingerprint
    return same or relate(_writing(understood), _writing_of(known)) in {Relation.COPY, Relation.OTHER_NUMBERS}


def _nearest(understood: Understood, neighbours: Iterable[Neighbour]) -> tuple[Neighbour | None, Compared | None]:
    """The stored text of which a page is a copy, and what it was found to be to the nearest one.

    What is a near miss alone makes no announcement one.
    """
    announced, fresh = understood.extraction.verdict.announcement, _writing(understood)
    found = nearest(fresh, [one for one in neighbours if not (announced and one.near_miss)])
    if found is None:
        return None, None
    return found[0] if found[1] is Relation.COPY else None, compared(fresh, *found)


def _writing(understood: Understood) -> Writing:
    found = understood.extraction
    region = found.region.code if found.region else None
    key = understood.page.key
    return Writing.of(found.title, found.text, region, key, ((key, understood.page.title),))


def _writing_of(known: Known) -> Writing:
    found = known.extraction
    return Writing.of(found.title, found.text, found.region.code if found.region else None)


def _standing(understood: Understood, source_name: str) -> Standing:
    return Standing(understood.page.key, source_name, understood.document, understood.extraction)


def _standing_of(known: Known) -> Standing:
    return Standing(known.key, known.source_name, known.document, known.extraction)

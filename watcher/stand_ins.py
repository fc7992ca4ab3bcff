"""Pages that came in articles' places, and say nothing of them: a notice of maintenance, a server's first page.

A pass found a brief text without the entry's title            then
other entries of the pass, or articles beside it, show it too    a stand-in: tried again as a page that failed
it alone does                                                    doubted: asked again in an hour, twice, then believed

Nothing of it is stored, neither as "no announcement" nor as a change. That articles beside it show it as well counts as
tries to open them: the source's health says that none can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from watcher.articles import open_article, try_later
from watcher.audit import Asking
from watcher.beside import same_beside
from watcher.gear import Gear
from watcher.health.articles import ENTRIES
from watcher.records.pages import PageRecord, PageStatus
from watcher.records.passes import Relook
from watcher.records.problem import Problem
from watcher.records.usual import Try
from watcher.settings import Source
from watcher.threads import in_store
from watcher.turned import Homes
from watcher.understood import Opened

DOUBTED_FOR: Final = timedelta(hours=1)
DOUBTED_TRIES: Final = 2
WAIT: Final = "nothing for now: it is asked again by itself; if it lasts, open it in a browser"
STAND_IN: Final = Problem(
    "stand_in", "another page stands in its place: its site shows the same at other addresses, and no title", WAIT
)
UNTITLED: Final = Problem("untitled", "a short page without the title in the list: not believed yet", WAIT)


@dataclass(frozen=True, slots=True)
class Strange:
    """An entry at whose address a text came that may be another page's."""

    page: PageRecord
    mark: str


@dataclass(slots=True)
class Found:
    """What came of the strange ones: `opened` were believed."""

    opened: list[Opened] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)
    relooks: list[Relook] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


async def settle(strange: Sequence[Strange], source: Source, gear: Gear, homes: Homes) -> Found:
    """Tell stand-ins from short articles, once all entries of a pass are opened.

    Raises StoreError.
    """
    found, alike = Found(), Counter(one.mark for one in strange)
    beside: dict[str, int] = {}
    for one in strange:
        if one.mark not in beside:
            beside[one.mark] = await same_beside(one.page, one.mark, source, gear) if alike[one.mark] < ENTRIES else 0
            first = one.page.problem != STAND_IN.code
            found.tries += [Try(first, STAND_IN)] * beside[one.mark]
        if alike[one.mark] + beside[one.mark] > 1:
            await in_store(try_later, one.page, STAND_IN, gear)
            found.tries.append(Try(one.page.problem != STAND_IN.code, STAND_IN))
            if one.page.status is PageStatus.READ and one.page.source == source.id:
                found.relooks.append(Relook(one.page, STAND_IN))
            found.warnings.append(f"{one.page.url}: {STAND_IN.message}")
        elif one.page.problem in {UNTITLED.code, STAND_IN.code} and one.page.attempts >= DOUBTED_TRIES:
            asking = Asking(in_full=True, audits=False, believes=True)
            found.opened.append(await open_article(one.page, source, gear, asking, homes))
        else:
            await in_store(gear.store.page_failed, one.page, UNTITLED, gear.clock() + DOUBTED_FOR)
            found.warnings.append(f"{one.page.url}: {UNTITLED.message}")
    return found

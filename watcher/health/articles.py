"""Whether a source's articles can be opened at all: its list may be read, and all of it lead nowhere.

One that is broken, for however long, is no sign: it takes several entries, in several passes, and none between them
that could be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watcher.health.states import BLOCKED, Sign
from watcher.records.problem import Problem
from watcher.records.sources import SourceState
from watcher.records.usual import Try, Unopened

# Two broken articles may well follow each other.
ENTRIES: Final = 3
# A site may be down when a pass has read its list; the next one opens the same entries again.
PASSES: Final = 2
_HINT: Final = (
    "open one in a browser, and try `watcher sources test ID --open 3`; if only a script shows them, "
    "look for another view of the column, or name its data by `listing: {json: {url: …}}`"
)


def after_tries(before: Unopened, tries: Sequence[Try]) -> tuple[Unopened, Sign | None]:
    """What is known of entries that cannot be opened after a pass that tried these, and the sign that none can."""
    if any(one.problem is None for one in tries):
        return Unopened(), None
    now = before
    if tries:
        entries = before.entries + sum(one.first for one in tries)
        now = Unopened(entries, before.passes + 1, tries[-1].problem)
    if now.problem is None or now.entries < ENTRIES or now.passes < PASSES:
        return now, None
    facts = (("entries", f"{now.entries}"), ("why", now.problem.code))
    message = f"its list is read, but none of its last {now.entries} entries could be opened: {now.problem.message}"
    state = SourceState.BLOCKED if now.problem.code in BLOCKED else SourceState.FAILING
    return now, Sign(state, Problem("no_article", message, now.problem.hint or _HINT, facts))

"""How a document stands that an event is of: withdrawn, repealed, replaced, lapsed, or (None) as it was published."""

from __future__ import annotations

from datetime import date
from typing import Final

from watcher.lifecycle.lifespan import SAID
from watcher.records.lifecycle import Fate
from watcher.render.card import Event, mapping, mappings

# As `lifecycle` of an event says it; what only bounds a document (`superseded`) does not end it.
ENDS: Final = (Fate.REPEALED, Fate.REPLACED, Fate.LAPSED)
_SAID: Final = {SAID[fate]: fate.value for fate in ENDS}


def ended(event: Event, today: date | None) -> str | None:
    """The word of `Wording.ended` for it; by its own words a document lapses on the day after its last one.

    Args:
        today: None where it is not known what day it is.
    """
    if "withdrawn" in (event.get("kind"), event.get("status")):
        return "withdrawn"
    state = mapping(event.get("lifecycle")).get("state")
    if state in ENDS or (state := told_end(event)):
        return str(state)
    until = _day(event.get("valid_until"))
    return Fate.LAPSED.value if until and today and until < today else None


def told_end(event: Event) -> str | None:
    """What ended the document, where the event tells just that."""
    changes = (one for one in mappings(event.get("changes")) if one.get("field") == "lifecycle")
    return next((_SAID[said] for one in changes if (said := str(one.get("after"))) in _SAID), None)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None

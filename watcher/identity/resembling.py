"""What a text says that has the words of another and other numbers: a correction, or the next bulletin. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from watcher.change.diff import Version, compare
from watcher.identity.relation import Relation
from watcher.model import Extraction
from watcher.records.stories import Compared

# Of a bulletin nearly every number is another: the first ones say enough.
MOST_CHANGES: Final = 5


@dataclass(frozen=True, slots=True)
class Resembled:
    """The announcement with the same words, and which numbers differ: `560家 → 590家`, the fresh one last."""

    id: int
    url: str
    title: str | None
    changed: tuple[str, ...]


def resembled(found: Compared | None, url: str, known: Extraction, fresh: Extraction) -> Resembled | None:
    """What `found` tells of a fresh text and the `known` one at `url`; None where more than numbers differs."""
    if found is None or found.relation != Relation.OTHER_NUMBERS:
        return None
    changes = compare(Version(known), Version(fresh))
    pairs = (
        f"{one.before} → {one.after}" for one in changes if one.field.startswith("figure:") if one.before and one.after
    )
    changed = tuple(dict.fromkeys(pairs))[:MOST_CHANGES]
    return Resembled(found.announcement, url, known.title, changed)


def resembled_json(found: Resembled) -> dict[str, Any]:
    return {"id": found.id, "url": found.url, "title": found.title, "changed": list(found.changed)}

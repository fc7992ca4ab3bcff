"""When two pages of a source were edited in the same way: one name or number put for another, one sentence added. Pure.

The mark of an edit is the same for all pages that it was made on. Of a change that matters it is what the reader is
told; of one of wording what was put in place of what, wherever it stands and however often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Final

from watcher.change.note import Weight, weight
from watcher.identity.likeness import Text, edited
from watcher.news import FieldChange

# Fields that hold a sentence of the page's own: there, too, it is what was put in place of what.
_TEXTS: Final = frozenset({"title", "document_title", "measures", "attachments"})


def edit_of(source_id: str, before: str, after: str, changes: Sequence[FieldChange]) -> str | None:
    """The mark of the edit that made `after` of `before`; None where there is nothing to know it by."""
    heavy = [change for change in changes if weight(change) > Weight.WORDING]
    parts = set(_of_fields(heavy)) if heavy else {("text", *pair) for pair in _replaced(before, after)}
    if not parts:
        return None
    return blake2b(
        "\n".join((source_id, *map(str, sorted(parts)))).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def _of_fields(changes: Iterable[FieldChange]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        before, after = change.before or "", change.after or ""
        pairs = list(_replaced(before, after)) if change.field in _TEXTS and before and after else []
        yield from ((change.field, *pair) for pair in pairs or [(before, after)])


def _replaced(before: str, after: str) -> Iterator[tuple[str, str]]:
    for old, new in edited(Text.of(before), Text.of(after)):
        yield " ".join(old), " ".join(new)

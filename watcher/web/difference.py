"""Two revisions side by side, the paragraphs that changed with a little of what is around them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from watcher.change.paragraphs import Paragraph, Piece, Row, align, differing_pieces
from watcher.records.announcements import RevisionRecord

CONTEXT: Final = 1  # unchanged paragraphs shown around changed ones
MOST_ROWS: Final = 300  # beyond that it is another text, and a page has an end
# Characters of changed paragraphs that are looked into; further ones are shown as changed in whole, since a text made
# to be slow would take 30 s of the thread that its page is made in.
MOST_LOOKED_INTO: Final = 100_000

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of the one and what it became, in pieces of which some differ (True); None where there is no such.

    `skipped`: so many unchanged paragraphs are left out here, and there is no text.
    """

    before: Pieces | None
    after: Pieces | None
    same: bool
    skipped: int = 0


def difference(before: RevisionRecord, after: RevisionRecord) -> tuple[Side, ...]:
    rows = align(_whole(before), _whole(after))
    return tuple(islice(_shown(rows), MOST_ROWS))


def _whole(revision: RevisionRecord) -> str:
    """The title is a paragraph too."""
    return f"{revision.extraction.title or ''}\n{revision.extraction.text}"


def _shown(rows: Sequence[Row]) -> Iterator[Side]:
    changed = [index for index, row in enumerate(rows) if not row.same]
    near = {index + step for index in changed for step in range(-CONTEXT, CONTEXT + 1)}
    skipped, left = 0, MOST_LOOKED_INTO
    for index, row in enumerate(rows):
        if index not in near:
            skipped += 1
            continue
        if skipped:
            yield Side(None, None, True, skipped)
        skipped = 0
        if not row.same and row.before and row.after:
            left -= len(row.before.text) + len(row.after.text)
        yield _side(row, looked_into=left >= 0)
    if skipped:
        yield Side(None, None, True, skipped)


def _side(row: Row, *, looked_into: bool) -> Side:
    if row.same or row.before is None or row.after is None or not looked_into:
        return Side(_alone(row.before, not row.same), _alone(row.after, not row.same), row.same)
    olds, news = differing_pieces(row.before.text, row.after.text)
    return Side(_pieces(olds), _pieces(news), same=False)


def _alone(paragraph: Paragraph | None, differs: bool) -> Pieces | None:
    return None if paragraph is None else ((paragraph.text, differs),)


def _pieces(pieces: Sequence[Piece]) -> Pieces:
    return tuple((one.text, one.differs) for one in pieces)

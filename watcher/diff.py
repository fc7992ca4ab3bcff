"""What changed between two texts of an announcement, in a reader's terms. Pure.

Only what matters to a reader is a change: figures, deadlines, measures and the announcement's own data. Wording alone
is none. Items are matched by what they are about and where they stand (`pairing`), so that a paragraph moved up is no
change and two amounts that trade places are two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Final

from watcher.model import Extraction, FieldChange
from watcher.pairing import Pair, Placed, differing, pieces, sentences, surroundings

LONGEST_QUOTE: Final = 120

_NOT_WORD = re.compile(r"[\W_]+")


def fingerprint(title: str | None, text: str) -> str:
    """The same for texts that differ only in spaces, punctuation and the width of characters."""
    return sha256(_plain(f"{title or ''}\n{text}").encode("utf-8", "surrogatepass")).hexdigest()


def compare(before: Extraction, after: Extraction) -> tuple[FieldChange, ...]:
    """The differences that matter, the announcement's own data first; () where only wording differs."""
    return (*_own_data(before, after), *_figures(before, after), *_deadlines(before, after), *_measures(before, after))


def _own_data(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for field in ("title", "issuer", "document_title", "document_number", "measure_count", "valid_until"):
        old, new = _shown(getattr(before, field)), _shown(getattr(after, field))
        if _plain(old or "") != _plain(new or ""):
            yield FieldChange(field, old, new)


def _shown(value: str | int | date | None) -> str | None:
    return None if value is None else str(value)


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text))


def _figures(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for old, new in differing(_placed_figures(before), _placed_figures(after)):
        if old and new and old.quote == new.quote:
            continue  # the words around it make it read otherwise: nothing that could be shown as a new figure
        subject = (new and new.subject) or (old and old.subject) or ""
        yield _change(f"figure:{subject}", (old, new))


def _placed_figures(extraction: Extraction) -> list[Placed]:
    sentence = sentences(extraction.text)
    return [
        Placed(
            quote=figure.quote,
            meaning=(
                figure.low, figure.high, figure.unit, figure.qualifier, figure.change, figure.previous
            ),
            group=figure.kind,
            subject=figure.subject,
            sentence=sentence(figure.start, figure.end),
            around=surroundings(extraction.text, figure.start, figure.end),
        )
        for figure in extraction.figures
    ]  # fmt: skip


def _deadlines(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for pair in differing(_placed_deadlines(before), _placed_deadlines(after)):
        yield _change("deadlines", pair)


def _placed_deadlines(extraction: Extraction) -> list[Placed]:
    sentence = sentences(extraction.text)
    return [
        Placed(
            quote=deadline.quote,
            meaning=deadline.date,
            group="deadline",
            subject=None,
            sentence=sentence(deadline.start, deadline.end),
            around=surroundings(extraction.text, deadline.start, deadline.end),
        )
        for deadline in extraction.deadlines
    ]


def _change(field: str, pair: Pair) -> FieldChange:
    old, new = pair
    before, after = _quote(old), _quote(new)
    if old and new and before == after:  # 年底前 in a document of another year: the words are the same, the day is not
        before, after = f"{before}（{old.meaning}）", f"{after}（{new.meaning}）"
    return FieldChange(field, before, after, _excerpt(new) if new else None)


def _quote(item: Placed | None) -> str | None:
    return None if item is None else item.quote


def _excerpt(item: Placed) -> str:
    """The sentence, cut around the quote where it is long."""
    at = max(item.sentence.find(item.quote), 0)
    begin = max(0, min(at - LONGEST_QUOTE // 2, len(item.sentence) - LONGEST_QUOTE))
    return item.sentence[begin : begin + max(LONGEST_QUOTE, len(item.quote))]


def _measures(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    """Measures added or dropped; one that got another number or other words is still the same measure."""
    for old, new in differing(_placed_measures(before), _placed_measures(after)):
        if old is None or new is None:
            yield FieldChange("measures", _quote(old), _quote(new), _quote(new))


def _placed_measures(extraction: Extraction) -> list[Placed]:
    return [
        Placed(
            quote=measure.heading,
            meaning=_plain(measure.heading),
            group="measure",
            subject=None,
            sentence=_plain(measure.heading),
            around=pieces(measure.heading),
        )
        for measure in extraction.measures
    ]

"""What changed between two texts of an announcement, in a reader's terms. Pure.

What matters to a reader comes first: figures, deadlines, measures, attachments and the announcement's own data. Where
none of it differs, what differs is wording. Items are matched by what they are about and where they stand (`pairing`),
so that a paragraph moved up is no change and two amounts that trade places are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from typing import Final

from watcher.change.likeness import common_head, surroundings
from watcher.change.measures import pairs_of_measures
from watcher.change.note import by_weight
from watcher.change.pairing import MOST_SCORED, Placed, differing, sentences
from watcher.change.paragraphs import align, plain, unnumbered
from watcher.deadlines.due import task
from watcher.extract.clauses import printed_number
from watcher.extract.lines import split_lines
from watcher.extract.validity import find_in_force
from watcher.identity.likeness import Text
from watcher.model import Attachment, Deadline, Direction, Extraction, Figure, Measure
from watcher.news import FieldChange

LONGEST_QUOTE: Final = 120
# Of an edited paragraph what is shown begins and ends where the clause does that differs, or, of a long clause, so many
# characters from what differs; then its longest form.
LONGEST_CLAUSE: Final = 24
CONTEXT: Final = 10
LONGEST_EXCERPT: Final = 80
_CLAUSE_ENDS: Final = re.compile("[，。；：！？]")
_MARK: Final = re.compile(r"[^\w\s]|\s+")
LONGEST_OPENING: Final = 120  # characters of a line in which its heading ends
MOST_WORDING: Final = 20

OWN_DATA: Final = ("title", "issuer", "document_title", "document_number", "measure_count", "valid_until")


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an announcement, as it is compared with another."""

    extraction: Extraction
    attachments: tuple[Attachment, ...] = ()


def fingerprint(title: str | None, text: str) -> str:
    """The same for texts that differ only in spaces, punctuation and the width of characters."""
    return sha256(plain(f"{title or ''}\n{text}").encode("utf-8", "surrogatepass")).hexdigest()


def compare(before: Version, after: Version) -> tuple[FieldChange, ...]:
    """What differs, the weightiest first: wording only where there is nothing else, () where no word differs."""
    old, new = before.extraction, after.extraction
    found = (
        *_measures(old, new),
        *_own_data(old, new),
        *_in_force(old, new),
        *_figures(old, new),
        *_deadlines(old, new),
        *_attachments(before.attachments, after.attachments),
    )
    return by_weight(found) or tuple(_wording(old.text, new.text))


def _own_data(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for field in OWN_DATA:
        old, new = getattr(before, field), getattr(after, field)
        if not _same_words(_shown(old) or "", _shown(new) or ""):
            yield FieldChange(field, _shown(old), _shown(new), direction=_moved(old, new))


def _in_force(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    """From when it holds, where that is another day."""
    old, new = (find_in_force(split_lines(found.text)) for found in (before, after))
    if old != new:
        yield FieldChange("in_force_from", _shown(old), _shown(new), direction=_moved(old, new))


def _same_words(one: str, other: str) -> bool:
    """Whether two values say the same: 九条 and 9条 do."""
    if plain(one) == plain(other):
        return True
    tokens = Text.of(one).tokens
    return bool(tokens) and tokens == Text.of(other).tokens


def _shown(value: str | int | date | None) -> str | None:
    return None if value is None else str(value)


def _moved(old: object, new: object) -> Direction | None:
    """Which way a number or a day moved; None for texts, and where there is only one of the two."""
    if isinstance(old, int) and isinstance(new, int):
        return Direction.INCREASE if new > old else Direction.DECREASE
    if isinstance(old, date) and isinstance(new, date):
        return Direction.INCREASE if new > old else Direction.DECREASE
    return None


# --- figures -------------------------------------------------------------------------------------------------------


def _figures(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for old, new in differing(_placed_figures(before), _placed_figures(after)):
        if old and new and old.quote == new.quote:
            continue  # the words around it make it read otherwise: nothing that could be shown as a new figure
        shown = new or old
        assert shown is not None
        subject = shown.subject or (old.subject if old else None)
        yield FieldChange(
            f"figure:{subject or ''}",
            old.quote if old else None,
            new.quote if new else None,
            _excerpt(new) if new else None,
            subject=subject,
            kind=shown.item.kind,
            direction=_level_moved(old.item, new.item) if old and new else None,
            measure=shown.item.measure,
        )


def _level_moved(old: Figure, new: Figure) -> Direction | None:
    """Which way a level moved; None for an amount of change (缩短60%): less of it is not lower in any plain sense."""
    levels = old.change is None and new.change is None and old.unit == new.unit
    was, now = (old.high, old.low), (new.high, new.low)
    if not levels or was == now:
        return None
    return Direction.INCREASE if now > was else Direction.DECREASE


def _placed_figures(extraction: Extraction) -> list[Placed[Figure]]:
    sentence = sentences(extraction.text)
    return [
        Placed(
            item=figure,
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


# --- deadlines -----------------------------------------------------------------------------------------------------


def _deadlines(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    for old, new in differing(_placed_deadlines(before), _placed_deadlines(after)):
        shown = new or old
        assert shown is not None
        was, now = old.quote if old else None, new.quote if new else None
        if old and new and was == now:  # 年底前 in a document of another year: the words are the same, the day is not
            was, now = f"{was}（{old.item.date}）", f"{now}（{new.item.date}）"
        yield FieldChange(
            "deadlines",
            was,
            now,
            _excerpt(new) if new else None,
            subject=shown.subject,
            direction=_moved(old.item.date, new.item.date) if old and new else None,
            measure=shown.item.measure,
        )


def _placed_deadlines(extraction: Extraction) -> list[Placed[Deadline]]:
    sentence = sentences(extraction.text)
    return [
        Placed(
            item=deadline,
            quote=deadline.quote,
            meaning=deadline.date,
            group="deadline",
            subject=_task(extraction.text, deadline),
            sentence=sentence(deadline.start, deadline.end),
            around=surroundings(extraction.text, deadline.start, deadline.end),
        )
        for deadline in extraction.deadlines
    ]


def _task(text: str, deadline: Deadline) -> str | None:
    """What is to be done by a deadline, as its reader's calendar says; None where its page says only the day."""
    told = task(text, deadline)
    return None if told == " ".join(deadline.quote.split()) else told


def _excerpt(placed: Placed[Figure] | Placed[Deadline]) -> str:
    """The sentence, cut around the quote where it is long."""
    at = max(placed.sentence.find(placed.quote), 0)
    begin = max(0, min(at - LONGEST_QUOTE // 2, len(placed.sentence) - LONGEST_QUOTE))
    return placed.sentence[begin : begin + max(LONGEST_QUOTE, len(placed.quote))]


# --- measures, attachments -----------------------------------------------------------------------------------------


def _measures(before: Extraction, after: Extraction) -> Iterator[FieldChange]:
    """Measures added or dropped, each with its number as printed.

    One that got another number, another heading or other words is still the same measure, and so is one whose heading
    is in the other text although it was not read as a measure there.
    """
    same = pairs_of_measures(before, after)
    kept = {id(one) for pair in same for one in pair}
    olds, news = ([one for one in found.measures if id(one) not in kept] for found in (before, after))
    for new in _not_opening(news, before.text):
        heading = _printed(after.text, new)
        yield FieldChange("measures", None, heading, new.heading, measure=new.number)
    for old in _not_opening(olds, after.text):
        yield FieldChange("measures", _printed(before.text, old), None, measure=old.number)


def _not_opening(measures: Sequence[Measure], text: str) -> list[Measure]:
    """Those whose headings open no line of a text."""
    wanted = {plain(one.heading) for one in measures}
    lines = text.split("\n") if wanted else ()
    found = {opening for line in lines for opening in _openings(unnumbered(line.strip())) if opening in wanted}
    return [one for one in measures if plain(one.heading) not in found][:MOST_SCORED]


def _openings(line: str) -> Iterator[str]:
    """The words of a line up to each of its first marks: where its heading may end."""
    return accumulate(plain(part) for part in _MARK.split(line[:LONGEST_OPENING]))


def _printed(text: str, measure: Measure) -> str:
    """（四）缩短审批时限."""
    line = text[text.rfind("\n", 0, measure.start) + 1 : measure.end].strip()
    return f"{printed_number(line).strip()}{measure.heading}" if line.endswith(measure.heading) else measure.heading


def _attachments(before: tuple[Attachment, ...], after: tuple[Attachment, ...]) -> Iterator[FieldChange]:
    """Attachments added and removed; one that kept its name or its address is the same."""
    for gone in _without(before, after):
        yield FieldChange("attachments", gone.name, None)
    for come in _without(after, before):
        yield FieldChange("attachments", None, come.name)


def same_attachments(some: tuple[Attachment, ...], others: tuple[Attachment, ...]) -> bool:
    return not (_without(some, others) or _without(others, some))


def _without(some: tuple[Attachment, ...], others: tuple[Attachment, ...]) -> list[Attachment]:
    names, urls = {plain(one.name) for one in others}, {one.url for one in others}
    return [one for one in some if plain(one.name) not in names and one.url not in urls]


# --- wording -------------------------------------------------------------------------------------------------------


def _wording(before: str, after: str) -> Iterator[FieldChange]:
    """Paragraphs added, dropped and edited; one that only moved is none of these."""
    rows = [row for row in align(before, after) if not row.same]
    moved = {row.before.words for row in rows if row.before} & {row.after.words for row in rows if row.after}
    edited = [row for row in rows if not moved.intersection(one.words for one in (row.before, row.after) if one)]
    for row in edited[:MOST_WORDING]:
        old, new = (None if one is None else one.text for one in (row.before, row.after))
        if old is not None and new is not None:
            old, new = unnumbered(old).strip(), unnumbered(new).strip()
        yield FieldChange("text", *_excerpts(old, new))


def _excerpts(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """What differs between two forms of a paragraph, in its clause."""
    if before is None or after is None:
        return before and _cut(before), after and _cut(after)
    head = common_head(before, after)
    tail = min(common_head(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    lead, rest = _lead(before[:head]), _rest(before[len(before) - tail :])
    old, new = (_cut(f"{lead}{one[head : len(one) - tail]}{rest}") for one in (before, after))
    return old, new


def _lead(words: str) -> str:
    """The end of the words before a difference: their clause as far as it goes."""
    begins = max((found.end() for found in _CLAUSE_ENDS.finditer(words)), default=0)
    return words[begins:] if len(words) - begins <= LONGEST_CLAUSE else f"…{words[-CONTEXT:]}"


def _rest(words: str) -> str:
    """The beginning of the words behind a difference, likewise."""
    ends = found.start() if (found := _CLAUSE_ENDS.search(words)) else len(words)
    return words[:ends] if ends <= LONGEST_CLAUSE else f"{words[:CONTEXT]}…"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"

"""One event -> the words of one card, the same for every form: what a reader sees, cleaned and in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from watcher.change.note import note
from watcher.model import Direction, FigureKind
from watcher.news import FieldChange
from watcher.render.card import (
    LONGEST_CHANGE,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_PHRASE,
    LONGEST_SUBJECT,
    LONGEST_TITLE,
    Card,
    Change,
    Event,
    Line,
    Setting,
    clean,
    mapping,
    mappings,
    texts,
    web_address,
)
from watcher.render.ended import ended, told_end
from watcher.render.figures import figures_of, origin_of
from watcher.render.remarks import near, remarks
from watcher.render.wording import Wording

MOST_CHANGES: Final = 12
MOST_MEASURES: Final = 8
MOST_DEADLINES: Final = 5
MOST_UNREAD: Final = 4
LONGEST_TASK: Final = 40
LONGEST_ABOUT: Final = 24  # of the announcement in the subject of a reminder
LONGEST_MEASURE: Final = 40
SHORTEST_MEASURE: Final = 8
LONGEST_VALUE: Final = 120

# Who knows an announcement is told what changed in it, not all that it holds.
TELLS_MEASURES: Final = frozenset({"new"})

_CLAUSE: Final = re.compile(r"[，,；;。：:]")


def cards_of(event: Event, setting: Setting) -> list[Card]:
    """The cards of what an event is made of; none where it is of one announcement."""
    return [card_of(item, setting) for item in mappings(event.get("items"))]


def card_of(event: Event, setting: Setting) -> Card:
    kind, words = str(event.get("kind")), setting.words
    measures = _measures(event) if kind in TELLS_MEASURES else ()
    figures, more = figures_of(mappings(event.get("figures")), words)
    stands = ended(event, setting.today)
    return Card(
        kind=kind,
        tag=_tag(event, kind, stands, words),
        headline=clean(event.get("title"), LONGEST_LINE) or clean(event.get("url")),
        byline=tuple(part for part in _byline(event, words) if part),
        changes=tuple(change_of(change, words) for change in mappings(event.get("changes"))[:MOST_CHANGES]),
        figures=figures,
        more_figures=more,
        measures=measures[:MOST_MEASURES],
        more_measures=len(measures[MOST_MEASURES:]),
        deadlines=() if stands else _deadlines(event, setting),
        notes=remarks(event, setting),
        unread=_unread(mappings(event.get("attachments")), words),
        url=web_address(event.get("url")) if kind != "withdrawn" else None,  # nobody finds it there
        item_url=web_address(event.get("item_url")),
    )


def _tag(event: Event, kind: str, stands: str | None, words: Wording) -> str:
    """新措施·已废止: what it is told as, and how it stands where its reader is not told just that."""
    said = words.kinds.get(kind, kind)
    if stands is None or kind == stands or told_end(event):
        return said
    return words.standing.format(kind=said, stands=words.ended[stands])


def title_of(card: Card, words: Wording) -> str:
    """Return a short subject: 【有变动】…：绿色改造项目由最高300万元提高到最高500万元."""
    headline, tail = card.headline, ""
    if card.changes:
        tail = words.colon + clean(card.changes[0].text, LONGEST_CHANGE)
    elif card.kind in ("source_trouble", "delivery_trouble") and card.notes:
        tail = words.colon + clean(card.notes[0].text, LONGEST_PHRASE)
    elif card.kind == "deadline" and card.notes:
        tail = f"{words.colon}{card.notes[0].text}"
        if task := next((one.text for one in card.notes if one.label == words.task), ""):
            headline, tail = task, tail + words.aside.format(text=clean(headline, LONGEST_ABOUT))
    return f"{words.tag.format(kind=card.tag)}{clean(headline, max(LONGEST_TITLE - len(tail), 20))}{tail}"


def _byline(event: Event, words: Wording) -> list[str]:
    region = event.get("region")
    name = region.get("name") if isinstance(region, Mapping) else region
    count = event.get("measure_count")
    return [
        clean(event.get("issuer"), 60) or _credited(event, words),
        clean(name, 40),
        clean(event.get("published"), 20),
        words.types.get(str(event.get("type")), ""),
        words.counting(words.measures, count) if isinstance(count, int) else "",
        clean(event.get("document_number"), 40),
        f"{words.valid_until} {until}" if (until := clean(event.get("valid_until"), 20)) else "",
    ]


def _credited(event: Event, words: Wording) -> str:
    """Whom the page credits, said to be that: where no body is known it may be one, or a newspaper."""
    name = clean(event.get("credit"), 60)
    return words.credited.format(name=name) if name else ""


def _unread(attachments: Sequence[Event], words: Wording) -> tuple[Line, ...]:
    lines = []
    for attachment in attachments:
        if isinstance(why := attachment.get("unread"), Mapping):
            reason = words.unread_because.get(str(why.get("code")), words.unread_because[""])
            lines.append(
                Line(words.unread, clean(attachment.get("name"), LONGEST_NAME) + words.aside.format(text=reason))
            )
    return tuple(lines[:MOST_UNREAD])


def change_of(change: Event, words: Wording) -> Change:
    field, kind, direction, measure = (change.get(name) for name in ("field", "kind", "direction", "measure"))
    subject = clean(change.get("subject") or str(field).partition("figure:")[2], LONGEST_SUBJECT)
    after = clean(change.get("after"), LONGEST_VALUE) or None
    read = FieldChange(
        field=str(field),
        before=clean(change.get("before"), LONGEST_VALUE) or None,
        after=words.fates.get(str(after), after) if field == "lifecycle" else after,
        subject=subject or None,
        kind=next((one for one in FigureKind if one == kind), None),
        direction=next((one for one in Direction if one == direction), None),
        measure=measure if isinstance(measure, int) else None,
    )
    quote = clean(change.get("quote"), 160)
    return Change(note(read, words.language), "" if quote in {read.after, ""} else quote)


def _measures(event: Event) -> tuple[Line, ...]:
    """1 压缩审批时限: the number of each measure and its first words."""
    found = ((one.get("number"), _first_words(clean(one.get("heading")))) for one in mappings(event.get("measures")))
    return tuple(Line(str(number), words) for number, words in found if isinstance(number, int) and words)


def _first_words(heading: str) -> str:
    """As many whole clauses as fit on a line, at least the beginning of the first."""
    if len(heading) <= LONGEST_MEASURE:
        return heading
    ends = [found.end() - 1 for found in _CLAUSE.finditer(heading[:LONGEST_MEASURE])]
    return heading[: ends[-1]] + "…" if ends and ends[-1] >= SHORTEST_MEASURE else clean(heading, LONGEST_MEASURE)


def _deadlines(event: Event, setting: Setting) -> tuple[Line, ...]:
    """The deadlines of an announcement; of a reminder the sentences that the due one stands in."""
    if sentences := mapping(event.get("deadline")).get("sentences"):
        return tuple(Line("", f"“{clean(sentence)}”") for sentence in texts(sentences)[:MOST_DEADLINES])
    dated = sorted(mappings(event.get("deadlines")), key=lambda deadline: str(deadline.get("date")))
    return tuple(_deadline(one, setting) for one in dated[:MOST_DEADLINES])


def _deadline(deadline: Event, setting: Setting) -> Line:
    """申请缓缴社会保险费：2026-12-31 前; the page's own words for the day where nothing says what is to be done."""
    words, day = setting.words, clean(deadline.get("date"), 20)
    by, quote, task = words.by.format(date=day), clean(deadline.get("quote")), clean(deadline.get("task"), LONGEST_TASK)
    label, text = (task, by) if task and task != quote else (by, quote)
    origin, left = origin_of(deadline.get("origin"), words), _left(day, setting)
    return Line(label, text, origin=origin, value=day, quote=task or quote, left=left)


def _left(day: str, setting: Setting) -> str:
    """How far a day is; "" where it is none, or nobody said what day it is."""
    try:
        return near((date.fromisoformat(day) - setting.today).days, setting.words) if setting.today else ""
    except ValueError:
        return ""

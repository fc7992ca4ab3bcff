"""One event -> the words of one card, the same for every form: what a reader sees, cleaned and in order.

Nothing here is escaped: that is for the form (HTML, Markdown) to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from watcher.change.note import Note, note
from watcher.inert import inert
from watcher.model import Direction, FigureKind
from watcher.news import FieldChange
from watcher.render.standing import moment, recovery, trouble
from watcher.render.wording import Wording

Event = Mapping[str, object]

MOST_FIGURES = 8
MOST_CHANGES = 12
MOST_DEADLINES = 5
MOST_UNREAD = 4
LONGEST_TITLE = 64
LONGEST_SUBJECT = 32
LONGEST_TASK = 40
LONGEST_PHRASE = 36  # of what is wrong with a source; no phrase of ours is longer
LONGEST_CHANGE = 48
LONGEST_VALUE = 120
LONGEST_LINE = 200
LONGEST_NAME = 40  # of a file

# What a reader asks first: money and time limits before counts (weights by judgement, not measured).
_WEIGHTS = {"money": 5, "percent": 4, "duration": 4, "ratio": 3, "rank": 2, "quantity": 2, "count": 1}

_ARROWS = {"increase": "↑", "decrease": "↓"}


@dataclass(frozen=True, slots=True)
class Line:
    """`label：text`, or `text` alone."""

    label: str
    text: str
    mark: str = ""  # ↑ or ↓: an amount of change whose quote may not say which way
    origin: str = ""  # the file and its page


@dataclass(frozen=True, slots=True)
class Change:
    """The change note, and the words of the page where they say more."""

    note: Note
    quote: str = ""

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.note)


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several announcements on a card."""

    headline: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """`pages`: the announcements that were edited in the same way, where it is of several."""

    kind: str
    tag: str
    headline: str
    byline: tuple[str, ...]
    changes: tuple[Change, ...]
    figures: tuple[Line, ...]
    more_figures: int
    deadlines: tuple[Line, ...]
    notes: tuple[Line, ...]
    unread: tuple[Line, ...]  # files whose text is missing here, and why
    url: str | None
    pages: tuple[Listed, ...] = ()
    more_pages: int = 0


def clean(value: object, longest: int = LONGEST_LINE) -> str:
    """Return `value` as one line without controls, at most `longest` characters; "" for None."""
    if value is None:
        return ""
    text = " ".join(inert(str(value)[: longest * 4]).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def web_address(value: object) -> str | None:
    """Return `value` where it is an http(s) address that may become a link, else None."""
    text = inert(str(value or "")).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_link = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"\s", text)
    return text if is_link else None


def cards_of(event: Event, words: Wording, timezone: str) -> list[Card]:
    """The cards of what an event is made of; none where it is of one announcement."""
    return [card_of(item, words, timezone) for item in mappings(event.get("items"))]


def card_of(event: Event, words: Wording, timezone: str) -> Card:
    kind = str(event.get("kind"))
    figures, more = _figures(mappings(event.get("figures")), words)
    return Card(
        kind=kind,
        tag=words.kinds.get(kind, kind),
        headline=clean(event.get("title"), LONGEST_LINE) or clean(event.get("url")),
        byline=tuple(part for part in _byline(event, words) if part),
        changes=tuple(change_of(change, words) for change in mappings(event.get("changes"))[:MOST_CHANGES]),
        figures=figures,
        more_figures=more,
        deadlines=_deadlines(event, words),
        notes=(
            *(_due(event, words) or _pages(event, words) or _notes(event, words, timezone)),
            *_absence(event, words, timezone),
        ),
        unread=_unread(mappings(event.get("attachments")), words),
        url=web_address(event.get("url")),
    )


def title_of(card: Card, words: Wording) -> str:
    """Return a short subject: 【有变动】…：绿色改造项目由最高300万元提高到最高500万元."""
    headline, tail = card.headline, ""
    if card.changes:
        tail = words.colon + clean(card.changes[0].text, LONGEST_CHANGE)
    elif card.kind == "source_trouble" and card.notes:
        tail = words.colon + clean(card.notes[0].text, LONGEST_PHRASE)
    elif card.kind == "deadline" and card.notes:
        tail = f"{words.colon}{card.notes[0].text}"
        headline = card.notes[-1].text
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


def _figures(figures: Sequence[Event], words: Wording) -> tuple[tuple[Line, ...], int]:
    """Return the figures that matter most, in the order of the text, and how many more there are."""
    distinct = {(clean(figure.get("subject")), clean(figure.get("quote"))): figure for figure in reversed(figures)}
    ordered = list(reversed(distinct.items()))
    ranked = sorted(range(len(ordered)), key=lambda index: (-_weight(ordered[index][1]), index))
    chosen = sorted(ranked[:MOST_FIGURES])
    lines = tuple(_figure(*ordered[index][0], ordered[index][1], words) for index in chosen)
    return lines, len(ordered) - len(lines)


def _figure(subject: str, quote: str, figure: Event, words: Wording) -> Line:
    """Keep the quote exact; a subject that the quote already holds would only be read twice."""
    mark = "" if figure.get("previous") else _ARROWS.get(str(figure.get("change")), "")
    label = "" if subject in quote else clean(subject, LONGEST_SUBJECT)
    return Line(label, quote, mark, _origin(figure.get("origin"), words))


def _origin(origin: object, words: Wording) -> str:
    """附件1.pdf 第2页; "" for the article's own page."""
    if not isinstance(origin, Mapping):
        return ""
    page = origin.get("page")
    place = words.page.format(n=page) if isinstance(page, int) else ""
    return " ".join(filter(None, [clean(origin.get("file"), LONGEST_NAME), place]))


def _unread(attachments: Sequence[Event], words: Wording) -> tuple[Line, ...]:
    lines = []
    for attachment in attachments:
        if isinstance(why := attachment.get("unread"), Mapping):
            reason = words.unread_because.get(str(why.get("code")), words.unread_because[""])
            lines.append(
                Line(words.unread, clean(attachment.get("name"), LONGEST_NAME) + words.aside.format(text=reason))
            )
    return tuple(lines[:MOST_UNREAD])


def _weight(figure: Event) -> int:
    weight = _WEIGHTS.get(str(figure.get("kind")), 0)
    weight += 4 if figure.get("previous") else 2 if figure.get("change") else 0
    weight += 1 if figure.get("subject") else 0
    return weight + (1 if figure.get("measure") is not None else 0)


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


def _deadlines(event: Event, words: Wording) -> tuple[Line, ...]:
    """The deadlines of an announcement; of a reminder the sentences that the due one stands in."""
    if sentences := _mapping(event.get("deadline")).get("sentences"):
        return tuple(Line("", f"“{clean(sentence)}”") for sentence in _texts(sentences)[:MOST_DEADLINES])
    dated = sorted(mappings(event.get("deadlines")), key=lambda deadline: str(deadline.get("date")))
    return tuple(
        Line(*_due_line(deadline, words), origin=_origin(deadline.get("origin"), words))
        for deadline in dated[:MOST_DEADLINES]
    )


def _due_line(deadline: Event, words: Wording) -> tuple[str, str]:
    """申请缓缴社会保险费：2026-12-31 前; the page's own words for the day where nothing says what is to be done."""
    by, quote = words.by.format(date=clean(deadline.get("date"), 20)), clean(deadline.get("quote"))
    task = clean(deadline.get("task"), LONGEST_TASK)
    return (task, by) if task and task != quote else (by, quote)


def _due(event: Event, words: Wording) -> list[Line]:
    """What a reminder says first: until when, and what is to be done."""
    due = _mapping(event.get("deadline"))
    left = due.get("days_left")
    if not isinstance(left, int):
        return []
    near = {0: words.today, 1: words.tomorrow}
    day = words.due.format(date=clean(due.get("date"), 20), left=near.get(left) or words.days_left.format(n=left))
    tasks = words.join.join(clean(one, LONGEST_SUBJECT) for one in _texts(due.get("tasks"))[:MOST_DEADLINES])
    return [Line(words.until, day), *([Line(words.task, tasks)] if tasks else [])]


def _pages(event: Event, words: Wording) -> list[Line]:
    """The page on which a known announcement was found, or the original that a page names and that was not read."""
    lines = [
        Line(words.seen_at, f"{clean(place.get('name') or place.get('source'), 40)} {address}")
        for place in mappings(event.get("seen_at"))
        if (address := web_address(place.get("url")))
    ]
    by = _mapping(event.get("said_by"))
    if address := web_address(by.get("url")):
        lines.append(Line(words.said_by, f"{clean(by.get('title'), LONGEST_TITLE)} {address}".strip()))
    lines += _resembled(_mapping(event.get("resembles")), words)
    original = web_address(event.get("original_url"))
    return [*lines, Line(words.original, original)] if original else lines


def _resembled(other: Event, words: Wording) -> list[Line]:
    """Which announcement has the same words, and which numbers differ from it."""
    address, number = web_address(other.get("url")), other.get("id")
    if not address or not isinstance(number, int):
        return []
    changed = words.stop.join(clean(one, LONGEST_CHANGE) for one in _texts(other.get("changed"))[:MOST_CHANGES])
    said = words.numbers.format(changed=changed) if changed else ""
    return [Line("", f"{words.resembles.format(id=number)}{said} {address}")]


def _absence(event: Event, words: Wording, timezone: str) -> list[Line]:
    """What an event about a page that is gone, or is back, says of it."""
    since = moment(event.get("gone_since"), timezone)
    if not since:
        return []
    if event.get("kind") == "restored":
        return [Line("", words.back.format(since=since) + ("" if event.get("changes") else words.same))]
    answer = words.answers.get(str(event.get("answer")), clean(event.get("answer"), 20))
    return [Line("", words.gone.format(since=since, answer=answer))]


def _notes(event: Event, words: Wording, timezone: str) -> list[Line]:
    """What an event about a source says of it."""
    told = recovery if event.get("kind") == "source_recovered" else trouble
    return [Line(label, clean(text)) for label, text in told(event, words, timezone)]


def _mapping(value: object) -> Event:
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, Sequence) else []


def mappings(value: object) -> list[Event]:
    """Return the mappings of a list; an event of an older version may lack or misuse a field."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []

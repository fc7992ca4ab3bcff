"""What a card says before its changes and figures: until when, found where, gone since when, what ails a source."""

from __future__ import annotations

from typing import Final

from watcher.render.card import (
    LONGEST_CHANGE,
    LONGEST_SUBJECT,
    LONGEST_TITLE,
    Event,
    Line,
    Setting,
    clean,
    mapping,
    mappings,
    texts,
    web_address,
)
from watcher.render.ended import ENDS, ended, told_end
from watcher.render.standing import moment, recovery, trouble
from watcher.render.undelivered import undelivered
from watcher.render.wording import Wording

MOST_TASKS: Final = 5
MOST_NUMBERS: Final = 12


def remarks(event: Event, setting: Setting) -> tuple[Line, ...]:
    words, timezone = setting.words, setting.timezone
    told = (
        _due(event, words)
        or _pages(event, words)
        or _of_source(event, words, timezone)
        or [Line(label, clean(text)) for label, text in undelivered(event, words, timezone)]
    )
    return (*told, *_fate(event, setting), *_absence(event, words, timezone))


def near(days: int, words: Wording) -> str:
    """How far a day is: 还有14天."""
    if days < 0:
        return words.over
    return {0: words.today, 1: words.tomorrow}.get(days) or words.days_left.format(n=days)


def _due(event: Event, words: Wording) -> list[Line]:
    """What a reminder says first: until when, and what is to be done."""
    due = mapping(event.get("deadline"))
    left = due.get("days_left")
    if not isinstance(left, int):
        return []
    day = words.due.format(date=clean(due.get("date"), 20), left=near(left, words))
    tasks = words.join.join(clean(one, LONGEST_SUBJECT) for one in texts(due.get("tasks"))[:MOST_TASKS])
    return [Line(words.until, day), *([Line(words.task, tasks)] if tasks else [])]


def _pages(event: Event, words: Wording) -> list[Line]:
    """The page on which a known announcement was found, or the original that a page names and that was not read."""
    lines = [
        Line(words.seen_at, f"{clean(place.get('name') or place.get('source'), 40)} {address}")
        for place in mappings(event.get("seen_at"))
        if (address := web_address(place.get("url")))
    ]
    by = mapping(event.get("said_by"))
    if address := web_address(by.get("url")):
        lines.append(Line(words.said_by, f"{clean(by.get('title'), LONGEST_TITLE)} {address}".strip()))
    lines += _resembled(mapping(event.get("resembles")), words)
    original = web_address(event.get("original_url"))
    return [*lines, Line(words.original, original)] if original else lines


def _resembled(other: Event, words: Wording) -> list[Line]:
    """Which announcement has the same words, and which numbers differ from it."""
    address, title = web_address(other.get("url")), clean(other.get("title"), LONGEST_TITLE)
    if not address:
        return []
    changed = words.stop.join(clean(one, LONGEST_CHANGE) for one in texts(other.get("changed"))[:MOST_NUMBERS])
    said = words.numbers.format(changed=changed) if changed else ""
    name = words.titled.format(title=title) if title else words.another
    return [Line("", f"{words.resembles.format(name=name)}{said} {address}")]


def _fate(event: Event, setting: Setting) -> list[Line]:
    """That a document holds no more, and the page that says so; nothing where that is what the event tells."""
    words, stands = setting.words, ended(event, setting.today)
    if stands not in ENDS or told_end(event):
        return []
    by = mapping(mapping(event.get("lifecycle")).get("by"))
    address = web_address(by.get("url"))
    said = f"{words.stop}{words.said_by} {clean(by.get('title'), LONGEST_TITLE)} {address}" if address else ""
    return [Line(words.status, words.ended[stands] + said)]


def _absence(event: Event, words: Wording, timezone: str) -> list[Line]:
    """What an event about a page that is gone, or is back, says of it."""
    since = moment(event.get("gone_since"), timezone)
    if not since:
        return []
    if event.get("kind") == "restored":
        return [Line("", words.back.format(since=since) + ("" if event.get("changes") else words.same))]
    answer = words.answers.get(str(event.get("answer")), clean(event.get("answer"), 20))
    return [Line("", words.gone.format(since=since, answer=answer))]


def _of_source(event: Event, words: Wording, timezone: str) -> list[Line]:
    """What an event about a source says of it."""
    told = recovery if event.get("kind") == "source_recovered" else trouble
    return [Line(label, clean(text)) for label, text in told(event, words, timezone)]

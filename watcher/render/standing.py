"""What an event about a source says of it: what is wrong and what happens next, or what was wrong and was missed.

Each line is a label ("" for none) and a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from watcher.render.troubles import told_of
from watcher.render.wording import Wording

Labelled = tuple[str, str]


def trouble(event: Mapping[str, object], words: Wording, timezone: str) -> Iterator[Labelled]:
    """What is wrong, since when, when it is asked again, what to do; nothing of an event without a problem."""
    problem = event.get("problem")
    if not isinstance(problem, Mapping):
        return
    told = told_of(problem, words.language)
    yield "", told.phrase
    if told.detail:
        yield "", told.detail
    since = moment(event.get("since"), timezone)
    if since:
        yield words.since, since
    if again := moment(event.get("retry_at"), timezone):
        if again[:10] == since[:10]:  # that day is said already
            again = again[11:]
        yield "", words.again.format(time=again, n=event.get("failures"))
    yield words.hint, told.step


def recovery(event: Mapping[str, object], words: Wording, timezone: str) -> Iterator[Labelled]:
    """What was wrong, from when to when, and what came of what was published meanwhile."""
    was = event.get("was")
    if not isinstance(was, Mapping):
        return
    yield words.was, told_of(was, words.language).phrase
    since, until = moment(event.get("since"), timezone), moment(event.get("until"), timezone)
    if since and until:
        yield words.meanwhile, words.span.format(since=since, until=until)
    missed = event.get("missed")
    yield words.missed, _caught_up(missed, words) if isinstance(missed, Mapping) else words.read_on


def _caught_up(missed: Mapping[str, object], words: Wording) -> str:
    if missed.get("baseline"):
        return words.baseline
    added, waiting = missed.get("added"), missed.get("waiting")
    parts = [
        words.added.format(n=added) if added else words.none_added,
        words.waiting.format(n=waiting) if waiting else words.all_read if added else "",
        words.gap if missed.get("gap") else "",
    ]
    return words.stop.join(filter(None, parts))


def moment(value: object, timezone: str) -> str:
    """A moment of an event at local time; "" for what is none."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M") if at.tzinfo else str(value)[:16]

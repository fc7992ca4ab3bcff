"""The figures of a card: those that matter most, each with what it is about and the words that it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from watcher.change.note import kind_name
from watcher.model import FigureKind
from watcher.render.amounts import written
from watcher.render.card import LONGEST_NAME, LONGEST_SUBJECT, Event, Line, clean
from watcher.render.wording import Wording

MOST_FIGURES: Final = 8

# What a reader asks first: money and time limits before counts (weights by judgement, not measured).
_WEIGHTS: Final = {"money": 5, "percent": 4, "duration": 4, "ratio": 3, "rank": 2, "quantity": 2, "count": 1}

_ARROWS: Final = {"increase": "↑", "decrease": "↓"}


def figures_of(figures: Sequence[Event], words: Wording) -> tuple[tuple[Line, ...], int]:
    """Return the figures that matter most, in the order of the text, and how many more there are."""
    distinct = {(clean(figure.get("subject")), clean(figure.get("quote"))): figure for figure in reversed(figures)}
    ordered = list(reversed(distinct.items()))
    ranked = sorted(range(len(ordered)), key=lambda index: (-_weight(ordered[index][1]), index))
    chosen = sorted(ranked[:MOST_FIGURES])
    lines = tuple(_figure(*ordered[index][0], ordered[index][1], words) for index in chosen)
    return lines, len(ordered) - len(lines)


def _figure(subject: str, quote: str, figure: Event, words: Wording) -> Line:
    """Keep the quote exact; a subject that the quote already holds would only be read twice."""
    value = clean(written(figure, words.language), LONGEST_NAME)
    kind = next((one for one in FigureKind if one == figure.get("kind")), None)
    # In Chinese the value is a part of the quote: a line needs no more than that.
    text = f"{value} “{quote}”" if value and words.language == "en" else quote
    return Line(
        label="" if subject in quote and not value else clean(subject, LONGEST_SUBJECT),
        text=text,
        mark="" if figure.get("previous") else _ARROWS.get(str(figure.get("change")), ""),
        origin=origin_of(figure.get("origin"), words),
        value=value,
        quote=quote if value else "",
        kind=kind_name(kind, words.language) if kind else words.figure,
    )


def origin_of(origin: object, words: Wording) -> str:
    """附件1.pdf 第2页; "" for the article's own page."""
    if not isinstance(origin, Mapping):
        return ""
    page = origin.get("page")
    place = words.page.format(n=page) if isinstance(page, int) else ""
    return " ".join(filter(None, [clean(origin.get("file"), LONGEST_NAME), place]))


def _weight(figure: Event) -> int:
    weight = _WEIGHTS.get(str(figure.get("kind")), 0)
    weight += 4 if figure.get("previous") else 2 if figure.get("change") else 0
    weight += 1 if figure.get("subject") else 0
    return weight + (1 if figure.get("measure") is not None else 0)

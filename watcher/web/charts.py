"""Pictures as SVG, drawn here: every one has a title and a description, and its page shows the data as a table. Pure.

Colours and sizes of text come from the style sheet by class; what is written into a picture is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from markupsafe import Markup, escape

WIDTH: Final = 720
# Of a picture that holds little, so that it can be read on a telephone without being moved.
NARROW: Final = 480
FEW: Final = 12
SIDE: Final = 18
_IDS = count(1)


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a picture and what is said of it; `written`: the value as it is shown, where not as a number."""

    label: str
    value: float
    told: str
    written: str = ""


def bars(points: Sequence[Point], title: str, told: str, height: int = 220) -> Markup:
    """A bar each; every other label is left out where there are many."""
    top = max((one.value for one in points), default=0) or 1
    width = NARROW if len(points) <= FEW else WIDTH
    step = width / max(len(points), 1)
    every = max(1, round(48 / step))
    body = [_line(0, height - 30, width, height - 30, "axis")]
    for place, one in enumerate(points):
        size = (height - 60) * one.value / top
        x = place * step + step * 0.16
        body.append(_rect(x, height - 30 - size, step * 0.68, size, "bar", one.told))
        if place % every == 0:
            body.append(_text(x + step * 0.34, height - 10, one.label, "label is-middle"))
        if one.value and step > 24:
            body.append(_text(x + step * 0.34, height - 36 - size, f"{one.value:g}", "value is-middle"))
    return _svg(width, height, title, told, body)


def across(points: Sequence[Point], title: str, told: str) -> Markup:
    """Horizontal bars with their labels, the first on top."""
    top = max((one.value for one in points), default=0) or 1
    height = max(len(points) * 28, 28)
    body = []
    for place, one in enumerate(points):
        y, size = place * 28, (NARROW - 240) * one.value / top
        body.append(_text(150, y + 18, one.label, "label is-end"))
        body.append(_rect(162, y + 5, max(size, 2), 17, "bar", one.told))
        body.append(_text(170 + size, y + 18, f"{one.value:g}", "value"))
    return _svg(NARROW, height, title, told, body)


def steps(points: Sequence[Point], title: str, told: str, height: int = 200, width: int = WIDTH) -> Markup:
    """A line through the points, in their order, with the value at each; the axis is nought."""
    top = max(one.value for one in points) or 1
    gap = (width - 120) / max(len(points) - 1, 1)
    places = [(60 + place * gap, height - 28 - (height - 78) * one.value / top) for place, one in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    body = [_line(0, height - 28, width, height - 28, "axis"), f'<polyline class="line" points="{path}"/>']
    for (x, y), one in zip(places, points, strict=True):
        body.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4.5"><title>{escape(one.told)}</title></circle>')
        body.append(_text(x, y - 12, one.written or f"{one.value:g}", "value is-middle"))
        body.append(_text(x, height - 9, one.label, "label is-middle"))
    return _svg(width, height, title, told, body)


def timeline(points: Sequence[Point], span: int, title: str, told: str) -> Markup:
    """Days on a line of `span` days: `value` is how far a point is, larger dots where several have one day."""
    height = 96
    body = [_line(10, 56, WIDTH - 10, 56, "axis")]
    for share in range(0, span + 1, max(span // 6, 1)):
        x = 10 + (WIDTH - 20) * share / span
        body += [_line(x, 50, x, 62, "axis"), _text(x, 84, f"+{share}", "label is-middle")]
    days: dict[float, list[Point]] = {}
    for one in points:
        days.setdefault(one.value, []).append(one)
    for day, same in days.items():
        x = 10 + (WIDTH - 20) * min(day, span) / span
        names = escape("\n".join(one.told for one in same[:12]))
        radius = min(5 + 1.6 * (len(same) - 1), 14)
        body.append(f'<circle class="dot" cx="{x:.1f}" cy="56" r="{radius:.1f}"><title>{names}</title></circle>')
    return _svg(WIDTH, height, title, told, body)


def spark(values: Sequence[tuple[float, str]], told: str) -> Markup:
    """A small row of bars: the height is a value's, its class says how it was (ok, ill, news)."""
    width, height = 132, 26
    top = max((value for value, _ in values), default=0) or 1
    step = width / max(len(values), 1)
    body = []
    for place, (value, state) in enumerate(values):
        size = 3 + (height - 4) * min(value / top, 1)
        body.append(_rect(place * step, height - size, max(step - 0.6, 0.8), size, f"spark is-{state}", ""))
    return _svg(width, height, told, "", body, kind="sparkline")


def _svg(width: float, height: float, title: str, told: str, body: Sequence[str], kind: str = "chart") -> Markup:
    number = next(_IDS) % 1_000_000
    description = f'<desc id="d{number}">{escape(told)}</desc>' if told else ""
    described = f' aria-describedby="d{number}"' if told else ""
    side = 0 if kind == "sparkline" else SIDE  # for labels that are wider than their mark
    box = f"{-side} 0 {width + 2 * side:g} {height:g}"
    kind = f"{kind} is-narrow" if kind == "chart" and width <= NARROW else kind
    head = (
        f'<svg class="{kind}" viewBox="{box}" role="img" aria-labelledby="t{number}"{described}>'
        f'<title id="t{number}">{escape(title)}</title>{description}'
    )
    return Markup(head + "".join(body) + "</svg>")


def _rect(x: float, y: float, width: float, height: float, kind: str, told: str) -> str:
    inside = f"<title>{escape(told)}</title>" if told else ""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 0):.1f}"'
    return f'<rect class="{kind}" {size}>{inside}</rect>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def months_back(year: int, month: int, most: int) -> Iterator[tuple[int, int]]:
    """(year, month) of the last `most` months, the oldest first."""
    first = year * 12 + month - most
    for index in range(first, first + most):
        yield index // 12, index % 12 + 1

"""Where the sources stand in the text of `sources.yaml`, to the character, so that it can be changed in place.

Read from the parser's events, not from its nodes: an alias has no node of its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from watcher.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Place:
    """One source: from its first character (behind the dash) to its last."""

    start: int
    end: int
    id: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The value of `sources:`; without items it may be anything empty (`[]`, `null`, nothing), from `start` to `end`.

    `column` is where the key itself stands.
    """

    start: int
    end: int
    column: int
    is_flow: bool = False
    items: tuple[Place, ...] = ()


def find_sources(text: str, path: str) -> Sources | None:
    """Return where the sources are, None where the file has no such key.

    Raises:
        ConfigError: `sources` is no list, or the file is no mapping in lines.
    """
    events = iter(_events(text, path))
    for event in events:
        if isinstance(event, MappingStartEvent):
            if event.flow_style:
                raise ConfigError(path, 1, None, "not changed: expected one key a line, not all of it in braces")
            return _among_keys(events, text, path)
    return None


def _events(text: str, path: str) -> list[Event]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor used twice is no mistake
            return list(YAML(typ="rt", pure=True).parse(text))
    except YAMLError as exc:  # who edits has loaded the file before
        raise ConfigError(path, None, None, "not changed: invalid YAML") from exc


def _among_keys(events: Iterator[Event], text: str, path: str) -> Sources | None:
    for key in events:
        if isinstance(key, CollectionEndEvent):
            return None
        value = next(events)
        if isinstance(key, ScalarEvent) and key.value == "sources":
            return _value(value, events, key, text, path)
        _skip(value, events)
    return None


def _value(value: Event, events: Iterator[Event], key: Event, text: str, path: str) -> Sources:
    column = key.start_mark.column
    if isinstance(value, SequenceStartEvent):
        items, last = _items(events)
        end = last.end_mark.index if value.flow_style else value.start_mark.index
        return Sources(value.start_mark.index, end, column, bool(value.flow_style), tuple(items))
    if isinstance(value, ScalarEvent) and value.value in ("", "null", "~") and not value.style:
        start = value.start_mark.index if value.value else text.index(":", key.end_mark.index) + 1
        return Sources(start, start + len(value.value), column)
    raise ConfigError(path, key.start_mark.line + 1, "sources", "expected a list")


def _items(events: Iterator[Event]) -> tuple[list[Place], Event]:
    items: list[Place] = []
    for event in events:
        if isinstance(event, CollectionEndEvent):
            return items, event
        inner = _skip(event, events)
        last = next(one for one in reversed(inner) if one.end_mark.index > one.start_mark.index)
        items.append(Place(event.start_mark.index, last.end_mark.index, _id_in(inner)))
    raise AssertionError("the parser ends what it begins")


def _skip(first: Event, events: Iterator[Event]) -> list[Event]:
    """The events of one value, from its first on."""
    found, depth = [first], 0
    while True:
        event: Any = found[-1]
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth == 0:
            return found
        found.append(next(events))


def _id_in(events: list[Event]) -> str | None:
    """The value of `id` on the first level of a mapping."""
    depth, whole = 0, 0  # keys and values that are complete
    for event, following in pairwise(events):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth != 1 or isinstance(event, CollectionStartEvent):
            continue
        if whole % 2 == 0 and isinstance(event, ScalarEvent) and event.value == "id":
            return str(following.value) if isinstance(following, ScalarEvent) else None
        whole += 1
    return None

"""What the address of a list asks for, and the address of a list: `?region=370000&type=measures_news`. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar
from urllib.parse import urlencode

from watcher import choosing
from watcher.records.announcements import AnnouncementRecord, Filter, Position

T = TypeVar("T")

MOST_SOURCES: Final = 50
FLAGS: Final = {"1": True, "true": True, "on": True, "0": False, "false": False, "": False}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR: Final = re.compile(r"([0-9]{1,17})_([0-9]{4}-[0-9]{2}-[0-9]{2})?_([0-9]{1,10})")
_SOURCE: Final = re.compile(r"[a-z0-9-]{1,100}")
_MICROSECOND: Final = timedelta(microseconds=1)
LARGEST_ID: Final = 2**31 - 1


class BadAddress(ValueError):  # noqa: N818  it says what the address is
    """A parameter that means nothing: its name, and what was expected; on pages, the phrase `wrong_PHRASE`."""

    def __init__(self, name: str, expected: str, phrase: str | None = None) -> None:
        self.name, self.expected, self.phrase = name, expected, phrase or name
        super().__init__(f"{name}: {expected}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of a list as they are written; "" and () ask for nothing. `after`: the cursor of a further page."""

    query: str = ""
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str = ""
    changed: bool = False
    near_misses: bool = False
    after: str = ""

    @classmethod
    def of(cls, parameters: Iterable[tuple[str, str]]) -> Choice:
        """Read the parameters of an address; those of no filter are left to others, empty ones ask for nothing.

        Raises:
            BadAddress: what can only be so or not is something else, or what may stand once stands twice; the rest is
                read by `filter`.
        """
        given: dict[str, list[str]] = {}
        for name, value in parameters:
            if value := value.strip():
                given.setdefault(name, []).append(value)

        def one(name: str) -> str:
            values = dict.fromkeys(given.get(name, [""]))
            if len(values) > 1:
                raise BadAddress(name, "expected once", "once")
            return next(iter(values))

        return cls(
            query=" ".join(given.get("query", ())),
            regions=_regions(given.get("region", ()), given.get("city", ())),
            types=tuple(dict.fromkeys(given.get("type", ()))),
            sources=tuple(dict.fromkeys(given.get("source", ()))),
            since=one("since"),
            changed=_flag("changed", one("changed")),
            near_misses=_flag("near_misses", one("near_misses")),
            after=one("after"),
        )

    def filter(self, now: datetime, limit: int) -> Filter:
        """The filter that is asked for.

        Raises:
            BadAddress: a parameter means nothing.
        """
        if len(self.sources) > MOST_SOURCES or not all(map(_SOURCE.fullmatch, self.sources)):
            raise BadAddress("source", f"expected at most {MOST_SOURCES} ids of sources")
        return Filter(
            since=_read("since", lambda text: choosing.since(text, now), self.since),
            regions=_read("region", choosing.regions, self.regions) or (),
            types=_read("type", choosing.types, self.types) or (),
            sources=self.sources,
            query=_read("query", choosing.words, self.query),
            changed=self.changed,
            near_misses=self.near_misses,
            after=_read("after", position, self.after),
            limit=limit,
        )

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Name and value of what is asked for, in one order."""
        yield "query", self.query
        yield from (("region", one) for one in self.regions)
        yield from (("type", one) for one in self.types)
        yield from (("source", one) for one in self.sources)
        yield from (("since", self.since), ("changed", "1" if self.changed else ""))
        yield from (("near_misses", "1" if self.near_misses else ""), ("after", self.after))

    def address(self, path: str = "", **changes: object) -> str:
        """`path` with these filters, some of them changed; a list with other filters begins at its beginning."""
        other = replace(self, **{"after": "", **changes})  # type: ignore[arg-type]
        asked = urlencode([(name, value) for name, value in other.parameters() if value])
        return f"{path}?{asked}" if asked else path

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return replace(self, after="") != Choice()


def _regions(regions: Sequence[str], cities: Sequence[str]) -> tuple[str, ...]:
    """A city in the place of its province: the form has a menu for each, of which the first may have moved on.

    Of a province that is asked for once more behind them, all is asked for.
    """
    narrowed = {city[:2]: city for city in cities}
    return tuple(dict.fromkeys(narrowed.pop(one[:2], one) if not one[2:].strip("0") else one for one in regions))


def strict(parameters: Iterable[tuple[str, str]], names: Collection[str]) -> None:
    """Refuse what a form may send and a program should not: empty values, blanks around one, names of no parameter."""
    for name, value in parameters:
        if name not in names:
            raise BadAddress(name[:40], f"expected one of {', '.join(names)}" if names else "expected no parameter")
        if not value or value != value.strip():
            raise BadAddress(name[:40], "expected a value without blanks around it")


def _flag(name: str, written: str) -> bool:
    if written not in FLAGS:
        raise BadAddress(name, f"expected one of {', '.join(one for one in FLAGS if one)}")
    return FLAGS[written]


def _read(name: str, parse: Callable[..., T], given: object) -> T | None:
    if not given:
        return None
    try:
        return parse(given)
    except ValueError as exc:
        raise BadAddress(name, str(exc)) from None


def cursor(record: AnnouncementRecord, *, feed: bool = False) -> str:
    """Where a list, or a feed, goes on behind this announcement."""
    published, at = record.extraction.published, record.last_changed if feed else record.first_seen
    return f"{(at - _EPOCH) // _MICROSECOND}_{published or ''}_{record.id}"


def position(written: str) -> Position:
    """The place that a cursor names; ValueError where it is none."""
    match = _CURSOR.fullmatch(written)
    try:
        if match is not None and int(match[3]) <= LARGEST_ID:
            at = _EPOCH + int(match[1]) * _MICROSECOND
            return Position(at, date.fromisoformat(match[2]) if match[2] else None, int(match[3]))
    except (ValueError, OverflowError):
        pass
    raise ValueError("expected a cursor as it was given")


def delivery_status(written: str | None) -> str | None:
    """A status that an address asks for.

    Raises:
        BadAddress: it is none.
    """
    return _read("status", choosing.delivery_status, written)


def number(written: str, *, name: str = "id") -> int:
    """An id in an address.

    Raises:
        BadAddress: it is none.
    """
    if re.fullmatch(r"[0-9]{1,10}", written) is None or not 1 <= int(written) <= LARGEST_ID:
        raise BadAddress(name, "expected a number")
    return int(written)

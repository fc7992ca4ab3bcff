"""What the deliveries of one announcement, or of one trouble, come to that are due together: an item or nothing. Pure.

    what waits                  he knows                      as it stands       then
    new, and whatever else      nothing                       gone               nothing; `new` when it is back
    new, a repeal               nothing                       repealed           `new`, whose card says so
    withdrawn, and others       that it is there              gone               `withdrawn` alone
    withdrawn, restored         that it is there, or is gone  as he knows it     nothing, or what changed
    restored                    that it is gone               there              `restored`, with what changed
    changed, a repeal, a copy   an earlier text               there              one item with all of it

A reminder is of a day, not of how the announcement stands: it is an item of its own. Of a source or a channel that was
in trouble the last word is told: that it is, or from when to when it was; entries that were missed stay missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watcher.match import DELIVERY_EVENTS, SOURCE_EVENTS
from watcher.news import CHANGES, TELLS, EventKind
from watcher.records.deliveries import Queued, Step

OF_ONE: Final = TELLS | {EventKind.WITHDRAWN, EventKind.REPOST}
TROUBLES: Final = SOURCE_EVENTS | DELIVERY_EVENTS


@dataclass(frozen=True, slots=True)
class Sum:
    """`main`: the delivery that says how the announcement stands, or what else it is of, told as `kind`; or None.

    `step`: between which revisions it tells the difference, None where it tells none. `fates` say what became of the
    document, `copies` which pages copied it; they are told with it.
    """

    rows: tuple[Queued, ...]
    main: Queued | None = None
    kind: EventKind | None = None
    step: Step | None = None
    fates: tuple[Queued, ...] = ()
    copies: tuple[Queued, ...] = ()


def summed(queued: Sequence[Queued]) -> list[Sum]:
    """The deliveries by announcement, in their order."""
    again = may_have_arrived(queued)
    groups: dict[tuple[object, ...], list[Queued]] = {}
    for one in queued:
        groups.setdefault(_about(one, again=again), []).append(one)
    return [_sum(tuple(rows), again=again) for rows in groups.values()]


def _about(one: Queued, *, again: bool) -> tuple[object, ...]:
    """What those have in common that are one item."""
    if one.kind in OF_ONE:
        return "announcement", one.announcement
    if one.kind in TROUBLES and not again and not one.event.get("once"):
        return tuple(one.event.get(name) for name in ("source", "channel", "title"))
    return "delivery", one.id


def may_have_arrived(queued: Sequence[Queued]) -> bool:
    """Whether the last attempt may have, and nothing was told since: only the same message is right in both cases."""
    return all(one.unsure and (one.said is None or one.said.known in {0, one.known}) for one in queued)


def _sum(rows: tuple[Queued, ...], *, again: bool) -> Sum:
    """`again`: what was told is told once more, however it stands by now."""
    if rows[0].kind not in OF_ONE:
        return Sum(rows, rows[-1], rows[-1].kind)
    gone = [one for one in rows if one.kind is EventKind.WITHDRAWN]
    is_new = any(one.kind is EventKind.NEW for one in rows)
    if gone if again else rows[0].gone:
        news = gone and not is_new and all(one.known for one in rows) and not any(one.known_gone for one in gone)
        return Sum(rows, gone[-1], gone[-1].kind) if news else Sum(rows)
    if not is_new and not all(one.known for one in rows):
        return Sum(rows)  # `new` is on its way to him, and tells it as it stands
    return _standing(rows, again=again)


def _standing(rows: tuple[Queued, ...], *, again: bool) -> Sum:
    """Of an announcement that is there."""
    fates = tuple(one for one in rows if is_fate(one))
    copies = tuple(one for one in rows if one.kind is EventKind.REPOST)
    edits = [one for one in rows if one.kind in TELLS and not is_fate(one)]
    if not edits:
        beside = [*fates, *copies]
        return Sum(rows, beside[0], beside[0].kind, None, fates, copies) if beside else Sum(rows)
    main, kind = _main(edits)
    step = main.said if again and main.said else Step(0 if kind is EventKind.NEW else main.known, main.current)
    return Sum(rows, main, kind, step, fates, copies)


def _main(edits: Sequence[Queued]) -> tuple[Queued, EventKind]:
    for kind in (EventKind.NEW, EventKind.RESTORED):
        found = [one for one in edits if one.kind is kind and (kind is EventKind.NEW or one.known_gone)]
        if found:
            return found[-1], kind
    main = next((one for one in edits if one.kind in CHANGES), edits[0])
    return main, main.kind if main.kind in CHANGES else EventKind.CHANGED  # he never heard that it was gone


def is_fate(queued: Queued) -> bool:
    """Whether it says what became of the document, which is no edit of its page."""
    return queued.kind in CHANGES and "said_by" in queued.event

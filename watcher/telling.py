"""What a delivery that is due tells its reader: the difference from what he knows to how it stands now. Pure.

    what waits             he knows -> now                        then
    new                    nothing  -> 3                          `new`, as it stands now
    changed or wording     1 -> 1, or no word differs             nothing: it is settled
    changed or wording     1 -> 3                                 what differs between the two, if he asked for its kind
    restored               1 -> 1 or 3                            that it is back, with what differs
    any, tried             1 -> 2 may have arrived                the same once more, under the same key
    a repeal, a lapse      any                                    what became of the document, as it was found
    a reminder             any                                    the deadline as it stands on the day; nothing if over

Several of one announcement are one item (`summing`), where it was withdrawn or came back meanwhile perhaps none.
What was looked at counts as known, told or not: what he did not ask for does not come up again later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from watcher.decide import kind_of
from watcher.events import announcement_event, digest, joint
from watcher.news import CHANGES, EventKind, FieldChange
from watcher.records.deliveries import Entry, Letter, Queued, Step, Written
from watcher.summing import Sum, summed

if TYPE_CHECKING:
    from watcher.change.diff import Version

Texts = Mapping[tuple[int, int], Written]  # by announcement and revision
Event = dict[str, Any]
FIGURE: Final = "figure:"  # how the field of a changed figure begins


def needed(queued: Sequence[Queued]) -> set[tuple[int, int]]:
    """The revisions of announcements that `letter` has to read."""
    wanted = set()
    for one in summed(queued):
        main, step = one.main, one.step
        if main is None or step is None or _is_its_own(main, one.kind, step):
            continue
        if one.kind not in CHANGES or step.known != step.told:
            wanted |= {(main.announcement, number) for number in (step.known, step.told) if number}
    return wanted


def letter(queued: Sequence[Queued], texts: Texts) -> Letter:
    """The message that begins with the first of these; what else may join it goes along, or waits for its turn."""
    found = summed(queued)
    if not queued[0].digest and len(found) > 1:
        found = _edited_alike(found)
    items: list[tuple[Sum, Event]] = []
    told: list[tuple[Queued, Step | None]] = []
    settled: list[Entry] = []
    for one in found:
        event, rows = _item(one, texts)
        if event is not None:
            items.append((one, event))
        told += [(row, one.step if row in (one.main, *one.fates) else None) for row in rows]
        # What is told in this message its reader knows only when it has arrived.
        step = None if rows else one.step
        settled += [Entry(row.id, step) for row in one.rows if row not in rows]
    if not told:
        return Letter((), tuple(settled))
    kept_together = {one.id for one, _ in told} >= {one.id for one in queued if one.key == queued[0].key}
    return Letter(
        told=tuple(Entry(one.id, step) for one, step in told),
        settled=tuple(settled),
        event=_together([event for _, event in items], as_digest=queued[0].digest),
        reason=None if queued[0].digest else _reason([event["why"] for _, event in items]),
        key=told[0][0].key if kept_together and _is_the_same_message(told) else None,
    )


def _edited_alike(found: list[Sum]) -> list[Sum]:
    """Those who tell the same edit as the first one; what differs from it for this reader is told by itself."""
    head = found[0]
    if head.main is None or head.main.edit is None or not _is_one_edit(head):
        return found[:1]
    return [one for one in found if one.main and one.main.edit == head.main.edit and _is_one_edit(one)]


def _is_one_edit(found: Sum) -> bool:
    main, step = found.main, found.step
    alone = main is not None and len(found.rows) == 1
    return main is not None and step is not None and alone and _is_its_own(main, found.kind, step)


def _item(found: Sum, texts: Texts) -> tuple[Event | None, list[Queued]]:
    """What is told of an announcement, and which of its deliveries tell it."""
    main = found.main
    if main is None:
        return None, []
    event = _event(main, found.kind, found.step, texts)
    rows = [] if event is None else [main]
    event, reason = _with_copies(_with_fates(event, found), found), main.reason
    beside = [one for one in (*found.fates, *found.copies) if one not in rows]
    if not rows and beside:
        reason = beside[0].reason
    return (None, []) if event is None else ({**event, "why": reason}, [*rows, *beside])


def _with_fates(event: Event | None, found: Sum) -> Event | None:
    """What became of the document stands first; the card of what is new says it as it stands."""
    if not found.fates or found.kind is EventKind.NEW:
        return event
    last = found.fates[-1].event
    changes = [change for fate in found.fates for change in _changes(fate.event)]
    if event is None or found.main in found.fates:
        return {**last, "changes": changes}
    kind = event["kind"] if found.kind is EventKind.RESTORED else str(EventKind.CHANGED)
    return {**event, "kind": kind, "changes": [*changes, *_changes(event)], "said_by": last["said_by"]}


def _with_copies(event: Event | None, found: Sum) -> Event | None:
    """Every page that copied it."""
    if not found.copies:
        return event
    places = [place for copy in found.copies for place in copy.event.get("seen_at", ())]  # type: ignore[attr-defined]
    return {**(found.copies[0].event if event is None else event), "seen_at": places}


def _changes(event: Mapping[str, Any]) -> list[Any]:
    return list(event.get("changes", ()))


def _is_its_own(queued: Queued, kind: EventKind | None, step: Step) -> bool:
    """Whether the event says just this step: it was found when the reader was up to date, and nothing came after."""
    if queued.kind is EventKind.NEW:
        known = 0
    elif queued.kind is EventKind.RESTORED and not _changes(queued.event):
        known = queued.revision
    else:
        known = queued.revision - 1
    return step == Step(known, queued.revision) and queued.kind is kind


def _event(queued: Queued, kind: EventKind | None, step: Step | None, texts: Texts) -> Event | None:
    """The event as it is told; None where it tells its reader nothing that he asked for."""
    if step is None:
        return None if queued.over else queued.event
    if _is_its_own(queued, kind, step):
        return queued.event if _asked_for(queued, queued.kind, _fields(queued.event)) else None
    if kind in CHANGES:
        return _difference(queued, step, texts)
    return _as_it_stands(queued, step, texts)


def _as_it_stands(queued: Queued, step: Step, texts: Texts) -> Event:
    """What is new, or back, as it is now."""
    now = texts[queued.announcement, step.told]
    known = step.known and step.known != step.told
    changes = difference(texts[queued.announcement, step.known], now) if known else ()
    event = _rebuilt(queued, queued.kind, now, changes)
    return event if queued.kind is EventKind.NEW else {**event, "gone_since": queued.event["gone_since"]}


def _asked_for(queued: Queued, kind: EventKind, fields: Sequence[str]) -> bool:
    """`fields`: which of them changed."""
    if kind not in CHANGES:
        return True
    of_figures = any(field.startswith(FIGURE) for field in fields)
    return kind in queued.on and (of_figures or not queued.figures_only)


def _fields(event: Mapping[str, Any]) -> list[str]:
    return [str(change["field"]) for change in event.get("changes", ()) if isinstance(change, Mapping)]


def _difference(queued: Queued, step: Step, texts: Texts) -> Event | None:
    if step.known == step.told:
        return None
    now = texts[queued.announcement, step.told]
    changes = difference(texts[queued.announcement, step.known], now)
    kind = kind_of(changes)
    asked = kind is not None and _asked_for(queued, kind, [change.field for change in changes])
    return _rebuilt(queued, kind, now, changes) if kind is not None and asked else None


def difference(before: Written, after: Written) -> tuple[FieldChange, ...]:
    """What differs between two stored revisions, both read by today's rules: newer rules are no change of the page."""
    from watcher.change.diff import compare

    return compare(_as_read_today(before), _as_read_today(after))


def _as_read_today(written: Written) -> Version:
    from watcher.change.diff import Version
    from watcher.extract import extract  # its tables are loaded by who needs them only

    return Version(extract(written.document), written.document.attachments)


def _rebuilt(queued: Queued, kind: EventKind, now: Written, changes: Sequence[FieldChange]) -> Event:
    event = announcement_event(kind, now.url, str(queued.event["source"]), now.extraction, changes)
    # Which text it resembles stays; which numbers differ was true of the revision that it was found in.
    like: Event | None = queued.event.get("resembles") if kind is EventKind.NEW else None  # type: ignore[assignment]
    kept: Event = {"resembles": {**like, "changed": []}} if like else {}
    return {**event, **kept, "id": queued.announcement, "revision": now.revision}


def _together(events: Sequence[Event], *, as_digest: bool) -> Event:
    if as_digest:
        return digest(events)
    return events[0] if len(events) == 1 else joint(events)


def _reason(reasons: Sequence[str]) -> str | None:
    """Why the reader is told, where it is the same for all."""
    return reasons[0] if len(set(reasons)) == 1 else None


def _is_the_same_message(told: Sequence[tuple[Queued, Step | None]]) -> bool:
    """Whether the key of the first one may stay: nobody was sent anything else under it."""
    head = told[0][0]
    tried = any(one.said is not None for one, _ in told)
    return not tried or all(one.key == head.key and one.said in (None, step) for one, step in told)

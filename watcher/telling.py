"""What a delivery that is due tells its reader: the difference from what he knows to how it stands now. Pure.

    what waits             he knows -> now                        then
    new                    nothing  -> 3                          `new`, as it stands now
    changed or wording     1 -> 1, or no word differs             nothing: it is settled
    changed or wording     1 -> 3                                 what differs between the two, if he asked for its kind
    restored               1 -> 1 or 3                            that it is back, with what differs
    any, tried             1 -> 2 may have arrived                the same once more, under the same key
    a repeal, a lapse      any                                    what became of the document, as it was found
    a reminder             any                                    the deadline as it stands on the day; nothing if over

What was looked at counts as known, told or not: what he did not ask for does not come up again later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from watcher.change.diff import Version, compare
from watcher.decide import kind_of
from watcher.events import announcement_event, digest, joint
from watcher.news import CHANGES, TELLS, EventKind, FieldChange
from watcher.records import Entry, Letter, Queued, Step, Written

Texts = Mapping[tuple[int, int], Written]  # by announcement and revision
Event = dict[str, Any]
FIGURE: Final = "figure:"  # how the field of a changed figure begins


def steps(queued: Sequence[Queued]) -> list[Step | None]:
    """What each tells; an announcement is told once a message."""
    if _may_have_arrived(queued):
        return [one.said for one in queued]
    found: list[Step | None] = []
    known: dict[int, int] = {}
    for one in queued:
        if one.kind not in TELLS or "said_by" in one.event:  # what became of a document is no edit of its page
            found.append(None)
            continue
        before = 0 if one.kind is EventKind.NEW else known.get(one.announcement, one.known)
        found.append(Step(before, one.current))
        known[one.announcement] = one.current
    return found


def _may_have_arrived(queued: Sequence[Queued]) -> bool:
    """Whether the last attempt may have, and nothing was told since: only the same message is right in both cases."""
    return all(one.unsure and (one.said is None or one.said.known in {0, one.known}) for one in queued)


def needed(queued: Sequence[Queued]) -> set[tuple[int, int]]:
    """The revisions of announcements that `letter` has to read."""
    wanted = set()
    for one, step in zip(queued, steps(queued), strict=True):
        nothing = step is None or _is_its_own(one, step) or (one.kind in CHANGES and step.known == step.told)
        if step is not None and not nothing:
            wanted |= {(one.announcement, number) for number in (step.known, step.told) if number}
    return wanted


def letter(queued: Sequence[Queued], texts: Texts) -> Letter:
    """The message that begins with the first of these; what else may join it goes along, or waits for its turn."""
    found = list(zip(queued, steps(queued), strict=True))
    if not queued[0].digest and len(found) > 1:
        found = _edited_alike(found)
    events = [(one, step, _event(one, step, texts)) for one, step in found]
    told = [(one, step, event) for one, step, event in events if event is not None]
    # What is told in this message its reader knows only when it has arrived.
    on_its_way = {one.announcement for one, _, _ in told}
    settled = tuple(
        Entry(one.id, None if one.announcement in on_its_way else step) for one, step, event in events if event is None
    )
    if not told:
        return Letter((), settled)
    kept_together = {one.id for one, _, _ in told} >= {one.id for one in queued if one.key == queued[0].key}
    same = kept_together and _is_the_same_message([(one, step) for one, step, _ in told])
    return Letter(
        told=tuple(Entry(one.id, step) for one, step, _ in told),
        settled=settled,
        event=_together([event for _, _, event in told], as_digest=queued[0].digest),
        reason=None if queued[0].digest else _reason([one for one, _, _ in told]),
        key=told[0][0].key if same else None,
    )


def _edited_alike(found: list[tuple[Queued, Step | None]]) -> list[tuple[Queued, Step | None]]:
    """Those who tell the same edit as the first one; what differs from it for this reader is told by itself."""
    head, step = found[0]
    if step is None or not _is_its_own(head, step):
        return found[:1]
    return [(one, step) for one, step in found if step and one.edit == head.edit and _is_its_own(one, step)]


def _is_its_own(queued: Queued, step: Step) -> bool:
    """Whether the event says just this step: it was found when the reader was up to date, and nothing came after."""
    if queued.kind is EventKind.NEW:
        known = 0
    elif queued.kind is EventKind.RESTORED and not queued.event["changes"]:
        known = queued.revision
    else:
        known = queued.revision - 1
    return step == Step(known, queued.revision)


def _event(queued: Queued, step: Step | None, texts: Texts) -> Event | None:
    """The event as it is told; None where it tells its reader nothing that he asked for."""
    if step is None:
        event: Event | None = None if queued.over else queued.event
    elif _is_its_own(queued, step):
        event = queued.event if _asked_for(queued, queued.kind, _fields(queued.event)) else None
    elif queued.kind in CHANGES:
        event = _difference(queued, step, texts)
    else:
        event = _as_it_stands(queued, step, texts)
    return None if event is None else {**event, "why": queued.reason}


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
    return compare(_as_read_today(before), _as_read_today(after))


def _as_read_today(written: Written) -> Version:
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


def _reason(told: Sequence[Queued]) -> str | None:
    """Why the reader is told, where it is the same for all."""
    reasons = {one.reason for one in told}
    return reasons.pop() if len(reasons) == 1 else None


def _is_the_same_message(told: Sequence[tuple[Queued, Step | None]]) -> bool:
    """Whether the key of the first one may stay: nobody was sent anything else under it."""
    head = told[0][0]
    tried = any(one.said is not None for one, _ in told)
    return not tried or all(one.key == head.key and one.said in (None, step) for one, step in told)

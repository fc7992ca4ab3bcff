"""What the deliveries of one announcement come to, by what its reader knows and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.test_telling import TEXTS, queued, told
from watcher.news import EventKind
from watcher.records.deliveries import Entry, Queued, Step
from watcher.telling import letter

NEW, CHANGED, REPOST = EventKind.NEW, EventKind.CHANGED, EventKind.REPOST
WITHDRAWN, RESTORED = EventKind.WITHDRAWN, EventKind.RESTORED
SAID = {"field": "lifecycle", "before": None, "after": "废止"}


def waiting(*kinds: EventKind, known: int = 1, current: int = 1, **how: object) -> list[Queued]:
    """Deliveries of one announcement at its revision, in this order; what is new comes to who knows nothing."""
    known = 0 if NEW in kinds else known
    made = [queued(kind, current, known, current, on=tuple(EventKind), **how) for kind in kinds]
    events: dict[EventKind, dict[str, object]] = {
        RESTORED: {"gone_since": "2026-03-01", "changes": []},
        REPOST: {"seen_at": [{"source": "paper"}]},
    }
    return [
        replace(one, id=number, key=f"key {number}", event={**one.event, **events.get(one.kind, {})})
        for number, one in enumerate(made, 1)
    ]


def repealed(one: Queued) -> Queued:
    return replace(one, event={**one.event, "changes": [SAID], "said_by": {"title": "通知"}})


@pytest.mark.parametrize(
    ("kinds", "how", "expected"),
    [
        ((NEW, WITHDRAWN), {"gone": True}, []),
        ((NEW, CHANGED, WITHDRAWN, RESTORED, WITHDRAWN), {"gone": True}, []),
        ((NEW,), {"gone": True}, []),  # withdrawals are not what he asks for
        ((NEW, WITHDRAWN, RESTORED), {}, ["new"]),
        ((WITHDRAWN,), {"gone": True}, ["withdrawn"]),
        ((WITHDRAWN, RESTORED, WITHDRAWN), {"gone": True}, ["withdrawn"]),
        ((CHANGED, WITHDRAWN), {"gone": True}, ["withdrawn"]),
        ((WITHDRAWN, RESTORED), {}, []),
        ((RESTORED,), {"known_gone": True}, ["restored"]),
        ((RESTORED, WITHDRAWN), {"known_gone": True, "gone": True}, []),
        ((RESTORED, WITHDRAWN, RESTORED), {"known_gone": True}, ["restored"]),
        ((CHANGED,), {"gone": True}, []),
        ((REPOST, REPOST), {}, ["repost"]),
        ((NEW, REPOST), {}, ["new"]),
        ((CHANGED,), {"known": 0}, []),  # `new` is on its way
    ],
)
@pytest.mark.parametrize("digest", [True, False])
def test_an_announcement_is_one_item_of_how_it_stands(
    kinds: tuple[EventKind, ...], how: dict[str, object], expected: list[str], digest: bool
) -> None:
    rows = [replace(one, digest=digest) for one in waiting(*kinds, **how)]  # type: ignore[arg-type]
    found = letter(rows, TEXTS)
    assert [kind for kind, *_ in told(found)] == expected
    assert {one.id for one in (*found.told, *found.settled)} == {one.id for one in rows}


def test_what_changed_while_it_was_gone_is_told_to_who_never_heard_of_that() -> None:
    rows = waiting(WITHDRAWN, RESTORED, known=1, current=3)
    assert told(letter(rows, TEXTS)) == [("changed", 3, [("最高300万元", "最高500万元")])]
    asks = [replace(one, on=(WITHDRAWN,)) for one in rows]
    assert told(letter(asks, TEXTS)) == []


def test_what_is_settled_since_it_is_gone_is_not_known() -> None:
    found = letter(waiting(NEW, CHANGED, gone=True), TEXTS)
    assert found.settled == (Entry(1, None), Entry(2, None))


def test_what_is_repealed_before_it_is_told_as_new_is_one_item() -> None:
    new, fate = waiting(NEW, CHANGED)
    found = letter([new, repealed(fate)], TEXTS)
    assert told(found) == [("new", 1, [])]
    assert found.told == (Entry(1, Step(0, 1)), Entry(2, Step(0, 1)))


def test_a_change_and_a_repeal_are_one_item_the_repeal_first() -> None:
    change, fate = waiting(CHANGED, CHANGED, known=1, current=3)
    found = letter([change, repealed(fate)], TEXTS)
    expected: object = [("changed", 3, [(None, "废止"), ("最高300万元", "最高500万元")])]
    assert told(found) == expected
    assert found.event is not None
    assert found.event["said_by"] == {"title": "通知"}


def test_a_repeal_is_told_though_what_else_changed_was_taken_back() -> None:
    change, fate = waiting(CHANGED, CHANGED, known=2, current=4)
    found = letter([change, repealed(fate)], TEXTS)
    expected: object = [("changed", 4, [(None, "废止")])]
    assert told(found) == expected
    assert [one.id for one in found.told] == [2]


def test_of_copies_every_page_is_named() -> None:
    found = letter(waiting(CHANGED, REPOST, REPOST, known=1, current=3), TEXTS)
    assert found.event is not None
    assert (found.event["kind"], len(found.event["seen_at"])) == ("changed", 2)  # type: ignore[arg-type]


def test_what_may_have_arrived_is_said_again_though_it_is_gone_or_back_by_now() -> None:
    (new,) = waiting(NEW, gone=True)
    (gone,) = waiting(WITHDRAWN)
    assert [kind for kind, *_ in told(letter([replace(new, unsure=True, said=Step(0, 1))], TEXTS))] == ["new"]
    assert [kind for kind, *_ in told(letter([replace(gone, unsure=True)], TEXTS))] == ["withdrawn"]


SICK, WELL = EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED
UNSENT, SENT = EventKind.DELIVERY_TROUBLE, EventKind.DELIVERY_RECOVERED


def troubles(*kinds: EventKind, unsure: bool = False) -> list[Queued]:
    """Deliveries of a digest about one source, or one channel."""
    made = [queued(kind, 0, 0, 0, on=tuple(EventKind), unsure=unsure) for kind in kinds]
    about = {SICK: "source", WELL: "source", UNSENT: "channel", SENT: "channel"}
    return [
        replace(one, id=number, key="key", digest=True, event={"kind": str(one.kind), about[one.kind]: "it"})
        for number, one in enumerate(made, 1)
    ]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([SICK], [SICK]),
        ([SICK, WELL], [WELL]),  # whose card says since when it was not
        ([SICK, WELL, SICK], [SICK]),
        ([WELL, SICK, WELL], [WELL]),
        ([UNSENT, SENT], [SENT]),
        ([SICK, UNSENT, WELL], [UNSENT, WELL]),
    ],
)
def test_of_a_trouble_a_digest_tells_how_it_ended(kinds: list[EventKind], expected: list[EventKind]) -> None:
    rows = troubles(*kinds)
    found = letter(rows, {})
    assert found.event is not None
    items: Any = found.event["items"]
    assert [item["kind"] for item in items] == [str(kind) for kind in expected]
    assert {one.id for one in (*found.told, *found.settled)} == {one.id for one in rows}


def test_a_trouble_without_an_end_stays_beside_one_that_ended() -> None:
    missed, sick, well = troubles(SICK, SICK, WELL)
    missed = replace(missed, event={**missed.event, "once": True})
    found = letter([missed, sick, well], {})
    assert found.event is not None
    items: Any = found.event["items"]
    assert [item["kind"] for item in items] == [str(SICK), str(WELL)]


def test_a_digest_of_troubles_that_may_have_arrived_is_sent_as_it_was() -> None:
    found = letter(troubles(SICK, WELL, unsure=True), {})
    assert (len(found.told), found.key) == (2, "key")

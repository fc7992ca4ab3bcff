"""What a delivery tells, by what its reader knows and how the announcement stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.examples import extraction
from watcher.model import Document
from watcher.news import EventKind
from watcher.records.deliveries import Entry, Letter, Queued, Step, Written
from watcher.summing import summed
from watcher.telling import Texts, letter, needed

NEW, CHANGED, WORDING = EventKind.NEW, EventKind.CHANGED, EventKind.WORDING
ASKS = (NEW, CHANGED)
LINE = "某市生态环境局出台8条措施支持企业。对实施绿色改造的企业给予奖补，最高{amount}万元。{rest}"


def written(revision: int, amount: int, rest: str = "") -> Written:
    text = LINE.format(amount=amount, rest=rest)
    url = "http://bureau.example/1"
    return Written(revision, url, Document("某市出台8条措施", text, url=url), extraction(text, title="某市出台8条措施"))


# 1 -> 2 is of wording, 2 -> 3 of substance, 4 is 2 again.
TEXTS: Texts = {
    (1, one.revision): one
    for one in (
        written(1, 300),
        written(2, 300, "本措施由市局负责解释。"),
        written(3, 500, "本措施由市局负责解释。"),
        written(4, 300, "本措施由市局负责解释。"),
    )
}


def queued(kind: EventKind, revision: int, known: int, current: int, **how: object) -> Queued:
    event = {"kind": str(kind), "source": "bureau", "id": 1, "revision": revision, "changes": ["its own"]}
    made = Queued(revision, kind, event, "订阅", ASKS, 1, revision, known, current, key=f"key {revision}")
    return replace(made, **how)  # type: ignore[arg-type]


def told(found: Letter) -> list[tuple[str, object, list[tuple[str, str]]]]:
    """Kind, revision and what changed, of each item."""
    if found.event is None:
        return []
    return [
        (item["kind"], item["revision"], [(one["before"], one["after"]) for one in item["changes"] if one != "its own"])
        for item in found.event.get("items", [found.event])  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    ("kind", "revision", "known", "current", "on", "expected"),
    [
        (NEW, 1, 0, 1, ASKS, [("new", 1, [])]),
        (NEW, 1, 0, 3, ASKS, [("new", 3, [])]),  # as it stands now
        (CHANGED, 3, 2, 3, ASKS, [("changed", 3, [])]),  # just what the event says
        (CHANGED, 3, 1, 3, ASKS, [("changed", 3, [("最高300万元", "最高500万元")])]),  # 2 was of wording
        (CHANGED, 3, 2, 4, ASKS, []),  # taken back
        (CHANGED, 3, 1, 4, ASKS, []),  # what is left is of wording
        (CHANGED, 3, 1, 4, (CHANGED, WORDING), [("wording", 4, [(None, "本措施由市局负责解释。")])]),
        (WORDING, 4, 3, 4, (CHANGED,), []),
        (CHANGED, 4, 3, 4, ASKS, [("changed", 4, [])]),
        (CHANGED, 4, 4, 4, ASKS, []),  # told with another
        (WORDING, 2, 1, 3, (WORDING,), []),  # not what he asked for any more
    ],
)
def test_a_reader_is_told_the_difference_from_what_he_knows(
    kind: EventKind,
    revision: int,
    known: int,
    current: int,
    on: tuple[EventKind, ...],
    expected: list[tuple[str, int, list[tuple[str, str]]]],
) -> None:
    one = queued(kind, revision, known, current, on=on)
    assert needed([one]) <= TEXTS.keys()
    found = letter([one], TEXTS)
    if expected and expected[0][0] == "wording":
        assert [(entry, number) for entry, number, _ in told(found)] == [("wording", 4)]
    else:
        assert told(found) == expected
    step = Entry(one.id, Step(0 if kind is NEW else known, current))
    assert (found.told, found.settled) == (((step,), ()) if expected else ((), (step,)))


@pytest.mark.parametrize(
    ("changes", "known", "current", "expected"),
    [
        ([], 3, 3, []),
        (["its own"], 2, 3, []),
        ([], 1, 3, [("最高300万元", "最高500万元")]),  # what he missed before it was gone
        (["its own"], 2, 4, []),
    ],
)
def test_what_is_back_is_told_with_what_differs(
    changes: list[str], known: int, current: int, expected: list[tuple[str, str]]
) -> None:
    event = {"kind": "restored", "source": "bureau", "revision": 3, "changes": changes, "gone_since": "2026-03-01"}
    one = queued(EventKind.RESTORED, 3, known, current, event=event, on=(EventKind.WITHDRAWN,), known_gone=True)
    assert needed([one]) <= TEXTS.keys()
    found = letter([one], TEXTS)
    assert told(found) == [("restored", current, expected)]
    assert found.told == (Entry(3, Step(known, current)),)


@pytest.mark.parametrize(
    ("known", "current", "expected"),
    [
        (1, 3, [("changed", 3, [("最高300万元", "最高500万元")])]),
        (1, 2, []),  # of wording, which he asks for otherwise
    ],
)
def test_who_asks_for_changes_of_figures_hears_of_no_other(known: int, current: int, expected: object) -> None:
    one = queued(CHANGED, current, known, current, figures_only=True, on=(CHANGED, EventKind.WORDING))
    assert told(letter([replace(one, revision=4)], TEXTS)) == expected


def test_an_event_that_says_just_the_step_is_asked_for_its_figures_too() -> None:
    one = queued(CHANGED, 3, 2, 3, figures_only=True)
    for field, count in (("figure:奖补", 1), ("deadlines", 0)):
        changed = replace(one, event={**one.event, "changes": [{"field": field, "before": "", "after": ""}]})
        assert len(told(letter([changed], TEXTS))) == count


def test_an_announcement_stands_in_a_digest_once() -> None:
    rows = [queued(NEW, 1, 0, 3), queued(WORDING, 2, 3, 3), queued(CHANGED, 3, 3, 3)]
    found = letter([replace(one, digest=True, key=None) for one in rows], TEXTS)
    assert told(found) == [("new", 3, [])]
    # He knows of it when the message has arrived, not before.
    assert found.settled == (Entry(2, None), Entry(3, None))
    assert found.event is not None
    assert found.event["kind"] == "digest"


def test_a_message_that_may_have_arrived_is_sent_again_as_it_was() -> None:
    tried = queued(CHANGED, 3, 2, 4, said=Step(2, 3), unsure=True)
    assert (told(letter([tried], TEXTS)), letter([tried], TEXTS).key) == ([("changed", 3, [])], "key 3")
    assert told(letter([replace(tried, unsure=False)], TEXTS)) == []
    assert told(letter([replace(tried, known=4)], TEXTS)) == []  # something was told since: it is known by now


@pytest.mark.parametrize(
    ("said", "current", "key"),
    [(None, 3, "key 3"), (Step(1, 3), 3, "key 3"), (Step(1, 3), 5, None)],
)
def test_another_content_gets_another_key(said: Step | None, current: int, key: str | None) -> None:
    texts = {**TEXTS, (1, 5): written(5, 700)}
    assert letter([queued(CHANGED, 3, 1, current, said=said)], texts).key == key


def alike(entry: int, **how: object) -> Queued:
    return replace(queued(CHANGED, 2, 1, 2, edit="e"), id=entry, announcement=entry, **how)  # type: ignore[arg-type]


def test_what_was_edited_alike_is_one_message_of_one_change() -> None:
    found = letter([alike(1), alike(2), alike(3)], {})
    assert found.event is not None
    assert (found.event["kind"], found.event["changes"], found.event["id"]) == ("changed", ["its own"], None)
    assert (len(told(found)), found.reason, found.key) == (3, "订阅", "key 2")
    assert letter([alike(1), alike(2, reason="关键词 环评")], {}).reason is None


def test_who_knows_less_of_one_of_them_is_told_of_it_by_itself() -> None:
    behind = alike(2, revision=3, known=1, current=3)
    assert [one.id for one in letter([alike(1), behind, alike(3)], {}).told] == [1, 3]
    assert [one.id for one in letter([replace(behind, announcement=1), alike(3)], TEXTS).told] == [2]


def test_a_group_that_grew_after_it_was_refused_is_another_message() -> None:
    tried = [alike(entry, key="k", said=Step(1, 2)) for entry in (1, 2)]
    assert letter(tried, {}).key == "k"
    assert letter([*tried, alike(3)], {}).key is None
    assert letter([*tried, alike(3, key="k", revision=9)], {}).key is None  # one of it goes by itself now


def test_what_is_no_state_of_an_announcement_is_told_as_it_was_found() -> None:
    trouble = queued(EventKind.SOURCE_TROUBLE, 0, 0, 0)
    assert [(one.main, one.step) for one in summed([trouble])] == [(trouble, None)]
    found = letter([trouble], {})
    assert found.event == {**trouble.event, "why": "订阅"}
    assert letter([replace(trouble, unsure=True)], {}).key == "key 0"


def test_what_a_text_resembles_is_told_though_it_changed_and_not_the_numbers_of_before() -> None:
    like = {"id": 9, "url": "http://a.cn/9", "changed": ["最高300万元 → 最高400万元"]}
    one = queued(NEW, 1, 0, 3)
    found = letter([replace(one, event={**one.event, "resembles": like})], TEXTS)
    assert found.event is not None
    assert found.event["resembles"] == {**like, "changed": []}

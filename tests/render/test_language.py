"""Both languages say everything: no word of ours is left in the other one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest
from lxml import html as lxml_html

from watcher.change import note
from watcher.events import digest, joint
from watcher.lifecycle.lifespan import SAID
from watcher.news import Message
from watcher.records.lifecycle import Fate
from watcher.render import troubles
from watcher.render.message import render_event
from watcher.render.trial import trial_message
from watcher.render.wording import WORDINGS
from watcher.settings import Subscription

# Pages that write in letters: every Chinese character of a message is then a word of ours.
CHINESE = re.compile(r"[⺀-鿿豈-﫿　-〿＀-￯]")

ADDRESS = "https://bureau.example/a.html"
AMOUNT: dict[str, Any] = {
    "quote": "up to 3 million", "kind": "money", "low": 3_000_000, "high": 3_000_000, "unit": "CNY",
    "qualifier": "at_most", "change": None, "previous": None, "subject": "retrofits", "measure": 1,
    "origin": {"file": "a.pdf", "url": "https://bureau.example/a.pdf", "page": 2},
}  # fmt: skip
SPAN = {
    **AMOUNT, "quote": "from 30 to 20 days", "kind": "duration", "low": 20, "high": 20, "unit": "workday",
    "qualifier": "exact", "change": "decrease", "previous": {"low": 30, "high": 30, "unit": "workday"},
}  # fmt: skip
NEW: dict[str, Any] = {
    "kind": "new", "id": 7, "revision": 1, "url": ADDRESS, "title": "Eighteen measures", "issuer": "A bureau",
    "region": {"name": "A city", "code": "370700"}, "published": "2026-03-01", "type": "measures_document",
    "measure_count": 1, "document_number": "3 of 2026", "valid_until": "2028-12-31",
    "figures": [AMOUNT, SPAN, *({**AMOUNT, "quote": f"{number}", "subject": None} for number in range(9))],
    "changes": [],
    "measures": [{"number": number, "heading": f"Measure {number}"} for number in range(1, 12)],
    "deadlines": [
        {"quote": "by June", "date": "2026-06-30", "task": "apply", "origin": None},
        {"quote": "by July", "date": "2026-07-31", "task": "by July", "origin": None},
    ],
    "attachments": [{"name": "b.pdf", "url": ADDRESS, "unread": {"code": code}} for code in ("needs_ocr", "http_503")],
}  # fmt: skip


def change(field: str, before: str | None, after: str | None, **more: Any) -> dict[str, Any]:
    return {"field": field, "before": before, "after": after, "quote": "as it stands", **more}


CHANGES = [
    change(field, *values, direction=direction, kind=kind)
    for field in (*note.WEIGHTS, "figure:", "another")
    for values, direction in ((("a", "b"), None), (("a", "b"), "increase"), (("a", "b"), "decrease"))
    for kind in (("money", "duration") if field == "figure:" else (None,))
] + [change(field, *values) for field in note.WEIGHTS for values in ((None, "b"), ("a", None))]
PROBLEM = {"code": "http_412", "message": "answered HTTP 412", "hint": "set proxy"}
SOURCE: dict[str, Any] = {
    "kind": "source_trouble", "id": None, "url": ADDRESS, "title": "A column", "source": "a", "figures": [],
    "changes": [], "problem": PROBLEM, "since": "2026-03-01T00:00:00+00:00", "failures": 3,
    "retry_at": "2026-03-01T02:00:00+00:00",
}  # fmt: skip
WELL = {**SOURCE, "kind": "source_recovered", "problem": None, "was": PROBLEM, "until": "2026-03-02T00:00:00+00:00"}


def changed(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**NEW, "kind": "changed", "source": "a", "revision": 2, "changes": list(changes), **more}


def reminder(days: int) -> dict[str, Any]:
    due = {"date": "2026-06-30", "days_left": days, "tasks": ["apply"], "sentences": ["Apply by June."]}
    return {**NEW, "kind": "deadline", "deadline": due}


OUTAGE = {
    "kind": "delivery_trouble",
    "title": "ops-mail",
    "subscriptions": ["ops-mail"],
    "channel": "mailto://smtp.example.org?to=t…@example.org",
    "error": "mail: the recipient was refused: 550 5.1.1 no such user",
    "since": "2026-03-01T00:00:00+00:00",
    "changes": [],
}
EVENTS: dict[str, dict[str, Any]] = {
    "new": NEW,
    "credited": {**NEW, "issuer": None, "credit": "A newspaper"},
    "resembling": {**NEW, "resembles": {"id": 3, "url": ADDRESS, "changed": ["560 → 590"]}},
    **{
        f"new, {state}": {**NEW, "lifecycle": {"state": state, "by": {"title": "A notice", "url": ADDRESS}}}
        for state in ("repealed", "replaced", "lapsed")
    },
    "silence": {**NEW, "unreadable": [{"source": "a", "title": "A column", "since": "2026-03-01T00:00:00+00:00"}]},
    "elsewhere": {**NEW, "original_url": ADDRESS},
    **{f"changed-{number}": changed(one) for number, one in enumerate(CHANGES)},
    **{
        f"lifecycle-{fate}": changed(change("lifecycle", None, said), said_by={"title": "A notice", "url": ADDRESS})
        for fate, said in SAID.items()
    },
    "wording": {**changed(change("text", "a", "b")), "kind": "wording"},
    "repost": {**NEW, "kind": "repost", "seen_at": [{"source": "paper", "url": ADDRESS}]},
    **{
        f"withdrawn-{answer}": {**NEW, "kind": "withdrawn", "gone_since": SOURCE["since"], "answer": answer}
        for answer in ("http_404", "http_410", "not_found")
    },
    "restored": {**NEW, "kind": "restored", "gone_since": SOURCE["since"]},
    "restored, changed": changed(CHANGES[0], kind="restored", gone_since=SOURCE["since"]),
    **{f"deadline-{days}": reminder(days) for days in (0, 1, 14)},
    **{
        f"trouble-{code}": {**SOURCE, "problem": {**PROBLEM, "code": code, "facts": {}}}
        for code in (*troubles.EN, "http_418")
    },
    **{
        f"well-{number}": {**WELL, "missed": missed}
        for number, missed in enumerate(
            (None, {"added": 0, "waiting": 0, "gap": False}, {"added": 7, "waiting": 2, "gap": True}, {"added": 7})
        )
    },
    **{f"outage-{paused}": {**OUTAGE, "paused": paused} for paused in (True, False)},
    "one message": {**OUTAGE, "paused": False, "message_only": True},
    "reached again": {**OUTAGE, "kind": "delivery_recovered", "until": "2026-03-02T00:00:00+00:00"},
    "the same edit": joint([changed(CHANGES[0], id=number) for number in range(60)]),
    "digest": digest([NEW, changed(CHANGES[0]), reminder(3), SOURCE, WELL, *(changed(CHANGES[1]) for _ in range(3))]),
}  # fmt: skip


def rendered(event: dict[str, Any], **options: Any) -> Message:
    defaults: dict[str, Any] = {"language": "en", "key": "k", "reason": "keyword a", "timezone": "Asia/Shanghai"}
    return render_event({**event, "unsubscribe_url": ADDRESS}, **{**defaults, **options})


def words_of(message: Message) -> str:
    return "\n".join((message.title, message.text, message.markdown, lxml_html.fromstring(message.html).text_content()))


def told(message: Message, part: str) -> list[dict[str, Any]]:
    listed = message.event[part]
    assert isinstance(listed, list)
    return listed


@pytest.mark.parametrize("name", EVENTS)
def test_no_chinese_word_is_left_in_an_english_message(name: str) -> None:
    message = rendered(EVENTS[name])
    assert CHINESE.findall(words_of(message)) == []
    assert CHINESE.findall(str([one.get("note") for one in told(message, "changes")])) == []


@pytest.mark.parametrize("name", EVENTS)
def test_a_chinese_message_says_each_of_them_in_chinese(name: str) -> None:
    message = rendered(EVENTS[name], language="zh", reason=None)
    assert CHINESE.search(message.title)
    for word in ("Read the original", "Key figures", "Unsubscribe", "Until", "days left"):
        assert word not in words_of(message)


def keys(value: object) -> object:
    """The names in a table of words, with those of its tables."""
    return {name: keys(one) for name, one in value.items()} if isinstance(value, Mapping) else None


def test_both_wordings_have_the_same_words() -> None:
    zh, en = asdict(WORDINGS["zh"]), asdict(WORDINGS["en"])
    assert keys(zh) == keys(en)
    slots = {name: set(re.findall(r"\{\w+\}", text)) for name, text in zh.items() if isinstance(text, str)}
    assert slots == {name: set(re.findall(r"\{\w+\}", text)) for name, text in en.items() if isinstance(text, str)}
    assert troubles.ZH.keys() == troubles.EN.keys()


def test_every_kind_of_message_has_its_name_and_every_fate_its_word() -> None:
    assert {str(event["kind"]) for event in EVENTS.values()} == set(WORDINGS["en"].kinds)
    assert {WORDINGS["en"].fates[said] for said in SAID.values()} == set(WORDINGS["en"].fates.values())
    assert set(SAID) == set(Fate) - {Fate.FINAL}


def test_the_notes_of_changes_are_in_the_language_of_the_reader() -> None:
    event = changed(change("valid_until", "2026", "2028", direction="increase", note="有效期由2026延至2028"))
    [one] = told(rendered(event), "changes")
    assert one["note"] == "validity extended from 2026 to 2028"
    [item] = told(rendered(digest([event])), "items")
    assert item["changes"][0]["note"] == one["note"]
    [as_stored] = told(rendered(event, language="zh"), "changes")
    assert as_stored["note"] == "有效期由2026延至2028"


@pytest.mark.parametrize(("count", "words"), [(1, "1 measure\n"), (18, "18 measures\n")])
def test_one_of_something_is_said_in_the_singular(count: int, words: str) -> None:
    short = {"document_number": None, "valid_until": None}
    assert f"· {words}" in rendered({**NEW, "measure_count": count, **short}).text


def test_a_test_message_is_in_the_language_of_its_subscription() -> None:
    assert not CHINESE.search(words_of(trial_message(Subscription("ops", "json://a", language="en"))))
    assert "测试" in trial_message(Subscription("ops", "json://a")).title

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.store.examples import NOW, TEXT, extraction, full_extraction, source, subscription
from watcher.change.diff import Version, fingerprint
from watcher.decide import (
    Decision,
    News,
    candidate_of,
    decide_known,
    decide_unknown,
    is_edited,
    is_silent,
    news_of,
    outgoing,
)
from watcher.model import AnnouncementType, Attachment, Document, Extraction, Origin, Part, Unread, Verdict
from watcher.news import EventKind
from watcher.records.pages import FileRecord, PageRecord, PageStatus
from watcher.records.passes import Action, Known
from watcher.settings import Options, Where

PAGE = PageRecord(1, "bureau", "k", "http://bureau.example/1", "t", None, False, NOW)
NEAR = Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)
NEWS = News()
OTHER = Verdict(AnnouncementType.OTHER, 0.1)


def known(made: Extraction) -> Known:
    return Known(1, 1, "old", made, Document(made.title, made.text))


@pytest.mark.parametrize(
    ("verdict", "silent", "decision"),
    [
        (extraction().verdict, False, Decision(Action.CREATE, EventKind.NEW)),
        (extraction().verdict, True, Decision(Action.CREATE)),
        (NEAR, False, Decision(Action.CREATE)),
        (OTHER, False, Decision(Action.NOTHING)),
    ],
)
def test_a_page_not_known_before(verdict: Verdict, silent: bool, decision: Decision) -> None:
    assert decide_unknown(PAGE, extraction(verdict=verdict), "new", silent=silent) == decision


def test_newer_rules_over_an_old_text_are_no_news() -> None:
    read_before = replace(PAGE, status=PageStatus.READ, fingerprint="same")
    assert decide_unknown(read_before, extraction(), "same", silent=False) == Decision(Action.CREATE)
    assert decide_unknown(read_before, extraction(), "edited", silent=False).kind is EventKind.NEW


def test_the_same_text_is_only_seen() -> None:
    assert decide_known(
        known(extraction()), Version(extraction()), Version(extraction(title="anything")), "old", NEWS
    ) == Decision(Action.SEEN)


def test_a_change_that_matters_is_told_and_one_of_wording_to_those_who_ask() -> None:
    before, edited = full_extraction(), extraction(TEXT, title="另一个标题")
    decision = decide_known(known(before), Version(before), Version(edited), "new", NEWS)
    assert (decision.action, decision.kind) == (Action.REVISE, EventKind.CHANGED)
    assert {change.field for change in decision.changes} >= {"title", "deadlines"}
    reworded = full_extraction(TEXT + "以上。")
    decision = decide_known(known(before), Version(before), Version(reworded), "new", NEWS)
    assert (decision.action, decision.kind) == (Action.REVISE, EventKind.WORDING)
    assert {change.field for change in decision.changes} == {"text"}


def test_what_a_newer_watcher_reads_differently_is_no_change() -> None:
    by_old_rules, by_new_rules = extraction(TEXT), full_extraction()
    reworded = full_extraction(TEXT + "以上。")
    decision = decide_known(known(by_old_rules), Version(by_new_rules), Version(reworded), "new", NEWS)
    assert decision.kind is EventKind.WORDING


def test_a_paragraph_moved_up_is_stored_and_told_to_nobody() -> None:
    before, moved = extraction("一、甲项措施。\n二、乙项措施。"), extraction("二、乙项措施。\n一、甲项措施。")
    assert decide_known(known(before), Version(before), Version(moved), "new", NEWS) == Decision(Action.REVISE)


def test_an_attachment_added_to_the_same_text_is_a_change() -> None:
    before, form = extraction(), Attachment("http://bureau.example/form.docx", "申报表.docx")
    decision = decide_known(known(before), Version(before), Version(before, (form,)), "old", NEWS)
    assert (decision.kind, [change.field for change in decision.changes]) == (EventKind.CHANGED, ["attachments"])
    renamed = replace(form, name="申报表（新）.docx")
    assert decide_known(known(before), Version(before, (form,)), Version(before, (renamed,)), "old", NEWS) == Decision(
        Action.SEEN
    )


@pytest.mark.parametrize(
    ("was", "kind"),
    [("http_503", EventKind.NEW), ("maintenance", EventKind.NEW), ("http_403", None), ("needs_ocr", None)],
)
def test_the_same_text_is_news_where_its_file_was_waited_for_and_none_where_newer_rules_judge_by_the_title(
    was: str, kind: EventKind | None
) -> None:
    file = Attachment("http://bureau.example/a.docx", "措施.docx", Unread(was, "not read"))
    shut = replace(file, unread=Unread("stays_away" if kind else was, "not read"))
    before = Version(extraction(verdict=NEAR), (file,))
    decision = decide_known(known(before.extraction), before, Version(extraction(), (shut,)), "old", NEWS)
    assert decision == (Decision(Action.REVISE, kind) if kind else Decision(Action.SEEN))


@pytest.mark.parametrize(
    ("was", "becomes", "decision"),
    [
        (NEAR, extraction().verdict, Decision(Action.REVISE, EventKind.NEW)),
        (NEAR, NEAR, Decision(Action.REVISE)),
        (NEAR, OTHER, Decision(Action.SEEN)),
        (extraction().verdict, OTHER, Decision(Action.SEEN, lost=True)),
        (extraction().verdict, NEAR, Decision(Action.SEEN, lost=True)),
    ],
)
def test_an_edited_page_that_turns_into_something_else(was: Verdict, becomes: Verdict, decision: Decision) -> None:
    before = extraction(verdict=was)
    assert (
        decide_known(known(before), Version(before), Version(extraction("改过。", verdict=becomes)), "new", NEWS)
        == decision
    )


ANNOUNCED = extraction().verdict


@pytest.mark.parametrize(
    ("stored", "today", "kind"),
    [
        (NEAR, NEAR, EventKind.NEW),
        (NEAR, ANNOUNCED, EventKind.CHANGED),  # newer rules saw it in the old text: only the edit happened
        (ANNOUNCED, NEAR, EventKind.CHANGED),  # told already
        (ANNOUNCED, ANNOUNCED, EventKind.CHANGED),
    ],
)
def test_an_edit_is_judged_by_what_was_told_and_by_todays_rules(
    stored: Verdict, today: Verdict, kind: EventKind
) -> None:
    was, before = extraction(verdict=stored), extraction(verdict=today)
    edited = extraction(TEXT + "以上。", title="另一个标题")
    assert decide_known(known(was), Version(before), Version(edited), "new", NEWS).kind is kind
    trivial = extraction(TEXT + "以上。")
    expected = EventKind.NEW if kind is EventKind.NEW else EventKind.WORDING
    assert decide_known(known(was), Version(before), Version(trivial), "new", NEWS).kind is expected


def test_an_old_page_edited_into_an_announcement_is_silent() -> None:
    before = extraction(verdict=NEAR)
    edited = extraction("改过。")
    assert decide_known(known(before), Version(before), Version(edited), "new", News(old=True)) == Decision(
        Action.REVISE
    )


@pytest.mark.parametrize(
    ("stored", "fingerprint", "decision"),
    [
        (ANNOUNCED, "old", Decision(Action.SEEN, listed=True)),
        (ANNOUNCED, "new", Decision(Action.REVISE, listed=True)),
        (NEAR, "old", Decision(Action.REVISE, EventKind.NEW)),
    ],
)
def test_what_another_source_found_first_is_news_in_this_one(
    stored: Verdict, fingerprint: str, decision: Decision
) -> None:
    before = extraction(verdict=stored)
    if fingerprint == "new":
        before = replace(before, text=TEXT + "\n")
    assert (
        decide_known(known(before), Version(before), Version(extraction()), fingerprint, News(listed=True)) == decision
    )


@pytest.mark.parametrize(
    ("page", "news"),
    [
        (PAGE, News(listed=True)),
        (replace(PAGE, status=PageStatus.FAILED), News(listed=True)),
        (replace(PAGE, baseline=True), News()),
        (replace(PAGE, status=PageStatus.READ, kept=True, fingerprint="f"), News()),
        (replace(PAGE, status=PageStatus.READ, fingerprint="f"), News()),
        (replace(PAGE, status=PageStatus.READ, fingerprint="other"), News(listed=True)),
        (replace(PAGE, listed=date(2019, 1, 1)), News(old=True)),
    ],
)
def test_what_is_news_in_a_source_depends_on_its_own_past(page: PageRecord, news: News) -> None:
    assert news_of(page, extraction(published=None), "f", NOW, 60, edited=True) == news


@pytest.mark.parametrize(
    ("page", "published", "days", "silent"),
    [
        (PAGE, None, 60, False),
        (replace(PAGE, baseline=True), date(2026, 3, 2), 60, True),
        (replace(PAGE, baseline=True, status=PageStatus.FAILED), None, 60, True),
        (replace(PAGE, baseline=True, status=PageStatus.READ), date(2026, 3, 2), 60, False),
        (PAGE, date(2026, 1, 1), 60, False),
        (PAGE, date(2025, 12, 31), 60, True),
        (PAGE, date(2025, 12, 31), 0, False),
        (replace(PAGE, listed=date(2026, 3, 1)), date(2019, 1, 1), 60, False),
        (replace(PAGE, listed=date(2019, 1, 1)), None, 60, True),
        (replace(PAGE, first_seen=NOW - timedelta(days=60)), None, 60, False),
        (replace(PAGE, first_seen=NOW - timedelta(days=61)), None, 60, True),
        (replace(PAGE, first_seen=NOW - timedelta(days=61)), date(2026, 3, 1), 60, False),
    ],
)
def test_baseline_and_old_pages_are_silent(page: PageRecord, published: date | None, days: int, silent: bool) -> None:
    assert is_silent(page, published, NOW, days, edited=False) is silent


LONG_KNOWN = replace(PAGE, status=PageStatus.READ, first_seen=NOW - timedelta(days=61))
SHUT = FileRecord("http://bureau.example/a.docx", "措施.docx", passing=True)
WAITING = replace(PAGE, baseline=True, status=PageStatus.READ, files=(SHUT,))


@pytest.mark.parametrize("page", [LONG_KNOWN, WAITING], ids=["without a date", "baseline with a file shut"])
def test_an_edit_of_a_page_is_news_where_what_a_late_file_brings_is_none(page: PageRecord) -> None:
    silent = [is_silent(page, None, NOW, 60, edited=edited) for edited in (False, True)]
    late = [news_of(page, extraction(published=None), "f", NOW, 60, edited=edited) for edited in (False, True)]
    assert (silent, [one.old or one.late_file for one in late]) == ([True, False], [True, False])


def joined(*texts: tuple[str, str | None], title: str = "通知") -> Document:
    """A document of (text, address of the file that it is from)."""
    parts, lines = [], [text for text, _ in texts]
    for number, (_, url) in enumerate(texts):
        if url is not None:
            parts.append(Part(len("\n".join((*lines[:number], ""))), Origin(url, url)))
    files = tuple(Attachment(url, url) for _, url in texts if url is not None)
    return Document(title, "\n".join(lines), attachments=files, parts=tuple(parts))


@pytest.mark.parametrize(
    ("fresh", "edited"),
    [
        (joined(("现将措施印发。", None), ("已读。", "read")), False),
        (joined(("现将措施印发。", None), ("已读。", "read"), ("最高300万元。", "shut")), False),
        (joined(("现将措施印发。", None), ("最高300万元。", "shut"), ("已读。", "read")), False),
        (joined(("现将措施印发，请执行。", None), ("已读。", "read")), True),
        (joined(("现将措施印发，请执行。", None), ("已读。", "read"), ("最高300万元。", "shut")), True),
        (joined(("现将措施印发。", None), ("已改。", "read"), ("最高300万元。", "shut")), True),
        (joined(("现将措施印发。", None), ("已读。", "read"), ("最高300万元。", "new")), True),
        (joined(("现将措施印发。", None), ("已读。", "read"), title="另一个标题"), True),
        (joined(("现将措施印发。", None)), True),
    ],
)
@pytest.mark.parametrize("is_kept", [True, False])
def test_what_a_file_brings_that_was_shut_is_no_edit_of_its_page(fresh: Document, edited: bool, is_kept: bool) -> None:
    before = joined(("现将措施印发。", None), ("已读。", "read"))
    mark = fingerprint(before.title, before.text)
    files = (FileRecord("read", "read", digest="d"), replace(SHUT, url="shut"))
    page = replace(PAGE, status=PageStatus.READ, fingerprint=mark, files=files)
    stored = replace(known(extraction()), fingerprint=mark, document=before) if is_kept else None
    assert is_edited(page, fresh, fingerprint(fresh.title, fresh.text), stored) is edited


def test_an_event_goes_to_those_it_concerns_when_they_want_it() -> None:
    audience = (
        subscription("all"),
        subscription("daily", deliver="daily 08:30"),
        subscription("elsewhere", where=Where(regions=("320000",))),
        subscription("trouble", on=(EventKind.SOURCE_TROUBLE,)),
    )
    candidate = candidate_of(EventKind.NEW, source(), extraction())
    told = outgoing({}, candidate, audience, Options(), NOW)
    assert [(one.subscription, one.digest, one.due_at - NOW) for one in told.recipients] == [
        ("all", False, timedelta(0)),
        ("daily", True, timedelta(hours=23, minutes=30)),
    ]
    assert all(one.reason for one in told.recipients)


def test_who_follows_any_source_that_lists_it_is_told() -> None:
    candidate = candidate_of(EventKind.CHANGED, source("c"), extraction(), ("c", "a"))
    audience = [subscription(one, where=Where(sources=(one,))) for one in ("a", "b", "c")]
    assert [one.subscription for one in outgoing({}, candidate, audience, Options(), NOW).recipients] == ["a", "c"]


def test_the_sources_region_stands_in_for_an_unknown_one() -> None:
    assert candidate_of(EventKind.NEW, source(region="320000"), extraction(region=None)).region_code == "320000"

"""The story of a page and of an announcement as the JSON of `watcher why`. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from watcher.account import Account, Untold
from watcher.events import change_json
from watcher.records.absences import Gone
from watcher.records.announcements import RevisionRecord
from watcher.records.lifecycle import Said, Saying
from watcher.records.sources import SourceRecord
from watcher.records.stories import Compared, PageStory, Telling, Told

Json = dict[str, Any]


def story_json(asked: str, outcome: str, pages: tuple[PageStory, ...], account: Account | None = None) -> Json:
    """What was asked for, what came of it, and every step; `announcement` None for a page that gave none."""
    return {
        "asked": asked,
        "outcome": outcome,
        "announcement": None if account is None else _announcement(account),
        "pages": [_page(story) for story in pages],
        "revisions": [] if account is None else [_revision(one) for one in account.history.revisions],
        "told": [] if account is None else [_telling(*one) for one in account.tellings],
        "absences": [] if account is None else [_gone(one) for one in account.course.gone],
        "statements": [] if account is None else [_saying(one) for one in account.course.sayings],
    }


def unseen_json(asked: str, outcome: str, sources: tuple[SourceRecord, ...], beside: tuple[str, ...]) -> Json:
    """An address that no list held: the sources on its site, the likeliest first, and the pages that link it."""
    return {**story_json(asked, outcome, ()), "sources": [_source(one) for one in sources], "linked_from": list(beside)}


def _announcement(account: Account) -> Json:
    record = account.history.announcement
    return {
        "id": record.id,
        "url": record.url,
        "title": record.extraction.title,
        "type": str(record.extraction.verdict.type),
        "status": record.status,
        "first_seen": record.first_seen.isoformat(),
        "silence": account.silence,
    }


def _page(story: PageStory) -> Json:
    page, verdict, answered = story.page, story.verdict, story.answered
    return {
        "source": page.source,
        "url": page.url,
        "title": page.title,
        "listed": _day(page.listed),
        "first_seen": page.first_seen.isoformat(),
        "led_by": story.led_by,
        "baseline": page.baseline,
        "status": str(page.status),
        "announcement": story.announcement,
        "problem": page.problem and {"code": page.problem, "message": story.problem},
        "attempts": page.attempts,
        "next_try_at": _moment(page.next_try_at),
        "next_check_at": _moment(page.next_check_at),
        "read_at": _moment(story.read_at),
        "answer": answered
        and {
            "status": answered.status,
            "media_type": answered.media_type,
            "charset": answered.charset,
            "format": answered.format,
            "bytes": answered.size,
            "characters": answered.characters,
        },
        "files": [
            {"name": file.name, "url": file.url, "unread": file.unread and file.unread.message} for file in page.files
        ],
        "verdict": verdict and {"type": str(verdict.type), "score": verdict.score, "reasons": list(verdict.reasons)},
        "compared": _compared(story.compared),
        "says": [_said(one) for one in story.says],
    }


def _saying(saying: Saying) -> Json:
    """What another page says of the document."""
    return {
        "fate": saying.statement.fate.value,
        "quote": saying.statement.quote,
        "published": _day(saying.published),
        "by": {"id": saying.announcement, "source": saying.source, "title": saying.page_title, "url": saying.url},
        "seen_at": saying.seen_at.isoformat(),
    }


def _said(said: Said) -> Json:
    return {"fate": said.statement.fate.value, "quote": said.statement.quote, "announcement": said.means}


def _gone(gone: Gone) -> Json:
    return {
        "url": gone.url,
        "sources": list(gone.sources),
        "since": gone.since.isoformat(),
        "believed_at": _moment(gone.believed_at),
        "back_at": _moment(gone.back_at),
    }


def _compared(found: Compared | None) -> Json | None:
    if found is None:
        return None
    return {
        "announcement": found.announcement,
        "relation": found.relation,
        "shared": found.shared,
        "copied": found.copied,
        "linked": found.linked,
        "words": found.words,
    }


def _revision(one: RevisionRecord) -> Json:
    return {
        "number": one.number,
        "seen_at": one.seen_at.isoformat(),
        "reread_at": _moment(one.reread_at),
        "changes": [change_json(change) for change in one.changes],
    }


def _telling(telling: Telling, untold: tuple[Untold, ...]) -> Json:
    return {
        "kind": str(telling.kind),
        "at": telling.at.isoformat(),
        "source": telling.source,
        "revision": telling.revision,
        "deliveries": [_delivery(one) for one in telling.told],
        "not_told": [{"subscription": one.subscription, "why": one.why} for one in untold],
    }


def _delivery(told: Told) -> Json:
    delivery = told.delivery
    return {
        "id": delivery.id,
        "subscription": delivery.subscription,
        "status": delivery.status,
        "reason": delivery.reason,
        "due_at": delivery.due_at.isoformat(),
        "sent_at": _moment(delivery.sent_at),
        "again_at": _moment(told.again_at),
        "paused": told.paused,
        "held": told.held,
        "attempts": [{"at": one.at.isoformat(), "error": one.error} for one in told.attempts],
    }


def _source(record: SourceRecord) -> Json:
    return {
        "id": record.id,
        "url": record.url,
        "state": str(record.health.state),
        "last_ok": _moment(record.health.last_ok),
        "entries": record.entries,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

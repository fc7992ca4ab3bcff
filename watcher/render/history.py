"""One announcement with its whole history as the JSON object of `show`. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from watcher.events import change_json
from watcher.identity.resembling import Resembled, resembled_json
from watcher.records.announcements import Feedback, History, RevisionRecord
from watcher.records.captures import Capture
from watcher.records.names import Links
from watcher.render.item import item_json, links_json


def history_json(
    history: History, chosen: RevisionRecord, links: Links, like: Resembled | None, day: date
) -> dict[str, object]:
    """The announcement as it was at the `chosen` revision, and what became of it until `day`.

    Args:
        like: the announcement that says the same with other numbers.
    """
    record = replace(history.announcement, extraction=chosen.extraction, revision=chosen.number)
    item: dict[str, Any] = item_json(record, day)
    places = [{**place, "revision": one.shows} for place, one in zip(item["seen_at"], record.places, strict=True)]
    return {
        **item,
        "seen_at": places,
        "text": chosen.extraction.text,
        "revisions": [_revision(one) for one in history.revisions],
        "feedback": [_feedback(one) for one in history.feedback],
        "withdrawals": [{"kind": one.kind.value, "at": one.at.isoformat()} for one in history.turns],
        **links_json(links),
        "resembles": like and resembled_json(like),
    }


def _revision(one: RevisionRecord) -> dict[str, object]:
    return {
        "number": one.number,
        "seen_at": one.seen_at.isoformat(),
        "reread_at": one.reread_at and one.reread_at.isoformat(),
        "changes": [change_json(change) for change in one.changes],
        "evidence": [_evidence(capture) for capture in one.captures],
    }


def _evidence(capture: Capture) -> dict[str, object]:
    """Where an answer lies in the archive; `file` None where it could not be kept."""
    place = capture.location
    return {
        "url": capture.url,
        "fetched_at": capture.fetched_at.isoformat(),
        "digest": capture.digest,
        "file": place and place.file,
        "offset": place and place.offset,
    }


def _feedback(said: Feedback) -> dict[str, object]:
    """What a person said; `figure` counts from 1, as the option that said it."""
    opinion = said.opinion
    return {
        "revision": said.revision,
        "verdict": opinion.verdict.value,
        "figure": None if opinion.figure is None else opinion.figure + 1,
        "note": opinion.note,
        "at": said.at.isoformat(),
    }

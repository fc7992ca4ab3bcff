"""Extractions, documents and subscriptions as JSON and back.

An extraction's JSON is the contract's line without `input`, `announcement` and `text`, with `near_miss` beside it.
What is decoded equals what was encoded, but for `rejected`, which is shown once and never stored, and for the digits of
a ratio beyond the contract's six.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from watcher.model import (
    AnnouncementType,
    Attachment,
    CitedDocument,
    Credit,
    Deadline,
    Direction,
    Document,
    Extraction,
    Figure,
    FigureKind,
    Measure,
    Origin,
    Part,
    Qualifier,
    Region,
    Unread,
    Value,
    Verdict,
)
from watcher.news import EventKind, FieldChange
from watcher.render.contract import contract_line
from watcher.settings import Keywords, Subscription, Where

Json = dict[str, Any]


def encode_extraction(extraction: Extraction) -> Json:
    """Everything but the text."""
    line = contract_line("", extraction)
    shown = {name: value for name, value in line.items() if name not in {"input", "announcement", "text"}}
    return {**shown, "near_miss": extraction.verdict.near_miss}


def decode_extraction(value: Mapping[str, Any], text: str) -> Extraction:
    region = value["region"]
    return Extraction(
        verdict=Verdict(
            AnnouncementType(value["type"]), float(value["score"]), tuple(value["reasons"]), value["near_miss"]
        ),
        title=value["title"],
        published=_decode_date(value["published"]),
        issuer=value["issuer"],
        region=None if region is None else Region(region["name"], region["code"]),
        document_title=value["document_title"],
        document_number=value["document_number"],
        measure_count=value["measure_count"],
        credit=_decode_credit(value["source"]),
        measures=tuple(Measure(**{**one, "origin": _decode_origin(one)}) for one in value["measures"]),
        cited_documents=tuple(CitedDocument(**one) for one in value["cited_documents"]),
        deadlines=tuple(_decode_deadline(one) for one in value["deadlines"]),
        figures=tuple(_decode_figure(one) for one in value["figures"]),
        topics=tuple(value["topics"]),
        valid_until=_decode_date(value["valid_until"]),
        text=text,
        attachments=tuple(_decode_attachment(one) for one in value.get("attachments", ())),
    )


def encode_document(document: Document) -> Json:
    """Everything but the text."""
    credit = document.credit
    return {
        "title": document.title,
        "url": document.url,
        "published": _encode_date(document.published),
        "credit": {"name": credit.name, "authors": list(credit.authors), "original_url": credit.original_url},
        "publisher": document.publisher,
        "document_number": document.document_number,
        "valid_until": _encode_date(document.valid_until),
        "site": document.site,
        "attachments": [asdict(one) for one in document.attachments],
        "parts": [asdict(one) for one in document.parts],
    }


def decode_document(value: Mapping[str, Any], text: str) -> Document:
    return Document(
        title=value["title"],
        text=text,
        url=value["url"],
        published=_decode_date(value["published"]),
        credit=_decode_credit(value["credit"]),
        publisher=value["publisher"],
        document_number=value["document_number"],
        valid_until=_decode_date(value["valid_until"]),
        site=value["site"],
        attachments=tuple(_decode_attachment(one) for one in value["attachments"]),
        parts=tuple(Part(one["start"], Origin(**one["origin"])) for one in value.get("parts", ())),
    )


def encode_change(change: FieldChange) -> Json:
    return {
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "quote": change.quote,
        "subject": change.subject,
        "kind": None if change.kind is None else str(change.kind),
        "direction": None if change.direction is None else str(change.direction),
        "measure": change.measure,
    }


def decode_change(value: Mapping[str, Any]) -> FieldChange:
    """A stored change; one of an older version has the first four parts only."""
    kind, direction = value.get("kind"), value.get("direction")
    return FieldChange(
        field=value["field"],
        before=value["before"],
        after=value["after"],
        quote=value["quote"],
        subject=value.get("subject") or value["field"].partition("figure:")[2] or None,
        kind=None if kind is None else FigureKind(kind),
        direction=None if direction is None else Direction(direction),
        measure=value.get("measure"),
    )


def encode_where(where: Where) -> Json:
    """The keys of `sources.yaml`; empty parts are left out."""
    parts: Json = {
        name: list(getattr(where, name)) for name in ("regions", "types", "topics", "issuers", "sources", "figures")
    }
    words = {name: list(getattr(where.keywords, name)) for name in ("any", "all", "none")}
    parts["keywords"] = {name: found for name, found in words.items() if found}
    parts["deadlines"] = where.deadlines
    parts["changes"] = where.changes if where.changes != "any" else None
    return {name: part for name, part in parts.items() if part}


def decode_subscription(subscription_id: str, to: str, on: list[str], where: Json, deliver: str) -> Subscription:
    words = where.get("keywords", {})
    parts: Json = {name: tuple(found) if isinstance(found, list) else found for name, found in where.items()}
    parts["keywords"] = Keywords(**{name: tuple(found) for name, found in words.items()})
    kinds = tuple(EventKind(kind) for kind in on)
    return Subscription(id=subscription_id, to=to, on=kinds, where=Where(**parts), deliver=deliver)


def _encode_date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _decode_date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _decode_deadline(value: Mapping[str, Any]) -> Deadline:
    return Deadline(**{**value, "date": date.fromisoformat(value["date"]), "origin": _decode_origin(value)})


def _decode_origin(value: Mapping[str, Any]) -> Origin | None:
    """The origin of something found; readings of the first versions have none."""
    origin = value.get("origin")
    return None if origin is None else Origin(**origin)


def _decode_attachment(value: Mapping[str, Any]) -> Attachment:
    unread = value.get("unread")
    return Attachment(value["url"], value["name"], None if unread is None else Unread(**unread))


def _decode_credit(value: Mapping[str, Any]) -> Credit:
    return Credit(value["name"], tuple(value["authors"]), value["original_url"])


def _decode_number(value: int | float) -> Decimal:
    return Decimal(str(value))


def _decode_figure(value: Mapping[str, Any]) -> Figure:
    previous = value["previous"]
    return Figure(
        quote=value["quote"],
        start=value["start"],
        end=value["end"],
        kind=FigureKind(value["kind"]),
        low=_decode_number(value["low"]),
        high=_decode_number(value["high"]),
        unit=value["unit"],
        qualifier=Qualifier(value["qualifier"]),
        change=None if value["change"] is None else Direction(value["change"]),
        previous=None
        if previous is None
        else Value(_decode_number(previous["low"]), _decode_number(previous["high"]), previous["unit"]),
        subject=value["subject"],
        measure=value["measure"],
        origin=_decode_origin(value),
    )

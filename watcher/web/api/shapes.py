"""The shapes of what the API answers, in JSON Schema; a field that is not named here may come, none that is goes."""

from __future__ import annotations

from typing import Any, Final

from watcher.followups.beside import Moved
from watcher.model import AnnouncementType, Direction, FigureKind, Qualifier
from watcher.news import EventKind
from watcher.records.lifecycle import Fate
from watcher.records.sources import SourceState

Json = dict[str, Any]


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def nullable(kind: str, **more: object) -> Json:
    return {"type": [kind, "null"], **more}


def _or_null(shape: Json) -> Json:
    return {"anyOf": [shape, {"type": "null"}]}


def _object(**properties: Json) -> Json:
    """An object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _one_of(values: Any) -> Json:
    return {"type": "string", "enum": [str(one) for one in values]}


TEXT: Final[Json] = {"type": "string"}
NUMBER: Final[Json] = {"type": "number"}
WHOLE: Final[Json] = {"type": "integer"}
FLAG: Final[Json] = {"type": "boolean"}
MAY_TEXT: Final = nullable("string")
MAY_WHOLE: Final = nullable("integer")
MOMENT: Final[Json] = {"type": "string", "format": "date-time"}
MAY_MOMENT: Final = nullable("string", format="date-time")
MAY_DAY: Final = nullable("string", format="date")
DAY: Final[Json] = {"type": "string", "format": "date"}

_PLACED: Final = {"quote": TEXT, "start": WHOLE, "end": WHOLE, "origin": _or_null(ref("Origin"))}
_VALUE: Final = {"low": NUMBER, "high": NUMBER, "unit": TEXT}
_FIGURE: Final = {
    **_PLACED,
    **_VALUE,
    "kind": _one_of(FigureKind),
    "qualifier": _one_of(Qualifier),
    "change": _or_null(_one_of(Direction)),
    "previous": _or_null(_object(**_VALUE)),
    "subject": MAY_TEXT,
    "measure": MAY_WHOLE,
}
_LIFECYCLE: Final = _or_null(_object(
    state=_one_of(Fate), since=MAY_DAY, quote=MAY_TEXT, by=_or_null(_object(title=TEXT, url=TEXT, id=MAY_WHOLE)),
))  # fmt: skip
_ITEM: Final = {
    "id": WHOLE,
    "url": TEXT,
    "source": TEXT,
    "first_seen": MOMENT,
    "last_changed": MOMENT,
    "revision": WHOLE,
    "status": _one_of(("active", "withdrawn")),
    "lifecycle": _LIFECYCLE,
    "seen_at": array(_object(source=TEXT, url=TEXT, first_seen=MOMENT, gone_since=MAY_MOMENT)),
    "announcement": FLAG,
    "type": _one_of(AnnouncementType),
    "score": NUMBER,
    "reasons": array(TEXT),
    "title": MAY_TEXT,
    "published": MAY_DAY,
    "issuer": MAY_TEXT,
    "region": _or_null(_object(name=TEXT, code=TEXT)),
    "document_title": MAY_TEXT,
    "document_number": MAY_TEXT,
    "measure_count": MAY_WHOLE,
    "credit": _object(name=MAY_TEXT, authors=array(TEXT), original_url=MAY_TEXT),
    "measures": array(ref("Measure")),
    "cited_documents": array(_object(title=TEXT, measure_count=MAY_WHOLE, year=MAY_WHOLE)),
    "deadlines": array(_object(**_PLACED, date=DAY, measure=MAY_WHOLE)),
    "figures": array(ref("Figure")),
    "topics": array(TEXT),
    "valid_until": MAY_DAY,
    "attachments": array(_object(name=TEXT, url=TEXT, unread=_or_null(_object(code=TEXT, message=TEXT)))),
}
_HEAD: Final = {"id": WHOLE, "title": MAY_TEXT, "issuer": MAY_TEXT, "published": MAY_DAY}


def _pair(shape: Json, **more: Json) -> Json:
    return _object(change=_one_of(Moved), before=_or_null(shape), after=_or_null(shape), **more)


SHAPES: Final[dict[str, Json]] = {
    "Problem": _object(type=TEXT, title=TEXT, status=WHOLE, detail=TEXT),
    "Origin": _object(file=MAY_TEXT, url=MAY_TEXT, page=MAY_WHOLE),
    "Figure": _object(**_FIGURE),
    "FigureOf": _object(announcement=_object(**_HEAD, region=MAY_TEXT, url=TEXT), number=WHOLE, **_FIGURE),
    "Measure": _object(number=WHOLE, heading=TEXT, start=WHOLE, end=WHOLE, origin=_or_null(ref("Origin"))),
    "Item": _object(**_ITEM),
    "Announcement": _object(
        **_ITEM,
        text=TEXT,
        revisions=array(_object(number=WHOLE, seen_at=MOMENT, reread_at=MAY_MOMENT, changes=array({"type": "object"}))),
        feedback=array({"type": "object"}),
        withdrawals=array(_object(kind=TEXT, at=MOMENT)),
        cites=array(ref("Link")),
        cited_by=array(ref("Link")),
    ),
    "Link": _object(**_HEAD, relation=TEXT),
    "Source": _object(
        id=TEXT, name=TEXT, url=TEXT, enabled=FLAG, state=_one_of(SourceState), since=MAY_MOMENT,
        problem=_or_null(_object(code=TEXT, message=TEXT, hint=MAY_TEXT)), failures=WHOLE, retry_at=MAY_MOMENT,
        last_checked=MAY_MOMENT, last_ok=MAY_MOMENT, entries=WHOLE, conditional=FLAG,
    ),
    "Delivery": _object(
        id=WHOLE, subscription=TEXT, kind=_one_of(EventKind), announcement=MAY_WHOLE, revision=MAY_WHOLE,
        title=MAY_TEXT, status=TEXT, attempts=WHOLE, created_at=MOMENT, due_at=MOMENT, sent_at=MAY_MOMENT,
        last_error=MAY_TEXT, reason=MAY_TEXT, seen_to_accepted_s=nullable("number"),
    ),
    "Beside": _object(
        before=_object(**_HEAD), after=_object(**_HEAD), measures=array(_pair(ref("Measure"))),
        figures=array(_pair(ref("Figure"), by=nullable("number"))),
    ),
    "Series": _object(
        issuer=TEXT, kind=TEXT, subjects=array(TEXT),
        members=array(_object(
            id=MAY_WHOLE, document=FLAG, title=TEXT, published=MAY_DAY, year=MAY_WHOLE, lifecycle=_LIFECYCLE,
            measure_count=MAY_WHOLE, more_measures=MAY_WHOLE, figures=array(ref("Figure")), reports=array(WHOLE),
            cited_by=array(WHOLE), change=_or_null(ref("Beside")),
        )),
    ),
}  # fmt: skip

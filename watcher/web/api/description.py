"""The API described in OpenAPI 3.1, by hand: tests ask for all that is said here, and hold the answers to it."""

from __future__ import annotations

from typing import Any, Final

from watcher import __version__, choosing
from watcher.model import FigureKind
from watcher.web.api.shapes import SHAPES, array, nullable, ref
from watcher.web.asked import FLAGS

Json = dict[str, Any]


def description(base: str) -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "watcher",
            "version": __version__,
            "description": "What `watcher list`, `show`, `sources`, `deliveries`, `compare` and `series` print with "
            "--json. An answer has an ETag: ask again with If-None-Match.",
        },
        "servers": [{"url": base}],
        "paths": {path: {"get": operation} for path, operation in _paths().items()},
        "components": {"schemas": SHAPES, "responses": _RESPONSES},
    }


def _paths() -> dict[str, Json]:
    return {
        "/api/v1/announcements": _operation("Announcements, newest first", _page("Item"), *_FILTERS, *_PAGING),
        "/api/v1/announcements/{id}": _operation(
            "One announcement with its text and revisions", ref("Announcement"), _ID, _number("revision"), missing=True
        ),
        "/api/v1/figures": _operation(
            "The figures of the announcements of a list; `limit` counts announcements",
            _page("FigureOf"), _many("kind", list(FigureKind)), *_FILTERS, *_PAGING,
        ),
        "/api/v1/sources": _operation("Sources with their health", _page("Source")),
        "/api/v1/deliveries": _operation(
            "What was sent, waits or failed, newest first",
            _page("Delivery"), _text("status", enum=list(choosing.DELIVERY_STATUSES)), _LIMIT, _number("after"),
        ),
        "/api/v1/compare": _operation(
            "Two announcements side by side", ref("Beside"), _number("a", required=True), _number("b", required=True),
            missing=True,
        ),
        "/api/v1/series": _operation(
            "A body's measures over the years",
            _page("Series"), _text("issuer", required=True, pattern=_WORDS, maxLength=60), _region(),
        ),
    }  # fmt: skip


def parameters_of(path: str) -> tuple[str, ...]:
    """The names of what may stand in the query of this address."""
    return tuple(one["name"] for one in _paths()[path]["parameters"] if one["in"] == "query")


def _operation(summary: str, answer: Json, *parameters: Json, missing: bool = False) -> Json:
    return {
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {
                "description": "As asked",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": answer}},
            },
            "304": {"description": "As before (If-None-Match)"},
            "400": {"$ref": "#/components/responses/Problem"},
            "401": {"description": "The token is needed"},
            **({"404": {"$ref": "#/components/responses/Problem"}} if missing else {}),
        },
    }


def _page(name: str) -> Json:
    properties = {"items": array(ref(name)), "next": nullable("string")}
    return {"type": "object", "properties": properties, "required": ["items", "next"]}


def _parameter(name: str, schema: Json, *, required: bool = False, **more: object) -> Json:
    return {"name": name, "in": "query", "required": required, "schema": schema, **more}


def _text(name: str, *, required: bool = False, **schema: object) -> Json:
    return _parameter(name, {"type": "string", **schema}, required=required)


def _number(name: str, *, required: bool = False, **schema: object) -> Json:
    bounds = {"minimum": 1, "maximum": 2**31 - 1}
    return _parameter(name, {"type": "integer", **bounds, **schema}, required=required)


def _many(name: str, values: list[Any] | None = None, pattern: str = "^[a-z0-9-]{1,100}$") -> Json:
    items: Json = {"type": "string", "enum": values} if values else {"type": "string", "pattern": pattern}
    return _parameter(name, array(items), explode=True)


def _region() -> Json:
    return _text("region", pattern=_REGION)


_REGION: Final = r"^([0-9]{2}|[0-9]{4}|[0-9]{6})$"
_ID: Final = {
    "name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}  # fmt: skip
_FLAG: Final = {"type": "string", "enum": [one for one in FLAGS if one]}
# Days as a calendar has them, but for 29 February.
_DAY: Final = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
# Without blanks around, those that Python knows and JavaScript does not among them.
_WORDS: Final = r"^[^\s\x1c-\x1f\x85]([\s\S]*[^\s\x1c-\x1f\x85])?$"
_FILTERS: Final = (
    _text("query", pattern=_WORDS, maxLength=200, description="Words, at least one of a letter or a digit"),
    _many("region", pattern=_REGION),
    _many("type", list(choosing.TYPES)),
    _many("source"),
    _text("since", pattern=rf"^([0-9]{{1,5}}[hdw]|[0-9]{{1,3}}y|(19|20)[0-9]{{2}}-{_DAY})$"),
    _parameter("changed", _FLAG),
    _parameter("near_misses", _FLAG),
)
_LIMIT: Final = _number("limit", maximum=100, default=20)
_PAGING: Final = (_LIMIT, _text("after", pattern=r"^[0-9]{1,16}_(20[0-2][0-9]-0[1-9]-0[1-9])?_[1-9][0-9]{0,8}$"))
_RESPONSES: Final = {
    "Problem": {
        "description": "What was wrong (RFC 9457)",
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
}

"""Each kind of message once, by which templates are tried before the first alert needs them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from watcher.match import DELIVERY_EVENTS, SOURCE_EVENTS
from watcher.news import EventKind, Message
from watcher.render.forms import Templates
from watcher.render.message import render_event
from watcher.settings import Language

_NOW: Final = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_ADDRESS: Final = "https://bureau.example/1.html"
_FIGURE: Final = {
    "kind": "duration", "quote": "由30个工作日压减到20个工作日", "low": 20, "high": 20, "unit": "workday",
    "previous": {"low": 30, "high": 30, "unit": "workday"}, "subject": "审批时限",
    "origin": {"file": "附件.pdf", "url": _ADDRESS, "page": 2},
}  # fmt: skip
_ANNOUNCEMENT: Final[dict[str, Any]] = {
    "id": 1, "revision": 1, "url": _ADDRESS, "item_url": _ADDRESS, "title": "某市出台十条措施", "issuer": "某市局",
    "region": {"name": "某市", "code": "370700"}, "published": "2026-03-09", "type": "measures_news",
    "measure_count": 10, "figures": [_FIGURE] * 9, "changes": [],
    "measures": [{"number": number, "heading": "压缩审批时限"} for number in range(1, 11)],
    "deadlines": [{"date": "2026-06-30", "quote": "6月底前", "task": "提交申请"}],
    "attachments": [{"name": "附件.pdf", "url": _ADDRESS, "unread": {"code": "needs_ocr"}}],
    "unreadable": [{"source": "a", "title": "某栏目", "since": _NOW.isoformat()}], "unsubscribe_url": _ADDRESS,
}  # fmt: skip
_CHANGE: Final = {"field": "valid_until", "before": "2026-12-31", "after": "2028-12-31", "quote": "有效期至2028年"}
_SOURCE: Final = {
    "url": _ADDRESS, "title": "某栏目", "since": _NOW.isoformat(), "until": _NOW.isoformat(), "failures": 3,
    "problem": {"code": "http_412"}, "was": {"code": "http_412"}, "figures": [], "changes": [],
}  # fmt: skip
_OUTAGE: Final = {
    "title": "ops-mail", "subscriptions": ["ops-mail"], "channel": "mailto://smtp.example", "error": "refused",
    "since": _NOW.isoformat(), "until": _NOW.isoformat(), "paused": True, "figures": [], "changes": [],
}  # fmt: skip
_DUE: Final = {"date": "2026-06-30", "days_left": 14, "tasks": ["提交申请"], "sentences": ["6月底前提交申请。"]}


def try_templates(templates: Templates) -> Iterator[Message]:
    """The messages of each kind in each language.

    Raises:
        TemplateError: what is wrong with the first that cannot be rendered.
    """
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        for event in _events():
            reason = None if event["kind"] == "digest" else "关键词 环评"
            yield render_event(
                event, language=language, key="", reason=reason, timezone="UTC", now=_NOW, templates=templates
            )


def _events() -> Iterator[dict[str, Any]]:
    changed = {**_ANNOUNCEMENT, "kind": "changed", "changes": [_CHANGE]}
    for kind in EventKind:
        about = _SOURCE if kind in SOURCE_EVENTS else _OUTAGE if kind in DELIVERY_EVENTS else _ANNOUNCEMENT
        more = {"deadline": _DUE} if kind is EventKind.DEADLINE else {}
        yield {**about, **more, "kind": str(kind), "items": []}
    yield {**changed, "items": [changed] * 60, "id": None, "url": None}
    yield {"kind": "digest", "items": [_ANNOUNCEMENT | {"kind": "new"}, changed, {**_SOURCE, "kind": "source_trouble"}]}

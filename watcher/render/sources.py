"""How a source is, for programs: the JSON of `watcher sources list` and of the API. Pure."""

from __future__ import annotations

from datetime import datetime

from watcher.health.level import usual
from watcher.health.replaced import standing
from watcher.records.sources import Health, SourceRecord
from watcher.records.usual import Lost, Replaced
from watcher.settings import Source


def source_json(source: Source, record: SourceRecord | None) -> dict[str, object]:
    """A configured source with its health; `record` None for one that was never read."""
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "enabled": source.enabled,
        **health_json(record),
    }


def health_json(record: SourceRecord | None) -> dict[str, object]:
    """`record` None for a source that was never read."""
    health = record.health if record else Health()
    problem = health.problem
    return {
        "state": health.state.value,
        "since": _text(health.since),
        "problem": problem and {"code": problem.code, "message": problem.message, "hint": problem.hint},
        "failures": health.failures,
        "retry_at": _text(health.retry_at),
        "last_checked": _text(health.last_checked),
        "last_ok": _text(health.last_ok),
        "entries": record.entries if record else 0,
        "usual_entries": usual(record.usual.entries) if record else None,
        "gap": record.gap and {"since": _text(record.gap.since), "url": record.gap.url} if record else None,
        "missed": _missed(record.usual.lost) if record else None,
        "replaced": [_replaced(one) for one in standing(record.usual.replaced)] if record else [],
        "conditional": not (record and record.usual.trust.caught),
    }


def _missed(lost: Lost | None) -> dict[str, object] | None:
    if lost is None:
        return None
    return {"since": _text(lost.since), "until": _text(lost.until), "why": lost.why}


def _replaced(one: Replaced) -> dict[str, object]:
    why = {"code": one.problem.code, "message": one.problem.message}
    return {"title": one.title, "url": one.url, "since": _text(one.since), "why": why}


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

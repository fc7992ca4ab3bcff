"""What is usual for a source, as the JSON of one column: of a fixed size, written with the row in each pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from watcher.records.problem import Problem
from watcher.records.usual import Away, Level, Lost, Pursuit, Replaced, Rhythm, Trust, Unopened, Usual


def encode(usual: Usual) -> dict[str, Any]:
    return {
        "entries": _level(usual.entries),
        "seconds": _level(usual.seconds),
        "rhythm": {
            "last": _text(usual.rhythm.last),
            "pauses": usual.rhythm.pauses,
            "longest_s": round(usual.rhythm.longest.total_seconds()),
        },
        "trust": {"passes": usual.trust.passes, "caught": usual.trust.caught},
        "unopened": _unopened(usual.unopened),
        "title": usual.title,
        "kinds": list(usual.kinds),
        "doubted_since": _text(usual.doubted_since),
        "astray_since": _text(usual.astray_since),
        "lost": _lost(usual.lost),
        "away": _away(usual.away),
        "replaced": [_replaced(one) for one in usual.replaced],
        "pursuit": _pursuit(usual.pursuit),
    }


def decode(found: Mapping[str, Any]) -> Usual:
    """What `encode` wrote; nothing is usual where nothing was."""
    if not found:
        return Usual()
    rhythm, trust = found["rhythm"], found["trust"]
    return Usual(
        entries=_as_level(found["entries"]),
        seconds=_as_level(found["seconds"]),
        rhythm=Rhythm(_moment(rhythm["last"]), rhythm["pauses"], timedelta(seconds=rhythm["longest_s"])),
        trust=Trust(trust["passes"], trust["caught"]),
        unopened=_as_unopened(found.get("unopened")),
        title=found["title"],
        kinds=tuple(found["kinds"]),
        doubted_since=_moment(found["doubted_since"]),
        astray_since=_moment(found.get("astray_since")),  # unknown to the first versions
        lost=_as_lost(found.get("lost")),
        away=_as_away(found.get("away")),
        replaced=tuple(map(_as_replaced, found.get("replaced", ()))),
        pursuit=_as_pursuit(found.get("pursuit")),
    )


def _pursuit(left: Pursuit | None) -> dict[str, Any] | None:
    return {"since": _text(left.since), "url": left.url, "dated_anew": left.dated_anew} if left else None


def _as_pursuit(found: Mapping[str, Any] | None) -> Pursuit | None:
    """Rows of earlier versions hold none."""
    return Pursuit(datetime.fromisoformat(found["since"]), found["url"], found["dated_anew"]) if found else None


def _level(level: Level) -> dict[str, Any]:
    return {"recent": list(level.recent), "off": level.off, "off_since": _text(level.off_since)}


def _as_level(found: Mapping[str, Any]) -> Level:
    return Level(tuple(found["recent"]), found["off"], _moment(found["off_since"]))


def _unopened(unopened: Unopened) -> dict[str, Any]:
    return {"entries": unopened.entries, "passes": unopened.passes, "problem": _said(unopened.problem)}


def _as_unopened(found: Mapping[str, Any] | None) -> Unopened:
    """Rows of earlier versions hold none."""
    if not found or not found["problem"]:
        return Unopened()
    return Unopened(found["entries"], found["passes"], Problem(*found["problem"]))


def _said(problem: Problem | None) -> list[str | None] | None:
    return [problem.code, problem.message, problem.hint] if problem else None


def _away(away: Away) -> dict[str, Any] | None:
    if not away.articles:
        return None
    counts = {"articles": away.articles, "stood": away.stood, "passes": away.passes, "problem": _said(away.problem)}
    return counts | {"since": _text(away.since), "last": _text(away.last), "tried": _text(away.tried)}


def _as_away(found: Mapping[str, Any] | None) -> Away:
    """Rows of earlier versions hold none."""
    if not found:
        return Away()
    since, last, tried = (_moment(found[name]) for name in ("since", "last", "tried"))
    problem = Problem(*found["problem"]) if found["problem"] else None
    return Away(found["articles"], found["stood"], found["passes"], since, last, tried, problem)


def _replaced(one: Replaced) -> dict[str, Any]:
    what = {"key": one.key, "title": one.title, "url": one.url, "problem": _said(one.problem)}
    return what | {"since": _text(one.since), "tries": one.tries, "told": _text(one.told)}


def _as_replaced(found: Mapping[str, Any]) -> Replaced:
    problem, since, told = Problem(*found["problem"]), datetime.fromisoformat(found["since"]), _moment(found["told"])
    return Replaced(found["key"], found["title"], found["url"], problem, since, found["tries"], told)


def _lost(lost: Lost | None) -> dict[str, Any] | None:
    if lost is None:
        return None
    return {"since": _text(lost.since), "until": _text(lost.until), "why": lost.why, "told": _text(lost.told)}


def _as_lost(found: Mapping[str, Any] | None) -> Lost | None:
    """Rows of earlier versions hold none."""
    if not found:
        return None
    since, until = datetime.fromisoformat(found["since"]), datetime.fromisoformat(found["until"])
    return Lost(since, until, found["why"], _moment(found["told"]))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

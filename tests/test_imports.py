"""The pure modules know no network, disk, clock or chance: the rule that keeps the middle of the product testable."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "watcher"
PURE = (
    "account.py",
    "addresses.py",
    "alarms.py",
    "archive/names.py",
    "audit.py",
    "change",
    "choosing.py",
    "clocks.py",
    "codec.py",
    "completing.py",
    "conditions.py",
    "deadlines/due.py",
    "deadlines/hours.py",
    "deadlines/reminders.py",
    "decide.py",
    "detect",
    "errors.py",
    "events.py",
    "extract",
    "files.py",
    "followups",
    "health",
    "identity/likeness.py",
    "identity/relation.py",
    "identity/resembling.py",
    "importance.py",
    "inert.py",
    "jobs/due.py",
    "lane.py",
    "lifecycle/absence.py",
    "lifecycle/lapse.py",
    "lifecycle/lifespan.py",
    "lifecycle/statements.py",
    "listing",
    "match.py",
    "model.py",
    "news.py",
    "pacing.py",
    "periods.py",
    "preview.py",
    "query.py",
    "read",
    "readdressed.py",
    "reading.py",
    "reasons.py",
    "recheck.py",
    "recipients.py",
    "records",
    "render",
    "reread/rereading.py",
    "rests.py",
    "rows.py",
    "sanity.py",
    "settings.py",
    "silence.py",
    "stamps.py",
    "store/table_names.py",
    "summing.py",
    "telling.py",
    "upkeep/manifest.py",
)
SIDE_EFFECTS = {
    "apprise", "apscheduler", "asyncio", "httpx", "logging", "os", "pathlib", "random", "requests", "shutil", "smtplib",
    "socket", "sqlalchemy", "sqlmodel", "subprocess", "tempfile", "time", "urllib.request",
}  # fmt: skip


def pure_files() -> list[Path]:
    roots = [PACKAGE / name for name in PURE]
    return sorted(file for root in roots for file in ([root] if root.suffix else root.rglob("*.py")) if file.exists())


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def side_effects(source: str) -> set[str]:
    names = set(imported(ast.parse(source)))
    return {name for name in names if name in SIDE_EFFECTS or name.split(".")[0] in SIDE_EFFECTS}


@pytest.mark.parametrize("file", pure_files(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_pure_modules_import_nothing_that_does_io(file: Path) -> None:
    assert side_effects(file.read_text("utf-8")) == set()


def test_a_planted_import_is_caught() -> None:
    assert side_effects("def f():\n    import httpx\n    from os import path\n") == {"httpx", "os"}

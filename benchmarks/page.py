"""`docs/benchmarks.md`: each table stands between a pair of marks; the words round it stay."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def put(part: str, table: str, page: Path = PAGE) -> None:
    """Replace what stands between the marks of `part` in the page."""
    begin, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    text, count = pattern.subn(lambda _: f"{begin}\n{table}\n{end}", page.read_text("utf-8"))
    if count != 1:
        raise ValueError(f"{page}: the marks of {part} stand there {count} times")
    page.write_text(text, "utf-8")


def circumstances(command: str, libraries: Sequence[str]) -> str:
    """The line under a table: how, when, on what, with which libraries (as `lxml 6.1.3`)."""
    machine = f"{os.cpu_count()} cores, {_processor()}, Linux {platform.release()}, Python {platform.python_version()}"
    return f"`{command}`, {datetime.now(UTC).date().isoformat()}; {machine}; {', '.join(libraries)}."


def _processor() -> str:
    """The processor's name as the system tells it."""
    try:
        told = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        told = None
    return told[1] if told else platform.machine()

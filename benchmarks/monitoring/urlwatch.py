"""urlwatch: one process a pass, over the jobs of a file, text compared with that of its last pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from benchmarks import processes
from benchmarks.environments import python_of
from benchmarks.monitoring.target import Target

REQUIREMENTS: Final = Path(__file__).with_name("requirements-urlwatch.txt")
_AT_MOST_S: Final = 900


class Urlwatch:
    """Its files in a folder, and its passes. Raises UnavailableError where it cannot be installed."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._folder, python = folder, python_of(REQUIREMENTS)
        folder.mkdir()
        jobs = [f"name: column {one}\nurl: {target.url(one)}\nfilter: [html2text]\n" for one in range(target.columns)]
        (folder / "urls.yaml").write_text("---\n".join(jobs), "utf-8")
        report = {
            "display": {"new": False, "error": True, "unchanged": False},
            "report": {
                "stdout": {"enabled": False},
                "slack": {"enabled": True, "webhook_url": target.sink("urlwatch", "http")},
            },
        }
        (folder / "urlwatch.yaml").write_text(json.dumps(report), "utf-8")  # JSON is YAML
        files = [f"--urls={folder}/urls.yaml", f"--config={folder}/urlwatch.yaml"]
        files += [f"--hooks={folder}/hooks.py", f"--cache={folder}/cache.db"]
        self.environment = {"HOME": str(folder), "PYTHONPATH": ""}
        self.command = [str(python.with_name("urlwatch")), *files]

    def make_pass(self) -> processes.Spent:
        """A pass over all jobs, its process from start to end."""
        out = self._folder / "out.txt"
        spent, status = processes.run(self.command, out, at_most_s=_AT_MOST_S, environment=self.environment)
        if status != 0:
            raise SystemExit(f"urlwatch ended with {status}: {out.read_text('utf-8')[-300:]}")
        return spent

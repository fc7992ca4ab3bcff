"""The commands of warcio, run as a user runs them: what another archive makes of our files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def index(
    *files: Path, fields: str = "offset,length,warc-type,warc-target-uri,warc-payload-digest"
) -> list[dict[str, str]]:
    """`warcio index`: one object a record."""
    return [json.loads(line) for line in _run("index", "--fields", fields, *map(str, files)).splitlines()]


def check(*files: Path) -> str:
    """`warcio check`: what it complains of, nothing where all digests are right."""
    return _run("check", *map(str, files))


def _run(*arguments: str) -> str:
    command = [sys.executable, "-c", "from warcio.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr

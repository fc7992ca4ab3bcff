"""Environments of their own for what the product is measured beside, made when they are first asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = ROOT / ".venv-bench"


class UnavailableError(Exception):
    """An environment that cannot be made here; the text says why."""


def python_of(requirements: Path) -> Path:
    """The Python of the environment that holds what `requirements-NAME.txt` lists, which must be complete.

    Raises:
        UnavailableError: it is not there yet and cannot be made.
    """
    folder = PEERS / requirements.stem.removeprefix("requirements-")
    python, stamp = folder / "bin" / "python", folder / ".complete"
    if not stamp.exists() or stamp.read_text("utf-8") != requirements.read_text("utf-8"):
        print(f"setting up {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps"]
        done = subprocess.run([*pip, "-r", str(requirements)], capture_output=True, text=True, check=False)
        if done.returncode:
            last = [line for line in done.stderr.splitlines() if line.startswith("ERROR")][-1:]
            raise UnavailableError(last[0] if last else "pip could not install it")
        stamp.write_text(requirements.read_text("utf-8"), "utf-8")
    return python


def environ() -> dict[str, str]:
    """The variables of a child: ours, with the product's source in reach."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

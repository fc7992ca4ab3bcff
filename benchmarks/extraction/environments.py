"""The processes that are measured: each library in an environment of its own, made when it is first asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from benchmarks.environments import ROOT, UnavailableError, environ, python_of

HERE = Path(__file__).parent
# jionlp is GPL through jiojio: alone, and only spoken to over a pipe.
OURS, HTML, GPL = "", "peers", "jionlp"
_LIST = (
    "import importlib.metadata as m, json; print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"
)


@dataclass(frozen=True, slots=True)
class Method:
    """Something to measure: its name in `worker.METHODS`, the environment it runs in, what the table calls it."""

    name: str
    environment: str
    label: str


class Worker:
    """One running `worker.py`."""

    def __init__(self, environment: str) -> None:
        python = sys.executable if environment == OURS else str(_python_of(environment))
        self._process = subprocess.Popen(
            [python, str(HERE / "worker.py")],
            cwd=ROOT,
            env=environ(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def measure(self, method: str, path: Path) -> float:
        """CPU milliseconds of one run.

        Raises:
            UnavailableError: the library failed on the page, or died.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"method": method, "path": str(path)}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"failed": "the process ended"}')
        if "failed" in answer:
            raise UnavailableError(answer["failed"])
        return float(answer["ms"])

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()


def versions(environment: str) -> dict[str, str]:
    """The installed distributions of an environment, by name in lower case."""
    python = sys.executable if environment == OURS else str(_python_of(environment))
    out = subprocess.run([python, "-c", _LIST], check=True, capture_output=True, text=True, env=environ())
    found: dict[str, str] = json.loads(out.stdout)
    return found


def _python_of(environment: str) -> Path:
    return python_of(HERE / f"requirements-{environment}.txt")

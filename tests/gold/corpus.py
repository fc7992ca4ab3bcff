"""The whole of `watcher extract` over a folder of labelled documents.

`python -m tests.gold.corpus FOLDER` prints every miss, the figures and the fingerprint that `test_floors` pins.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.gold.scoring import Json, Sheet, score
from watcher.errors import ReadError
from watcher.extract import extract
from watcher.read import read_document
from watcher.render.contract import contract_line, error_line


@cache
def lines(folder: Path) -> tuple[tuple[Json, Json], ...]:
    """Each label of `folder` with the line that `watcher extract --json` prints for its page."""
    labels = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return tuple((label, _line(folder / label["input"])) for label in labels)


def _line(page: Path) -> Json:
    try:
        document = read_document(page.read_bytes(), name=page.name)
    except ReadError as exc:
        return error_line(page.name, exc.code, str(exc))
    printed = json.dumps(contract_line(page.name, extract(document)))
    return json.loads(printed)  # type: ignore[no-any-return]


def score_folder(folder: Path) -> Sheet:
    """The marks of all documents of `folder` together."""
    total = Sheet()
    for label, line in lines(folder):
        total.add(score(label, line))
    return total


def fingerprint(folder: Path) -> str:
    """A hash over the names and bytes of the pages and labels of `folder`."""
    digest = sha256()
    for path in sorted(folder.iterdir()):
        digest.update(f"{path.name} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    marks = score_folder(Path(sys.argv[1]))
    print(*marks.misses, sep="\n")
    for metric, tally in marks.tallies.items():
        print(f"{metric:10} {tally.f1:.4f}  right {tally.right:g} expected {tally.expected} found {tally.found}")
    print(f"{'corpus':10} {fingerprint(Path(sys.argv[1]))}")

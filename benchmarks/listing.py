"""`python -m benchmarks.listing`: what `listing: auto` makes of saved pages, by what their manifest says is true."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks import page
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.listing.addresses import resolve
from watcher.model import Link, Page

# Saved pages of real sites are not ours to give away: they lie beside the checkout, or where this names.
SAVED: Final = Path(os.environ.get("WATCHER_SAVED_PAGES") or Path(__file__).parents[2] / "shared" / "pages")
_SAVED_AT: Final = datetime(2026, 11, 21, tzinfo=UTC)
# Some manifests guess an address; a page without one hangs on an address of our own.
_SOMEWHERE: Final = "http://www.example.gov.cn/a/b/"

_NUMBERS: Final = ("true", "found", "recall", "precision", "pages")

Entry = tuple[str, str, str]
"""Title without blanks, address, day."""


@dataclass(frozen=True, slots=True)
class Score:
    """One list page: its true entries, those found, and how many of these are true in title, address and day."""

    name: str
    family: str
    mechanism: str
    true: int
    found: int
    right: int

    @property
    def row(self) -> str:
        recall, precision = self.right / self.true, self.right / self.found if self.found else 0.0
        numbers = f"{self.true} | {self.found} | {recall:.3f} | {precision:.3f}"
        return f"| {self.name} | {self.family} | {self.mechanism} | {numbers} |"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.listing", description=__doc__)
    options.add_argument("--pages", type=Path, default=SAVED, help="folder of saved pages with their manifest.jsonl")
    options.add_argument("--write", action="store_true", help=f"put the tables into {page.PAGE.name}")
    given = options.parse_args()
    records = [json.loads(line) for line in (given.pages / "manifest.jsonl").read_text("utf-8").splitlines()]
    libraries = [f"lxml {version('lxml')}", f"beautifulsoup4 {version('beautifulsoup4')}"]
    tables = {
        "lists": _table("page | family | mechanism | true | found | recall | precision", _lists(given.pages, records)),
        "pages without a list": _table("kind of page | said of it | pages", _others(given.pages, records)),
        "listing circumstances": page.circumstances("python -m benchmarks.listing", libraries),
    }
    for name, table in tables.items():
        print(f"\n## {name}\n{table}")
        if given.write:
            page.put(name, table)


def _table(head: str, rows: Iterator[str]) -> str:
    sides = [
        "--:" if name in ("true", "found", "recall", "precision", "pages") else "---" for name in head.split(" | ")
    ]
    return "\n".join([f"| {head} |", f"|{'|'.join(sides)}|", *rows])


def _lists(folder: Path, records: list[dict[str, Any]]) -> Iterator[str]:
    scores = [_score(saved(folder, record), record) for record in records if record.get("entries_true")]
    yield from (score.row for score in scores)
    true, found, right = (sum(getattr(score, part) for score in scores) for part in ("true", "found", "right"))
    yield Score("**all**", "", "", true, found, right).row


def _score(saved_page: Page, record: dict[str, Any]) -> Score:
    found = outcome(saved_page)
    links = () if isinstance(found, str) else found[1]
    wanted = true_entries(saved_page, record)
    right = len({entry_of(link) for link in links} & wanted)
    mechanism = found if isinstance(found, str) else found[0]
    return Score(record["file"], record["cms"].partition(" (")[0], mechanism, len(wanted), len(links), right)


def _others(folder: Path, records: list[dict[str, Any]]) -> Iterator[str]:
    """What is said of pages that hold no list: of articles, lists that a script fills, bot checks."""
    said: Counter[tuple[str, str]] = Counter()
    for record in records:
        if record.get("entries_true") or not record["file"].endswith(".html"):
            continue
        found = outcome(saved(folder, record))
        kind = "list filled by a script" if record["kind"] == "list" else record["kind"]
        said[kind, found if isinstance(found, str) else f"read as a list ({found[0]})"] += 1
    yield from (f"| {kind} | `{answer}` | {count} |" for (kind, answer), count in sorted(said.items()))


def saved(folder: Path, record: dict[str, Any]) -> Page:
    """The page of a manifest's record, as if fetched."""
    url = (record.get("url") or _SOMEWHERE).removesuffix(" (inferred)")
    body = (folder / record["file"]).read_bytes()
    return Page(url, url, 200, body, _SAVED_AT, "text/html", record.get("encoding_declared"))


def outcome(saved_page: Page) -> tuple[str, tuple[Link, ...]] | str:
    """Mechanism and entries, or the code of the error."""
    try:
        listing = read_listing(saved_page, "auto")
    except ReadError as error:
        return error.code
    return listing.mechanism, listing.links


def true_entries(saved_page: Page, record: dict[str, Any]) -> set[Entry]:
    return {
        (bare(entry["title"]), resolve(saved_page.url, entry["href"]) or "", entry["date"].replace("/", "-"))
        for entry in record["entries_true"]
    }


def entry_of(link: Link) -> Entry:
    return bare(link.title), link.url, str(link.published)


def bare(text: str) -> str:
    """Blanks say nothing of a title: sites set them anywhere."""
    return "".join(text.split())


if __name__ == "__main__":
    main()

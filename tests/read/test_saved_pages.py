"""The saved pages of real government sites, where they lie beside the checkout, against their manifest."""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Callable

import pytest

from benchmarks.listing import SAVED as PAGES
from watcher.errors import ReadError
from watcher.model import Document
from watcher.read import read_document
from watcher.read.clean import clean
from watcher.read.dates import find_date

Truth = dict[str, str | None]

pytestmark = pytest.mark.skipif(
    not (PAGES / "manifest.jsonl").exists(), reason=f"no saved pages at {PAGES} (WATCHER_SAVED_PAGES)"
)


def _articles() -> list[tuple[Truth, Document | None]]:
    found: list[tuple[Truth, Document | None]] = []
    for line in (PAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        path = PAGES / truth["file"]
        if truth["kind"] == "article" and truth.get("body_first30") and path.exists():
            found.append((truth, _read(path, truth["url"])))
    return found


def _read(path: pathlib.Path, url: str | None) -> Document | None:
    try:
        return read_document(path.read_bytes(), url=url, name=path.name)
    except ReadError:
        return None


@pytest.fixture(scope="module")
def articles() -> list[tuple[Truth, Document | None]]:
    return _articles()


def _squash(text: str | None) -> str:
    return re.sub(r"\s+", "", clean(text or ""))


def _title(truth: Truth, document: Document) -> bool:
    wanted = truth["title"] or ""
    if "truncated" in wanted:  # the manifest has it from a list that cut it
        return _squash(document.title).startswith(_squash(wanted.split("...")[0]))
    return _squash(document.title) == _squash(wanted)


def _date(truth: Truth, document: Document) -> bool:
    printed = truth["date_displayed"]
    return printed is None or document.published == find_date(printed)


def _first(truth: Truth, document: Document) -> bool:
    return _squash(document.text).startswith(_squash(truth["body_first30"]))


def _last(truth: Truth, document: Document) -> bool:
    return _squash(document.text).endswith(_squash(truth["body_last30"]))


@pytest.mark.parametrize(("check", "floor"), [(_title, 0.95), (_date, 0.95), (_first, 0.90), (_last, 0.90)])
def test_share_of_pages_read_right(
    articles: list[tuple[Truth, Document | None]], check: Callable[[Truth, Document], bool], floor: float
) -> None:
    missed = [truth["file"] for truth, document in articles if document is None or not check(truth, document)]
    assert len(articles) - len(missed) >= floor * len(articles), f"missed: {missed}"


def test_page_whose_body_a_script_fills_says_so() -> None:
    with pytest.raises(ReadError) as caught:
        read_document((PAGES / "058.html").read_bytes(), name="058.html")
    assert caught.value.code == "empty"


@pytest.mark.parametrize(("name", "code"), [("130.html", "challenge"), ("131.html", "challenge")])
def test_challenges_are_told(name: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_document((PAGES / name).read_bytes(), name=name)
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "phrase"), [("134.pdf", "陕西省"), ("135.xlsx", "西安"), ("137.doc", "调升25基点")])
def test_attachments_are_read(name: str, phrase: str) -> None:
    assert phrase in read_document((PAGES / name).read_bytes(), name=name).text

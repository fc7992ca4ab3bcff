"""`watcher db` as a user runs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Installation
from tests.conftest import KINDS


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)


def test_a_copied_database_shows_the_same_and_goes_on_where_the_first_was(watched: Installation, target: str) -> None:
    watched.run("check")
    copied = watched.run("db", "copy", "--to", target)
    assert copied.status == 0, copied.err
    assert re.search(r"^  announcements +2$", copied.out, re.MULTILINE)
    assert re.search(r"^\d+ rows of 23 tables, 2 announcements: read back, and the same\.", copied.out, re.MULTILINE)
    there = ("--database-url", target)
    listed = watched.run("list", "--json")
    assert len(listed.json()) > 0
    assert watched.run(*there, "list", "--json").json() == listed.json()
    assert "list unchanged" in watched.run(*there, "check").out  # what the site last answered came along
    assert watched.run(*there, "archive", "verify").status == 0
    refused = watched.run("db", "copy", "--to", target)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("watcher: the target is not empty: its table ")


def test_a_copy_says_when_a_service_is_at_work(watched: Installation, tmp_path: Path) -> None:
    watched.run("check")
    (watched.folder / "state" / "alive").touch()
    copied = watched.run("db", "copy", "--to", f"sqlite:///{tmp_path}/other.db")
    assert copied.out.startswith("! A service is at work")
    assert copied.status == 0


def test_without_a_database_there_is_nothing_to_copy(installation: Installation, tmp_path: Path) -> None:
    done = installation.run("db", "copy", "--to", f"sqlite:///{tmp_path}/other.db")
    assert done.out.startswith("Nothing yet: there is no database")
    assert not (tmp_path / "other.db").exists()

"""`watcher db` as a user runs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.engine import make_url

from tests.cli.conftest import Installation
from tests.conftest import KINDS
from tests.store.examples import source
from watcher.store import Store
from watcher.store.engine import make_engine, version_of
from watcher.store.rounds import TICK, TICK_S
from watcher.store.upgrade import configuration


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)


def test_a_copied_database_shows_the_same_and_goes_on_where_the_first_was(watched: Installation, target: str) -> None:
    watched.run("check")
    copied = watched.run("db", "copy", "--to", target)
    assert copied.status == 0, copied.err
    assert re.search(r"^  announcements +2$", copied.out, re.MULTILINE)
    assert re.search(r"^\d+ rows of 24 tables, 2 announcements: read back, and the same\.", copied.out, re.MULTILINE)
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


@pytest.mark.postgres
def test_a_copy_says_when_a_service_is_at_work_on_another_machine(
    watched: Installation, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    shared = new_database("postgresql")

    def copied(number: int) -> str:
        ran = watched.run("--database-url", shared, "db", "copy", "--to", f"sqlite:///{tmp_path}/{number}.db")
        assert ran.status == 0, ran.err
        return ran.out

    store = Store.open(shared)
    assert not copied(1).startswith("!")
    assert store.rounds.take(TICK, TICK_S)
    assert copied(2).startswith("! A service is at work")
    store.rounds.done(TICK, 7)
    assert not copied(3).startswith("!")
    store.sync_sources([source()], datetime.now(UTC))
    assert store.passes.begin([(source(), datetime.now(UTC))]) != [None]
    assert copied(4).startswith("! A service is at work")
    store.close()


@pytest.mark.parametrize("words", [["copy", "--to", "sqlite:///other.db"], ["backup"], ["check"]])
def test_without_a_database_there_is_nothing_to_do(installation: Installation, words: list[str]) -> None:
    ran = installation.run("db", *words)
    assert (ran.status, ran.out) == (1, "")
    assert re.fullmatch(r"watcher: there is no database yet; .*\n", ran.err)
    assert not list(installation.folder.iterdir())


@pytest.mark.parametrize("word", ["backup", "check"])
def test_an_empty_file_is_no_database_and_stays_empty(installation: Installation, word: str) -> None:
    (installation.folder / "state").mkdir()
    file = installation.folder / "state" / "watcher.db"
    file.touch()
    ran = installation.run("db", word)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("watcher: there is no database yet; ")
    assert file.stat().st_size == 0


def test_check_says_that_a_database_is_older_and_leaves_it_so(installation: Installation, empty: str) -> None:
    engine = make_engine(make_url(empty))
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0020")
    there = ("--database-url", empty)
    ran = installation.run(*there, "db", "check")
    assert (ran.status, ran.out) == (1, "")
    assert re.match(
        r"watcher: the database has schema 0020, this watcher \d+: any other command \(`watcher list", ran.err
    )
    with engine.connect() as connection:
        assert version_of(connection) == "0020"
    engine.dispose()
    installation.run(*there, "list")
    assert installation.run(*there, "db", "check").status == 0


def test_a_backup_is_taken_back_into_either_kind_of_database(
    watched: Installation, target: str, tmp_path: Path
) -> None:
    watched.run("check")
    made = watched.run("db", "backup")
    assert made.status == 0, made.err
    told = r"(\S+\.tar\.zst): 0\.\d MB, read back and whole: \d+ rows, 2 announcements, 1 file of evidence\n"
    found = re.fullmatch(told, made.out)
    assert found is not None, made.out
    assert Path(found[1]).parent == watched.folder / "state" / "backups"
    other = Installation(tmp_path / "other")
    other.folder.mkdir()
    (other.folder / "sources.yaml").write_bytes((watched.folder / "sources.yaml").read_bytes())
    there = () if target.startswith("sqlite") else ("--database-url", target)
    back = other.run(*there, "db", "restore", found[1])
    assert back.status == 0, back.err
    assert re.match(
        r"taken back as of 20\S+ \S+ UTC, compared and the same: \d+ rows, 2 announcements, 1 file", back.out
    )
    assert other.run(*there, "list", "--json").json() == watched.run("list", "--json").json()
    assert other.run(*there, "archive", "verify").status == 0
    again = other.run(*there, "db", "restore", found[1])
    assert (again.status, again.out) == (1, "")
    assert re.fullmatch(r"watcher: .* holds files: .*move them away\n", again.err)


def test_a_backup_without_all_its_evidence_says_so(watched: Installation) -> None:
    watched.run("check")
    (file,) = (watched.folder / "state" / "archive").iterdir()
    file.unlink()
    made = watched.run("db", "backup", "--to", str(watched.folder / "mine.tar.zst"))
    assert made.status == 1
    assert made.out.splitlines()[1].startswith(f"! {file.name}: not there, or cut short")
    assert (watched.folder / "mine.tar.zst").exists()


def test_what_is_no_backup_is_refused_in_one_line(installation: Installation) -> None:
    refused = installation.run("db", "restore", "nowhere.tar.zst")
    assert refused.err == "watcher: nowhere.tar.zst: No such file or directory; nothing was taken back\n"
    assert refused.status == 1
    assert not (installation.folder / "state" / "watcher.db").exists()


def test_check_says_what_is_wrong_a_line_each(watched: Installation) -> None:
    watched.run("check")
    whole = watched.run("db", "check")
    assert whole.out == "storage, schema, references, revisions, outbox, search, evidence: sound\n"
    assert whole.status == 0
    (file,) = (watched.folder / "state" / "archive").iterdir()
    file.unlink()
    damaged = watched.run("db", "check")
    assert damaged.status == 1
    first, last = damaged.out.splitlines()
    assert re.match(rf"✗ evidence: \S+{file.name}: No such file or directory: \d answers were in it; `watcher", first)
    assert last.endswith("evidence: 1 finding")

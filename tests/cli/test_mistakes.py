"""A mistake at the edges (numbers, encodings, files, addresses) is one line and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Installation

HUGE = str(10**22)


def one_line(failed: subprocess.CompletedProcess[bytes], status: int) -> str:
    error = failed.stderr.decode()
    assert failed.returncode == status, error
    assert len(error.splitlines()) == 1, error
    assert error.startswith("watcher: ")
    return error


def run(folder: Path, *arguments: str | bytes, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "watcher", *arguments]
    environment = {**os.environ, "WATCHER_STATE": str(folder / "state"), **environ}
    return subprocess.run(command, capture_output=True, env=environment, cwd=folder, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--limit", HUGE),
        ("show", HUGE),
        ("feedback", HUGE, "--relevant"),
        ("feedback", "1", "--wrong-figure", HUGE),
        ("deliveries", "--limit", HUGE),
        ("deliveries", "retry", HUGE),
        ("extract", "-", "--jobs", HUGE),
        ("list", "--since", "0001-01-01"),
        ("list", "--since", "9999-99-99"),
    ],
    ids=" ".join,
)
def test_a_number_out_of_bounds(arguments: tuple[str, ...], tmp_path: Path) -> None:
    one_line(run(tmp_path, *arguments), 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--limit", "0"), "--limit: expected a whole number of at least 1, got '0'"),
        (("deliveries", "--limit", "x"), "--limit: expected a whole number, got 'x'"),
        (("list", "--limit", HUGE), f"--limit: expected a whole number of at most 2147483647, got '{HUGE}'"),
        (("sources", "test", "a", "--open", "-1"), "--open: expected a whole number of at least 0, got '-1'"),
        (("run", "--engine", "x"), "--engine: expected one of apscheduler, procrastinate, got 'x'"),
    ],
)
def test_a_refused_value_is_said_with_what_was_expected(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert one_line(run(tmp_path, *arguments), 2).startswith(f"watcher: {said}; see `watcher {arguments[0]}")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("sorces", "list"), "sources"),  # list is a command too
        (("--config", "list", "chekc"), "check"),
        (("sources", "tset"), "test"),
    ],
)
def test_a_misspelt_command_is_told_what_is_like_it(arguments: tuple[str, ...], meant: str, tmp_path: Path) -> None:
    error = one_line(run(tmp_path, *arguments), 2)
    assert f"Did you mean '{meant}'" in error
    assert "? See `watcher" in error


@pytest.mark.parametrize(
    "arguments",
    [("compare", "1", "x"), ("compare", "x", "1"), ("show", "x"), ("feedback", "x"), ("deliveries", "retry", "x")],
)
def test_what_is_no_id_is_named(arguments: tuple[str, ...], tmp_path: Path) -> None:
    error = one_line(run(tmp_path, *arguments), 2)
    assert error == "watcher: 'x' is no id: expected a whole number such as 12, as the lists show them\n"


def test_words_that_are_no_utf8(watched: Installation) -> None:
    assert watched.run("check").status == 0
    assert "UTF-8" in one_line(run(watched.folder, "list", "--query", b"\xff"), 2)


def test_a_file_whose_name_is_no_utf8_is_read(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb4\xeb\xca\xa9.txt")).write_text(
            "市局出台8条措施。\n" * 9, "utf-8"
        )
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    done = run(tmp_path, "extract", b"\xb4\xeb\xca\xa9.txt", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"input": "\\udcb4' in done.stdout


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("postgresql://me:geheim@db.example:port/watcher", "expected sqlite:///FILE"),
        ("mysql://me:geheim@db.example/watcher", "expected sqlite:///FILE"),
        ("postgresql+psycopg://me:geheim@127.0.0.1:1/watcher", "127.0.0.1"),
        ("nonsense", "database: expected sqlite:///FILE"),
    ],
)
def test_a_database_that_cannot_be_used(address: str, part: str, tmp_path: Path) -> None:
    error = one_line(run(tmp_path, "--database-url", address, "list"), 1)
    assert part in error
    assert "geheim" not in error


@pytest.mark.parametrize("command", [("worker",), ("run", "--engine", "procrastinate")], ids=" ".join)
def test_work_that_cannot_be_shared(command: tuple[str, ...], watched: Installation) -> None:
    assert "needs PostgreSQL" in one_line(run(watched.folder, *command), 2)


def test_a_number_of_passes_where_nothing_limits_them(watched: Installation) -> None:
    assert "--concurrency is for the engine procrastinate" in one_line(
        run(watched.folder, "run", "--concurrency", "3"), 2
    )


@pytest.mark.parametrize("command", ["list", "doctor"])
def test_the_address_of_the_database_stands_in_a_file(command: str, watched: Installation) -> None:
    named = watched.folder / "address"
    named.write_text(f"sqlite:///{watched.folder}/elsewhere.db\n", encoding="utf-8")
    done = run(watched.folder, "check", WATCHER_DATABASE_URL_FILE=str(named))
    assert done.returncode == 0, done.stderr
    assert (watched.folder / "elsewhere.db").exists()
    shown = run(watched.folder, command, WATCHER_DATABASE_URL_FILE=str(named))
    assert shown.returncode == 0, shown.stderr
    assert b"none yet" not in shown.stdout
    assert b"no database" not in shown.stdout


@pytest.mark.parametrize("command", ["list", "check"])
def test_the_file_of_the_address_cannot_be_read(command: str, watched: Installation) -> None:
    failed = run(watched.folder, command, WATCHER_DATABASE_URL_FILE=str(watched.folder / "absent"))
    assert "WATCHER_DATABASE_URL_FILE" in one_line(failed, 2)


@pytest.mark.parametrize("command", [("sources", "test", "http://127.0.0.1:1/"), ("sources", "list"), ("check",)])
def test_a_configuration_that_is_wrong_is_said_by_every_command(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("settings: {proxi: http://10.0.0.1:3128}\n", encoding="utf-8")
    assert "sources.yaml:1: settings.proxi: unknown key" in one_line(run(tmp_path, *command), 2)


def test_an_address_can_be_tried_before_there_is_a_configuration(tmp_path: Path) -> None:
    tried = run(tmp_path, "sources", "test", "http://127.0.0.1:1/")
    assert (tried.returncode, tried.stderr) == (1, b"")
    assert b"[address_refused]" in tried.stdout


def test_a_configuration_that_cannot_be_replaced(watched: Installation) -> None:
    """A name too long for the draft beside it stands for a folder that is read-only, or a file mounted by itself."""
    file = watched.folder / ("x" * 245 + ".yaml")
    text = (watched.folder / "sources.yaml").read_text("utf-8")
    file.write_text(text, encoding="utf-8")
    failed = run(watched.folder, "--config", file.name, "sources", "remove", "demo")
    assert "not changed: File name too long; edit the file where it is kept" in one_line(failed, 2)
    assert file.read_text("utf-8") == text


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "watcher", "--state", str(tmp_path), "list"]
        failed = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert b"Traceback" not in failed.stderr

"""The benchmark of copies and backups, at a small size: what it compares is the same, and it says what each took."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.store import moves
from tests import postgres

pytestmark = pytest.mark.postgres


def test_a_backup_that_is_written_to_meanwhile_is_taken_back_as_of_one_moment(
    tmp_path: Path, postgres_server: postgres.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    moves.measure(60, tmp_path, postgres_server.make())
    size, *parts = capsys.readouterr().out.strip("| \n").split(" | ")
    assert size == "60"
    assert len(parts) == 8
    assert all(float(one.replace(",", "")) >= 0 for one in parts)

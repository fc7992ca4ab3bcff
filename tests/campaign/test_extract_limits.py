"""No document takes long, fills the memory or ends in a traceback, however it is built.

The kinds of hostile and broken documents are those of the benchmark (`benchmarks/extraction/hostile.py`).
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.extraction.hostile import BROKEN, LINEAR, REPEATED, Broken, Hostile
from benchmarks.extraction.limits import Cost, cost_of
from watcher.cli.documents import Request, Result, read_one

SHORT = 60_000
MEGABYTE = 1_000_000
# The costliest kind takes 0.6 s here; what grows with the square of the length takes minutes.
SHORT_SECONDS = 6.0


def _named(kind: Hostile | Broken) -> str:
    return kind.name


def _read(path: Path, body: bytes) -> Result:
    path.write_bytes(body)
    return read_one(Request(str(path), None, None))


@pytest.fixture(scope="module", autouse=True)
def _tables_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Patterns are compiled and tables read before any time is taken."""
    _read(tmp_path_factory.mktemp("first") / "a.txt", BROKEN[-1].make()[:100] + "市局出台3条措施".encode())


@pytest.mark.parametrize("kind", REPEATED, ids=_named)
def test_a_repeated_unit_costs_no_more_than_its_length(kind: Hostile, tmp_path: Path) -> None:
    start = time.process_time()
    result = _read(tmp_path / f"document{kind.suffix}", kind.body(SHORT))
    assert time.process_time() - start < SHORT_SECONDS
    assert result.error is None or result.error[0] in ("empty", "too_deep", "too_large")


@pytest.mark.parametrize("broken", BROKEN, ids=_named)
def test_a_broken_document_is_read_or_refused_with_its_reason(broken: Broken, tmp_path: Path) -> None:
    result = _read(tmp_path / f"document{broken.suffix}", broken.make())
    if broken.codes:
        assert result.error is not None
        assert result.error[0] in broken.codes
    else:
        assert result.extraction is not None
        assert "办理时限由30个工作日压减到20个工作日" in result.extraction.text


@pytest.mark.campaign
@pytest.mark.parametrize("size", [2 * MEGABYTE, 10 * MEGABYTE])
@pytest.mark.parametrize("kind", REPEATED, ids=_named)
def test_ten_megabytes_end_within_ten_seconds_and_500_mb(kind: Hostile, size: int, tmp_path: Path) -> None:
    cost = _cost(kind, size, tmp_path)
    assert cost.within, cost


@pytest.mark.campaign
@pytest.mark.parametrize("kind", LINEAR, ids=_named)
def test_cost_grows_in_proportion_to_length(kind: Hostile, tmp_path: Path) -> None:
    start = _cost(Hostile("start", "字"), 3, tmp_path)
    small, large = (_cost(kind, size, tmp_path) for size in (MEGABYTE, 5 * MEGABYTE))
    assert large.cpu_s - start.cpu_s < 5 * 1.5 * max(small.cpu_s - start.cpu_s, 0.2), (start, small, large)


def _cost(kind: Hostile, size: int, folder: Path) -> Cost:
    path = folder / f"document{kind.suffix}"
    path.write_bytes(kind.body(size))
    return cost_of(kind.name, path)

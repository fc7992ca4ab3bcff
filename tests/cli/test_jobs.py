"""`watcher extract --jobs`: several processes print what one would."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTICE = "市生态环境局出台{count}条措施服务企业\n2026年3月2日\n近日，市生态环境局出台措施，最高奖励{count}00万元。\n"


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_processes_print_the_documents_in_their_order_and_standard_input_among_them(jobs: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{count}.txt" for count in range(2, 12)]
    for count, path in enumerate(paths, 2):
        path.write_text(NOTICE.format(count=count), "utf-8")
    inputs = [*map(str, paths[:5]), "-", *map(str, paths[5:]), str(tmp_path / "absent.txt")]
    command = [sys.executable, "-m", "watcher", "extract", *inputs, "--json"]
    printed = [
        subprocess.run(
            [*command, "--jobs", each], input=NOTICE.format(count=20).encode(), capture_output=True, check=False
        )
        for each in ("1", jobs)
    ]
    assert printed[0].stdout == printed[1].stdout
    assert [one.returncode for one in printed] == [1, 1]
    lines = [json.loads(line) for line in printed[1].stdout.splitlines()]
    assert [line["input"] for line in lines] == inputs
    assert "最高奖励2000万元" in lines[5]["text"]

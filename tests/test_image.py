"""The container image: linted, and built from what the repository holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_dockerfile_has_no_lint() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_everything_the_image_copies_is_there() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    copied = [line.split() for line in lines if line.startswith("COPY") and "--from" not in line]
    names = [word for words in copied for word in words[1:-1] if not word.startswith("--")]
    assert {"requirements.lock", "watcher", "sources.yaml"} <= set(names)
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_locks_hold_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text

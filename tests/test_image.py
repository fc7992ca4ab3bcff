"""The container image: linted, and built from what the repository holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from watcher.schedule import DRAIN_S

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


def test_compose_takes_from_the_container_what_it_does_not_need() -> None:
    (service,) = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
    assert service["read_only"] is True
    assert (service["cap_drop"], service["tmpfs"]) == (["ALL"], ["/tmp"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["stop_grace_period"].rstrip("s")) > DRAIN_S


def test_the_check_of_the_image_is_a_script_that_can_be_read() -> None:
    """`make image-check` itself needs root, buildah and debootstrap."""
    assert subprocess.run(["bash", "-n", ROOT / "tools" / "image-check"], check=False).returncode == 0


def test_locks_hold_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text

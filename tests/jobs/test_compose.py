"""compose.scale.yaml: what it starts is started here, on a PostgreSQL of this machine, without containers."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.jobs.cluster import ROOT, Member, cluster, wait_until
from tests.sites import Site
from tests.town import Column
from watcher.cli.diagnosis import is_alive
from watcher.schedule import DRAIN_S

FILE: dict[str, Any] = yaml.safe_load((ROOT / "compose.scale.yaml").read_text("utf-8"))
OURS: dict[str, dict[str, Any]] = {name: one for name, one in FILE["services"].items() if name != "db"}


def test_every_process_is_started_again_and_granted_the_time_to_finish() -> None:
    for name, service in OURS.items():
        assert service["restart"] == "unless-stopped", name
        assert int(service["stop_grace_period"].removesuffix("s")) > DRAIN_S, name
        assert "@db/watcher" in service["environment"]["WATCHER_DATABASE_URL"], name
        assert {"archive:/app/state/archive", "backups:/app/state/backups"} <= {*service["volumes"]}, name
    assert OURS["scheduler"]["deploy"]["replicas"] == 2
    assert FILE["services"]["db"]["restart"] == "unless-stopped"


def test_no_container_of_ours_has_what_it_does_not_need() -> None:
    for name, service in OURS.items():
        assert (service["read_only"], service["tmpfs"]) == (True, ["/tmp"]), name
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"]), name


def test_the_image_lets_its_user_write_into_the_shared_folders() -> None:
    """A volume takes over the owner of the folder that the image has in its place."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "mkdir -p /app/state/archive /app/state/backups" in text
    assert "chown -R watcher:watcher /app" in text


@pytest.mark.postgres
def test_what_it_starts_works_together(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHER_WEB_TOKEN", "a-token-of-the-test")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Site() as site, cluster(tmp_path, database) as town:
        Column(site).publish(1)
        town.configure(
            "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
            f"sources: [{{id: bureau, url: '{site.url('/list/')}', every: 1h}}]\n"
        )
        for service in OURS.values():
            command = [word.replace("0.0.0.0:8080", f"0.0.0.0:{port}") for word in service["command"]]
            for _ in range(service.get("deploy", {}).get("replicas", 1)):
                town.start(*command)
        wait_until(lambda: town.ask("SELECT count(*) FROM announcements") == 1, 60)
        wait_until(lambda: answers(port), 60)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", auth=("", "a-token-of-the-test")) as page:
            assert "出台8条措施" in page.get("/").text
        wait_until(lambda: all(alive(member, tmp_path) for member in town.members), 60)
        (checked,) = (member for member in town.members if " check source=bureau" in member.text())
        assert list((tmp_path / checked.name / "archive").glob("watcher-*.*.warc.gz"))
        assert town.stop() == [0] * len(town.members)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.ConnectError:
        time.sleep(0.2)
        return False


def alive(member: Member, folder: Path) -> bool:
    """As the image's health check asks; the page has one of its own."""
    return member.name.startswith("web") or is_alive(folder / member.name).ok

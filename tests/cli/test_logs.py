"""What the service logs, as text and as JSON."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Installation
from watcher.cli.logs import JsonFormatter


def logged(installation: Installation, *options: str, **environment: str) -> list[str]:
    """The lines of a service that checked its source and was ended."""
    places = ("--config", str(installation.folder / "sources.yaml"), "--state", str(installation.folder / "state"))
    command = [sys.executable, "-m", "watcher", *places, *options, "run", "--no-web"]
    lines = []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        assert process.stderr is not None
        for line in process.stderr:
            lines.append(line)
            if "check source=demo" in line:
                time.sleep(0.2)
                process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
    return lines


@pytest.mark.parametrize("asked", [("--log-format", "json"), ()])
def test_json_is_an_object_a_line_with_the_facts_of_a_pass(watched: Installation, asked: tuple[str, ...]) -> None:
    lines = logged(watched, *asked, **({} if asked else {"WATCHER_LOG_FORMAT": "json"}))
    events = [json.loads(line) for line in lines]
    (check,) = [one for one in events if one["message"].startswith("check ")]
    assert (check["level"], check["logger"]) == ("INFO", "watcher.app")
    assert check["fields"]["source"] == "demo"
    assert check["fields"]["links"] == 3
    assert isinstance(check["fields"]["took_s"], float)
    assert check["time"].endswith("+08:00")
    assert {"started", "stopping", "stopped"} <= {one["message"].split()[0].rstrip(":") for one in events}


def test_text_is_the_default(watched: Installation) -> None:
    assert all(re.match(r"20\d\d-\d\d-\d\dT\S+\+08:00 INFO \w+", line) for line in logged(watched))


def test_another_format_is_refused(installation: Installation) -> None:
    refused = installation.run("--log-format", "xml", "run")
    assert refused.status == 2
    assert "--log-format" in refused.err
    assert "Traceback" not in refused.err


def event(message: str, *arguments: object, failed: BaseException | None = None) -> dict[str, Any]:
    info = (type(failed), failed, None) if failed else None
    record = logging.LogRecord("watcher.test", logging.ERROR, "", 0, message, arguments, info)
    found: dict[str, Any] = json.loads(JsonFormatter(ZoneInfo("Asia/Shanghai")).format(record))
    return found


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("check source=a links=3 took_s=0.5", {"source": "a", "links": 3, "took_s": 0.5}),
        ("problem=timeout message='no \\'answer\\' of x=1'", {"problem": "timeout", "message": "no 'answer' of x=1"}),
        ("page=http://a.example/?id=3&b=4 not kept", {"page": "http://a.example/?id=3&b=4"}),
        ("version=007 huge=12345678901234567890 n=-2", {"version": "007", "huge": "12345678901234567890", "n": -2}),
        ("a line\nwith another=one", {"another": "one"}),
        ("broken='open", {"broken": "'open"}),
        ("no facts = none", {}),
    ],
)
def test_the_facts_of_a_message_are_fields(message: str, fields: dict[str, object]) -> None:
    assert event("%s", message)["fields"] == fields


def test_a_traceback_is_in_the_object() -> None:
    assert event("job=%s failed", "deliver", failed=ValueError("two\nlines"))["traceback"] == "ValueError: two\nlines"

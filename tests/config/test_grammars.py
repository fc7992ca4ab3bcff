"""The small grammars: what is accepted the scheduler runs, and nothing raises but ConfigError."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.config import load
from watcher.config.cron import MONTHS, WEEKDAYS, check_cron
from watcher.config.values import parse_every, parse_keep
from watcher.errors import ConfigError

WORDS = ["sources", "settings", "subscriptions", "id", "url", "every", "to", "where", "keywords", "figures", "on"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(WORDS) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS | st.sampled_from(["${X}", "30m", "http://a.b", "json://a.b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def refusal(path: Path) -> str:
    """Return why the file is refused, "" where it is not."""
    try:
        load(str(path), state="state", database_url=None, environ={})
    except ConfigError as error:
        return str(error).replace(str(path), "sources.yaml")
    return ""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "sources.yaml"


@given(st.text(max_size=200) | st.text(alphabet="ab:- \n[]{}#&*!|>'\"%@`?,$\\0x.~<=_", max_size=120))
def test_any_text_is_a_configuration_or_a_config_error(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    assert refusal(path) == "" or refusal(path).startswith("sources.yaml")


@given(st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=3))
def test_any_shape_is_a_configuration_or_a_config_error(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")  # JSON is YAML

    assert all(line.startswith("sources.yaml:") for line in refusal(path).splitlines())


def a_field(low: int, high: int, names: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    numbers = st.integers(low - 1, high + 1).map(str)
    words = st.sampled_from(names) if names else numbers
    ranges = st.tuples(words | numbers, words | numbers).map("-".join)
    part = st.just("*") | words | numbers | ranges
    stepped = st.tuples(part, st.integers(0, 70).map(str)).map("/".join)
    return st.lists(part | stepped, min_size=1, max_size=2).map(",".join)


CRONS = st.tuples(
    a_field(0, 59), a_field(0, 23), a_field(1, 31), a_field(1, 12, MONTHS), a_field(0, 6, WEEKDAYS)
).map(" ".join)  # fmt: skip


@settings(max_examples=300)
@given(CRONS)
def test_what_is_accepted_as_cron_the_scheduler_runs(text: str) -> None:
    try:
        check_cron(text)
    except ValueError:
        return
    trigger = CronTrigger.from_crontab(text, timezone="Asia/Shanghai")
    assert trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    ["*/30 8-20 * * mon-fri", "0 9 * * *", "15,45 6 1-15 * *", "0 0 1 */3 *", "0 8 * jan-mar sat,sun", "0 0 29 2 *"],
)
def test_common_crons_are_accepted(text: str) -> None:
    assert parse_every(text).cron == text


@pytest.mark.parametrize(
    "text",
    [
        "0 9 * * 1-5",  # days by number
        "0 9 * * fri-mon",  # the scheduler refuses ranges over the end of a week
        "0 9 * * mon-fri/2",  # it would read past the step
        "0 9 * jan-6 *",  # it would read January alone
        "60 * * * *",
        "0 9 * * ?",
        "0 9 L * *",
        "0 9 0 * *",
        "0 9 31 4,6 *",
        "5/10 * * * *",
        "*/0 * * * *",
        "* * * *",
        "@daily",
        "1h30m",
        "-5m",
        "1e3s",
        "999999d",
        "٣m",
    ],
)
def test_other_intervals_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_every(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1), ("30s", 30), ("15m", 900), ("6h", 21600), ("1d", 86400), ("1.5h", 5400), (" 2 m ", 120)],
)
def test_intervals_are_read(text: str, seconds: int) -> None:
    interval = parse_every(text).interval

    assert interval is not None
    assert interval.total_seconds() == seconds


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ('quiet: "22:00-07:30"', ""),
        ('quiet: "22:00 - 07:30"', ""),
        ('quiet: "22:00-22:00"', "subscriptions[0].quiet: expected hours in which nothing is sent"),
        ("quiet: night", "subscriptions[0].quiet: expected hours in which nothing is sent"),
        ('quiet: "7:00-8:00"', "subscriptions[0].quiet: expected hours in which nothing is sent"),
        ("max_per_hour: 4", ""),
        ("max_per_hour: 0", "subscriptions[0].max_per_hour: expected"),
        ("language: en", ""),
        ("language: fr", "subscriptions[0].language: expected"),
    ],
)
def test_how_a_subscription_is_paced(path: Path, line: str, refused: str) -> None:
    path.write_text(f'subscriptions:\n  - id: ops\n    to: "json://a.b"\n    {line}\n', encoding="utf-8")

    assert (refused in refusal(path)) if refused else refusal(path) == ""


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("26w", 182), ("2y", 730), ("100y", 36_500)])
def test_how_long_logs_are_kept(text: str, days: int) -> None:
    assert parse_keep(text) == days


@pytest.mark.parametrize("value", ["89d", "101y", "99999y", "2000h", "2", 730, None, "2 years", ""])
def test_what_would_forget_too_soon_or_is_no_age_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="expected an age of 90d to 100y"):
        parse_keep(value)

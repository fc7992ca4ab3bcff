"""Moments that software writes into lists: the day is the one that it then is in China."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from watcher.listing.moments import read_epoch, read_zoned

TITLES = ["关于优化环评审批服务的通知", "某区召开排污许可座谈会", "某县为企业送上环保管家服务"]
WANT = [(f"{9001 + n}.html", title, f"2026-06-{18 - n}") for n, title in enumerate(TITLES)]


@pytest.mark.parametrize(
    "day",
    [
        "<span>2026-06-{eve}T16:00:00.000Z</span>",
        "<span>2026-06-{eve}T16:00:00+0000</span>",
        "<time datetime='2026-06-{eve}T17:30:00Z'>近日</time>",
        "<time datetime='2026-06-{eve}T16:00:00.000+00:00'></time>",
        "<span>2026-06-{day}T00:00:00+08:00</span>",
        "<time datetime='2026-06-{day}T00:00:00+08:00'></time>",
        "<time datetime='2026-06-{day}T00:10:00'></time>",
    ],
)
def test_a_moment_with_its_zone_is_of_the_day_in_china(day: str) -> None:
    rows = [
        f"<li><a href='{9001 + n}.html'>{title}</a>{day.format(eve=17 - n, day=18 - n)}</li>"
        for n, title in enumerate(TITLES)
    ]
    assert entries(f"<ul>{''.join(rows)}</ul>") == WANT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-17T16:00:00Z", "2026-06-18"),
        ("2026-06-17 16:00:00 +0000 UTC", "2026-06-18"),
        ("2026-06-18 00:10:00.25 +0800 CST", "2026-06-18"),
        ("2026-06-17T20:00:00-0500", "2026-06-18"),
        ("2026-06-31T16:00:00Z", None),
        ("2026-06-17T29:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("2026-06-17T16:00:00", None),
        ("2026-06-17", None),
    ],
)
def test_a_date_and_a_clock_with_their_zone(text: str, day: str | None) -> None:
    assert (str(found) if (found := read_zoned(text)) else None) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1781712000", "2026-06-18"),
        ("1781712000000", "2026-06-18"),
        ("1781712000.5", "2026-06-18"),
        ("/Date(1781712000000+0800)/", "2026-06-18"),
        ("20260618", None),
        ("999999999999999", None),
        ("9999999999", None),
    ],
)
def test_seconds_and_milliseconds_since_1970(text: str, day: str | None) -> None:
    assert (str(found) if (found := read_epoch(text)) else None) == day

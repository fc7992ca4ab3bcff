"""Moments that software writes into lists: the day is the one that it then is in China."""

from __future__ import annotations

import json

import pytest

from tests.listing.pages import entries, page
from watcher.listing import read_listing
from watcher.listing.moments import read_epoch, read_java, read_zoned

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
        "<meta itemprop='datePublished' content='2026-06-{eve}T16:10:00Z'>",
        "<i itemprop='datePublished' content='2026-06-{day}'></i><meta itemprop='dateModified' content='2026-06-20'>",
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("星期三, 17 六月 2026 16:00:00 GMT", "2026-06-18"),
        ("周四, 18 6月 2026 00:10:00 +0800", "2026-06-18"),
        ("星期四 六月 18 00:10:00 CST 2026", "2026-06-18"),
        ("周五 十二月 18 9:10:00 GMT+08:00 2026", "2026-12-18"),
        ("18 十一月 2026", "2026-11-18"),
        ("Wed Jun 17 16:00:00 GMT 2026", "2026-06-18"),
        ("Wed Jun 17 15:59:59 UTC 2026", "2026-06-17"),
        ("Thu Jun 18 00:10:00 CST 2026", "2026-06-18"),
        ("Thu Jun 18 00:10:00  2026", "2026-06-18"),
        ("Wed, 17 Jun 2026 16:00:00 GMT", "2026-06-18"),
        ("wednesday, 17 june 2026 16:00:00 -0500", "2026-06-18"),
        ("Wed Jun 17 22:30:00 EST 2026", None),
        ("Jun 31 16:00:00 GMT 2026", None),
        ("31 六月 2026", None),
        ("18 13月 2026", None),
        ("2026年6月18日", None),
    ],
)
def test_dates_of_java(text: str, day: str | None) -> None:
    assert (str(found) if (found := read_java(text)) else None) == day


@pytest.mark.parametrize(
    "said",
    [
        "1781712000",
        "1781712000000",
        "星期三, 17 六月 2026 16:00:00 GMT",
        "周四, 18 6月 2026 09:10:00 +0800",
        "Wed Jun 17 16:00:00 GMT 2026",
    ],
)
def test_feeds_and_data_are_dated_by_them(said: str) -> None:
    item = f"<item><title>某市助企措施</title><link>/n/1.html</link><pubDate>{said}</pubDate></item>"
    feed = read_listing(page(f"<rss version='2.0'><channel>{item}</channel></rss>"), "feed")
    row = {"title": "某市助企措施", "url": "/n/t20260618_1.html", "pubTime": said}
    data = read_listing(page(json.dumps({"rows": [row]}), media_type="application/json"), "auto")
    assert [str(link.published) for link in (*feed.links, *data.links)] == 2 * ["2026-06-18"]

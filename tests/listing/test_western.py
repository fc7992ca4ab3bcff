"""Dates as software from elsewhere prints them, in pages, feeds and data."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.listing.pages import entries, page
from tests.listing.test_families import CHROME
from watcher.listing import read_listing
from watcher.listing.western import Order, Western, read_western

JUNE = [(f"n/9{n}.html", f"某市发布第{n}批助企措施清单", date(2026, 6, day)) for n, day in enumerate((18, 15, 6, 5))]


def listed(form: str) -> str:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{_printed(form, d)}</span></li>" for u, t, d in JUNE)
    return CHROME % f"<ul>{rows}</ul>"


def _printed(form: str, day: date) -> str:
    return form.format(d=day.day, m=day.month, y=day.year)


@pytest.mark.parametrize(
    "form", ["{m}/{d}/{y}", "{d}/{m}/{y}", "{m:02}-{d:02}-{y}", "{d:02}.{m:02}.{y}", "{m}/{d}/{y} 9:05:00 PM"]
)
def test_one_day_beyond_the_twelfth_tells_the_month_of_all_dates_of_a_page(form: str) -> None:
    assert entries(listed(form)) == [(u, t, str(d)) for u, t, d in JUNE]


def test_a_day_that_could_be_another_is_none() -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>6/{n + 2}/2026</span></li>" for n, (u, t, _) in enumerate(JUNE))
    assert {day for _, _, day in entries(CHROME % f"<ul>{rows}</ul>")} == {None}


@pytest.mark.parametrize("form", ["{m}/{d}/{y}", "{d}/{m}/{y}"])
def test_data_gives_the_days_that_are_sure(form: str) -> None:
    rows = [
        {"title": t, "url": f"/{u}", "date": _printed(form, d)}
        for u, t, d in (*JUNE, ("n/7.html", "某文件", JUNE[0][2]))
    ]
    listing = read_listing(page(json.dumps({"rows": rows}), media_type="application/json"), "auto")
    found = [link.published for link in listing.links]
    assert found == [date(2026, 6, 18), date(2026, 6, 15), date(2026, 6, 6), None, date(2026, 6, 18)]


@pytest.mark.parametrize(
    "line",
    [
        "Updated: {day}",
        "Last updated {day}",
        "Published on {day}",
        "A Daily | {day}",
        "By A Writer | A Daily | Updated: {day} 09:30",
        "{day} | A Daily",
    ],
)
@pytest.mark.parametrize("form", ["%b %d,%Y", "%d %B %Y", "%d-%b-%Y", "%m/%d/%Y"])
def test_a_date_behind_a_label_or_a_bar_is_read(line: str, form: str) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><p>{line.format(day=d.strftime(form))}</p></li>" for u, t, d in JUNE)
    assert entries(CHROME % f"<ul>{rows}</ul>") == [(u, t, str(d)) for u, t, d in JUNE]


@pytest.mark.parametrize("line", ["Deadline: June 30, 2026", "A Daily | June 30", "A fair on June 30, 2026"])
def test_a_date_behind_other_words_or_without_a_year_is_none(line: str) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><p>{line}</p></li>" for u, t, _ in JUNE)
    assert {day for _, _, day in entries(CHROME % f"<ul>{rows}</ul>")} == {None}


@pytest.mark.parametrize("clock", ["00:00:00", "15:30:00", "23:59:59"])
@pytest.mark.parametrize(
    ("form", "day"),
    [
        ("Thu Jun 18 {} CST 2026", "2026-06-18"),
        ("Thu Jun 18 {} GMT+08:00 2026", "2026-06-18"),
        ("Thu, 18 Jun 2026 {} CST", "2026-06-18"),
        ("18 Jun 2026 {} +0800", "2026-06-18"),
    ],
)
def test_cst_is_china_s_time_in_feeds_in_data_and_in_pages(form: str, clock: str, day: str) -> None:
    said = form.format(clock)
    item = f"<item><title>某市助企措施</title><link>/n/1.html</link><pubDate>{said}</pubDate></item>"
    feed = read_listing(page(f"<rss version='2.0'><channel>{item}</channel></rss>"), "feed")
    row = {"title": "某市助企措施", "url": "/n/t20260618_1.html", "pubTime": said}
    data = read_listing(page(json.dumps({"rows": [row]}), media_type="application/json"), "auto")
    markup = CHROME % f"<ul><li><a href='t20260618_1.html'>某市发布助企措施</a><i>{said}</i></li></ul>"
    shown = [(link.title, str(link.published)) for link in (*feed.links, *data.links)]
    assert shown == [("某市助企措施", day), ("某市助企措施", day)]
    assert entries(markup) == [("t20260618_1.html", "某市发布助企措施", day)]


def test_an_american_date_of_a_feed_is_read_and_another_zone_converted() -> None:
    def day(said: str) -> str:
        item = f"<item><title>某市助企措施</title><link>/n/1.html</link><pubDate>{said}</pubDate></item>"
        return str(read_listing(page(f"<rss version='2.0'><channel>{item}</channel></rss>"), "feed").links[0].published)

    assert day("6/5/2026 9:05:00 AM") == "2026-06-05"
    assert day("Wed, 17 Jun 2026 16:30:00 GMT") == "2026-06-18"
    assert day("Wed, 17 Jun 2026 22:30:00 EST") == "2026-06-18"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("June 2nd, 2026", Western("2026", "6", "2")),
        ("2-Jun-2026 10:20", Western("2026", "6", "2")),
        ("6/6/2026", Western("2026", "6", "6", Order.MONTH_FIRST)),
        ("6/2/2026", Western("2026", "6", "2", Order.EITHER)),
        ("6/2-2026", None),
        ("Thu Jun 18 15:30:00 GMT 2026", None),
        ("may be", None),
    ],
)
def test_forms(text: str, found: Western | None) -> None:
    assert read_western(text) == found

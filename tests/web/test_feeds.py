"""Feeds are what their standards say, hold what the list holds, and are sent once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import feedparser
import httpx
import jsonschema
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar
from lxml import etree

from tests.store.examples import deadline
from tests.web.conftest import HOME, Browser
from tests.web.examples import HOSTILE, NOW, earlier, edited, hostile, published, settings, whole
from watcher.store import Store

ATOM = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_html", "date_published", "date_modified"],
                "properties": {
                    **dict.fromkeys(("id", "url", "title", "content_html", "summary"), TEXT),
                    "external_url": {"type": "string", "pattern": "^https?://"},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "tags": {"type": "array", "items": TEXT},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                },
                "patternProperties": {"^_": {"type": "object"}},
            },
        },
    },
}
FEEDS = ("/feed.atom", "/feed.json", "/calendar.ics")


async def atom(web: httpx.AsyncClient, path: str = "/feed.atom") -> Any:
    answer = await web.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    tree = etree.fromstring(answer.content)
    ATOM.assertValid(tree)
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    return parsed


async def json_feed(web: httpx.AsyncClient, path: str = "/feed.json") -> Any:
    answer = await web.get(path)
    assert answer.headers["content-type"] == "application/feed+json"
    jsonschema.validate(answer.json(), JSON_FEED, format_checker=jsonschema.FormatChecker())
    return answer.json()


async def test_a_feed_of_nothing_is_a_feed(web: httpx.AsyncClient) -> None:
    assert (await atom(web)).entries == []
    assert (await json_feed(web))["items"] == []


async def test_both_feeds_hold_the_list_and_lead_to_our_page_and_to_the_original(
    web: httpx.AsyncClient, store: Store
) -> None:
    published(store, whole(title="甲"), 1, at=earlier(1))
    published(store, whole(title="乙"), 2)
    entries = (await atom(web)).entries
    assert [one.title for one in entries] == ["乙", "甲"]
    assert entries[0].link == f"{HOME}/announcements/2"
    assert {one.rel: one.href for one in entries[0].links}["via"] == "http://bureau.example/art/2.html"
    assert "<b>最高奖补300万元</b>" in entries[0].content[0].value
    items = (await json_feed(web))["items"]
    assert [one["title"] for one in items] == ["乙", "甲"]
    assert [one["id"] for one in items] == [one.id for one in entries]
    assert items[0]["_watcher"]["figures"][1]["quote"] == "最高奖补300万元"


async def test_a_change_is_the_same_entry_at_a_later_time(web: httpx.AsyncClient, store: Store) -> None:
    before = whole()
    published(store, before, at=earlier(1))
    first = (await atom(web)).entries[0]
    edited(store, before, whole(whole().text.replace("300万元", "500万元"), "最高奖补500万元"))
    [second] = (await atom(web)).entries
    assert "<p>变动</p>" not in first.content[0].value
    assert "改为“<ins>对绿色改造项目最高奖补500万元</ins>" in second.content[0].value
    assert second.id == first.id
    assert second.updated > first.updated


@pytest.mark.parametrize("asked", ["", "?source=bureau", "?query=300"])
async def test_what_changed_last_stands_first_however_long_ago_it_was_found(
    web: httpx.AsyncClient, store: Store, asked: str
) -> None:
    before = whole(title="旧的300")
    published(store, before, 0, at=earlier(100))
    for number in range(1, 45):
        published(store, whole(title=f"第{number}条300"), number, at=earlier(number + 1))
    assert "旧的300" not in [one.title for one in (await atom(web, f"/feed.atom{asked}")).entries]
    edited(store, before, whole(before.text.replace("8条", "9条"), title="旧的300"), 0, at=earlier(1))
    entries = (await atom(web, f"/feed.atom{asked}")).entries
    assert [one.title for one in entries[:2]] == ["旧的300", "第1条300"]
    times = [one.updated for one in entries]
    assert times == sorted(times, reverse=True)


async def test_an_entry_is_of_the_day_of_its_publication(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(), 1)
    published(store, whole(title="无日期", published=None), 2)
    assert {one.title: one.published for one in (await atom(web)).entries} == {
        whole().title: "2026-03-08T00:00:00+08:00",
        "无日期": "2026-03-10T02:00:00Z",
    }
    items = (await json_feed(web))["items"]
    assert "2026-03-08T00:00:00+08:00" in [one["date_published"] for one in items]


@pytest.mark.parametrize("feed", [atom, json_feed])
async def test_what_stood_there_when_its_source_was_first_read_is_in_no_feed_until_it_changes(
    web: httpx.AsyncClient, store: Store, feed: Callable[[httpx.AsyncClient], Awaitable[Any]]
) -> None:
    before = whole(title="早就有的")
    published(store, before, 1, at=earlier(2), baseline=True)
    published(store, whole(title="也早就有"), 2, at=earlier(2), baseline=True)
    published(store, whole(title="新的"), 3, at=earlier(1))
    entries = await feed(web)
    assert [one["title"] for one in entries.get("entries", entries.get("items"))] == ["新的"]
    edited(store, before, whole(before.text.replace("8条", "9条"), title="早就有的"), 1)
    entries = await feed(web)
    assert [one["title"] for one in entries.get("entries", entries.get("items"))] == ["早就有的", "新的"]


async def test_a_feed_takes_the_filters_of_the_list_and_names_itself(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(title="甲"))
    published(store, whole(title="乙"), 2, source="province")
    for path, titles in (("/feed.atom?source=province", ["乙"]), ("/feed.atom?region=110000", [])):
        feed = await atom(web, path)
        assert [one.title for one in feed.entries] == titles
        assert {one.rel: one.href for one in feed.feed.links}["self"] == HOME + path
    assert (await web.get("/feed.atom?region=x")).status_code == 400


async def test_a_long_feed_goes_on(web: httpx.AsyncClient, store: Store) -> None:
    for number in range(50):
        published(store, whole(title=f"第{number}条"), number, at=earlier(number))
    feed = await json_feed(web)
    rest = await json_feed(web, feed["next_url"].removeprefix(HOME))
    assert "next_url" not in rest
    assert len({one["id"] for one in (*feed["items"], *rest["items"])}) == 50


async def test_the_calendar_holds_what_is_due(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole())
    text = "2025年6月底前完成。"
    old = whole(text, figures=(), deadlines=(deadline(text, "2025年6月底前", earlier(250).date()),))
    published(store, old, 2)
    answer = await web.get("/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert sorted(one.decoded("dtstart").isoformat() for one in events) == ["2026-06-30", "2028-12-31"]


@pytest.mark.parametrize(("asked", "accepts"), [("", "en"), ("?lang=en", "zh-CN")])
async def test_the_calendar_speaks_the_language_of_its_reader(
    browser: Browser, store: Store, asked: str, accepts: str
) -> None:
    published(store, whole())
    answer = await browser(language=accepts).get(f"/calendar.ics{asked}")
    calendar: Any = Calendar.from_ical(answer.content)
    assert calendar["x-wr-calname"] == "watcher deadlines"
    summaries = sorted(str(one["summary"]) for one in calendar.walk("VEVENT"))
    assert summaries == [
        "Validity ends: 某市出台8条措施支持企业绿色改造 · 某市生态环境局",
        "对绿色改造项目最高奖补300万元，完成申报 · 某市生态环境局",
    ]
    assert {str(one) for event in calendar.walk("VEVENT") for one in event["categories"].cats} >= {"Deadline"}


@pytest.mark.parametrize("path", ["/", "/deadlines", "/trends", "/?query=环评"])
async def test_a_page_leads_to_the_calendar_in_its_own_language(browser: Browser, store: Store, path: str) -> None:
    published(store, whole())
    found = BeautifulSoup((await browser(language="en").get(path)).text, "lxml")
    links = [str(one["href"]) for one in found.select("a[href^='/calendar.ics']")]
    assert links
    assert all(link.endswith("lang=en") and link.count("?") == 1 for link in links)


@pytest.mark.parametrize("path", FEEDS)
async def test_what_an_answer_varies_with_is_said_once(web: httpx.AsyncClient, store: Store, path: str) -> None:
    published(store, whole())
    first = await web.get(path)
    again = await web.get(path, headers={"If-None-Match": first.headers["etag"]})
    for answer in (first, again):
        assert answer.headers["vary"] == "Accept-Language, Cookie, Accept-Encoding"
    assert (await web.get("/api/v1/announcements")).headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", FEEDS)
async def test_who_has_it_already_is_told_so(web: httpx.AsyncClient, store: Store, path: str) -> None:
    published(store, whole(), at=earlier(1))
    first = await web.get(path)
    tag = first.headers["etag"]
    for header in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = await web.get(path, headers={"If-None-Match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    published(store, whole(title="又一条"), 2, at=NOW)
    assert (await web.get(path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize("word", HOSTILE)
async def test_hostile_words_are_words_in_every_feed(web: httpx.AsyncClient, store: Store, word: str) -> None:
    published(store, hostile(word))
    entry = (await atom(web)).entries[0]
    raw = etree.fromstring((await web.get("/feed.atom")).content)
    html = raw.find("{*}entry/{*}content").text
    for written in (html, (await json_feed(web))["items"][0]["content_html"]):
        parsed = etree.fromstring(written, etree.HTMLParser())
        assert {one.tag for one in parsed.iter()} <= {"html", "body", "p", "ul", "li", "b", "a"}
        assert all(one.get("href", "http://").startswith("http") for one in parsed.iter("a"))
    assert all(one.href.startswith(("http://", "https://")) for one in entry.links)
    Calendar.from_ical((await web.get("/calendar.ics")).content)
    assert "set-cookie" not in (await web.get("/calendar.ics")).headers


async def test_absolute_addresses_begin_with_the_public_one(browser: Browser, store: Store, tmp_path: Path) -> None:
    published(store, whole())
    web = browser(settings=settings(tmp_path, public_url="https://watch.example.org/w/"))
    assert (await json_feed(web))["items"][0]["url"] == "https://watch.example.org/w/announcements/1"

"""The pages in Debian's Chromium: both languages, both widths, light and dark, with and without JavaScript, and axe."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from tests.store.examples import begun, finish
from tests.web import examples
from tests.web.examples import ALL, HOSTILE, NOW, earlier, edited, hostile, near_miss, published, whole
from tests.web.test_anchors import long_document
from watcher.records.passes import PassEnd
from watcher.records.sources import Health, PassNote, SourceState
from watcher.store import Store
from watcher.web.access import Access
from watcher.web.application import application
from watcher.web.seals import Seals
from watcher.web.site import Site

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: make test-deps")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
PAGES = (
    "/",
    "/?query=绿色改造&region=370000",
    "/announcements/1",
    "/announcements/1/diff",
    "/announcements/3",
    "/deadlines",
    "/trends",
    "/series?issuer=山东省生态环境厅",
    "/compare?a=1&b=2",
    "/sources",
    "/sources/bureau",
    "/deliveries",
    "/review",
    "/subscribe",
    "/nothing",
)
WIDTHS = (390, 1280)


def fill(store: Store) -> None:
    before = whole()
    published(store, before, 1, at=earlier(3), told=ALL)
    edited(store, before, whole(before.text.replace("300万元", "500万元"), "最高奖补500万元"), at=earlier(2))
    published(store, whole(title="乙市出台8条措施"), 2, at=earlier(400))
    published(store, near_miss(), 3)
    for number, word in enumerate(HOSTILE, 10):
        published(store, hostile(word), number, at=earlier(1))
    published(store, replace(long_document(), title="长文件"), 40, at=earlier(3))
    for year, amount in enumerate(("100", "300", "500", "600", "800"), 2022):
        text = examples.TEXT.replace("300", amount)
        day, title = date(year, 3, 1), "山东省生态环境厅关于支持企业的8条措施"
        changes: dict[str, object] = {
            "title": title,
            "issuer": "山东省生态环境厅",
            "published": day,
            "document_number": None,
        }
        published(store, whole(text, f"最高奖补{amount}万元", **changes), year, at=earlier(3))
    for note in (PassNote(earlier(0.1), 0.4, 20, 1), PassNote(NOW, 30.0, problem="timeout")):
        held = begun(store, examples.SOURCES[0], NOW)
        assert held is not None
        finish(store, held, PassEnd(Health(state=SourceState.OK, last_ok=NOW), note=note), NOW)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server on loopback."""
    folder = tmp_path_factory.mktemp("browser")
    store = Store.open(f"sqlite:///{folder}/watcher.db")
    store.sync_sources(examples.SOURCES, NOW)
    store.sync_subscriptions(examples.SUBSCRIPTIONS, NOW)
    fill(store)
    settings = examples.settings(folder, mail="mailto://127.0.0.1:9?from=a@example.org", public_url="http://localhost")
    app = application(Site(store, settings, lambda: NOW, Access(), Seals(b"k" * 32)))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(chromium: Browser, address: str, **options: Any) -> BrowserContext:
    return chromium.new_context(base_url=address, **options)


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA. Its script comes by the debugger, past the page's own policy."""
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


def test_a_page_is_whole_after_one_round_trip(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as context:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.resource_type))
        page.goto("/", wait_until="networkidle")
        assert set(asked) - {"document"} <= {"other"}  # the icon
        assert asked.count("document") == 1
        assert page.locator("header.top").evaluate("one => getComputedStyle(one).position") == "sticky"


def looks() -> Iterator[Any]:
    """Each language at each width, light or dark; in the campaign both."""
    for place, (language, width) in enumerate(product(("zh-CN", "en-GB"), WIDTHS)):
        for dark in (False, True):
            marks = [] if dark == (place in {1, 2}) else [pytest.mark.campaign]
            name = f"{language}-{width}-{'dark' if dark else 'light'}"
            yield pytest.param(language, width, dark, marks=marks, id=name)


@pytest.mark.parametrize(("language", "width", "dark"), list(looks()))
def test_every_page_fits_its_width_and_axe_finds_nothing(
    chromium: Browser, address: str, language: str, width: int, dark: bool
) -> None:
    viewport = {"width": width, "height": 900}
    scheme = "dark" if dark else "light"
    with opened(chromium, address, locale=language, viewport=viewport, color_scheme=scheme) as context:
        page, problems = context.new_page(), []
        page.on("console", lambda message: problems.append(message.text) if "Policy" in message.text else None)
        for path in PAGES:
            page.goto(path)
            problems += [f"{path}: {one}" for one in faults(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{path}: wider than {width}")
            if page.locator("html").get_attribute("lang") != ("en" if language == "en-GB" else language):
                problems.append(f"{path}: language")
        assert problems == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_lights_up_its_words_and_they_lead_back(
    chromium: Browser, address: str, width: int, scripts: bool
) -> None:
    viewport = {"width": width, "height": 900}
    with opened(chromium, address, viewport=viewport, java_script_enabled=scripts, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="最高奖补500万元").first.click()
        lit = page.locator("mark:target")
        assert lit.inner_text() == "最高奖补500万元"
        assert lit.is_visible()
        lit.get_by_role("link").click()
        assert page.locator("tr:target th").inner_text() == "最高奖补500万元"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_reader_searches_filters_judges_and_switches_the_language(
    chromium: Browser, address: str, scripts: bool
) -> None:
    with opened(chromium, address, java_script_enabled=scripts, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox").fill("绿色改造")
        page.get_by_role("button", name="检索").click()
        page.get_by_label("地区").select_option("山东省")
        page.get_by_role("button", name="查看").click()
        assert "region=370000" in page.url
        assert page.locator(".chip").count() == 2
        page.get_by_role("link", name="待审").click()
        page.get_by_label("备注").first.fill("例会")
        page.get_by_role("button", name="不是").first.click()
        assert "判为：不是措施公告：例会" in page.inner_text("main")
        page.get_by_role("link", name="English").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Review"


def test_a_preview_needs_no_address(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/subscribe")
        page.get_by_label("关键词").fill("绿色改造")
        page.get_by_role("button", name="先看看").click()
        assert "条提醒" in page.inner_text(".preview h2")


def test_on_a_telephone_the_menu_shows_where_one_is_and_pictures_are_whole_or_show_the_newest(
    chromium: Browser, address: str
) -> None:
    with opened(chromium, address, locale="en", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        for path in ("/sources", "/deliveries", "/review"):
            page.goto(path)
            here = page.locator(".menu [aria-current]").bounding_box()
            assert here is not None
            assert here["x"] >= 0
            assert here["x"] + here["width"] <= 390
        page.goto("/trends")
        for picture in page.locator(".picture").all():
            assert picture.evaluate("one => one.scrollWidth <= one.clientWidth")
        page.goto("/series?issuer=山东省生态环境厅")
        assert page.locator(".picture").count() == 3
        for picture in page.locator(".picture").all():
            frame, newest = picture.bounding_box(), picture.locator("svg text").last.bounding_box()
            assert frame is not None
            assert newest is not None
            assert frame["x"] <= newest["x"]
            assert newest["x"] + newest["width"] <= frame["x"] + frame["width"]


def test_beside_a_long_text_figures_deadlines_and_measures_are_all_in_view(chromium: Browser, address: str) -> None:
    with opened(chromium, address, locale="en", viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.goto("/?query=" + quote("长文件"))
        page.locator(".entry-title a").click()
        page.evaluate("scrollTo(0, 600)")
        assert page.locator(".item-data .panel").count() == 3
        for panel in page.locator(".item-data .panel").all():
            box = panel.bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 720
        page.locator("#figure-40 a").click()
        row = page.locator("#figure-row-40:target").bounding_box()
        assert row is not None
        assert 0 <= row["y"] <= 700


@pytest.mark.parametrize("width", [1280, 1100])
def test_what_stands_beside_a_text_is_whole_in_a_low_window(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, address, locale="en", viewport={"width": width, "height": 420}) as context:
        page = context.new_page()
        page.goto("/announcements/1")
        page.evaluate("scrollTo(0, 450)")
        beside, top = page.locator(".item-data"), page.locator(".top").bounding_box()
        box = beside.bounding_box()
        assert box is not None
        assert top is not None
        assert top["y"] + top["height"] <= box["y"]
        assert box["y"] + box["height"] <= 420
        assert beside.evaluate("one => one.scrollHeight > one.clientHeight")
        beside.evaluate("one => one.scrollTo(0, one.scrollHeight)")
        last = page.locator(".item-data .panel").last.bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= box["y"] + box["height"]


def test_no_hostile_word_runs(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as context:
        page, alerts = context.new_page(), list[str]()

        def heard(dialog: Dialog) -> None:
            alerts.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", heard)
        for number in range(4, 4 + len(HOSTILE)):
            page.goto(f"/announcements/{number}")
        page.goto("/?query=<script>alert(1)</script>")
        assert alerts == []
        assert page.locator("script").count() == 0

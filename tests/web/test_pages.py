"""What the pages show, and what they answer to an address that asks for nothing that is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

import watcher.web
from tests.store.examples import money
from tests.web import examples
from tests.web.conftest import Browser
from tests.web.examples import NOW, earlier, edited, published, whole
from watcher.model import AnnouncementType
from watcher.store import Store
from watcher.web.asked import Choice
from watcher.web.phrases import PHRASES, reading, subscribing, tables
from watcher.web.site import Site
from watcher.web.views.listing import MOST_SOURCES


async def page(web: httpx.AsyncClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = await web.get(path)
    assert answer.status_code == status, answer.text[:500]
    return BeautifulSoup(answer.text, "lxml")


def texts(found: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in found.select(selector)]


async def test_an_empty_watcher_says_that_nothing_was_found_yet(web: httpx.AsyncClient) -> None:
    assert texts(await page(web, "/"), ".empty h2") == ["还没有发现公告"]


async def test_the_list_is_newest_first_under_the_day_of_its_finding(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(title="较早的"), 1, at=earlier(3))
    published(store, whole(title="今天的"), 2, at=NOW)
    found = await page(web, "/")
    assert texts(found, ".entry-title") == ["今天的", "较早的"]
    assert texts(found, ".day-name") == ["今天 · 3月10日 星期二", "3月7日 星期六"]


async def test_an_entry_shows_its_main_figures_and_what_they_are_about(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole())
    found = await page(web, "/")
    assert texts(found, ".figs b") == ["由20个工作日压缩到15个工作日", "最高奖补300万元"]
    assert "绿色改造项目" in texts(found, ".figs-label")
    assert [one["href"] for one in found.select(".figs a")] == [
        "/announcements/1#figure-1",
        "/announcements/1#figure-2",
    ]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["乙", "甲"]),
        ("region=370700", ["乙", "甲"]),
        ("region=440000", []),
        ("region=370000&city=370700", ["乙", "甲"]),
        ("region=440000&city=370700", []),
        ("region=440000&region=370700", ["乙", "甲"]),
        ("region=370700&region=440000&query=甲", ["甲"]),
        ("region=440000&region=320000", []),
        ("query=甲&query=绿色", ["甲"]),
        ("type=measures_document", ["乙"]),
        ("type=measures_document&type=measures_news", ["乙", "甲"]),
        ("source=province", ["乙"]),
        ("since=2d", ["乙"]),
        ("since=2026-03-01&query=" + quote("绿色改造"), ["乙", "甲"]),
        ("changed=1", []),
        ("query=" + quote("没有的词"), []),
        ("region=&type=&source=&since=&query=", ["乙", "甲"]),
    ],
)
async def test_filters_live_in_the_address(web: httpx.AsyncClient, store: Store, asked: str, titles: list[str]) -> None:
    published(store, whole(title="甲"), 1, at=earlier(5))
    document = replace(whole().verdict, type=AnnouncementType.MEASURES_DOCUMENT)
    published(store, whole(title="乙", verdict=document), 2, source="province", at=earlier(1))
    assert texts(await page(web, f"/?{asked}"), ".entry-title") == titles


@pytest.mark.parametrize(
    "asked",
    [
        "region=abc",
        "region=370000&region=abc",
        "since=7d&since=8d",
        "changed=1&changed=0",
        "region=%D9%A3%D9%A7",
        "type=other",
        "since=soon",
        "query=%3F",
        "after=1",
        "since=99999999999d",
    ],
)
async def test_a_filter_that_means_nothing_is_said_to(web: httpx.AsyncClient, asked: str) -> None:
    found = await page(web, f"/?{asked}", 400)
    assert asked.partition("=")[0] in found.get_text()


async def test_a_long_list_goes_on_where_it_ended(web: httpx.AsyncClient, store: Store) -> None:
    for number in range(45):
        published(store, whole(title=f"第{number}条"), number, at=earlier(number // 3))
    seen, path = [], "/"
    while path:
        found = await page(web, path)
        seen += texts(found, ".entry-title")
        following = found.select_one("a[rel=next]")
        path = str(following["href"]) if following else ""
    assert sorted(seen) == sorted(f"第{number}条" for number in range(45))
    assert len(seen) == 45


@pytest.mark.parametrize(
    "asked",
    [
        "/?region=370783&since=14d",
        "/?region=3707&type=measures_news",
        "/?region=370000&region=370783&region=110000",
        "/?region=370783&region=370000",
        "/?region=990000&since=2026-03-01",
        "/?source=bureau&source=gone&changed=1",
        "/?source=gone",
        "/deadlines?region=370700",
        "/deadlines?region=370783&region=110000",
        "/deadlines?region=37",
    ],
)
async def test_a_form_sent_again_asks_for_what_its_address_asked_for(
    web: httpx.AsyncClient, store: Store, asked: str
) -> None:
    published(store, whole())
    path, _, parameters = asked.partition("?")
    form = (await page(web, asked)).select_one(f"form[action='{path}']")
    assert form is not None
    assert whole_codes(Choice.of(submitted(form))) == whole_codes(Choice.of(parse_qsl(parameters)))


async def test_all_sources_of_an_address_stay_where_there_are_too_many_for_a_menu(browser: Browser, site: Site) -> None:
    many = tuple(replace(examples.SOURCES[0], id=f"bureau-{number}") for number in range(MOST_SOURCES + 1))
    web = browser(settings=replace(site.settings, sources=many))
    form = (await page(web, "/?source=bureau&source=province")).select_one("form.search")
    assert form is not None
    assert Choice.of(submitted(form)).sources == ("bureau", "province")


def submitted(form: Tag) -> list[tuple[str, str]]:
    """What a browser sends of a form, in the order of its fields."""
    sent = []
    for one in form.select("input[name], select[name]"):
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            assert chosen is not None
            sent.append((str(one["name"]), str(chosen["value"])))
        elif one.get("type") != "checkbox" or one.has_attr("checked"):
            sent.append((str(one["name"]), str(one.get("value", ""))))
    return sent


def whole_codes(choice: Choice) -> Choice:
    """With the codes of its regions in full: 3707 and 370700 ask for the same."""
    return replace(choice, regions=tuple(one.ljust(6, "0") for one in choice.regions))


async def test_what_is_asked_for_can_be_taken_back_one_by_one(web: httpx.AsyncClient) -> None:
    found = await page(web, "/?region=370000&since=7d&query=a")
    chips = {str(one["aria-label"]): one["href"] for one in found.select("a.chip")}
    assert chips == {
        "去掉：“a”": "/?region=370000&since=7d",
        "去掉：山东省": "/?query=a&since=7d",
        "去掉：一周内": "/?query=a&region=370000",
    }


async def test_an_announcement_links_each_figure_with_its_words_both_ways(web: httpx.AsyncClient, store: Store) -> None:
    number = published(store, whole())
    found = await page(web, f"/announcements/{number}")
    for row in found.select(".figures tbody tr"):
        link = row.select_one("th a")
        assert link is not None
        mark = found.select_one(str(link["href"]))
        assert mark is not None
        assert mark.get_text() == " ".join(link.get_text().split()).removesuffix(" ↓")
        back = mark.select_one("a")
        assert back is not None
        assert back["href"] == f"#{row['id']}"


async def test_an_announcement_shows_all_that_is_known_of_it(web: httpx.AsyncClient, store: Store) -> None:
    number = published(store, whole())
    found = await page(web, f"/announcements/{number}")
    assert texts(found, "h1") == ["某市出台8条措施支持企业绿色改造"]
    assert texts(found, ".measures li") == ["压缩审批时限", "支持绿色改造", "加强帮扶"]
    assert texts(found, ".dues li")[0].startswith("2026-06-30 还有 112 天")
    said = texts(found, ".facts")[0]
    for word in ("潍环发〔2026〕3号", "2028-12-31", "附件1.pdf 未读：扫描件，需要OCR", "某市局 动态"):
        assert word in said
    assert found.select_one("a[href='http://bureau.example/art/1.html']") is not None


async def test_a_changed_announcement_shows_its_versions_side_by_side(web: httpx.AsyncClient, store: Store) -> None:
    before = whole()
    number = published(store, before, at=earlier(2))
    text = examples.TEXT.replace("300万元", "500万元")
    edited(store, before, whole(text, "最高奖补500万元"), at=NOW)
    assert "有变动 · 第2版" in texts(await page(web, "/"), ".tag")
    found = await page(web, f"/announcements/{number}/diff")
    assert "最高奖补300万元" in texts(found, ".notes del")[0]
    assert "最高奖补500万元" in texts(found, ".notes ins")[0]
    assert texts(found, ".sides .old del") == ["3"]
    assert texts(found, ".sides .new ins") == ["5"]
    first = (await page(web, f"/announcements/{number}/diff?revision=1")).get_text()
    assert "这是第1版" in first
    assert "只有一个版本" not in first
    old = await page(web, f"/announcements/{number}?revision=1")
    assert "最高奖补300万元" in old.get_text()
    assert "这是第1版，不是最新的。" in old.get_text()


async def test_one_paragraph_that_did_not_change_is_one(browser: Browser, store: Store) -> None:
    before = whole(figures=(), text="一。\n三。")
    published(store, before, at=earlier(2))
    edited(store, before, whole(figures=(), text="一。\n四。"), at=NOW)
    found = await page(browser(language="en"), "/announcements/1/diff")
    assert texts(found, ".skipped") == ["1 unchanged paragraph"]


async def test_a_very_long_text_comes_in_parts_and_its_figures_lead_to_theirs(
    web: httpx.AsyncClient, store: Store
) -> None:
    text = "另行通知。\n" * 5_000 + "对绿色改造项目最高奖补300万元。"
    figure = money(text, "最高奖补300万元", 3_000_000)
    number = published(store, whole(text, figures=(figure,)))
    answer = await web.get(f"/announcements/{number}")
    assert len(answer.content) < 150_000
    link = BeautifulSoup(answer.text, "lxml").select_one(".figures th a")
    assert link is not None
    part, _, anchor = str(link["href"]).partition("#")
    there = await page(web, f"/announcements/{number}{part}")
    assert texts(there, f"#{anchor}") == ["最高奖补300万元"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/announcements/7", 404),
        ("/announcements/0", 400),
        ("/announcements/x", 400),
        ("/announcements/99999999999999999999", 400),
        ("/announcements/1?revision=2", 404),
        ("/announcements/1?part=2", 404),
        ("/announcements/1/diff?revision=x", 400),
        ("/nothing", 404),
        ("/static/style.css", 404),
        ("/static/..%2f..%2fpages.py", 404),
        ("/static/%2e%2e/%2e%2e/etc/passwd", 404),
    ],
)
async def test_what_is_not_there_is_said_in_a_page(
    web: httpx.AsyncClient, store: Store, path: str, status: int
) -> None:
    published(store, whole())
    found = await page(web, path, status)
    assert found.select_one("h1") is not None


async def test_a_page_speaks_the_language_of_its_reader_and_switches(browser: Browser) -> None:
    english = browser(language="en-GB,en;q=0.9,zh;q=0.1")
    found = await page(english, "/")
    assert (found.html or found)["lang"] == "en"
    switch = found.select_one("a[hreflang=zh-CN]")
    assert switch is not None
    assert texts(await page(english, f"/{switch['href']}"), "h1") == ["公告"]
    assert texts(await page(english, "/"), "h1") == ["公告"]  # it is kept


@pytest.mark.parametrize(
    "path",
    [
        "/?region=x",
        "/?type=x",
        "/?source=%20A",
        "/?since=x",
        "/?since=7d&since=8d",
        "/?query=%3F",
        "/?changed=x",
        "/?after=x",
        "/deadlines?region=x",
        "/deliveries?status=x",
        "/series?issuer=" + "x" * 999,
        "/announcements/x",
        "/announcements/1?part=x",
    ],
)
async def test_what_an_address_asks_wrongly_is_said_in_the_readers_language(
    browser: Browser, store: Store, path: str
) -> None:
    published(store, whole())
    chinese = await page(browser(), path, 400)
    english = await page(browser(language="en"), path, 400)
    said = texts(chinese, "main p.muted")
    assert re.search(r"[\u4e00-\u9fff]", said[0])
    assert "expected" not in said[0]
    assert "expected" in texts(english, "main p.muted")[0]
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(texts(english, "main")))


async def test_an_error_of_ours_tells_nothing_of_our_inside(web: httpx.AsyncClient, store: Store) -> None:
    store.close()
    with store._database.write() as session:
        session.connection().exec_driver_sql("DROP TABLE places")
    published_page = await web.get("/")
    assert published_page.status_code in (200, 503)
    answer = await web.get("/?source=bureau")
    assert answer.status_code == 503
    assert not re.search(r"places|sqlite|Traceback|\.py", answer.text)


def test_no_name_stands_for_two_phrases() -> None:
    groups = [one for module in (reading, tables, subscribing) for name, one in vars(module).items() if name.isupper()]
    assert sum(map(len, groups)) == len(PHRASES)


def test_every_phrase_is_used() -> None:
    """By its name, or by the part of it that a page adds a state, a kind or a number to (`state_…`, `…_hint`)."""
    folder = Path(watcher.web.__file__).parent
    code = [one for one in folder.rglob("*.py") if one.parent.name != "phrases"]
    written = "\n".join(one.read_text() for one in (*code, *folder.glob("templates/*.html")))
    names = set(re.findall(r"""["']([a-z][a-z0-9_]*)["']""", written))
    begun = tuple(re.findall(r"""["']([a-z][a-z_]*_)(?:\{|%d["']|["'] ~)""", written))
    ended = tuple(re.findall(r"""(?:\}|~ ["'])(_[a-z]+)["']""", written))
    assert [one for one in PHRASES if one not in names and not one.startswith(begun) and not one.endswith(ended)] == []

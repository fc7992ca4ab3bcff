"""Sources, deliveries, review, deadlines, trends, series and comparisons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

import httpx
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from tests.store.examples import begun, deadline, finish, listed
from tests.web import examples
from tests.web.conftest import Browser
from tests.web.examples import ALL, HOSTILE, NOW, earlier, edited, hostile, near_miss, published, whole
from tests.web.test_pages import page, texts
from watcher.records.lifecycle import Fate, Statement
from watcher.records.names import Name, Role
from watcher.records.passes import PassEnd
from watcher.records.problem import Problem
from watcher.records.sources import Health, PassNote, SourceState
from watcher.settings import Every
from watcher.store import Store
from watcher.web.words import Words

SECTIONS = (
    "/",
    "/deadlines",
    "/trends",
    "/series",
    "/sources",
    "/deliveries",
    "/review",
    "/compare",
    "/series?issuer=某市",
)


def passed(store: Store, *notes: PassNote, state: SourceState = SourceState.OK, problem: Problem | None = None) -> None:
    health = Health(state=state, problem=problem, last_ok=NOW, last_checked=NOW)
    for note in notes or (None,):
        held = begun(store, examples.SOURCES[0], NOW)
        assert held is not None
        assert finish(store, held, PassEnd(health, note=note), NOW)


@pytest.mark.parametrize("path", SECTIONS)
async def test_every_section_has_a_page_before_anything_was_found(web: httpx.AsyncClient, path: str) -> None:
    found = await page(web, path)
    assert len(found.select("h1")) == 1


async def test_sources_show_how_they_are_what_needs_a_look_first(web: httpx.AsyncClient, store: Store) -> None:
    passed(
        store,
        PassNote(earlier(0.1), 0.4, 20, 1),
        PassNote(earlier(0), 30.0, problem="timeout"),
        state=SourceState.FAILING,
        problem=Problem("timeout_read", "no answer within 30 s", "look whether the site is up"),
    )
    found = await page(web, "/sources")
    assert texts(found, "tbody th")[0] == "某市局 动态bureau"
    assert "读不到" in texts(found, ".tag")[0]
    assert "响应超时" in texts(found, "tbody td")[0]
    assert "no answer" not in found.get_text()
    assert texts(found, ".sparkline title") == ["最近2次：失败1次，新增或变动1条"]


@pytest.mark.parametrize(
    ("language", "notice", "rhythm", "result"),
    [
        (
            "zh-CN",
            "栏目已迁址：新地址 https://new.example/list/请把该来源的 url 改为新地址；同一列表接着监测，新条目照常提醒",
            "每 30 分钟",
            "拒绝访问（HTTP 403）",
        ),
        (
            "en",
            "moved to a new address: now at https://new.example/list/"
            "set `url` to it; the same list goes on there, its news are told",
            "every 30 minutes",
            "access refused (HTTP 403)",
        ),
    ],
)
async def test_what_is_wrong_with_a_source_is_said_in_the_readers_language(
    browser: Browser, store: Store, language: str, notice: str, rhythm: str, result: str
) -> None:
    problem = Problem("moved", "the address has moved for good to https://new.example/list/", "set url")
    passed(store, PassNote(NOW, 0.4, problem="http_403"), state=SourceState.MOVED, problem=problem)
    found = await page(browser(language=language), "/sources/bureau")
    assert texts(found, ".notice") == [notice]
    assert rhythm in texts(found, ".facts dd")
    assert texts(found, "tbody .tag") == [result]


@pytest.mark.parametrize(
    ("rhythm", "zh", "en"),
    [
        (Every(interval=timedelta(minutes=1440)), "每天", "every day"),
        (Every(interval=timedelta(seconds=90)), "每 90 秒", "every 90 seconds"),
        (Every(interval=timedelta(seconds=0.5)), "每 0.5 秒", "every 0.5 seconds"),
        (Every(interval=timedelta(hours=6)), "每 6 小时", "every 6 hours"),
        (Every(interval=timedelta(weeks=2)), "每 2 周", "every 2 weeks"),
        (Every(cron="*/30 8-20 * * mon-fri"), "cron */30 8-20 * * mon-fri", "cron */30 8-20 * * mon-fri"),
    ],
    ids=str,
)
def test_how_often_a_source_is_read_is_said_in_words(rhythm: Every, zh: str, en: str) -> None:
    assert (Words("zh").every(rhythm), Words("en").every(rhythm)) == (zh, en)


async def test_a_source_shows_its_passes_the_last_one_first(web: httpx.AsyncClient, store: Store) -> None:
    passed(store, PassNote(NOW - timedelta(hours=1), 0.4, 20, 2), PassNote(NOW, 1.5, 21))
    found = await page(web, "/sources/bureau")
    assert texts(found, "tbody tr th") == ["2026-03-10 10:00", "2026-03-10 09:00"]
    assert len(found.select("svg.chart rect")) == 2
    assert (await web.get("/sources/none")).status_code == 404


def test_no_more_than_two_days_of_passes_are_kept(store: Store) -> None:
    passed(store, *(PassNote(NOW - timedelta(minutes=30 * number), 0.1) for number in range(300)))
    kept = store.source("bureau")
    assert kept is not None
    assert len(kept.recent) == 96
    assert kept.recent[-1].at == NOW - timedelta(minutes=30 * 299)


async def test_deliveries_are_shown_with_masked_addresses(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(), told=ALL)
    found = await page(web, "/deliveries")
    assert texts(found, "tbody th")[0].endswith("某市出台8条措施支持企业绿色改造")
    text = found.get_text()
    assert "mailtos://smtp.example.org?to=t…@example.org" in text
    assert not any(secret in text for secret in ("topsecret", "SECRETSECRET", "TOKENTOKEN", "team@"))
    assert texts(await page(web, "/deliveries?status=failed"), ".empty h2") == ["没有送达记录"]
    assert (await web.get("/deliveries?status=x")).status_code == 400


async def test_a_near_miss_is_judged_and_the_verdict_stays(web: httpx.AsyncClient, store: Store) -> None:
    number = published(store, near_miss())
    found = await page(web, "/review")
    assert texts(found, ".entry-title") == ["市局召开座谈会"]
    form = found.select_one("form.verdicts")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    answer = await web.post(str(form["action"]), data={**fields, "verdict": "not_relevant", "note": "例会"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert "判为：不是措施公告：例会" in (await page(web, "/review")).get_text()
    history = store.lists.announcement(number)
    assert history is not None
    assert [one.opinion.note for one in history.feedback] == ["例会"]


@pytest.mark.parametrize("path", ["/review", "/announcements/1"])
@pytest.mark.parametrize(("note", "stored"), [("例会", [("note", "例会")]), ("", [])])
async def test_enter_in_the_note_judges_nothing(
    web: httpx.AsyncClient, store: Store, path: str, note: str, stored: list[tuple[str, str]]
) -> None:
    number = published(store, near_miss())
    form = (await page(web, path)).select_one("form.verdicts")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    pressed = form.select("button")[0]  # by a browser, on Enter
    data = {**fields, str(pressed["name"]): str(pressed["value"]), "note": note}
    assert (await web.post(str(form["action"]), data=data)).status_code == 303
    history = store.lists.announcement(number)
    assert history is not None
    assert [(one.opinion.verdict, one.opinion.note) for one in history.feedback] == stored


async def test_a_verdict_is_of_the_revision_that_is_shown(web: httpx.AsyncClient, store: Store) -> None:
    before = whole()
    number = published(store, before, at=earlier(1))
    edited(store, before, whole(before.text.replace("8条", "9条")))
    form = (await page(web, f"/announcements/{number}?revision=1")).select_one("form.verdicts")
    assert form is not None
    data = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    answer = await web.post(str(form["action"]), data={**data, "verdict": "relevant"})
    assert answer.headers["location"] == f"/announcements/{number}?revision=1#verdict"
    history = store.lists.announcement(number)
    assert history is not None
    assert [one.revision for one in history.feedback] == [1]
    for wrong, status in (("3", 404), ("x", 400)):
        sent = {**data, "verdict": "relevant", "revision": wrong}
        assert (await web.post(str(form["action"]), data=sent)).status_code == status


async def test_a_wrong_figure_is_reported_on_its_page(web: httpx.AsyncClient, store: Store) -> None:
    number = published(store, whole())
    found = await page(web, f"/announcements/{number}")
    seal = found.select_one("input[name=seal]")
    assert seal is not None
    data = {"seal": str(seal["value"]), "verdict": "wrong_figure", "figure": "2"}
    assert (await web.post(f"/announcements/{number}/verdict", data=data)).status_code == 303
    history = store.lists.announcement(number)
    assert history is not None
    assert history.feedback[0].opinion.figure == 1
    assert (await web.post(f"/announcements/{number}/verdict", data={**data, "figure": "9"})).status_code == 400


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({}, {"seal": ""}),
        ({}, {"seal": "made-up"}),
        ({"Origin": "http://evil.example"}, {}),
        ({"Origin": "null"}, {}),
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({"Cookie": "session=" + "x" * 30}, {}),
    ],
)
async def test_a_form_from_elsewhere_changes_nothing(
    web: httpx.AsyncClient, store: Store, headers: dict[str, str], data: dict[str, str]
) -> None:
    number = published(store, near_miss())
    seal = (await page(web, "/review")).select_one("input[name=seal]")
    assert seal is not None
    sent = {"seal": str(seal["value"]), "verdict": "relevant", **data}
    answer = await web.post(f"/announcements/{number}/verdict", data=sent, headers=headers)
    assert answer.status_code == 403
    history = store.lists.announcement(number)
    assert history is not None
    assert history.feedback == ()


async def test_the_page_alone_shows_no_form_and_takes_none(browser: Browser, store: Store) -> None:
    number = published(store, near_miss())
    web = browser(read_only=True)
    for path in ("/review", f"/announcements/{number}"):
        assert (await page(web, path)).select("form[method=post]") == []
    assert (await web.post(f"/announcements/{number}/verdict", data={"verdict": "relevant"})).status_code == 403


@pytest.mark.parametrize(("body", "status"), [(b"a" * 40_000, 413), (b"\xff\xfe=1", 400), (b"a=1&" * 300, 400)])
async def test_a_form_has_its_bounds(web: httpx.AsyncClient, body: bytes, status: int) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await web.post("/announcements/1/verdict", content=body, headers=kind)).status_code == status


async def test_no_file_is_taken(web: httpx.AsyncClient) -> None:
    assert (await web.post("/announcements/1/verdict", files={"a": b"x"})).status_code == 415


async def test_deadlines_stand_under_their_day(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole())
    found = await page(web, "/deadlines")
    assert texts(found, ".due-day h2") == ["还有 112 天 6月30日 星期二"]
    assert texts(found, ".chart desc") == ["未来180天内有1项期限"]
    assert texts(found, ".due-day li b") == ["对绿色改造项目最高奖补300万元，完成申报"]
    near = whole(title="乙", deadlines=(deadline(examples.TEXT, "2026年6月底前", NOW.date() + timedelta(days=20)),))
    published(store, near, 2)
    assert texts(await page(web, "/"), ".soon-title") == ["对绿色改造项目最高奖补300万元，完成申报"]
    assert texts(await page(web, "/deadlines?region=440000"), ".due-day") == []


async def test_trends_count_months_and_regions_with_their_numbers_as_tables(
    web: httpx.AsyncClient, store: Store
) -> None:
    published(store, whole(), 1)
    published(store, whole(title="乙", published=None), 2, at=earlier(40))
    published(store, whole(title="丙", published=date(2025, 11, 30)), 3)
    for number, day in enumerate((date(2024, 3, 1), NOW.date() + timedelta(days=1)), 4):  # long ago, and a slip
        published(store, whole(title=f"丁{number}", published=day), number)
    found = await page(web, "/trends")
    assert "过去12个月的3条公告，按发布日期计" in found.get_text()
    months, regions = (
        dict(zip(texts(one, "tbody th"), texts(one, "tbody td"), strict=True)) for one in found.select("table")
    )
    assert months["2026-03"] == "1"
    assert months["2026-01"] == "1"
    assert len(months) == 12
    assert months["2025-11"] == "1"
    assert regions == {"山东省": "3"}


def repeal(store: Store) -> None:
    """A page says that the document of `whole` is repealed."""
    said = Statement(Fate.REPEALED, Name(Role.CITES, ("潍环发2026#3",), "较早的措施"), "决定废止")
    store.lifecycles.say(listed(store, 99).id, whole(published=date(2026, 3, 9)), [said])


async def test_lists_and_feeds_mark_what_no_longer_holds(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(title="有效的", document_number="潍环发〔2026〕4号"), 1)
    published(store, whole(title="废止的"), 2)
    published(store, whole(title="到期的", document_number=None, valid_until=date(2026, 3, 9)), 3)
    repeal(store)
    marks = {"有效的": [], "废止的": ["已废止"], "到期的": ["已失效"]}
    for path in ("/", "/?query=措施"):
        found = (await page(web, path)).select(".entry")
        assert {texts(one, ".entry-title")[0]: texts(one, ".tag") for one in found} == marks, path
    atom = etree.fromstring((await web.get("/feed.atom")).content)
    for one in atom.iterfind("{*}entry"):
        [*mark] = marks[one.findtext("{*}title")]
        assert all(word in one.findtext("{*}content") for word in mark)
        assert ("已" in one.findtext("{*}content").partition("</p>")[0]) == bool(mark)
    items = (await web.get("/feed.json")).json()["items"]
    states = {one["title"]: (one["_watcher"]["lifecycle"] or {}).get("state") for one in items}
    assert states == {"有效的": None, "废止的": "repealed", "到期的": "lapsed"}


async def test_what_a_repealed_document_wanted_done_is_due_no_more(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(title="有效的措施", document_number="潍环发〔2026〕4号"), 1)
    published(store, whole(title="较早的措施"), 2)
    both = texts(await page(web, "/deadlines"), ".due-day li a")
    repeal(store)
    assert sorted(both) == ["有效的措施", "较早的措施"]
    assert texts(await page(web, "/deadlines"), ".due-day li a") == ["有效的措施"]
    assert "已废止" in texts(await page(web, "/series?issuer=某市生态环境局"), ".tag.is-gone")


async def test_a_series_shows_what_moved_from_year_to_year(web: httpx.AsyncClient, store: Store) -> None:
    for year, (count, amount) in enumerate(((8, "300"), (10, "500")), 2025):
        text = examples.TEXT.replace("300", amount)
        made = whole(
            text,
            f"最高奖补{amount}万元",
            title=f"某市生态环境局关于支持企业的{count}条措施",
            published=NOW.date().replace(year=year),
            measure_count=count,
            document_number=None,
        )
        published(store, made, year)
    found = await page(web, "/series?issuer=某市生态环境局")
    assert len(found.select(".block > table tbody tr")) == 2
    whole_picture = found.select_one(".block > .picture")
    assert whole_picture is not None
    assert texts(whole_picture, ".value") == ["8", "10"]
    [axis], dots = whole_picture.select(".axis"), [float(str(one["cy"])) for one in whole_picture.select(".dot")]
    over = [float(str(axis["y1"])) - dot for dot in dots]
    assert over[0] / over[1] == pytest.approx(8 / 10, abs=0.01)
    both = await page(web, "/compare?a=1&b=2")
    assert "最高奖补300万元" in texts(both, ".old")[0] + texts(both, ".old")[1]


async def test_a_series_pictures_the_figures_that_go_on_from_year_to_year(
    web: httpx.AsyncClient, browser: Browser, store: Store
) -> None:
    for year, amount in enumerate(("100", "300", "500"), 2024):
        made = whole(
            examples.TEXT.replace("300", amount),
            f"最高奖补{amount}万元",
            title="某市生态环境局关于支持企业的8条措施",
            published=NOW.date().replace(year=year),
            document_number=None,
        )
        days, most = made.figures
        yuan = Decimal(f"{amount}0000")
        published(
            store, replace(made, figures=(replace(days, unit="workday"), replace(most, low=yuan, high=yuan))), year
        )
    found = await page(web, "/series?issuer=某市生态环境局&region=370700")
    first, second = found.select(".courses .picture")
    assert texts(first, ".value") == ["100万元", "300万元", "500万元"]
    assert texts(first, ".label") == ["2024", "2025", "2026"]
    assert texts(first, "figcaption, svg > title") == ["绿色改造项目", "绿色改造项目"]
    assert texts(first, "desc") == ["2024: 最高奖补100万元; 2025: 最高奖补300万元; 2026: 最高奖补500万元"]
    assert texts(second, ".value") == ["15个工作日"] * 3  # what stayed as it was comes last
    rows = found.select(".wide-numbers tbody tr")
    assert texts(rows[0], "th, td") == ["绿色改造项目", "2024", "最高奖补100万元"]
    link = rows[0].select_one("a")
    assert link is not None
    address, _, anchor = str(link["href"]).partition("#")
    assert texts(await page(web, address), f"#{anchor}") == ["最高奖补100万元"]
    assert [one["value"] for one in found.select("select[name=region] [selected]")] == ["370700"]
    english = await page(browser(language="en"), "/series?issuer=某市生态环境局")
    assert texts(english, ".courses .value")[:3] == ["CNY 1 million", "CNY 3 million", "CNY 5 million"]


async def test_a_series_may_be_asked_for_within_a_region(web: httpx.AsyncClient, store: Store) -> None:
    made = whole(issuer="济南市生态环境局", title="济南市生态环境局关于支持企业的8条措施")
    published(store, made)
    asked = "/series?issuer=市生态环境局"
    assert texts(await page(web, asked), ".block h2") == []
    within = await page(web, f"{asked}&region=370100")
    assert texts(within, ".block h2")[0].startswith("济南市生态环境局")
    assert "region" in (await page(web, f"{asked}&region=x", 400)).get_text()


async def test_an_announcement_leads_to_a_comparison_and_says_the_id_that_is_asked_for_there(
    web: httpx.AsyncClient, store: Store
) -> None:
    number = published(store, whole())
    found = await page(web, f"/announcements/{number}")
    assert f"编号{number}" in texts(found, ".facts > div")
    [link] = found.select(".item-actions a[href^='/compare']")
    form = await page(web, str(link["href"]))
    assert [one["value"] for one in form.select("input[name=a]")] == [str(number)]


async def test_what_cannot_be_compared_is_named(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole())
    answer = await web.get("/compare?a=1&b=999")
    assert answer.status_code == 404
    assert texts(BeautifulSoup(answer.text, "lxml"), "p.muted")[0] == "b=999"


@pytest.mark.parametrize("word", HOSTILE)
async def test_hostile_words_are_words_on_every_page(web: httpx.AsyncClient, store: Store, word: str) -> None:
    first = published(store, hostile(word), told=ALL)
    published(store, replace(near_miss(), title=word, verdict=replace(near_miss().verdict, reasons=(word,))), 2)
    passed(store, PassNote(NOW, 1, problem=word), state=SourceState.FAILING, problem=Problem("x", word, word))
    paths = (
        *SECTIONS,
        f"/announcements/{first}",
        f"/announcements/{first}/diff",
        "/sources/bureau",
        "/compare?a=1&b=2",
    )
    said = quote(word)
    for path in (*paths, f"/?query={said}", f"/?source={said}", f"/series?issuer={said}", f"/nothing/{said}"):
        answer = await web.get(path)
        assert answer.status_code < 500, path
        found = BeautifulSoup(answer.text, "lxml")
        assert found.select("script, iframe, object, embed, img, base") == [], path
        assert [one.parent.name for one in found.select("style")] == ["head"], path  # type: ignore[union-attr]
        tree = etree.fromstring(answer.content, etree.HTMLParser())
        named = {name for one in tree.iter(etree.Element) for name in one.attrib}
        assert not [name for name in named if name.startswith("on") or name == "style"], path
        for link in found.select("[href], [action]"):
            address = str(link.get("href") or link.get("action"))
            assert address.startswith(("/", "#", "?", "http://", "https://")), (path, address)
        assert "49" not in texts(found, "title")[0]
        assert "\u202e" not in answer.text

"""A subscription made in the browser begins with the link of a mail and ends with the link of another."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tests.store.examples import deadline, money
from tests.web import examples
from tests.web.conftest import HOME, Browser
from tests.web.examples import NOW, edited, published, whole
from tests.web.test_pages import page, texts
from watcher.deliver import deliver_due
from watcher.notify import line
from watcher.recipients import addressed
from watcher.records.deliveries import SubscriptionRecord
from watcher.settings import Keywords, Options, Settings, Where
from watcher.store import Store
from watcher.web.access import Access
from watcher.web.application import application
from watcher.web.limits import ALL, EACH, Limit
from watcher.web.meaning import describe
from watcher.web.site import Form, Site
from watcher.web.wishes import Wish
from watcher.web.wishing import read, unfilled
from watcher.web.words import Words

READER = "reader@example.org"
DEAD = "mailto://me:topsecret@127.0.0.1:9?from=a@example.org"
EVERYTHING: dict[str, str | list[str]] = {
    "email": READER,
    "region": "山东省潍坊市、寿光市",
    "type": ["measures_document", "measures_news"],
    "topic": ["环评审批"],
    "issuer": "潍坊市生态环境局",
    "keywords": "环评 金融",
    "unwanted": "招聘",
    "figures": "money >= 100万\nduration <= 10 workday",
    "on": ["new", "withdrawn", "deadline"],
    "remind": "14天 3",
    "deliver": "weekly",
    "weekday": "fri",
    "time": "17:05",
    "language": "en",
}


def filled(**fields: str | list[str]) -> Form:
    """The form with these fields filled in, the others as they are at first."""
    kept = [(name, value) for name, value in unfilled("zh").multi_items() if name not in fields]
    given = [(name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)]
    return Form([*kept, *given])


def test_all_that_a_subscription_can_ask_for_is_read() -> None:
    wish, problems = read(filled(**EVERYTHING), "zh")
    made = wish.subscription()
    assert problems == {}
    assert made.where == Where(
        regions=("370700", "370783"),
        types=("measures_document", "measures_news"),
        topics=("环评审批",),
        issuers=("潍坊市生态环境局",),
        keywords=Keywords(any=("环评", "金融"), none=("招聘",)),
        figures=("money >= 100万", "duration <= 10 workday"),
    )
    assert (made.on, made.remind) == (("new", "withdrawn", "deadline"), (14, 3))
    assert (made.deliver, made.language) == ("weekly fri 17:05", "en")


def test_a_subscription_is_told_in_words() -> None:
    made = read(filled(**EVERYTHING), "zh")[0].subscription()
    assert describe(made, Words("zh")) == (
        "山东省潍坊市、山东省潍坊市寿光市 · 措施文件、措施报道 · 环评审批 · 潍坊市生态环境局 · 环评、金融 · 不含 招聘"
        " · money >= 100万、duration <= 10 workday · 新公告、被撤下的、将到的期限 · 提前 14、3 天 · 每周五 17:05 一封"
    )
    assert describe(made, Words("en")).endswith(
        "deadlines that come near · 14, 3 days before · one mail a week, Friday 17:05"
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"region": "潍坊、亚特兰蒂斯"}, {"region": "没有“亚特兰蒂斯”这个地区：请写全称（山东省潍坊市）或六位代码。"}),
        ({"region": "999999"}, {"region": "没有“999999”这个地区：请写全称（山东省潍坊市）或六位代码。"}),
        ({"figures": "money >= 100万\n多于一百万"}, {"figures": "读不懂“多于一百万”。"}),
        ({"figures": "duration <= 10 吨"}, {"figures": "读不懂“duration <= 10 吨”。"}),
        ({"on": []}, {"on": "至少选一项。"}),
        ({"on": "deadline", "remind": "soon"}, {"remind": "请写天数，如 14 3，最多 365 天。"}),
        ({"on": "deadline", "remind": "400"}, {"remind": "请写天数，如 14 3，最多 365 天。"}),
        ({"deliver": "daily", "time": "25:00"}, {"time": "请写时间，如 08:30。"}),
        ({"deliver": "weekly", "weekday": "noday"}, {"weekday": "没有这个选项。"}),
        ({"keywords": " ".join("甲乙丙丁戊己庚辛壬癸子")}, {"keywords": "最多 10 个，每个不超过 40 字。"}),
        ({"region": "亚特兰蒂斯", "unwanted": "字" * 41}, {"region": "没有", "unwanted": "最多 10 个"}),
    ],
)
def test_what_is_wrong_is_said_of_its_field(fields: dict[str, str | list[str]], wrong: dict[str, str]) -> None:
    _, problems = read(filled(**fields), "zh")
    said = {name: Words("zh")(one.phrase, **one.values) for name, one in problems.items()}
    assert said.keys() == wrong.keys()
    assert all(said[name].startswith(text) for name, text in wrong.items())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("山东", "370000"),
        ("山东省", "370000"),
        ("潍坊", "370700"),
        ("370783", "370783"),
        ("济南市莱芜区", None),
        ("莱芜区", "370116"),
    ],
)
def test_a_place_is_known_by_name_or_code(written: str, code: str | None) -> None:
    assert (read(filled(region=written), "zh")[0].regions or (None,)) == (code,)


def test_of_several_places_with_one_name_each_is_named() -> None:
    _, problems = read(filled(region="鼓楼区"), "zh")
    assert "江苏省南京市鼓楼区 320106" in Words("zh")(problems["region"].phrase, **problems["region"].values)


async def test_a_form_that_is_wrong_comes_back_as_it_was_filled_in(web: httpx.AsyncClient) -> None:
    answer = await send_form(web, **{**EVERYTHING, "region": "潍坊、亚特兰蒂斯", "email": "nobody"})
    assert answer.status_code == 400
    shown = BeautifulSoup(answer.text, "lxml")
    place = shown.select_one("#region")
    assert place is not None
    assert (place["value"], place["aria-invalid"], place["aria-describedby"]) == (
        "潍坊、亚特兰蒂斯",
        "true",
        "region-wrong",
    )
    assert texts(shown, "#email-wrong") == ["请填写一个完整的邮箱地址。"]
    assert [one["value"] for one in shown.select("input[name=on][checked]")] == ["new", "withdrawn", "deadline"]
    assert texts(shown, "#figures") == ["money >= 100万 duration <= 10 workday"]
    assert texts(shown, "#weekday [selected]") == ["周五"]


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusal: str | None = None

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        if self.refusal is None:
            envelope.rcpt_tos.append(address)
        return self.refusal or "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:  # the controller cannot choose a free port itself
        port = int(probe.getsockname()[1])
    running = Controller(mailbox, hostname="127.0.0.1", port=port)
    running.start()
    yield f"mailto://127.0.0.1:{port}?from=alerts@example.org"
    running.stop()


@pytest.fixture
def mailing(tmp_path: Path, server: str) -> Settings:
    return examples.settings(tmp_path, mail=server, public_url=HOME)


@pytest.fixture
def web(browser: Browser, mailing: Settings) -> httpx.AsyncClient:
    return browser(settings=mailing)


async def send_form(web: httpx.AsyncClient, **fields: str | list[str]) -> httpx.Response:
    seal = (await page(web, "/subscribe")).select_one("input[name=seal]")
    assert seal is not None
    asked: dict[str, str | list[str]] = {"seal": str(seal["value"]), "on": ["new"], "deliver": "instant", "do": "send"}
    return await web.post("/subscribe", data={**asked, **fields})


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(rf"{re.escape(HOME)}(/\S+)", body.get_content())
    assert found is not None
    return found[1]


async def test_the_whole_way_of_a_subscription(
    web: httpx.AsyncClient, store: Store, mailbox: Mailbox, browser: Browser, mailing: Settings
) -> None:
    answer = await send_form(web, email=READER, keywords="绿色改造")
    assert "请查收邮件" in answer.text
    assert [one["To"] for one in mailbox.mails] == [READER]
    assert len(store.subscriptions()) == len(examples.SUBSCRIPTIONS)

    link = link_in(mailbox.mails.pop())
    anonymous = browser(settings=mailing)
    assert texts(await page(anonymous, link), "h1") == ["确认订阅"]
    assert len(store.subscriptions()) == len(examples.SUBSCRIPTIONS)  # mail programs open links
    for _ in range(2):
        assert "订阅已生效" in (await anonymous.post(link)).text
    [made] = [one for one in store.subscriptions() if one.subscription.id.startswith("web-")]
    assert made.subscription.where.keywords.any == ("绿色改造",)

    published(store, whole(), told=(made.subscription.id,))
    assert made.subscription.to == f"mailto://?to={READER}"  # the server is the one of the day a mail is sent
    await deliver_due(store, line, lambda: NOW, Options(public_url=HOME))
    assert mailbox.mails == []
    [waits] = store.deliveries("waiting")
    assert waits.last_error is not None
    assert "settings.mail" in waits.last_error
    store.retry_delivery(waits.id, NOW)
    await deliver_due(store, line, lambda: NOW, Options(public_url=HOME, mail=mailing.options.mail))
    [mail] = mailbox.mails
    assert mail["To"] == READER
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ending = mail["List-Unsubscribe"].strip("<>").removeprefix(HOME)
    asks = await page(anonymous, ending)
    assert texts(asks, "h1") == ["退订"]
    assert "不再向 r…@example.org 发送这些提醒： 绿色改造 · 新公告 · 随时" in texts(asks, "p")
    assert not any(one in asks.get_text() for one in ("mailto", "127.0.0.1", made.subscription.id))
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().rstrip().endswith(f"退订：{HOME}{ending}")
    for kind in ({"data": {"List-Unsubscribe": "One-Click"}}, {"files": {"List-Unsubscribe": (None, "One-Click")}}):
        assert (await anonymous.post(ending, **kind)).status_code == 200
    [ended] = [one for one in store.subscriptions() if one.subscription.id == made.subscription.id]
    assert ended.status == "ended"
    assert texts(await page(anonymous, ending), "h1") == ["已退订"]


async def test_the_confirmation_is_in_the_language_that_mails_are_to_be_in(
    web: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    answer = await send_form(web, email=READER, keywords="环评", language="en")
    assert "请查收邮件" in answer.text
    [mail] = mailbox.mails
    assert mail["Subject"] == "Please confirm: Measures for Enterprises"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "环评 · new ones · at once" in body.get_content()


@pytest.mark.parametrize("by", ["reader", "operator"])
async def test_who_unsubscribed_subscribes_again_by_a_new_link_only(
    browser: Browser, mailing: Settings, store: Store, mailbox: Mailbox, by: str
) -> None:
    def at(minutes: int) -> httpx.AsyncClient:
        return browser(settings=mailing, clock=lambda: NOW + timedelta(minutes=minutes))

    def made() -> SubscriptionRecord | None:
        return next((one for one in store.subscriptions() if one.subscription.id.startswith("web-")), None)

    await send_form(at(0), email=READER)
    old = link_in(mailbox.mails.pop())
    await at(1).post(old)
    first = made()
    assert first is not None
    if by == "reader":
        await at(2).post(f"/unsubscribe/{first.token}")
    else:
        store.remove_subscription(first.subscription.id, NOW + timedelta(minutes=2))

    again = await at(3).post(old)
    assert again.status_code == 410
    assert "此后已退订" in again.text
    assert store.audience() == examples.SUBSCRIPTIONS[::-1]

    await send_form(at(4), email=READER)
    assert "订阅已生效" in (await at(5).post(link_in(mailbox.mails.pop()))).text
    second = made()
    assert second is not None
    assert (second.status, second.token) == ("active", first.token)


async def test_a_subscription_that_is_paused_is_not_said_to_be_active(
    web: httpx.AsyncClient, store: Store, mailbox: Mailbox
) -> None:
    store.suppressions.suppress(READER, "no such mailbox", NOW)
    await send_form(web, email=READER)
    answer = await web.post(link_in(mailbox.mails.pop()))
    assert "暂停" in answer.text
    assert "已生效" not in answer.text


async def test_a_preview_shows_what_would_have_come_and_sends_nothing(
    web: httpx.AsyncClient, store: Store, mailbox: Mailbox
) -> None:
    published(store, whole(title="甲"), 1)
    published(store, whole(title="乙", region=None), 2)
    answer = await send_form(web, keywords="没有的词", do="preview")
    assert "过去90天会有 0 条提醒，约每周 0.0 封" in answer.text
    answer = await send_form(web, keywords="绿色改造", do="preview")
    assert "过去90天会有 2 条提醒，约每周 2 封" in answer.text
    assert mailbox.mails == []


@pytest.mark.parametrize(("on", "count"), [("changed", 1), ("deadline", 2), (["new", "changed", "deadline"], 3)])
async def test_a_preview_counts_changes_and_reminders(
    web: httpx.AsyncClient, store: Store, on: str | list[str], count: int
) -> None:
    soon = NOW.date() + timedelta(days=2)
    before = whole(deadlines=(deadline(examples.TEXT, "2026年6月底前", soon),))
    published(store, before)
    dearer = examples.TEXT.replace("300万", "500万")
    figures = (money(dearer, "最高奖补500万元", 5_000_000, "绿色改造项目"),)
    after = whole(dearer, figures=figures, deadlines=(deadline(dearer, "2026年6月底前", soon),))
    edited(store, before, after)
    answer = await send_form(web, on=on, do="preview")
    assert f"会有 {count} 条提醒" in answer.text


async def test_what_a_first_pass_found_long_after_its_publication_is_no_news_of_now(
    web: httpx.AsyncClient, store: Store
) -> None:
    published(store, whole(published=NOW.date() - timedelta(days=200)))
    assert "会有 0 条提醒" in (await send_form(web, do="preview")).text


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "a@b"},
        {"email": "a@example.org,b@example.org"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"email": "a@example.org?cc=b@example.org"},
        {"email": READER, "region": "999999"},
        {"email": READER, "deliver": "never"},
        {"email": READER, "on": "source_trouble"},
        {"email": READER, "type": "other"},
        {"email": READER, "topic": "天气"},
        {"email": READER, "language": "fr"},
    ],
)
async def test_a_wish_that_cannot_be_is_said_to(
    web: httpx.AsyncClient, mailbox: Mailbox, fields: dict[str, str | list[str]]
) -> None:
    answer = await send_form(web, **fields)
    assert answer.status_code == 400
    assert mailbox.mails == []


async def test_without_a_seal_nothing_is_mailed(web: httpx.AsyncClient, mailbox: Mailbox) -> None:
    data = {"email": READER, "on": "new", "deliver": "instant", "do": "send", "seal": "x"}
    assert (await web.post("/subscribe", data=data)).status_code == 403
    assert mailbox.mails == []


async def test_a_mailbox_is_not_flooded(web: httpx.AsyncClient, mailbox: Mailbox) -> None:
    answers = [await send_form(web, email=READER) for _ in range(EACH + 1)]
    assert [one.status_code for one in answers] == [200] * EACH + [429]
    assert answers[-1].headers["retry-after"] == "3600"
    assert len(mailbox.mails) == EACH


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({}, {"X-Forwarded-For": "198.51.100.7"}),
        ({"access": Access(user_header="X-Remote-User")}, {"X-Remote-User": "me"}),
    ],
)
async def test_readers_behind_a_proxy_are_not_counted_as_one(
    site: Site, mailing: Settings, mailbox: Mailbox, changes: dict[str, Any], headers: dict[str, str]
) -> None:
    app = application(replace(site, settings=mailing, **changes))
    transport = httpx.ASGITransport(app, client=("203.0.113.9", 5000))
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=headers) as behind:
        answers = [(await send_form(behind, email=f"r{n}@example.org")).status_code for n in range(EACH + 1)]
    assert answers == [200] * (EACH + 1)
    assert len(mailbox.mails) == EACH + 1


async def test_readers_behind_a_proxy_that_is_named_are_told_apart(site: Site, mailing: Settings) -> None:
    guard = Access(proxies=(ip_network("203.0.113.9"),))
    transport = httpx.ASGITransport(
        application(replace(site, settings=mailing, access=guard)), client=("203.0.113.9", 5000)
    )
    answers: dict[str, list[int]] = {}
    for reader in ("198.51.100.7", "198.51.100.8"):
        headers = {"X-Forwarded-For": f"192.0.2.{len(answers)}, {reader}"}
        async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=headers) as web:
            answers[reader] = [
                (await send_form(web, email=f"r{n}-{reader[-1]}@example.org")).status_code for n in range(EACH + 1)
            ]
    assert list(answers.values()) == [[200] * EACH + [429]] * 2


async def test_a_reader_who_is_known_asks_five_times_an_hour(site: Site, mailing: Settings) -> None:
    transport = httpx.ASGITransport(application(replace(site, settings=mailing)), client=("203.0.113.9", 5000))
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as direct:
        answers = [(await send_form(direct, email=f"r{n}@example.org")).status_code for n in range(EACH + 1)]
    assert answers == [200] * EACH + [429]


def test_a_day_has_a_total() -> None:
    limit = Limit(each=1, all_together=2, all_day=3)
    passed = [limit.passes(frozenset({str(n)}), NOW + timedelta(hours=n)) for n in range(5)]
    assert passed == [True, True, True, False, False]
    assert limit.passes(frozenset(), NOW + timedelta(days=1))


async def test_without_a_mail_server_the_page_says_so(browser: Browser) -> None:
    assert "没有设置发信服务器" in (await page(browser(), "/subscribe")).get_text()


async def test_a_wrong_weekday_is_said_beside_its_field(web: httpx.AsyncClient) -> None:
    answer = await send_form(web, email=READER, deliver="weekly", weekday="noday")
    assert answer.status_code == 400
    found = BeautifulSoup(answer.text, "lxml")
    assert texts(found, "#weekday-wrong") == ["没有这个选项。"]
    assert [one["id"] for one in found.select("[aria-describedby=weekday-wrong]")] == ["weekday"]


async def test_a_preview_is_of_as_many_days_as_the_commands(web: httpx.AsyncClient, store: Store) -> None:
    published(store, whole(), at=NOW - timedelta(days=10))
    answer = await send_form(web, do="preview")
    assert texts(BeautifulSoup(answer.text, "lxml"), ".preview h2")[0].startswith("过去90天会有 1 条提醒")


async def test_without_a_public_address_nobody_subscribes_since_no_mail_could_lead_back(
    browser: Browser, tmp_path: Path, mailing: Settings, mailbox: Mailbox
) -> None:
    web = browser(settings=examples.settings(tmp_path, mail=mailing.options.mail))
    found = await page(web, "/subscribe")
    assert "public_url" in texts(found, ".notice")[0]
    assert [one["value"] for one in found.select("button[name=do]")] == ["preview"]
    answer = await send_form(web, email=READER)
    assert answer.status_code == 503
    assert "public_url" in answer.text
    await send_form(browser(settings=mailing), email=READER)
    assert (await web.get(link_in(mailbox.mails.pop()))).status_code == 410


async def test_a_mail_server_that_is_down_is_said_without_its_address(browser: Browser, tmp_path: Path) -> None:
    web = browser(settings=examples.settings(tmp_path, mail=DEAD, public_url=HOME))
    answer = await send_form(web, email=READER)
    assert answer.status_code == 503
    assert "topsecret" not in answer.text


async def test_a_mailbox_that_refuses_is_told_apart_from_a_server_that_does(
    browser: Browser, mailing: Settings, mailbox: Mailbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    down = browser(settings=examples.settings(tmp_path, mail=DEAD, public_url=HOME))
    assert "邮件服务器暂时不接受" in (await send_form(down, email=READER)).text

    mailbox.refusal = "550 5.1.1 no such user"
    answer = await send_form(browser(settings=mailing), email=READER)
    assert answer.status_code == 400
    assert "拒收" in answer.text

    told = [record.getMessage() for record in caplog.records if record.name == "watcher.web"]
    assert len(told) == 2
    assert "cannot be reached" in told[0]
    assert "550" in told[1]
    assert "r…@example.org" in told[1]
    assert not any("topsecret" in one or READER in one for one in told)


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00"])
async def test_a_link_of_nobody_ends_nothing(web: httpx.AsyncClient, store: Store, token: str) -> None:
    for method in ("GET", "POST"):
        assert (await web.request(method, f"/unsubscribe/{token}")).status_code in (400, 404)
        assert (await web.request(method, f"/confirm/{token}")).status_code in (400, 404, 410)
    assert all(one.status == "active" for one in store.subscriptions())


def test_a_limit_opens_again_after_an_hour() -> None:
    limit = Limit(each=1, all_together=3)
    assert limit.passes(frozenset({"a"}), NOW)
    assert not limit.passes(frozenset({"a", "b"}), NOW)
    assert limit.passes(frozenset({"b"}), NOW)
    assert limit.passes(frozenset({"c"}), NOW)
    assert not limit.passes(frozenset({"d"}), NOW)
    assert limit.passes(frozenset({"a"}), NOW + timedelta(hours=1))
    assert EACH < ALL


@given(st.text(max_size=40))
def test_no_text_but_one_address_is_an_address(text: str) -> None:
    wish = Wish(text)
    if wish.has_address:
        assert re.fullmatch(r"[\w.%+-]+@[\w.-]+", text, re.ASCII)
    assert addressed("mailto://h?from=a@b.c&to=x@y.z", text).count("to=") >= 1


def test_a_wish_survives_its_link() -> None:
    wish, _ = read(filled(**EVERYTHING), "en")
    opened = Wish.from_link(wish.for_link(NOW))
    assert opened == (wish, NOW)
    assert opened[0].id == wish.id


def test_a_link_of_an_older_version_says_nothing() -> None:
    assert Wish.from_link({"email": READER, "region": "370000", "asked_at": NOW.isoformat()}) is None

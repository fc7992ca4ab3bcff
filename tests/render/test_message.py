"""Alerts as text, Markdown and HTML: what a reader must find in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import html as lxml_html

from watcher.events import digest
from watcher.news import Message
from watcher.render.message import render_event
from watcher.settings import Language

MAIN = {
    "quote": "由30个工作日压减到20个工作日",
    "kind": "duration",
    "low": 20,
    "high": 20,
    "unit": "workday",
    "change": "decrease",
    "previous": {"low": 30, "high": 30, "unit": "workday"},
    "subject": "首次申领办理时限",
    "measure": 2,
}
MONEY = {"quote": "最高300万元", "kind": "money", "subject": "绿色技改项目补助", "change": None, "previous": None}
SHARE = {"quote": "60%以上", "kind": "percent", "subject": "环评审批时限", "change": "decrease", "previous": None}
NEW: dict[str, Any] = {
    "kind": "new",
    "id": 7,
    "revision": 1,
    "url": "https://sthj.example.gov.cn/a/t1.html?x=1&y=2",
    "title": "海州市出台18条措施服务重大项目建设",
    "issuer": "海州市生态环境局",
    "region": {"name": "山东省海州市", "code": "371500"},
    "published": "2024-09-03",
    "type": "measures_news",
    "measure_count": 18,
    "figures": [MAIN, MONEY, SHARE],
    "changes": [],
    "deadlines": [{"quote": "2024年12月底前", "date": "2024-12-31"}],
}
REMINDER: dict[str, Any] = {
    **NEW,
    "kind": "deadline",
    "deadline": {
        "date": "2024-12-31",
        "days_left": 14,
        "tasks": ["组织银企对接"],
        "sentences": ["2024年12月底前，组织银企对接", "2024年12月底前报送总结"],
    },
}

CHANGED: dict[str, Any] = {
    **NEW,
    "kind": "changed",
    "revision": 2,
    "changes": [
        {
            "field": "figure:绿色技改项目补助",
            "before": "最高300万元",
            "after": "最高500万元",
            "quote": "给予最高500万元补助",
            "kind": "money",
            "direction": "increase",
        },
        {"field": "measure_count", "before": "18", "after": "20", "quote": None},
        {"field": "figure:展会补贴", "before": None, "after": "50%", "quote": None},
        {"field": "valid_until", "before": "2025-12-31", "after": None, "quote": None},
    ],
}
TROUBLE: dict[str, Any] = {
    "kind": "source_trouble",
    "url": "https://sthj.example.gov.cn/col/",
    "title": "海州市生态环境局 工作动态",
    "figures": [],
    "changes": [],
    "problem": {"code": "http_412", "message": "sthj.example.gov.cn: answered HTTP 412", "hint": "set `proxy`"},
    "since": "2024-09-03T02:10:00+00:00",
    "failures": 3,
    "retry_at": "2024-09-03T04:10:00+00:00",
}
RECOVERY: dict[str, Any] = {
    **TROUBLE,
    "kind": "source_recovered",
    "problem": None,
    "was": TROUBLE["problem"],
    "until": "2024-09-04T00:40:00+00:00",
    "missed": {"added": 7, "waiting": 2, "gap": False},
}
DIGEST: dict[str, Any] = {"kind": "digest", "items": [CHANGED, NEW, {**NEW, "title": "临江市助企六个办"}, TROUBLE]}


def render(event: dict[str, Any], **options: Any) -> Message:
    defaults: dict[str, Any] = {"key": "k-1", "reason": "地区 山东省海州市；关键词 环评", "timezone": "Asia/Shanghai"}
    return render_event(event, **{**defaults, **options})


def shown(message: Message) -> str:
    """Return the text of the HTML form, as a reader sees it."""
    return " ".join(lxml_html.fromstring(message.html).text_content().split())


def test_where_no_issuer_is_known_the_credit_is_named_as_that() -> None:
    told = {**NEW, "issuer": None, "credit": "南湖日报"}
    assert "来源：南湖日报 · 山东省海州市" in shown(render(told))
    assert "credited to 南湖日报" in shown(render(told, language="en"))
    assert "来源" not in shown(render({**NEW, "credit": "南湖日报"}))


@pytest.mark.parametrize(
    ("task", "line"),
    [
        ("申请缓缴社会保险费", "· 申请缓缴社会保险费：2024-12-31 前\n"),
        ("2024年12月底前", "· 2024-12-31 前：2024年12月底前\n"),  # nothing on the page says what is to be done
        ("办" * 60, f"· {'办' * 39}…：2024-12-31 前\n"),
    ],
)
def test_a_deadline_says_what_is_to_be_done_by_it(task: str, line: str) -> None:
    (deadline,) = NEW["deadlines"]
    assert line in render({**NEW, "deadlines": [{**deadline, "task": task}]}).text


def test_a_new_announcement_as_text() -> None:
    assert render(NEW).text == (
        "海州市出台18条措施服务重大项目建设\n"
        "海州市生态环境局 · 山东省海州市 · 2024-09-03 · 措施报道 · 18条措施\n"
        "\n"
        "关键数字\n"
        "· 首次申领办理时限：由30个工作日压减到20个工作日\n"
        "· 绿色技改项目补助：最高300万元\n"
        "· 环评审批时限：60%以上 ↓\n"
        "\n"
        "期限\n"
        "· 2024-12-31 前：2024年12月底前\n"
        "\n"
        "查看原文：https://sthj.example.gov.cn/a/t1.html?x=1&y=2\n"
        "\n"
        "为什么收到：地区 山东省海州市；关键词 环评"
    )


def test_a_change_says_from_what_to_what() -> None:
    message = render(CHANGED)

    assert (
        "变动\n"
        "· 绿色技改项目补助由最高300万元提高到最高500万元\n"
        "  “给予最高500万元补助”\n"
        "· 措施由18条改为20条\n"
        "· 新增“50%”（展会补贴）\n"
        "· 不再写明有效期（原至2025-12-31）\n"
    ) in message.text
    assert "- 绿色技改项目补助由最高300万元提高到**最高500万元**\n" in message.markdown
    assert "由最高300万元提高到最高500万元" in shown(message)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_holds_what_matters(form: str) -> None:
    sent = getattr(render(NEW), form)

    for words in (
        "海州市出台18条措施",
        "海州市生态环境局",
        "山东省海州市",
        "2024-09-03",
        MAIN["quote"],
        "2024-12-31",
        "关键词 环评",
    ):
        assert words in sent
    assert NEW["url"].replace("&", "&amp;" if form == "html" else "&") in sent


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (NEW, "【新措施】海州市出台18条措施服务重大项目建设"),
        (CHANGED, "【有变动】海州市出台18条措施服务重大项目建设：绿色技改项目补助由最高300万元提高到最高500万元"),
        (
            {**CHANGED, "changes": CHANGED["changes"][2:]},
            "【有变动】海州市出台18条措施服务重大项目建设：新增“50%”（展会补贴）",
        ),
        ({**NEW, "kind": "withdrawn"}, "【已撤下】海州市出台18条措施服务重大项目建设"),
        ({**NEW, "kind": "restored"}, "【已恢复】海州市出台18条措施服务重大项目建设"),
        (REMINDER, "【截止提醒】组织银企对接：2024-12-31，还有14天（海州市出台18条措施服务重大项目建设）"),
        (TROUBLE, "【来源异常】海州市生态环境局 工作动态：要求浏览器验证（HTTP 412）"),
        (RECOVERY, "【来源恢复】海州市生态环境局 工作动态"),
        (DIGEST, "【摘要】海州市出台18条措施服务重大项目建设等4条"),
    ],
)
def test_titles_are_short_and_say_what_happened(event: dict[str, Any], title: str) -> None:
    assert render(event).title == title


def test_a_long_headline_leaves_room_for_the_change() -> None:
    title = render({**CHANGED, "title": "关于进一步优化营商环境" * 10}).title

    assert len(title) <= 80
    assert title.endswith("…：绿色技改项目补助由最高300万元提高到最高500万元")


def test_trouble_says_since_when_and_what_to_do() -> None:
    text = render(TROUBLE).text

    assert (
        "要求浏览器验证（HTTP 412）\n自：2024-09-03 10:10\n下次 12:10 再试，已连续失败3次\n建议：许多政府网站" in text
    )
    assert "打开栏目：https://sthj.example.gov.cn/col/" in text


@pytest.mark.parametrize(
    ("event", "language", "line"),
    [
        ({"kind": "withdrawn", "answer": "http_410"}, "zh", "自 2026-03-02 09:00 起打不开（410），一天后再看仍是"),
        ({"kind": "withdrawn", "answer": "not_found"}, "en", "Gone since 2026-03-02 09:00 (the page says that it "),
        ({"kind": "restored"}, "zh", "自 2026-03-02 09:00 起曾打不开，现已恢复，内容没有变动\n"),
        ({"kind": "restored"}, "en", "Was gone since 2026-03-02 09:00 and is there again, unchanged\n"),
        ({"kind": "restored", "changes": CHANGED["changes"]}, "zh", "自 2026-03-02 09:00 起曾打不开，现已恢复\n"),
    ],
)  # fmt: skip
def test_what_is_gone_or_back_says_since_when(event: dict[str, Any], language: Language, line: str) -> None:
    message = render({**NEW, **event, "gone_since": "2026-03-02T01:00:00+00:00"}, language=language)
    assert f"\n{line}" in message.text


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "没有消息不等于没有发布：湖州市局<b>（自 2026-03-02 09:00）"), ("en", "cannot be read now")],
)
def test_sources_that_cannot_be_read_are_named(language: Language, said: str) -> None:
    down = [{"source": "lake", "title": "湖州市局<b>", "url": "http://a/", "since": "2026-03-02T01:00:00+00:00"}]
    message = render({**NEW, "unreadable": down}, language=language)
    assert said in message.text
    assert "湖州市局&lt;b&gt;" in message.html
    assert "湖州市局\\<b\\>" in message.markdown


def test_a_digest_groups_its_items_by_region_and_type() -> None:
    text = render(digest(DIGEST["items"])).text

    groups = re.findall(r"━━ (.+)（(\d+)）", text)
    assert groups == [("山东省海州市 · 措施报道", "3"), ("来源异常", "1")]
    places = [
        text.index(part) for part in ("1. 【新措施】海州市出台", "2. 【新措施】临江市助企六个办", "3. 【有变动】")
    ]
    assert places == sorted(places)


def test_at_most_eight_figures_are_shown_the_weightiest_first_chosen() -> None:
    small = [{"quote": f"{number}家", "kind": "count", "subject": None} for number in range(20)]

    text = render({**NEW, "figures": [*small, MONEY, MAIN, MAIN]}).text

    assert text.count("\n· ") == 8 + 1  # and the deadline
    assert "最高300万元" in text
    assert "由30个工作日压减到20个工作日" in text
    assert "另有 14 个数字，见原文" in text


def test_a_subject_that_the_quote_holds_is_not_repeated() -> None:
    text = render({**NEW, "figures": [{"quote": "补助最高300万元", "kind": "money", "subject": "补助"}]}).text

    assert "· 补助最高300万元\n" in text


IN_FILE: dict[str, Any] = {
    **NEW,
    "figures": [MAIN, {**MONEY, "origin": {"file": "附件1.pdf", "url": "http://a.cn/1.pdf", "page": 2}}],
    "deadlines": [{"quote": "2024年12月底前", "date": "2024-12-31", "origin": {"file": None, "url": None, "page": 3}}],
    "attachments": [
        {"name": "附件1.pdf", "url": "http://a.cn/1.pdf", "unread": None},
        {"name": "附件2.pdf", "url": "http://a.cn/2.pdf", "unread": {"code": "needs_ocr", "message": "a scan"}},
        {"name": "附件3.docx", "url": "http://a.cn/3.docx", "unread": {"code": "http_503", "message": "busy"}},
    ],
}


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_figure_of_a_file_says_where_it_stands_and_an_unread_file_why(form: str) -> None:
    shown = re.sub(r"<[^>]+>|\\", "", getattr(render(IN_FILE), form))
    for words in ("附件1.pdf 第2页", "第3页", "附件未读：附件2.pdf（扫描件，需要OCR）", "附件3.docx（未能读取）"):
        assert words in shown
    assert "附件未读：附件1.pdf" not in shown


MEASURES = [{"number": number, "heading": f"支持措施{number}"} for number in range(1, 12)]


WHOLE = {**NEW, "measures": MEASURES, "item_url": "http://a.cn/?a&b"}


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_what_is_new_lists_its_first_measures(form: str) -> None:
    sent = getattr(render({**NEW, "measures": MEASURES}), form)
    assert "支持措施8" in sent
    assert "支持措施9" not in sent
    assert "另有 3 条" in sent
    assert "支持措施1" not in getattr(render({**CHANGED, "measures": MEASURES}), form)
    assert "支持措施1" not in getattr(render(digest([{**NEW, "measures": MEASURES}])), form)


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("压缩审批时限", "压缩审批时限"),
        (
            "对清洁生产改造的企业给予奖补，" * 4,
            "对清洁生产改造的企业给予奖补，对清洁生产改造的企业给予奖补…",
        ),
        ("办" * 60, "办" * 39 + "…"),
        ("一、" + "办" * 60, "一、" + "办" * 37 + "…"),
    ],
)
def test_of_a_long_measure_its_first_words_are_shown(heading: str, shown: str) -> None:
    assert f"\n3. {shown}\n" in render({**NEW, "measures": [{"number": 3, "heading": heading}]}).text


@pytest.mark.parametrize(
    ("day", "left"),
    [("2024-12-31", "还有12天"), ("2024-12-19", "今天截止"), ("2024-12-20", "明天截止"), ("2024-12-18", "已过期")],
)
def test_a_deadline_says_how_far_it_is_where_its_reader_lives(day: str, left: str) -> None:
    event = {**NEW, "deadlines": [{"quote": "年底前", "date": day, "task": "提交申请"}]}
    evening = datetime(2024, 12, 18, 17, 0, tzinfo=UTC)  # the 19th in Shanghai
    assert f"· 提交申请：{day} 前（{left}）\n" in render(event, now=evening).text
    assert left in shown(render(event, now=evening))
    assert "（" not in render(event).text.partition("期限")[2]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_its_page_in_watcher_is_linked_beside_the_original(form: str) -> None:
    here = "https://watch.example/announcements/7"
    for event in (NEW, digest([NEW])):
        assert here not in getattr(render(event), form)
    assert here in getattr(render({**NEW, "item_url": here}), form)
    assert "watch.example" not in render({**NEW, "item_url": "javascript:alert(1)"}).html


def test_mail_shows_figures_as_a_table_with_their_quotes() -> None:
    tree = lxml_html.fromstring(render(NEW).html)
    (table,) = tree.xpath("//table[@class='figures']")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath(".//tr")]
    assert rows == [
        ["首次申领办理时限“由30个工作日压减到20个工作日”", "30 → 20个工作日"],
        ["绿色技改项目补助", "最高300万元"],
        ["环评审批时限", "60%以上 ↓"],
    ]
    assert {cell.get("scope") for cell in table.xpath(".//th")} == {"row"}


def test_a_card_does_not_repeat_what_its_group_says() -> None:
    (card,) = lxml_html.fromstring(render(digest([NEW])).html).xpath("//div[contains(@class, 'new')]")
    assert "山东省海州市" not in card.text_content()
    assert "2024-09-03" in card.text_content()


def test_english() -> None:
    message = render(NEW, language="en", reason=None)

    assert message.title.startswith("[New] 海州市")
    assert "Key figures\n· 首次申领办理时限: 30 → 20 working days “由30个工作日压减到20个工作日”" in message.text
    assert "Why you get this" not in message.text
    assert '<html lang="en">' in message.html


def test_the_event_gets_the_key_of_the_delivery() -> None:
    message = render({**NEW, "delivery": "old"})

    assert (message.key, message.event["delivery"]) == ("k-1", "k-1")


def test_unsubscribing_is_offered_in_mail() -> None:
    assert (
        'href="https://watch.example/unsubscribe/a"'
        in render({**NEW, "unsubscribe_url": "https://watch.example/unsubscribe/a"}).html
    )


@pytest.mark.parametrize(
    "event",
    [NEW, IN_FILE, CHANGED, TROUBLE, RECOVERY, DIGEST, WHOLE],
    ids=lambda event: str(event["kind"]),
)
def test_the_html_is_well_formed(event: dict[str, Any]) -> None:
    page = render(event).html
    closed = re.sub(r"<(meta[^>]*|br)>", r"<\1/>", page.removeprefix("<!doctype html>")).replace("&nbsp;", " ")

    assert ElementTree.fromstring(closed).tag == "html"


def test_a_mail_program_previews_the_first_figures() -> None:
    preview = lxml_html.fromstring(render(NEW).html).xpath("//body/div[1]")[0].text_content()

    assert preview.startswith("首次申领办理时限：由30个工作日压减到20个工作日 · ")


def test_a_repost_names_the_page_that_copied_and_links_the_original() -> None:
    copied = {"seen_at": [{"source": "paper", "name": "云州日报", "url": "http://paper.example/7.html"}]}
    message = render({**NEW, "kind": "repost", **copied})
    assert message.title.startswith("【有转载】海州市出台18条措施")
    assert "又见于：云州日报 http://paper.example/7.html" in message.text
    assert "云州日报 http://paper.example/7.html" in shown(message)
    assert str(NEW["url"]) in message.text


def test_a_text_with_other_numbers_names_the_one_that_it_resembles() -> None:
    other = {"id": 4, "url": "http://bureau.example/4.html", "title": "一季度走访企业", "changed": ["560家 → 590家"]}
    message = render({**NEW, "resembles": other})
    line = "与《一季度走访企业》文字相同，数字不同：560家 → 590家 http://bureau.example/4.html"
    assert line in message.text
    assert line in shown(message)
    untitled = render({**NEW, "resembles": {**other, "title": None}})
    assert "与另一则公告文字相同，数字不同：560家 → 590家 http://bureau.example/4.html" in untitled.text


@pytest.mark.parametrize(
    ("original", "named"), [("http://origin.example/1.html", True), ("javascript:alert(1)", False), (None, False)]
)
def test_an_original_that_was_not_read_is_shown(original: str | None, named: bool) -> None:
    assert (f"原文：{original}" in render({**NEW, "original_url": original}).text) is named


def edited_alike(count: int) -> list[dict[str, Any]]:
    return [
        {**CHANGED, "id": number, "title": f"第{number}号<b>通知", "url": f"https://sthj.example.gov.cn/{number}.html"}
        for number in range(1, count + 1)
    ]


def test_pages_that_were_edited_alike_are_listed_below_what_changed() -> None:
    event = {"kind": "changed", "title": None, "changes": CHANGED["changes"], "items": edited_alike(60)}
    message = render_event(event, key="k", reason="订阅了全部公告", timezone="Asia/Shanghai")
    assert message.title.startswith("【有变动】60条公告有同样的修改：绿色技改项目补助由最高300万元提高到")
    for form in (message.text, message.markdown, message.html):
        assert form.count("最高500万元") <= 2
        assert "https://sthj.example.gov.cn/50.html" in form
        assert "https://sthj.example.gov.cn/51.html" not in form
        assert "另有 10 条" in form
    assert "第1号<b>通知" not in message.html
    assert message.event["items"] == event["items"]


def test_a_digest_lists_what_was_edited_alike_once() -> None:
    other = {**CHANGED, "changes": CHANGED["changes"][:1], "title": "另一件"}
    event = {"kind": "digest", "changes": [], "items": [NEW, *edited_alike(3), other]}
    message = render_event(event, key="k", reason=None, timezone="Asia/Shanghai")
    assert message.title == "【摘要】海州市出台18条措施服务重大项目建设等5条"
    assert "3条公告有同样的修改" in message.text
    assert message.text.count("不再写明有效期") == 1
    assert "另一件" in message.text


OUTAGE = {
    "kind": "delivery_trouble",
    "title": "ops-mail",
    "subscriptions": ["ops-mail"],
    "channel": "mailto://smtp.example.org?to=t…@example.org",
    "error": "mail: the recipient was refused: 550 5.1.1 no such user",
    "since": "2024-09-03T00:40:00+00:00",
    "paused": True,
}


@pytest.mark.parametrize(
    ("event", "language", "title", "lines"),
    [
        (
            OUTAGE,
            "zh",
            "【投递异常】ops-mail：通道拒收，订阅已暂停",
            ["自：2024-09-03 08:40", "watcher subscriptions resume ops-mail"],
        ),
        (
            {**OUTAGE, "paused": False},
            "en",
            "[Not delivered] ops-mail: nothing was accepted for long; it i…",
            ["It said: mail: the recipient was refused: 550 5.1.1 no such user", "`watcher deliveries`"],
        ),
        (
            {**OUTAGE, "paused": False, "message_only": True},
            "zh",
            "【投递异常】ops-mail：通道拒收其中一条提醒的内容，其余照常送达",
            [
                "答复：mail: the recipient was refused: 550 5.1.1 no such user",
                "`watcher deliveries retry 编号` 可重发",
            ],
        ),
        (
            {**OUTAGE, "kind": "delivery_recovered", "until": "2024-09-03T02:00:00+00:00"},
            "zh",
            "【投递恢复】ops-mail",
            ["期间：2024-09-03 08:40 至 2024-09-03 10:00", "通道：mailto://smtp.example.org?to=t…@example.org"],
        ),
    ],
)
def test_what_is_not_delivered_says_since_when_and_what_to_do(
    event: dict[str, Any], language: Language, title: str, lines: list[str]
) -> None:
    message = render(event, language=language)
    assert message.title == title
    for line in lines:
        assert line in message.text
        assert line.replace("`", "") in shown(message).replace("`", "")


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_digest_says_why_its_reader_gets_it(form: str) -> None:
    items = [
        {**NEW, "why": "地区 山东省；关键词 环评"},
        {**CHANGED, "why": "地区 山东省；关键词 融资、环评"},
        {**TROUBLE, "why": "订阅了全部来源的状况"},
    ]
    message = render_event(digest(items), key="k", reason=None, timezone="Asia/Shanghai")
    assert "为什么收到：地区 山东省；关键词 环评、融资；订阅了全部来源的状况" in getattr(message, form)
    silent = render_event(digest([NEW]), key="k", reason=None, timezone="Asia/Shanghai")
    assert "为什么收到" not in getattr(silent, form)


@pytest.mark.parametrize(
    ("count", "language", "title"),
    [
        (1, "zh", "【摘要】海州市出台18条措施"),
        (3, "zh", "【摘要】海州市出台18条措施等3条"),
        (3, "en", "[Digest] 海州市出台18条措施 and others, 3 in all"),
    ],
)
def test_the_title_of_a_digest_names_its_first_item(count: int, language: Language, title: str) -> None:
    rest = [{"kind": "new", "id": n, "title": f"第{n}号", "region": {"name": "其他市"}} for n in range(1, count)]
    items: list[dict[str, Any]] = [{"kind": "new", "id": 0, "title": "海州市出台18条措施"}, *rest]
    event = {"kind": "digest", "items": items}
    message = render_event(event, language=language, key="k", reason=None, timezone="UTC")
    assert message.title == title
    event = {"kind": "digest", "items": [{**one, "title": "很长的标题" * 40} for one in items]}
    assert len(render_event(event, language=language, key="k", reason=None, timezone="UTC").title) <= 80


@pytest.mark.parametrize("item_url", [None, "https://watch.example/announcements/7"])
@pytest.mark.parametrize("is_digest", [True, False])
def test_what_is_gone_leads_to_our_page_or_nowhere(item_url: str | None, is_digest: bool) -> None:
    gone = {"kind": "withdrawn", "id": 7, "title": "海州市出台18条措施", "url": "https://gov.example/gone"}
    gone |= {"item_url": item_url} if item_url else {}
    event = {"kind": "digest", "items": [gone]} if is_digest else gone
    message = render_event(event, language="zh", key="k", reason=None, timezone="UTC")
    for text in (message.text, message.markdown, message.html):
        assert "gov.example" not in text
        assert ("watch.example/announcements/7" in text) is (item_url is not None)


NOTICE = {"title": "关于废止部分文件的通知", "url": "https://sthj.example.gov.cn/a/t9.html", "id": None}


@pytest.mark.parametrize(
    ("stands", "title", "line"),
    [
        ({"lifecycle": {"state": "repealed", "by": NOTICE}}, "【新措施·已废止】海州市", "状态：已废止；见 关于废止"),
        ({"valid_until": "2024-09-02"}, "【新措施·已失效】海州市", "状态：已失效\n"),
        ({"status": "withdrawn"}, "【新措施·已撤下】海州市", "海州市生态环境局"),
        ({"kind": "withdrawn"}, "【已撤下】海州市", "海州市生态环境局"),
        (
            {"kind": "changed", "changes": [{"field": "lifecycle", "before": None, "after": "废止"}]},
            "【有变动】海州市出台18条措施服务重大项目建设：状态：废止",
            "状态：废止",
        ),
    ],
    ids=["repealed", "lapsed", "gone, and sent again", "withdrawn", "told to be repealed"],
)
def test_what_does_not_hold_any_more_says_so_and_has_no_deadlines(
    stands: dict[str, Any], title: str, line: str
) -> None:
    message = render({**NEW, **stands}, now=datetime(2024, 9, 10, tzinfo=UTC))
    assert message.title.startswith(title)
    assert line in message.text
    assert message.text.count("状态") == line.count("状态")
    for form in (message.text, message.markdown, message.html):
        assert "2024年12月底前" not in form


@pytest.mark.parametrize("stands", [{"lifecycle": {"state": "superseded"}}, {"valid_until": "2024-09-10"}])
def test_what_holds_has_its_deadlines(stands: dict[str, Any]) -> None:
    message = render({**NEW, **stands}, now=datetime(2024, 9, 10, tzinfo=UTC))
    assert message.title.startswith("【新措施】")
    assert "2024年12月底前" in message.text

"""What a page writes is read as words by every service, whatever it holds; and nothing is longer than it takes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from watcher.events import digest
from watcher.news import Message
from watcher.notify.address import open_channel
from watcher.notify.dialects import DINGTALK, FEISHU, SLACK, TELEGRAM, WECOM, Dialect, write
from watcher.notify.fit import fit, fit_marked, in_bytes, in_json, in_utf16
from watcher.notify.mail import compose
from watcher.notify.marked import Block, Form, Span, blocks_of, shortened
from watcher.render.message import render_event

HOSTILE = (
    "<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "](javascript:alert(1))", "[a](http://evil.example)",
    "![x](http://evil.example/p.png)", "*_`[", "**", "__x__", "~~y~~", "`code`", "```", "<@U123>", "<!channel>", "@all",
    "<at id=all></at>", "<http://evil.example|go>", "http://evil.example", "&lt;b&gt;", "&#42;", "\\", "\\*", "#", "> ",
    "\n# x", "\r\nBcc: a@b.c", "\r\n\r\n", "- ", "1. ", "---", "===", "|a|b|", "\u202egpj.exe", "\u200b", "\x1b[31m",
    "𠀀", "👨‍👩‍👧", "e\u0301", "；", "。", "“", "\ud800", "\x00", "</b>", "'", '"', "</blockquote>", ":smile:", "$x$",
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=12) | st.sampled_from(["办理", "最高300万元", " "]), max_size=6
)
NASTY = WORDS.map("".join)
URL, PAGE = "https://bureau.example/a_b(1)*~'[x].html?x=1&y=<z>|", "https://watch.example/announcements/7"
BEGINS = ("https://bureau.example/a_b%281%29", "https://bureau.example/a_b(1)")


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    many = draw(st.integers(0, 12))
    item: dict[str, Any] = {
        "kind": draw(st.sampled_from(["new", "changed", "wording", "deadline", "withdrawn"])),
        "id": 7, "url": URL, "item_url": PAGE, "title": draw(NASTY), "issuer": draw(NASTY),
        "region": {"name": draw(NASTY)},
        "figures": [{"kind": "money", "quote": draw(NASTY), "subject": draw(NASTY)} for _ in range(many)],
        "changes": [{"field": "title", "before": draw(NASTY), "after": draw(NASTY), "quote": draw(NASTY)}],
        "measures": [{"number": number, "heading": draw(NASTY)} for number in range(many)],
        "deadlines": [{"date": "2026-01-01", "quote": draw(NASTY), "task": draw(NASTY)}],
    }  # fmt: skip
    return digest([item] * draw(st.integers(1, 20))) if draw(st.booleans()) else item


MESSAGES = st.builds(
    lambda event, reason: render_event(event, key="k", reason=reason, timezone="Asia/Shanghai"), events(), NASTY
)

HARD = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

Read = tuple[str, set[str]]  # the words that a service shows, and the addresses that it links


def as_markdown(text: str) -> Read:
    """By a parser that takes more for markup than any of the services."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = [inner for token in parser.parse(text) for inner in token.children or [token]]
    active = {token.type for token in tokens} & {"html_inline", "html_block", "image", "code_inline", "fence", "s_open"}
    assert not active
    assert "em_open" not in {token.type for token in tokens}
    words = "".join(token.content for token in tokens if token.type == "text")
    return words, {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}


def as_telegram(text: str) -> Read:
    words: list[str] = []
    links: set[str] = set()
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"b", "a", "blockquote"}
            assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
            links.update(str(value) for _, value in attrs)
            opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

        def handle_data(self, data: str) -> None:
            words.append(data)

    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not opened
    return "".join(words), links


def as_slack(text: str) -> Read:
    links: set[str] = set()

    def linked(found: re.Match[str]) -> str:
        links.add(html.unescape(found[1]))
        return found[2]

    plain = re.sub(r"(?m)^> ", "", re.sub(r"<(https?://[^|<>]+)\|([^<>|]*)>", linked, text))
    assert not set(plain) & set("<>_~`|")
    return html.unescape(plain), links


SERVICES: dict[str, tuple[Dialect, Callable[[str], int], Callable[[str], Read]]] = {
    "dingtalk": (DINGTALK, in_json, as_markdown),
    "wecom": (WECOM, in_bytes, as_markdown),
    "feishu": (FEISHU, in_json, as_markdown),
    "telegram": (TELEGRAM, in_utf16, as_telegram),
    "slack": (SLACK, len, as_slack),
}


@pytest.mark.parametrize("service", SERVICES)
@HARD
@given(message=MESSAGES, limit=st.integers(250, 4096))
def test_no_page_is_more_than_words_to_a_service(service: str, message: Message, limit: int) -> None:
    dialect, measure, read = SERVICES[service]
    text = fit_marked(message, dialect, limit, measure)
    assert measure(text) <= limit
    _, links = read(text)
    assert all(link == PAGE or link.startswith(BEGINS) for link in links)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u200b\ud800-\udfff]", text)
    assert PAGE in links or message.event["kind"] == "digest"  # what is cut keeps its links


@HARD
@given(message=MESSAGES, limit=st.integers(250, 4096))
def test_plain_text_is_cut_within_the_limit_too(message: Message, limit: int) -> None:
    assert in_bytes(fit(message, limit)) <= limit


@HARD
@given(title=NASTY, subscription=NASTY)
def test_no_page_writes_a_header_of_a_mail(title: str, subscription: str) -> None:
    plugin = open_channel("mailto://127.0.0.1?from=alerts@example.org&to=reader@example.org")
    mail = compose(plugin, replace(message("正文"), title=title, subscription=subscription, follows="k0"))
    parsed = BytesParser(policy=default).parsebytes(mail.as_bytes())
    assert set(parsed.keys()) <= {
        "Subject", "From", "To", "Date", "Message-ID", "In-Reply-To", "References", "List-Id", "Auto-Submitted",
        "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert parsed["To"] == "reader@example.org"
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "正文"


@HARD
@given(message=MESSAGES)
def test_mail_links_only_what_is_ours_to_link(message: Message) -> None:
    tree = lxml_html.fromstring(message.html)
    assert not tree.xpath("//script | //img | //iframe | //*[starts-with(name(@*), 'on')]")
    assert set(tree.xpath("//a/@href")) <= {URL, PAGE}
    assert "\n" not in message.title
    assert "49" not in message.title or "49" in str(message.event)


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        (DINGTALK, "由 **＊3＊** 到**5**（[＜原文＞](https://a.cn/%28x%29?a=1&b)）"),
        (WECOM, "由 **＊3＊** 到**5**（[＜原文＞](https://a.cn/%28x%29?a=1&b)）"),
        (FEISHU, "由 **&#42;3&#42;** 到**5**（[&#60;原文&#62;](https://a.cn/%28x%29?a=1&b)）"),
        (TELEGRAM, '由 <b>*3*</b> 到<b>5</b>（<a href="https://a.cn/(x)?a=1&amp;b">&lt;原文&gt;</a>）'),
        (SLACK, "由 *＊3＊* 到 *5* （<https://a.cn/%28x%29?a=1&amp;b|&lt;原文&gt;>）"),
    ],
)
def test_how_each_service_writes(dialect: Dialect, written: str) -> None:
    spans = (Span("由"), Span("*3*", strong=True), Span("到"), Span("5", strong=True), Span("（"),
             Span("<原文>", url="https://a.cn/(x)?a=1&b"), Span("）"))  # fmt: skip
    assert write([Block(Form.TEXT, spans)], dialect) == written


def test_markdown_is_taken_apart_into_blocks() -> None:
    text = "### A\n\nb **c** [d](http://e.example/%5Ff)\n\n- g\n- h\n\n> i\n> j\n\n1. k\n\n```\nl\n```\n\n<b>m</b> ![n](http://o)\n"
    found = blocks_of(text + "\n[p](javascript:q) [r](mailto:s)")
    assert [(block.form.value, block.text) for block in found] == [
        ("heading", "A"), ("text", "b c d"), ("item", "g"), ("item", "h"), ("quote", "i j"), ("item", "k"),
        ("text", "l "), ("text", "<b>m</b> n"), ("text", "[p](javascript:q) r"),
    ]  # fmt: skip
    assert found[1].spans == (Span("b "), Span("c", strong=True), Span(" "), Span("d", url="http://e.example/_f"))
    assert not any(span.url for block in found[2:] for span in block.spans)


def test_a_block_is_shortened_inside_its_spans() -> None:
    block = Block(Form.TEXT, (Span("一二"), Span("三四", url="http://a.cn")))
    assert shortened(block, 3).spans == (Span("一二"), Span("三", url="http://a.cn"), Span("…"))
    assert shortened(block, 2).spans == (Span("一二"), Span("…"))


def message(text: str, **event: Any) -> Message:
    return Message(title="题", text=text, markdown=text, html="", event={"url": "https://a.cn/1", **event}, key="k")


@pytest.mark.parametrize("limit", range(70, 130))
def test_what_is_too_long_ends_at_a_sentence_with_its_link(limit: int) -> None:
    sentences = "".join(f"第{number}条支持企业。" for number in range(1, 9))
    cut = fit_marked(message(f"### 题\n\n{sentences}\n\n[查看原文](https://a.cn/1)"), WECOM, limit)
    head, _, tail = cut.rpartition("\n\n")
    assert tail == "[查看原文](https://a.cn/1)"
    assert re.fullmatch(r"### 题(\n\n(第\d条支持企业。)+…)?\n\n…", head)
    assert in_bytes(cut) <= limit


def test_a_character_is_not_cut_from_its_accent() -> None:
    long = replace(message("甲"), title="e\u0301" * 200)
    assert [len(fit(long, limit, len).splitlines()[0]) for limit in (40, 41)] == [22, 24]

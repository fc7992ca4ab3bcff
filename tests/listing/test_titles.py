"""What links show of a title, and what else stands in them: escaped twice, shown twice, in full elsewhere."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries, page
from tests.listing.test_families import CHROME
from watcher.listing import read_listing
from watcher.listing.titles import tidy

TITLES = [
    "关于印发某市支持民营企业发展若干措施的通知",
    "某市发布助企纾困措施清单",
    "环评审批",
    "某区召开排污许可证核发工作座谈会",
]
ROWS = [(f"t202606{18 - n}_9{n}.html", title, f"2026-06-{18 - n}") for n, title in enumerate(TITLES)]


def cut(title: str, length: int = 10) -> str:
    return title if len(title) <= length else f"{title[:length]}..."


def listed(row: str) -> str:
    rows = "".join(row.format(u=u, t=t, c=cut(t), d=d) for u, t, d in ROWS)
    return CHROME % (f"<table>{rows}</table>" if row.startswith("<tr") else f"<ul>{rows}</ul>")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&ldquo;十条&rdquo;措施&nbsp;", "“十条”措施"),
        ("措施&mdash;&mdash;某市", "措施——某市"),
        ("&quot;十条&quot;&amp;解读", '"十条"&解读'),
        ("&#8220;十条&#x201d;", "“十条”"),
        ("&lt;b&gt;十条&lt;/b&gt;措施", "十条措施"),
        ("&lt;办法&gt;解读", "<办法>解读"),
        ("A&B;C & D", "A&B;C & D"),
    ],
)
def test_what_was_escaped_twice_is_read_in_pages_and_in_feeds(written: str, title: str) -> None:
    assert tidy(written) == title
    item = f"<item><title><![CDATA[{written}]]></title><link>/n/1.html</link><pubDate>2026-06-18</pubDate></item>"
    feed = read_listing(page(f"<rss version='2.0'><channel>{item}</channel></rss>"), "feed")
    assert [link.title for link in feed.links] == [title]


@pytest.mark.parametrize(
    "shown",
    [
        "<span class='hidden-xs'>{t}</span><span class='visible-xs'>{t}</span>",
        "<span class='pc'>{t}</span> <span class='mobile'>{c}</span>",
        "{c}<span style='display:none'>{t}</span>",
        "<span>{c}</span><b>{t}</b>",
    ],
)
def test_a_title_that_a_link_shows_twice_is_one_and_whole(shown: str) -> None:
    assert entries(listed("<li><a href='{u}'>" + shown + "</a><i>{d}</i></li>")) == ROWS


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("某市：<em>某市：</em>助企措施", "某市：某市：助企措施"),
        ("助企措施<b>清单</b>", "助企措施清单"),
        ("某市助企……<b>某市纾困</b>", "某市助企……某市纾困"),
    ],
)
def test_words_that_say_something_else_stay_in_a_title(shown: str, title: str) -> None:
    row = f"<li><a href='t20260618_1.html'>{shown}</a><span>2026-06-18</span></li>"
    assert entries(CHROME % f"<ul>{row}</ul>") == [("t20260618_1.html", title, "2026-06-18")]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td title='{t}'><a href='{u}'>{c}</a></td><td>{d}</td></tr>",
        "<tr title='{t}'><td><a href='{u}'>{c}</a></td><td title='{d}'>{d}</td></tr>",
        "<li title='{t}'><a href='{u}'>{c}</a><span>{d}</span></li>",
        "<li><a href='{u}' alt='{t}'>{c}</a><span>{d}</span></li>",
        "<li title='查看这条信息'><a href='{u}'>{t}</a><span>{d}</span></li>",
        "<li title='{t}'><span><a href='{u}'>{c}</a></span><a href='/zwgk/'>栏目</a><span>{d}</span></li>",
    ],
)
def test_the_whole_of_a_cut_title_may_be_what_the_row_of_its_link_is_called(row: str) -> None:
    assert entries(listed(row)) == ROWS

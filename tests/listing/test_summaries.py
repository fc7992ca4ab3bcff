"""The dates and links of summaries that stand beside an entry's own."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME, THREE

PROSE = "2026年3月5日，市局召开会议审议有关事项，部署近期工作。"


def listed(summary: str, line: str) -> str:
    row = f"<li><h4><a href='{{u}}'>{{t}}</a></h4><p>{summary}</p><div>{line}</div></li>"
    return CHROME % f"<ul>{''.join(row.format(u=u, t=t, d=d) for u, t, d in THREE)}</ul>"


@pytest.mark.parametrize(
    "summary", [PROSE, "根据2026年3月5日会议要求加强检查", "截至目前（2026年3月5日），已完成七成。"]
)
@pytest.mark.parametrize(
    "line",
    [
        "{d}　来源：某某日报",
        "来源：某某日报 {d}",
        "[{d}] 浏览：33次",
        "{d} 10:20:30 来源：某局办公室",
        "某局办公室 | {d} | 33次",
        "www.example.gov.cn/dtxx/202606/t20260618_501.shtml - {d} - 快照",
        "{d}",
    ],
)
def test_a_date_set_off_in_its_line_counts_more_than_one_in_a_sentence(summary: str, line: str) -> None:
    assert entries(listed(summary, line)) == THREE


@pytest.mark.parametrize("line", ["{d}　来源：某某日报", "{d}"])
def test_a_link_of_a_summary_is_no_entry_beside_its_own(line: str) -> None:
    summary = "落实2026年3月5日印发的《<a href='/zwgk/202603/t20260305_9.html'>某某办法</a>》，部署近期工作。"
    assert entries(listed(summary, line)) == THREE


def test_a_date_in_a_sentence_counts_where_no_other_is_printed() -> None:
    assert {day for _, _, day in entries(listed(PROSE, "来源：某某日报"))} == {"2026-03-05"}


@pytest.mark.parametrize("said", ["详情", "查看更多"])
def test_a_title_that_holds_a_date_is_found_beside_a_link_that_only_says_where_to_click(said: str) -> None:
    rows = [(u, f"某局2026年3月{n}日作出的{t[:12]}决定", d) for n, (u, t, d) in enumerate(THREE, 1)]
    row = "<div class='r'><h4>{t}</h4><p>发布机构：某市某局</p><p>发布时间：{d}</p><a href='{u}'>{s}</a></div>"
    body = "".join(row.format(u=u, t=t, d=d, s=said) for u, t, d in rows)
    assert entries(CHROME % f"<div>{body}</div>") == rows

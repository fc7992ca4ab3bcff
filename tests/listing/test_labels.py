"""The words at a date: labels say what it is the day of, titles and states that hold the same words do not."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries, page
from tests.listing.test_families import CHROME
from watcher.listing import read_listing
from watcher.listing.labels import Label, own_label, read_label

# Each ends in words, or holds them near its end, that a label has too.
TITLES = [
    "关于印发《某市助企纾困工作实施方案》的通知",
    "关于延长某某补贴办法有效期的通知",
    "某市修改三件规章",
    "关于职业资格考试报名的通知",
    "关于年度执行报告提交截止的提醒",
    "全市设备更新现场会召开",
    "某省督察下沉阶段结束",
    "某市宣布二十件文件失效",
    "新版目录今起施行",
    "关于某许可证有效期届满的公告",
    "延长报名截止时间",
    "某市召开座谈会",
]
ROWS = [(f"t202606{20 - n:02}_9{n}.html", title, f"2026-06-{20 - n:02}") for n, title in enumerate(TITLES)]


def listed(row: str, layout: str = "<ul>%s</ul>") -> str:
    return CHROME % layout % "".join(row.format(u=u, t=t, d=d) for u, t, d in ROWS)


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{u}'>{t}</a><span>{d}</span></li>",
        "<li><span>{d}</span><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'>{t}</a> {d}</li>",
        "<li><a href='{u}'><p>{t}</p><span>{d}</span></a></li>",
        "<li><a href='{u}'><span>{d}</span><p>{t}</p></a></li>",
        "<li><a href='{u}'><span>{t}</span><span>{d}</span></a></li>",
        "<li><a href='{u}'><h4>{t}</h4><i>发布日期：</i><span>{d}</span></a></li>",
        "<li><a href='{u}'>{t}</a><span>有效</span><span>{d}</span></li>",
        "<li><a href='{u}'><h4>{t}</h4><span>已废止</span><span>{d}</span></a></li>",
        "<div><a href='{u}'><span>{t}</span><span>有效</span><span>{d}</span></a></div>",
        "<div class='r'><span>{d}</span><a href='{u}'>{t}</a><i>有效期至：</i></div>",
    ],
)
def test_no_words_of_a_title_a_state_or_another_row_label_a_date(row: str) -> None:
    assert entries(listed(row)) == ROWS


def test_a_title_with_such_words_keeps_the_date_at_its_end() -> None:
    found = entries(listed("<li><a href='{u}'>{t} {d}</a></li>"))
    clear = [(u, t, d) for u, t, d in ROWS if t != "延长报名截止时间"]  # followed by a day, that is a label
    assert [entry for entry in found if "截止时间" not in entry[1]] == clear


@pytest.mark.parametrize(
    "row", ["<li><a href='{u}'><p>{t}</p><i>{d}</i></a></li>", "<p><a href='{u}'><b>{t}</b><i>{d}</i></a></p>"]
)
@pytest.mark.parametrize("place", [0, 5, 11])
def test_a_row_whose_date_stands_in_its_link_is_an_entry_without_it_too(row: str, place: int) -> None:
    bare = [(u, t, None if n == place else d) for n, (u, t, d) in enumerate(ROWS)]
    body = "".join(row.format(u=u, t=t, d=d or "") for u, t, d in bare)
    assert [(u, d) for u, _, d in entries(CHROME % f"<div>{body}</div>")] == [(u, d) for u, _, d in bare]


def test_titles_of_records_of_a_data_service_label_no_date() -> None:
    records = "".join(
        f"<record><![CDATA[<li><a href='{u}'><p>{t}</p><span>{d}</span></a></li>]]></record>" for u, t, d in ROWS
    )
    listing = read_listing(page(f"<datastore><totalrecord>12</totalrecord>{records}</datastore>"), "auto")
    assert [(link.title, str(link.published)) for link in listing.links] == [(t, d) for _, t, d in ROWS]


@pytest.mark.parametrize(
    ("beside", "shown"),
    [
        ("<p>开始时间：{d} 结束时间：2026-07-30</p>", True),
        ("<p>征集时间：{d}至2026-07-30</p>", True),
        ("<p>征集时间：<i>{d}</i> 至 <i>2026-07-30</i></p>", True),
        ("<i>{d}</i><p>有效期：2年，至2028-07-01</p>", True),
        ("<p>请于2026-07-01前报名</p>", False),
        ("<p><b>有效期至</b><i>2028-07-01</i></p>", False),
        ("<p><b>报名截止时间：</b><i>2026-07-01</i></p>", False),
        ("<p><b>截止</b> <i>2026-07-01</i></p>", False),
    ],
)
def test_an_end_is_no_day_of_publication_and_hides_none(beside: str, shown: bool) -> None:
    found = entries(listed("<li><a href='{u}'>{t}</a>" + beside + "</li>"))
    assert found == [(u, t, d if shown else None) for u, t, d in ROWS]


@pytest.mark.parametrize(
    "lasts",
    [
        "公示时间：2026.06.28-2026.07.02",
        "公示时间：2026-06-28 9:00-2026-07-02 17:00",
        "2026年6月28日—7月2日",
        "公告日期：2026/06/28～2026/07/02",
        "2026-06-28 至 2026-07-02",
    ],
)
def test_a_range_of_days_is_no_day_of_publication_where_one_is_printed(lasts: str) -> None:
    row = "<li><a href='{u}'>{t}</a><span>{d}</span><em>" + lasts + "</em></li>"
    assert entries(listed(row)) == ROWS
    assert entries(listed(row.replace("<span>{d}</span>", "").replace("</em>", " 发布日期：{d}</em>"))) == ROWS


def test_the_first_of_a_range_of_days_counts_where_no_other_is_printed() -> None:
    assert entries(listed("<li><a href='{u}'>{t}</a><em>公示时间：{d}-2026-07-02</em></li>")) == ROWS


@pytest.mark.parametrize("word", ["有效", "失效"])
def test_a_word_of_state_that_is_set_off_in_a_title_stays_in_it(word: str) -> None:
    row = f"<li><a href='t20260618_1.html'>多措并举<em>{word}</em>管控风险</a><span>2026-06-18</span></li>"
    assert entries(CHROME % f"<ul>{row}</ul>") == [("t20260618_1.html", f"多措并举{word}管控风险", "2026-06-18")]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("发布日期：", Label.PUBLICATION),
        ("来源：某市局　发布时间：", Label.PUBLICATION),
        ("发 布 日 期：", Label.PUBLICATION),
        ("日期", Label.PUBLICATION),
        ("公示日期", Label.PUBLICATION),
        ("公告时间：", Label.PUBLICATION),
        ("公示截止日期", Label.END),
        ("决定日期", Label.ANOTHER),
        ("成文日期", Label.ANOTHER),
        ("生成日期：", Label.ANOTHER),
        ("有效期至：", Label.END),
        ("报名截止时间", Label.END),
        ("最后更新时间：", Label.END),
        ("今天是：", Label.END),
        ("有效", None),
        ("关于延长报名截止", None),
        ("延长有效期", None),
        ("某某办法的实施", None),
    ],
)
def test_a_text_of_its_own_is_a_label_only_where_it_is_nothing_else(words: str, label: Label | None) -> None:
    assert own_label(words) is label


def test_words_right_before_a_date_in_its_text_label_it() -> None:
    assert read_label("自即日起至") is Label.END
    assert read_label("关于延长有效期的通知 ") is None


@pytest.mark.parametrize("other", ["成文日期", "生成日期", "发文日期", "印发时间", "开始时间"])
@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><th>名称</th><th>{}</th><th>公开日期</th></tr>%s</table>",
        "<table><thead><tr><td>名称</td><td>{}</td><td>发布时间</td></tr></thead></table><table><tbody>%s</tbody></table>",
        "<div><table><tr><td>名称</td><td>{}</td><td>发布时间</td></tr></table></div><div><table>%s</table></div>",
        "<ul><li><span>名称</span><span>{}</span><span>公布日期</span></li></ul><table>%s</table>",
        "<div class='r'><b>名称</b><b>{}</b><b>发布日期</b><b>有效性</b></div><table>%s</table>",
    ],
)
def test_of_two_columns_of_dates_the_one_of_publication_counts(layout: str, other: str) -> None:
    rows = "".join(f"<tr><td><a href='{u}'>{t}</a></td><td>2026-01-05</td><td>{d}</td></tr>" for u, t, d in ROWS)
    assert entries(CHROME % layout.format(other) % rows) == ROWS


def test_of_three_columns_the_one_in_which_a_decision_was_made_known_counts() -> None:
    head = "<tr><th>名称</th><th>决定日期</th><th>有效期至</th><th>公示日期</th></tr>"
    row = "<tr><td><a href='{u}'>{t}</a></td><td>2026-01-05</td><td>2031-01-05</td><td>{d}</td></tr>"
    assert entries(listed(row, f"<table>{head}%s</table>")) == ROWS


@pytest.mark.parametrize(
    "row",
    [
        "<li><span><a href='{u}'>{t}</a></span><span>2026-01-05</span><span>{d}</span></li>",
        "<div class='row'><span>1</span><a href='{u}'>{t}</a><i>2026-01-05</i><i>{d}</i></div>",
        "<a href='{u}'><b>{t}</b><i>2026-01-05</i><i>{d}</i></a>",
    ],
)
def test_heads_over_rows_that_are_no_table_say_what_their_dates_are(row: str) -> None:
    rows = "".join(row.format(u=u, t=t, d=d) for u, t, d in ROWS)
    head = "<div class='row'><span>名称</span><span>成文日期</span><span>发布日期</span></div>"
    assert entries(CHROME % f"<div>{head}{rows}</div>") == ROWS
    assert entries(CHROME % f"<div><div>{head}</div><div>{rows}</div></div>") == ROWS
    assert {day for _, _, day in entries(CHROME % f"<div>{rows}</div>")} == {"2026-01-05"}


def test_heads_are_not_guessed_of_a_row_that_leaves_a_column_out_nor_reach_another_box() -> None:
    head = "<div><span>名称</span><span>成文日期</span><span>发布日期</span></div>"
    one = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ROWS)
    assert entries(CHROME % f"{head}<ul>{one}</ul>") == ROWS
    two = "".join(f"<li><a href='{u}'>{t}</a><i>{d}</i><i>2026-01-05</i></li>" for u, t, d in ROWS)
    first = f"<div>{head}<ul><li><a href='/zwgk/1/'>公开指南</a></li></ul></div>"
    assert entries(CHROME % f"{first}<div><ul>{two}</ul></div>") == ROWS


@pytest.mark.parametrize("label", ["生成日期：", "成文日期", "更新时间:", "印发日期　"])
@pytest.mark.parametrize("row", ["<i>{d}</i><p><span>{l}</span>2026-01-05</p>", "<p>{l}2026-01-05</p><i>{d}</i>"])
@pytest.mark.parametrize("style", ["", " style='display:none'"])
def test_a_printed_date_counts_more_than_one_that_a_label_gives_to_something_else(
    row: str, label: str, style: str
) -> None:
    row = "<li><a href='{u}'>{t}</a>" + row.replace("<p", f"<p{style}").replace("{l}", label) + "</li>"
    assert entries(listed(row)) == ROWS


@pytest.mark.parametrize("label", ["生成日期：", "成文日期：", "更新时间："])
def test_the_day_of_something_else_counts_where_no_other_is_given(label: str) -> None:
    assert entries(listed("<li><a href='{u}'><p>{t}</p><span>" + label + "{d}</span></a></li>")) == ROWS

"""Lists that print a day once, over all entries of it."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME

DAYS = {
    "2026-06-18": ["某市公布助企纾困工作安排", "关于优化环评审批服务的通知", "某区召开排污许可座谈会"],
    "2026-06-17": ["关于印发审批服务若干措施的通知"],
    "2026-06-11": ["某县为企业送上环保管家服务", "某市环评审批再提速"],
}
ALL = [
    (f"{number}.html", title, day)
    for number, (day, title) in enumerate(((day, title) for day, titles in DAYS.items() for title in titles), 9001)
]
SINGLE = [(url, title, f"2026-06-{18 - number:02}") for number, (url, title, _) in enumerate(ALL)]


def grouped(layout: str, row: str) -> str:
    groups = []
    for day in DAYS:
        rows = "".join(row.format(u=u, t=t) for u, t, on in ALL if on == day)
        groups.append(layout.format(d=day, m=int(day[5:7]), n=int(day[8:]), rows=rows))
    return CHROME % ("<table>%s</table>" if layout.startswith("<tr") else "<div>%s</div>") % "".join(groups)


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("<div><h5>{d}</h5><ul>{rows}</ul></div>", "<li><a href='{u}'>{t}</a></li>"),
        ("<div><h5>{d}</h5><ul>{rows}</ul></div>", "<li><a href='{u}'>{t}</a> <a href='/jd/{u}'>一图读懂</a></li>"),
        ("<div><div>第{n}期（{d}）</div>{rows}</div>", "<div class='of'>·<a href='{u}'>{t}</a></div>"),
        ("<dl><dt>{m}月{n}日</dt>{rows}</dl>", "<dd><a href='{u}'>{t}</a></dd>"),
        ("<section><b>{n}</b><i>2026-0{m}</i>{rows}</section>", "<p><a href='{u}'>{t}</a></p>"),
        ("<li><span>{d}</span>{rows}</li>", "<p><a href='{u}'>{t}</a></p>"),
        ("<tr><td>{d}</td><td>{rows}</td></tr>", "<p><a href='{u}'>{t}</a></p>"),
        ("<div><ul>{rows}</ul><p>{d}</p></div>", "<li><a href='{u}'>{t}</a></li>"),
        ("<section>{rows}<i>{m}月{n}日</i></section>", "<p><a href='{u}'>{t}</a></p>"),
        ("<section>{rows}<i>{d}</i></section>", "<p><a href='/gk/{u:.4}/'>{t}</a></p>"),  # no address of an article
        ("<tr><td>{d}</td><td>{rows}</td></tr>", "<p><a href='{u:.4}.pdf'>{t}</a></p>"),
        ("<div><ul>{rows}</ul><p>{d}</p></div>", "<li><a href='http://{u:.4}.example.cn/a/{u}'>{t}</a></li>"),
        ("<h5>{d}</h5><ul>{rows}</ul>", "<li><a href='{u}'>{t}</a></li>"),
    ],
)
def test_all_entries_under_a_day_are_found(layout: str, row: str) -> None:
    found = entries(grouped(layout, row))
    assert [(title, day) for _, title, day in found] == [(title, day) for _, title, day in ALL]
    assert len({url for url, _, _ in found}) == len(ALL)


@pytest.mark.parametrize(
    "rest",
    [
        "<p><a href='/f/{u}.pdf'>某某附件清单之一</a></p>",
        "<p>解读：<a href='/jd/{u}'>某某措施的详细解读</a></p>",
        "<p><a href='{u}'>某日某局召开会议，部署工作</a></p>",
        "<p><a href='/dx/{u}'>政策解读</a></p>",
    ],
)
def test_what_stands_under_the_title_of_a_card_with_its_day_first_is_no_entry(rest: str) -> None:
    card = "<li><i>{d}</i><p><a href='{u}'>{t}</a></p>" + rest + "</li>"
    body = "".join(card.format(u=u, t=t, d=d) for u, t, d in ALL)
    assert entries(CHROME % f"<ul>{body}</ul>") == ALL


LINES = [
    "<p><a href='/f/{u}.pdf'>某某附件清单之一</a></p>",
    "<p>来源：<a href='/zwgk/'>某市某某局</a></p>",
    "<p><a href='/bm/list.jsp?id={u:.4}'>某市某某局</a></p>",
    "<p><a href='/hf/{u}'>有关意见办理情况的答复</a></p>",
    "<p><a href='./1{u}'>解读：{t}</a></p>",
    "<p><a href='./1{u}'>问答｜{t:.9}</a></p><p><a href='./2{u}'>{t}要点说明</a></p>",
]
CARDS = [
    "<li><p><a href='{u}'>{t}</a></p>%s<i>{d}</i></li>",
    "<li><div><p><a href='{u}'>{t}</a></p>%s<i>{d}</i></div></li>",
    "<div class='card'><p><a href='{u}'>{t}</a></p>%s<i>{d}</i></div>",
    "<div class='card'><i>{d}</i><p><a href='{u}'>{t}</a></p>%s</div>",
    "<li><i>{d}</i><p><a href='{u}'>{t}</a></p>%s</li>",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("every", [1, 2])
def test_the_lines_under_the_title_of_a_card_are_no_entries(card: str, line: str, every: int) -> None:
    """Also where no two cards are of one day, and only some have such a line."""
    cards = [(card % (line if place % every == 0 else ""), entry) for place, entry in enumerate(SINGLE)]
    body = "".join(template.format(u=u, t=t, d=d) for template, (u, t, d) in cards)
    assert entries(CHROME % f"<div>{body}</div>") == SINGLE


def test_a_list_with_two_cards_of_one_day_is_not_grouped_by_day() -> None:
    card = "<div><p><a href='{u}'>{t}</a></p><p><a href='1{u}'>第{u:.4}号文件的有关说明</a></p><i>{d}</i></div>"
    body = "".join(card.format(u=u, t=t, d=d) for u, t, d in ALL)
    assert entries(CHROME % f"<div>{body}</div>") == ALL


@pytest.mark.parametrize("row", ["<li>%s</li>", "<li><div>%s</div></li>"])
def test_a_line_behind_which_the_day_of_its_row_stands_is_no_entry(row: str) -> None:
    """Wherever it leads: the row is one entry whole."""
    row %= "<p><a href='{u}'>{t}</a></p><p><a href='1{u}'>第{u:.4}号文件的有关说明</a></p><i>{d}</i>"
    body = "".join(row.format(u=u, t=t, d=d) for u, t, d in SINGLE)
    assert entries(CHROME % f"<ul>{body}</ul>") == SINGLE


def test_a_day_of_many_entries_is_no_card_though_each_begins_with_the_same_sort() -> None:
    """The first of each day leads to the headlines, the others to a folder of their own."""
    rows = [(f"/{'bm' if n % 5 else 'yw'}/{8000 + n}.html", f"某地某局第{n}次发布有关情况") for n in range(20)]
    lists = ["".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in rows[n : n + 5]) for n in range(0, 20, 5)]
    body = "".join(f"<div><h5>2026-06-{18 - n}</h5><ul>{list_}</ul></div>" for n, list_ in enumerate(lists))
    assert len(entries(CHROME % f"<div>{body}</div>")) == len(rows)


def test_one_day_over_many_links_is_not_theirs() -> None:
    menu = "".join(f"<li><a href='/service/{number}.html'>某项常用服务之{number}</a></li>" for number in range(40, 48))
    rows = "".join(f"<li><a href='{u}'>{t}</a><i>{d}</i></li>" for u, t, d in ALL)
    box = f"<div><b>2026-06-19</b><ul>{menu}</ul></div>"
    assert entries(CHROME % f"<div>{box}<div class='main'><ul>{rows}</ul></div></div>") == ALL

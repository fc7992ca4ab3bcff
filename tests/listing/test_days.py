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
        ("<h5>{d}</h5><ul>{rows}</ul>", "<li><a href='{u}'>{t}</a></li>"),
    ],
)
def test_all_entries_under_a_day_are_found(layout: str, row: str) -> None:
    assert entries(grouped(layout, row)) == ALL


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


@pytest.mark.parametrize(
    "rest", ["<p><a href='/f/{u}.pdf'>某某附件清单之一</a></p>", "<p>来源：<a href='/zwgk/'>某市某某局</a></p>"]
)
def test_what_stands_in_a_card_over_its_day_is_no_entry(rest: str) -> None:
    card = "<div class='card'><p><a href='{u}'>{t}</a></p>" + rest + "<i>{d}</i></div>"
    body = "".join(card.format(u=u, t=t, d=d) for u, t, d in ALL)
    assert entries(CHROME % f"<div>{body}</div>") == ALL


def test_one_day_over_many_links_is_not_theirs() -> None:
    menu = "".join(f"<li><a href='/service/{number}.html'>某项常用服务之{number}</a></li>" for number in range(40, 48))
    rows = "".join(f"<li><a href='{u}'>{t}</a><i>{d}</i></li>" for u, t, d in ALL)
    box = f"<div><b>2026-06-19</b><ul>{menu}</ul></div>"
    assert entries(CHROME % f"<div>{box}<div class='main'><ul>{rows}</ul></div></div>") == ALL

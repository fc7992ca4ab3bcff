"""Any list that a generator writes in one of its layouts is read back whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.listing.pages import COLUMN, page
from tests.listing.test_families import CHROME
from watcher.listing import read_listing
from watcher.model import Link

LAYOUTS = (
    "<ul>{rows}</ul>|<li><a href='{u}'>{t}</a><span>{d}</span></li>",
    "<ul>{rows}</ul>|<li class='c{i}'><span>{d}</span><a href='{u}' title='{t}'>{t}</a></li>",
    "<ul>{rows}</ul>|<li><a href='{u}'><h4>{t}</h4><p>{d}</p></a></li>",
    "<table>{rows}</table>|<tr><td>{i}</td><td><a href='{u}'>{t}</a></td><td>{d}</td></tr>",
    "<div>{rows}</div>|<p><a href='{u}'>{t}</a> {d}</p>",
    "<div>{rows}</div>|<a href='{u}'>{t}</a> <i>{d}</i><br>",
    "<dl>{rows}</dl>|<dt><a href='{u}'>{t}</a></dt><dd>{d}</dd>",
    "<div>{rows}</div>|<div class='box'><div class='l'><a href='{u}'>{t}</a></div><div class='r'>{d}</div></div>",
)
DATES = (
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "[{0:%Y.%m.%d}]",
    "({0:%Y-%m-%d})",
    "{0.year}年{0.month}月{0.day}日",
    "\n {0:%Y-%m-%d}\n",
)
ADDRESSES = ("t{day:%Y%m%d}_{i}.html", "./{day:%Y%m}/t{day:%Y%m%d}_{i}.shtml", "/art/{day:%Y}/1/art_9_{i}.html",
             "content/post_{i}.html", "{i}.html", "../dtxx/content_{i}.htm", "view.jsp?id={i}")  # fmt: skip
_OTHERS = "".join(
    f"<li><a href='../hot/t202604{i:02}_7{i}.html'>另一栏目的第{i}条较长标题文字</a><span>2026-04-{i:02}</span></li>"
    for i in range(1, 9)
)
# {} is the list, [] another one beside it.
_BESIDE = (
    "<div>{}</div><div class='w3'><h3>热点新闻</h3><ul>[]</ul></div>",
    "<div class='r'><div class='hd'>点击排行</div><ul>[]</ul></div><div>{}</div>",
    "<div class='pane'><ul>[]</ul></div><div class='pane on'>{}</div>",
    "<div class='a'>{}</div><div class='b' style='display:none'><ul>[]</ul></div>",
)
SURROUNDINGS = ("{}", *(CHROME.replace("%s", beside.replace("[]", _OTHERS)) for beside in ("{}", *_BESIDE)))
WORDS = (
    "关于",
    "印发",
    "支持",
    "民营",
    "企业",
    "若干措施",
    "通知",
    "座谈会",
    "某市",
    "第三季度",
    "环评",
    "服务",
    "（试行）",
    "“一件事”",
    "公告",
)


@dataclass(frozen=True)
class Row:
    href: str
    link: Link


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    address = draw(st.sampled_from(ADDRESSES))
    numbers = draw(st.lists(st.integers(10_000, 9_999_999), min_size=1, max_size=25, unique=True))
    result = []
    for number in numbers:
        day = draw(st.dates(date(2015, 1, 1), date(2026, 6, 20)))
        title = "".join(draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=12)))
        href = address.format(day=day, i=number)
        path = href.removeprefix("./").removeprefix("../dtxx/")
        url = f"http://sthj.example.gov.cn{path}" if path.startswith("/") else COLUMN + path
        result.append(Row(href, Link(url, title, day)))
    return result


@settings(max_examples=150)
@given(rows(), st.sampled_from(LAYOUTS), st.sampled_from(DATES), st.sampled_from(SURROUNDINGS))
def test_a_generated_list_is_read_back_whole(entries: list[Row], layout: str, dates: str, around: str) -> None:
    outside, inside = layout.split("|")
    written = "".join(
        inside.format(u=row.href, t=row.link.title, d=dates.format(row.link.published), i=number)
        for number, row in enumerate(entries)
    )
    body = outside.format(rows=written)
    listing = read_listing(page(f"<html>{around.replace('{}', body)}</html>"), "auto")
    assert listing.links == tuple(row.link for row in entries)

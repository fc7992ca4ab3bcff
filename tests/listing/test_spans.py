"""A day in a cell of a table that is that of several rows: it reaches over them, or their own cells are blank."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME

DAYS = [("2026-06-18", 3), ("2026-06-11", 1), ("2026-05-29", 2)]
ROWS = [
    (f"n/20260{n}{k}.html", f"某市第{n}类第{k}件决定事项公示", day)
    for n, (day, many) in enumerate(DAYS)
    for k in range(many)
]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("<td rowspan='{k}'>{d}</td><td><a href='{u}'>{t}</a></td>", "<td><a href='{u}'>{t}</a></td>"),
        ("<td><a href='{u}'>{t}</a></td><td rowspan={k}><p>{d}</p></td>", "<td><a href='{u}'>{t}</a></td>"),
        (
            "<td>1</td><td rowspan={k}>{d}<td><a href='{u}'>{t}</a><td>某局",
            "<td>2</td><td><a href='{u}'>{t}</a><td>某局",
        ),
    ],
)
@pytest.mark.parametrize("head", ["", "<tr><th>序号</th><th>日期</th><th>标题</th></tr>"])
def test_is_the_day_of_each_of_them(head: str, first: str, other: str) -> None:
    many = dict(DAYS)
    seen: set[str] = set()
    body = ""
    for url, title, day in ROWS:
        body += f"<tr>{(other if day in seen else first).format(u=url, t=title, d=day, k=many[day])}</tr>"
        seen.add(day)
    assert entries(CHROME % f"<table><tbody>{head}{body}</tbody></table>") == ROWS


@pytest.mark.parametrize("span", ["0", "1", "x", "99999999", "-3", ""])
def test_reaches_no_further_than_it_says(span: str) -> None:
    row = "<tr><td><a href='{u}'>{t}</a></td></tr>"
    (url, title, day), *others = ROWS
    first = f"<tr><td rowspan='{span}'>{day}</td><td><a href='{url}'>{title}</a></td></tr>"
    body = first + "".join(row.format(u=u, t=t) for u, t, _ in others)
    assert [one for _, _, one in entries(CHROME % f"<table>{body}</table>") if one] == [day]


def test_a_row_with_a_day_of_its_own_keeps_it() -> None:
    (url, title, day), (other, words, _) = ROWS[:2]
    body = (
        f"<tr><td rowspan='2'>成文日期：2026-01-05</td><td><a href='{url}'>{title}</a></td><td>{day}</td></tr>"
        f"<tr><td><a href='{other}'>{words}</a></td><td>2026-06-17</td></tr>"
    )
    assert [one for _, _, one in entries(CHROME % f"<table>{body}</table>")] == [day, "2026-06-17"]


def as_above(row: str, days: list[str | None]) -> str:
    """`ROWS` and more of their kind in a table that prints `days`, in a row with nothing where one is None."""
    rows = [*ROWS, *((f"{number}.html", f"某市公布第{number}批工作安排", None) for number in range(8001, 8007))]
    body = "".join(row.format(d=day or "", u=u, t=t) for day, (u, t, _) in zip(days, rows, strict=False))
    return CHROME % f"<table><tr><th>日期</th><th>标题</th><th>来源</th></tr>{body}</table>"


PLAIN = "<tr><td>{d}</td><td><a href='{u}'>{t}</a></td><td>某局</td></tr>"
ONCE: list[str | None] = ["2026-06-18", None, None, "2026-06-11", "2026-05-29", None]


@pytest.mark.parametrize(
    "row",
    [
        PLAIN,
        PLAIN.replace("{d}", "&nbsp;<p>{d}</p>"),
        "<tr><td><a href='{u}'>{t}</a></td><td><font>{d}</font></td></tr>",
    ],
)
def test_a_blank_cell_in_a_column_that_prints_each_day_once_means_the_day_above(row: str) -> None:
    assert entries(as_above(row, ONCE)) == ROWS


@pytest.mark.parametrize(
    "days",
    [
        ["2026-06-18", "2026-06-18", None, None, "2026-06-11", "2026-05-29"],  # prints a day twice
        ["2026-06-18", "2026-06-17", "2026-06-16", None, "2026-06-11", "2026-05-29"],  # leaves a single one out
        [None, None, "2026-06-18", "2026-06-17", "2026-06-11", "2026-05-29"],  # begins with none
        ["2026-06-18", None, None, "待定", "2026-06-11", "2026-05-29"],
        ["2026-06-18", "2026-06-11", "2026-05-29", None, None, None],  # has none from one row on
        [*["2026-06-18", None, "2026-06-16", None], *(f"2026-06-{day:02}" for day in range(15, 7, -1))],  # two unknown
    ],
)
def test_a_blank_cell_of_another_column_means_no_day(days: list[str | None]) -> None:
    printed = [None if day == "待定" else day for day in days]
    assert [day for _, _, day in entries(as_above(PLAIN, days))] == printed

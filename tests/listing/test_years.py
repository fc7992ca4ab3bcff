"""The years of dates that are printed without one."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME
from tests.listing.test_traps import rows

YEARS = [
    (
        year,
        [(f"n/{year % 100}00{n}.html", f"某市{year}年工作动态第{n}则", f"{year}-{day}") for n, day in enumerate(days)],
    )
    for year, days in ((2026, ("06-10", "02-03")), (2025, ("08-19", "06-10", "01-05")), (2024, ("12-30", "05-06")))
]


@pytest.mark.parametrize(
    "layout",
    [
        "<h3>{y}年</h3><ul>{r}</ul>",
        "<div class='g'><div class='hd'><h4>{y}</h4></div><ul>{r}</ul></div>",
        "<ul><li class='y'>{y}年度</li>{r}</ul>",
        "<p><b>【{y}年】</b></p><div>{r}</div>",
        "<dl><dt>{y}</dt><dd>{r}</dd></dl>",
    ],
)
@pytest.mark.parametrize(
    "row", ["<li><a href='{u}'>{t}</a><span>{d}</span></li>", "<li><i>{d}</i><a href='{u}'><b>{t}</b></a></li>"]
)
def test_dates_without_a_year_take_that_of_the_heading_over_them(layout: str, row: str) -> None:
    groups = "".join(
        layout.format(y=y, r="".join(row.format(u=u, t=t, d=d[5:]) for u, t, d in rows)) for y, rows in YEARS
    )
    assert entries(CHROME % f"<div>{groups}</div>") == [entry for _, rows in YEARS for entry in rows]


@pytest.mark.parametrize(
    "beside",
    [
        "{}<p>2024年</p><p><a href='/2024/'>往年信息</a></p>",
        "<div><span>2026年</span><span>2025年</span><span>2024年</span></div>{}",
        "<div><h3>2024年</h3><p><a href='/zt/12.html'>专题</a></p></div>{}",
        "<p>2026年12月</p>{}",
    ],
)
def test_other_years_beside_a_list_are_none_of_its_dates(beside: str) -> None:
    rows_ = [("n/88.html", "某市去年岁末的一则工作动态", "12-30"), *((u, t, d[5:]) for u, t, d in YEARS[0][1])]
    found = entries(CHROME % f"<div>{beside.format(f'<ul>{rows(*reversed(rows_))}</ul>')}</div>")
    assert [day for _, _, day in found] == ["2026-02-03", "2026-06-10", "2025-12-30"]

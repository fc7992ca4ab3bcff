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


@pytest.mark.parametrize(
    "layout",
    [
        "<h4>{y}年{m}月</h4><ul>{r}</ul>",
        "<div><p>{y}年{m}月份</p><div>{r}</div></div>",
        "<ul><li class='m'>{y}年{m}月</li>{r}</ul>",
        "<dl><dt>【{y}年{m}月】</dt><dd>{r}</dd></dl>",
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "<li><span>{n}日</span><a href='{u}'>{t}</a></li>",
        "<li><a href='{u}'>{t}</a><i>{n}日</i></li>",
        "<li><a href='{u}'><i>{n}日</i><b>{t}</b></a></li>",
        "<p>{n}日 <a href='{u}'>{t}</a></p>",
    ],
)
def test_days_take_the_month_of_the_heading_over_them(layout: str, row: str) -> None:
    months = {"2026-06": (18, 17, 2), "2026-05": (29, 8), "2025-12": (30,)}
    rows_ = [
        (f"n/{month[2:]}{n}.html", f"某市{month}大事记第{n}则", f"{month}-{day:02}")
        for month, days in months.items()
        for n, day in enumerate(days)
    ]
    groups = "".join(
        layout.format(
            y=month[:4],
            m=int(month[5:]),
            r="".join(row.format(u=u, t=t, n=int(d[8:])) for u, t, d in rows_ if d.startswith(month)),
        )
        for month in months
    )
    assert entries(CHROME % f"<div>{groups}</div>") == rows_


def test_a_menu_of_months_gives_no_day_its_month() -> None:
    row = "<li><b>{}日</b><a href='n/20260{}.html'>某市大事记里的一则动态</a></li>"
    menu = "<p><span>2026年6月</span><span>2026年5月</span><span>2026年4月</span></p>"
    rows_ = "".join(row.format(day, day) for day in (18, 17, 2))
    assert [day for _, _, day in entries(CHROME % f"<div>{menu}<ul>{rows_}</ul></div>")][1:] == [None, None]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (("06-18", "03-02", "01-15", "06-21"), "2025-06-21"),  # tomorrow, below what is months old
        (("06-18", "06-18", "01-15", "06-20"), "2026-06-20"),  # today: below entries that are kept on top
        (("01-15", "03-02", "06-18", "06-21"), "2026-06-21"),  # the newest stand at the end
        (("06-18", "06-17", "06-21"), "2026-06-21"),  # too few to tell
        (("06-18", "03-02", "01-15", "12-31", "06-21"), "2025-06-21"),
    ],
)
@pytest.mark.parametrize("row", ["<li><a href='{u}'>{t}</a><i>{d}</i></li>", "<li>{d}<a href='{u}'>{t}</a></li>"])
def test_tomorrow_below_older_days_of_the_list_is_last_year_s(row: str, days: tuple[str, ...], last: str) -> None:
    rows_ = "".join(row.format(u=f"n/50{n}.html", t=f"某市工作动态第{n}则", d=day) for n, day in enumerate(days))
    assert [day for _, _, day in entries(CHROME % f"<ul>{rows_}</ul>")][-1] == last


def test_tomorrow_on_top_of_a_list_below_another_box_is_this_year_s() -> None:
    row = "<li><a href='n/5{n:03}.html'>某市工作动态第{n}则</a><i>{d}</i></li>"
    boxes = (("04-09", "03-02", "01-15"), ("06-21", "06-18", "06-17"))
    body = "".join(
        f"<ul>{''.join(row.format(n=10 * n + k, d=day) for k, day in enumerate(days))}</ul>"
        for n, days in enumerate(boxes)
    )
    assert ("n/5010.html", "某市工作动态第10则", "2026-06-21") in entries(CHROME % body)

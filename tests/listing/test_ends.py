"""Dates at the end of the text of a link."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import THREE, of


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{u}'>{t} {d}</a></li>",
        "<li><a href='{u}'>{t}&nbsp;&nbsp;&nbsp;{y}/{m}/{n}</a></li>",
        "<li><a href='{u}'>{t}({d})</a></li>",
        "<li><a href='{u}'>{t}（{d}）</a></li>",
        "<li><a href='{u}'>{t} [{d}] </a></li>",
        "<li><a href='{u}'>{t}{d}</a></li>",
        "<li><a href='{u}' title='{t}'>{t} {d}</a></li>",
        "<li><a href='{u}' title='{t} {d}'>{t} {d}</a></li>",
        "<p><a href='{u}'>{t}{d}</a></p>",
    ],
)
def test_the_day_at_the_end_of_a_link_is_none_of_its_title(row: str) -> None:
    assert entries(of(row)) == THREE


@pytest.mark.parametrize("end", ["（2026-05-01）", " 2026-05-01", "截至2026-05-01"])
def test_a_day_at_the_end_of_a_title_stays_where_another_is_printed(end: str) -> None:
    found = entries(of("<li><a href='{u}'>{t}[]</a><span>{d}</span></li>".replace("[]", end)))
    assert found == [(u, t + end, d) for u, t, d in THREE]


def test_a_day_that_ends_what_a_title_tells_is_not_its_own() -> None:
    found = entries(of("<li><a href='{u}'>{t}，截至2026-05-01</a></li>"))
    assert found == [(u, f"{t}，截至2026-05-01", None) for u, t, _ in THREE]

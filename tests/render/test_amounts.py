"""A figure's value in a few signs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.render.amounts import written
from watcher.settings import Language


def figure(kind: str, low: object, unit: str, high: object = None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "low": low, "high": low if high is None else high, "unit": unit, **more}


def was(low: object, unit: str, high: object = None) -> dict[str, Any]:
    return {"low": low, "high": low if high is None else high, "unit": unit}


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (figure("money", 3_000_000, "CNY", qualifier="at_most"), "up to CNY 3 million"),
        (figure("money", 1_500_000_000, "CNY", qualifier="at_least"), "at least CNY 1.5 billion"),
        (figure("money", 5_000, "CNY", qualifier="exact"), "CNY 5,000"),
        (figure("money", 1_000_000, "USD", 3_000_000), "USD 1–3 million"),
        (figure("money", 12_345_678.5, "CNY", qualifier="about"), "about CNY 12.3456785 million"),
        (figure("duration", 1, "workday"), "1 working day"),
        (figure("duration", 3, "day", 5, qualifier="less_than"), "under 3–5 days"),
        (figure("duration", 20, "workday", previous=was(30, "workday")), "30 → 20 working days"),
        (figure("duration", 1, "month", previous=was(60, "day")), "60 days → 1 month"),
        (figure("percent", 60, "%", qualifier="more_than"), "over 60%"),
        (figure("percent", 3, "%", previous=was(5, "%")), "5% → 3%"),
        (figure("money", 5_000_000, "CNY", previous=was(800_000, "CNY")), "CNY 800,000 → CNY 5 million"),
        (figure("count", 412, "家"), "412 家"),
        (figure("quantity", 1_200, "吨", qualifier="nearly"), "nearly 1,200 吨"),
        # What a number alone says worse than the page's words.
        (figure("rank", 1, "rank"), ""),
        (figure("ratio", 0.666667, "1"), ""),
        (figure("duration", 20, "fortnight"), ""),
        (figure("count", 3, ""), ""),
        (figure("money", 10**15, "CNY"), ""),
        ({"kind": "money"}, ""),
        (figure("money", True, "CNY"), ""),
    ],
)
def test_in_english_every_figure_is_written(told: dict[str, Any], value: str) -> None:
    assert written(told, "en") == value


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (figure("duration", 20, "workday", previous=was(30, "workday")), "30 → 20个工作日"),
        (figure("duration", 1, "month", previous=was(60, "day")), "60天 → 1个月"),
        (figure("money", 5_000_000, "CNY", previous=was(800_000, "CNY")), "80万元 → 500万元"),
        (figure("money", 110_000_000, "CNY", previous=was(Decimal("99000000"), "CNY")), "9900万元 → 1.1亿元"),
        (figure("money", 5, "USD", previous=was(3, "USD")), ""),
        (figure("count", 500, "家", previous=was(300, "家")), "300 → 500家"),
        (figure("money", 3_000_000, "CNY", qualifier="at_most"), ""),  # the page's own words say it
    ],
)
def test_in_chinese_only_from_what_to_what(told: dict[str, Any], value: str) -> None:
    assert written(told, "zh") == value


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.decimals()


@given(
    st.dictionaries(
        st.sampled_from(["kind", "low", "high", "unit", "qualifier", "previous"]),
        st.sampled_from(["money", "duration", "count", "CNY", "day"])
        | ANYTHING
        | st.dictionaries(st.sampled_from(["low", "high", "unit"]), ANYTHING),
    ),
    st.sampled_from(["zh", "en"]),
)
def test_a_figure_of_any_shape_is_written_on_one_line(told: dict[str, Any], language: Language) -> None:
    assert len(written(told, language)) < 200

"""Chinese and Arabic numerals on their own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.spellings import in_chinese
from watcher.extract import numerals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("两百", "200"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("三千零五十", "3050"),
        ("一千五百", "1500"),
        ("一万二", "12000"),
        ("一万零二", "10002"),
        ("三万五千", "35000"),
        ("三十五亿", "3500000000"),
        ("一亿零五百万", "105000000"),
        ("两万亿", "2000000000000"),
        ("一点五", "1.5"),
        ("零点三", "0.3"),
        ("百", "100"),
        ("千万", "10000000"),
    ],
)
def test_a_chinese_numeral_has_its_value(written: str, value: str) -> None:
    assert numerals.chinese(written) == (Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("三五", 3, 5),
        ("七八", 7, 8),
        ("两三", 2, 3),
        ("七八十", 70, 80),
        ("十七八", 17, 18),
        ("两三百", 200, 300),
        ("五六万", 50000, 60000),
    ],
)
def test_neighbouring_digits_are_a_rough_range(written: str, low: int, high: int) -> None:
    assert numerals.chinese(written) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "written", ["", "十三五", "一一", "二〇二三", "十十", "三二", "点五", "一点", "一" * 30, "百千", "亿亿", "一万三万"]
)
def test_what_breaks_the_rules_of_counting_is_no_number(written: str) -> None:
    assert numerals.chinese(written) is None


@pytest.mark.parametrize(
    ("written", "value"), [("2亿5千万", 250_000_000), ("3万5千", 35_000), ("3万5", 35_000), ("3万5亿", None)]
)
def test_steps_must_fall(written: str, value: int | None) -> None:
    assert numerals.steps(written) == value


@pytest.mark.parametrize(("written", "value"), [("九五", 95), ("二〇二三", 2023), ("〇", 0)])
def test_digits_are_named_one_by_one(written: str, value: int) -> None:
    assert numerals.digits(written) == Decimal(value)


@pytest.mark.parametrize(("written", "value"), [("1,234.5", "1234.5"), ("007", "7"), ("0.5", "0.5")])
def test_arabic_digits_have_their_value(written: str, value: str) -> None:
    assert numerals.arabic(written) == Decimal(value)


def test_a_row_of_digits_longer_than_any_amount_is_no_number() -> None:
    assert numerals.arabic("9" * 100_000) is None


@given(st.integers(1, 10**12 - 1))
def test_every_whole_number_is_read_back(value: int) -> None:
    assert numerals.chinese(in_chinese(value)) == (Decimal(value), Decimal(value))


@given(st.text(numerals.CHARACTERS + "点", max_size=30))
def test_no_row_of_numeral_characters_raises(written: str) -> None:
    pair = numerals.chinese(written)
    assert pair is None or pair[0] <= pair[1]

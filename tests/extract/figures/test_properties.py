"""What must hold for every text: numbers are read back, spans hold, nothing overlaps, nothing raises, the cost is
linear."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.spellings import spellings
from tests.timing import cpu_seconds
from watcher.extract.figures import amounts, find_figures
from watcher.extract.figures import scan as scanning

# Characters on which the grammar turns, so that random texts reach its corners.
ALPHABET = (
    '0123456789.,%/:-—~ 　\n一二两三十百千万亿零〇半点余多几数上近约超第每由从到至为、，。；（）()《》“”"+×→'
    ""
    ""
    "个家项条名次年月日天时分周小作元件吨米度倍成折番首位前后内以下左右最高低不超过新增减少提压缩降升给予的和及措施政策ABkmG"
)
FRAGMENTS = st.sampled_from(
    [
        "由30个工作日",
        "压减到",
        "20个工作日",
        "最高",
        "不超过",
        "5个、3个、1个工作日",
        "三分之二",
        "百分之",
        "翻两番",
        "半年",
        "分别",
        "《20条》",
        "1:1",
        "第4",
    ]
)
TEXTS = st.lists(st.one_of(st.text(ALPHABET, max_size=12), FRAGMENTS, st.text(max_size=4)), max_size=14).map("".join)


@given(st.data())
def test_a_number_is_read_back_in_each_of_its_spellings(data: st.DataObject) -> None:
    value = data.draw(st.one_of(st.integers(2, 9999), st.integers(10_000, 10**12)))
    for written in spellings(value):
        figures = find_figures(f"共安排资金{written}元。").figures
        assert [(one.low, one.high, one.unit) for one in figures] == [(Decimal(value), Decimal(value), "CNY")], written


@given(st.integers(3, 99_999), st.sampled_from("家个名件户台"))  # 二 before a classifier is an ordinal
def test_counts_are_read_back_in_each_spelling(value: int, classifier: str) -> None:
    for written in spellings(value):
        figures = find_figures(f"共有企业{written}{classifier}。").figures
        assert [(one.low, one.unit) for one in figures] == [(Decimal(value), classifier)], written


@given(TEXTS)
def test_every_quote_stands_where_it_says_and_none_overlap(text: str) -> None:
    scan = find_figures(text)
    spans = [[(one.start, one.end, one.quote) for one in found] for found in (scan.figures, scan.rejected)]
    assert all(text[start:end] == quote for found in spans for start, end, quote in found)
    assert all(end <= start for found in spans for (_, end, _), (start, _, _) in pairwise(found))


@given(TEXTS)
def test_a_subject_is_a_piece_of_the_text(text: str) -> None:
    assert all(one.subject is None or one.subject in text for one in find_figures(text).figures)


@given(TEXTS)
def test_low_is_never_above_high(text: str) -> None:
    assert all(one.low <= one.high for one in find_figures(text).figures)


@given(TEXTS)
def test_every_digit_is_in_a_figure_or_among_the_rejected(text: str) -> None:
    scan = find_figures(text)
    spans = [(one.start, one.end) for one in scan.figures] + [(one.start, one.end) for one in scan.rejected]
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if character in "0123456789")


HOSTILE = [
    "1",
    "一",
    "《",
    "》",
    "“",
    '"',
    "(",
    "（",
    "1,",
    "1.",
    "1、",
    "1个、",
    "一个",
    "由1个",
    "不超过",
    "最高",
    "分别",
    "百分之",
    "的",
    "每",
    "1:",
    "万",
    "5个工作日到",
]


@pytest.mark.parametrize("seed", HOSTILE)
def test_the_cost_grows_with_the_length_only(seed: str) -> None:
    """Four times the text takes about four times as long; a square would take sixteen."""
    small, large = (seed * (size // len(seed)) for size in (8_000, 32_000))
    assert _seconds(large) < 9 * _seconds(small) + 0.05


def _seconds(text: str) -> float:
    return min(cpu_seconds(lambda: find_figures(text)) for _ in range(2))


def test_a_text_of_nothing_but_numbers_is_read_up_to_a_bound_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (amounts, scanning):
        monkeypatch.setattr(module, "MOST", 50)
    scan = find_figures("1元" * 60)
    assert len(scan.figures) == 49
    assert [one.reason for one in scan.rejected] == ["数字太多，其后的不再读取"]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.identity.pairs import MEASURES_, NEWS_, REPORT_
from watcher.identity.likeness import RUN, Text, bands, copied, replaced

# Texts of few different characters, so that pieces repeat; and what an edit may put into them.
WORDS = st.text("支持企业发展优化服务0123", max_size=60)


def words(text: str) -> tuple[str, ...]:
    return Text.of(text).tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("最高300万元", "最高 300万元。"),
        ("最高300万元", "最高３００万元"),
        ("最高300万元", "最高三百万元"),
        ("1,488个项目", "1488个项目"),
        ("三十个工作日", "30个工作日"),
        ("1.50亿元", "1.5亿元"),
        ("VOCs治理", "vocs治理"),
        ("出台措施\n来源：某报", "出台措施"),
        ("◆本报记者周明\n出台措施", "出台措施"),
        ("出台措施\n责任编辑：林芳", "出台措施"),
    ],
)
def test_ways_of_writing_one_text(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("最高30万元", "最高300万元"), ("5家", "50家"), ("十四五", "十三五"), ("2.5倍", "25倍")]
)
def test_numbers_are_one_token_each(one: str, other: str) -> None:
    assert len(words(one)) == len(words(other))
    assert words(one) != words(other)


@given(WORDS, WORDS)
def test_a_share_is_a_share(one: str, other: str) -> None:
    assert 0 <= copied(Text.of(one), Text.of(other)) <= 1


def test_a_text_is_a_copy_of_itself_and_of_what_holds_it() -> None:
    text, whole = Text.of(NEWS_.text), Text.of(f"{REPORT_.text}\n{NEWS_.text}")
    assert (copied(text, text), copied(text, whole)) == (1, 1)
    assert 0.3 < copied(whole, text) < 0.7


def test_clauses_taken_over_are_no_copy() -> None:
    sentence = "推行同类项目打捆审批"
    assert len(words(sentence)) < RUN
    assert copied(Text.of(f"今年以来{sentence}，效率大为提高"), Text.of(MEASURES_.text)) == 0


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ("由市局统一负责组织实施", "由省厅统一负责组织实施", [("市局", "省厅")]),
        ("给予企业最高300万元奖补", "给予企业最高30万元奖补", [("#3000000", "#300000")]),
        ("云州市生态环境局发布通知", "临江市生态环境局发布通知", [("云州", "临江")]),
        ("请认真贯彻执行，联系人周明", "请认真贯彻执行，联系人林芳", [("周明", "林芳")]),
        ("企业可以网上申报，也可以到窗口申报", "企业可以网上申报，也可以申报", []),
        ("支持企业绿色发展", "支持企业加快绿色发展", []),
        ("春眠不觉晓处处闻啼鸟", "床前明月光疑是地上霜", []),
        ("", "支持企业绿色发展", []),
    ],
)
def test_what_stands_between_the_same_words_is_replaced(one: str, other: str, pairs: list[tuple[str, str]]) -> None:
    assert [("".join(old), "".join(new)) for old, new in replaced(Text.of(one), Text.of(other))] == pairs


@given(WORDS, WORDS, WORDS)
def test_what_is_replaced_stands_in_either_text_in_its_order(before: str, after: str, other: str) -> None:
    one, two = Text.of(before + after), Text.of(before + other + after)
    pairs = list(replaced(one, two))
    assert all(old != new for old, new in pairs)
    for side, text in enumerate((one, two)):
        rest = iter(text.tokens)
        assert all(token in rest for pair in pairs for token in pair[side])


@given(WORDS)
def test_nothing_is_replaced_in_the_same_text(text: str) -> None:
    assert list(replaced(Text.of(text), Text.of(text))) == []


def test_numbers_are_known_by_the_words_around_them() -> None:
    numbers = Text.of("对小微企业最高奖补30万元，对其他企业最高奖补50万元").numbers
    assert sorted(value for values in numbers.values() for value in values) == ["#300000", "#500000"]


def test_bands_are_those_of_the_stored_ones() -> None:
    """Where this fails, a library or a rule sketches otherwise than the stored texts were: they need a migration."""
    made = bands("标题", "".join(chr(0x4E00 + 7 * place) for place in range(100)))
    assert (len(made), sorted(made)[:3]) == (34, [273983840, 338289382, 389539256])


@pytest.mark.parametrize("text", ["", "附件：云州市机关值班管理办法.pdf", "支持企业绿色发展。" * 5])
def test_a_short_text_has_no_bands(text: str) -> None:
    assert bands("关于印发通知的通知", text) == frozenset()


def test_bands_mind_no_marks_and_no_line_breaks() -> None:
    spaced = NEWS_.text.replace("，", ", ").replace("\n", "\n\n")
    assert bands(NEWS_.title, NEWS_.text) == bands(NEWS_.title, spaced)


def test_different_texts_have_few_bands_in_common() -> None:
    assert len(bands("一", NEWS_.text) & bands("二", REPORT_.text)) == 0

"""The assembly: parts that agree with each other, and no input that breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from watcher.extract import extract
from watcher.model import AnnouncementType, Credit, Document, Extraction
from watcher.render.contract import contract_line

MEASURES = """某环发〔2024〕8号
某市生态环境局
关于服务企业绿色转型
推动高质量发展的若干措施
为落实全市部署，优化营商环境，服务企业发展，制定如下措施。
一、提升审批效能
1.实行容缺受理。2024年6月底前，审批时限由30个工作日压减到20个工作日。
2.推行豁免管理。对符合条件的小微企业免予办理环评手续。
二、加大资金支持
3.落实财政奖补。对获评企业给予最高50万元奖励，落实《某省绿色发展若干措施》要求。
4.用好绿色金融。年底前新增授信10亿元以上。
本措施自2024年4月1日起施行，有效期2年。
"""


def spans_hold(found: Extraction) -> bool:
    """Whether every place is where its words stand."""
    quoted = [(one.start, one.end, one.quote) for one in found.figures]
    quoted += [(one.start, one.end, one.quote) for one in found.deadlines]
    quoted += [(one.start, one.end, one.quote) for one in found.rejected]
    quoted += [(measure.start, measure.end, measure.heading) for measure in found.measures]
    return all(found.text[start:end] == quote for start, end, quote in quoted)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return extract(Document(title=None, text=MEASURES, published=date(2024, 4, 2)))


def test_the_parts_of_a_measures_document_agree(found: Extraction) -> None:
    assert found.verdict.type is AnnouncementType.MEASURES_DOCUMENT
    assert found.title == found.document_title == "某市生态环境局关于服务企业绿色转型推动高质量发展的若干措施"
    assert (found.document_number, found.measure_count) == ("某环发〔2024〕8号", 4)
    assert [measure.number for measure in found.measures] == [1, 2, 3, 4]
    assert [(one.quote, one.measure) for one in found.deadlines] == [("2024年6月底前", 1), ("年底前", 4)]
    assert [(one.quote, one.measure) for one in found.figures if one.unit == "CNY"] == [
        ("最高50万元", 3),
        ("10亿元以上", 4),
    ]
    assert [cited.title for cited in found.cited_documents] == ["某省绿色发展若干措施"]
    assert found.valid_until == date(2026, 3, 31)
    assert spans_hold(found)


def test_the_day_of_signature_dates_only_what_nothing_else_dates() -> None:
    text = f"{MEASURES}某市生态环境局\n2024年3月28日"
    assert extract(Document(title=None, text=text)).published == date(2024, 3, 28)
    assert extract(Document(title=None, text=text), fallback_published=date(2024, 4, 1)).published == date(2024, 4, 1)
    assert extract(Document(title=None, text=text, published=date(2024, 4, 2))).published == date(2024, 4, 2)


def test_what_is_no_announcement_lists_no_measures() -> None:
    text = "一、检查情况。共检查12家企业。\n二、处罚情况。2024年6月底前缴纳罚款5万元。\n三、整改要求。限期整改。"
    other = extract(Document(title="某市生态环境局行政处罚情况通报", text=text, published=date(2024, 3, 1)))
    assert not other.verdict.announcement
    assert (other.measures, other.measure_count, other.document_title) == ((), None, None)
    assert {figure.measure for figure in other.figures} == {None}
    assert [(one.date, one.measure) for one in other.deadlines] == [(date(2024, 6, 30), None)]


def test_the_pages_own_facts_go_before_the_texts() -> None:
    credit = Credit("某网", ("张三",), "https://www.example.com/a")
    document = Document(
        title="某市惠企若干措施", text=MEASURES, published=date(2024, 4, 2), credit=credit, valid_until=date(2025, 1, 1)
    )
    read = extract(document, fallback_published=date(2020, 1, 1))
    assert (read.published, read.valid_until, read.credit) == (date(2024, 4, 2), date(2025, 1, 1), credit)
    bare = extract(Document(title=None, text="正文。"), fallback_published=date(2020, 1, 1))
    assert bare.published == date(2020, 1, 1)


PIECES = st.sampled_from(
    [
        *("一、", "（一）", "1.", "第一条", "①", "一是", "二是", "《", "》", "〈", "“", "”", "。", "；", "，", "\n"),
        *("关于", "若干措施", "的通知", "印发", "出台", "20条", "有效期", "3年", "自", "起施行", "\n附件\n", "简称"),
        *(
            "2023年",
            "2月",
            "30日",
            "一季度",
            "年底",
            "前",
            "到",
            "至",
            "—",
            "截至",
            "今年",
            "万",
            "亿",
            "元",
            "5",
            "十",
        ),
        *("某市生态环境局", "〔2024〕", "1号", "百", "\x00", " ", "\u3000"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join)


@settings(max_examples=150)
@given(title=st.none() | st.lists(PIECES, max_size=8).map("".join), text=TEXTS)
def test_any_text_gives_an_extraction_whose_places_hold(title: str | None, text: str) -> None:
    read = extract(Document(title=title, text=text, published=date(2024, 5, 6)))
    assert spans_hold(read)
    assert contract_line("x", read)["text"] == read.text


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "《",
        "“四",
        "一、加强。\n",
        "（一）\n",
        "2023年3月底前，",
        "有效期",
        "一是好。",
        "关于办法\n",
        "20条措施",
        " ",
    ],
)
def test_cost_grows_with_length_not_its_square(unit: str) -> None:
    def cost(chars: int) -> float:
        return cpu_seconds(lambda: extract(Document(title=None, text=unit * (chars // len(unit)))))

    short = min(cost(5_000) for _ in range(2))
    # Sixteen times the text: linear is 16, a square would be 256.
    assert cost(80_000) < 64 * max(short, 0.005)

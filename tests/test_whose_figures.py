"""What is told of an edit, where several figures of one kind stand together: whose each is, not where it stands."""

from __future__ import annotations

import pytest

from watcher.change.diff import Version, compare
from watcher.change.note import sentence
from watcher.change.subjects import may_be_one
from watcher.extract import extract
from watcher.model import Document, Extraction

TITLE = "临川市支持制造业企业若干措施"
GRADES = "对国家级绿色工厂奖励100万元，对省级绿色工厂奖励50万元。"
ROWS = ("环境影响报告书审批 15个工作日", "环境影响报告表审批 7个工作日", "排污许可证核发 10个工作日")


def read(*lines: str, title: str = TITLE) -> Extraction:
    return extract(Document(title, "\n".join(lines)), fallback_published=None)


def told(before: Extraction, after: Extraction) -> set[str]:
    return {sentence(change) for change in compare(Version(before), Version(after)) if change.field != "text"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("序号 事项 时限", "1 " + ROWS[0], "2 " + ROWS[1]), ("序号 事项 时限", "1 " + ROWS[1], "2 " + ROWS[0])),
        ((GRADES,), ("对省级绿色工厂奖励50万元，对国家级绿色工厂奖励100万元。",)),
        (
            ("（1）国家级绿色工厂，奖励90万元；（2）省级绿色工厂，奖励40万元；（3）市级绿色工厂，奖励10万元。",),
            ("（1）市级绿色工厂，奖励10万元；（2）国家级绿色工厂，奖励90万元；（3）省级绿色工厂，奖励40万元。",),
        ),
        (("九、强化跟踪服务。对100家企业结对帮扶。",), ("九、健全长效帮扶机制。对100家企业结对帮扶。",)),
    ],
    ids=["rows of a table", "a sentence", "items of a list", "a heading in other words"],
)
def test_another_order_of_the_same_is_no_change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert told(read(*before), read(*after)) == set()


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (
            GRADES,
            "对省级绿色工厂奖励60万元，对国家级绿色工厂奖励120万元。",
            {"国家级绿色工厂奖励由100万元提高到120万元", "省级绿色工厂奖励由50万元提高到60万元"},
        ),
        (
            "对新获评国家级绿色工厂的给予一次性50万元奖励。",
            "对新获评国家级零碳园区的给予一次性50万元奖励。",
            {"新增“50万元”（新获评国家级零碳园区奖励）", "删去“50万元”（新获评国家级绿色工厂奖励）"},
        ),
        (
            "对省级示范企业奖励50万元。",
            "对科技领军企业奖励50万元。",
            {"新增“50万元”（科技领军企业奖励）", "删去“50万元”（省级示范企业奖励）"},
        ),
        (
            "2026年6月底前完成目录更新。",
            "2026年6月底前建成线上专区。",
            {"新增期限“2026年6月底前”（建成线上专区）", "删去期限“2026年6月底前”（完成目录更新）"},
        ),
        (
            "一、压缩时限。\n二、加大财政支持。设立10亿元基金。\n三、加大财政支持力度。对首贷户贴息。\n四、推行首违不罚。",
            "一、压缩时限。\n二、加大财政支持力度。对首贷户贴息。\n三、推行首违不罚。",
            {"删去措施“二、加大财政支持”", "删去“10亿元”（基金）", "措施由4条减少到3条"},
        ),
        (
            "本措施自2026年4月1日起施行，有效期至2028年3月31日。",
            "本措施自2026年7月1日起施行，有效期至2028年3月31日。",
            {"施行日期由2026-04-01推迟到2026-07-01"},
        ),
    ],
)
def test_what_is_told_names_whose_figure_it_is(before: str, after: str, sentences: set[str]) -> None:
    assert told(read(before), read(after)) == sentences


def test_a_title_with_its_count_in_other_numerals_is_no_change() -> None:
    assert told(read(GRADES, title="临川市出台九条措施"), read(GRADES, title="临川市出台9条措施")) == set()


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("绿色工厂奖补", "绿色工厂奖励", True),
        ("小微企业", "小型微型企业", True),
        ("规上工业企业奖励", "规模以上工业企业奖励", True),
        ("环评审批", "环境影响评价审批", True),
        ("单户贷款额度", "单户贷款额度贴息", True),
        (None, "研发平台", True),
        ("国家级绿色工厂", "省级绿色工厂", False),
        ("环境影响报告书审批", "环境影响报告表审批", False),
        ("绩效A级企业", "绩效B级企业", False),
        ("排污许可证首次申领", "排污许可证变更", False),
        ("实施超低排放改造的企业奖补", "实施清洁生产改造的企业奖补", False),
        ("小微企业", "规模以上企业", False),
    ],
)
def test_whether_two_subjects_may_be_one(one: str | None, other: str | None, may: bool) -> None:
    assert may_be_one(one, other, 0.4) == may_be_one(other, one, 0.4) == may

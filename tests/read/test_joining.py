"""Lines broken by a page's width are joined, paragraphs and headings are not."""

import pytest

from watcher.read.joining import glue, is_page_number, join_broken


def _joined(*lines: str, typeset: bool = False) -> list[str]:
    return [glue([lines[place] for place in group]) for group in join_broken(list(lines), typeset=typeset)]


def test_half_a_word_after_a_comma_goes_on() -> None:
    first = "开展排查整治工作，释放发展空间。2024年年底前，建"
    assert _joined(first, "成污水处理设施改造项目。") == [first + "成污水处理设施改造项目。"]


def test_open_bracket_goes_on() -> None:
    assert _joined("制定出台《关于支持中小企业发展的", "若干措施》，自印发之日起施行。") == [
        "制定出台《关于支持中小企业发展的若干措施》，自印发之日起施行。"
    ]


@pytest.mark.parametrize(
    "item", ["2. 加快审批", "二、优化服务", "（二）强化帮扶", "第二条 本办法", "附件：名单", "二是优化服务"]
)
def test_items_start_a_line(item: str) -> None:
    first = "持续开展帮扶活动，服务企业发展壮大。加快推进重大项目建设，完"
    assert _joined(first, item) == [first, item]


def test_heading_stays_apart_from_its_paragraph() -> None:
    assert len(_joined("提升政务服务效能", "全面落实服务专员制度，实施精准服务。", typeset=True)) == 2


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    wrapped = [
        "为进一步优化营商环境支持企业稳定发展我局结合工",
        "作实际研究提出以下措施请认真贯彻落实。在审批环",
        "节推行容缺受理承诺时限压缩一半以上。",
        "在监管环节推行首违不罚清单管理对轻微违法行为免",
        "于处罚并加强指导帮扶整改到位后及时销号。对守法",
        "企业减少检查频次做到无事不扰。",
        "在要素环节保障重点项目总量指标建立储备库统筹安",
        "排使用提前预支确保项目落地。",
    ]
    assert [len(line) > 30 for line in _joined(*wrapped, typeset=True)] == [True, True, True]


def test_table_rows_of_equal_width_are_not_joined() -> None:
    rows = [f"{number}某某科技有限公司91610100000000000{number} 高新区" for number in range(10, 30)]
    assert _joined(*rows, typeset=True) == rows


@pytest.mark.parametrize(
    ("line", "expected"), [("— 3 —", True), ("第 2 页 共 10 页", True), ("12", True), ("12家企业", False)]
)
def test_page_numbers(line: str, expected: bool) -> None:
    assert is_page_number(line) is expected


def test_latin_words_keep_a_blank() -> None:
    assert glue(["support small", "firms"]) == "support small firms"


def test_a_number_goes_on_with_its_unit() -> None:
    first = "支持技术创新。对新认定的国家级平台，一次性奖励 500"
    assert _joined(first, "万元；省级平台减半。") == [f"{first}万元；省级平台减半。"]
    assert len(_joined("附件 3", "年度企业名单")) == 2

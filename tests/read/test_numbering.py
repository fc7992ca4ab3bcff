"""Numbers of items that run into the numbers behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read import read_document
from watcher.read.numbering import set_apart

LIST = ("1.压缩时限。", "2.下放权限。", "3.减少检查。")


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("4.2025年底前，对12类项目免办手续。", "4. 2025年底前，对12类项目免办手续。"),
        ("4、2024—2026年，每年安排资金。", "4、 2024—2026年，每年安排资金。"),
        ("4.100%落实首次违法免罚制度。", "4. 100%落实首次违法免罚制度。"),
        ("4.12345热线诉求三日内答复。", "4. 12345热线诉求三日内答复。"),
        ("4.5个工作日内完成初审并告知。", "4. 5个工作日内完成初审并告知。"),
        ("7.5亿元专项资金优先投放园区。", "7.5亿元专项资金优先投放园区。"),
        ("3.5亿元专项资金优先投放园区。", "3.5亿元专项资金优先投放园区。"),
        ("4.5 4.8 5.2 5.6", "4.5 4.8 5.2 5.6"),
        ("4.实行一次办好。", "4.实行一次办好。"),
        ("三、12个行业实行告知承诺。", "三、 12个行业实行告知承诺。"),
        ("三、四线城市同样适用。", "三、四线城市同样适用。"),
    ],
)
def test_the_fourth_of_a_list_keeps_its_number_to_itself(line: str, apart: str) -> None:
    assert set_apart([*LIST, line]) == [*LIST, apart]


def test_a_decimal_between_two_items_is_none_of_them() -> None:
    lines = ["1.设立基金。", "2.5亿元资金首批到位，支持园区。", "2.贴息支持。", "3.5000万元作为风险补偿资金池。"]
    assert set_apart(lines) == [*lines[:3], "3. 5000万元作为风险补偿资金池。"]


def test_a_first_item_needs_a_second() -> None:
    first = "1.3个月内完成全部排查工作。"
    assert set_apart([first, "2.限期整改。"])[0] == "1. 3个月内完成全部排查工作。"
    assert set_apart([first, "企业满意。"])[0] == first


def test_numbers_of_subsections_stay_whole() -> None:
    lines = ["1.1总体要求和基本目标", "1.2适用范围和支持对象", "2.1重点任务和责任分工", "3.1组织保障和监督检查"]
    assert set_apart(lines) == lines


@pytest.mark.parametrize(("name", "tag"), [("a.txt", "{}\n"), ("a.html", "<p>{}</p>")])
def test_every_text_is_read_so(name: str, tag: str) -> None:
    intro = (
        "为优化营商环境，提高办事效率，支持各类企业发展，经市政府同意，结合本市实际，现提出以下四条措施，请遵照执行。"
    )
    lines = [intro, *LIST, "4.2025年底前，对12类项目免办手续。"]
    page = "".join(map(tag.format, lines))
    body = page if name == "a.txt" else f"<html><body><h1>某市四条</h1><div>{page}</div></body></html>"
    assert read_document(body.encode(), name=name).text.endswith("\n4. 2025年底前，对12类项目免办手续。")


@given(st.lists(st.text("123.、年一二 万元办", max_size=12), max_size=8))
def test_only_blanks_are_added(lines: list[str]) -> None:
    assert [line.replace(" ", "") for line in set_apart(lines)] == [line.replace(" ", "") for line in lines]

"""The outline: which level of a document's numbering holds its measures, and the stretch of each."""

from __future__ import annotations

import pytest

from watcher.extract.counts import Stated
from watcher.extract.lines import split_lines
from watcher.extract.outline import Outline, find_outline


def outline(text: str, stated: Stated | None = None, *, lays_down: bool = True) -> Outline:
    return find_outline(split_lines(text), stated or Stated(), lays_down=lays_down)


def listed(text: str, stated: Stated | None = None, *, lays_down: bool = True) -> list[tuple[int, str]]:
    found = outline(text, stated, lays_down=lays_down)
    for measure in found.measures:
        assert text[measure.start : measure.end] == measure.heading
    return [(measure.number, measure.heading) for measure in found.measures]


RUNNING = """为优化服务，制定如下措施。
一、审批提速
1.推行容缺受理。材料不齐的先行受理。
2. 压缩审批时限。报告表审批压缩到7日。
二、要素保障
3．统筹总量指标。优先保障重点项目。
4、开展绿色信贷。1.5亿元额度优先投放。
"""
RESTARTING = """一、审批提速
（一）推行容缺受理。材料不齐的先行受理。
（二）压缩审批时限
报告表审批压缩到7日。
二、要素保障
（一）统筹总量指标。优先保障重点项目。
（二）开展绿色信贷。加大投放。
"""


def test_numbers_running_on_through_sections_are_the_measures() -> None:
    assert listed(RUNNING) == [(1, "推行容缺受理"), (2, "压缩审批时限"), (3, "统筹总量指标"), (4, "开展绿色信贷")]


def test_numbers_restarting_in_each_section_are_counted_through() -> None:
    assert listed(RESTARTING) == [(1, "推行容缺受理"), (2, "压缩审批时限"), (3, "统筹总量指标"), (4, "开展绿色信贷")]


def test_brackets_running_on_keep_their_points_below() -> None:
    text = """一、降本
（一）减免租金。分类实施：
1.国有房屋减免三个月。
2.其他房屋适当补贴。
（二）缓缴费款。允许缓缴。
二、增效
（三）奖励技改。按比例奖励：
1.设备投资达标的奖励。
2.首台套奖励。
"""
    assert [number for number, _ in listed(text)] == [1, 2, 3]


def test_a_measure_with_a_body_of_its_own_keeps_its_points() -> None:
    text = """一、支持扩产增效。对新增投资的企业给予补助，补助分两类：
（一）设备投资。
（二）厂房投资。
二、支持稳岗拓岗。对吸纳就业的企业给予补贴，补贴分两类：
（一）社保补贴。
（二）岗位补贴。
"""
    assert listed(text) == [(1, "支持扩产增效"), (2, "支持稳岗拓岗")]


def test_articles_count_through_chapters() -> None:
    text = """第一章 总则
第一条 为支持企业发展，制定本办法。
第二条 本办法适用于全区企业。
第二章 支持
第三条 对首次升规企业奖励10万元。
（一）申报材料齐全。
（二）按时入库。
第四条 本办法由区科技局负责解释。
"""
    assert [number for number, _ in listed(text)] == [1, 2, 3, 4]


def test_aims_and_principles_are_no_measures() -> None:
    text = """一、总体要求
（一）指导思想。以服务企业为中心。
（二）基本原则。分类施策。
二、重点任务
（一）加快审批。一次办好。
（二）加强帮扶。送法入企。
"""
    assert listed(text) == [(1, "加快审批"), (2, "加强帮扶")]


def test_a_notice_of_work_lists_what_it_offers_and_not_its_aims_and_demands() -> None:
    text = """一、培育目标
新增企业80户。
二、支持政策
（一）给予奖励。按类别奖励。
（二）给予补贴。按投入补贴。
三、工作要求
请各县按时报送。
"""
    assert listed(text) == [(1, "给予奖励"), (2, "给予补贴")]


def test_what_stands_behind_a_table_belongs_to_none_of_its_rows() -> None:
    text = (
        "序号 项目 标准\n1 航线补贴 每标箱120元\n2 岸电补贴 每千瓦时0.3元\n3 船舶补贴 船价的5%\n企业应于9月底前申报。\n"
    )
    assert outline(text).measure_at(text.index("0.3元")) == 2
    assert outline(text).measure_at(text.index("5%")) == 3
    assert outline(text).measure_at(text.index("9月底前")) is None


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、加强服务。持续优化。", "加强服务"),
        ("一、 加强服务", "加强服务"),
        ("一、加强服务（责任单位：市局各科室）", "加强服务"),
        ("一、加强服务：", "加强服务"),
        ("1.加强服务。持续优化。", "加强服务"),
        ("1．加强服务", "加强服务"),
        ("(1)加强服务", "加强服务"),
        ("（一）加强服务。", "加强服务"),
        ("第一条 加强服务。持续优化。", "加强服务"),
        ("措施一：加强服务。", "加强服务"),
        ("第一招：加强服务。", "加强服务"),
        ("第一张牌、加强服务", "加强服务"),
        ("①加强服务", "加强服务"),
        ("一是加强服务。持续优化。", "加强服务"),
    ],
)
def test_a_heading_is_its_line_or_runs_to_the_first_stop(line: str, heading: str) -> None:
    second = line.replace("一", "二").replace("1", "2").replace("①", "②").replace("持续二", "持续")
    text = f"{line}\n这里是这一项的正文，说明怎样办理。\n{second}\n这里是另外一项的正文，说明由谁办理。"
    assert listed(text)[0] == (1, heading)


def test_a_number_alone_on_its_line_takes_the_next() -> None:
    text = "1.\n推行容缺受理。材料不齐的先行受理并一次告知。\n2.\n压缩审批时限。报告表审批压缩到七日以内。\n"
    assert listed(text) == [(1, "推行容缺受理"), (2, "压缩审批时限")]


def test_a_table_told_cell_by_cell_or_row_by_row_is_counted_by_its_first_column() -> None:
    cells = "序号\n措施\n内容\n1\n容缺受理\n材料不齐先行受理\n2\n压缩时限\n七日办结\n3\n减少检查\n一年一次\n"
    rows = "序号 措施 内容\n1 容缺受理 材料不齐先行受理\n2 压缩时限 七日办结\n3 减少检查 一年一次\n"
    chart = "01\n容缺受理\n材料不齐先行受理\n02\n压缩时限\n七日办结\n03\n减少检查\n一年一次\n"
    named = [(1, "容缺受理"), (2, "压缩时限"), (3, "减少检查")]
    assert listed(cells) == listed(rows) == listed(chart, Stated(3), lays_down=False) == named


def test_paragraphs_that_open_alike_count_where_they_agree_with_the_count() -> None:
    text = (
        "某局以“三张清单”服务企业。效果良好，企业普遍点赞。\n问题清单“找得准”。深入园区，梳理用地融资问题。\n"
        "责任清单“分得清”。明确包联干部，逐项落实到人。\n销号清单“结得了”。限时销号，件件都有回音。\n"
        "下一步继续服务。不断提升企业的获得感和满意度。\n"
    )
    found = [(1, "问题清单“找得准”"), (2, "责任清单“分得清”"), (3, "销号清单“结得了”")]
    assert listed(text, Stated(None, (3,)), lays_down=False) == found
    assert listed(text, Stated(None, (4,)), lays_down=False) == []
    outlined = outline(text, Stated(None, (3,)), lays_down=False)
    assert (outlined.measure_at(text.index("件件")), outlined.measure_at(text.index("下一步"))) == (3, None)


def test_points_behind_one_bullet_count_where_they_agree_with_the_count() -> None:
    text = "◆本报记者 张三\n某局推行“三个一”机制。\n◆一企一档。建立档案。\n◆一人一岗。选派专员。\n◆一月一会：破难题。"
    found = [(1, "一企一档"), (2, "一人一岗"), (3, "一月一会：破难题")]
    assert listed(text, Stated(None, (3,)), lays_down=False) == found
    assert listed(text.replace("◆", "——"), Stated(None, (3,)), lays_down=False) == found
    assert listed(text, Stated(None, (4,)), lays_down=False) == []


@pytest.mark.parametrize(
    "noise",
    [
        "1.5亿元资金优先投放。",
        "三、四线城市同样适用。",
        "2、3日内答复。",
        "7.严格自律。",
        "第九条产线投产。",
        "20条措施落地。",
    ],
)
def test_other_numbers_at_the_start_of_a_line_are_no_clauses(noise: str) -> None:
    text = f"一、审批提速。推行容缺受理，先行受理。\n{noise}\n二、要素保障。统筹总量指标，优先保障。\n"
    assert listed(text) == [(1, "审批提速"), (2, "要素保障")]


def test_a_table_of_contents_is_passed_over() -> None:
    contents = "一、审批提速………… 1\n二、要素保障………… 3\n"
    plain = "一、审批提速\n二、要素保障\n"
    text = "一、审批提速\n推行容缺受理，材料不齐的先行受理。\n二、要素保障\n统筹总量指标，优先保障重点项目。\n"
    assert listed(contents + text) == listed(plain + text) == [(1, "审批提速"), (2, "要素保障")]


def test_attachments_hold_no_measures() -> None:
    text = RUNNING + "附件：1.企业名单\n2.申报表\n附件1\n一、填表说明\n二、盖章说明\n三、报送说明\n"
    assert [number for number, _ in listed(text)] == [1, 2, 3, 4]


def test_measures_in_an_attachment_are_found_where_the_letter_has_none() -> None:
    assert len(listed("现印发给你们，请认真贯彻执行。\n附件：若干措施\n2024年1月2日\n附件\n" + RUNNING)) == 4


@pytest.mark.parametrize("count", [None, 3, 7])
def test_a_report_lists_nothing_that_its_count_does_not_bear_out(count: int | None) -> None:
    assert listed(RESTARTING, Stated(None, (count,) if count else ()), lays_down=False) == []


@pytest.mark.parametrize("stated", [Stated(4), Stated(None, (2,))])
def test_a_report_lists_what_its_count_bears_out(stated: Stated) -> None:
    assert len(listed(RESTARTING, stated, lays_down=False)) == (stated.measures or 2)


HEADED = """某市生态环境局坚持“三不”服务企业。
审批不“一拖再拖”——限时办结
报告表七个工作日办结，重点项目提前介入，全程有人跟进。
检查不“一查再查”——合并进行
同一企业一年内原则上只查一次，做到无事不扰，有求必应。
处罚不“一罚了之”——教育在先
首次轻微违法不予处罚，指导企业限期整改并回访，帮助提升。
"""


def test_headings_without_numbers_count_where_they_agree_with_the_count() -> None:
    assert listed(HEADED, Stated(None, (3,)), lays_down=False) == [
        (1, "审批不“一拖再拖”——限时办结"),
        (2, "检查不“一查再查”——合并进行"),
        (3, "处罚不“一罚了之”——教育在先"),
    ]
    assert listed(HEADED, Stated(None, (4,)), lays_down=False) == []


def test_headings_of_one_build_are_told_from_others() -> None:
    text = "背景情况\n为落实部署，某市生态环境局近日部署了一系列服务企业的工作。\n" + HEADED
    assert len(listed(text, Stated(None, (3,)), lays_down=False)) == 3


def test_points_within_a_paragraph_count_where_they_agree_with_the_count() -> None:
    text = "某区推出三项举措服务企业。\n一是推行容缺受理。先办后补。二是开展上门服务；三是畅通融资渠道。\n效果良好。"
    assert listed(text, Stated(3), lays_down=False) == [(1, "推行容缺受理"), (2, "开展上门服务"), (3, "畅通融资渠道")]


def test_the_measure_that_a_place_stands_in() -> None:
    found = outline(RUNNING + "本措施自印发之日起施行。\n")
    text = RUNNING + "本措施自印发之日起施行。\n"
    assert found.measure_at(text.index("为优化")) is None
    assert found.measure_at(text.index("一、审批")) is None
    assert found.measure_at(text.index("1.推行")) == 1
    assert found.measure_at(text.index("7日")) == 2
    assert found.measure_at(text.index("二、要素")) is None
    assert found.measure_at(text.index("1.5亿元")) == 4
    assert found.measure_at(text.index("本措施")) is None
    assert found.measure_at(len(text) + 9) is None


def test_points_below_a_measure_belong_to_it() -> None:
    text = "一、支持扩产增效。分两类补助新增的投资：\n（一）设备投资。补助5%。\n二、支持稳岗。补贴社保和岗位费用。\n"
    assert outline(text).measure_at(text.index("5%")) == 1


@pytest.mark.parametrize(
    "text", ["", "\n\n", "没有编号的一段话。", "1.", "一、", "（一）\n（二）", "附件", "附件\n附件\n"]
)
def test_texts_without_clauses_have_no_outline(text: str) -> None:
    assert outline(text, Stated(5, (3,))) == Outline()

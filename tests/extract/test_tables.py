"""Tables: no number takes its unit from the next cell, and no subject runs over a border; the row and the head tell it.

One line a case: the rows of a table, parted by ` / `, their cells by `|`; the first may be a head.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.read.making import xlsx
from watcher.deadlines.due import task
from watcher.extract import extract
from watcher.extract.deadlines import Setting, find_deadlines
from watcher.extract.figures import find_figures
from watcher.extract.figures.heads import Rows, head_of
from watcher.extract.lines import split_lines
from watcher.read import read_document

SETTING = Setting(2026, date(2026, 3, 1), lays_down=True)
FIGURES = [
    # A row's number before a cell that begins like a unit.
    ("序号|措施|资金 / 1|对首次升规的企业给予奖励|20万元", ["20万元 首次升规的企业奖励"]),
    ("序号|主体|补贴 / 2|个体工商户|5000元", ["5000元 个体工商户补贴"]),
    ("序号|主体|补贴 / 3|家庭农场|3000元", ["3000元 家庭农场补贴"]),
    ("序号|主体|补贴 / 4|项目业主|3000元", ["3000元 项目业主补贴"]),
    ("序号|事项|承诺时限 / 5|件均办理|3个工作日", ["3个工作日 件均办理承诺时限"]),
    ("序号|对象|标准 / 一|对升规企业|奖励10万元", ["10万元 升规企业奖励"]),
    ("序号|对象|标准 / （1）|户籍人口租房|每月补贴500元", ["500元 户籍人口租房每月补贴"]),
    ("序号|任务|进度 / 01|批零住餐企业升规|持续推进", []),
    ("1|台账管理|市工信局 / 2|条线联动|市商务局 / 3|年度评估|市统计局", []),
    # A number at the end of one cell, words that look like a unit at the beginning of the next.
    ("县区|家数|备注 / 东江县|15|个体为主 / 西江县|7|家具行业", []),
    ("名称|得分|去向 / 甲公司|20|户外用品 / 乙公司|30|元器件", []),
    ("年份|主题 / 2026|家政服务 / 2027|项目建设", []),
    ("金额（万元）|企业 / 500|个人独资企业", []),
    # The row names a bare amount, whatever stands between them.
    ("任务|指标|时限 / 重点项目|368个|2027年12月31日前", ["368个 重点项目"]),
    ("项目|责任单位|兑现标准 / 绿色工厂|市工信局|每个奖励50万元", ["50万元 绿色工厂每个奖励"]),
    ("项目|责任单位|兑现标准 / 首台套|市工信局|最高奖励200万元", ["最高奖励200万元 首台套奖励"]),
    (
        "项目|牵头单位|兑现标准 / 首台套装备|市工信局|按销售额的10%给予奖励，最高200万元",
        ["10% 首台套装备", "最高200万元 首台套装备奖励"],
    ),
    ("责任单位|任务 / 市财政局|设立风险补偿资金2亿元", ["2亿元 风险补偿资金"]),
    ("责任单位|任务|数量 / 市科技局|创新联合体|10个", ["10个 创新联合体"]),
    ("序号|措施|资金 / 1|设立绿色转型专项资金|5000万元", ["5000万元 绿色转型专项资金"]),
    ("1|新建充电站|市发展改革委|20座|2026年底前", ["20座 新建充电站"]),
    ("完成时限|事项|数量 / 2026年6月底前|新建标准厂房|30万平方米", ["30万平方米 新建标准厂房"]),
    ("序号|事项|完成时限|数量 / 1|企业走访|长期坚持|200次", ["200次 企业走访"]),
    # The head tells what the column counts; one that says only that there are amounts adds nothing.
    ("县区|创新型中小企业|专精特新企业 / 东江县|15家|20家", ["15家 东江县创新型中小企业", "20家 东江县专精特新企业"]),
    ("县区|金额 / 东江县|20万元", ["20万元 东江县"]),
    # A first row whose numbers are spelt out is no head, neither of the others nor of itself.
    (
        "审批时限|十五天 / 奖补资金|五万元 / 申报材料|压减三分之二",
        ["十五天 审批时限", "五万元 奖补资金", "三分之二 申报材料"],
    ),
    ("企业类型|一等奖|二等奖 / 工业企业|五万元|三万元", ["五万元 工业企业一等奖", "三万元 工业企业二等奖"]),
    (
        "事项|法定时限|承诺时限 / 环评审批|30个工作日|10个工作日",
        ["30个工作日 环评审批法定时限", "10个工作日 环评审批承诺时限"],
    ),
    ("层次|购房补贴|生活补贴 / 博士|20万元|每月3000元", ["20万元 博士购房补贴", "3000元 博士每月生活补贴"]),
    ("指标|2025年|2026年目标 / 技改投资增速|8%|10%", ["8% 技改投资增速2025年", "10% 技改投资增速2026年目标"]),
    # A row that lacks cells of its head (merged ones) takes nothing from it, nor does a table without a head.
    ("类别|项目|贷款贴息|担保费补助 / 小微企业|2%|1%", ["2% 小微企业", "1% 小微企业"]),
    ("技改项目|500万元 / 绿电项目|800万元", ["500万元 技改项目", "800万元 绿电项目"]),
]
DEADLINES = [
    ("序号|措施|责任单位|完成时限 / 1|推行容缺受理|市审批局|2026年6月底前", ["推行容缺受理"]),
    ("2|重点项目|368个|2027年12月31日前", ["重点项目"]),
    ("1|设立绿色转型专项资金|5000万元|2027年6月30日前", ["设立绿色转型专项资金"]),
    ("责任单位|任务 / 市科技局|2026年9月底前，组建创新联合体", ["组建创新联合体"]),
    ("序号|措施|完成时限 / 1|推行容缺受理|2026年6月 / 2|压缩审批时限|2026年9月30日", ["推行容缺受理", "压缩审批时限"]),
    ("序号|措施|完成时限 / 1|推行容缺受理|2026-06-30 / 2|压缩审批时限|2025-12-31", ["推行容缺受理"]),
    ("任务|完成时间 / 开展企业走访|长期坚持 / 建设产业园区|2027年", ["建设产业园区"]),
    ("活动|时间 / 政策宣讲活动|2026年6月 / 银企对接活动|2026年9月30日", []),
    ("措施|完成时限 / 推行容缺受理|市局|2026年6月", []),
    ("2026|年底前台账归档|市局", ["台账归档"]),
]


def text_of(table: str) -> str:
    return table.replace(" / ", "\n").replace("|", "\t")


@pytest.mark.parametrize(("table", "expected"), FIGURES)
def test_no_number_and_no_subject_crosses_the_border_of_a_cell(table: str, expected: list[str]) -> None:
    found = find_figures(text_of(table)).figures
    assert [f"{figure.quote} {figure.subject}" for figure in found] == expected


@pytest.mark.parametrize(("table", "expected"), DEADLINES)
def test_what_is_due_in_a_row_is_what_the_row_names(table: str, expected: list[str]) -> None:
    text = text_of(table)
    assert [task(text, one) for one in find_deadlines(split_lines(text), SETTING)] == expected


ROWS = (
    ("序号", "政策措施", "责任单位", "完成时限", "资金"),
    ("1", "对首次升规的企业给予奖励", "市工信局", "2026年6月30日前", "20万元"),
    ("2", "对新获评的绿色工厂给予奖励", "市工信局", "2026年9月30日前", "30万元"),
)
TITLE = "临江市支持企业发展若干措施"
LEAD = "临江市支持企业发展若干措施。现将支持企业发展的若干措施公布如下，请认真贯彻执行，确保政策直达企业。"


def html(head: str) -> bytes:
    tags = [head, "td", "td"]
    rows = "".join(
        f"<tr>{''.join(f'<{tag}><p>{cell}</p></{tag}>' for cell in row)}</tr>"
        for tag, row in zip(tags, ROWS, strict=True)
    )
    body = f"<h1>{TITLE}</h1><div><p>{LEAD}</p><table>{rows}</table></div>"
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "name"),
    [(html("td"), "a.html"), (html("th"), "a.html"), (xlsx((TITLE,), (LEAD,), *ROWS), "a.xlsx")],
)
def test_a_table_says_the_same_in_a_page_and_in_a_workbook(body: bytes, name: str) -> None:
    found = extract(read_document(body, name=name))
    assert [f"{one.quote} {one.subject}" for one in found.figures] == [
        "20万元 首次升规的企业奖励",
        "30万元 新获评的绿色工厂奖励",
    ]
    assert [one.quote for one in found.deadlines] == ["2026年6月30日前", "2026年9月30日前"]
    assert [one.heading for one in found.measures] == ["对首次升规的企业给予奖励", "对新获评的绿色工厂给予奖励"]


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("审批时限|三十分钟", False),
        ("奖补|五百万美元", False),
        ("用地|十五公顷以上", False),
        ("运力|缩短两周", False),
        ("岗位补贴|不超过三万元", False),
        ("费率|下浮二成", False),
        ("贷款|百分之三", False),
        ("污染物|减排八吨", False),
        ("名称|万元", True),
        ("城市|一月|二月|三月", True),
        ("指标|二〇二五年|二〇二六年", True),
        ("用户|一档|二档|三档", True),
        ("等级|一等奖|二等奖", True),
        ("序号|一级指标|二级指标", True),
        ("单位|三公经费", True),
        ("企业|第一年|第二年", True),
    ],
)
def test_a_quantity_in_words_is_no_head_and_a_number_in_a_name_is_none(line: str, is_head: bool) -> None:
    assert bool(head_of(text_of(line))) is is_head


def test_nothing_is_a_cell_outside_of_tables() -> None:
    text = "第一段。\n甲\t20家\n第二段。"
    rows = Rows(text)
    assert [rows.at(text.index(word)) is not None for word in ("第一", "甲", "20", "第二")] == [
        False,
        True,
        True,
        False,
    ]


def test_one_endless_row_is_taken_apart_once() -> None:
    cells = 20_000
    text = "名称\n" + "\t".join(["对企业奖励20万元"] * cells)
    assert len(find_figures(text).figures) == cells

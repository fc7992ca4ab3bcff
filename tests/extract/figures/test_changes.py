"""Changes: both ends in one figure, one end with its way, and levels and grants that are no change."""

from __future__ import annotations

import pytest

from tests.extract.figures.table import expected, found

BOTH_ENDS = [
    ("办理时限由30个工作日压减到20个工作日。", "由30个工作日压减到20个工作日 duration 20 workday decrease <30 workday"),
    (
        "由法定的30个工作日压缩至承诺的5个工作日。",
        "由法定的30个工作日压缩至承诺的5个工作日 duration 5 workday decrease <30 workday",
    ),
    (
        "审批时间由法定20个工作日缩短为7个工作日。",
        "由法定20个工作日缩短为7个工作日 duration 7 workday decrease <20 workday",
    ),
    ("返还比例从60%提高到90%。", "从60%提高到90% percent 90 % increase <60 %"),
    ("办理时间30天→10天。", "30天→10天 duration 10 day decrease <30 day"),
    ("申报材料由14份精简为8份。", "由14份精简为8份 count 8 份 decrease <14 份"),
    ("清单企业由210家增加到300家。", "由210家增加到300家 count 300 家 increase <210 家"),
    ("占比由35%升至62%。", "由35%升至62% percent 62 % increase <35 %"),
    ("高压办电由4个环节压至3个。", "由4个环节压至3个 count 3 个 decrease <4 个"),
    ("由20日压缩至5日。", "由20日压缩至5日 duration 5 day decrease <20 day"),
    ("额度由10万元提高至20万元。", "由10万元提高至20万元 money 200000 CNY increase <100000 CNY"),
    ("审批时限从3个月缩短至10个工作日。", "从3个月缩短至10个工作日 duration 10 workday decrease <3 month"),
    ("办结时间由原来的15天缩短到3天以内。", "由原来的15天缩短到3天以内 duration 3 day at_most decrease <15 day"),
    ("覆盖面从三成扩大到五成。", "从三成扩大到五成 percent 50 % increase <30 %"),
    ("平均用时由7天降至0.5天。", "由7天降至0.5天 duration 0.5 day decrease <7 day"),
    (
        "由30—80个工作日压缩到10个工作日。",
        "由30—80个工作日压缩到10个工作日 duration 10 workday decrease <30..80 workday",
    ),
    ("由三十个工作日缩短至十个工作日。", "由三十个工作日缩短至十个工作日 duration 10 workday decrease <30 workday"),
    ("许可时限30个工作日压缩至10个工作日。", "30个工作日压缩至10个工作日 duration 10 workday decrease <30 workday"),
    ("授信由1000万元调整为2000万元。", "由1000万元调整为2000万元 money 20000000 CNY increase <10000000 CNY"),
    ("保证金比例由5%调整为3%。", "由5%调整为3% percent 3 % decrease <5 %"),
    (
        "报告书、报告表审批时限分别由法定的60日、30日压缩至15个、7个工作日。",
        "15个 duration 15 workday decrease <60 day",
        "7个工作日 duration 7 workday decrease <30 day",
    ),
]

LENT_ENDS = [
    ("浓度由40降至31微克/立方米。", "由40降至31微克/立方米 quantity 31 微克/立方米 decrease <40 微克/立方米"),
    ("由法定的20压缩至5个工作日。", "由法定的20压缩至5个工作日 duration 5 workday decrease <20 workday"),
    ("由“20天”缩短为“6天”。", "由“20天”缩短为“6天” duration 6 day decrease <20 day"),
    ("打造“15分钟”服务圈。",),
    ("四个月缩短到一个半月。", "四个月缩短到一个半月 duration 1.5 month decrease <4 month"),
    ("排名由全国第8位上升至第2位。", "由全国第8位上升至第2位 rank 2 rank increase <8 rank"),
]

ON_A_BASE = [
    (
        "在法定60个、30个工作日的基础上，分别压缩到12个、6个工作日。",
        "12个 duration 12 workday decrease <60 workday",
        "6个工作日 duration 6 workday decrease <30 workday",
    ),
    (
        "在法定20个工作日基础上压缩至8个工作日。",
        "在法定20个工作日基础上压缩至8个工作日 duration 8 workday decrease <20 workday",
    ),
    ("在压减50%的基础上，再压减到40%。", "50% percent 50 % decrease", "40% percent 40 % decrease"),
]

TWINS = [
    (
        "进口通关压缩至30小时，出口通关1.5小时。",
        "30小时 duration 30 hour decrease",
        "1.5小时 duration 1.5 hour decrease",
    ),
    ("财政收入增长5%，财政支出8%。", "5% percent 5 % increase", "8% percent 8 % increase"),
    (
        "平均用时由过去近3个月缩短到现在的20天以内。",
        "由过去近3个月缩短到现在的20天以内 duration 20 day at_most decrease <3 month",
    ),
    ("材料减幅达66.7%。", "66.7% percent 66.7 % decrease"),
    (
        "花卉贷款新增不低于8亿元，对贷款100万元以内的农户贴息。",
        "不低于8亿元 money 800000000 CNY at_least increase",
        "100万元以内 money 1000000 CNY at_most",
    ),
    (
        "新增创新型企业80户、省级企业35户、国家级专精特新“小巨人”企业3户。",
        "80户 count 80 户 increase",
        "35户 count 35 户 increase",
        "3户 count 3 户 increase",
    ),
    ("投资增长5%，占比30%。", "5% percent 5 % increase", "30% percent 30 %"),
]

ONE_END = [
    ("环评审批压缩至5个工作日。", "5个工作日 duration 5 workday decrease"),
    ("办理时限缩至15个工作日内。", "15个工作日内 duration 15 workday at_most decrease"),
    ("审批用时减少50%。", "50% percent 50 % decrease"),
    ("为企业降低成本3000万元。", "3000万元 money 30000000 CNY decrease"),
    ("减轻企业负担5.4亿元。", "5.4亿元 money 540000000 CNY decrease"),
    ("为企业节约监测费用8万元左右。", "8万元左右 money 80000 CNY about decrease"),
    ("新增贷款120亿元。", "120亿元 money 12000000000 CNY increase"),
    ("力争再新增200亿元以上融资。", "200亿元以上 money 20000000000 CNY at_least increase"),
    ("新增试点项目总投资额达到300亿元以上。", "300亿元以上 money 30000000000 CNY at_least increase"),
    ("产能扩大到50万吨。", "50万吨 quantity 500000 吨 increase"),
    ("最高限额放宽至300万元。", "300万元 money 3000000 CNY increase"),
    ("覆盖率提高到95%以上。", "95%以上 percent 95 % at_least increase"),
    ("单位能耗下降13.5%。", "13.5% percent 13.5 % decrease"),
    ("社会融资成本再降0.2个百分点。", "0.2个百分点 percent 0.2 % decrease"),
    ("经营主体增至23.6万户。", "23.6万户 count 236000 户 increase"),
    ("精简材料20份、环节5个。", "20份 count 20 份 decrease", "5个 count 5 个 decrease"),
    ("新建改造线路420公里。", "420公里 quantity 420 公里 increase"),
    ("新增12项“全程网办”事项。", "12项 count 12 项 increase"),
    ("房租优惠省下200万元。", "200万元 money 2000000 CNY decrease"),
    ("经营主体同比增长9.3%。", "9.3% percent 9.3 % increase"),
    (
        "年节水138万吨、节电5600万千瓦时。",
        "138万吨 quantity 1380000 吨 decrease",
        "5600万千瓦时 quantity 56000000 千瓦时 decrease",
    ),
    ("户均增收一万二千元。", "一万二千元 money 12000 CNY increase"),
    ("环评内容简化40%以上。", "40%以上 percent 40 % at_least decrease"),
    ("全省新增完成180个村庄整治。", "180个 count 180 个 increase"),
    ("产值力争翻一番。", "翻一番 ratio 2 1 increase"),
    ("加权平均利率较年初下降35个BP。", "35个BP count 35 基点 decrease"),
]

LEVELS = [
    ("减免租金近9000万元。", "近9000万元 money 90000000 CNY nearly"),
    ("为企业让利3亿元。", "3亿元 money 300000000 CNY"),
    ("贷款余额达到600亿元。", "600亿元 money 60000000000 CNY"),
    ("建成标准厂房30万平方米。", "30万平方米 quantity 300000 平方米"),
    ("改造提升10个园区。", "10个 count 10 个"),
    ("对新增企业给予10万元奖励。", "10万元 money 100000 CNY"),
    ("提升效率，服务企业200家。", "200家 count 200 家"),
    ("减少检查频次，对76家企业实行清单管理。", "76家 count 76 家"),
    ("新批准建设3—5家园区。", "3—5家 count 3..5 家"),
    ("投入50亿元以上资金。", "50亿元以上 money 5000000000 CNY at_least"),
    ("报告表降为登记表的项目达1093个。", "1093个 count 1093 个"),
    ("减排比例不低于20%。", "不低于20% percent 20 % at_least"),
    ("按新增营业收入的3%给予补贴。", "3% percent 3 %"),
    ("对新增贷款500万元以下的企业给予贴息。", "500万元以下 money 5000000 CNY at_most"),
    ("由市财政给予30万元补助，最高到50万元。", "30万元 money 300000 CNY", "最高到50万元 money 500000 CNY at_most"),
    ("生产性服务业加计抵减5%。", "5% percent 5 %"),
    ("取消500万元以下项目投标保证金。", "500万元以下 money 5000000 CNY at_most"),
]

CASES = [*BOTH_ENDS, *LENT_ENDS, *ON_A_BASE, *TWINS, *ONE_END, *LEVELS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_changes_carry_their_way_and_their_earlier_value(case: tuple[str, ...]) -> None:
    text, *lines = case
    assert found(text) == [expected(line) for line in lines]

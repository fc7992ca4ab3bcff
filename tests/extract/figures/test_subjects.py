"""What a figure is said to be about: a contiguous piece of the text, as an analyst would label it."""

from __future__ import annotations

import pytest

from watcher.extract.figures import find_figures

CASES = [
    # The noun that is counted stands behind the number, up to its verb.
    ("安排60名技术骨干驻点帮扶。", ["技术骨干驻点帮扶"]),
    ("对320个省级重点项目建立台账。", ["省级重点项目"]),
    ("推介12个具有影响力的典型案例。", ["典型案例"]),
    ("设置8名市级联络员和35名县级联络员。", ["市级联络员", "县级联络员"]),
    ("涉及18大类46小类行业。", ["行业", "行业"]),
    # Who is put to do something is counted with what he is to do.
    ("支持6家以上企业入选省级名单。", ["企业入选省级名单"]),
    # Or before it, where nothing follows.
    ("2023年全市共发放宣传手册3万余份。", ["发放宣传手册"]),
    ("累计建成生态乡镇40个、生态村120个。", ["生态乡镇", "生态村"]),
    ("邀请专家举办培训班6期。", ["培训班"]),
    # Shares, times and amounts measure what stands before them.
    ("确保诉求办结率达到98%以上。", ["诉求办结率"]),
    ("缩短审批时间60%以上。", ["审批时间"]),
    ("环评审批时限由30个工作日压减到20个工作日。", ["环评审批时限"]),
    ("服务保障率100%、手续完成率78%。", ["服务保障率", "手续完成率"]),
    ("每年为企业争取各类资金500万元左右。", ["为企业争取各类资金"]),
    ("新增5亿元的金融授信额度。", ["金融授信额度"]),
    ("给予最高50万元省级奖励资金。", ["省级奖励资金"]),
    # A clause that names nothing borrows from the figure before it, or from the clause that names who is given to.
    ("外贸进出口总值820亿元，同比增长9.3%。", ["外贸进出口总值", "外贸进出口总值"]),
    ("对取得注册证的医疗器械，每个品种奖励80万元。", ["取得注册证的医疗器械奖励"]),
    ("办理量2000件，全省排名第4。", ["办理量", "办理量"]),
    # A label with its colon names the figure that fills its line or clause.
    ("兑现资金6800万元；受惠商户：二百一十家。", ["兑现资金", "受惠商户"]),
    # Words are not cut open by the verbs that they hold, nor numbers by their commas.
    ("将许可由12个工作日压减为4个工作日。", ["许可"]),
    ("还款期限不少于8个月。", ["还款期限"]),
    ("建成区绿地4.5万平方米。", ["建成区绿地"]),
    ("氮氧化物削减900吨。", ["氮氧化物"]),
    ("第五条 企业购置设备补贴2万元。", ["企业购置设备补贴"]),
    ("25日前兑付奖金300万元。", ["兑付奖金"]),
    # 分别 hands a list of numbers to a list of nouns.
    ("报告书、报告表和登记表的审批时限分别压缩到5个、3个、1个工作日。", ["报告书", "报告表", "登记表"]),
    ("全市现有信用企业3200户，按时申报率99.8%。", ["信用企业", "按时申报率"]),
]


@pytest.mark.parametrize(("text", "subjects"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_figure_is_named_by_the_words_it_is_about(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in find_figures(text).figures] == subjects


TIMES = [
    # What is done within a time is told with who or what it is done by or to.
    ("市商务局10个工作日内复核。", ["市商务局复核"]),
    ("企业诉求24小时内响应，5个工作日内办结。", ["企业诉求响应", "企业诉求办结"]),
    ("一般变更事项3个工作日办结。", ["一般变更事项办结"]),
    ("排污许可证首次申领20日内完成审核。", ["排污许可证首次申领审核"]),
    ("排污许可审批时限压缩至10个工作日。", ["排污许可审批时限"]),
    ("退税审批7个工作日内审批。", ["退税审批"]),  # said already
    ("办理时限为5天。", ["办理时限"]),
    # 分别 behind as many figures points at these.
    ("签发证书468份，货值3.1亿元，同比分别增长27.2%、31.5%。", ["签发证书", "货值", "签发证书", "货值"]),
    ("出口1.2万吨、货值9.6亿元，分别占全省的71%、68%。", ["出口", "货值", "出口", "货值"]),
    ("建成园区12个。报告书、报告表审批时限分别压缩到5个、3个工作日。", ["园区", "报告书", "报告表审批时限"]),
    # Who is given to, with the condition on him, and no number of its clause.
    (
        "（三）对新获评国家级、省级绿色工厂的企业，分别一次性奖励80万元、30万元。",
        ["新获评国家级绿色工厂奖励", "新获评省级绿色工厂奖励"],
    ),
    ("对获评节水标杆、清洁生产领跑者的，各奖励10万元。", ["获评节水标杆、清洁生产领跑者奖励"]),
    ("单位能耗下降15%以上的企业，按节能量每吨标准煤补助300元。", ["单位能耗", "单位能耗下降15%以上的企业补助"]),
    ("总量突破58万户大关。", ["总量"]),
    ("利率低至3.1%。", ["利率"]),
    ("发放消费券3期共1500万元。", ["发放消费券", "发放消费券"]),
    ("对符合条件的企业给予补助；三年内免收记账费，每年不超过3600元。", ["免收记账费", "三年内免收记账费"]),
]


@pytest.mark.parametrize(("text", "subjects"), TIMES, ids=lambda value: value if isinstance(value, str) else "")
def test_times_and_lists_are_named_by_what_is_done(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in find_figures(text).figures] == subjects


@pytest.mark.parametrize("number", ["第二条 ", "第十一条　", "第二款 ", "（一）", "1.", ""])
def test_the_number_of_a_clause_is_no_part_of_a_subject(number: str) -> None:
    (figure,) = find_figures(f"{number}对取得新药证书的企业给予最高800万元奖励。").figures
    assert figure.subject == "取得新药证书的企业奖励"

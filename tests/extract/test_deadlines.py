"""Deadlines: which words set one, the last day meant, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from watcher.extract.deadlines import Setting, find_deadlines
from watcher.extract.lines import split_lines
from watcher.extract.periods import base_year, signed_on

SPRING = Setting(2024, date(2024, 2, 20))


def found(text: str, setting: Setting = SPRING) -> list[tuple[str, str]]:
    return [(one.quote, one.date.isoformat()) for one in find_deadlines(split_lines(text), setting)]


@pytest.mark.parametrize(
    ("text", "quote", "day"),
    [
        ("2025年3月底前，完成平台改造。", "2025年3月底前", "2025-03-31"),
        ("2024 年 2 月底前，各县全部接入。", "2024 年 2 月底前", "2024-02-29"),
        ("各镇街于6月30日前报送名单。", "6月30日前", "2024-06-30"),
        ("请于2024年5月15日17:00前报名。", "2024年5月15日17:00前", "2024-05-15"),
        ("请于2024年5月15日前提交材料。", "2024年5月15日前", "2024-05-15"),
        ("报名截止时间为2024年4月10日。", "2024年4月10日", "2024-04-10"),
        ("年底前，实现园区全覆盖。", "年底前", "2024-12-31"),
        ("2024年年底前建成投用。", "2024年年底前", "2024-12-31"),
        ("到2026年，专精特新企业达到300家。", "到2026年", "2026-12-31"),
        ("力争到2027年底，全部完成改造。", "2027年底", "2027-12-31"),
        ("一季度，将印发工作方案。", "一季度", "2024-03-31"),
        ("今年二季度，全市将启动十个项目。", "今年二季度", "2024-06-30"),
        ("第三季度末，完成验收。", "第三季度末", "2024-09-30"),
        ("上半年，力争开工20个项目。", "上半年", "2024-06-30"),
        ("明年上半年前建成中试基地。", "明年上半年前", "2025-06-30"),
        ("力争年内新建充电桩500个。", "年内", "2024-12-31"),
        ("年内再走访企业200家。", "年内", "2024-12-31"),
        ("第三季度上线监管平台。", "第三季度", "2024-09-30"),
        ("并于11月举办对接会。", "11月", "2024-11-30"),
        ("今年内，实现一网通办。", "今年内", "2024-12-31"),
        ("本月底前，完成摸底。", "本月底前", "2024-02-29"),
        ("9月上旬前完成评审。", "9月上旬前", "2024-09-10"),
        ("十二月底前全部整改到位。", "十二月底前", "2024-12-31"),
        ("到“十四五”末，形成三个集群。", "“十四五”末", "2025-12-31"),
        ("5月，组织集中开工。", "5月", "2024-05-31"),
        ("该局将在三季度末前上线平台。", "三季度末前", "2024-09-30"),
        ("余额在明年一季度末突破600亿元。", "明年一季度末", "2025-03-31"),
        ("四季度再走访企业100家。", "四季度", "2024-12-31"),
        ("2024年12月31日之前缴清的，免收滞纳金。", "2024年12月31日之前", "2024-12-31"),
        ("三、2025年底前，建成基地。", "2025年底前", "2025-12-31"),
        ("3、6月底前，建成基地。", "6月底前", "2024-06-30"),
        ("对停工、5月底前复工的企业给予补助。", "5月底前", "2024-05-31"),
        ("年底平台企业覆盖率提高到六成。", "年底", "2024-12-31"),
        ("上半年，组织对接会4场，投放贷款60亿元。", "上半年", "2024-06-30"),
        ("今年启动申报，次年3月15日前兑付到位。", "次年3月15日前", "2025-03-15"),
        ("报名截至4月30日，逾期不再受理。", "4月30日", "2024-04-30"),
        ("3月1日起申报，截至4月30日。", "4月30日", "2024-04-30"),
        ("受理时间：截至4月30日止。", "4月30日", "2024-04-30"),
        ("申报截止日期：2024年4月10日。", "2024年4月10日", "2024-04-10"),
        ("推动特高压工程6月投运。", "6月", "2024-06-30"),
        ("检测中心三季度投产。", "三季度", "2024-09-30"),
    ],
)
def test_an_end_or_a_bare_period_before_a_task_is_a_deadline(text: str, quote: str, day: str) -> None:
    assert found(text) == [(quote, day)]


@pytest.mark.parametrize(
    "text",
    [
        "本通知自2024年6月1日起施行。",
        "自发布之日起30日内办结。",
        "3年内免收租金，三年内不得转让。",
        "一季度“开门红”取得佳绩。",
        "下达2024年度专项资金，用好2024年资金。",
        "2023年至2025年，连续三年给予补助。",
        "打好2024—2026年攻坚战。",
        "2024年1月至6月，开展专项行动。",
        "截至2024年6月底，已服务企业300家。",
        "一季度，全市出口同比增长8%。",
        "较2020年底下降两成。",
        "截至2月18日已办结27件。",
        "截至2月18日，全市办结27件。",
        "截至11月30日，累计办结27件。",
        "投标截止时间：2024年7月20日9时。",
        "递交响应文件的截止时间为2024年7月20日9时。",
        "企业达标的次年3月底前兑付。",
        "当年申报的，次年3月底前兑付。",
        "每年6月底前报送总结。",
        "每季度末通报情况。",
        "落实《某市2025年底前全面提升方案（到2027年）》要求。",
        "政策有效期至2026年底。",
        "执行至2025年12月31日。",
        "2月18日，市局召开会议。",
        "1月底前，完成首批排查。",
        "去年年底，受理系统上线。",
        "“科技贷”年内放款6亿元。",
        "培育一批，年内新增上市公司2家。",
        "2月，市局召开会议，走访企业。",
        "一季度，组织对接会4场，增长8%，同比多一场。",
        "做到一月一调度、一季度一通报。",
        "年末存栏达到了78万头。",
        "二季度经济形势分析会召开。",
        "前三季度，减免租金2亿元。",
        "上半年以来，走访企业千余家。",
        "2024年4月31日前报送。",
        "2月30日前报送。",
        "首条生产线1月投产，订单饱满。",
        "工程6月投运的，给予奖励。",
    ],
)
def test_starts_periods_results_and_titles_are_no_deadlines(text: str) -> None:
    assert found(text) == []


def test_a_year_once_named_holds_for_the_rest_of_the_paragraph() -> None:
    text = "2025年3月底前，完成方案；6月底前，开工建设。\n9月底前，收集意见。"
    assert [day for _, day in found(text)] == ["2025-03-31", "2025-06-30", "2024-09-30"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月底前、明年上半年分别完成50%、100%。", ["2024-12-31", "2025-06-30"]),
        ("力争2024年二季度末、四季度分别建成3座、5座。", ["2024-06-30", "2024-12-31"]),
        ("6月底前、明年上半年经济形势向好时启动。", ["2024-06-30"]),
    ],
)
def test_periods_that_share_a_task_are_each_a_deadline(text: str, days: list[str]) -> None:
    assert [day for _, day in found(text)] == days


@pytest.mark.parametrize("goal", ["到2030年，新增产能10万吨", "2023—2026年每年安排1000万元"])
def test_a_goal_or_a_range_sets_no_year_for_what_follows(goal: str) -> None:
    assert found(f"{goal}；6月底前，完成摸底。")[-1] == ("6月底前", "2024-06-30")


def test_a_plan_published_at_the_end_of_a_year_speaks_of_the_next() -> None:
    assert found("3月底前，印发清单。", Setting(2024, date(2024, 12, 28))) == [("3月底前", "2025-03-31")]


def test_the_text_of_measures_sets_bare_periods_before_its_tasks() -> None:
    own = Setting(2024, date(2024, 2, 20), lays_down=True)
    text = "专项资金28亿元，一季度下达七成，上半年全部到位。一季度“开门红”。一季度出口额达标的，给予奖励。"
    assert [quote for quote, _ in found(text, own)] == ["一季度", "上半年"]


def test_the_text_of_measures_keeps_days_before_it_was_put_online() -> None:
    late = Setting(2023, date(2023, 5, 1), lays_down=True)
    assert found("3月底前，启动改造。", late) == [("3月底前", "2023-03-31")]
    assert found("3月底前，启动改造。", Setting(2023, date(2023, 5, 1))) == []


def test_without_any_year_only_named_years_give_days() -> None:
    assert found("6月底前完成，2025年底前验收。", Setting(None)) == [("2025年底前", "2025-12-31")]


def test_places_point_into_the_whole_text() -> None:
    text = "一、扩面。\n  2024年6月底前，全面推开。"
    (deadline,) = find_deadlines(split_lines(text), SPRING)
    assert text[deadline.start : deadline.end] == deadline.quote == "2024年6月底前"


@pytest.mark.parametrize(
    ("title", "text", "published", "year"),
    [
        ("2025年惠企措施", "正文", date(2024, 12, 30), 2025),
        ("2022年以来工作综述", "正文", date(2024, 3, 1), 2024),
        ("惠企措施", "2023年3月底前。2023年年底前。2022年完成。", None, 2023),
        ("惠企措施", "没有年份", None, None),
    ],
)
def test_the_year_meant(title: str, text: str, published: date | None, year: int | None) -> None:
    assert base_year(title, split_lines(text), published) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("正文一段。\n某市生态环境局\n2025年6月3日", date(2025, 6, 3)),
        (
            "正文一段。\n某市生态环境局 某市财政局\n二〇二五年六月三日\n（此件公开发布）\n附件：某表\n一、某表",
            date(2025, 6, 3),
        ),
        ("正文一段。\n某市生态环境局 2025年6月3日", date(2025, 6, 3)),
        ("正文一段。\n2025年6月3日", date(2025, 6, 3)),
        ("某市生态环境局自2025年6月3日起推行。", None),
        ("日程\n2025年6月3日\n上午参观\n下午座谈\n晚上返回\n注意事项如下。", None),
        ("申报截至2025年6月3日", None),
        ("时间：2025年6月3日上午\n地点：新闻发布厅\n主持人：大家好！", date(2025, 6, 3)),
        ("", None),
    ],
)
def test_a_document_closes_with_its_signer_and_day(text: str, day: date | None) -> None:
    assert signed_on(split_lines(text)) == day

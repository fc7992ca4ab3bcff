"""Names: the headline, the measures document, its 文号, the stated count, and until when it holds."""

from __future__ import annotations

from datetime import date

import pytest

from watcher.extract.counts import Stated, read_counts
from watcher.extract.headline import Headline, read_headline
from watcher.extract.lines import split_lines
from watcher.extract.validity import find_valid_until
from watcher.model import Document


def headline(title: str | None, text: str = "正文一段。", document_number: str | None = None) -> Headline:
    return read_headline(Document(title=title, text=text, document_number=document_number), split_lines(text))


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("某市推出18条措施服务企业", "某市推出18条措施服务企业"),
        ("【聚焦营商环境】某市推出18条措施服务企业", "某市推出18条措施服务企业"),
        ("【新征程】【高质量发展】某市：惠企有新招", "某市：惠企有新招"),
        ("[一线] 某市推出18条措施服务企业", "某市推出18条措施服务企业"),
        ("“优化营商环境”主题系列（第3场）某市助企工作成效发布", "某市助企工作成效发布"),
        ("某市助企工作成效新闻发布会（第二场）", "某市助企工作成效新闻发布会"),
        ("某市惠企政策清单（第三批）", "某市惠企政策清单（第三批）"),  # not the second batch
        ("某市推出18条措施服务企业_某市生态环境局", "某市推出18条措施服务企业"),
        ("某市推出18条措施服务企业_工作动态_某市人民政府网站", "某市推出18条措施服务企业"),
        ("某市推出18条措施服务企业 - 某省生态环境厅", "某市推出18条措施服务企业"),
        ("某市推出18条措施服务企业|某某日报", "某市推出18条措施服务企业"),
        ("聚力“三个一”——某市生态环境局服务企业纪实", "聚力“三个一”——某市生态环境局服务企业纪实"),
        ("  牢记使命\n 某市惠企  见实效 ", "牢记使命 某市惠企 见实效"),
        ("工作动态丨某市推出18条措施服务企业", "某市推出18条措施服务企业"),
        ("一图读懂 | 某市18条惠企措施", "一图读懂 | 某市18条惠企措施"),
        ("某局关于印发《某市惠企细则》的通知》", "某局关于印发《某市惠企细则》的通知"),
        ("“某市推出18条措施服务企业", "某市推出18条措施服务企业"),
        ("某市解读《惠企细则》", "某市解读《惠企细则》"),
    ],
)
def test_a_headline_is_quoted_without_labels_and_site(raw: str, title: str) -> None:
    assert headline(raw).title == title


def test_without_a_title_the_first_line_that_is_one_counts() -> None:
    text = "◆本报记者 张三\n“优化营商环境”主题系列（第3场）\n某市助企工作成效及计划\n1月8日，某市召开发布会。"
    assert headline(None, text).title == "某市助企工作成效及计划"
    assert headline(None, "只有一段正文，没有标题。").title is None
    assert headline(None, "").title is None
    assert headline(None, "name code address visited\n序号 企业名称 企业代码").title is None


def test_a_title_block_is_joined_with_the_body_above_it() -> None:
    text = (
        "某环发〔2024〕9号\n某省生态环境厅\n某省财政厅\n关于支持企业绿色转型\n促进高质量发展的若干措施\n"
        "为支持企业，制定如下措施。"
    )
    found = headline("关于支持企业绿色转型 促进高质量发展的若干措施", text)
    assert found.title == "某省生态环境厅某省财政厅关于支持企业绿色转型促进高质量发展的若干措施"
    assert found.document_title == found.title
    assert found.document_number == "某环发〔2024〕9号"
    assert found.lays_down
    assert [line.content for line in found.body] == ["为支持企业，制定如下措施。"]


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("某市生态环境局关于支持企业发展的若干措施", "某市生态环境局关于支持企业发展的若干措施"),
        ("某市人民政府办公室关于印发《某市稳增长18条措施》的通知", "某市稳增长18条措施"),
        ("某市人民政府办公室关于印发某市促进消费若干措施的通知", "某市促进消费若干措施"),
        ("某局等三部门关于印发《某市惠企方案（2024—2026年）》的通知", "某市惠企方案（2024—2026年）"),
        ("某区促进民营经济发展若干政策（试行）", "某区促进民营经济发展若干政策（试行）"),
        ("某市优化营商环境三十条", "某市优化营商环境三十条"),
        ("某厅关于助力经济向好、公布清单的若干措施", "某厅关于助力经济向好、公布清单的若干措施"),
    ],
)
def test_the_text_of_measures_names_itself_or_what_it_passes_on(title: str, own: str) -> None:
    found = headline(title, "为服务企业，制定本措施。\n一、提速。即来即办。\n二、降费。应减尽减。")
    assert (found.lays_down, found.document_title) == (True, own)


def test_the_body_of_a_passed_on_document_starts_below_its_own_title() -> None:
    text = "各区人民政府：\n一、请认真落实。\n二、及时报告。\n某市促进消费\n若干措施\n一、发放消费券。安排一千万元。"
    found = headline("某市人民政府办公室关于印发某市促进消费若干措施的通知", text)
    assert [line.content for line in found.body] == ["一、发放消费券。安排一千万元。"]


@pytest.mark.parametrize(
    ("title", "text", "announced"),
    [
        ("某市出台《某市惠企若干措施》", "正文。", "某市惠企若干措施"),
        ("《某市惠企若干措施》解读", "正文。", "某市惠企若干措施"),
        ("某市18条措施助企纾困", "某市商务局日前印发《关于助企纾困的18条措施》，提出目标。", "关于助企纾困的18条措施"),
        ("某市惠企有新招", "近日，《某市惠企若干措施》正式出台。", "某市惠企若干措施"),
        ("某市惠企有新招", "近日，某局按照《某省惠企若干措施》开展服务。", None),
        ("某市助企成效明显", "近年来，先后出台《某市惠企若干措施》。", None),
        ("某市助企成效明显", "近日，某局出台《甲若干措施细则》《乙若干措施细则》。", None),
        ("某市助企成效明显", "某局多措并举。\n背景。\n背景。\n背景。\n近日印发《某市惠企若干措施》。", None),
        ("某市生态环境局服务企业有办法", "一、提速。\n二、降费。", None),
        ("某市生态环境局“惠企十条”", "近日，某局多措并举服务企业。", None),
        ("某市助企工作成效及计划", "正文。", None),
        ("某市推出惠企措施", "《某某日报》报道了有关情况。", None),
    ],
)
def test_a_report_names_the_document_that_it_announces(title: str, text: str, announced: str | None) -> None:
    found = headline(title, text)
    assert (found.lays_down, found.document_title) == (False, announced)


@pytest.mark.parametrize(
    ("title", "text", "number"),
    [
        ("关于惠企的若干措施", "某环综合〔2024〕62号\n各市：", "某环综合〔2024〕62号"),
        ("关于惠企的若干措施", "某政办字[2023]12号\n各市：", "某政办字〔2023〕12号"),
        ("关于惠企的若干措施", "某环发 ﹝2022﹞ 3 号\n各市：", "某环发〔2022〕3号"),
        ("关于惠企的若干措施", "某环发（2022）第3号 各市：", "某环发〔2022〕3号"),
        ("关于惠企的若干措施（某政发〔2024〕5号）", "各市：", "某政发〔2024〕5号"),
        ("某市出台惠企措施", "日前印发《某市惠企若干措施》（某政发〔2024〕5号），提出目标。", "某政发〔2024〕5号"),
        ("关于惠企的若干措施", "根据某政发〔2020〕5号要求，制定本措施。", None),
        ("关于惠企的若干措施", "根据《某省办法》（某政发〔2020〕5号），制定本措施。", None),
        (
            "某市出台民营经济25条",
            "某市发改委印发《某市促进民营经济若干措施》（某发改规〔2023〕3号，以下简称《措施》），提出25条举措。",
            "某发改规〔2023〕3号",
        ),
    ],
)
def test_the_number_is_the_documents_own(title: str, text: str, number: str | None) -> None:
    assert headline(title, text).document_number == number


def test_the_number_of_the_metadata_goes_first() -> None:
    text = "某环发〔2022〕3号"
    assert headline("通知", text, document_number="某环发[2022]4号").document_number == "某环发〔2022〕4号"
    assert headline("通知", "正文。", document_number="第7号令").document_number == "第7号令"


@pytest.mark.parametrize(
    ("title", "lead", "stated"),
    [
        ("某市出台20条措施服务企业", "正文。", Stated(20)),
        ("某市推出十八项惠企举措", "正文。", Stated(18)),
        ("某市打出惠企“十条”", "正文。", Stated(10)),
        ("某市出台硬措施", "某局近日提出6个方面20条措施，服务企业。", Stated(20)),
        ("某市惠企有新招", "某局近日推出六个方面二十二条政策措施。", Stated(22)),
        ("某局“四项发力”优化环境", "正文。", Stated(None, (4,))),
        ("某市：“六不了”助推发展", "做到“六不了”。", Stated(None, (6,))),
        ("某部开展企业服务“十大行动”", "正文。", Stated(10, (10,))),
        ("某市举办服务企业活动月", "据了解，某市将围绕服务企业开展八大系列活动：", Stated(None, (8,))),
        ("某局打好稳岗“组合拳”", "某局打出稳岗惠企五套“组合拳”。", Stated(None, (5,))),
        ("某市惠企有新招", "某局印发《某市惠企若干措施》（以下简称“惠企20条”），近日施行。", Stated(20)),
        ("《某市惠企若干措施》解读", "\n背景。" * 9 + "\n《若干措施》围绕六个方面提出24条具体举措。", Stated(24)),
        ("某市落实省24条措施", "正文。", Stated()),
        ("某市服务企业", "去年先后印发《某市12条措施》《某市20条措施》。", Stated()),
        ("某市助企见成效", "全市有16条产线和3项政策受益。", Stated()),
        ("第2批典型案例", "第三条措施见效。", Stated()),
        ("某市出台1条措施", "正文。", Stated()),
    ],
)
def test_counts_are_the_announcements_own(title: str, lead: str, stated: Stated) -> None:
    assert read_counts(title, None, split_lines(lead)) == stated


def test_the_announced_title_states_the_count() -> None:
    assert read_counts("某市惠企有新招", "关于助企纾困的18条措施", ()) == Stated(18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本措施自印发之日起施行，有效期至2027年12月31日。", date(2027, 12, 31)),
        ("本通知自2024年1月1日起施行，有效期3年。", date(2026, 12, 31)),
        ("本意见自2024年3月1日起施行，有效期为两年。", date(2026, 2, 28)),
        ("本办法自2024年2月29日起试行，试行期一年。", date(2025, 2, 27)),
        ("本措施自2024年7月1日起施行。有效期18个月。", date(2025, 12, 31)),
        ("本政策自2024年1月1日起执行至2025年12月31日。", date(2025, 12, 31)),
        ("本措施自发布之日起施行，有效期1年。", date(2025, 5, 5)),
        ("有效期到2026年底。", date(2026, 12, 31)),
        ("本措施自印发之日起施行。", None),
        ("排污许可证有效期至2027年12月31日。", None),
        ("企业应当在有效期内申请，有效期5年。", None),
        ("本措施有效期至2027年2月30日。", None),
        ("原《某市惠企若干措施》有效期至2023年12月31日。", None),
        ("正文。", None),
    ],
)
def test_until_when_the_measures_hold(text: str, day: date | None) -> None:
    assert find_valid_until(split_lines(f"一、第一项措施。\n{text}"), date(2024, 5, 6)) == day

"""Which subscriptions an event concerns, and the reason that the reader is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.conditions import parse_condition
from watcher.match import Candidate, covers, follows, matches, unmet
from watcher.model import AnnouncementType, Credit, Deadline, Extraction, Figure, FigureKind, Qualifier, Region, Verdict
from watcher.news import EventKind
from watcher.settings import Keywords, Subscription, Where

TEXT = "对绿色技改项目给予最高300万元补助，环评审批时限缩短60%以上，由30个工作日压减到20个工作日。"


def figure(quote: str, kind: FigureKind, low: str, unit: str, high: str | None = None) -> Figure:
    start = TEXT.find(quote)
    return Figure(quote, start, start + len(quote), kind, Decimal(low), Decimal(high or low), unit, Qualifier.EXACT)


EXTRACTION = Extraction(
    verdict=Verdict(AnnouncementType.MEASURES_NEWS, 0.9),
    title="海州市出台18条措施",
    published=None,
    issuer="海州市生态环境局",
    region=Region("山东省海州市", "371500"),
    document_title=None,
    document_number=None,
    measure_count=18,
    credit=Credit(),
    measures=(),
    cited_documents=(),
    deadlines=(),
    figures=(
        figure("最高300万元", FigureKind.MONEY, "3000000", "CNY"),
        figure("缩短60%以上", FigureKind.PERCENT, "60", "%"),
        figure("由30个工作日压减到20个工作日", FigureKind.DURATION, "20", "workday"),
        figure("3—5家", FigureKind.COUNT, "3", "家", "5"),
    ),
    topics=("环评审批", "财政奖补"),
    valid_until=None,
    text=TEXT,
)
NEWS = Candidate(EventKind.NEW, "sea", "海州市出台18条措施", TEXT, "371500", EXTRACTION)
TROUBLE = Candidate(EventKind.SOURCE_TROUBLE, "sea", "海州市 工作动态", region_code="371500")


def subscription(where: Where, *on: EventKind) -> Subscription:
    return Subscription("s", "json://example.org/", on or (EventKind.NEW, EventKind.CHANGED), where)


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (Where(), "订阅了全部公告"),
        (Where(regions=("370000",)), "地区 山东省海州市"),
        (Where(regions=("371500",)), "地区 山东省海州市"),
        (Where(regions=("371502",)), None),
        (Where(regions=("320000", "370000")), "地区 山东省海州市"),
        (Where(types=("measures_news",)), "类型 措施报道"),
        (Where(types=("measures_document",)), None),
        (Where(topics=("财政奖补", "就业")), "主题 财政奖补"),
        (Where(topics=("就业",)), None),
        (Where(issuers=("生态环境局",)), "发布机构 海州市生态环境局"),
        (Where(issuers=("财政局",)), None),
        (Where(sources=("sea",)), "来源 sea"),
        (Where(sources=("lake",)), None),
        (Where(keywords=Keywords(any=("就业", "环评"))), "关键词 环评"),
        (Where(keywords=Keywords(any=("就业",))), None),
        (Where(keywords=Keywords(all=("环评", "补助"))), "关键词 环评、补助"),
        (Where(keywords=Keywords(all=("环评", "就业"))), None),
        (Where(keywords=Keywords(none=("处罚",))), "订阅了全部公告"),
        (Where(keywords=Keywords(any=("环评",), none=("补助",))), None),
        (Where(keywords=Keywords(any=("18条",))), "关键词 18条"),
        (Where(figures=("money >= 100万",)), "数字 最高300万元"),
        (Where(figures=("money > 300万",)), None),
        (Where(figures=("money >= 1亿", "percent >= 50")), "数字 缩短60%以上"),
        (Where(regions=("370000",), keywords=Keywords(any=("环评",))), "地区 山东省海州市；关键词 环评"),
        (Where(deadlines=True), None),
        (Where(changes="figures"), "订阅了全部公告"),
        (Where(regions=("370000",), keywords=Keywords(any=("就业",))), None),
    ],
)
def test_every_part_must_hold_and_is_named(where: Where, reason: str | None) -> None:
    assert matches(subscription(where), NEWS) == reason


def test_who_asks_for_deadlines_is_told_of_what_has_one() -> None:
    dated = replace(EXTRACTION, deadlines=(Deadline("2026年6月底前", 0, 8, date(2026, 6, 30)),))
    asked = subscription(Where(deadlines=True))
    assert matches(asked, replace(NEWS, extraction=dated)) == "有截止期限"
    assert unmet(asked, NEWS) == ("deadlines",)


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (Where(), "you follow all announcements"),
        (Where(regions=("370000",), keywords=Keywords(any=("环评",))), "region 山东省海州市; keyword 环评"),
        (Where(types=("measures_news",), figures=("money >= 100万",)), "type news of measures; figure 最高300万元"),
        (Where(keywords=Keywords(all=("环评", "补助"))), "keyword 环评, 补助"),
    ],
)
def test_the_reason_is_in_the_language_of_its_reader(where: Where, reason: str) -> None:
    assert matches(replace(subscription(where), language="en"), NEWS) == reason


@pytest.mark.parametrize(
    ("on", "kind", "told"),
    [
        (EventKind.NEW, EventKind.NEW, True),
        (EventKind.NEW, EventKind.CHANGED, False),
        (EventKind.WITHDRAWN, EventKind.WITHDRAWN, True),
        (EventKind.WITHDRAWN, EventKind.RESTORED, True),
        (EventKind.RESTORED, EventKind.WITHDRAWN, False),
        (EventKind.SOURCE_TROUBLE, EventKind.SOURCE_RECOVERED, True),
        (EventKind.DEADLINE, EventKind.DEADLINE, True),
    ],
)
def test_kinds_of_events(on: EventKind, kind: EventKind, told: bool) -> None:
    assert (matches(subscription(Where(), on), replace(NEWS, kind=kind)) is not None) is told


@pytest.mark.parametrize(
    ("where", "region", "reason"),
    [
        (Where(), "371500", "订阅了全部来源的状况"),
        (Where(keywords=Keywords(any=("环评",)), types=("measures_news",)), "371500", "订阅了全部来源的状况"),
        (Where(regions=("370000",)), "371500", "地区 371500"),
        (Where(regions=("320000",)), "371500", None),
        (Where(regions=("320000",)), None, "订阅了全部来源的状况"),
        (Where(sources=("sea",)), "371500", "来源 sea"),
        (Where(sources=("lake",)), "371500", None),
    ],
)
def test_trouble_with_a_source_is_asked_for_its_place_only(
    where: Where, region: str | None, reason: str | None
) -> None:
    candidate = replace(TROUBLE, region_code=region)

    assert matches(subscription(where, EventKind.SOURCE_TROUBLE), candidate) == reason


@pytest.mark.parametrize(
    ("where", "region", "followed"),
    [
        (Where(), "370700", True),
        (Where(sources=("sea",)), "370700", True),
        (Where(sources=("lake",)), "370700", False),
        (Where(regions=("370000",)), "370700", True),
        (Where(regions=("370702",)), "370700", True),  # its news may be of that district
        (Where(regions=("320000",)), "370700", False),
        (Where(regions=("320000",)), None, True),
        (Where(regions=("320000",), sources=("sea",)), "370700", False),
    ],
)
def test_who_may_be_told_of_what_a_source_lists_follows_it(where: Where, region: str | None, followed: bool) -> None:
    assert follows(subscription(where), "sea", region) is followed


@pytest.mark.parametrize(("regions", "told"), [(("370000",), False), (("000000",), True), (("370000", "000000"), True)])
def test_an_unknown_region_is_told_to_who_asks_for_the_whole_country(regions: tuple[str, ...], told: bool) -> None:
    nowhere = replace(NEWS, region_code=None, extraction=replace(EXTRACTION, region=None))

    assert (matches(subscription(Where(regions=regions)), nowhere) is not None) is told


@pytest.mark.parametrize(
    ("region", "code", "covered"),
    [
        ("370000", "370000", True),
        ("370000", "370783", True),
        ("370700", "370783", True),
        ("370783", "370783", True),
        ("370783", "370700", False),
        ("370700", "370000", False),
        ("370000", "320000", False),
        ("000000", "370000", False),
        ("110000", "110105", True),
    ],
)
def test_a_larger_region_covers_its_parts(region: str, code: str, covered: bool) -> None:
    assert covers(region, code) is covered


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("money >= 300万", True),
        ("money>=300 万元", True),
        ("money >= 0.03亿", True),
        ("money < 300万", False),
        ("money >= 100 USD", False),
        ("percent >= 60%", True),
        ("percent = 60", True),
        ("duration <= 20 workday", True),
        ("duration <= 20个工作日", True),
        ("duration <= 20天", False),
        ("count >= 5 家", True),
        ("count >= 6", False),
        ("count <= 3", True),
        ("count = 4 家", True),
        ("count > 0 人", False),
    ],
)
def test_conditions_on_figures(text: str, met: bool) -> None:
    condition = parse_condition(text)

    assert any(condition.met_by(one) for one in EXTRACTION.figures) is met


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("quantity >= 5 千瓦", 5, "千瓦"),
        ("quantity >= 5千千瓦时", 5000, "千瓦时"),
        ("quantity >= 5 平方千米", 5, "平方千米"),
        ("quantity >= 5 千吨", 5000, "吨"),
        ("quantity <= 50 mg/m3", 50, "mg/m3"),
        ("count >= 1,000家", 1000, "家"),
        ("count >= 1,234,567 家", 1_234_567, "家"),
        ("count >= 1,000.5万家", 10_005_000, "家"),
        ("count >= 2千家", 2000, "家"),
        ("count >= 3百家", 300, "家"),
        ("count >= 3千万户", 30_000_000, "户"),
        ("money >= 2千亿", 200_000_000_000, "CNY"),
    ],
)
def test_a_number_is_read_as_announcements_write_it(text: str, number: int, unit: str) -> None:
    condition = parse_condition(text)

    assert (condition.number, condition.unit) == (Decimal(number), unit)


def test_a_condition_that_an_earlier_version_took_is_met_by_nothing_and_breaks_nothing() -> None:
    old = subscription(where=Where(figures=("count >= 3—5家",)))

    assert matches(old, NEWS) is None
    assert matches(replace(old, where=Where(figures=("count >= 3—5家", "money >= 300万"))), NEWS) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "such as"),
        ("money", "such as"),
        ("money => 3", "such as"),
        ("money >= viel", "such as"),
        ("gold >= 3", "expected one of money, count, percent"),
        ("percent >= 3 家", "expected no unit but % after percent"),
        ("money >= 3 家", "expected no unit but CNY after money"),
        ("duration <= 3", "expected a time limit's unit: day, hour"),
        ("quantity >= 3", "expected the unit of the quantity"),
        ("money >= 1" + "0" * 40, "such as"),
        ("count >= 3—5家", "expected a unit such as 家 after the number, without '—'"),
        ("count >= 3-5家", "without '-'"),
        ("count >= 3~5家", "without '~'"),
        ("count >= 1,00家", "without ','"),
        ("count >= 1，000家", "without '，'"),
        ("count >= 1 000家", "without '0'"),
        ("count >= 1000余家", "without '余'"),
        ("count >= 100 户以上", "without '以上'"),
        ("count >= 2 千百家", "such as 家"),
        ("money >= 100万元以上", "without '以上'"),
        ("duration <= 10 workday以内", "without '以内'"),
        ("quantity >= 5 万万吨", "without '万'"),
    ],
)
def test_other_conditions_are_refused(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_condition(text)


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_a_value_error(text: str) -> None:
    try:
        assert parse_condition(f"money >= {text}").kind is FigureKind.MONEY
    except ValueError:
        return

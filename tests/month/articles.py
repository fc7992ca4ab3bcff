"""Forty announcements of a province's bureaus, in our own words: seeded, and as unlike each other as real ones are.

Three of them are another city's version of one text, which is no copy: other issuer, other numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

CITIES = (
    "潍坊",
    "淄博",
    "烟台",
    "威海",
    "临沂",
    "德州",
    "聊城",
    "滨州",
    "菏泽",
    "泰安",
    "日照",
    "枣庄",
    "东营",
    "济宁",
)
BUREAUS = (
    ("生态环境局", "绿色低碳发展"),
    ("市场监督管理局", "质量提升"),
    ("人力资源和社会保障局", "稳岗扩岗"),
    ("工业和信息化局", "技术改造"),
    ("税务局", "轻装上阵"),
    ("住房和城乡建设局", "项目建设"),
)
# Each a measure with its heading, {a} an amount in 万元, {d} workdays, {p} per cent.
MEASURES = (
    ("压缩审批时限", "环评报告表的审批时限由15个工作日压减到{d}个工作日，急需开工的项目随到随审。"),
    ("推行容缺受理", "主要材料齐全的申请先行受理，欠缺的材料可以在{d}个工作日内补交。"),
    ("加大设备补助", "企业购置先进设备的，按实际投入的{p}%给予补助，单个项目最高{a}万元。"),
    ("奖励绿色工厂", "新获评省级以上绿色工厂的企业，一次性奖励{a}万元。"),
    ("扩大信贷投放", "会同金融机构设立专项贷款，全年新增授信不少于{a}万元，利率下浮{p}%。"),
    ("减免检测费用", "小微企业首次委托检测的，检测费用减免{p}%。"),
    ("派驻服务专员", "为重点项目派驻专员，企业提出的问题在{d}个工作日内答复。"),
    ("包容审慎监管", "轻微违法行为首次发生并及时改正的，不予处罚，整改期为{d}个工作日。"),
    ("返还失业保险", "不裁员或少裁员的企业，按上年度缴纳失业保险费的{p}%返还。"),
    ("补贴技能培训", "组织职工参加技能培训的企业，每户每年最高补贴{a}万元。"),
    ("缓缴社会保险", "生产经营暂时困难的企业可以申请缓缴社会保险费，审核在{d}个工作日内办结。"),
    ("加快出口退税", "一类出口企业的退税办理时间压缩到{d}个工作日以内。"),
    ("支持首台装备", "经认定的首台套装备，按销售价格的{p}%给予研制单位奖励，最高{a}万元。"),
    ("保障用地指标", "列入省重点的项目用地应保尽保，预审意见在{d}个工作日内出具。"),
    ("降低用能成本", "参加电力市场交易的工业企业，用电成本下降{p}%左右。"),
    ("开放公共数据", "向企业开放公共数据，数据申请在{d}个工作日内回复。"),
    ("建设共享中心", "在园区建设危险废物收集中心，对运营单位一次性补助{a}万元。"),
    ("简化竣工验收", "符合条件的项目实行联合验收，全程不超过{d}个工作日。"),
    ("优化排污许可", "排污许可证首次申领办理时限压缩到{d}个工作日。"),
    ("培育专精特新", "新认定的专精特新企业奖励{a}万元，其研发投入再按{p}%补助。"),
)
OPENINGS = (
    "为回应企业关切，{who}近日印发{document}，推出{count}条措施，自印发之日起施行。",
    "记者从{who}获悉，该局出台{document}，以{count}条措施帮助企业降成本、增活力。",
    "{who}召开新闻发布会，解读新出台的{document}，其中的{count}条措施直接面向企业和项目。",
    "一季度以来，{who}走访企业征求意见，在此基础上制定{document}，共{count}条措施。",
)
CLOSINGS = (
    "各县市区将建立台账，逐项落实，并把企业评价作为检验成效的标准。",
    "有关负责人表示，政策的申报指南将在门户网站公布，企业可在线提出申请。",
    "下一步，还将根据执行情况适时评估，让政策红利直达企业。",
)
NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Article:
    """One page: `note` is what a reposting site puts above the text, `wrap` is chrome that says nothing."""

    title: str
    bureau: str
    paragraphs: tuple[str, ...]
    note: str = ""
    wrap: str = ""

    def html(self, day: object, credit: str | None = None) -> str:
        body = "".join(f"<p>{part}</p>" for part in (*filter(None, [self.note]), *self.paragraphs))
        info = f"<div class='info'>发布时间：{day}　来源：{credit or self.bureau}</div>"
        head = f"<meta charset='utf-8'><title>{self.title}_{self.bureau}</title>"
        main = f"<h1>{self.title}</h1>{info}<div class='content'>{body}</div>"
        return f"<html><head>{head}</head><body>{main}<div class='footer'>{self.wrap}</div></body></html>"

    def edited(self, before: str, after: str) -> Article:
        """The same with one phrase replaced wherever it stands, the title too."""
        texts = (self.title, *self.paragraphs)
        assert any(before in part for part in texts), before
        title, *paragraphs = (part.replace(before, after) for part in texts)
        return replace(self, title=title, paragraphs=tuple(paragraphs))


def announcements(count: int = 40, seed: int = 7) -> list[Article]:
    """`count` announcements; the last three are one text as three cities issued it."""
    random = Random(seed)
    pairs = [(city, bureau) for bureau in BUREAUS for city in CITIES]
    random.shuffle(pairs)
    made = [_article(city, bureau, random) for city, bureau in pairs[: count - 3]]
    return made + [_version(city, amount) for city, amount in (("济南", 120), ("青岛", 260), ("莱芜", 90))]


def _article(city: str, bureau: tuple[str, str], random: Random) -> Article:
    who, theme = f"{city}市{bureau[0]}", bureau[1]
    chosen = random.sample(MEASURES, random.randint(5, 8))
    document = f"《关于支持企业{theme}的若干措施》"
    opening = random.choice(OPENINGS).format(who=who, document=document, count=len(chosen))
    measures = tuple(
        f"{NUMERALS[number]}、{heading}。{_filled(text, random)}" for number, (heading, text) in enumerate(chosen, 1)
    )
    title = f"{city}市出台{len(chosen)}条措施支持企业{theme}"
    return Article(title, who, (opening, *measures, random.choice(CLOSINGS)))


def _filled(text: str, random: Random) -> str:
    amount, days, share = 10 * random.randint(2, 60), random.randint(2, 14), random.randint(5, 60)
    return text.format(a=amount, d=days, p=share)


def _version(city: str, amount: int) -> Article:
    who = f"{city}市商务局"
    paragraphs = (
        f"{who}印发《关于促进消费的若干措施》，推出4条措施，帮助商贸企业恢复发展。",
        f"一、支持首店落户。引进品牌首店的商场，每家给予最高{amount}万元补助。",
        f"二、发展夜间经济。对评为示范街区的运营单位奖励{amount // 2}万元。",
        f"三、鼓励以旧换新。家电企业让利销售的，按让利额的{amount // 10}%补助。",
        "四、便利外摆经营。临时外摆的申请在3个工作日内答复。",
    )
    return Article(f"{city}市商务局出台4条措施促进消费", who, paragraphs)

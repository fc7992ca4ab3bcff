"""Labelled pairs of pages: what the second is to the first. Every kind of copy, and what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.identity.texts import (
    ATTACHED,
    BULLETIN,
    EXPLANATION,
    MEASURES,
    MEETING,
    NEWS,
    NOTICE,
    REPORT,
    SUBSIDY,
    Page,
)
from watcher.identity.relation import Relation

COPY, NAMES, NUMBERS, STAGE, COLLECTION = (
    Relation.COPY, Relation.OTHER_NAMES, Relation.OTHER_NUMBERS, Relation.OTHER_STAGE, Relation.COLLECTION,
)  # fmt: skip

HERE = {
    "city": "云州市", "projects": 186, "days": 5, "amount": 300, "loan": 12, "visits": 200, "firms": 21, "listed": 143,
    "cases": 37, "share": 45, "year": 2025, "cap": 200, "month": 3, "day": 6,
}  # fmt: skip
FACTORY = {
    "firm": "云州恒远机械有限公司", "project": "年产5万吨精密铸件项目", "place": "云州市东湖区兴业路18号",
    "agency": "绿源环境科技有限公司", "about": "新建熔炼、造型、清理生产线各两条，配套建设除尘设施。",
}  # fmt: skip
DAIRY = {
    "firm": "云州牧歌乳业有限公司", "project": "低温酸奶生产线扩建项目", "place": "云州市西岭区牧场街3号",
    "agency": "清风咨询有限责任公司", "about": "扩建发酵车间一座，新增灌装生产线，配套建设污水处理站。",
}  # fmt: skip
DYEING = {
    "firm": "云州锦华印染有限公司", "project": "年产8万吨高档面料技改项目", "place": "云州市东湖区兴业路18号",
    "agency": "绿源环境科技有限公司", "about": "改造染色、定型生产线各两条，配套建设除尘设施。",
}  # fmt: skip
WEEK = {
    "city": "云州市", "week": 12, "month": 3, "day": 17, "last": 23, "good": 6, "rate": 85.7, "pm": 38, "coarse": 71,
    "ozone": 142, "nitrogen": 29,
}  # fmt: skip
NEXT_WEEK = {
    "city": "云州市", "week": 13, "month": 3, "day": 24, "last": 30, "good": 5, "rate": 71.4, "pm": 44, "coarse": 83,
    "ozone": 151, "nitrogen": 31,
}  # fmt: skip

MEASURES_, NEWS_, REPORT_, SUBSIDY_, EXPLANATION_ = (
    page.fill(**HERE) for page in (MEASURES, NEWS, REPORT, SUBSIDY, EXPLANATION)
)
MEETING_ = MEETING.fill(**HERE, first="恒远机械", second="锦华印染")
BULLETIN_, NOTICE_ = BULLETIN.fill(**WEEK), NOTICE.fill(**FACTORY)
RULES = ATTACHED.fill(name="云州市机关值班管理办法")
DRAFT = MEASURES_.titled(f"{MEASURES_.title}（征求意见稿）")

NOTE = "编者按：优化营商环境没有完成时。今天本报刊发云州的做法，供各地学习借鉴，也欢迎读者来信讨论。"
LEAD = (
    "记者从全省生态环境系统工作会议上了解到，今年各地将在守牢底线的同时拿出更多务实举措，为经营主体纾困解难。"
    "其中，云州的探索受到与会代表关注，不少兄弟城市前往学习。"
)
# Two cities that the gazetteer has, and what their province put together.
ZAOZHUANG = NEWS_.swap(("云州市生态环境局", "枣庄市生态环境局"), ("云州", "枣庄"))
BINZHOU = Page(
    "滨州推出环保管家服务",
    "滨州市生态环境局推出“环保管家”服务，组织9个专家组为全市150家小微企业免费问诊，企业有难题随时可以预约上门。\n"
    "对完成治理改造的企业，给予最高90万元补助；对环评手续推行容缺受理，审批时限压缩四成以上。",
)
ROUND_UP = Page(
    "各市助企举措集锦",
    f"为学习推广各地的经验，现将各市的助企举措选登如下。\n枣庄市：\n{ZAOZHUANG.text}\n滨州市：\n{BINZHOU.text}",
)
# A branch of a city's bureau, and what the city's branches did.
BRANCHES = {
    "of the bureau": "枣庄市生态环境局薛城分局", "by its district": "薛城生态环境分局", "in short": "薛城分局",
}  # fmt: skip
OTHER_BRANCHES = (
    "峄城{}围绕链主企业选派7名专家驻点服务，为31个项目编制治理方案，帮助企业减少支出640万元。\n"
    "推行夜间预约办理，排污许可延续即来即办，全年办结185件，群众满意率保持在九成五以上。\n"
    "在台儿庄，生态环境部门搭建园区监测数据共享平台，新入园项目直接引用，环评编制费用平均下降三成。"
)
DISCLAIMER = "本文转自其他媒体，目的在于传递更多信息，并不代表本网赞同其观点。如涉及版权问题，请与本网联系。"


@dataclass(frozen=True)
class Pair:
    says: str
    one: Page
    other: Page
    relation: Relation | None


def _copies() -> Iterator[Pair]:
    for name, page in {
        "measures": MEASURES_, "news": NEWS_, "report": REPORT_, "subsidy": SUBSIDY_, "meeting": MEETING_,
        "notice": NOTICE_, "bulletin": BULLETIN_,
    }.items():  # fmt: skip
        yield Pair(f"{name}: word for word", page, page, COPY)
        yield Pair(f"{name}: under 转载", page, page.titled(f"【转载】{page.title}"), COPY)
        yield Pair(f"{name}: with a disclaimer", page, page.ended(DISCLAIMER), COPY)
    for name, page in {"measures": MEASURES_, "news": NEWS_, "report": REPORT_, "meeting": MEETING_}.items():
        yield Pair(f"{name}: with a lead and a note", page, page.led(NOTE).ended(DISCLAIMER), COPY)
        yield Pair(f"{name}: under another headline", page, page.titled("为企业减负担、添动力，这座城市出了实招"), COPY)
        yield Pair(f"{name}: cut after the third paragraph", page, page.cut(3), COPY)
        yield Pair(f"{name}: its beginning left out", page, page.from_paragraph(1), COPY)
        yield Pair(f"{name}: line breaks lost", page, page.joined(), COPY)
    yield Pair("a cut one with a lead, same headline", REPORT_, REPORT_.cut(3).led(NOTE), COPY)
    yield Pair("a long lead before the whole", NEWS_, NEWS_.led(LEAD), COPY)
    yield Pair("credits at both ends", NEWS_, NEWS_.led("来源：云州日报　作者：周明").ended("责任编辑：林芳"), COPY)
    yield Pair("a byline before it", REPORT_, REPORT_.led("◆本报记者周明 通讯员林芳"), COPY)
    dated = NEWS_.edit("日前，", "3月6日，")
    yield Pair("the paper's own day in the lead", dated, dated.edit("3月6日，", "3月7日，"), COPY)
    yield Pair("the day written out", NEWS_, NEWS_.edit("日前，", "3月6日，记者获悉，"), COPY)
    yield Pair(
        "our city by its name", REPORT_, REPORT_.edit("为了让企业少跑腿，云州市", "为了让企业少跑腿，我市"), COPY
    )
    yield Pair("the province added", NEWS_, NEWS_.edit("云州市生态环境局推出", "江东省云州市生态环境局推出"), COPY)
    yield Pair("one word edited", REPORT_, REPORT_.edit("感慨地说", "激动地表示"), COPY)
    yield Pair("a slip of the pen mended", NEWS_, NEWS_.edit("添动力", "增动力"), COPY)
    yield Pair("a sentence left out", NEWS_, NEWS_.edit("检查以远程方式为主，做到无事不扰。", ""), COPY)
    yield Pair("a sentence put in", REPORT_, REPORT_.edit("专家组走进", "企业的获得感越来越强。专家组走进"), COPY)
    yield Pair("numerals written out", MEASURES_, MEASURES_.edit("最高300万元", "最高三百万元"), COPY)
    yield Pair("full-width digits", MEASURES_, MEASURES_.edit("186个", "１８６个"), COPY)
    yield Pair("two cuts of one text", NEWS_.cut(4), NEWS_.from_paragraph(1), COPY)
    yield Pair("a draft posted again", DRAFT, DRAFT.ended(DISCLAIMER), COPY)


def _harder_copies() -> Iterator[Pair]:
    """What editors, converters and sites do to a text, several at once."""
    ours = NEWS_.swap(("云州市生态环境局", "市生态环境局"), ("，云州市把", "，我市把"), ("，云州市对", "，我市对"))
    yield Pair("our city throughout, then by its name", ours, NEWS_, COPY)
    yield Pair("the city by its name, then ours throughout", NEWS_, ours, COPY)
    edited = (
        NEWS_.edit("日前，", "近日，")
        .edit("添动力", "增活力")
        .edit("面对面解决", "帮助解决")
        .edit("无事不扰", "无事不打扰")
    )
    yield Pair("four words edited", NEWS_, edited, COPY)
    misread = (
        MEASURES_.edit("重点项目环评服务台账", "重点项日环评服务台账")
        .edit("排污权有偿", "排汚权有偿")
        .edit("金融机构", "金融机枃")
    )
    yield Pair("characters misread", MEASURES_, misread.joined(), COPY)
    quoted = NEWS_.swap(("“", "「"), ("”", "」"), ("，", ", "))
    yield Pair("other marks", NEWS_, quoted, COPY)
    paragraphs = REPORT_.text.split("\n")
    headed = Page(REPORT_.title, "\n".join([paragraphs[0], "窗口搬家", *paragraphs[1:3], "作风转变", *paragraphs[3:]]))
    yield Pair("headings put between", REPORT_, headed, COPY)
    advertised = Page(REPORT_.title, "\n点击下载客户端，了解更多身边事\n".join(paragraphs))
    yield Pair("a slogan between the paragraphs", REPORT_, advertised, COPY)
    moved = Page(REPORT_.title, "\n".join([*paragraphs[2:], *paragraphs[:2]]))
    yield Pair("paragraphs in another order", REPORT_, moved, COPY)
    order = MEASURES_.led(
        "各区县分局，局机关各科室：\n现将《关于服务企业稳增长的16条措施》印发给你们，请结合实际抓好落实。"
    )
    yield Pair(
        "within the notice that issues it", MEASURES_, order.titled(f"关于印发《{MEASURES_.title}》的通知"), COPY
    )
    yield Pair("out of the notice that issues it", order, MEASURES_, COPY)
    both = MEASURES_.titled(f"云州市发展和改革委员会 {MEASURES_.title}")
    yield Pair("by a second body too", MEASURES_, both, COPY)
    yield Pair(
        "another beginning, a headline of its own",
        NEWS_,
        NEWS_.from_paragraph(1).led(LEAD).titled("云州：十六条实招"),
        COPY,
    )
    yield Pair("the whole after its first third", MEASURES_.cut(8), MEASURES_, COPY)
    yield Pair("a third after the whole, another headline", MEASURES_, MEASURES_.cut(8).titled("云州拿出实招"), COPY)
    yield Pair("percentages written out", REPORT_, REPORT_.edit("98%", "百分之九十八"), COPY)
    yield Pair("amounts in yuan", NEWS_, NEWS_.edit("最高300万元", "最高3000000元"), COPY)
    yield Pair(
        "rewritten by an editor", REPORT_, REPORT_.cut(2).ended("当地企业普遍反映办事更快了，成本更低了。"), COPY
    )


def _harder_others() -> Iterator[Pair]:
    """What holds most of a text and is not it."""
    round_up = Page("一周要闻", "\n".join([MEETING_.text, NEWS_.text, SUBSIDY_.text]))
    yield Pair("a round-up with the whole text", NEWS_, round_up, None)
    numbered = MEASURES_.led("云环发〔2025〕12号")
    yield Pair("issued again under another number", numbered, MEASURES_.led("云环发〔2026〕3号"), NUMBERS)
    yield Pair(
        "a batch", SUBSIDY_.titled("关于公布第一批名单的通知"), SUBSIDY_.titled("关于公布第二批名单的通知"), NUMBERS
    )
    counties = [MEASURES_.swap(("云州市", name)) for name in ("青川县", "平武县")]
    yield Pair("two counties' of one model", counties[0], counties[1], NAMES)
    yield Pair(
        "another month's meeting",
        MEETING_,
        MEETING.fill(**{**HERE, "month": 9}, first="甲公司", second="乙公司"),
        NUMBERS,
    )
    yield Pair("another plant of the same firm", NOTICE_, NOTICE_.swap(("铸件", "模具")), NAMES)
    yield Pair(
        "named once in title and text", MEASURES_, MEASURES_.swap(("云州市生态环境局", "临江市生态环境局")), NAMES
    )
    one, other = (Page("服务企业", REPORT_.text.replace("云州市", f"{name}市")) for name in ("云州", "河阴"))
    yield Pair("another city's under the same headline", one, other, NAMES)
    mended = NEWS_.edit("日前，", "近日，").edit("添动力", "增活力").edit("授信12亿元", "授信21亿元")
    yield Pair("edited, and one amount is another", NEWS_, mended, NUMBERS)
    yield Pair(
        "cut, with a lead, and one amount is another",
        MEASURES_,
        MEASURES_.edit("186个", "168个").cut(9).led(LEAD),
        NUMBERS,
    )
    answer = _answer("第105号", "养老")
    yield Pair("an answer to a proposal, another one", answer, _answer("第231号", "托育"), NAMES)


def _answer(number: str, about: str) -> Page:
    return Page(
        f"对市十六届人大四次会议{number}建议的答复",
        f"您提出的关于加强{about}服务的建议收悉。感谢您对政府工作的关心和支持，我们会同有关部门认真研究，现答复如下。"
        f"近年来，市委、市政府高度重视{about}工作，把它列入民生实事，制定规划，加大投入，取得了积极进展。下一步，我们将认真吸收您的意见，"
        "进一步健全制度，完善设施，充实队伍，提高质量，努力让群众有更多获得感、幸福感。再次感谢您的关心，欢迎继续提出宝贵意见和建议。",
    )


def _other_numbers() -> Iterator[Pair]:
    yield Pair("a corrected amount", MEASURES_, MEASURES_.edit("最高300万元", "最高500万元"), NUMBERS)
    yield Pair("a corrected amount, another headline", NEWS_, NEWS_.swap(("300万", "500万")).titled("更正"), NUMBERS)
    yield Pair("a corrected count in Chinese", NEWS_, NEWS_.edit("6家银行", "九家银行"), NUMBERS)
    yield Pair("a moved deadline", SUBSIDY_, SUBSIDY_.edit("3月6日前", "3月31日前"), NUMBERS)
    yield Pair("a longer validity", MEASURES_, MEASURES_.edit("2026年12月31日", "2027年12月31日"), NUMBERS)
    yield Pair("a tenth of it: 30 and 300", MEASURES_, MEASURES_.edit("最高300万元", "最高30万元"), NUMBERS)
    yield Pair("a cut copy of a corrected text", MEASURES_, MEASURES_.edit("186个", "168个").cut(9), NUMBERS)
    yield Pair("next year's call", SUBSIDY_, SUBSIDY.fill(**{**HERE, "year": 2026, "month": 4}), NUMBERS)
    yield Pair("other firms at the meeting", MEETING_, MEETING_.edit("21家企业", "32家企业"), NUMBERS)
    yield Pair("a rate mended", REPORT_, REPORT_.edit("98%", "89%"), NUMBERS)
    yield Pair("a headline's number", REPORT_.titled("服务进企业（一）"), REPORT_.titled("服务进企业（二）"), NUMBERS)


def _other_names() -> Iterator[Pair]:
    for name, page in {"measures": MEASURES_, "news": NEWS_, "report": REPORT_, "subsidy": SUBSIDY_}.items():
        yield Pair(f"{name}: another city's", page, page.swap(("云州", "临江")), NAMES)
    yield Pair(
        "another city's, other amounts", MEASURES_, MEASURES.fill(**{**HERE, "city": "临江市", "amount": 150}), NAMES
    )
    yield Pair("another city's, cut", MEASURES_, MEASURES_.swap(("云州", "临江")).cut(12), NAMES)
    yield Pair("a namesake by one character", MEASURES_, MEASURES_.swap(("云州", "云阳")), NAMES)
    yield Pair(
        "another bureau's",
        MEASURES_,
        MEASURES_.swap(("生态环境局结合", "发展和改革局结合"), ("生态环境局关于", "发展和改革局关于")),
        NAMES,
    )
    yield Pair("another project in the same form", NOTICE_, NOTICE.fill(**DYEING), NAMES)


def _other_stages() -> Iterator[Pair]:
    yield Pair("a draft and what became of it", DRAFT, MEASURES_, STAGE)
    yield Pair("what became of a draft, mended", DRAFT, MEASURES_.edit("最高300万元", "最高500万元"), STAGE)
    asked = MEASURES_.led("现将文件面向社会公开征求意见，请于3月31日前反馈。")
    yield Pair("asked for opinions and issued", asked, MEASURES_, STAGE)


def _collections() -> Iterator[Pair]:
    yield Pair("a city's own after the round-up that holds it", ROUND_UP, ZAOZHUANG, COLLECTION)
    yield Pair("a round-up after a city's own", ZAOZHUANG, ROUND_UP, COLLECTION)
    yield Pair("a part of a city's own after the round-up", ROUND_UP, ZAOZHUANG.cut(3).titled("枣庄有实招"), COLLECTION)
    headed = ROUND_UP.swap(("滨州市生态环境局推出“环保管家”服务，", "推出“环保管家”服务，"))
    yield Pair("a round-up whose parts are headed by their places alone", headed, ZAOZHUANG, COLLECTION)
    for form, name in BRANCHES.items():
        own = NEWS_.swap(("云州市生态环境局", name), ("云州", "薛城"))
        others = OTHER_BRANCHES.format(name.rpartition("薛城")[2])
        branches = own.ended(others).titled("枣庄各分局多措并举助企发展")
        yield Pair(f"a branch's own ({form}) after the round-up of branches", branches, own, COLLECTION)
        yield Pair(f"a round-up of branches ({form}) after a branch's own", own, branches, COLLECTION)
        again = own.swap(("薛城", "山亭")).text
        yield Pair(f"branches ({form}) in the same words", own, own.ended(again).titled("枣庄各区助企"), COLLECTION)
        yield Pair(f"a branch's own ({form}), cut", own, own.cut(3).titled("薛城助企有实招"), COPY)
    yield Pair("a round-up posted again", ROUND_UP, ROUND_UP.titled("看各市怎样助企").ended(DISCLAIMER), COPY)
    yield Pair("a part of a city's own", ZAOZHUANG, ZAOZHUANG.cut(3).titled("枣庄有实招"), COPY)
    visited = ZAOZHUANG.ended(
        "下一步，枣庄市生态环境局将认真落实山东省生态环境厅印发的工作方案，学习滨州市生态环境局的做法，"
        "把各项措施落到实处，让更多企业享受到政策红利，努力营造良好的营商环境。"
    )
    yield Pair("a part of what names another city in passing", visited, ZAOZHUANG.titled("枣庄有实招"), COPY)


def _unrelated() -> Iterator[Pair]:
    yield Pair("measures and the news of them", MEASURES_, NEWS_, None)
    yield Pair("measures and their explanation", MEASURES_, EXPLANATION_, None)
    yield Pair("the news and the explanation", NEWS_, EXPLANATION_, None)
    yield Pair("two reports of one city", NEWS_, REPORT_, None)
    yield Pair("another week's bulletin", BULLETIN_, BULLETIN.fill(**NEXT_WEEK), None)
    yield Pair("another project in the same form, all else too", NOTICE_, NOTICE.fill(**DAIRY), None)
    yield Pair("only attachments", RULES, ATTACHED.fill(name="云州市机关车辆管理办法"), None)
    yield Pair("only an attachment, the same", RULES, RULES, None)
    yield Pair("a meeting with other speakers and words", MEETING_, SUBSIDY_, None)
    yield Pair("one paragraph quoted", MEASURES_, NEWS_.ended(MEASURES_.text.split("\n")[2]), None)
    yield Pair("an extract in a round-up", NEWS_, REPORT_.ended(NEWS_.text.split("\n")[1]), None)


PAIRS = [
    *_copies(),
    *_harder_copies(),
    *_other_numbers(),
    *_other_names(),
    *_other_stages(),
    *_collections(),
    *_unrelated(),
    *_harder_others(),
]

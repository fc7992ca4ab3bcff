"""Noun phrases cut out of a clause without a word segmenter, by the words that open, close or stop them.

Each table is named by what its words do. They were drawn from the wording of State Council and provincial measures
(若干措施, 实施意见) and from the verbs that statistical bulletins (统计公报) put before and behind a number.
"""

from __future__ import annotations

import re

STOPS = "，,。；;：:！!？?…\n"
_SENTENCE = re.compile(r"[。！!？?\n]")
_LONGEST = 34

# Taken off the front of a phrase before a number: time, place, adverbs, and verbs that only say that something is done.
_TIME = (
    r"[（(]?[0-9一二三四五六七八九十]{1,2}[)）.、]|(?:截至|到|至|自|从)?(?:(?:19|20)[0-9]{2}[ ]?|今|去|明|当|全|上|"
    r"本)年(?:度|初|底|末|以来|上半年|下半年)?的?|"
    r"(?:[0-9]{1,2}[—\-－至到])?[0-9]{1,2}月(?:份|底|末|初|前)?(?:前)?|(?:上|下)半年|[一二三四]季度|近年来|目前|"
    r"年内|每年|自[^，]{1,10}之日起|年均|同期|前期(?=对接)"
)
_PLACE = "我|全省|全市|全区|全县|全国|全局|全州|全盟|全镇|全系统|我省|我市|我区|我县|我局|各地|各级|该局|该市|该区|该省"
_ADVERB = (
    "其中|立即|并且?|已经?|[共现]有|也|还|仅|共计?|总共|合计|累计|先后|分别|直接|力争|确保|争取到?|努力|着力|积极|继续|持续|"
    "加快|"
    "深入|扎实|大力|全面|进一步|预计|计划|可|将|再|"
    "均|要|需|拟|同比|环比|平均(?=[\u4e00-\u9fff]{4})|成功|率先|首批|基本|有序|及时|同时|同步|充分|不断|对涉及的|"
    "对于?|针对|向|为(?!企业|单个|市场)|把|由|从|在(?![建岗册校保职线库产])|以|"
    "按(?!时|期)照?|根据|围绕|比|占比|的|得到|和|及|与|以及|或|、| "
)
_DOING = (
    "组织遴选|组织推荐|组织|开展|建成|建设了?(?=[\u4e00-\u9fff“]{4})|打造|完成|实施|设立|举办|施划|推进|推动|争创|"
    "取消|精简|压减|缩短|压缩|减少(?!跑)|降低|提高|提升|"
    "扩大|遴选|筛选出|评选|获得|收到|达到|实现|安排|统筹|出台|制定|保障(?=.{4,}面积)|节约|节省|减轻|开通|开行|招引|"
    "引进|落地|新建成|涉及|惠及(?!企业)|辖内|使"
)
_HEAD = re.compile(f"(?:{_TIME}|{_PLACE}|{_ADVERB}|{_DOING})")
# Taken off its end: copulas, verbs of change and of giving, and what a number is compared with.
_TAIL = re.compile(
    r"(?:达到了?|(?<![下到送传表])达|为|是|约|共|已|(?<!户)均|都|也|分别|可以?|由|从|至|到|了|再|"
    r"(?<![响供效反对适相])应|需|按|的|"
    r"将|要|拟|一般|原则上|总体|力争|突破|首次突破|"
    r"压缩|压减|缩短|缩减|缩|压|减少|减|降低|下降|降|下浮|上浮|提高|提升|增长|增加|增|升|扩大|扩充|扩|放宽|上升|"
    r"回落|精简|调整|节约|节省|大幅|进一步|最多|最高|"
    r"控制在|保持在|稳定在|维持在|限定在|同比|环比|(?:[较比](?:上年|去年|年初|上月|上年底|去年底|去年末|上年末|"
    r"上年同期|去年同期|同期))|"
    r"给予|予以|奖励|奖|发放|安排|投入|提供|执行|超|近|多|余|仅|只需|不|在|以|按照|新增(?!.)|承诺|法定|原则|累计|"
    r"平均(?!.)|一律|统一|不得|低于|高于|每次|[ ])$"
)
# A verb behind a counted noun ends its phrase: 1488个省市县重点项目｜建立清单.
_VERBS = (
    "建立|实行|实施|试行|进行|开展|提供|纳入|列入|全部|定向|配备|联系|担任|组成|可以|可(?!再生|持续)|将|已|未按|均|"
    "不予|免予|给予|予以|按|作为|用于|落地|进入|进驻|签约|签订|"
    "发放|获得|享受|入选|参选|参会|荣获|获批|成功|实现|完成|取消|向|把|率先|定期|共同|参加|参与|通过|达到|办结|"
    "取得|采取|予|对|集中|主动|启动|投产|开工|由|在|免费|得到|惠及|投入|建成|"
    "保障(?!性|房|金|对象|措施|服务|能力)|每月|每周|每年|每季|到|至少|仅|直接|实时|同时|同步|逐步|带动|推送|申报|"
    "申请办|开放"
)
# Making or ending a thing: what stands after is the thing that is counted.
_MADE = re.compile(r"(?:举办|设立|施划|筛选出|建成|打造|争创|开展|取消|查获|对接)(?=.{3})")
_WEAK = re.compile(
    r"(?:其中|至|到|前|后|给予|申请|之后|投资|一次性|分档|分阶段|最快的?|提前|年度|这一数字|为期|首次|每年|每月|连续|每个|每家|"
    r"每户|每人|每次|按规定|按标准|政府|财政|争取|推动|规模|全年|年内|承诺后|"
    r"受理后|时间|最|多|每|各|"
    r"(?:省|市|区|县)级?财政(?:于次年)?|于|次年|企业全年)+"
)
_VERB = re.compile(_VERBS)
# These put a noun before a verb to do something; what it is to do belongs to the subject.
_CAUSES = re.compile(
    r"(?:组织|推动|推荐|引导|支持|指导|帮助|助力|鼓励|选取|吸引|带动|促进|促成|扶持)(?:了)?(?:全[省市区县])?[ ]?$"
)
_TOWARDS = re.compile(r"(?:对于?|向|为|与|联合|给)(?:[^，。]{0,14})$")
_TRIM = re.compile(r"(?:的基础上|力度|进程|工作|等|中|内|和|及|与|以及|或|、|的|落地生效|方面|以|其中|并|[ (（])+$")
_BEGIN = re.compile(r"(?:[、 ]|的|以上的|具有[^，。的]{1,6}的)+")
_PARTS = re.compile(r"、|和|及|与|以及")


def back_to_stop(text: str, lower: int, place: int) -> tuple[str, int]:
    """The words from the last stop before `place`, at most 60 back and not before `lower`, and where they begin."""
    start = max(lower, place - 60)
    for index in range(place - 1, start - 1, -1):
        if text[index] in STOPS:
            return text[index + 1 : place], index + 1
    return text[start:place], start


def on_to_stop(text: str, place: int, upper: int) -> str:
    """The words from `place` to the next stop, at most a line's length on."""
    end = min(upper, place + 48)
    for index in range(place, end):
        if text[index] in STOPS:
            return text[place:index]
    return text[place:end]


def same_sentence(text: str, start: int, end: int) -> bool:
    return end - start < 60 and _SENTENCE.search(text, start, end) is None


def before(words: str, *, counted: bool = False) -> str:
    """The phrase that a number follows: "2022年全市共发放普法手册" -> 发放普法手册; empty where it says nothing.

    Where things are `counted`, who does what to whom ahead of the thing is left out: 邀请专家举办培训班 -> 培训班.
    """
    words = _cut_head(_cut_tail(words.strip(" \t、")))
    if counted:
        words = words[max((match.end() for match in _MADE.finditer(words, 1)), default=0) :]
    words = words.strip(" 、")[-_LONGEST:]
    return "" if _WEAK.fullmatch(words) else words


def behind(words: str) -> str:
    """The words behind a share or a time where nothing stands before it: 其中60%以上｜用于制造业项目."""
    return "" if words[:1] in ("、", "和", "及", "（", "(") else _TRIM.sub("", words.lstrip(" 的")[:_LONGEST])


def _cut_tail(words: str) -> str:
    while (match := _TAIL.search(words[-8:])) is not None:
        words = words[: len(words[:-8]) + match.start()]
    return words


def _cut_head(words: str) -> str:
    place = 0
    while (match := _HEAD.match(words, place)) is not None and match.end() > place and len(words) - match.end() != 1:
        place = match.end()
    return words[place:]


def after(words: str, lead: str) -> str:
    """The noun that is counted, up to its verb; with the verb where `lead` puts it to do something."""
    if words[:1] in ("、", "和", "及", "（", "("):
        return ""
    opened = _BEGIN.match(words)
    words = words[opened.end() if opened else 0 :]
    verb = next((m for m in _VERB.finditer(words) if m.start() >= 2 and not _inside_quotes(words, m.start())), None)
    if verb is not None and not _keeps_verb(words[: verb.start()], lead):
        words = words[: verb.start()]
    quoted = words.find("的“")
    if quoted >= 4:
        words = words[:quoted]
    words = words if _VERB.match(words) is None else ""
    return _TRIM.sub("", words[:_LONGEST]).strip(" 、")


def _keeps_verb(noun: str, lead: str) -> bool:
    if _CAUSES.search(lead) or len(noun) <= 2:
        return True
    return len(noun) <= 6 and _TOWARDS.search(lead) is None and len(lead.strip()) <= 4


def _inside_quotes(words: str, place: int) -> bool:
    return words.count("“", 0, place) > words.count("”", 0, place)


def aligned(words: str, count: int) -> tuple[str, ...] | None:
    """The nouns that 分别 hands a list of numbers to: 报告书、报告表和登记表的时限分别为 -> three nouns."""
    if "分别" not in words:
        return None
    head = words[: words.rindex("分别")].rstrip(STOPS + " ")
    parts = [part for part in _PARTS.split(head) if part]
    if len(parts) < count:
        return None
    parts = parts[-count:]
    last = parts[-1].rsplit("的", 1)[0] if "的" in parts[-1][2:] else parts[-1]
    return (*(part.lstrip("，对将把") for part in parts[:-1]), last)

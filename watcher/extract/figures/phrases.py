"""Noun phrases cut out of a clause without a word segmenter, by the words that open, close or stop them.

Every phrase is a piece of the clause as it stands: only its ends are taken off, never inside a quotation or bracket.
"""

from __future__ import annotations

import re

from watcher.extract.figures import wording

STOPS = "，,。；;：:！!？?…\n"
LONGEST = 30  # characters; what fits beside an amount on one line of an alert
_SENTENCE = re.compile(r"[。！!？?\n]")
_TRIM = re.compile(
    r"(?:的基础上|力度|进程|工作|等|(?<!其)中|内|和|及|与|以及|或|、|的|落地生效|方面|以|其中|并|且|从|减?按|"
    r"(?:压缩|缩短|提高|降|减)[至到]|(?:年底)?前|提前|[ (（])+$"
)
_BEGIN = re.compile(r"(?:[、 ]|的|以上的|具有[^，。的]{1,6}的)+")
_PARTS = re.compile(r"、|和(?!谐)|及(?!时)|与|以及")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_PAIRS = {"“": "”", "（": "）", "(": ")", "「": "」", "《": "》", "‘": "’", "【": "】"}
# Adverbs and light verbs inside a clause; who acts stands before them: 全省市场监管系统｜共查办案件.
_ACTS = re.compile(
    r"(?:(?<!公)共有?(?=[\u4e00-\u9fff]{4})(?![享同建治富青保创])|[现已]有|已累计|累计(?=培育|建成|发放)|先后|拥有(?![量率])|"
    r"集聚(?=[\u4e00-\u9fff])|提供(?=[\u4e00-\u9fff]{4})|省下|[将把](?=[\u4e00-\u9fff“]{4})|"
    r"(?<=企业)(?:节约|节省|享受)(?=.{4})|争取到|(?<=可)(?:减少|节约)(?=.{4})|"
    r"会同[\u4e00-\u9fff]{2,8}推出|面向社会(?=公开)|(?<![有无党团])组织(?=[\u4e00-\u9fff]{4})|销售(?=超)|"
    r"(?<=.)完成(?![率情量度])(?=.{4}))"
)
# Whom something is done for, before what is done: 为服务业小微企业｜减免国有房屋租金.
_DONE_FOR = re.compile(
    r"^(?:年|全年|累计)?(?:为(?!企业)|帮助(?!解决)|协调|组织|会同|联合|指导|助力|助企|帮|由|服务业)[^，]{0,18}?"
    r"(?=减免|解决|发放|投放|挽回|减轻|规避|核查|防范|编制)"
)
# A few named and then 等: what comes behind says what they all are (集中喷涂、危废收集等｜“绿岛”项目).
_NAMED_FEW = re.compile(r"、[^，]*?[\u4e00-\u9fff”）)]等(?=“)")
# Making or ending a thing: what stands after is the thing that is counted.
_MADE = re.compile(
    r"(?:举办|设立|施划|筛选出|建成|打造|争创|开展|取消|查获|对接|配备|新建|召开|培养|参加|申报|编制|(?<=企业)解决(?=.{4})|办理(?=.{4})|包联(?=民))(?=.{2})"
)
_WEAK = re.compile(
    r"(?:其中|另有|至|到|前|后|给予|申请|之后|投资|一次性|分档|分阶段|最快的?|提前|年度|这一数字|为期|首次|每年|每月|连续|每个|每家|"
    r"每户|每季度末?|每人|每次|每村|每台|每吨|每辆|每批次|按规定|按标准|政府|财政|争取|推动|规模|全年|年内|承诺后|受理后|最|多|每|各|"
    r"(?:由|[省市区县])?级?财政(?:部门)?(?:于次年)?|于|次年|企业全年|部分|处|分|首年|三季度末|期间|之日|年|当年|涉及|之日起|此后|"
    r"经评审|增长|增量|提高|提升|减免|免收|对|仍|仍有|有|"
    r"贡献|适用|组织)+|占比|总数|金额|总额|户均|单户|每户|净|这一比例|时间|奖励|补助|补贴|资助|支持|奖补|企业|按|原则|全部|"
    r"约合|缩减|连补|打|占总数|受理|响应|答复|原来"
)


def back_to_stop(text: str, lower: int, place: int) -> tuple[str, int]:
    """The words from the last stop before `place`, at most 60 back and not before `lower`, and where they begin."""
    start = max(lower, place - 60)
    for index in range(place - 1, start - 1, -1):
        if text[index] in STOPS and not _in_number(text, index):
            return text[index + 1 : place], index + 1
    return text[start:place], start


def _in_number(text: str, place: int) -> bool:
    """Whether the comma at `place` parts thousands: 1,000万元."""
    return text[place] == "," and text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()


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
    words = _cut_head(_cut_actor(_cut_head(without_tail(words.strip(" \t\u3000、")))))
    if counted:
        words = words[max((match.end() for match in _MADE.finditer(words, 1)), default=0) :]
    words = _fitting(_balanced(words.strip(" 、")))
    return "" if len(words) < 2 or _WEAK.fullmatch(words) else words


def recipient(words: str) -> str:
    """The phrase that names who is given to, with the condition on him: 首次认定的高新技术企业｜给予一次性."""
    words = without_tail(words.strip(" \t\u3000、"))
    named = _NAMED_FEW.search(words)
    words = _balanced(words[named.end() if named else 0 :].strip(" 、"))
    return "" if _WEAK.fullmatch(words) else words


def weak(words: str) -> bool:
    return _WEAK.fullmatch(words) is not None


_DONE = re.compile(r"(?:即可|直接|全部|当场|书面|以书面形式)*(?:完成|出具|作出|提出|拿到|到位)?")
_ONLY_DONE = re.compile(
    r"(?:响应|办结|办理|答复|反馈|审结|回应|核发|缴清|完成|到位|拨付|接听|补齐|改正|执行|返还|征收)[^，]{0,2}"
)


# 6个月内｜向所在县区商务部门申报: to whom it is done.
_TO_WHOM = re.compile("^向[^，。；]{2,14}?(?=申报|申请|提交|报送|提出|备案)")


def behind(words: str) -> str:
    """The words behind a share or a time where nothing stands before it: 其中60%以上｜用于制造业项目."""
    words = words[_DONE.match(words).end() :].removeprefix("按")  # type: ignore[union-attr]
    words = _TO_WHOM.sub("", words)
    if _ONLY_DONE.fullmatch(words):
        return ""
    if words[:1] in ("、", "和", "及", "（", "("):
        return ""
    return _balanced(_TRIM.sub("", words.lstrip(" 的")[:LONGEST]))


def without_tail(words: str) -> str:
    """The words without the verbs, links and bounds before a number: 首次认定的企业给予一次性 -> 首次认定的企业."""
    while words:
        match = wording.TAIL.search(words[-16:])
        if match is None and wording.BARE_GIFT.search(words[-8:]):
            match = re.search(f"(?:{wording.GIFT})$", words[-16:])
        if match is None or match.start() == match.end():
            break
        words = words[: max(0, len(words) - 16) + match.start()]
    return words


def _cut_actor(words: str) -> str:
    """The words behind the last adverb or verb of favour, where enough is left to name something."""
    ends = [match.end() for match in _ACTS.finditer(words) if len(words) - match.end() >= 2]
    ends += [match.end() for pattern in (_NAMED_FEW, _DONE_FOR) for match in pattern.finditer(words)]
    ends = [end for end in ends if not _inside_quotes(words, end)]
    return words[max(ends, default=0) :]


def _cut_head(words: str, head: re.Pattern[str] = wording.HEAD) -> str:
    place = 0
    while (match := head.match(words, place)) and match.end() > place and len(words) - match.end() != 1:
        place = match.end()
    return words[place:]


def _fitting(words: str) -> str:
    """The words where they fit; else what stands behind the first 的, 、 or verb of making that lets the rest fit."""
    if len(words) <= LONGEST:
        return words
    cuts = [
        match.end() for match in re.finditer(r"[、的和]|(?<=企业)", words) if 4 <= len(words) - match.end() <= LONGEST
    ]
    return words[cuts[0] if cuts else -LONGEST :]


def _shortened(words: str) -> str:
    """The words up to the last 的, 、 or 和 that lets them fit."""
    if len(words) <= LONGEST:
        return words
    cuts = [match.start() for match in re.finditer("[、的和]", words[: LONGEST + 1])]
    return words[: cuts[-1] if cuts else LONGEST]


def _balanced(words: str) -> str:
    """The words without a bracket or quotation that was cut through."""
    for opening, closing in _PAIRS.items():
        while words.count(opening) > words.count(closing):
            place = words.rindex(opening)
            words = words[:place] if place > len(words) // 2 else words[place + 1 :]
        while words.count(closing) > words.count(opening):
            words = words[words.index(closing) + 1 :]
    return words


def after(words: str, lead: str, *, person: bool = False) -> str:
    """The noun that is counted, up to its verb; with the verb where that tells which ones are counted."""
    if words[:1] in ("、", "和", "及", "（", "("):
        return ""
    opened = _BEGIN.match(words)
    words = words[opened.end() if opened else 0 :]
    verb = next(
        (m for m in wording.VERB.finditer(words) if m.start() >= 2 and not _inside_quotes(words, m.start())), None
    )
    if verb is not None and not _keeps_verb(words, verb.start(), lead, person):
        words = words[: verb.start()]
    quoted = words.find("的“")
    if quoted >= 4:
        words = words[:quoted]
    words = words if wording.ACTS.match(words) is None else ""
    words = _TRIM.sub("", _balanced(_shortened(words))).strip(" 、")
    return "" if words in ("共", "计", "约", "达", "大关", "关口") else words


# These put a noun before a verb to do something; what it is to do belongs to the subject.
_CAUSES = re.compile(
    r"(?:组织|推动|推荐|引导|支持|指导|帮助|助力|鼓励|选取|选择|吸引|带动|促进|促成|扶持|安排|辅导|实现)"
    r"(?:了|[^，。的]{0,24}等)?(?:全[省市区县])?[ ]?$"
)
_TREATS = re.compile(r"(?:对|把|将|使)(?:全[省市区县])?[ ]?$")
_JOINS = re.compile(r"与(?:[^，。的]{2,16}等)?[ ]?$")
_SERVES = re.compile(r"为(?:全[省市区县])?[ ]?$")


def _keeps_verb(words: str, place: int, lead: str, person: bool) -> bool:
    """Whether the verb at `place` tells which ones are counted: 4家企业｜入选百强, not 5个园区｜设立服务站."""
    if _CAUSES.search(lead) is not None:
        return wording.DEFINES.match(words, place) is not None
    if _TREATS.search(lead) is not None:
        told = wording.TREATED if place <= 4 else wording.TREATED_APART
        return "的" not in words[:place] and told.match(words, place) is not None
    if person or place > 6:
        return False
    if _SERVES.search(lead) is not None:
        return wording.SERVED.match(words, place) is not None
    if _JOINS.search(lead) is not None:
        return place <= 2
    return (
        lead.strip() not in ("在", "、")
        and len(lead.strip()) <= 4
        and place <= 3
        and wording.DEFINES.match(words, place) is not None
    )


def _inside_quotes(words: str, place: int) -> bool:
    return words.count("“", 0, place) > words.count("”", 0, place)


_ATTRIBUTIVE = re.compile(r"(?:级|[IVX]期|国[内际]|[0-9][万亿]*[元亩户家人名项件台套个吨次%]?|平方米|立方米)$")
_COUNT_OF = re.compile("[二两三四五六七八九十]{1,2}[类种档]$")  # 优质、新兴四类
# The number of a clause is no bracket of its nouns.
_NUMBERED = re.compile(r"^[ ]*[（(][0-9一二三四五六七八九十]{1,3}[)）]")


# What a part of a list has for itself: 国家级, 5000万元, III期.
_OWN = re.compile(
    r"(?:国[内际]|[省市]内|(?:国家|世界|[省市区县州初中高甲乙丙特])级|国家|[省市]|[一二三四五A-Z0-9.]+[级类]|[IVX]+期|"
    r"[0-9][0-9.]*[万亿]*(?:元|亩|户|家|人|名|项|件|台|套|个|吨|次|%|平方米|立方米)?)(?:以上|及以上)?"
)


def aligned(words: str, count: int, *, exactly: bool = False) -> tuple[str, ...] | None:
    """The nouns of a list that as many numbers are handed to: 报告书、报告表和登记表的时限 -> three nouns.

    None where the list is too short, or where it is longer and must be `exactly` as long.
    """
    words = _NUMBERED.sub("", words)
    masked = without_tail(_BRACKETS.sub(lambda match: "\0" * len(match[0]), words.rstrip(STOPS + " ")))
    opening = len(masked) - len(_cut_head(_cut_actor(masked), wording.LIGHT_HEAD))
    ends = [(match.start(), match.end()) for match in _PARTS.finditer(masked, opening)]
    spans = list(zip([opening, *(end for _, end in ends)], [*(start for start, _ in ends), len(masked)], strict=True))
    spans = [(start, end) for start, end in spans if end > start]
    if len(spans) < count or (exactly and len(spans) != count):
        return None
    parts = [words[start:end].rstrip("，,") for start, end in spans[-count:]]
    if min(map(len, parts)) < 2:
        return None
    parts[-1] = _COUNT_OF.sub("", parts[-1]) or parts[-1]
    if "的" in parts[-1][2:]:
        parts[-1] = parts[-1].rsplit("的", 1)[0]
    if any(_ATTRIBUTIVE.search(part) for part in parts[:-1]):
        return _sharing(parts)
    return _opening_alike(parts)


_NEWLY = re.compile(r"(?:企业|单位)?(?:[当本上]?年度?)?(?:新|首次|获|入选|评[为选定]|[被经]?认定)")


def _opening_alike(parts: list[str]) -> tuple[str, ...]:
    """新引进的博士 and 硕士 -> 新引进的博士 and 新引进的硕士."""
    opening = parts[0][: parts[0].rfind("的") + 1]
    if not _NEWLY.match(opening) or any("的" in part or len(opening + part) > LONGEST for part in parts[1:]):
        return tuple(parts)
    return parts[0], *(f"{opening}{part}" for part in parts[1:])


def _sharing(parts: list[str]) -> tuple[str, ...]:
    """Each part with what all share: 新认定的国家级 and 省级实验室 -> 新认定的国家级实验室 and 新认定的省级实验室."""
    first, last = _OWN.search(parts[0]), _OWN.match(parts[-1])
    opening = parts[0][: first.start()] if first else ""
    noun = parts[-1][last.end() :] if last else ""
    own = [part[len(opening) if index == 0 else 0 :] for index, part in enumerate(parts)]
    own[-1] = own[-1].removesuffix(noun) if noun else own[-1]
    whole = tuple(f"{opening}{part}{noun}" for part in own)
    return whole if max(map(len, whole)) <= LONGEST else tuple(parts)

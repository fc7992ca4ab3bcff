"""Which way a number goes: the word of change that stands on it or on the noun it counts.

Source of the words: `change` in the extraction contract; 达到, 建成, 减免, 让利 state a level or a grant and are no
change.
"""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.extract.figures.drafts import Draft
from watcher.model import Direction, FigureKind

_UP, _DOWN = Direction.INCREASE, Direction.DECREASE

# How many there are changes; the words of the second pair change how much, and say nothing of a count of things
# (提升10个园区 improves ten parks).
_MORE = "新增 增加 净增 增设 新建 扩充 增补 追加 多生产 多收入"
_FEWER = "减少 取消 精简 压减 缩减 削减 核减 压缩 节约 节省 省下 省了 省息 少跑 少报 少交 减排"
_HIGHER = "增长 提高 提升 上浮 上升 上涨 上调 上扬 扩大 扩展 拓展 扩容 高出 放宽 延长 调增 攀升"
_LOWER = (
    "缩短 降低 下降 下调 下浮 下滑 减轻 减负 简化 再快 压降 回落 收窄 调减 降幅 减幅 节支 "
    "减环节 减时限 减材料 减跑动 减成本"
)
# Only with the end or the amount right behind them: 缩至3天, 由35%升至62%, 再降0.2个百分点.
_RISES = "增收 增产 增 升 提 扩 涨"
_FALLS = "节水 节电 节能 节煤 减 降 缩 压 跌"

_COUNTING = dict.fromkeys(_MORE.split(), _UP) | dict.fromkeys(_FEWER.split(), _DOWN)
_GRADED = dict.fromkeys(_HIGHER.split(), _UP) | dict.fromkeys(_LOWER.split(), _DOWN)
_SHORT = dict.fromkeys(_RISES.split(), _UP) | dict.fromkeys(_FALLS.split(), _DOWN)
WAYS = _COUNTING | _GRADED | _SHORT
# 增加值 and 减排比例 are names of what is measured.
_NAMES = {"增加": "增加(?!值)", "减排": "减排(?!项目|工程|比例|任务|措施|清单|设施)"}
_LONG = "|".join(_NAMES.get(word, word) for word in sorted(_COUNTING | _GRADED, key=len, reverse=True))
_FIRST = "".join(sorted({word[0] for word in WAYS}))
# Most places are refused at a glance.
WORD = re.compile(f"(?=[{_FIRST}])(?:{_LONG}|(?<![抵扣])(?:{'|'.join(_SHORT)})(?=最?[高低]?[至到为成]|了?[ ]?$))")

# Counted like things, but measures all the same.
_GRADES = ("基点", "倍", "分")
_NEW = ("新增", "新建", "增设")
_SHARES = (FigureKind.PERCENT, FigureKind.RATIO, FigureKind.DURATION)
_REACH = 30  # characters before a number in which its word of change may stand
_OF_BASE = re.compile("[至到为][\u4e00-\u9fff]{2,8}的")  # 压缩至法定时限的三分之一
_END = re.compile(r"[至到为成]")
# A verb that begins something new between the word of change and the number: 对新增企业给予10万元.
_RESET = re.compile(
    "给予|予以|奖励|奖补|补助|补贴|资助|支持|惠及|服务(?!站|点|中心|专员|平台|事项)|投入(?!$)|投放|完成|组织|推动|争取|"
    "(?<!^)发放|按照?|占(?![用地比])|安排|提供|实现|建成|开展|培训|覆盖|涉及|"
    "不低于|超过[^0-9]|缴纳|收取|(?<!规模)(?<!级)以上|以下|满|的[ ]?$"
)
_THRESHOLD = re.compile(r"[ ]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.])?[ ]*对")
_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_TWIN = re.compile(r"[，,；;](?![对给向按每将为由单])([\u4e00-\u9fff]{2,6})")
_ADVERBS = re.compile(r"(?:大幅|分别|同比|已|再|进一步|整体|平均|将|由|从|可)+$")
_DIRECT = re.compile(
    r"(?:了|完成|入选|认定|到|至|为|成|近|约|超|超过|幅度|不少于|不低于|最高|可|达|达到|不超过|承诺的?|[ ])*"
)


def with_direction(text: str, last: Draft | None, draft: Draft) -> Draft:
    """The draft with its way of change: from its own words, or from the list that it continues behind `last`."""
    start = draft.bound.start
    if text.startswith("翻", start):
        return replace(draft, change=_UP)
    if last is not None and last.bound.end == start == draft.amount.start and last.change is None:
        return draft  # nothing stands before it
    lower = max(start - _REACH, last.bound.end if last else 0)
    window = text[lower:start]
    if window.endswith("\n") and text[draft.bound.end : draft.bound.end + 1] in ("\n", ""):
        window = window[:-1]  # a number alone on its line, as on a poster, continues the line above
    window = window[max((stop.end() for stop in _CLAUSE.finditer(window)), default=0) :]
    inside = [*WORD.finditer(text, start, draft.amount.start)]
    if inside:  # 最高可下浮30%
        return replace(draft, change=WAYS[inside[-1][0]])
    words = [*WORD.finditer(window)]
    if words and not _sets_threshold(window, words[-1]):
        return replace(draft, change=_effect(window, words[-1], draft))
    if last is not None and last.change is not None:
        between = text[last.bound.end : start]
        if _continues(between) or (last.value.unit == draft.value.unit and _parallel(text, last.bound.start, between)):
            return replace(draft, change=last.change)
    return draft


def _sets_threshold(window: str, word: re.Match[str]) -> bool:
    """Whether the change is a condition: 对新增贷款500万元以下的企业, not 对小微企业收费下调20%."""
    moved = word[0] not in _COUNTING and _DIRECT.fullmatch(window, word.end()) is not None
    return _THRESHOLD.match(window) is not None and not moved


def _effect(window: str, word: re.Match[str], draft: Draft) -> Direction | None:
    way, gap = WAYS[word[0]], window[word.end() :]
    if word[0] == "取消" and draft.kind is not FigureKind.COUNT:
        return None  # 取消500万元以下项目的保证金 names a threshold
    if word[0] in _NEW and draft.kind in _SHARES and not _DIRECT.fullmatch(gap):
        return None  # 新增岗位面向毕业生的比例不低于60%: more posts, not a larger share
    things = draft.kind is FigureKind.COUNT and draft.value.unit not in _GRADES
    if _DIRECT.fullmatch(gap):
        return way if not things or word[0] in _COUNTING | _SHORT or _END.search(gap) else None
    if draft.kind in _SHARES and _OF_BASE.fullmatch(gap):
        return way
    if word[0] in _SHORT or _RESET.search(gap):
        return None
    ends = any(end in ("到", "至", "为") for end in (gap[:1], gap[-2:-1], gap[-1:]))
    return way if ends or not things or word[0] in _COUNTING else None


def _parallel(text: str, place: int, between: str) -> bool:
    """Whether the next clause is a twin without its verb: 进口压缩至28.5小时，出口0.62小时, not 增长5%，占比30%.

    Twins are named by nouns of one length that share a character.
    """
    twin = _TWIN.fullmatch(between)
    if twin is None:
        return False
    clause = text[max(0, place - _REACH) : place]
    verbs = [match.start() for match in WORD.finditer(clause)]
    size = len(twin[1])
    noun = _ADVERBS.sub("", clause[: verbs[-1]])[-size:] if verbs else ""
    return len(noun) == size and noun != twin[1] and bool(set(noun) & set(twin[1]))


def _continues(between: str) -> bool:
    """Whether a list goes on (精简材料20份、环节5个), or a number inside the noun is passed (新建10千伏线路420公里)."""
    if 0 < len(between) <= 4 and all("\u4e00" <= character <= "\u9fff" for character in between):
        return _RESET.search(between) is None and "的" not in between
    return (
        between[:1] in ("、", "和", "及")
        and len(between) <= 18
        and _RESET.search(between) is None
        and _CLAUSE.search(between) is None
    )

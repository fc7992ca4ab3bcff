"""Amounts of change: which way a number goes, and the earlier value where both ends are written.

Source of the words: `change` in the extraction contract; 达到, 建成, 减免, 让利 state a level or a grant and are no
change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.qualifiers import Bound
from watcher.model import Direction, FigureKind, Value

_UP, _DOWN = Direction.INCREASE, Direction.DECREASE
# Changes of how many there are; the words of the second table change how much, and say nothing of a count of things
# (提升10个园区 improves ten parks).
_COUNTING = dict.fromkeys(
    ["新增", "增加", "净增", "增设", "新建", "新设", "扩充", "增补", "追加"], _UP
) | dict.fromkeys(
    ["减少", "取消", "精简", "压减", "缩减", "削减", "核减", "压缩", "节约", "节省", "省下", "少跑", "少报", "少交"],
    _DOWN,
)
_GRADED = dict.fromkeys(
    [
        "增长",
        "提高",
        "提升",
        "上浮",
        "上升",
        "上涨",
        "上调",
        "扩大",
        "扩展",
        "扩容",
        "高出",
        "放宽",
        "延长",
        "调增",
        "攀升",
        "增厚",
    ],
    _UP,
) | dict.fromkeys(
    [
        "缩短",
        "降低",
        "下降",
        "下调",
        "下浮",
        "下滑",
        "减轻",
        "减负",
        "再快",
        "压降",
        "回落",
        "收窄",
        "调减",
        "降幅",
        "少缴",
        "节支",
    ],
    _DOWN,
)
# Only with the end behind them: 缩至3天, 由35%升至62%.
_ENDING = dict.fromkeys(["增", "升", "提", "扩", "涨"], _UP) | dict.fromkeys(
    ["减", "降", "缩", "压", "跌", "精简"], _DOWN
)
_WORDS = _COUNTING | _GRADED
_WORD = re.compile(
    "|".join(sorted(_WORDS, key=len, reverse=True)) + "|(?:" + "|".join(_ENDING) + ")(?=[至到为成]|了?[ ]?$)"
)
_ENDS = re.compile(r"[至到为成]")
# A verb that begins something new between the word of change and the number: 对新增企业给予10万元.
_RESET = re.compile(
    "给予|予以|奖励|奖补|补助|补贴|资助|支持|惠及|服务|投入|投放|完成|组织|推动|争取|发放|按照?|占|安排|提供|实现|"
    "建成|开展|培训|覆盖|涉及|不低于|超过[^0-9]|缴纳|收取|以上|以下|满"
)
_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_DIRECT = re.compile(r"[ ]?(?:了|到|至|为|成|近|约|超|超过|幅度|不少于|不低于|最高|可|达|达到|不超过|承诺的?| )*")
_FROM = re.compile(r"[由从自](?=[^由从自，,。；;、\n]{0,14}$)")
_TO = re.compile(
    r"(?:[^，,。；;：\n]{0,6}[，,])?[^，,。；;：:\n]{0,14}?(?:至|到|为|成|→|->|——>)[^，,。；;：:、\n]{0,10}"
)
_ARROW = re.compile(r"[ ]?(?:→|->|⟶|➜|=>)[ ]?")
_SPAN = 30  # characters that may lie between the two ends, and before a number for its word of change


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure in the making: the amount, its bounds, and what changed."""

    amount: Amount
    bound: Bound
    change: Direction | None = None
    previous: Value | None = None
    subject: str | None = None

    @property
    def kind(self) -> FigureKind:
        assert self.amount.unit is not None
        return self.amount.unit.kind


def join_changes(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with 由30个工作日压减到20个工作日 made one, and the way of every change set."""
    joined: list[Draft] = []
    for draft in drafts:
        both = _both_ends(text, joined, draft) if joined else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(_one_end(text, joined[-1] if joined else None, draft))
    return joined


def _both_ends(text: str, before: list[Draft], draft: Draft) -> Draft | None:
    start = before[-1]
    if start.kind is not draft.kind or start.previous is not None or draft.bound.start - start.bound.end > _SPAN:
        return None
    lower = before[-2].bound.end if len(before) > 1 else 0
    lead = _FROM.search(text, max(lower, start.bound.start - 15), start.bound.start)
    between = text[start.bound.end : draft.bound.start]
    if not (_ARROW.fullmatch(between) or _TO.fullmatch(between)):
        return None
    word = _WORD.search(between)
    if lead is None and word is None and not _ARROW.fullmatch(between):
        return None
    if lead is None and word is not None and not _follows(between, word):
        return None
    way = (_WORDS | _ENDING)[word[0]] if word else _compare(start.amount, draft.amount)
    opening = lead.start() if lead else start.bound.start
    return replace(draft, bound=replace(draft.bound, start=opening), change=way, previous=_value(start.amount))


def _follows(between: str, word: re.Match[str]) -> bool:
    """Whether the word of change stands right behind the first number: 30天缩短到10天, not 30个项目投资提高到."""
    return word.start() <= 4 and between[:1] not in "、，,"


def _value(amount: Amount) -> Value | None:
    if amount.low is None or amount.high is None or amount.unit is None:
        return None
    return Value(amount.low, amount.high, amount.unit.name)


def _compare(one: Amount, other: Amount) -> Direction | None:
    if (
        one.low is None
        or other.low is None
        or one.unit is None
        or other.unit is None
        or one.unit.name != other.unit.name
    ):
        return None
    return None if one.low == other.low else _UP if other.low > one.low else _DOWN


def _one_end(text: str, last: Draft | None, draft: Draft) -> Draft:
    start = draft.bound.start
    lower = max(start - _SPAN, last.bound.end if last else 0)
    window = text[lower:start]
    for stop in _CLAUSE.finditer(window):
        window = text[lower + stop.end() : start]
    inside = [*_WORD.finditer(text, start, draft.amount.start)]
    if inside:  # 最高可下浮30%
        return replace(draft, change=(_WORDS | _ENDING)[inside[-1][0]])
    words = [*_WORD.finditer(window)]
    if words:
        return replace(draft, change=_effect(window, words[-1], draft))
    if last is not None and last.change is not None and _continues(text[last.bound.end : start]):
        return replace(draft, change=last.change)
    return draft


def _effect(window: str, word: re.Match[str], draft: Draft) -> Direction | None:
    way, gap = (_WORDS | _ENDING)[word[0]], window[word.end() :]
    ends = _ENDS.match(gap.removeprefix("了")) is not None or (_ENDS.search(gap[-2:]) is not None)
    if draft.kind is FigureKind.COUNT and word[0] not in _COUNTING and not ends:
        return None
    if _DIRECT.fullmatch(gap):
        return way
    return None if _RESET.search(gap) else way


def _continues(between: str) -> bool:
    """Whether a list goes on (精简材料20份、环节5个), or a number inside the noun is passed (新建10千伏线路420公里)."""
    if 0 < len(between) <= 4 and all("\u4e00" <= character <= "\u9fff" for character in between):
        return _RESET.search(between) is None and "的" not in between
    return (
        between[:1] in ("、", "和", "及")
        and len(between) <= 9
        and _RESET.search(between) is None
        and _CLAUSE.search(between) is None
    )

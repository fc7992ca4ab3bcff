"""The words that bound an amount: 最高, 不低于, 近, 约 before it; 以上, 以内, 左右 behind it.

Source: the table of `qualifier` in the extraction contract, with the synonyms that GB/T 1.1-2020 (drafting of
standards) and budget documents use for the same bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watcher.extract.figures.amounts import Amount
from watcher.model import FigureKind, Qualifier

_AT_LEAST, _MORE, _AT_MOST = Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST
_LESS, _ABOUT, _NEARLY = Qualifier.LESS_THAN, Qualifier.ABOUT, Qualifier.NEARLY

# Bounds that may stand away from their number: 最高给予80万元, 不超过总投资的30%.
_FAR = {
    "最高": _AT_MOST,
    "最多": _AT_MOST,
    "最长": _AT_MOST,
    "最大": _AT_MOST,
    "至多": _AT_MOST,
    "上限": _AT_MOST,
    "不超过": _AT_MOST,
    "不超": _AT_MOST,
    "不得超过": _AT_MOST,
    "不能超过": _AT_MOST,
    "不高于": _AT_MOST,
    "不得高于": _AT_MOST,
    "不大于": _AT_MOST,
    "不多于": _AT_MOST,
    "不长于": _AT_MOST,
    "不低于": _AT_LEAST,
    "不得低于": _AT_LEAST,
    "不少于": _AT_LEAST,
    "不得少于": _AT_LEAST,
    "不小于": _AT_LEAST,
    "不短于": _AT_LEAST,
    "至少": _AT_LEAST,
    "最低": _AT_LEAST,
    "最少": _AT_LEAST,
    "下限": _AT_LEAST,
    "超过": _MORE,
    "高于": _MORE,
    "大于": _MORE,
    "多于": _MORE,
    "低于": _LESS,
    "少于": _LESS,
    "小于": _LESS,
    "不足": _LESS,
    "不到": _LESS,
    "不满": _LESS,
}
# Bounds that only count right before their number.
_NEAR = {
    "超": _MORE,
    "逾": _MORE,
    "封顶": _AT_MOST,
    "≥": _AT_LEAST,
    "≤": _AT_MOST,
    ">": _MORE,
    "<": _LESS,
    "约": _ABOUT,
    "大约": _ABOUT,
    "约为": _ABOUT,
    "近": _NEARLY,
    "将近": _NEARLY,
    "接近": _NEARLY,
}
_AFTER = {
    "以上": _AT_LEAST,
    "及以上": _AT_LEAST,
    "或以上": _AT_LEAST,
    "以内": _AT_MOST,
    "之内": _AT_MOST,
    "以下": _AT_MOST,
    "及以下": _AT_MOST,
    "封顶": _AT_MOST,
    "为上限": _AT_MOST,
    "为限": _AT_MOST,
    "左右": _ABOUT,
    "上下": _ABOUT,
    "内": _AT_MOST,
    "起步": _AT_LEAST,
}
_REACH = 26  # characters before a number in which its bound may stand

_VERB = (
    "(?:可以|可|应|按|按照|给予|予以|给|奖励|奖补|奖|补助|补贴|补|资助|支持|扶持|授信|贷款|额度|限额|金额|期限|"
    "可达|达到|达|为|申请|获得|获|享受|享|发放|"
    "一次性|每年|每家|每户|每个|每人|每台|每亩|每项|提供|报销|减免|扣除|降低|下浮|上浮|优惠|核定|累计|人民币|至|到|"
    "不超过|不得超过|不高于|总额|贷|借|了|再| )"
)
_CJK = "[\u4e00-\u9fff]"
# 最高 and its like reach over the verb of giving and a short object; 不超过 and its like over a phrase that ends in 的.
_MOST = re.compile(
    rf"(?!人民|法|检|水平|标准|质量|级|价|档|生活|工资|保障|限度){_VERB}*(?:{_CJK}{{1,6}}{_VERB}{{0,2}})?"
)
_OVER = re.compile(rf"{_VERB}{{0,3}}(?:{_CJK}{{1,12}}的)?[ ]?")
# 不超过总投资30%: a share may follow its base at once. 低于标准30% is how far below, and no bound.
_BASE = re.compile(rf"{_VERB}{{0,3}}{_CJK}{{2,10}}[ ]?")
_RIGHT_BEFORE = re.compile(r"[ ]?(?:达到|达|了|为|人民币){0,2}[ ]?")
_SUPERLATIVES = frozenset(("最高", "最多", "最长", "最大", "最低", "最少", "至少", "至多"))
_BOUNDS = _FAR | _NEAR
# 最高限额放宽至300万元 raises the limit itself.
_MOVED = re.compile("(?:提高|提升|放宽|增加|扩大|上调|调整|延长|压缩|缩短)[至到为]")
_WORDS = re.compile("|".join(sorted(_BOUNDS, key=len, reverse=True)))
_BEHIND = re.compile(
    r"[ ]?(?:[(（]含[^()（）\n]{0,6}[)）])?[ ]?(" + "|".join(sorted(_AFTER, key=len, reverse=True)) + ")"
)
# Words that end in one of the near bounds, by the character before it: 节约, 最近, 高超.
_PART_OF_WORD = {"约": "节契合公制预签集隐相特誓条", "近": "最附邻靠临", "超": "高反赶"}
_INSIDE = "容设外涵地陆"  # 内部, 内容 … are words of their own


@dataclass(frozen=True, slots=True)
class Bound:
    """An amount with its bounds: `text[start:end]`, ready to be quoted."""

    start: int
    end: int
    qualifier: Qualifier


def bound(text: str, amount: Amount, lower: int) -> Bound:
    """The amount's quote and qualifier; nothing before `lower`, where the number before it ends, belongs to it.

    A bound before the number outweighs one behind it, and both outweigh 余 or 多 inside.
    """
    before = _before(text, amount, max(lower, amount.start - _REACH))
    behind = _behind(text, amount)
    qualifier = before[1] if before else behind[1] if behind else amount.inner or Qualifier.EXACT
    return Bound(before[0] if before else amount.start, behind[0] if behind else amount.end, qualifier)


def _before(text: str, amount: Amount, lower: int) -> tuple[int, Qualifier] | None:
    if text[amount.start - 1 : amount.start] == "过" and amount.whole and lower < amount.start:
        return amount.start - 1, Qualifier.MORE_THAN  # 过半数
    for match in _WORDS.finditer(text, lower, amount.start):
        word, gap = match[0], (match.end(), amount.start)
        pattern = _MOST if word in _SUPERLATIVES else _OVER if word in _FAR else _RIGHT_BEFORE
        if match.start() > 0 and text[match.start() - 1] in _PART_OF_WORD.get(word, ""):
            continue
        share = word[0] == "不" and amount.unit is not None and amount.unit.kind is FigureKind.PERCENT
        held = pattern.fullmatch(text, *gap) or (share and _BASE.fullmatch(text, *gap))
        if held and not _MOVED.search(text, *gap):
            return match.start(), _BOUNDS[word]
    return None


def _behind(text: str, amount: Amount) -> tuple[int, Qualifier] | None:
    match = _BEHIND.match(text, amount.end)
    if match is None or amount.unit is None:
        return None
    word = match[1]
    if word == "内":
        timed = amount.unit.kind in (FigureKind.DURATION, FigureKind.QUANTITY)
        if not timed or ((following := text[match.end() : match.end() + 1]) and following in _INSIDE):
            return None
    return match.end(), _AFTER[word]

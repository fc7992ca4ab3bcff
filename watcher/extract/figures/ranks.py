"""Places in a ranking: 全省排名第4, 位居全国第二, 综合评分居首位, 排名前3."""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.qualifiers import Bound
from watcher.extract.figures.units import Unit
from watcher.model import FigureKind, Qualifier

RANK = Unit(FigureKind.RANK, "rank")
# A place counts as a rank behind a word of ranking, or behind the field that it is ranked in.
_RANKED = re.compile(
    r"(?:排名|名次|排在|排到|排|位居|位列|居于|居|列|名列|跃居|跃升|跻身|升至|升到|上升到|降至|保持|稳居|稳定在|"
    r"蝉联|前移至|进入|"
    r"[由从](?:原来的?|原)?|全省|全国|全市|全区|全县|世界|全球|省内|国内)[^，。；,;、\n0-9]{0,8}$"
)
_CLOSES = re.compile(
    r"[ ]?(?:名|位)?(?=[ ，。；、,;:：!！?？)）”\"\n]|$|的|和|及|以内|以上|"
    r"上?升|下?降|跃|提升|前移|后移|滑落|[至到→])"
)
_NOT_A_PLACE = ("第", "前")


def rank(text: str, amount: Amount) -> tuple[Amount, Bound] | None:
    """The rank that `amount` is part of, with its quote; None where it is none."""
    sign = text[amount.start - 1 : amount.start] if amount.start else ""
    if sign not in _NOT_A_PLACE or amount.low is None or not 0 < amount.low < 1000:
        return None
    unit_ok = amount.unit is None or amount.words in ("名", "位")
    start = amount.start - 1
    if not unit_ok or _RANKED.search(text, max(0, start - 14), start) is None:
        return None
    closing = _CLOSES.match(text, amount.number_end)
    if closing is None or (sign == "前" and text[closing.end() : closing.end() + 1] == "的"):
        return None
    place = replace(amount, start=start, end=closing.end(), unit=RANK, high=amount.low, low=amount.low)
    qualifier = Qualifier.AT_MOST if sign == "前" else Qualifier.EXACT
    return place, Bound(start, closing.start() + len(closing[0].rstrip()), qualifier)

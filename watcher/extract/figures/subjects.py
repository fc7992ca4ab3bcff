"""What each figure is about, in the text's own words: the phrase before the number or the noun behind it.

A count names what is counted behind it (17名【专业人员】), every other kind what is measured before it
(【问题解决率】达到100%).
A clause that says neither borrows: from the clause ahead that tells who is given to (对…的，按投资额的10%补助), or from
the figure just before it (同比增长9.3%).
"""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.extract.figures import phrases
from watcher.extract.figures.clause import Clause, around
from watcher.extract.figures.drafts import Draft, side_by_side
from watcher.model import FigureKind

_MEASURED = (FigureKind.PERCENT, FigureKind.RATIO, FigureKind.DURATION)
_PAID = (FigureKind.MONEY, FigureKind.PERCENT)
# 给予最高50万元奖补: a bare noun of giving says less than the clause that names who is given to.
_ONLY_GIVING = re.compile(r"(?:一次性|给予|予以|标准|的)*(?:奖补|奖励|补贴|补助|资助|支持|贴息|资金|优惠|执行)*")
_TAKES_OBJECT = re.compile(r"(?:新增|给予|予以|投入|提供|安排|发放|推动|争取|设立|规模|形成|获得|筹集|下达)了?[ ]?$")
# 按投资额的10%, 每辆奖励2万元: what the amount is reckoned by, not what it is paid for.
_RECKONED = re.compile(r"[ ]?(?:再|则)?(?:按(?!时|期)|每[^，。]{0,5}(?:奖励|补贴|补助|给予|奖补|发放)?[ ]?$)")
_NAMES_RECIPIENT = re.compile(
    r"^[0-9. （(一二三四五六七八九十)）]*(?:对|给|向|凡)|的[ ]?$|(?:项目|企业|单位|机构|改造|升级)$"
)
_INVOLVES = re.compile(r"(?:涉及|覆盖|涵盖)[ ]?$")
_ATTRIBUTE = re.compile(r"的[ ]?$")
_COMPARED = re.compile(r"[较比]")


def with_subjects(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with their subjects; a list (5个、3个、1个工作日) is named as one, item by item where 分别 says so."""
    named: list[Draft] = []
    while (index := len(named)) < len(drafts):
        size = side_by_side(text, drafts, index)
        clause = around(text, drafts, index, size, named[-1] if named else None)
        subjects = _aligned(clause, size) or (_subject(clause, drafts[index]) or None,) * size
        named += [replace(drafts[index + at], subject=subject) for at, subject in enumerate(subjects)]
    return named


def _aligned(clause: Clause, size: int) -> tuple[str, ...] | None:
    if size == 1:
        return None
    return phrases.aligned(clause.before, size) or phrases.aligned(f"{clause.earlier}，{clause.before}", size)


def _subject(clause: Clause, draft: Draft) -> str:
    if draft.kind is FigureKind.RANK:
        return clause.last or phrases.before(clause.before)
    if draft.kind is FigureKind.COUNT:
        return _counted(clause) or clause.last or phrases.before(clause.earlier)
    lead, noun = phrases.before(clause.before), phrases.after(clause.after, clause.before)
    if draft.kind in _PAID and (not lead or _RECKONED.match(clause.before)) and _ONLY_GIVING.fullmatch(noun):
        return _recipient(clause) or clause.last or lead or noun or phrases.before(clause.earlier)
    if noun and (clause.taken or _object_follows(clause, draft, noun)):
        return noun
    if clause.taken and draft.kind in _MEASURED and clause.last:
        return clause.last  # 企业诉求2小时内【响应、】5个工作日内办结
    if lead and not _COMPARED.match(lead):
        return lead
    return _borrowed(clause, draft, noun) or lead


def _counted(clause: Clause) -> str:
    noun = phrases.after(clause.after, clause.before)
    involved = _INVOLVES.search(clause.before)
    if involved is not None:  # 改革试点涉及17大类行业 counts the reach of what comes first
        lead = phrases.before(clause.before[: involved.start()])
        return lead if len(lead) >= 4 else (clause.last or noun) if len(noun) <= 3 else noun
    lead = phrases.before(clause.before, counted=True)
    if _ATTRIBUTE.search(clause.before) and len(lead) >= max(4, len(noun)):
        return lead
    return noun or lead


def _object_follows(clause: Clause, draft: Draft, noun: str) -> bool:
    """Whether the noun behind an amount of money is the object of the verb before it: 新增10亿元【授信额度】."""
    paid = draft.kind is FigureKind.MONEY and not _ONLY_GIVING.fullmatch(noun)
    return paid and _TAKES_OBJECT.search(clause.before) is not None


def _recipient(clause: Clause) -> str:
    """The clause ahead that names who or what is paid for: 对取得注册证的，每个品种奖励80万元."""
    named = _NAMES_RECIPIENT.search(clause.earlier) or clause.before.lstrip().startswith("每")
    phrase = phrases.before(clause.earlier) if named else ""
    return phrase if len(phrase) >= 4 else ""


def _borrowed(clause: Clause, draft: Draft, noun: str) -> str | None:
    if draft.change is not None and clause.last:
        return clause.last
    if draft.kind in _MEASURED:
        noun = noun or phrases.behind(clause.after)
    return noun or clause.last or phrases.before(clause.earlier)

"""What each figure is about, in the text's own words: the phrase before the number or the noun behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from watcher.extract.figures import phrases
from watcher.extract.figures.drafts import Draft
from watcher.model import FigureKind

_JOINT = re.compile(r"[ ]?(?:[、/]|和|及|与|或)?[ ]?")
# 给予最高50万元奖补: a bare noun of giving says less than the clause that names who is given to.
_ONLY_GIVING = re.compile(r"一?次?性?(?:的)?(?:奖补|奖励|补贴|补助|资助|支持|贴息|资金|优惠)+")
_TAKES_OBJECT = re.compile(
    r"(?:新增|给予|予以|投入|提供|安排|发放|推动|争取|设立|规模|形成|获得|筹集|下达)(?:了)?[ ]?$"
)
_ATTRIBUTE = re.compile(r"的[ ]?$")
_COMPARED = re.compile(r"[较比]")


def with_subjects(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with their subjects; a list (5个、3个、1个工作日) is named as one, item by item where 分别 says so."""
    named: list[Draft] = []
    for index in range(len(drafts)):
        if index < len(named):
            continue
        size = _run(text, drafts, index)
        clause = _clause(text, drafts, index, size, named[-1] if named else None)
        subjects = _aligned(clause, size) or (_subject(clause, drafts[index]),) * size
        named += [
            replace(draft, subject=subject)
            for draft, subject in zip(drafts[index : index + size], subjects, strict=True)
        ]
    return named


def _run(text: str, drafts: list[Draft], index: int) -> int:
    """How many figures of one kind stand side by side from `index` on."""
    size = 1
    while index + size < len(drafts):
        one, other = drafts[index + size - 1], drafts[index + size]
        if one.kind is not other.kind or not _JOINT.fullmatch(text, one.bound.end, other.bound.start):
            break
        size += 1
    return size


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around figures: `before` them from the last stop or figure, `after` them to the next, `earlier` the
    clause ahead.

    `taken` tells that `before` names the figure in front (580家【企业】230亿元); `last` is that figure's subject
    within the sentence.
    """

    before: str
    after: str
    earlier: str
    taken: bool
    last: str | None


def _clause(text: str, drafts: list[Draft], index: int, size: int, last: Draft | None) -> Clause:
    start, end = drafts[index].bound.start, drafts[index + size - 1].bound.end
    lower = last.bound.end if last is not None else 0
    before, opening = phrases.back_to_stop(text, lower, start)
    upper = drafts[index + size].bound.start if index + size < len(drafts) else len(text)
    same = last is not None and phrases.same_sentence(text, lower, start)
    earlier = ""
    if opening > lower or last is None:
        floor = max(lower if last is not None else 0, opening - 60)
        earlier = (
            phrases.back_to_stop(text, floor, opening - 1)[0] if opening > 0 and text[opening - 1] in "，,：:" else ""
        )
    taken = last is not None and opening == lower and bool(before) and before[0] not in "、和及"
    return Clause(before, phrases.on_to_stop(text, end, upper), earlier, taken, last.subject if same and last else None)


def _aligned(clause: Clause, size: int) -> tuple[str, ...] | None:
    if size == 1:
        return None
    return phrases.aligned(clause.before, size) or phrases.aligned(f"{clause.earlier}，{clause.before}", size)


def _subject(clause: Clause, draft: Draft) -> str | None:
    counted = draft.kind is FigureKind.COUNT
    lead = phrases.before(clause.before, counted=counted)
    noun = phrases.after(clause.after, clause.before)
    if draft.kind is FigureKind.RANK:
        return clause.last or lead or None
    if _ATTRIBUTE.search(clause.before) and len(lead) >= max(4, len(noun)) and counted:
        found = lead
    elif counted or (clause.taken and noun):
        found = noun or lead
    elif (
        noun
        and draft.kind is FigureKind.MONEY
        and _TAKES_OBJECT.search(clause.before)
        and not _ONLY_GIVING.fullmatch(noun)
    ):
        found = noun
    else:
        found = lead
    if not found or (found == lead and _COMPARED.match(found)):
        found = _elsewhere(clause, draft, noun) or found
    return found or None


def _elsewhere(clause: Clause, draft: Draft, noun: str) -> str:
    """The subject of a clause that names none itself: who is given to, the figure just before, or the words behind."""
    if (
        draft.kind is FigureKind.MONEY
        and (not noun or _ONLY_GIVING.fullmatch(noun))
        and clause.earlier.startswith("对")
    ):
        return phrases.before(clause.earlier)
    if draft.change is not None and clause.last:
        return clause.last
    if draft.kind in (FigureKind.PERCENT, FigureKind.RATIO, FigureKind.DURATION):
        noun = noun or phrases.behind(clause.after)
    return noun or clause.last or phrases.before(clause.earlier)

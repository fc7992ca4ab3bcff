"""What each figure is about, in the text's own words: the phrase before the number or the noun behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from watcher.extract.figures import phrases
from watcher.extract.figures.changes import Draft
from watcher.model import FigureKind

_JOINT = re.compile(r"[ ]?(?:[、/]|和|及|与|或)?[ ]?")
# 给予最高50万元奖补: a bare noun of giving says less than the clause that names who is given to.
_ONLY_GIVING = re.compile(r"一?次?性?(?:的)?(?:奖补|奖励|补贴|补助|资助|支持|贴息|资金|优惠)+")
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
        named += [replace(draft, subject=subject) for draft, subject in zip(drafts[index : index + size], subjects, strict=True)]
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
    """The words around figures: `before` them from the last stop or figure, `after` them to the next, `earlier` the clause ahead.

    `taken` tells that `before` names the figure in front (580家【企业】230亿元); `last` is that figure's subject within the sentence.
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
        earlier = phrases.back_to_stop(text, floor, opening - 1)[0] if opening > 0 and text[opening - 1] in "，,：:" else ""
    taken = last is not None and opening == lower and bool(before) and before[0] not in "、和及"
    return Clause(before, phrases.on_to_stop(text, end, upper), earlier, taken, last.subject if same and last else None)


def _aligned(clause: Clause, size: int) -> tuple[str, ...] | None:
    if size == 1:
        return None
    return phrases.aligned(clause.before, size) or phrases.aligned(f"{clause.earlier}，{clause.before}", size)


def _subject(clause: Clause, draft: Draft) -> str | None:
    lead = phrases.before(clause.before)
    noun = phrases.after(clause.after, clause.before)
    if draft.kind is FigureKind.RANK:
        return lead or clause.last
    if draft.kind is FigureKind.COUNT or clause.taken:
        found = noun or lead
    else:
        found = lead or noun
    if draft.kind is FigureKind.MONEY and not lead and _ONLY_GIVING.fullmatch(noun):
        found = _given_to(clause) or noun
    if not found or (found == lead and _COMPARED.match(found)):
        found = clause.last or phrases.before(clause.earlier) or found
    return found or None


def _given_to(clause: Clause) -> str:
    return phrases.before(clause.earlier) if clause.earlier.startswith("对") else ""

"""The words around a figure, cut at stops and at its neighbours: what its subject is looked for in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from watcher.extract.figures import phrases
from watcher.extract.figures.drafts import Draft
from watcher.rows import Cell

_HALF_STOPS = "，,：:；;"
_LABEL = re.compile(
    r"[★●◆>·\-—☆■（(）)0-9一二三四五六七八九十.、 ]{0,6}+"
    r"(?P<name>(?![对为按给])[^：:，。\n]{2,12}(?:奖|奖励|补助|补贴|贴息|资助|奖补))[：:]"
)
_CLAUSES = re.compile("[，,：:；;。]")
_EARLIER = 4  # clauses back in which a sentence may still say whom it is about


@dataclass(frozen=True, slots=True)
class Clause:
    """`before` holds the words from the last stop or figure, `after` those to the next, `earlier` the clauses ahead.

    `earlier` has the nearest first and stays in the sentence. `taken` tells that `before` names the figure in front
    (580家【企业】230亿元), `goes_on` that the figure continues a list (2小时内响应、5个工作日内办结). `last` is the
    subject of the figure in front, where it stands in the same sentence.
    """

    before: str
    after: str
    earlier: tuple[str, ...]
    near: int  # how many of them stand behind the last semicolon
    taken: bool
    goes_on: bool
    last: str | None
    titled: bool  # a colon stands right before the figure, as in 受益企业：326家
    label: str  # what its line is headed with: ★ 流动资金贷款贴息：对重点企业…
    quote: str  # the figure itself, with its bound: 最高补贴6000元
    whole: str  # the words from the last stop, figures and all: 每招用1名登记失业半年以上人员给予
    row: tuple[str, ...] = ()  # the clauses of the cell that names the figure's row in a table; `earlier` ends in them
    head: str = ""  # what stands over its column, behind them in `earlier`

    def ahead(self) -> str:
        """The nearest phrase of the clauses ahead."""
        phrase = next((phrase for words in self.earlier if (phrase := phrases.before(words))), "")
        return phrase.rstrip("0123456789.%")


def around(text: str, drafts: list[Draft], index: int, size: int, named: str | None, cell: Cell | None) -> Clause:
    """The clause of the `size` figures from `index` on.

    Args:
        text: each cell of a table on a line of its own.
        named: the subject of the figure before them.
        cell: the one that they stand in.
    """
    last = drafts[index - 1] if index else None
    start, end = drafts[index].bound.start, drafts[index + size - 1].bound.end
    lower = last.bound.end if last is not None else 0
    upper = drafts[index + size].bound.start if index + size < len(drafts) else len(text)
    before, opening = phrases.back_to_stop(text, lower, start)
    beginning = phrases.back_to_stop(text, max(0, opening - 60), opening)[1]
    taken = last is not None and opening == lower and before[:1] not in ("", "、", "和", "及", "且", "并")
    goes_on = taken and "、" in before
    if goes_on:  # 14个【标准间、】建筑面积800平方米: what comes next is measured anew
        before, taken = before[before.rindex("、") + 1 :], False
    same = last is not None and phrases.same_sentence(text, lower, start)
    subject = named if same else None
    alone = not before.strip() and text[max(0, beginning - 1) : beginning] == "\n"
    earlier = _line_above(text, beginning - 1) if alone and cell is None else _earlier(text, beginning)
    titled = not before.strip() and text[max(0, opening - 1) : opening] in (":", "：") and bool(earlier)
    after = phrases.on_to_stop(text, end, upper)
    whole = text[beginning if opening == lower else opening : start]
    titled = titled and not after.strip()
    quote = text[start : drafts[index].bound.end]
    near = _near(text, beginning, len(earlier))
    row, head = _of_row(text, cell, beginning)
    told = (*row, head) if head else row
    label, near = _label(text, start), near + len(told)
    return Clause(before, after, earlier + told, near, taken, goes_on, subject, titled, label, quote, whole, row, head)


def _of_row(text: str, cell: Cell | None, opening: int) -> tuple[tuple[str, ...], str]:
    """What names the row, by clauses, and the head of the column, for a figure whose sentence its cell opens with."""
    if cell is None or not phrases.same_sentence(text, cell.start, opening):
        return (), ""
    return tuple(_CLAUSES.split(cell.name)[:_EARLIER]) if cell.name else (), cell.head


def _earlier(text: str, opening: int) -> tuple[str, ...]:
    clauses: list[str] = []
    while len(clauses) < _EARLIER and opening > 0 and text[opening - 1] in _HALF_STOPS:
        words, opening = phrases.back_to_stop(text, max(0, opening - 61), opening - 1)
        clauses.append(words)
    return tuple(clauses)


def _near(text: str, opening: int, most: int) -> int:
    """How many clauses ahead of `opening` follow on each other without a semicolon."""
    count = 0
    while count < most and opening > 0 and text[opening - 1] not in "；;":
        opening = phrases.back_to_stop(text, max(0, opening - 61), opening - 1)[1]
        count += 1
    return count


def _label(text: str, place: int) -> str:
    """The name of a gift that heads the line, up to its colon."""
    start = text.rfind("\n", max(0, place - 200), place) + 1
    match = _LABEL.match(text, start, place) if start else None
    return match["name"] if match else ""


def _line_above(text: str, end: int) -> tuple[str, ...]:
    """The line above, where it is short as the label over a number of a poster is."""
    start = text.rfind("\n", max(0, end - 25), end) + 1
    return (text[start:end].strip("★>●·• "),) if start else ()

"""The words around a figure, cut at stops and at its neighbours: what its subject is looked for in."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.extract.figures import phrases
from watcher.extract.figures.drafts import Draft

_HALF_STOPS = "，,：:"


@dataclass(frozen=True, slots=True)
class Clause:
    """`before` holds the words from the last stop or figure, `after` those to the next, `earlier` the clause ahead.

    `taken` tells that `before` names the figure in front (580家【企业】230亿元); `last` is that figure's subject, where
    it stands in the same sentence.
    """

    before: str
    after: str
    earlier: str
    taken: bool
    last: str | None


def around(text: str, drafts: list[Draft], index: int, size: int, last: Draft | None) -> Clause:
    """The clause of the `size` figures from `index` on; `last` is the finished figure before them."""
    start, end = drafts[index].bound.start, drafts[index + size - 1].bound.end
    lower = last.bound.end if last is not None else 0
    upper = drafts[index + size].bound.start if index + size < len(drafts) else len(text)
    before, opening = phrases.back_to_stop(text, lower, start)
    earlier = ""
    if opening > lower and text[opening - 1] in _HALF_STOPS:
        earlier = phrases.back_to_stop(text, max(0, opening - 61), opening - 1)[0]
    taken = last is not None and opening == lower and before[:1] not in ("", "、", "和", "及")
    same = last is not None and phrases.same_sentence(text, lower, start)
    subject = last.subject if last is not None and same else None
    return Clause(before, phrases.on_to_stop(text, end, upper), earlier, taken, subject)

"""One text and its zones: what every rule about a number may ask."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.zones import Zones

_STOPS = "\n。；;:：,，"


@dataclass(frozen=True, slots=True)
class Context:
    text: str
    zones: Zones

    def before(self, amount: Amount, count: int = 1) -> str:
        return self.text[max(0, amount.start - count) : amount.start]

    def after(self, amount: Amount, count: int = 1) -> str:
        return self.text[amount.end : amount.end + count]

    def number(self, amount: Amount) -> str:
        return self.text[amount.start : amount.number_end]

    def opens_item(self, amount: Amount) -> bool:
        """Whether the number opens an item of a list: 一、 (一) 1. where a line, a sentence or a clause begins."""
        if amount.unit is not None:
            return False
        before, following = self.before(amount, 2), self.after(amount)
        if before[-1:] in ("(", "（"):
            return following in (")", "）")
        begins = not before or before[-1] in _STOPS or before in ("\n ", "\n\u3000")
        # A clause may begin with a share that is counted (，3、5个工作日); Chinese numerals there are always items.
        return (
            begins and following in ("、", ".", "．", ")", "）") and (amount.chinese or before[-1:] not in (",", "，"))
        )

    def stands_alone(self, amount: Amount) -> bool:
        """Whether the number joins no range or list: it opens an item or is an ordinal."""
        return self.opens_item(amount) or self.before(amount) == "第"

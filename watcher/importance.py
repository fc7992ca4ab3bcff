"""The order of a digest: by region and type, the most important first. Pure.

Of two items the first is: a deadline that comes near, then what is new, changed, gone; a document before news of it;
more money before less; more figures before fewer. A group stands where its first item would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

Event = Mapping[str, Any]
Group = tuple[str, str]  # a region's name and a type; ("", "") for what is of no announcement

KINDS: Final = (
    "deadline", "new", "changed", "withdrawn", "restored", "wording", "repost",
    "delivery_trouble", "delivery_recovered", "source_trouble", "source_recovered",
)  # fmt: skip
TYPES: Final = ("measures_document", "measures_news", "progress_report")


def grouped(items: Sequence[Event]) -> list[Event]:
    """The items of a digest in their order."""
    groups: dict[Group, list[Event]] = defaultdict(list)
    for item in sorted(items, key=_rank):  # stable: of equals, what was found first
        groups[group_of(item)].append(item)
    return [item for members in groups.values() for item in members]


def group_of(item: Event) -> Group:
    region = item.get("region")
    name = region.get("name") if isinstance(region, Mapping) else None
    return (str(name or ""), str(item.get("type") or ""))


def _rank(item: Event) -> tuple[int, int, float, int]:
    figures = [one for one in item.get("figures") or () if isinstance(one, Mapping)]
    money = [float(one.get("high") or 0) for one in figures if one.get("kind") == "money" and one.get("unit") == "CNY"]
    return _place(KINDS, item.get("kind")), _place(TYPES, item.get("type")), -max(money, default=0), -len(figures)


def _place(order: Sequence[str], name: object) -> int:
    return order.index(name) if isinstance(name, str) and name in order else len(order)

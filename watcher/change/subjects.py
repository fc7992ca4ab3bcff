"""Whether two items may be one and the same, by what they are said to be about. Pure.

Words around a number are alike in a list of grants (对国家级…奖励100万元，对省级…奖励50万元): only its subject tells
whose it is.
"""

from __future__ import annotations

import re
from typing import Final

from watcher.change.likeness import common_head, likeness, pieces

# Characters of a name that is another's; of fewer it may be the same in other words (奖补, 奖励).
SHORTEST_NAME: Final = 2
# Of each line one excludes the others: levels of government, of procedure, of grade, of size, and stages of a permit.
_EXCLUSIVE: Final = tuple(
    re.compile(words)
    for words in (
        "国际|国家级|省级|自治区级|市级|县级|区级|镇级",
        "报告书|报告表|登记表",
        "[A-D](?=级)|[甲乙丙丁一二三四五](?=[级等类])|[特一二三](?=等)",
        "[大中小微](?=型)|小(?=微)|规(?=上|模以上)",
        "首次|延续|变更|注销|补办",
        "第[一二三四五六七八九十1-9]",
    )
)


def may_be_one(one: str | None, other: str | None, least: float) -> bool:
    """Whether items of these subjects may be one, whose words were changed.

    They are not where the subjects are of kinds that exclude each other, however alike the rest is.

    Args:
        least: how alike subjects must be, from 0 to 1, of which neither is short for the other.
    """
    if not one or not other or one == other:
        return True
    if any(_exclude(words, one, other) for words in _EXCLUSIVE) or _are_of_others(one, other):
        return False
    return _is_short_for(one, other) or _is_short_for(other, one) or likeness(pieces(one), pieces(other)) >= least


def _exclude(words: re.Pattern[str], one: str, other: str) -> bool:
    here, there = set(words.findall(one)), set(words.findall(other))
    return bool(here) and bool(there) and here.isdisjoint(there)


def _are_of_others(one: str, other: str) -> bool:
    """实施超低排放改造的企业 and 实施清洁生产改造的企业: one name stands where the other has another."""
    head = common_head(one, other)
    tail = min(common_head(one[::-1], other[::-1]), min(len(one), len(other)) - head)
    names = [words[head : len(words) - tail] for words in (one, other)]
    return min(map(len, names)) >= SHORTEST_NAME and set(names[0]).isdisjoint(names[1])


def _is_short_for(one: str, other: str) -> bool:
    """小微企业 for 小型微型企业."""
    rest = iter(other)
    return all(character in rest for character in one)

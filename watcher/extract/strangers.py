"""Cities, counties and districts that the tables of divisions lack, told by the bodies that bear their names.

南湖市商务局 is the bureau of 南湖市 whatever other city the text names; read as 市商务局 it would be that other city's.
A bare level stands behind a verb or a function word (依托市能源局, 由市财政局), a name behind a stop or a function word
and is said again, or at the head of a line. Refuses what may be either.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from watcher import data

LEVELS = "市县区"
_SIZES = (3, 2)  # characters of a name before its level
# What a name may follow in running text; behind anything else it may be the end of another word.
_OPENS = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[在从由和与及对向据经到为被的了是同省州]|近日|日前|近期|目前|来自|走进|记者)$"
)
# At the head of a line, a title or a quotation, and behind the words with which news begin, one mention is enough.
_HEADS = re.compile(r"(?:^|[\n【《“ ]|(?:近日|日前|近期|[昨今]日|[0-9]日|了解到|获悉|消息)[，,：:]?|记者从|来自)$")
# Characters that no name of a place holds, and words that end in front of a bare level.
_NO_NAME = re.compile(
    r"[根依按遵参对]据?照|[根依]据|会同|联合|配合|近日|[日目]前|近期|[昨今]日|[上下]午|经过|通过|同时|其中|此前|随后|邀请|"
    r"落实|贯彻|执行|转发|主送|抄[送报]|来源|作者|有关|相关|所有|各级|部分|多个|两级|三级|全体|"
    r"[全各我本该省州县区委由经受报与和及向从在到为被据将于同把让给使是的了等其每某跨并也还即则且或者者们这那您你他她它哪什么0-9、]"
)
# 高新区, 园区, 城区: kinds of area, not names.
_KINDS = re.compile(
    r"[治园新发高验范税作城主辖小街景片校库社矿林牧灾特功示经开港保产能集聚心贸业]$|高新|经开|开发|试验|保税|合作|度假"
)


class Reading(Enum):
    """What stands before a level that begins a body's name."""

    BARE = "the level alone: 由市财政局"
    NAMED = "a name that the tables lack: 南湖市"
    UNSURE = "a name or a word: not read"


class Stranger(NamedTuple):
    reading: Reading
    name: str = ""  # without its level


def before_level(text: str, start: int, named: Collection[str] = ()) -> Stranger:
    """What stands before the level at `start`, where no known place does; `named` are strangers met elsewhere."""
    level = text[start]
    candidates = [name for size in _SIZES if (name := _candidate(text, start, size))] if level in LEVELS else []
    for name in candidates:
        at = start - len(name)
        if _HEADS.search(text, max(0, at - 6), at) or name + level in named or text.count(name + level) > 1:
            return Stranger(Reading.NAMED, name)
    return Stranger(Reading.UNSURE if candidates else Reading.BARE)


def _candidate(text: str, start: int, size: int) -> str:
    """The `size` characters before the level where they may be a name."""
    name = text[max(0, start - size) : start]
    if len(name) < size or not all("\u4e00" <= character <= "\u9fff" for character in name):
        return ""
    opens = _OPENS.search(text, max(0, start - size - 2), start - size) is not None
    if not opens or _NO_NAME.search(name) or _endings(name):
        return ""
    return "" if text[start] == "区" and _KINDS.search(name) else name


def _endings(name: str) -> list[str]:
    """The ends of `name` that are words which a bare level follows: 依托市能源局."""
    return [name[place:] for place in range(len(name) - 1) if name[place:] in _words()]


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(
        word for row in data.rows("place_words.tsv") if row[0] == "before-level" for word in row[1].split()
    )

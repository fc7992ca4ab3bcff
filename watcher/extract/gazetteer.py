"""Where a text names a division of China: one pass, longest name first, chains joined (山东省潍坊市 is one mention).

Refuses to guess: a short form that is also a common word (大同, 朝阳) is marked weak, and a county's short form always;
callers take weak mentions only with support. Homonyms (鼓楼区) keep all their codes until `resolve` knows the context.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import add
from typing import NamedTuple

from watcher import data
from watcher.data import divisions
from watcher.data.divisions import Divisions

# One-character abbreviations, and the first two digits of their codes in the same order.
_LETTERS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘青宁新"
_LETTER_CODES = "11121314152122233132333435363741424344454650515152525353546162636465"
_NUMBER_PREFIX = re.compile(rf"([{_LETTERS}])[一-龥]{{1,8}}[〔\[(（]\d{{4}}")


# What is a word by what follows, even at the head of a title.
_IDIOM = re.compile(
    r"长治久安|大同[小社世]|朝阳[产行]业|日照[时充]|江山如画|中山[大陵路]|安康[成家]|开封[条存]|来宾[们登]"
)


_ZONE_KIND = re.compile(r"高新区|高新技术(?:产业)?开发区|高新技术产业园区|经开区|经济(?:技术)?开发区")


# Behind a county's short form, what makes it the name of another place: 南湖 is a district, 南湖市 none that is known.
_OTHER_KIND = re.compile(r"市(?![场容区级]|监[局管]|民(?!政)|政(?!府))|县(?![级域区])")


class Place(NamedTuple):
    """A mention `text[start:end]` and the divisions it may mean; `weak` where it may be an ordinary word."""

    start: int
    end: int
    codes: tuple[str, ...]
    weak: bool = False
    short: bool = False  # the last name of the chain is a short form
    zone: bool = False


class _Name(NamedTuple):
    text: str
    codes: tuple[str, ...]
    weak: bool
    short: bool
    zone: bool


@lru_cache(maxsize=16)  # issuer and region look at the same title and windows
def find_places(text: str) -> tuple[Place, ...]:
    """Every mention in `text`, in order, chains joined. Linear in the length of `text`."""
    index = _index()
    places: list[Place] = []
    free = 0  # where the last name ends
    for position, pair in enumerate(map(add, text, text[1:])):
        if pair not in index or position < free:
            continue
        name = _name_at(text, position, index[pair], places)
        if name is not None:
            free = position + len(name.text)
            places.append(_joined(places, Place(position, free, name.codes, name.weak, name.short, name.zone)))
    return tuple(places)


def resolve(codes: tuple[str, ...], context: Counter[str]) -> str | None:
    """The one of `codes` that the context speaks for (codes of divisions named around, with weights).

    Without context a name borne by one living division is it; a homonym stays None.
    """
    table = divisions.load()
    if len(codes) == 1:
        return codes[0]
    scores = {code: _support(code, context) for code in codes}
    best = max(scores.values())
    winners = [code for code in codes if scores[code] == best]
    living = [code for code in winners if not table.by_code[code].ended]
    if best > 0 or len(living) == 1:
        return (living or winners)[0]
    # 吉林 and 海南 are a province and a city: the province is meant where nothing speaks for the city.
    return next((code for code in winners if code.endswith("0000")), None)


def context_of(places: Iterable[Place]) -> Counter[str]:
    """How often each unmistakable division is named; the ground for `resolve`."""
    named: Counter[str] = Counter()
    for place in places:
        if len(place.codes) == 1 and not place.weak:
            named[place.codes[0]] += 1
    return named


def province_of_numbers(text: str) -> str | None:
    """The province that the first document number of `text` abbreviates: 鲁环发〔2022〕1号 -> 370000."""
    match = _NUMBER_PREFIX.search(text)
    at = 2 * _LETTERS.index(match[1]) if match else 0
    return f"{_LETTER_CODES[at : at + 2]}0000" if match else None


def places_of_host(host: str) -> Counter[str]:
    """What the labels of a host name say: sthj.weifang.gov.cn -> 370700. Labels of two places count for both."""
    table = divisions.load()
    named: Counter[str] = Counter()
    for label in re.findall(r"[a-z]+", host.lower()):
        for code in table.by_host.get(label, ()):
            named[code] += 1
    return named


def _support(code: str, context: Counter[str]) -> int:
    """How much of the context lies in `code`'s province and prefecture, the nearer the more."""
    total = 0
    for other, weight in context.items():
        if other[:4] == code[:4] and not other.endswith("0000"):
            total += 3 * weight
        elif other[:2] == code[:2]:
            total += weight
    return total


def _name_at(text: str, position: int, names: tuple[_Name, ...], places: list[Place]) -> _Name | None:
    """The longest acceptable name at `position`; a name that needs its parent must follow it directly."""
    for name in names:
        if not text.startswith(name.text, position) or _cuts_a_word(text, position, name):
            continue
        if name.weak and _IDIOM.match(text, position):
            continue
        child = _child_of_last(name, places, position)
        if name.text in _words("needs-parent") and not child:
            continue
        if name.short and child and places[-1].codes[0].endswith("0000") and name.weak:
            return name  # 江西新建: the county of a province by its short form alone stays weak
        if child:
            return name._replace(codes=child, weak=False)
        return name._replace(weak=name.weak and not _names_zone(text, position, name))
    return None


def _names_zone(text: str, position: int, name: _Name) -> bool:
    """Whether a development zone bears the name of a prefecture: no common word stands before 高新区.

    A county's short form stays weak: 城东经济开发区 is in many towns.
    """
    table = divisions.load()
    named = _ZONE_KIND.match(text, position + len(name.text)) is not None
    return named and all(table.by_code[code].level < 3 for code in name.codes)


def _cuts_a_word(text: str, position: int, name: _Name) -> bool:
    """济南市中区 is 济南 + 市中区, not 济南市 + 中区; 潍坊市场监管局 is 潍坊 + 市场监管局."""
    end = position + len(name.text)
    if name.short and _OTHER_KIND.match(text, end) and _is_county(name):
        return True
    if name.text.endswith("市") and text.startswith("市场", end - 1):
        return True
    if not name.text.endswith("市") or not text.startswith("市中区", end - 1):
        return False
    table = divisions.load()
    return any(table.contains(name.codes[0], code) for code in table.by_name["市中区"])


def _is_county(name: _Name) -> bool:
    table = divisions.load()
    return all(table.by_code[code].level == 3 for code in name.codes)


def _child_of_last(name: _Name | Place, places: list[Place], position: int) -> tuple[str, ...]:
    """Those codes of `name` that lie in the mention which ends right before `position`; a zone may fill it."""
    if not places or places[-1].end != position:
        return ()
    table = divisions.load()
    return tuple(
        code
        for code in name.codes
        if any((outer != code or name.zone) and table.contains(outer, code) for outer in places[-1].codes)
    )


def _joined(places: list[Place], place: Place) -> Place:
    """`place`, lengthened by the mention before it where that one holds it; that one is then dropped."""
    if places and places[-1].end == place.start and _child_of_last(place, places, place.start):
        return place._replace(start=places.pop().start)
    return place


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[_Name, ...]]:
    """Names by their first two characters, longest first."""
    table = divisions.load()
    buckets: dict[str, list[_Name]] = {}
    for name in _names(table):
        buckets.setdefault(name.text[:2], []).append(name)
    return {key: tuple(sorted(names, key=lambda each: -len(each.text))) for key, names in buckets.items()}


@lru_cache(maxsize=3)
def _words(kind: str) -> frozenset[str]:
    """The names of one kind in the table of words."""
    return frozenset(word for row in data.rows("place_words.tsv") if row[0] == kind for word in row[1].split())


def _names(table: Divisions) -> list[_Name]:
    names = [_Name(text, codes, weak=False, short=False, zone=False) for text, codes in table.by_name.items()]
    names += [
        _Name(text, (code,), weak=False, short=False, zone=True)
        for text, code in table.zones.items()
        if text not in table.by_name
    ]
    never, words = _words("never"), _words("word")
    for text, codes in table.by_short.items():
        if text in never:
            codes = tuple(code for code in codes if table.by_code[code].level < 3)
        if not codes:
            continue
        high = tuple(code for code in codes if table.by_code[code].level < 3)
        if any(not table.by_code[code].ended for code in high):  # else 莱芜 is a district today and was a city
            codes = high
        names.append(_Name(text, codes, weak=not high or text in words, short=True, zone=False))
    return names

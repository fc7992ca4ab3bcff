"""Which places a text tells of as those that set something out: 绵阳市出台…, 绵阳市生态环境局印发…, 绵阳市：…

Within a city the districts are told of by their short forms, and by the branches of a bureau that sit there: 游仙分局,
游仙生态环境分局, 在游仙，…. These are ordinary words in other cities, so the city has to be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from watcher.data import divisions
from watcher.extract.gazetteer import Place, context_of, find_places, resolve
from watcher.extract.organs import STEM, find_bodies

ACTS: Final = re.compile(
    r"[^。；;!！?？\n]{0,14}?(?:出台|印发|制定|推出|发布|下发|公布|召开|举行|实施|聚焦|围绕|坚持|立足|创新|深入|积极|持续|着力|获悉|"
    r"扎实|紧紧)"
)
# A body that is told, joined, obeyed, quoted or visited, not the one that acts.
SIDE: Final = re.compile(
    r"(?:会同|联合|配合|协同|报|经|向|由|受|与|和|对接|根据|按照|依据|依照|贯彻|落实|抄送|主送|转发|国家和|邀请|来自|走进|来到|位于|在)$"
)
# A place as the one that acts, which its government does: 近日，绵阳市出台…
CLAUSE_BEGINS: Final = re.compile(r"(?:^|[，。：:；;、\s“]|近日|日前|近期|获悉|了解到|今年|日)$")
_ISSUES = r"出台|印发|制定|推出|发布|下发|公布|实施|启动|开展|决定"
_SETS_OUT = r"贯彻|落实|聚焦|围绕|立足|坚持|着力|针对|打造|推行|深化|优化|以(?=[^，。]{2,16}为)"
PLACE_ACTS: Final = re.compile(
    r"(?:近日|日前|近期|今年|正式|联合|创新|率先|全面|积极|持续|密集|重磅|先后|专门|[将又再已还，,])*"
    rf"(?:研究)?(?={_SETS_OUT}|{_ISSUES})(?:(?:{_SETS_OUT})(?:[^。；;《》\n]{{0,30}}?，)?)?(?P<issues>{_ISSUES})?"
)
# In a collection each part may be headed by its place alone.
_BEFORE_HEADING: Final = re.compile(r"(?:^|\n)[\s（(【●■]*(?:[一二三四五六七八九十0-9]{1,3}[、.．）)])?\s*$")
_BEHIND_HEADING: Final = re.compile(r"[】\s]*(?:[：:]|\n|$)")
# A branch has less to issue, and more to do.
_WORKS: Final = re.compile(
    rf"{ACTS.pattern}|[^。；;!！?？\n]{{0,14}}?(?:成立|组建|组织|建立|开展|推行|实行|设立|开辟|打造|选派|优化|压缩|搭建|派出|走访)"
)
_AT: Final = re.compile(r"(?:^|[。；;\s])在$")
_BEFORE: Final = 16  # characters that are looked at before a name


def acting_places(text: str) -> Iterator[tuple[str, str]]:
    """The code and the written name of each, in the order of the text, bodies first; a homonym is left out."""
    places = find_places(text)
    context = context_of(places)
    for place in (*_with_a_body(text), *(place for place in places if _acts(text, place))):
        code = None if place.weak else resolve(place.codes, context)
        if code is not None:
            yield code, text[place.start : place.end]


def acting_branches(text: str, region: str) -> Iterator[tuple[str, str]]:
    """As `acting_places`, the districts and counties of the city that `region` is or lies in."""
    counties, pattern = _counties(region[:4])
    if pattern is None:
        return
    starts = {place.end: place.start for place in find_places(text)}
    starts |= {body.end: body.start for body in find_bodies(text)}
    for match in pattern.finditer(text):
        start = min(starts.get(end, end) for end in (match.start(), match.end("name"), match.end()))
        if _branch_acts(text, start, match):
            yield counties[match["name"]], match[0]


def _branch_acts(text: str, start: int, match: re.Match[str]) -> bool:
    before = _before(text, start)
    if _BEFORE_HEADING.search(before) and _BEHIND_HEADING.match(text, match.end()):
        return True
    if match["branch"]:
        told = CLAUSE_BEGINS.search(before) and not SIDE.search(before)
    else:
        told = _AT.search(before) and text.startswith(("，", ","), match.end())
    return bool(told) and _WORKS.match(text, match.end()) is not None


@lru_cache(maxsize=64)
def _counties(city: str) -> tuple[dict[str, str], re.Pattern[str] | None]:
    """The counties of a city (the first four digits of their codes) by name and short form, and where one stands."""
    within = (row for row in divisions.load().by_code.values() if row.code[:4] == city and row.level == 3)
    named = {name: row.code for row in within if not row.ended for name in (row.name, *row.shorts)}
    names = "|".join(sorted(named, key=len, reverse=True))
    return named, re.compile(rf"(?P<name>{names})(?P<branch>(?:{STEM})?分局)?") if named else None


def _with_a_body(text: str) -> Iterator[Place]:
    for body in find_bodies(text):
        if body.place and ACTS.match(text, body.end) and not SIDE.search(_before(text, body.start)):
            yield body.place


def _acts(text: str, place: Place) -> bool:
    before = _before(text, place.start)
    if _BEFORE_HEADING.search(before) and _BEHIND_HEADING.match(text, place.end):
        return True
    acts = PLACE_ACTS.match(text, place.end) if CLAUSE_BEGINS.search(before) else None
    return acts is not None and acts["issues"] is not None


def _before(text: str, start: int) -> str:
    return text[max(0, start - _BEFORE) : start]

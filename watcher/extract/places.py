"""The division that a document is about: its issuer's own, else the title's, else what site and text speak for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from watcher.data import divisions
from watcher.extract.gazetteer import Place, find_places, province_of_numbers, resolve
from watcher.extract.issuer import find_issuer, read_windows
from watcher.extract.naming import Home, home_of
from watcher.extract.organs import find_bodies, is_national
from watcher.model import Region

__all__ = ["find_issuer", "find_region"]

_WINDOW, _LONGEST = 3000, 300
_ZONE = re.compile(r"(?:开发区|高新区|经开区|新区|园区|示范区|保税区|管理委员会)")
_BRACKETED = re.compile(r"(?:开发区|高新区|经开区|新区|管理委员会|管委会)[（(]([一-龥]{2,9}?)(?:人民政府)?[）)]")


def find_region(
    issuer: str | None, title: str | None, text: str, *, site: str | None, published: date | None = None
) -> Region | None:
    """The region with its code, as it was when the page was published; None for a national body and without a place."""
    if issuer and is_national(issuer):
        return None
    issuer, title, site = ((part or "")[:_LONGEST] for part in (issuer, title, site))
    home = home_of(title, read_windows(text), publisher=issuer, site=site)
    if _is_of_stranger(issuer, home):
        return _province_before(issuer, f"{title}\n{text[:_WINDOW]}")
    code = (
        _of_issuer(issuer, home.weights)
        or _leading(title, home.weights)
        or _smallest(find_places(site), home.weights)
        or _smallest([place for place in find_places(title) if not place.weak], home.weights)
        or _heaviest(home.weights)
        or province_of_numbers(text[:_WINDOW])
    )
    if code and _ZONE.search(issuer):
        code = _bracketed(f"{title}\n{text[:_WINDOW]}", code) or _inside(_leading(title, home.weights), code) or code
    table = divisions.load()
    return table.region(table.on(code, published) if published else code) if code else None


def _is_of_stranger(issuer: str, home: Home) -> bool:
    """Whether the issuer is of a place without a code: no other place of the text is its region."""
    bodies = find_bodies(issuer)
    return bool(bodies and bodies[0].unknown) or any(name in issuer for name in home.named)


def _province_before(issuer: str, text: str) -> Region | None:
    """The province that the text writes before the name of the issuer's place: 浙江省南湖市."""
    bodies = find_bodies(issuer)
    name = bodies[0].unknown if bodies else ""
    at = text.find(name) if name else -1
    outer = next((place for place in find_places(text[: max(at, 0)]) if place.end == at), None)
    return divisions.load().region(outer.codes[0]) if outer and len(outer.codes) == 1 else None


def _of_issuer(issuer: str, context: Counter[str]) -> str | None:
    """The smallest division in the issuer's name: 潍坊市生态环境局奎文分局 lies in 奎文区."""
    bodies = find_bodies(issuer)
    named = (bodies[0].branch or bodies[0].place) if bodies else None
    return _smallest((named,) if named else find_places(issuer)[:1], context)


def _bracketed(text: str, outer: str) -> str | None:
    """The county that a zone shares its offices with, as documents write it: 江门高新区（江海区）."""
    table = divisions.load()
    for match in _BRACKETED.finditer(text):
        for code in (code for place in find_places(match[1]) for code in place.codes):
            if code != outer and table.contains(outer, code):
                return code
    return None


def _inside(code: str | None, outer: str) -> str | None:
    """The division that a zone's news is headed by, where it lies in the city that the zone is named after."""
    return code if code and divisions.load().contains(outer, code) else None


def _leading(title: str, context: Counter[str]) -> str | None:
    """The place that a title begins with, after a column's label: 【亮点】昆山:…, 江西多项…."""
    start = title.find("】") + 1
    return _smallest([place for place in find_places(title)[:2] if place.start == start], context)


def _smallest(places: Sequence[Place], context: Counter[str]) -> str | None:
    for place in places:
        code = resolve(place.codes, context)
        if code is not None:
            return code
    return None


def _heaviest(weights: Counter[str]) -> str | None:
    """The smallest division that holds most of the weight: a city named six times beats its province's sum."""
    table = divisions.load()
    best = max(weights, key=lambda code: weights[code], default=None)
    while best is not None:
        inner = [code for code in weights if code != best and table.contains(best, code)]
        child = max(inner, key=lambda code: weights[code], default=None)
        if child is None or weights[child] * 2 <= weights[best]:
            return best
        best = child
    return None

"""What the title of a document says: who issued it, of which place it is, and the core by which others know it.

One document is called by many forms of its title: with its body or without, inside the 通知 that passes it on, 二十条
or 20条, with (试行) or without. The core is what they share. A draft (征求意见稿) is a document of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from watcher.data import divisions
from watcher.extract.gazetteer import Place, find_places, resolve
from watcher.extract.headline import own_title
from watcher.extract.lines import KIND, NUMERAL, read_numeral, squash
from watcher.extract.naming import Home, full_name
from watcher.extract.organs import Body, find_bodies
from watcher.followups.drafts import is_draft, without_mark

LONGEST: Final = 200
MOST_BODIES: Final = 6
# Places that a homonym may mean (鼓楼区): a title is looked up under each.
MOST_PLACES: Final = 4

_COUNT: Final = re.compile(rf"(?<![第\d])({NUMERAL})(?=\s?[条项](?![目链]))")
_BETWEEN_BODIES: Final = re.compile(r"\s*[、,，和及]?\s*")
_AND_OTHERS: Final = re.compile(r"等[0-9一二三四五六七八九十]*(?:个?部门|家?单位)?")
_LEAD: Final = re.compile(r"(?:办公室|印发|发布|关于|的通知|[的:：])+")
_EDITION: Final = re.compile(r"[(（]([^()（）]{1,20})[)）]\s*$")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?=年|[—\-~～至]|$)")
_KINDS: Final = re.compile(KIND)
# What a body lays down for firms is called by any of these words, from year to year by another.
MEASURES: Final = "措施"
_CALLED_SO: Final = frozenset((MEASURES, "举措", "意见", "政策", "通知", "若干条"))


@dataclass(frozen=True, slots=True)
class Title:
    """`places` are codes of the divisions that the title may begin with; () where it names none.

    `body` is the issuer's full name; `kind` the last word, 措施 for all that are called measures.
    """

    core: str
    body: str | None = None
    places: tuple[str, ...] = ()
    year: int | None = None
    count: int | None = None
    kind: str = ""


@lru_cache(maxsize=512)
def parse_title(written: str, region: str | None = None) -> Title:
    """`region`: the code of the place whose page names the document, for 市生态环境局 and homonyms."""
    whole = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))[:LONGEST].strip("《》〈〉")
    title = own_title(whole).strip("《》〈〉")
    home = home_at(region)
    rest, body, places = _without_issuer(title, home)
    if title != whole and not places and "转发" not in whole:  # who issues it stands before 关于印发
        _, body, places = _without_issuer(whole, home)
    draft = "征求意见稿" if is_draft(title) else ""
    edition = _EDITION.search(rest)
    stem = rest[: edition.start()] if edition else rest
    counts = [number for match in _COUNT.finditer(stem) if (number := read_numeral(match[1]))]
    year = _YEAR.search(rest) or (edition and _YEAR.search(edition[1]))
    return Title(
        core=squash(_COUNT.sub(lambda match: str(read_numeral(match[1]) or match[1]), stem)) + draft,
        body=body,
        places=places,
        year=int(year[1]) if year else None,
        count=counts[-1] if counts else None,
        kind=_kind(stem),
    )


def home_at(region: str | None) -> Home:
    """A place, as the ground for the names of its bodies."""
    return Home(Counter({one.code: 1 for one in divisions.load().parents(region)} if region else {}))


def title_key(written: str) -> str:
    """A title to the letter, without marks: what is called so is this document. That it is a draft is left out."""
    return re.sub(r"[\W_]", "", without_mark(own_title(unicodedata.normalize("NFKC", written))))


def lineage(region: str | None) -> tuple[str, ...]:
    """A place and what it lies in, then the country (""): where a document may be from that a page there names."""
    return (*(one.code for one in reversed(divisions.load().parents(region))), "") if region else ("",)


def _without_issuer(title: str, home: Home) -> tuple[str, str | None, tuple[str, ...]]:
    """What is left of a title without the bodies (or the place) that it begins with."""
    bodies = find_bodies(title)[:MOST_BODIES]
    end = 0
    for body in bodies:
        if not _BETWEEN_BODIES.fullmatch(title, end, body.start):
            break
        end = body.end
    if end:
        behind = _AND_OTHERS.match(title, end)
        return _led(title[behind.end() if behind else end :]), full_name(title, bodies[0], home), _seat(bodies[0], home)
    place = next((one for one in find_places(title) if one.start == 0 and not one.weak), None)
    if place is None:
        return _led(title), None, ()
    return _led(title[place.end :]), None, _codes(place, home)


def _led(rest: str) -> str:
    lead = _LEAD.match(rest)
    return rest[lead.end() :] if lead else rest


def _seat(body: Body, home: Home) -> tuple[str, ...]:
    """Where a body sits; ("",) for one of the whole country."""
    if body.place is not None:
        return _codes(body.place, home)
    code = home.of_level(body.level) if body.level else None
    return (code or "",)


def _codes(place: Place, home: Home) -> tuple[str, ...]:
    code = resolve(place.codes, home.weights)
    return (code,) if code else place.codes[:MOST_PLACES]


def _kind(stem: str) -> str:
    kinds = _KINDS.findall(stem)
    last = kinds[-1] if kinds else ""
    return MEASURES if last in _CALLED_SO or last.endswith("条") else last

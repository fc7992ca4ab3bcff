"""What an announcement is called, which documents it reports on and cites, and which document a citation means.

A document is looked up by keys: its 文号, and the core of its title with the place that it is of. A key that fits is
not enough: the body and the year that a citation states must be the document's; where nothing tells two bodies'
documents apart, none is taken. A wrong link is worse than a missing one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Protocol

from watcher.followups.drafts import draft_of, is_draft
from watcher.followups.titles import LONGEST, Title, lineage, parse_title, title_key
from watcher.model import AnnouncementType, CitedDocument, Extraction
from watcher.read.document_numbers import DOCUMENT_NUMBER, letters_at
from watcher.records.names import Name, Named, Role


class Called(Protocol):
    """What an extraction and a stored row say of an announcement alike."""

    @property
    def title(self) -> str | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...


# Documents that one page names, and characters in which their numbers are looked for.
MOST_CITED: Final = 60
MOST_CHARACTERS: Final = 100_000
# A shorter core is a short name of whatever was named before it (《若干措施》).
SHORTEST_CORE: Final = 5
# A page may show a document this long after the report on it.
LATE: Final = timedelta(days=60)
# News, explanations and press conferences are about a document of these days; next year's may have its title.
RECENT: Final = timedelta(days=300)

_EXPLAINS: Final = re.compile(r"说明|解读|读懂|问答")


def names_of(found: Extraction) -> tuple[Name, ...]:
    """What an announcement is its own by, then what it reports on, then what it cites, in the order of its text."""
    region = found.region.code if found.region else None
    cited = _cited(found.cited_documents[:MOST_CITED], found.text[:MOST_CHARACTERS], region)
    names: list[Name] = []
    told: set[str] = set()
    for name in (*_announced(found, region), *cited):
        again = told.issuperset(name.keys) if name.role is Role.OWN else not told.isdisjoint(name.keys)
        if name.keys and not again:
            told.update(name.keys)
            names.append(name)
    return tuple(names)


def named(announcement: int, found: Called, own: Iterable[Name]) -> Named:
    """An announcement as citations are held against it; `own` is what it is its own by.

    It may be said to be of the year in its title, in its 文号, of its day.
    """
    mine = tuple(own)
    keys = frozenset(key for name in mine for key in name.keys)
    years = {name.year for name in mine} | {found.published and found.published.year}
    years |= {int(key.partition("#")[0][-4:]) for key in keys if is_number(key)}
    return Named(
        id=announcement,
        title=found.title,
        issuer=found.issuer,
        published=found.published,
        keys=keys,
        years=frozenset(year for year in years if year),
        titles=frozenset((title_key(name.written), is_draft(name.written)) for name in mine),
        itself=any(name.role is Role.OWN for name in mine),
    )


def is_document(found: Extraction) -> bool:
    """Whether the page is the document itself, not a page about it.

    So is a draft, which mostly is a near miss; and any other near miss that explains nothing.
    """
    if found.verdict.type is AnnouncementType.MEASURES_DOCUMENT:
        return True
    own = found.verdict.type is AnnouncementType.OTHER or is_draft(found.title)
    return own and not _EXPLAINS.search(found.title or "")


def chosen(name: Name, candidates: Iterable[Named], citing: Named) -> Named | None:
    """The document among `candidates` that `citing` means by `name`; None where none is, or several may be."""
    fits = [one for one in candidates if one.id != citing.id and _fits(name, one, citing.published)]
    if name.body is None and len({one.issuer for one in fits}) > 1:
        fits = [one for one in fits if one.issuer == citing.issuer]
    return max(fits, key=lambda one: (one.published or date.min, -one.id), default=None)


def number_key(number: str) -> str | None:
    """鲁环发〔2023〕5号 -> 鲁环发2023#5, however its brackets are set."""
    match = DOCUMENT_NUMBER.search(unicodedata.normalize("NFKC", number))
    return _key_of(match) if match else None


def title_keys(title: Title, places: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{title.core}@{place}" for place in places) if len(title.core) >= SHORTEST_CORE else ()


def _fits(name: Name, one: Named, cited_on: date | None) -> bool:
    if one.keys.isdisjoint(name.keys):
        return False
    number, its_number = (frozenset(filter(is_number, keys)) for keys in (name.keys, one.keys))
    if number and its_number:  # which says all; a title is used again next year
        return not number.isdisjoint(its_number)
    if name.body and one.issuer and not (name.body.endswith(one.issuer) or one.issuer.endswith(name.body)):
        return False
    if name.year and one.years and name.year not in one.years:
        return False
    if cited_on is None or one.published is None:
        return True
    since = cited_on - RECENT if name.role is Role.REPORTS and not name.year else date.min
    return since <= one.published <= cited_on + LATE


def _announced(found: Extraction, region: str | None) -> Iterator[Name]:
    """The document that the page is, or that it tells of."""
    number = found.document_number and number_key(found.document_number)
    role = Role.OWN if is_document(found) else Role.REPORTS
    titles = (found.document_title, found.title if role is Role.OWN else None)
    if found.title and is_draft(found.title):
        titles = (draft_of(found.title), None)
    for written in dict.fromkeys(title for title in titles if title):
        title = parse_title(written, region)
        places = (*title.places, region or "") if role is Role.OWN else title.places or lineage(region)
        keys = (*title_keys(title, dict.fromkeys(places)), *((number,) if number else ()))
        if keys:
            yield Name(role, keys, written, title.body, title.year)
    if number and not any(titles):
        yield Name(role, (number,), found.document_number or "")


def _cited(documents: Sequence[CitedDocument], text: str, region: str | None) -> Iterator[Name]:
    """By their titles, each with the number that stands behind it, then the numbers; a number may come twice."""
    numbers = [
        (match.start(), key, _written(match)) for match in DOCUMENT_NUMBER.finditer(text) if (key := _key_of(match))
    ]
    behind: dict[str, str] = {}
    for start, key, _ in numbers:
        before = text[max(0, start - LONGEST) : start].rstrip("（( ")
        for one in documents:
            if before.endswith(f"《{one.title}》"):
                behind.setdefault(one.title, key)
    for one in documents:
        name = called(one.title, region, one.year)
        yield replace(name, keys=(*name.keys, behind[one.title])) if one.title in behind else name
    yield from (Name(Role.CITES, (key,), written) for _, key, written in numbers)


def called(written: str, region: str | None, year: int | None = None) -> Name:
    """A document as a page of this place calls it by its title."""
    title = parse_title(written, region)
    keys = title_keys(title, title.places or lineage(region))
    return Name(Role.CITES, keys, written, title.body, year or title.year)


def _key_of(match: re.Match[str]) -> str | None:
    start = letters_at(match[1])
    return f"{match[1][start:]}{match[2]}#{int(match[3])}" if start is not None else None


def _written(match: re.Match[str]) -> str:
    return f"{match[1][letters_at(match[1]) :]}〔{match[2]}〕{match[3]}号"


def is_number(key: str) -> bool:
    """Whether a key is a 文号."""
    return "@" not in key

"""The measures of one body over the years: its documents, each once, in series by what they are about. Pure.

    the announcements of a body
     └─ members: a document with the pages about it; where it is not stored, the pages about it stand for it, and where
        only a later page names it, that name
         └─ series: members of one kind (措施, 方案) whose subjects go together, each with every other, in their order

A report is no member of its own where its document is known: by its title or 文号, or, where it names none, by the
count of measures and the days around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from watcher.followups.citing import RECENT, chosen, is_document, named, names_of
from watcher.followups.themes import About, about, go_together
from watcher.followups.titles import MEASURES, parse_title
from watcher.lifecycle.lifespan import Lifecycle, said_of
from watcher.model import AnnouncementType, Extraction
from watcher.records.announcements import AnnouncementRecord
from watcher.records.names import Name, Named, Role

# Between the news that a body has so many measures and the document that has so many.
NEARBY: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a series. `stands` is what is stored of it, a report where it is not itself; None: only named.

    `reports` are announcements about it, `named_by` those that cite it.
    """

    title: str
    published: date | None
    year: int | None
    measure_count: int | None
    stands: AnnouncementRecord | None
    reports: tuple[int, ...] = ()
    named_by: tuple[int, ...] = ()

    @property
    def stored(self) -> bool:
        """Whether the document itself is."""
        return self.stands is not None and is_document(self.stands.extraction)


@dataclass(frozen=True, slots=True)
class Series:
    """`subjects`: what sets it apart from the body's others, () where it is for firms at large; members by date."""

    issuer: str
    kind: str
    subjects: tuple[str, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A member seen from the one before it. `before`: the last that is stored; `more` measures than the last document.

    `stands`: what became of it by what pages say.
    """

    member: Member
    before: AnnouncementRecord | None
    more: int | None
    stands: Lifecycle | None


def steps(series: Series) -> Iterator[Step]:
    """The members in their order; those of the same weeks do not follow each other, but both the one before them."""
    for place, member in enumerate(series.members):
        ahead = [one for one in reversed(series.members[:place]) if not _near(one, member)]
        counts = [one.measure_count for one in ahead if one.measure_count is not None]
        known = bool(counts) and member.measure_count is not None
        yield Step(
            member,
            next((one.stands for one in ahead if one.stands), None),
            (member.measure_count or 0) - counts[0] if known else None,
            said_of(member.stands.sayings) if member.stands else None,
        )


def _near(one: Member, other: Member) -> bool:
    """Whether both are of the same weeks: neither takes the other's place."""
    days = one.published, other.published
    return days[0] is not None and days[1] is not None and abs(days[1] - days[0]) <= NEARBY


def series_of(issuer: str, records: Iterable[AnnouncementRecord]) -> tuple[Series, ...]:
    """The series of a body from its announcements, those with most members first."""
    groups: list[_Group] = []
    for member in sorted(_members(issuer, [_Page.of(one) for one in records]), key=_when):
        title = parse_title(member.title, _region(member))
        kind, theme = title.kind or MEASURES, about(title, issuer)
        fits = [group for group in groups if group.kind == kind and group.takes(theme)]
        if not fits:
            fits = [_Group(kind)]
            groups += fits
        max(fits, key=lambda group: len(group.subjects & theme.subjects)).add(member, theme)
    groups.sort(key=lambda group: -len(group.members))
    return tuple(Series(issuer, one.kind, one.label, tuple(one.members)) for one in groups)


@dataclass(slots=True)
class _Group:
    kind: str
    members: list[Member] = field(default_factory=list)
    themes: list[About] = field(default_factory=list)

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset().union(*(one.subjects for one in self.themes))

    @property
    def label(self) -> tuple[str, ...]:
        """None where a member is for firms at large and nothing else."""
        return tuple(sorted(self.subjects)) if all(one.subjects for one in self.themes) else ()

    def takes(self, fresh: About) -> bool:
        return all(go_together(one, fresh) for one in self.themes)

    def add(self, member: Member, fresh: About) -> None:
        self.members.append(member)
        self.themes.append(fresh)


@dataclass(frozen=True, slots=True)
class _Page:
    """An announcement with what it names."""

    record: AnnouncementRecord
    as_named: Named
    names: tuple[Name, ...]

    @classmethod
    def of(cls, record: AnnouncementRecord) -> _Page:
        names = names_of(record.extraction)
        own = (name for name in names if name.role is not Role.CITES)
        return cls(record, named(record.id, record.extraction, own), tuple(names))

    @property
    def found(self) -> Extraction:
        return self.record.extraction


@dataclass(slots=True)
class _Heads:
    """The pages that stand for the documents of a body, found by key or count instead of one by one."""

    all: dict[int, _Page] = field(default_factory=dict)
    by_key: dict[str, list[_Page]] = field(default_factory=dict)
    by_count: dict[int, list[_Page]] = field(default_factory=dict)

    def add(self, page: _Page) -> None:
        self.all[page.record.id] = page
        for key in page.as_named.keys:
            self.by_key.setdefault(key, []).append(page)
        if page.found.measure_count:
            self.by_count.setdefault(page.found.measure_count, []).append(page)

    def meant(self, name: Name, by: _Page, span: timedelta = timedelta.max) -> int | None:
        """The document that a page means by a name, of `span` around the page."""
        having = {head.record.id: head for key in name.keys for head in self.by_key.get(key, ())}
        near = [head.as_named for head in having.values() if _apart(head.found, by.found) <= span]
        found = chosen(name, near, by.as_named)
        return found.id if found else None

    def same(self, page: _Page) -> int | None:
        """The head whose document a page is, too, or is about."""
        names = [name for name in page.names if name.role is not Role.CITES]
        for name in names:
            if (head := self.meant(name, page, RECENT)) is not None:
                return head
        if names or not page.found.measure_count:
            return None
        alike = self.by_count.get(page.found.measure_count, ())
        return next((head.record.id for head in alike if _apart(head.found, page.found, timedelta.max) <= NEARBY), None)


def _members(issuer: str, pages: Sequence[_Page]) -> Iterator[Member]:
    """Every document of the body once. Documents come first, then the reports that may stand for one."""
    heads = _Heads()
    reports: dict[int, list[int]] = {}
    for page in sorted(pages, key=lambda page: (not is_document(page.found), page.found.published or date.max)):
        if (head := heads.same(page)) is not None:
            reports.setdefault(head, []).append(page.record.id)
        elif _may_stand(page.found):
            heads.add(page)
    members = {number: _member(head, reports.get(number, ())) for number, head in heads.all.items()}
    unknown: dict[str, Member] = {}
    for page, name in _citations(pages):
        if (head := heads.meant(name, page)) is not None:
            members[head] = _cited(members[head], page)
        elif name.body == issuer and _is_of_measures(name):
            key = next((one for one in name.keys if one in unknown), name.keys[0])
            unknown[key] = _cited(unknown.get(key) or _only_named(name), page)
    yield from members.values()
    yield from unknown.values()


def _citations(pages: Iterable[_Page]) -> Iterator[tuple[_Page, Name]]:
    for page in pages:
        yield from ((page, name) for name in page.names if name.role is Role.CITES)


def _may_stand(found: Extraction) -> bool:
    """Whether a page stands for a document where that is not stored: one that names it, or news of so many measures.

    A notice that repeals documents stands for none of them.
    """
    if found.title and "废止" in found.title:
        return False
    news = found.verdict.type is AnnouncementType.MEASURES_NEWS and found.measure_count is not None
    return is_document(found) or news or found.document_title is not None


def _apart(one: Extraction, other: Extraction, unknown: timedelta = timedelta(0)) -> timedelta:
    """How many days lie between two pages; `unknown` where one has no date."""
    return abs(one.published - other.published) if one.published and other.published else unknown


def _member(head: _Page, reports: Sequence[int]) -> Member:
    found = head.found
    title = found.document_title or found.title or ""
    return Member(
        title=title,
        published=found.published,
        year=parse_title(title).year or (found.published.year if found.published else None),
        measure_count=found.measure_count or parse_title(title).count,
        stands=head.record,
        reports=tuple(reports),
    )


def _is_of_measures(name: Name) -> bool:
    title = parse_title(name.written)
    return title.kind == MEASURES or title.count is not None


def _only_named(name: Name) -> Member:
    return Member(name.written, None, name.year, parse_title(name.written).count, None)


def _cited(member: Member, by: _Page) -> Member:
    named_by = tuple(dict.fromkeys((*member.named_by, by.record.id)))
    if member.stands is not None and by.record.id in (member.stands.id, *member.reports):
        return member
    return replace(member, named_by=named_by)


def _region(member: Member) -> str | None:
    region = member.stands.extraction.region if member.stands else None
    return region.code if region else None


def _when(member: Member) -> tuple[date, str]:
    """Its day; a year alone is over at its end. What has neither comes first: it was there before who names it."""
    return member.published or (date(member.year, 12, 31) if member.year else date.min), member.title

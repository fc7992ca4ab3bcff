"""Announcements and their figures as rows of typed cells, for CSV and workbooks. Pure.

The names of columns are for programs and never change; the headings are for readers of a workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from watcher.lifecycle.lifespan import Lifecycle, lifecycle_of
from watcher.model import Extraction, Figure
from watcher.records.announcements import AnnouncementRecord
from watcher.render.card import clean, web_address
from watcher.render.contract import number

T = TypeVar("T")

# A workbook's cell holds 32,767 characters; nothing that belongs into one is longer.
LONGEST: Final = 32_000


class Link(str):
    """An http(s) address, which a workbook shows as a link."""

    __slots__ = ()


Cell = str | int | float | date | datetime | Link | None


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """`width` in characters of ASCII; a moment is aware, whoever writes it chooses the zone.

    `amount`: its numbers are read as such, with marks between thousands; others are numbers of things.
    """

    name: str
    heading: str
    width: int
    cell: Callable[[T], Cell]
    amount: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One kind of rows; `items`: what of an announcement becomes a row each."""

    title: str
    items: Callable[[AnnouncementRecord], Iterable[T]]
    columns: tuple[Column[T], ...]

    def rows(self, record: AnnouncementRecord) -> Iterator[list[Cell]]:
        for item in self.items(record):
            cells = (column.cell(item) for column in self.columns)
            yield [cell if type(cell) is not str else clean(cell, LONGEST) or None for cell in cells]


FigureOf = tuple[AnnouncementRecord, Figure]


def _of(field: Callable[[Extraction], Cell]) -> Callable[[AnnouncementRecord], Cell]:
    return lambda record: field(record.extraction)


def _of_its(column: Column[AnnouncementRecord]) -> Column[FigureOf]:
    """A column of the announcement that a figure stands in."""
    return Column(column.name, column.heading, column.width, lambda pair: column.cell(pair[0]))


def _figure(cell: Callable[[Figure], Cell]) -> Callable[[FigureOf], Cell]:
    return lambda pair: cell(pair[1])


def _address(record: AnnouncementRecord) -> Cell:
    address = web_address(record.url)
    return Link(address) if address else record.url


def _days(found: Extraction) -> str:
    return " ".join(sorted({one.date.isoformat() for one in found.deadlines}))


_ID: Final[Column[AnnouncementRecord]] = Column("id", "编号", 8, lambda record: record.id)
_PUBLISHED: Final = Column("published", "发布日期", 12, _of(lambda found: found.published))
_ISSUER: Final = Column("issuer", "发布机构", 30, _of(lambda found: found.issuer))
_REGION: Final = Column("region", "地区", 24, _of(lambda found: found.region.name if found.region else None))
_REGION_CODE: Final = Column(
    "region_code", "区划代码", 10, _of(lambda found: found.region.code if found.region else None)
)
_TITLE: Final = Column("title", "标题", 60, _of(lambda found: found.title))
_URL: Final = Column("url", "网址", 50, _address)

_COLUMNS: Final[tuple[Column[AnnouncementRecord], ...]] = (
    _ID,
    _PUBLISHED,
    _TITLE,
    _ISSUER,
    _REGION,
    _REGION_CODE,
    Column("type", "类型", 18, _of(lambda found: str(found.verdict.type))),
    Column("topics", "主题", 24, _of(lambda found: " ".join(found.topics))),
    Column("document_title", "文件名称", 40, _of(lambda found: found.document_title)),
    Column("document_number", "文号", 22, _of(lambda found: found.document_number)),
    Column("measure_count", "措施条数", 10, _of(lambda found: found.measure_count)),
    Column("figures", "数字个数", 10, _of(lambda found: len(found.figures))),
    Column("deadlines", "期限", 24, _of(_days)),
    Column("valid_until", "有效期至", 12, _of(lambda found: found.valid_until)),
    Column("status", "状态", 10, lambda record: record.status),
    Column("revision", "版本", 8, lambda record: record.revision),
    Column("first_seen", "首次发现", 18, lambda record: record.first_seen),
    Column("last_changed", "最近变动", 18, lambda record: record.last_changed),
    Column("source", "来源", 18, lambda record: record.source),
    _URL,
)


def announcements(today: date) -> Sheet[AnnouncementRecord]:
    """An announcement a row, with how its document stands on a day."""

    def standing(cell: Callable[[Lifecycle], Cell]) -> Callable[[AnnouncementRecord], Cell]:
        return lambda record: cell(found) if (found := lifecycle_of(record, today)) else None

    stands = Column("lifecycle", "文件状况", 12, standing(lambda found: str(found.state)))
    since = Column("lifecycle_since", "状况自", 12, standing(lambda found: found.since))
    return Sheet("公告", lambda record: (record,), (*_COLUMNS, stands, since))


FIGURES: Final[Sheet[FigureOf]] = Sheet(
    "数据",
    lambda record: ((record, figure) for figure in record.extraction.figures),
    (
        _of_its(replace(_ID, name="announcement", heading="公告编号")),
        *map(_of_its, (_PUBLISHED, _ISSUER, _REGION)),
        Column("subject", "对象", 36, _figure(lambda figure: figure.subject)),
        Column("quote", "原文", 30, _figure(lambda figure: figure.quote)),
        Column("kind", "种类", 10, _figure(lambda figure: str(figure.kind))),
        Column("low", "下限", 16, _figure(lambda figure: number(figure.low, figure.kind)), amount=True),
        Column("high", "上限", 16, _figure(lambda figure: number(figure.high, figure.kind)), amount=True),
        Column("unit", "单位", 10, _figure(lambda figure: figure.unit)),
        Column("qualifier", "限定", 10, _figure(lambda figure: str(figure.qualifier))),
        Column("change", "变化", 10, _figure(lambda figure: str(figure.change) if figure.change else None)),
        Column("previous_low", "原下限", 16, _figure(lambda figure: _previous(figure, "low")), amount=True),
        Column("previous_high", "原上限", 16, _figure(lambda figure: _previous(figure, "high")), amount=True),
        Column(
            "previous_unit", "原单位", 10, _figure(lambda figure: figure.previous.unit if figure.previous else None)
        ),
        Column("measure", "措施序号", 10, _figure(lambda figure: figure.measure)),
        # Text alone: a workbook has room for few links, and the sheet of announcements has them.
        *map(_of_its, (_REGION_CODE, _TITLE, replace(_URL, cell=lambda record: record.url))),
    ),
)


def _previous(figure: Figure, end: str) -> Cell:
    return None if figure.previous is None else number(getattr(figure.previous, end), figure.kind)

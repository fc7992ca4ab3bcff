"""Rows for every table of a database, whatever its schema's version: written in the SQL of that schema, from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, Table, insert, select
from sqlalchemy.engine import Connection

from tests.store.examples import full_extraction
from watcher import codec
from watcher.model import Document
from watcher.store.contents import tables_of

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROWS = 4
TEXT = "市局出台8条措施。首次申领办理时限压缩到15个工作日。对绿色改造项目最高奖补300万元。第{}号，2026年6月底前完成。"

# What a column may hold where its type does not say it; by `table.column`, then by the column's name alone.
CHOICES: dict[str, Callable[[int], Any]] = {
    "pages.status": lambda n: ("pending", "read", "failed")[n % 3],
    "pages.key": lambda n: f"bureau-{n}.example/art/{n}.html",
    "pages.url": lambda n: f"http://bureau-{n}.example/art/{n}.html",
    "pages.title": lambda n: f"关于{n}项措施的通知",  # not of a repeal: pages of those are read again (0022)
    "announcements.key": lambda n: f"bureau-{n}.example/art/{n}.html",
    "announcements.url": lambda n: f"http://bureau-{n}.example/art/{n}.html",
    "announcements.status": lambda n: ("active", "withdrawn")[n % 2],
    "announcements.type": lambda n: ("measures_news", "other")[n % 2],
    "announcements.revision": lambda _: 1,
    "announcements.region_code": lambda n: (None, "370700")[n % 2],
    "announcements.valid_until": lambda _: None,
    "revisions.number": lambda _: 1,
    "revisions.text": TEXT.format,
    "revisions.extraction": lambda n: codec.encode_extraction(full_extraction(TEXT.format(n))),
    "revisions.document": lambda n: codec.encode_document(Document(f"标题{n}", TEXT.format(n))),
    "revisions.changes": lambda _: [],
    "feedback.verdict": lambda n: ("relevant", "not_relevant", "wrong_figure", "note")[n % 4],
    "subscriptions.origin": lambda n: ("file", "cli")[n % 2],
    "subscriptions.status": lambda n: ("active", "paused", "ended")[n % 3],
    "subscriptions.on": lambda _: ["new", "changed"],
    "subscriptions.remind": lambda n: [14, n],
    "deliveries.status": lambda n: ("waiting", "sent", "failed")[n % 3],
    "events.kind": lambda n: ("new", "changed", "source_trouble")[n % 3],
    "captures.file": lambda n: (None, "watcher-20260302.warc.gz")[n % 2],
    "captures.problem": lambda n: ("no space left", None)[n % 2],
    "sources.state": lambda n: ("ok", "failing")[n % 2],
    "sources.usual": lambda _: {},
    "sources.recent": lambda n: [[n, 0.25, n, 0, None]],
}


def fill(connection: Connection, seed: int = 5) -> None:
    """Write some rows into each table that holds what is kept; what refers to a row refers to one of them."""
    chance = random.Random(seed)
    for table in tables_of(connection):
        rows = [_row(connection, table, number, chance) for number in range(1, ROWS + 1)]
        for row in rows:
            connection.execute(insert(table), row)


def _row(connection: Connection, table: Table, number: int, chance: random.Random) -> dict[str, Any]:
    columns = [one for one in table.columns if one.computed is None]
    return {one.name: _value(connection, table, one, number, chance) for one in columns}


def _value(connection: Connection, table: Table, column: Column[Any], number: int, chance: random.Random) -> Any:
    if choice := CHOICES.get(f"{table.name}.{column.name}"):
        return choice(number)
    for key in column.foreign_keys:
        other = key.column
        if other.table is table:  # to an earlier row of its own
            return None if number == 1 else number - 1
        return connection.execute(select(other).order_by(other).offset(number - 1).limit(1)).scalar_one()
    if column.nullable and chance.random() < 0.3:
        return None
    return _of_type(f"{table.name}.{column.name}", column, number, chance)


def _of_type(name: str, column: Column[Any], number: int, chance: random.Random) -> Any:
    if isinstance(column.type, JSON):
        return {"键": f"{name} {number}", "number": number, "share": chance.random()}
    if isinstance(column.type, Boolean):
        return chance.random() < 0.5
    if isinstance(column.type, Float):
        return chance.choice([0.1, 1 / 3, 3_000_000.0, 0.0]) + number
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, DateTime):
        return START + timedelta(hours=number, microseconds=chance.randrange(1_000_000))
    if isinstance(column.type, Date):
        return date(2026, 3, number)
    return f"{name} “{number}” 环评"

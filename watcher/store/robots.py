"""The rules of robots.txt files, a row a site: the next process need not ask the site again before a day is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, col, select

from watcher.site_rules import SiteRules
from watcher.store import postgres
from watcher.store.engine import Database
from watcher.store.tables import Stored


class RobotsRow(Stored, table=True):
    __tablename__ = "robots"

    site: str = Field(primary_key=True)
    token: str
    lines: str = Field(sa_type=Text)
    until: datetime


class RobotsFiles:
    """Each method is one transaction for all that it is given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, sites: Sequence[str]) -> list[SiteRules | None]:
        """What is known of each of these sites, be it old."""
        with self._database.read() as session:
            rows = session.exec(select(RobotsRow).where(col(RobotsRow.site).in_(set(sites))))
            known = {row.site: SiteRules(row.site, row.token, row.lines, row.until) for row in rows}
        return [known.get(site) for site in sites]

    def keep(self, read: Sequence[SiteRules]) -> list[None]:
        """Replace what was known of their sites."""
        table: Any = RobotsRow
        last = {rules.site: asdict(rules) for rules in sorted(read, key=lambda rules: (rules.site, rules.until))}
        with self._database.write() as session:
            insert = postgres.insert_or(session.connection(), table)
            fresh = {name: insert.excluded[name] for name in ("token", "lines", "until")}
            session.connection().execute(
                insert.on_conflict_do_update(index_elements=["site"], set_=fresh), list(last.values())
            )
        return [None for _ in read]

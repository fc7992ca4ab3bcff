"""The tables that all of the store shares; any other stands in the module that alone needs it.

Rows stay inside `store`: a table class does not validate what it is given, the records do the talking.
Portable between SQLite and PostgreSQL: strings with CHECK instead of native enums, JSON that is JSONB on PostgreSQL.
Times are aware and stored in UTC.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Computed, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

# Named, since SQLite can only drop a constraint that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Stored(SQLModel):
    """What all rows share: the validator of a table class is never used, so it is never built."""

    model_config = {"defer_build": True}


class _Json(TypeDecorator[Any]):
    """JSON; JSONB on PostgreSQL, whose dialect is loaded where it is used alone."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import JSONB

            return dialect.type_descriptor(JSONB())
        return dialect.type_descriptor(JSON())


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of some rows; PostgreSQL's condition is said in the migration alone, here it would load that dialect."""
    return Index(name, *columns, sqlite_where=text(where))


def json_column(default: str | None = None) -> Any:
    """`default` for a column that came later than its table."""
    return Column(_Json(), nullable=False, server_default=default)


def text_column(*, nullable: bool = False) -> Any:
    return Column(Text, nullable=nullable)


class SourceRow(Stored, table=True):
    __tablename__ = "sources"

    id: str = Field(primary_key=True)
    name: str
    url: str
    region: str | None = None
    enabled: bool = True
    configured: bool = True
    created_at: datetime
    rule: str  # digest of what decides how the listing is read; a change makes what it left void
    state: str
    problem_code: str | None = None
    problem_message: str | None = Field(default=None, sa_column=text_column(nullable=True))
    problem_hint: str | None = Field(default=None, sa_column=text_column(nullable=True))
    since: datetime | None = None
    failures: int = 0
    strikes: int = 0
    told: bool = False
    recovered: datetime | None = None
    retry_at: datetime | None = None
    first_checked: datetime | None = None
    last_checked: datetime | None = None
    last_ok: datetime | None = None
    baseline_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    entries: int = 0
    gap_since: datetime | None = None
    gap_url: str | None = Field(default=None, sa_column=text_column(nullable=True))
    usual: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    recent: list[list[Any]] = Field(default_factory=list, sa_column=json_column("[]"))


class PageRow(Stored, table=True):
    """An entry of a listing. `problem_*` and `verdict` tell what came of opening it the last time."""

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("source_id", "key"),
        CheckConstraint("status IN ('pending', 'read', 'failed')", name="status"),
        Index("ix_pages_to_open", "source_id", "status", "next_try_at"),
        Index("ix_pages_to_recheck", "source_id", "next_check_at"),
        _partial("ix_pages_original", "original", where="original IS NOT NULL"),
        _partial("ix_pages_former", "former", where="former IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(foreign_key="sources.id")
    key: str = Field(index=True)
    url: str
    title: str = Field(sa_column=text_column())
    listed: date | None = None
    baseline: bool
    first_seen: datetime
    status: str = "pending"
    attempts: int = 0
    next_try_at: datetime | None = None
    next_check_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    fingerprint: str | None = None
    problem_code: str | None = None
    problem_message: str | None = Field(default=None, sa_column=text_column(nullable=True))
    verdict: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    original: str | None = None  # the canonical address of what it names as its original
    announcement_id: int | None = Field(default=None, foreign_key="announcements.id", index=True)
    former: str | None = None  # its canonical address until `readdressed_at`
    readdressed_at: datetime | None = None
    left_behind: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class AnnouncementRow(Stored, table=True):
    """One announcement, or a near miss (type `other`); the columns beside the key are those that lists filter by."""

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("status IN ('active', 'withdrawn')", name="status"),
        # Lists are read in the order of an index, as far as they are long, whatever filters them.
        Index("ix_announcements_newest", "first_seen", "published", "id"),
        Index("ix_announcements_type", "type", "first_seen", "published", "id"),
        Index("ix_announcements_province", "province", "first_seen", "published", "id"),
        Index("ix_announcements_prefecture", "prefecture", "first_seen", "published", "id"),
        Index("ix_announcements_region_code", "region_code", "first_seen", "published", "id"),
        _partial("ix_announcements_changed", "first_seen", "published", "id", where="revision > 1"),
        Index("ix_announcements_latest", "last_changed", "published", "id"),  # feeds
        # Months are counted from it alone: by publication, those that do not say theirs by when they were found.
        Index("ix_announcements_published", "published", "first_seen", "region_code", "type"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    url: str
    source_id: str = Field(foreign_key="sources.id", index=True)
    status: str = "active"
    first_seen: datetime
    last_changed: datetime
    revision: int = 1
    type: str
    score: float
    title: str | None = Field(default=None, sa_column=text_column(nullable=True))
    issuer: str | None = Field(default=None, index=True)
    region_code: str | None = None
    province: str | None = Field(default=None, sa_column=Column(String, Computed("substr(region_code, 1, 2)")))
    prefecture: str | None = Field(default=None, sa_column=Column(String, Computed("substr(region_code, 1, 4)")))
    published: date | None = None
    valid_until: date | None = Field(default=None, index=True)


class SubscriptionRow(Stored, table=True):
    """`hold` says who paused or ended it; `blocked_until` when it is sent to again: its channel refused, it is quiet
    then, or had its fill of the hour; `failing_since` is when its channel began to refuse all that it is sent,
    `trouble_since` when others were told of that.

    `token`: who knows it may end it; it stands in the mails that its reader gets.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        CheckConstraint("origin IN ('file', 'cli')", name="origin"),
        CheckConstraint("status IN ('active', 'paused', 'ended')", name="status"),
    )

    id: str = Field(primary_key=True)
    to: str = Field(sa_column=text_column())
    on: list[str] = Field(sa_column=json_column())
    where: dict[str, Any] = Field(sa_column=json_column())
    deliver: str
    remind: list[int] = Field(default_factory=list, sa_column=json_column())
    quiet: str | None = None
    max_per_hour: int | None = None
    language: str | None = None  # None: one of an earlier version, which had no choice
    origin: str
    status: str = "active"
    hold: str | None = None  # user | file | channel | address | reader
    reason: str | None = Field(default=None, sa_column=text_column(nullable=True))
    created_at: datetime
    ended_at: datetime | None = None
    token: str = Field(nullable=True, index=True, unique=True)  # nullable: SQLite adds no other column to what has rows
    blocked_until: datetime | None = None
    failing_since: datetime | None = None
    trouble_since: datetime | None = None


class EventRow(Stored, table=True):
    """Something that happened once: `key` makes a second time impossible. `body` is the JSON of the alert."""

    __tablename__ = "events"
    __table_args__ = (_partial("ix_events_edit", "edit", where="edit IS NOT NULL"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    announcement_id: int | None = Field(default=None, foreign_key="announcements.id", index=True)
    revision: int | None = None
    source_id: str | None = Field(default=None, foreign_key="sources.id")
    edit: str | None = None  # the same for pages that were edited in the same way
    created_at: datetime
    seen_at: datetime | None = None  # when what it tells was first seen; earlier versions did not write it
    body: dict[str, Any] = Field(sa_column=json_column())


class DeliveryRow(Stored, table=True):
    """One event for one subscription, once. `key` names the message; what goes out together gets a common one.

    `known` and `told`: the revisions between which the last attempt told the difference; `unsure`: it may have arrived.
    `settled`: when it was due nothing was left to tell.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "subscription_id"),
        CheckConstraint("status IN ('waiting', 'sent', 'failed', 'settled')", name="status"),
        Index("ix_deliveries_queue", "status", "subscription_id", "due_at", "id"),
        Index("ix_deliveries_sent", "subscription_id", "sent_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="events.id")
    subscription_id: str = Field(foreign_key="subscriptions.id")
    reason: str = Field(sa_column=text_column())
    digest: bool
    status: str = "waiting"
    key: str | None = Field(default=None, index=True)
    attempts: int = 0
    known: int | None = None
    told: int | None = None
    unsure: bool = False
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None = None
    last_error: str | None = Field(default=None, sa_column=text_column(nullable=True))

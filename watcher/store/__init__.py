"""Everything that outlives a process, in one SQL database; the only package that sees SQL or a session.

    sources, pages -> announcements -> revisions -> figures, deadlines
                                    -> places, feedback, names (what they are called and cite: `Store.names`)
                                    -> captures (what of them lies in the archive: `Store.captures`)
    subscriptions  -> deliveries <- events

`Store` is the whole interface; each method is one transaction. It is synchronous and safe to call from several threads
(`threads.in_store`) and processes. Every method raises `StoreError` where the database refuses. What a pass that finds
nothing new needs is here; the rest is in parts that are loaded when they are first asked for, each in the module of its
name: a third of what there is to load at a start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from watcher.model import Link, Validators
from watcher.records.deliveries import Batch, DeliveryRecord, Queue, SubscriptionRecord
from watcher.records.pages import PageRecord, PageStatus, Stood
from watcher.records.passes import Claim, Pass
from watcher.records.problem import Problem
from watcher.records.sources import Gap, SourceRecord
from watcher.settings import Source, Subscription
from watcher.store import claims, deliveries, held, pages, sources, subscriptions
from watcher.store.claims import LEASE
from watcher.store.engine import Database

if TYPE_CHECKING:
    from watcher.store.absences import Absences
    from watcher.store.ahead import Ahead
    from watcher.store.announcements import Announcements
    from watcher.store.captures import Captures
    from watcher.store.copies import Copies
    from watcher.store.crowd import Crowd
    from watcher.store.delays import Delays
    from watcher.store.feedback import Opinions
    from watcher.store.files import Files
    from watcher.store.hosts import Hosts
    from watcher.store.lifecycles import Lifecycles
    from watcher.store.lists import Lists
    from watcher.store.mailings import Mailings
    from watcher.store.names import Names
    from watcher.store.outages import Outages
    from watcher.store.outbox import Outbox
    from watcher.store.overviews import Overviews
    from watcher.store.passes import Passes
    from watcher.store.readdressing import Readdressing
    from watcher.store.reminders import Reminders
    from watcher.store.rereadings import Rereadings
    from watcher.store.retention import Retention
    from watcher.store.robots import RobotsFiles
    from watcher.store.rounds import Rounds
    from watcher.store.silences import Silences
    from watcher.store.stories import Stories
    from watcher.store.subscribers import Subscribers
    from watcher.store.suppressions import Suppressions

__all__ = ["LEASE", "Store"]


class Store:
    """The database of one watcher; made by `open` or `find`."""

    absences: Absences
    ahead: Ahead
    announcements: Announcements
    captures: Captures
    copies: Copies
    crowd: Crowd
    delays: Delays
    feedback: Opinions
    files: Files
    hosts: Hosts
    lifecycles: Lifecycles
    lists: Lists
    mailings: Mailings
    names: Names
    outages: Outages
    outbox: Outbox
    overviews: Overviews
    passes: Passes
    readdressing: Readdressing
    reminders: Reminders
    rereadings: Rereadings
    retention: Retention
    robots: RobotsFiles
    rounds: Rounds
    silences: Silences
    stories: Stories
    subscribers: Subscribers
    suppressions: Suppressions

    def __init__(self, database: Database) -> None:
        self._database = database

    if not TYPE_CHECKING:  # who checks types is to see the parts above alone

        def __getattr__(self, name: str) -> Any:
            """Make a part when it is first asked for: its module has the name of the part, the annotation its class."""
            if name not in Store.__annotations__:
                raise AttributeError(f"Store has no part {name!r}", name=name, obj=self)
            made = getattr(import_module(f"watcher.store.{name}"), Store.__annotations__[name])(self._database)
            return self.__dict__.setdefault(name, made)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database at `url`: create it where it is absent, upgrade it where it is older.

        Raises StoreError where it cannot be used or was written by a newer watcher.
        """
        return cls(Database.open(url))

    @classmethod
    def find(cls, url: str) -> Self | None:
        """As `open`, but None where there is no database yet: for those who only read."""
        database = Database.find(url)
        return cls(database) if database else None

    def load(self) -> None:
        """Load all parts, for who is not to wait for one later."""
        for name in Store.__annotations__:
            getattr(self, name)

    def close(self) -> None:
        self._database.close()

    @property
    def shared(self) -> bool:
        """Whether processes of other machines may work on this database too."""
        return self._database.is_postgres

    # --- sources ---------------------------------------------------------------------------------------------------

    def sync_sources(self, configured: Sequence[Source], now: datetime) -> None:
        """Make the stored sources those of the configuration; one that left it keeps what it found.

        A changed address starts with a baseline of its own unless the same list stands there, and ends a pass over the
        old one; where the listing rule changed, the list is read anew at the next pass.
        """
        with self._database.write() as session:
            sources.sync(session, configured, now)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Every source, those that left the configuration too, by id."""
        with self._database.read() as session:
            return sources.all_of(session)

    def source(self, source_id: str) -> SourceRecord | None:
        with self._database.read() as session:
            return sources.get(session, source_id)

    # --- one pass over a source ------------------------------------------------------------------------------------

    def known_keys(self, source_id: str, keys: Collection[str], before: datetime | None) -> frozenset[str]:
        """Which of these canonical addresses the source listed before (`before`: first seen earlier than that)."""
        with self._database.read() as session:
            return pages.known_keys(session, source_id, keys, before)

    def stood(
        self, source_id: str, titles: Collection[str], days: Collection[date], before: datetime | None
    ) -> tuple[Stood, ...]:
        """Its entries with one of these titles or days in the list, the oldest first; `before` as in `known_keys`."""
        with self._database.read() as session:
            return pages.stood(session, source_id, titles, days, before)

    def newest_listed(self, source_id: str, before: datetime) -> date | None:
        """The latest day that stood beside an entry of the source that was first seen before that moment."""
        with self._database.read() as session:
            return pages.newest_listed(session, source_id, before)

    def pages_of(self, ids: Collection[int]) -> dict[int, PageRecord]:
        """Pages by their ids."""
        with self._database.read() as session:
            return pages.of_ids(session, ids)

    def oldest_listed(self, source_id: str) -> date | None:
        """The earliest day that stood beside an entry of the source."""
        with self._database.read() as session:
            return pages.oldest_listed(session, source_id)

    def add_entries(
        self, held: Pass, links: Sequence[Link], *, baseline: bool, now: datetime, gap: Gap | None = None
    ) -> int:
        """Note the entries not known yet, in one transaction before any is opened; returns how many they are.

        `links` in the order of the listing (newest first); `gap` where older ones are still missing: kept until
        a pass that found them ends. The source's first call settles that it has a baseline. Raises ClaimLost.
        """
        with self._database.write_claimed() as session:
            claims.check(session, held.claim)
            sources.note_listing(session, held.source.id, gap, now)
            return pages.add_entries(session, held.source.id, links, baseline=baseline, now=now)

    def to_open(self, source_id: str, now: datetime, limit: int) -> tuple[PageRecord, ...]:
        """Entries never opened, and those whose retry is due: new ones before baseline, newest first."""
        with self._database.read() as session:
            return pages.to_open(session, source_id, now, limit)

    def waiting(self, source_id: str) -> int:
        """How many entries were never opened."""
        with self._database.read() as session:
            return pages.waiting(session, source_id)

    def to_recheck(self, source_id: str, now: datetime, limit: int) -> tuple[PageRecord, ...]:
        """Opened entries that are due to be looked at again, longest due first."""
        with self._database.read() as session:
            return pages.to_recheck(session, source_id, now, limit)

    def opened_since(self, source_id: str, since: datetime) -> tuple[PageRecord, ...]:
        """All opened entries first seen since then, for `--recheck`."""
        with self._database.read() as session:
            return pages.opened_since(session, source_id, since, PageStatus.READ)

    def failed_since(self, source_id: str, since: datetime) -> tuple[PageRecord, ...]:
        """All entries first seen since then that were tried and never read, for `--recheck`."""
        with self._database.read() as session:
            return pages.opened_since(session, source_id, since, PageStatus.FAILED)

    def page_unchanged(
        self, page: PageRecord, next_check_at: datetime | None, validators: Validators | None = None
    ) -> None:
        """A page that answered 304, or with the same bytes under these validators."""
        with self._database.write_claimed() as session:
            pages.unchanged(session, page.id, validators, next_check_at)

    def page_failed(self, page: PageRecord, problem: Problem, next_at: datetime | None, *, tried: bool = True) -> None:
        """A page that could not be read, or was not `tried`: again at `next_at`; what was read before stays read."""
        with self._database.write_claimed() as session:
            pages.failed(session, page.id, problem, next_at, tried=tried)

    def renew(self, held: Sequence[tuple[Claim, datetime]]) -> list[bool]:
        """Hold each claim for another lease; False where it was lost."""
        with self._database.write_claimed() as session:
            renewed = claims.renew(session, [claim for claim, _ in held], max(now for _, now in held))
        return [claim.token in renewed for claim, _ in held]

    def release(self, held: Sequence[Claim]) -> list[None]:
        """Give claims back; one that was lost stays with who has it."""
        with self._database.write_claimed() as session:
            claims.release(session, held)
        return [None for _ in held]

    # --- subscriptions ---------------------------------------------------------------------------------------------

    def sync_subscriptions(self, declared: Sequence[Subscription], now: datetime) -> None:
        """Those declared in the file are added or updated by it, those removed from it paused."""
        with self._database.write() as session:
            subscriptions.sync(session, declared, now)

    def subscriptions(self) -> tuple[SubscriptionRecord, ...]:
        with self._database.read() as session:
            return subscriptions.all_of(session)

    def audience(self) -> tuple[Subscription, ...]:
        """Those whose news are collected: the active ones, and those that their channel or address holds."""
        with self._database.read() as session:
            return subscriptions.audience(session)

    def add_subscription(self, subscription: Subscription, now: datetime) -> None:
        """Add one from the command line; UsageError where the id is taken."""
        with self._database.write() as session:
            subscriptions.add(session, subscription, now)

    def pause_subscription(self, subscription_id: str, reason: str) -> None:
        """UsageError where there is none of this id; the same holds for resume and remove."""
        with self._database.write() as session:
            subscriptions.pause(session, subscription_id, reason)

    def resume_subscription(self, subscription_id: str) -> tuple[str, ...]:
        """Also those that were paused for the same mail address (`suppressions`); returns the ids of all.

        What their channel refused waits again.
        """
        with self._database.write() as session:
            return subscriptions.resume(session, subscription_id)

    def remove_subscription(self, subscription_id: str, now: datetime, reason: str = "removed") -> None:
        """End one added from the command line; what was sent stays on record. UsageError for one of the file."""
        with self._database.write() as session:
            subscriptions.remove(session, subscription_id, reason, now)

    # --- deliveries ------------------------------------------------------------------------------------------------

    def due_subscriptions(self, now: datetime) -> tuple[str, ...]:
        """Active subscriptions whose next message is due, longest waiting first."""
        with self._database.read() as session:
            return deliveries.due_subscriptions(session, now)

    def claim_subscription(self, subscription_id: str, now: datetime) -> Claim | None:
        """The right to send to a subscription; None while another has it: one message in flight each."""
        with self._database.write_claimed() as session:
            key = f"subscription:{subscription_id}"
            return claims.take(session, [key], now).get(key)

    def mark_sent(self, batch: Batch, now: datetime) -> None:
        with self._database.write() as session:
            deliveries.mark_sent(session, batch, now)

    def put_off(self, batch: Batch, error: str, next_at: datetime, now: datetime, *, unsure: bool = False) -> None:
        """A message that was not accepted, or may have been (`unsure`), and is tried again at `next_at`."""
        with self._database.write() as session:
            deliveries.put_off(session, batch, error, next_at, now, unsure=unsure)

    def refused_in_a_row(self, batch: Batch) -> int:
        """How many messages a channel refused since it accepted one, with this one; 0: this one was refused before."""
        with self._database.read() as session:
            return held.refused_in_a_row(session, batch)

    def mark_failed(self, batch: Batch, error: str, now: datetime, *, pause: bool, unsure: bool = False) -> None:
        """A message given up; `pause`: the channel refuses for good, so its subscription is paused with the reason.

        One that was removed in the meantime stays removed.
        """
        with self._database.write() as session:
            deliveries.mark_failed(session, batch, error, now, unsure=unsure)
            if pause:
                subscriptions.hold(session, batch.subscription.id, error)

    def deliveries(
        self, status: str | None = None, limit: int | None = 50, before: int | None = None
    ) -> tuple[DeliveryRecord, ...]:
        """Newest first; `status`: waiting, sent, failed or settled; `before`: those that came before this id."""
        with self._database.read() as session:
            return deliveries.listed(session, status, limit, before)

    def queues(self, failed_since: datetime) -> tuple[Queue, ...]:
        """What waits, or failed since then, of each subscription that was not removed and has any of it."""
        with self._database.read() as session:
            return deliveries.queues(session, failed_since)

    def retry_delivery(self, delivery_id: int, now: datetime) -> str:
        """Make a waiting or failed delivery due now; returns its subscription's id.

        UsageError where there is none of this id, it was sent, or its subscription was ended.
        """
        with self._database.write() as session:
            return deliveries.retry(session, delivery_id, now)

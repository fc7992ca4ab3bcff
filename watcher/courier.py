"""The messages of each subscription, one after the other: taken from the outbox, written, sent, marked.

One that its channel does not accept is put off, given up, or held back with its subscription, and others are told.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from watcher.completing import Event, announced, beside_of
from watcher.deliver import Line, Send
from watcher.errors import NotifyError
from watcher.leases import kept
from watcher.news import EventKind
from watcher.notify.naming import channel_name
from watcher.outages import given_up, is_same, lasting, outage, reached, sharing
from watcher.recipients import masked, through
from watcher.records.deliveries import Batch
from watcher.records.sources import Unreadable
from watcher.settings import Options
from watcher.silence import silent
from watcher.store import Store
from watcher.store.crowd import Asker
from watcher.threads import in_store
from watcher.writing import Gathered, Writer

if TYPE_CHECKING:
    from watcher.render.forms import Templates

log = logging.getLogger("watcher.deliver")

# With the jitter below the first retry comes after 6 to 10 seconds.
FIRST_RETRY: Final = timedelta(seconds=8)
LONGEST_RETRY: Final = timedelta(hours=2)
JITTER: Final = 0.25
# A channel that is down longer is nobody's any more; what waited for it as long is kept as failed and can be retried.
GIVE_UP_AFTER: Final = timedelta(days=7)
# A full mailbox or a grey list is asked ever more rarely, and no more when it has refused for longer than this.
LONGEST_SOFT: Final = timedelta(hours=36)
SUPPRESS_AFTER: Final = timedelta(days=5)
# One message may say what a service does not like; when it refuses so many in a row, it is the channel.
MOST_REFUSED: Final = 3
# How long what is known beside an announcement is good for the next who is told of it.
KNOWN_FOR: Final = timedelta(seconds=5)


class Courier:
    """A round of deliveries at work, and what it has counted so far."""

    def __init__(
        self, store: Store, line: Line, clock: Callable[[], datetime], options: Options, templates: Templates | None
    ) -> None:
        self._store, self._line, self._clock, self._options = store, line, clock, options
        self._writer = Writer(options, templates)
        self.counts: Counter[str] = Counter()
        self._unreadable: Sequence[Unreadable] = ()  # sources, as the round begins
        self._asking = asyncio.Lock()
        self._known: dict[int, Event] = {}
        self._asked_at = clock()

    async def serve(self, subscription_ids: Sequence[str]) -> None:
        """Send what is due to these subscriptions, side by side; raises after all had their turn."""
        self._unreadable = await in_store(self._store.silences.now)
        results = await asyncio.gather(*map(self._serve, subscription_ids), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _serve(self, subscription_id: str) -> None:
        """Send what is due to one subscription until its queue is empty or its channel refuses."""
        while await self._take_turn(subscription_id):
            # What was written after the last look, while another round was turned away by our claim, is ours to send.
            if subscription_id not in await in_store(self._store.due_subscriptions, self._clock()):
                break

    async def _take_turn(self, subscription_id: str) -> bool:
        """Drain the queue under a claim; False where another has the claim, and so the duty."""
        claim = await in_store(self._store.claim_subscription, subscription_id, self._clock())
        if claim is None:
            return False
        async with kept(self._store, claim, self._clock), self._line() as send:
            batch = await self._next(subscription_id)
            while batch is not None and await self._deliver(batch, send):
                batch = await self._next(subscription_id, batch)
        return True

    async def _next(self, subscription_id: str, sent: Batch | None = None) -> Batch | None:
        """Mark what was accepted and take what comes next, in one transaction with whoever else is there just now."""
        if sent is not None and sent.trouble_since is not None:
            await in_store(self._reached, sent, sent.trouble_since)
        ask = Asker(subscription_id, self._clock(), sent)
        batch = await in_store.together(self._store.crowd.exchange, ask)
        if batch is None:
            batch = await in_store(
                self._store.outbox.next_batch, subscription_id, self._clock(), self._options.timezone
            )
        return batch

    async def _deliver(self, batch: Batch, send: Send) -> bool:
        """Send one message, which is marked with the next step; False where the channel did not accept it."""
        try:
            gathered = await self._gathered(batch)
            await send(self._to(batch), await self._writer.message(batch, gathered, self._clock()))
        except NotifyError as error:
            await in_store(self._refused, batch, error)
            return False
        except Exception as mistake:  # ours, or a library's: without a pause it would come again with every round
            await in_store(
                self._refused, batch, NotifyError(f"watcher failed on it: {type(mistake).__name__}", unsure=True)
            )
            raise
        accepted_at = self._clock()
        self.counts["sent"] += 1
        delay = (accepted_at - batch.seen_at).total_seconds()
        log.info(
            "accepted subscription=%s attempt=%d seen_to_accepted_s=%.1f",
            batch.subscription.id,
            batch.attempts + 1,
            delay,
        )
        return True

    def _to(self, batch: Batch) -> str:
        """Raises NotifyError where it takes a server of the operator's, and he names none: until he does."""
        to = through(batch.subscription.to, self._options.mail)
        if to is None:
            raise NotifyError("mail: `settings.mail` names no server; name one to mail who subscribed on the page")
        return to

    async def _gathered(self, batch: Batch) -> Gathered:
        """How it stands by now, and what the channel of a message can show beside it."""
        channel, told = channel_name(batch.subscription.to), announced(batch.event)
        first = self._store.mailings.first
        return Gathered(
            beside=await self._beside(told),
            follows=await in_store(first, batch.subscription.id, told[0])
            if channel == "mail" and len(told) == 1
            else None,
            unreadable=await in_store(self._silences, batch) if self._unreadable else (),
        )

    async def _beside(self, told: Sequence[int]) -> dict[int, Event]:
        """What is known beside these announcements; a crowd that is told the same asks the store once."""
        async with self._asking:
            if self._clock() - self._asked_at > KNOWN_FOR:
                self._known, self._asked_at = {}, self._clock()
            if missing := [one for one in told if one not in self._known]:
                found = await in_store(self._store.mailings.beside, missing)
                self._known |= {one: beside_of(known) for one, known in found.items()}
            return {one: self._known[one] for one in told if one in self._known}

    def _silences(self, batch: Batch) -> list[dict[str, object]]:
        last_sent = self._store.silences.last_sent(batch.subscription.id)
        return silent(batch.subscription, self._unreadable, last_sent, digest=batch.event["kind"] == EventKind.DIGEST)

    def _refused(self, batch: Batch, error: NotifyError) -> None:
        now, attempt = self._clock(), batch.attempts + 1
        if error.content and self._store.refused_in_a_row(batch) < MOST_REFUSED:
            self._leave_out(batch, error, now)
            return
        began = max(batch.since, batch.failing_since or now)  # one refused for what it said may lie days back
        wait = retry_after(attempt, random.random())
        final = error.permanent
        if error.recipient is not None:
            final, wait = self._recipient_refused(batch, error.recipient, error, now)
        if error.permanent and error.recipient is None:
            self._outage(batch, [batch.subscription.id], error, now, paused=True)
        elif not final and lasting(began, now):
            self._outage(batch, [batch.subscription.id], error, now, paused=False)
        if final or now - began > GIVE_UP_AFTER:
            self._give_up(batch, error, now, pause=final)
            return
        next_at = now + wait
        self._store.put_off(batch, str(error), next_at, now, unsure=error.unsure)
        if error.recipient is not None:
            self._store.suppressions.wait(error.recipient, next_at)
        self.counts["put_off"] += 1
        told = (batch.subscription.id, attempt, next_at.isoformat(), error)
        log.warning("put off subscription=%s attempt=%d until=%s %s", *told)

    def _leave_out(self, batch: Batch, error: NotifyError, now: datetime) -> None:
        """Give up one message for what it says; the next of its subscription goes on."""
        if batch.trouble_since is None:
            told = given_up(batch.subscription, str(error), self._store.audience(), self._options, now)
            if told.recipients:
                self._store.outages.tell(told, batch.key, now)
        self._give_up(batch, error, now, pause=False)

    def _outage(self, batch: Batch, ids: Sequence[str], error: NotifyError, now: datetime, *, paused: bool) -> None:
        """Tell others; before it is written that these are paused: a crash between repeats, and never skips."""
        if batch.trouble_since is None:
            since, audience = batch.failing_since or now, self._store.audience()
            told = outage(ids, batch.subscription.to, str(error), since, audience, self._options, now, paused=paused)
            if told.recipients:
                self._store.outages.begin(ids, told, now)

    def _reached(self, batch: Batch, told_at: datetime) -> None:
        """Tell others that what they were told of is over."""
        now, to = self._clock(), batch.subscription.to
        ids = [one.id for one in self._store.outages.of(told_at) if is_same(one.to, to)]
        since, audience = batch.failing_since or told_at, self._store.audience()
        told = reached(ids, to, since, audience, self._options, now)
        self._store.outages.end(ids, told, now)

    def _give_up(self, batch: Batch, error: NotifyError, now: datetime, *, pause: bool) -> None:
        self._store.mark_failed(batch, str(error), now, pause=pause, unsure=error.unsure)
        self.counts["failed"] += 1
        told = (batch.subscription.id, batch.attempts + 1, pause, error)
        log.error("failed subscription=%s attempt=%d paused=%s %s", *told)

    def _recipient_refused(
        self, batch: Batch, address: str, error: NotifyError, now: datetime
    ) -> tuple[bool, timedelta]:
        """Whether an address is suppressed for all its subscriptions, or else when it is asked again."""
        so_far = None if error.permanent else self._store.suppressions.refused(address, str(error), now)
        if so_far is not None and now - so_far.since <= SUPPRESS_AFTER:
            return False, retry_after(so_far.refusals, random.random(), LONGEST_SOFT)
        self._outage(batch, sharing(address, self._store.audience()), error, now, paused=True)
        paused = self._store.suppressions.suppress(address, str(error), now)
        log.error("suppressed address=%s paused=%s %s", masked(address), ",".join(paused), error)
        return True, LONGEST_SOFT


def retry_after(attempt: int, chance: float, longest: timedelta = LONGEST_RETRY) -> timedelta:
    """How long to wait after refusal number `attempt`: doubling from 8 s to `longest`, spread by `chance` in [0, 1)."""
    plain = min(FIRST_RETRY * (1 << min(attempt - 1, 20)), longest)
    return plain * (1 - JITTER + 2 * JITTER * chance)

"""Who is told of an article that was read, and of what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.decide import Decision, candidate_of, newcomers, outgoing
from watcher.events import absence_event, announcement_event, repost_event
from watcher.identity.copies import Met
from watcher.identity.resembling import resembled_json
from watcher.match import Candidate
from watcher.model import Extraction
from watcher.news import EventKind, FieldChange
from watcher.records.deliveries import Outgoing
from watcher.records.passes import Known
from watcher.settings import Options, Source, Subscription
from watcher.understood import Understood


@dataclass(frozen=True, slots=True)
class Announcing:
    """The events of one reading, each with its recipients among the audience."""

    understood: Understood
    source: Source
    met: Met
    decision: Decision
    audience: Sequence[Subscription]
    options: Options
    now: datetime

    def restored(self) -> Outgoing | None:
        """That a withdrawn announcement is there again, with what changed meanwhile."""
        known, changes = self.met.known, self.decision.changes
        if known is None or known.withdrawn_since is None or not known.extraction.verdict.announcement:
            return None
        url, source = self.understood.page.url, self.source.id
        event = absence_event(EventKind.RESTORED, url, source, self._shown, known.withdrawn_since, changes)
        return outgoing(event, self._candidate(EventKind.RESTORED), self.audience, self.options, self.now)

    def events(self, told: Collection[str]) -> tuple[Outgoing | None, Outgoing | None]:
        """The decision's event, and `new` for those who were told nothing yet; nobody gets both.

        Args:
            told: who is told of this reading already.
        """
        decision = self.decision
        audience = [one for one in self.audience if one.id not in told]
        late = self._event(EventKind.NEW, (), self._latecomers(audience)) if decision.listed else None
        if late is not None and not late.recipients:
            late = None
        if decision.kind is None:
            return None, late
        first = {one.subscription for one in late.recipients} if late else set()
        wanted = self._untold(audience) if decision.kind is EventKind.NEW else audience
        return self._event(decision.kind, decision.changes, [one for one in wanted if one.id not in first]), late

    def _untold(self, audience: Sequence[Subscription]) -> list[Subscription]:
        known = self.met.known
        return [one for one in audience if known is None or one.id not in known.told]

    def _latecomers(self, audience: Sequence[Subscription]) -> list[Subscription]:
        untold, known = self._untold(audience), self.met.elsewhere
        return newcomers(untold, known, self._candidate(EventKind.NEW)) if known else untold

    def _event(self, kind: EventKind, changes: Sequence[FieldChange], audience: Sequence[Subscription]) -> Outgoing:
        event = (
            repost_event(self._url, self.source, self.understood.page.url, self._shown)
            if kind is EventKind.REPOST
            else announcement_event(kind, self._url, self.source.id, self._shown, changes)
        )
        if kind is EventKind.NEW and self.met.resembles is not None:
            event["resembles"] = resembled_json(self.met.resembles)
        behind = self.met.known.behind if self.met.known else ()
        return outgoing(event, self._candidate(kind), audience, self.options, self.now, behind)

    def _candidate(self, kind: EventKind) -> Candidate:
        return candidate_of(kind, self.source, self._shown, self.met.known.places if self.met.known else ())

    @property
    def _known_elsewhere(self) -> Known | None:
        """What is known from another page that stands for it."""
        return None if self.decision.stands else self.met.elsewhere

    @property
    def _shown(self) -> Extraction:
        return self._known_elsewhere.extraction if self._known_elsewhere else self.understood.extraction

    @property
    def _url(self) -> str:
        return self._known_elsewhere.url if self._known_elsewhere else self.understood.page.url

"""Passes begin and end, many in one transaction: what a pass that finds nothing writes costs less than its commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from watcher.records.passes import Pass, PassEnd
from watcher.settings import Source
from watcher.store import claims, events, sources
from watcher.store.engine import Database
from watcher.store.tables import SourceRow


class Passes:
    """The beginnings and the ends of passes; each method is one transaction for all that it is given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, wanted: Sequence[tuple[Source, datetime]]) -> list[Pass | None]:
        """Claim each source for a pass; None where it is being checked already, or is stored with another address.

        Another address: the file was edited and read by another process, whose column this one would mistake for its
        own; or the source was never synchronised.
        """
        now = max(now for _, now in wanted)
        with self._database.write_claimed() as session:
            found = sources.of_passes(session, [source.id for source, _ in wanted], now)
            known = [source for source, _ in wanted if source.id in found and found[source.id][0].url == source.url]
            taken = claims.take(session, [_key(source.id) for source in known], now)
        begun = [(source.id, taken.pop(_key(source.id), None)) for source, _ in wanted]
        return [Pass(claim, *found[source_id]) if claim else None for source_id, claim in begun]

    def rest(self, now: datetime) -> list[tuple[str, datetime | None, datetime | None]]:
        """The enabled sources that nobody is checking: id, when they were last checked, before when not again."""
        wanted = select(SourceRow.id, SourceRow.last_checked, SourceRow.retry_at).where(
            col(SourceRow.enabled), col(SourceRow.configured)
        )
        with self._database.read() as session:
            busy = claims.under_way(session, _key(""), now)
            return [(one, last, retry) for one, last, retry in session.exec(wanted) if _key(one) not in busy]

    def finish(self, ended: Sequence[tuple[Pass, PassEnd, datetime]]) -> list[bool]:
        """The last write of each pass: health, its event, what the listing left. The claim is given back with it.

        False, having written nothing of it, where the pass lost its claim.
        """
        with self._database.write_claimed() as session:
            held = claims.held(session, [one.claim for one, _, _ in ended])
            valid = [one for one in ended if one[0].claim.token in held]
            sources.finish(session, {one.source.id: end for one, end, _ in valid})
            claims.release(session, [one.claim for one, _, _ in valid])
            for one, end, now in valid:
                if end.outgoing is not None:
                    events.add(session, end.outgoing, events.Subject(source=one.source.id), now)
        return [one.claim.token in held for one, _, _ in ended]


def _key(source_id: str) -> str:
    return f"source:{source_id}"

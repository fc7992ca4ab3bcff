"""The entries that a pass meets at other addresses than they had, collected page by page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from watcher.addresses import canonical
from watcher.listing.gap import reaches_known
from watcher.model import Link
from watcher.readdressed import Around, Move, Proof, Shown, last_day, proof_of, readdressed
from watcher.records.pages import Stood
from watcher.records.usual import Pursuit
from watcher.store import Store
from watcher.threads import in_store, on_cpu


@dataclass(slots=True)
class Moves:
    """Those of one source. `since`: when it was found readdressed; what moved since then stands where it belongs.

    `found`: by the canonical address that each has now; `listed`: the canonical addresses on all pages read; `alone`:
    on the last of them nothing is known by its address.
    """

    source_id: str
    store: Store
    since: datetime
    found: dict[str, Move] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    alone: bool = True
    _proof: Proof = Proof.NONE
    _shown: list[Shown] = field(default_factory=list)

    def go_on(self, pursuit: Pursuit) -> None:
        """Collect on the pages behind those on which the column was found readdressed."""
        self.since, self._proof = pursuit.since, Proof.TITLES if pursuit.dated_anew else Proof.DAYS

    async def on(
        self, links: Sequence[Link], known: Collection[str], before: datetime | None = None
    ) -> dict[str, Move]:
        """Those on one more page.

        Args:
            known: canonical addresses of those entries that are.
            before: only what was first seen earlier than that counts.
        """
        newer, self.alone = [*self._shown], not reaches_known(links, known)
        self._shown += ((link.title, link.published) for link in links)
        self.listed |= {canonical(link.url) for link in links}
        unknown = [link for link in links if canonical(link.url) not in known]
        if not unknown:
            return {}
        if not self.alone:  # what is called like a known entry beside it is another one
            newer += ((link.title, link.published) for link in links if canonical(link.url) in known)
        proof = self._proof if self._proof is not Proof.NONE else proof_of(self.found.values())
        around = Around(newer, self.alone, last_day(links), proof)
        moved = await on_cpu(readdressed, unknown, await self._stood(unknown, before), around)
        self.found |= moved
        return moved

    def apart(self) -> list[Move]:
        """Those whose former addresses stand on none of the pages."""
        return [move for move in self.found.values() if move.was.key not in self.listed]

    async def _stood(self, unknown: Sequence[Link], before: datetime | None) -> list[Stood]:
        """What may be one of these entries; where others of the page are known, nothing that the list shows itself."""
        titles, days = {link.title for link in unknown}, {link.published for link in unknown if link.published}
        stood = await in_store(self.store.stood, self.source_id, titles, days, before)
        met = {move.was.page for move in self.found.values()}
        return [
            one
            for one in stood
            if one.page not in met
            and (self.alone or one.key not in self.listed)
            and (one.readdressed_at is None or one.readdressed_at < self.since)
        ]

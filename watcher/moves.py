"""The entries that a pass meets at other addresses than they had, collected page by page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from watcher.addresses import canonical
from watcher.listing.gap import reaches_known
from watcher.model import Link
from watcher.readdressed import Move, Proof, Shown, proof_of, readdressed
from watcher.records.pages import Stood
from watcher.store import Store
from watcher.threads import in_store


@dataclass(slots=True)
class Moves:
    """Those of one source; `proof`: what an earlier pass found.

    `found`: by the canonical address that each has now; `listed`: the canonical addresses on all pages read.
    """

    source_id: str
    store: Store
    proof: Proof = Proof.NONE
    found: dict[str, Move] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    _shown: list[Shown] = field(default_factory=list)

    async def on(
        self, links: Sequence[Link], known: Collection[str], before: datetime | None = None
    ) -> dict[str, Move]:
        """Those on one more page.

        Args:
            known: canonical addresses of those entries that are.
            before: only what was first seen earlier than that counts.
        """
        unknown = [link for link in links if canonical(link.url) not in known]
        alone, newer = not reaches_known(links, known), [*self._shown]
        self._shown += ((link.title, link.published) for link in links)
        self.listed |= {canonical(link.url) for link in links}
        if not unknown:
            return {}
        if not alone:  # what is called like a known entry beside it is another one
            newer += ((link.title, link.published) for link in links if canonical(link.url) in known)
        met = {move.was.page for move in self.found.values()}
        stood = [one for one in await in_store(self._stood, unknown, before) if one.page not in met]
        days = (link.published for link in reversed(links) if link.published is not None)
        moved = readdressed(
            unknown,
            [one for one in stood if alone or one.key not in self.listed],
            newer=newer,
            alone=alone,
            below=next(days, None),
            proof=self.proof if self.proof is not Proof.NONE else proof_of(self.found.values()),
        )
        self.found |= moved
        return moved

    def _stood(self, unknown: Collection[Link], before: datetime | None) -> tuple[Stood, ...]:
        titles, days = {link.title for link in unknown}, {link.published for link in unknown if link.published}
        return self.store.stood(self.source_id, titles, days, before)

    def apart(self) -> list[Move]:
        """Those whose former addresses no page shows."""
        return [move for move in self.found.values() if move.was.key not in self.listed]

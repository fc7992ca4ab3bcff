"""What a walk found, written down: new entries wait to be opened, known ones go on where they stand now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from watcher.addresses import canonical
from watcher.counted import counted
from watcher.model import Link
from watcher.pursuit import Pursued, pursue
from watcher.readdressed import FEWEST, Proof, Readdressed, are_followed, proof_of
from watcher.records.passes import Pass
from watcher.records.sources import Gap
from watcher.records.usual import Pursuit
from watcher.threads import in_store
from watcher.walk import Walk, Walked

if TYPE_CHECKING:
    from watcher.store.readdressing import Readdressing

_READDRESSED: Final = "listing: {} on at another address"


@dataclass(slots=True)
class Noting:
    """What a pass writes of a column; `remark`: that entries of it have other addresses, for a person."""

    walk: Walk
    held: Pass
    remark: str | None = None

    def note(self, walked: Walked, past: Collection[str], baseline: bool) -> int:
        """Note the entries, those in `past` as baseline, and return how many others were not known.

        What stood in the column under another address is known under its new one from then on; where it cannot be,
        because it stands at both, that is baseline. Each write is one of its own: after a kill in between the next
        pass finds at their addresses what was written, and the rest as this one did.
        """
        moves, keys = self.walk.moves, {canonical(link.url) for link in walked.links}
        old = {*past, *walked.moved, *self._readdressing.former(self.held.source.id, keys)}
        if walked.moved:
            found = Readdressed(moves.apart(), moves.listed, self._since, self._pursuit(walked))
            self._readdressing.begin(self.held, found, self.walk.gear.clock())
        if past_links := [link for link in walked.links if canonical(link.url) in old]:
            self._add(past_links, None, True)
        return self._add([link for link in walked.links if canonical(link.url) not in old], walked.gap, baseline)

    async def look_behind(self, walked: Walked) -> Pursued:
        """Look through some of the older pages whose entries may have other addresses too."""
        moves, pursuit, pursued = self.walk.moves, self._pursuit(walked), Pursued()
        if pursuit is not None:
            before = {move.was.page for move in moves.found.values()}
            pursued = await pursue(pursuit, self.walk)
            more = [move for move in moves.apart() if move.was.page not in before]
            found = Readdressed(more, moves.listed, pursuit.since)
            await in_store(self._readdressing.go_on, self.held, found, self.walk.gear.clock())
            if pursued.stands:
                await in_store(self._readdressing.stop, self.held)
        if met := sum(not move.flickers(self.walk.started) for move in moves.apart()):
            self.remark = _READDRESSED.format(counted(met, "known entry goes", "known entries go"))
        return pursued

    def _pursuit(self, walked: Walked) -> Pursuit | None:
        """The pages behind this walk's, or those that a pass before left."""
        if self.walk.source.follow.max_pages == 1:
            return None
        moves = {key: move for key, move in walked.moved.items() if not move.flickers(self.walk.started)}
        is_alone = len(moves) < FEWEST  # put up again, which says nothing of the others
        if walked.behind is None or is_alone or not are_followed(moves, self.walk.started):
            return self.held.source.usual.pursuit
        return Pursuit(self._since, walked.behind, dated_anew=proof_of(moves.values()) is Proof.TITLES)

    @property
    def _since(self) -> datetime:
        """When the walk began, which several passes may take."""
        return self.held.source.gap.since if self.held.source.gap else self.walk.started

    @property
    def _readdressing(self) -> Readdressing:
        return self.walk.gear.store.readdressing

    def _add(self, links: Sequence[Link], gap: Gap | None, baseline: bool) -> int:
        now = self.walk.gear.clock()
        return self.walk.gear.store.add_entries(self.held, links, baseline=baseline, now=now, gap=gap)

"""The pace of hosts over all processes: requests that start and end, each host's row locked while it is decided on.

On PostgreSQL alone, whose clock is that of all. Its table is not logged: after a crash of the server it is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, extract, func, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field

from watcher.lane import Answer, Ask, Lane, enter, leave
from watcher.store import postgres
from watcher.store.engine import Database
from watcher.store.tables import Stored, json_column


class HostRow(Stored, table=True):
    """The pace of a host: the moment before which no request starts, and by token until when each counts as under way.

    Seconds of the clock of PostgreSQL, on which alone it is used.
    """

    __tablename__ = "hosts"

    host: str = Field(primary_key=True)
    not_before: float = 0.0
    under_way: dict[str, float] = Field(sa_column=json_column("{}"))


_TABLE: Final[Any] = HostRow.metadata.tables[HostRow.__tablename__]
_NOW: Final = extract("epoch", func.clock_timestamp())


class Hosts:
    """Each method is one transaction for all that it is given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, asked: Sequence[Ask]) -> list[Answer]:
        """Whether each of these requests may start, and when."""
        answers: dict[str, Answer] = {}

        def decide(lane: Lane, ask: Ask, now: float) -> Lane:
            after, answers[ask.token] = enter(lane, ask, now)
            return after

        self._change([(ask.host, ask) for ask in asked], decide)
        return [answers[ask.token] for ask in asked]

    def leave(self, ended: Sequence[tuple[str, str]]) -> list[None]:
        """That requests, (host, token) each, have ended."""
        self._change(ended, lambda lane, token, _now: leave(lane, token))
        return [None for _ in ended]

    def _change(self, wanted: Sequence[tuple[str, Any]], decide: Callable[[Lane, Any, float], Lane]) -> None:
        of = defaultdict(list)
        for host, what in wanted:
            of[host].append(what)
        with self._database.write_claimed() as session:
            connection = session.connection()
            after = []
            for host, not_before, under_way, now in _locked(connection, of):
                lane = Lane(not_before, under_way)
                for what in of[host]:
                    lane = decide(lane, what, float(now))
                after.append({"of": host, "not_before": lane.not_before, "under_way": dict(lane.under_way or {})})
            connection.execute(update(_TABLE).where(_TABLE.c.host == bindparam("of")), after)


def _locked(connection: Connection, hosts: Collection[str]) -> Sequence[Any]:
    """Their rows, made where there are none, locked in one order."""
    wanted = select(_TABLE.c.host, _TABLE.c.not_before, _TABLE.c.under_way, _NOW).where(_TABLE.c.host.in_(hosts))
    found = connection.execute(wanted.order_by(_TABLE.c.host).with_for_update()).all()
    if len(found) == len(hosts):
        return found
    missing = sorted(set(hosts) - {row.host for row in found})
    made = [{"host": host, "not_before": 0.0, "under_way": {}} for host in missing]
    connection.execute(postgres.insert_or(connection, _TABLE).on_conflict_do_nothing(), made)
    return connection.execute(wanted.order_by(_TABLE.c.host).with_for_update()).all()

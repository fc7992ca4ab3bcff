"""Work that is done once in a while by one of many processes: which of its rounds was the last."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, text
from sqlmodel import Field, Session, col

from watcher.store import postgres
from watcher.store.engine import Database
from watcher.store.tables import Stored

# The look for what is due: of how many seconds each of its rounds is.
TICK, TICK_S = "tick", 2


class RoundRow(Stored, table=True):
    """`number` counts as the work's own periods do: seconds, minutes, days."""

    __tablename__ = "rounds"

    name: str = Field(primary_key=True)
    number: int = Field(sa_column=Column(BigInteger, nullable=False))


class Rounds:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, every_s: int) -> bool:
        """Whether this process does the present round of work that is due every so many seconds: one of all does.

        By the clock of the database, which all of them share. PostgreSQL only.
        """
        with self._database.write_claimed() as session:
            number = session.connection().execute(text(_NUMBER), {"every": every_s}).scalar_one()
            return _set(session, name, number)

    def done(self, name: str, number: int) -> None:
        """That a round came to its end, whoever was at it."""
        with self._database.write_claimed() as session:
            _set(session, name, number)

    def last(self, name: str) -> int | None:
        """The round that was done last."""
        with self._database.read() as session:
            row = session.get(RoundRow, name)
            return None if row is None else row.number


_NUMBER: Final = "SELECT floor(extract(epoch FROM clock_timestamp()) / :every)::bigint"


def _set(session: Session, name: str, number: int) -> bool:
    """Write it; False where it stands there already. A clock that was set back makes another round, not a pause."""
    table: Any = RoundRow
    insert = postgres.insert_or(session.connection(), table).values(name=name, number=number)
    written = insert.on_conflict_do_update(
        index_elements=["name"], set_={"number": number}, where=col(RoundRow.number) != number
    )
    return session.connection().execute(written.returning(col(RoundRow.name))).first() is not None

"""What every command shares: the global options, and settings and store opened when a command first needs them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import typer

from watcher.errors import StoreLost, UsageError

if TYPE_CHECKING:
    from watcher.archive import Archive
    from watcher.cli.logs import LogFormat
    from watcher.settings import Settings
    from watcher.store import Store


# The largest number that every database stores in a column of ids (PostgreSQL: INTEGER).
LARGEST: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Globals:
    """The options before the command: they win over the environment, which wins over the defaults."""

    config: str
    state: str
    database_url: str | None
    log_format: LogFormat

    def settings(self, *, to_send: bool = False) -> Settings:
        """Load and check the configuration, for who sends also whether a channel can be made of each address.

        Raises:
            ConfigError: what is wrong, where, and what was expected.
        """
        from watcher.config import load

        return load(
            self.config,
            state=self.state,
            database_url=self.database_url,
            environ=os.environ,
            check_address=self._channel_check() if to_send else None,
        )

    def _channel_check(self) -> Callable[[str], None]:
        """Checks an address, unless the database has it: it was checked when it came there, and the channel library
        takes as long to load (0.07 s) as a small pass takes. Where the database is away all are checked.
        """
        try:
            known = self._known_addresses()
        except StoreLost:
            known = set()

        def check(to: str) -> None:
            from watcher.notify import check_address

            if to not in known:
                check_address(to)

        return check

    def _known_addresses(self) -> set[str]:
        store = self.store()
        if store is None:
            return set()
        try:
            return {record.subscription.to for record in store.subscriptions()}
        finally:
            store.close()

    def address(self) -> str:
        """Of the database; it may hold a password."""
        from watcher.config import database_address

        return database_address(self.database_url, self.state, os.environ)

    def store(self) -> Store | None:
        """Open the database for a look; None where there is none yet."""
        from watcher.store import Store

        return Store.find(self.address())

    def archive(self, store: Store) -> Archive:
        """The archive beside the database."""
        from watcher.archive import Archive

        return Archive(self.archive_folder(), store)

    def archive_folder(self) -> Path:
        from watcher.archive import FOLDER

        return Path(self.state) / FOLDER

    def existing_or_new_store(self) -> Store:
        from watcher.store import Store

        return Store.open(self.address())


def options_of(context: typer.Context) -> Globals:
    found = context.find_object(Globals)
    assert found is not None  # the callback of the application sets it
    return found


def now() -> datetime:
    """The clock of the command line, aware, UTC."""
    return datetime.now(UTC)


def today(options: Globals) -> date:
    """The day of the configured time zone."""
    return now().astimezone(local_zone(options)).date()


def local_zone(options: Globals) -> ZoneInfo:
    """The configured time zone; its default where there is no readable configuration, since reading needs none."""
    from watcher.errors import ConfigError

    try:
        return ZoneInfo(options.settings().options.timezone)
    except ConfigError:
        return ZoneInfo("Asia/Shanghai")


def whole_id(written: str) -> int:
    """The number of an announcement or a delivery, as an argument has it; UsageError where it is none."""
    if not written.isascii() or not written.isdecimal() or not 1 <= int(written) <= LARGEST:
        raise UsageError(f"{written[:40]!r} is no id: expected a whole number such as 12, as the lists show them")
    return int(written)

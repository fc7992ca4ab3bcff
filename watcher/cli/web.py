"""`watcher web`, and the page that `watcher run` serves beside its work."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from watcher.cli import starting
from watcher.cli.context import now, options_of
from watcher.errors import UsageError

if TYPE_CHECKING:
    import socket

    from watcher.app import App
    from watcher.settings import Settings
    from watcher.store import Store
    from watcher.web.access import Access
    from watcher.web.site import Site

log = logging.getLogger("watcher.web")

DEFAULT: Final = "127.0.0.1:8080"
TOKEN: Final = "WATCHER_WEB_TOKEN"
USER_HEADER: Final = "WATCHER_WEB_USER_HEADER"
HOSTS: Final = "WATCHER_WEB_HOSTS"
PROXIES: Final = "WATCHER_WEB_PROXIES"


def web(
    context: typer.Context,
    bind: Annotated[str, typer.Option(metavar="HOST:PORT", help="Where to listen.")] = DEFAULT,
) -> None:
    """Serve the web page alone, for reading.

    `watcher run` serves it too; this is for a database that another process fills. Nothing can be changed here but by
    the links of mails.

    Example: watcher web --bind 127.0.0.1:8081
    """
    from watcher.cli.logs import set_up_logging

    options = options_of(context)
    settings = options.settings()
    access, opened = guarded(bind, settings), listening(bind)
    set_up_logging(logging.INFO, settings.options.timezone, options.log_format)
    starting.run(_serve(settings, access, opened))


async def _serve(settings: Settings, access: Access, opened: socket.socket) -> None:
    from watcher.store import Store
    from watcher.threads import on_start
    from watcher.web.application import application
    from watcher.web.server import serving

    store = await on_start(Store.open, settings.database_url)
    try:
        site, stop = site_of(settings, store, access, read_only=True), asyncio.Event()
        for number in starting.SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with serving(application(site), opened):
            await stop.wait()
    finally:
        store.close()


@asynccontextmanager
async def beside(app: App, bind: str | None) -> AsyncIterator[None]:
    """The page of a running service while the block lasts, at `bind`; at the usual address, if it is free, for None.

    Raises:
        UsageError: the address that was named cannot be had, or is not guarded.
    """
    from watcher.web.application import application
    from watcher.web.metrics import Meter
    from watcher.web.server import serving

    async with AsyncExitStack() as stack:
        access = guarded(bind or DEFAULT, app.settings)
        try:
            opened = listening(bind or DEFAULT)
        except UsageError as exc:
            if bind is not None:
                raise
            log.warning("%s; going on without it", exc)
        else:
            meter = Meter()
            app.on_report = meter.count
            site = site_of(app.settings, app.store, access, read_only=False)
            site = replace(site, beat=lambda: app.beat, meter=meter, began=now())
            await stack.enter_async_context(serving(application(site), opened))
        yield


def site_of(settings: Settings, store: Store, access: Access, *, read_only: bool) -> Site:
    from watcher.web.seals import kept_seals
    from watcher.web.site import Site

    return Site(store, settings, now, access, kept_seals(Path(settings.state)), read_only)


def guarded(bind: str, settings: Settings) -> Access:
    """How the page at an address is guarded, by the environment; UsageError where it would stand open."""
    from watcher.config.secrets import Environment, UnsetError
    from watcher.web.access import access

    environment = Environment(os.environ)

    def given(name: str) -> str | None:
        try:
            return (environment.find(name) or "").strip() or None
        except UnsetError as exc:  # a secret that cannot be read leaves no door open
            raise UsageError(f"web page: {exc}") from None

    host, _ = _address(bind)
    try:
        return access(
            host,
            token=given(TOKEN),
            user_header=given(USER_HEADER),
            hosts=given(HOSTS) or "",
            public_url=settings.options.public_url,
            proxies=given(PROXIES) or "",
        )
    except ValueError as exc:
        raise UsageError(f"web page: {exc}") from None


def listening(bind: str) -> socket.socket:
    """A socket at HOST:PORT; UsageError where it cannot be had."""
    from watcher.web.server import listen

    host, port = _address(bind)
    try:
        return listen(host, port)
    except (OSError, OverflowError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "no such port"
        raise UsageError(f"web page: {bind}: {reason}; name another HOST:PORT") from None


def _address(bind: str) -> tuple[str, int]:
    host, separator, port = bind.rpartition(":")
    if not separator or not host or not port.isdecimal() or int(port) > 65535:
        raise UsageError(f"web page: {bind!r}: expected HOST:PORT such as {DEFAULT} or [::1]:8080")
    return host.removeprefix("[").removesuffix("]"), int(port)

"""The HTTP server: in the event loop of the service, or alone."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from starlette.types import ASGIApp

log = logging.getLogger("watcher.web")

# Beyond that many open connections the rest is told to come back: a flood holds up no pass.
MOST_CONNECTIONS: Final = 256
STOP_S: Final = 3
BACKLOG: Final = 128


class _Server(uvicorn.Server):
    """Leaves the signals to who started it: the service ends when its passes have."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket on this address; OSError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(BACKLOG)
    except (OSError, OverflowError):
        opened.close()
        raise
    return opened


@asynccontextmanager
async def serving(app: ASGIApp, opened: socket.socket) -> AsyncIterator[None]:
    """Answer requests on this socket while the block lasts; what is being answered is finished."""
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=STOP_S,
        )
    )
    task = asyncio.create_task(server.serve(sockets=[opened]))
    host, port = opened.getsockname()[:2]
    log.info("web http://%s:%d/", f"[{host}]" if ":" in host else host, port)
    try:
        yield
    finally:
        server.should_exit = True
        await task

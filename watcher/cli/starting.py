"""The start of a service: until it is at work, SIGTERM and SIGINT end it at once, whatever it waits for."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Coroutine
from typing import Any, Final

from watcher import loop

log = logging.getLogger("watcher.cli")

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def run(service: Coroutine[Any, Any, None]) -> None:
    """Run a service to its end; once it is at work it takes the signals over."""
    loop.run(_run(service))


async def _run(service: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(service)
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("stopped before it was at work")

"""Every phrase of the pages: (Chinese, English), by name. `{…}` is filled in by the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from watcher.web.phrases import reading, subscribing, tables

PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    **reading.EVERYWHERE,
    **reading.LIST,
    **reading.ITEM,
    **reading.KINDS,
    **reading.ERRORS,
    **tables.SOURCES,
    **tables.DELIVERIES,
    **tables.REVIEW,
    **tables.TIMES,
    **tables.BESIDE,
    **subscribing.SUBSCRIBE,
}

"""What a file of the archive is called; nothing else in its folder is ours. Pure.

watcher-20260302.warc.gz       what was fetched on a day (UTC)
watcher-20260302.w1.warc.gz    the same by a machine of several that share the folder
watcher-20260302-2.warc.gz     of either, written anew without what nobody needed (`prune`)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

# None of them leads out of the folder: a backup, which may be another's, is unpacked under such names alone.
_NAME: Final = re.compile(r"watcher-[0-9]{8}(?:-(?P<copy>[0-9]+)|\.[A-Za-z0-9-]+)?\.warc\.gz")
_DAY: Final = len("watcher-20260302")


def beginning_of(day: date) -> str:
    """What the names of a day's files begin with; those of earlier days come before it."""
    return f"watcher-{day:%Y%m%d}"


def file_of(moment: datetime, machine: str = "") -> str:
    """The name of the file for what was fetched then, by a machine of several that share the folder."""
    apart = "." + re.sub(r"[^A-Za-z0-9-]+", "-", machine) if machine else ""
    return f"{beginning_of(moment.astimezone(UTC))}{apart}.warc.gz"


def is_file(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def next_copy(name: str, there: Iterable[str]) -> str:
    """What a file written anew is called: as none of the same day is, of those that are `there`."""
    day = name[:_DAY]
    found = (_NAME.fullmatch(one) for one in there if one.startswith(day))
    newest = max((int(one["copy"] or 1) for one in found if one), default=1)
    return f"{day}-{newest + 1}.warc.gz"

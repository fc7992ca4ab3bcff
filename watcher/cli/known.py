"""The sources that there are, for commands that are given an id: none takes an unknown one in silence."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from watcher.counted import counted
from watcher.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.cli.context import Globals
    from watcher.settings import Settings, Source

# So many ids fit on a line.
MOST_NAMED: Final = 8


def source_of(settings: Settings, source_id: str) -> Source:
    """The configured source of this id.

    Raises:
        UsageError: there is none; the nearest names, or all, are said.
    """
    found = settings.source(source_id)
    if found is None:
        raise _unknown(source_id, settings.path, [source.id for source in settings.sources])
    return found


def check_sources(options: Globals, ids: Sequence[str]) -> None:
    """That something may be found of each of these sources: it is configured, or was once and is in the database.

    Raises:
        UsageError: of one of them there is neither.
    """
    if not ids:
        return
    try:
        settings = options.settings()
    except ConfigError:  # to look at what was found needs none
        configured, place = [], "the database"
    else:
        configured, place = [source.id for source in settings.sources], f"{settings.path} or the database"
    if not (wrong := [one for one in ids if one not in configured]):
        return
    store = options.store()
    known = {*configured, *(record.id for record in (store.sources() if store else ()))}
    if unknown := [one for one in wrong if one not in known]:
        raise _unknown(unknown[0], place, known)


def nothing_watched(settings: Settings) -> str | None:
    """What to do where no source is watched; None where one is."""
    if not settings.sources:
        return f"no source is configured in {settings.path}: `watcher sources add URL` adds one"
    if any(source.enabled for source in settings.sources):
        return None
    off = f"{settings.path} has {counted(len(settings.sources), 'source')}, none of them enabled"
    return f"{off}: take an `enabled: false` away, or name one to `watcher check`"


def _unknown(source_id: str, place: str, known: Collection[str]) -> UsageError:
    import difflib

    near = difflib.get_close_matches(source_id, known, n=3)
    if near:
        advice = f"did you mean {' or '.join(near)}?"
    elif 0 < len(known) <= MOST_NAMED:
        advice = f"there {'is' if len(known) == 1 else 'are'} {', '.join(sorted(known))}"
    else:
        advice = "`watcher sources list` shows the ids" if known else "there is none yet: `watcher sources add URL`"
    return UsageError(f"no source {source_id[:60]!r} in {place}; {advice}")

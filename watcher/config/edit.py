"""Adding and removing sources in `sources.yaml` as a careful person would: in place, every other byte kept.

The text is edited, not dumped anew: a dump would move the comments behind the last entry and re-wrap the rest. The new
text is checked as a whole, and to hold nothing but the change, before it replaces the file in one step.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from watcher.config.secrets import literal
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.config.places import Place, Sources
    from watcher.settings import Settings

_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_PLAIN: Final = re.compile(r"[A-Za-z0-9\u4e00-\u9fff/][^#\"'{}\[\],&*!|>%@`$]*[^\s:#\"'{}\[\],&*!|>%@`$]")
# Words and numbers of YAML 1.1, as other programs may read the file.
_NO_TEXT: Final = re.compile(r"[\d.:_+-]+|true|false|null|yes|no|on|off", re.IGNORECASE)


def add_source(
    path: str, entry: Mapping[str, object], filled: Mapping[str, str] = _NONE, comment: str | None = None
) -> None:
    """Write `entry` behind the last source of the file at `path`. Its values are texts, or what JSON can say.

    They are read back as they are: a page may have given them, so that no `${NAME}` in them is filled.

    Args:
        filled: more values of the entry, in which `${NAME}` is filled from the environment.
        comment: behind the first line of the entry, with which it goes; entries in braces have no place for it.
    Raises:
        ConfigError: the file has no list of sources to add to, or would not be valid any more.
    """
    from watcher.config.places import find_sources

    entry = {**{key: _literal(value) for key, value in entry.items()}, **filled}
    text = _read(path)
    sources = find_sources(text, path)
    if sources is not None and sources.is_flow and sources.items:
        changed = _into_braces(text, sources, entry)
    else:
        changed = _into_lines(text, sources, entry, comment)
    _replace(path, changed, added=str(entry["id"]))


def remove_source(path: str, source_id: str) -> None:
    """Take the source with this id out of the file at `path`, with the comments inside its entry.

    Raises:
        ConfigError: there is no such source in the file.
    """
    from watcher.config.places import find_sources

    text = _read(path)
    sources = find_sources(text, path)
    items = sources.items if sources is not None else ()
    item = next((item for item in items if item.id == source_id), None)
    if sources is None or item is None:
        raise ConfigError(path, None, "sources", f"there is no source {source_id!r}")
    start, end = _in_braces(items, item) if sources.is_flow else _in_lines(text, items, item)
    _replace(path, text[:start] + text[end:], removed=source_id)


# --- the text ------------------------------------------------------------------------------------------------------


def _into_lines(text: str, sources: Sources | None, entry: Mapping[str, object], comment: str | None) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    if sources is None:
        at, dash, inner, key = len(text), "  - ", "    ", f"sources:{newline}"
    elif sources.items:
        last = sources.items[-1]
        at, key = _line_end(text, last.end), ""
        dash = _to_dash(text, sources.items, last)
        inner = " " * len(dash) if "\n" not in dash else " " * (dash.index("-") + 2)
        dash = dash if "\n" not in dash else inner[:-2] + "- "
    else:  # nothing, `[]` or null: the lines stand in its place
        text = text[: sources.start].rstrip(" ") + text[sources.end :]
        at, key = _line_end(text, len(text[: sources.start].rstrip(" "))), ""
        dash, inner = " " * (sources.column + 2) + "- ", " " * (sources.column + 4)
    if at and text[at - 1] != "\n":
        key = newline + key
    lines = [f"{inner if n else dash}{name}: {_written(value)}" for n, (name, value) in enumerate(entry.items())]
    if comment is not None:
        lines[0] += f"  # {comment}"
    return text[:at] + key + newline.join(lines) + newline + text[at:]


def _into_braces(text: str, sources: Sources, entry: Mapping[str, object]) -> str:
    last = sources.items[-1]
    line = text.rfind("\n", 0, last.start) + 1
    before = text[line : last.start]
    between = f",\n{before}" if before.isspace() else ", "  # an entry a line, or all of them in one
    pairs = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items())
    return f"{text[: last.end]}{between}{{{pairs}}}{text[last.end :]}"


def _in_lines(text: str, items: tuple[Place, ...], item: Place) -> tuple[int, int]:
    dash = _to_dash(text, items, item)
    return item.start - len(dash), _line_end(text, item.end)


def _in_braces(items: tuple[Place, ...], item: Place) -> tuple[int, int]:
    """With the comma behind it, or that before it where it is the last."""
    at = items.index(item)
    if at + 1 < len(items):
        return item.start, items[at + 1].start
    return items[at - 1].end if at else item.start, item.end


def _to_dash(text: str, items: tuple[Place, ...], item: Place) -> str:
    """What stands before an item, from the start of the line with its dash on."""
    at = items.index(item)
    before = text[items[at - 1].end if at else 0 : item.start]
    dashes = list(re.finditer(r"^[ \t]*-(?=\s)", before, re.MULTILINE))
    return before[dashes[-1].start() :]


def _line_end(text: str, index: int) -> int:
    """The start of the line behind the one that `index` ends in; a block scalar ends on the last line it fills."""
    found = text.find("\n", len(text[:index].rstrip()))
    return len(text) if found < 0 else found + 1


def _literal(value: object) -> object:
    """The value with every text in it as it must be written to be read back as it is."""
    if isinstance(value, dict):
        return {key: _literal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_literal(inner) for inner in value]
    return literal(value) if isinstance(value, str) else value


def _written(value: object) -> str:
    """The value as YAML; as JSON, which YAML reads, where it is not plainly a word or an address."""
    from watcher.config.tree import is_text

    is_plain = isinstance(value, str) and value.isprintable() and _PLAIN.fullmatch(value) and ": " not in value
    if isinstance(value, str) and is_plain and not _NO_TEXT.fullmatch(value) and is_text(value):
        return value
    return json.dumps(value, ensure_ascii=False)


# --- the file ------------------------------------------------------------------------------------------------------


def _read(path: str) -> str:
    return Path(path).read_bytes().decode("utf-8")


def _replace(path: str, text: str, *, added: str | None = None, removed: str | None = None) -> None:
    """Write beside the file, check, rename: a crash leaves the old file or the new one, never half of one."""
    target = Path(path).resolve()
    try:
        with _draft(target, text) as draft:
            _check(_without(_load(str(target)), removed), _without(_load(draft), added), path)
            os.replace(draft, target)
    except ConfigError as exc:
        raise ConfigError(path, exc.line, exc.key, f"not changed: {exc.expected}") from exc
    except OSError as exc:  # read-only, or mounted by itself, so that nothing can be put in its place
        raise ConfigError(path, None, None, f"not changed: {exc.strerror}; edit the file where it is kept") from exc


def _load(path: str) -> Settings:
    from watcher.config import load

    return load(path, state="state", database_url=None, environ=os.environ)


def _without(settings: Settings, source_id: str | None) -> Settings:
    return replace(settings, path="", sources=tuple(one for one in settings.sources if one.id != source_id))


def _check(before: Settings, after: Settings, path: str) -> None:
    if before != after:
        raise ConfigError(path, None, "sources", "expected entries in a form that can be edited; change it by hand")


@contextmanager
def _draft(target: Path, text: str) -> Iterator[str]:
    """A file with `text` beside `target`, of its mode and owner; gone after the block unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        known = target.stat()
        os.chmod(name, known.st_mode)
        with suppress(PermissionError):  # only the owner of a file can be kept by who is not root
            os.chown(name, known.st_uid, known.st_gid)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)

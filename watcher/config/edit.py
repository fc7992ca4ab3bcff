"""Adding and removing sources in `sources.yaml` as a careful person would: line by line, every comment kept.

The text is edited, not dumped anew: a dump would move the comments behind the last entry and re-wrap the rest. The new
text is checked as a whole before it replaces the file in one step.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from watcher.errors import ConfigError


def add_source(path: str, entry: Mapping[str, str]) -> None:
    """Write `entry` behind the last source of the file at `path`.

    Raises:
        ConfigError: the file has no list of sources to add to, or would not be valid any more.
    """
    text = Path(path).read_text(encoding="utf-8")
    lines = text.splitlines()
    sources = _sources(text, path)
    if sources is None:
        lines += ["sources:"] if not _has_key(text, "sources") else []
        at, indent = _line_after_key(lines), "  "
    elif sources.value:
        at, indent = _last_line(sources.value[-1]) + 1, " " * (sources.value[-1].start_mark.column - 2)
    else:
        raise ConfigError(path, sources.start_mark.line + 1, "sources", "expected a list in lines, `- id: …`, not `[]`")
    lines[at:at] = [
        f"{indent}{'- ' if n == 0 else '  '}{key}: {_scalar(value)}" for n, (key, value) in enumerate(entry.items())
    ]
    _replace(path, "\n".join(lines) + "\n")


def remove_source(path: str, source_id: str) -> None:
    """Take the source with this id out of the file at `path`, with the comments inside its entry.

    Raises:
        ConfigError: there is no such source in the file.
    """
    text = Path(path).read_text(encoding="utf-8")
    sources = _sources(text, path)
    for item in sources.value if sources is not None else ():
        if _id_of(item) == source_id:
            lines = text.splitlines()
            del lines[item.start_mark.line : _last_line(item) + 1]
            _replace(path, "\n".join(lines) + "\n")
            return
    raise ConfigError(path, None, "sources", f"there is no source {source_id!r}")


def _root(text: str) -> MappingNode | None:
    root = YAML(typ="rt", pure=True).compose(text)
    return root if isinstance(root, MappingNode) else None


def _has_key(text: str, name: str) -> bool:
    root = _root(text)
    return root is not None and any(key.value == name for key, _ in root.value)


def _sources(text: str, path: str) -> SequenceNode | None:
    """The node of the list of sources; None where the key is absent or empty."""
    root = _root(text)
    found = next((value for key, value in root.value if key.value == "sources"), None) if root is not None else None
    if found is None or (isinstance(found, ScalarNode) and not found.value):
        return None
    if not isinstance(found, SequenceNode):
        raise ConfigError(path, found.start_mark.line + 1, "sources", "expected a list")
    return found


def _line_after_key(lines: list[str]) -> int:
    return next(number for number, line in enumerate(lines) if line.startswith("sources:")) + 1


def _last_line(node: Node) -> int:
    """The line of the last scalar of `node`: the end mark of a block stands behind the comments that follow it."""
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    mark = node.end_mark
    # A block scalar, or an empty value, ends at the start of the line after it.
    return int(mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line)


def _id_of(item: Node) -> str | None:
    pairs: list[tuple[Any, Any]] = item.value if isinstance(item, MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), None)


def _scalar(value: str) -> str:
    """The value as one YAML scalar; quoted as JSON, which YAML reads, where it is not plainly a word or an address."""
    import json
    import re

    plain = re.fullmatch(r"[A-Za-z0-9\u4e00-\u9fff/][^#\"'{}\[\],&*!|>%@`]*[^\s:#\"'{}\[\],&*!|>%@`]", value)
    safe = (
        plain
        and ": " not in value
        and not re.fullmatch(r"[\d.:_-]+|true|false|null|yes|no|on|off", value, re.IGNORECASE)
    )
    return value if safe else json.dumps(value, ensure_ascii=False)


def _replace(path: str, text: str) -> None:
    """Write beside the file, check, rename: a crash leaves the old file or the new one, never half of one."""
    from watcher.config import load

    target = Path(path).resolve()
    try:
        with _draft(target, text) as draft:
            load(draft, state="state", database_url=None, environ=os.environ)
            os.chmod(draft, target.stat().st_mode)
            os.replace(draft, target)
    except ConfigError as exc:
        raise ConfigError(path, exc.line, exc.key, f"not changed: {exc.expected}") from exc
    except OSError as exc:  # read-only, or mounted by itself, so that nothing can be put in its place
        raise ConfigError(path, None, None, f"not changed: {exc.strerror}; edit the file where it is kept") from exc


@contextmanager
def _draft(target: Path, text: str) -> Iterator[str]:
    """A file with `text` beside `target`, gone after the block unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)

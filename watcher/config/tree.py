"""YAML text -> plain values that know their lines.

YAML 1.2, so that `on:` is a key and `yes` a word. Dates and unknown tags stay text: the file has no use for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from watcher.config.secrets import PLACEHOLDER, Environment, UnsetError
from watcher.errors import ConfigError

Place = tuple[str | int, ...]  # ("sources", 2, "every")

# The deepest value of the format stands 5 deep; more is a mistake, or an alias that holds itself.
MAX_DEPTH = 12
# 10,000 sources with every key make about 150,000 values; aliases can multiply a short file into billions.
MAX_VALUES = 500_000
# What mends the commonest mistakes, by how the parser calls them.
_ADVICE: Final = {
    "mapping values are not allowed in this context": "put a blank behind the colon of a key, quote text that has one",
    "found unexpected end of stream": "close what is quoted",
    "found character that cannot start any token": "quote a text that begins with @, ` or %",
    "could not find expected ':'": "write `key: value`, with a blank behind the colon",
    "did not find expected key": "indent the keys of one entry alike, and close what is quoted",
    "did not find expected '-' indicator": "indent the entries of one list alike",
}
_TOO_DEEP: Final = "nested too deeply, or an alias (*name) repeats too much"

# Some damaged input gives bare errors of Python (a bad escape, a version of 10**4000 digits).
_BROKEN = (YAMLError, ValueError, ArithmeticError, LookupError, AssertionError, AttributeError, TypeError)

# What a bare scalar is in YAML 1.2 (the core schema, 10.3.2), by its first characters; anything else is text.
_KINDS: Final = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
}


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # libyaml is 20 times faster
    """Composes nodes and knows the kinds of YAML 1.2."""


for _kind, (_pattern, _first) in _KINDS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(rf"(?:{_pattern})\Z"), _first)


@dataclass(slots=True)
class Tree:
    """A file's values; `lines` and `raw` (a scalar as written, with its `${NAME}`) are found by place."""

    path: str
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    raw: dict[Place, str] = field(default_factory=dict)
    problems: list[ConfigError] = field(default_factory=list)
    refused: set[Place] = field(default_factory=set)

    def line(self, place: Place) -> int | None:
        """Return the line of `place`, or of the nearest thing around it that the file holds."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def refuse(self, place: Place, expected: str) -> None:
        """Note one problem; a second one of the same place would only repeat it."""
        if place in self.refused:
            return
        self.refused.add(place)
        self.problems.append(ConfigError(self.path, self.line(place), written(place) or None, expected))


def written(place: Place) -> str:
    """Return a place as people write it: `sources[2].every`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return printable(text)


def printable(text: str) -> str:
    """Return `text` on one line, with what cannot be shown written as its code."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def is_text(bare: str) -> bool:
    """Whether a bare scalar is read as text: `1e5` and `0x1F` are numbers."""
    return not any(re.fullmatch(pattern, bare) for pattern, _ in _KINDS.values())


def read_tree(text: str, path: str, environment: Environment) -> Tree:
    """Parse `text`; what is wrong with single values is gathered in `problems`.

    Raises:
        ConfigError: the text is empty or no YAML, so that nothing can be said of its values.
    """
    node = _compose(text, path)
    if node is None:
        raise ConfigError(path, None, None, "the file is empty; expected a list under sources:")
    tree = Tree(path)
    tree.value = _Builder(tree, environment).build(node, (), 0)
    return tree


def _compose(text: str, path: str) -> Node | None:
    try:
        _check_depth(text, path)
        node: Node | None = yaml.compose(text, _Loader)
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        last = text.rstrip().count("\n")  # what is missing at the end is missed behind it
        line = min(mark.line, last) + 1 if mark else None
        raise ConfigError(path, line, None, f"invalid YAML: {_mend(exc, text)}") from exc
    except _BROKEN as exc:
        reason = " ".join(str(exc).split())[:120] or type(exc).__name__
        raise ConfigError(path, None, None, f"invalid YAML: {reason}") from exc
    return node


def _mend(exc: MarkedYAMLError, text: str) -> str:
    """What is to be done about text that is no YAML, where that is known; else what the parser says."""
    said, mark = " ".join(str(exc.problem or exc.context).split()), exc.problem_mark
    if mark is not None:
        lines = text.split("\n", mark.line + 1)
        line = lines[mark.line] if mark.line < len(lines) else ""
        if line[mark.column : mark.column + 1] == "\t":
            return f"a tab in column {mark.column + 1}: YAML is indented by blanks alone, put some in its place"
    return f"{said}: {_ADVICE[said]}" if said in _ADVICE else said


def _check_depth(text: str, path: str) -> None:
    """Raise ConfigError for what would overflow the stack of libyaml, which composes by recursion in C."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ConfigError(path, event.start_mark.line + 1, None, _TOO_DEEP)


@dataclass(slots=True)
class _Builder:
    tree: Tree
    environment: Environment
    count: int = 0

    def build(self, node: Node, place: Place, depth: int) -> object:
        self.count += 1
        self.tree.lines.setdefault(place, node.start_mark.line + 1)
        if depth > MAX_DEPTH or self.count > MAX_VALUES:
            line = node.start_mark.line + 1
            raise ConfigError(self.tree.path, line, None, _TOO_DEEP)
        if isinstance(node, MappingNode):
            return self._mapping(node, place, depth)
        if isinstance(node, SequenceNode):
            return [self.build(item, (*place, index), depth + 1) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # composing gives no other kind
        return self._scalar(node, place)

    def _mapping(self, node: MappingNode, place: Place, depth: int) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.tree.refuse(place, "expected plain words as keys")
                continue
            inner = (*place, str(key.value))
            if key.value in values:
                first = self.tree.lines[inner]
                line = key.start_mark.line + 1
                expected = f"expected each key once, but it stands on line {first} too"
                self.tree.problems.append(ConfigError(self.tree.path, line, written(inner), expected))
                continue
            self.tree.lines[inner] = key.start_mark.line + 1
            values[str(key.value)] = self.build(value, inner, depth + 1)
        return values

    def _scalar(self, node: ScalarNode, place: Place) -> object:
        text = str(node.value)
        self.tree.raw[place] = text
        if "${" not in text:
            return _plain(text, str(node.tag).rpartition(":")[2])
        try:
            filled = self.environment.fill(text)
        except UnsetError as exc:
            self.tree.refuse(place, str(exc))
            return None
        # `max_new: ${LIMIT}` shall be a number; text around the name, or quotes, make it text.
        is_bare = not node.style and PLACEHOLDER.fullmatch(text)
        return _bare(filled) if is_bare else filled


def _bare(text: str) -> object:
    if text in {"true", "false"}:
        return text == "true"
    return _plain(text, "int") if text.isascii() and text.isdigit() else text


def _plain(text: str, kind: str) -> object:
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if len(text) > 18:  # no number of this file is as long
        return text
    try:
        if kind == "int":
            return int(text, 10 if text.lstrip("+-0").isdigit() else 0)
        return float(text) if kind == "float" else text
    except ValueError:
        return text

"""pydantic's errors -> one line each, in the words of the file's reader."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from watcher.config.tree import Place, Tree, printable
from watcher.config.values import suggestion

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# Values under these keys hold passwords and tokens: they are never printed.
SECRET_KEYS = frozenset({"to", "proxy", "mail"})
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """Beside a field that a function reads: the model of its long form, whose keys can then be named."""

    model: type[BaseModel]


_EXPECTED: Mapping[str, str] = {
    "missing": "expected a value, but the key is missing",
    "string_type": "expected text",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "bool_type": "expected true or false",
    "list_type": "expected a list",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "too_short": "expected at least one entry",
}


def report(error: ValidationError, tree: Tree, model: type[BaseModel]) -> None:
    """Note every error of `error` as a problem of `tree`."""
    for detail in error.errors(include_url=False):
        place = _place(detail["loc"], tree)
        tree.refuse(place, _expected(detail, place, tree, model))


def _place(location: tuple[int | str, ...], tree: Tree) -> Place:
    """Keep what the file holds: pydantic adds names of its own for the branches of a union."""
    place: Place = ()
    for part in location:
        if (*place, part) in tree.lines or part == location[-1]:
            place = (*place, part)
    return place


def _expected(detail: ErrorDetails, place: Place, tree: Tree, model: type[BaseModel]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys(model, place[:-1])
        return f"unknown key{suggestion(str(place[-1]), known) or '; expected one of ' + ', '.join(known)}"
    if kind == "missing":
        return _EXPECTED[kind]
    got = _got(detail, place, tree)
    if kind == "value_error":
        expected, separator, near = str(context["error"]).partition("; did you mean")
        return expected + got + separator + near
    if kind == "literal_error":
        names = re.sub(r"'", "", str(context["expected"]))
        return f"expected {names}{got}{suggestion(str(detail['input']), re.split(', | or ', names))}"
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return f"expected a number of {bound}{got}"
    return _EXPECTED.get(kind, "expected another value") + got


def _got(detail: ErrorDetails, place: Place, tree: Tree) -> str:
    if SECRET_KEYS.intersection(place):
        return ""
    value = detail["input"]
    if isinstance(value, dict):
        return ", got keys with values"
    if isinstance(value, list):
        return ", got a list"
    # An entry from the command line has no written form but its value.
    written = tree.raw.get(place, "" if value is None else str(value))
    if not written:
        return ", got nothing"
    safe = re.sub(r"//[^/@\s]*@", "//…@", printable(" ".join(written.split())))  # user:password of an address
    return f", got '{safe[:LONGEST_QUOTE]}{'…' if len(safe) > LONGEST_QUOTE else ''}'"


def _keys(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """Return the keys that `model` knows at `place`."""
    for part in place:
        if isinstance(part, str):
            model = next(_models_at(model, part), model)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _models_at(model: type[BaseModel], key: str) -> Iterator[type[BaseModel]]:
    """Give the models that the value of `key` may have; a field read by a function names its model beside it."""
    field = next((field for name, field in model.model_fields.items() if key in {name, field.alias}), None)
    if field:
        yield from (mark.model for mark in field.metadata if isinstance(mark, Shape))
        yield from _models(field.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _models(inner)

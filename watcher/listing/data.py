"""JSON as answers and pages carry it: a whole answer, one handed to a function (JSONP), lists in a page's scripts.

Only read, never run: what is no strict JSON is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Final

# The longest real answers hold some hundred thousand characters; read as objects, data takes twenty times its length.
LONGEST: Final = 5_000_000
_MOST_VALUES: Final = 200_000
_DECODER: Final = JSONDecoder()
# callback({…}), try{callback([…])}, var list = […]
_LEAD: Final = re.compile(
    r"[\s\ufeff]{0,100}(?:(?:try\s?\{\s?)?[\w$.]{1,100}\s?\(|(?:var |let |const )?\s?[\w$.]{1,100}\s?=)?"
    r"\s{0,100}(?=[\[{])"
)
_INSIDE: Final = re.compile(r"(?:\[\s{0,99})?\{\s{0,99}\"")
_NAME: Final = re.compile(r"([\w$-]{1,60})[\"']?\s{0,9}[:=]\s{0,9}$")
_MOST_INSIDE: Final = 2_000  # values read of one page


def is_answer(text: str) -> bool:
    """Whether `text` begins as JSON does, and not as a page."""
    return _LEAD.match(text) is not None and "<html" not in text[:2_000].lower()


def read_answer(text: str) -> object:
    """Return the value that the whole of `text` carries. Raises ValueError: none, or one too deep to be a list."""
    match = _LEAD.match(text)
    if match is None:
        raise ValueError("it does not begin as JSON")
    return _decode(text, match.end())[0]


def inside(text: str) -> Iterator[tuple[str, object]]:
    """Give the outermost JSON values of a page, each with the name that stands before it ("" for none)."""
    position = 0
    for _ in range(_MOST_INSIDE):
        match = _INSIDE.search(text, position)
        if match is None:
            return
        name = _NAME.search(text[max(0, match.start() - 80) : match.start()])
        try:
            value, position = _decode(text, match.start())
        except JSONDecodeError as error:
            # What comes before the fault has been looked at: going on behind it keeps the walk linear.
            position = max(match.start() + 1, error.pos)
            continue
        except ValueError:
            return
        yield name[1] if name else "", value


def at(value: object, path: str) -> object:
    """Return what stands at "data.list.0" in `value`, None where nothing does; JSON written as text is opened."""
    for part in path.split("."):
        value = opened(value)
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isascii() and part.isdecimal() and len(part) < 6:
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return None
    return opened(value)


def opened(value: object) -> object:
    """Return the value that `value` is the JSON text of, else `value`: "{\\"pc\\": …}" holds an object."""
    if isinstance(value, str) and value[:1] in ("{", "[") and value[-1:] in ("}", "]"):
        try:
            return _decode(value, 0)[0]
        except ValueError:
            return value
    return value


def walk(value: object) -> Iterator[object]:
    """Give `value` and all that it holds, outer before inner, in order."""
    waiting = [value]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        value = opened(waiting.pop())
        yield value
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend(reversed(tuple(inner)))


def numbered(value: object) -> list[object]:
    """The values of an object whose keys are numbers, [] of any other: PHP's list that lost an entry is such a one."""
    if not isinstance(value, dict) or not all(len(key) < 8 and key.isascii() and key.isdecimal() for key in value):
        return []
    return list(value.values())


def _decode(text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None

"""Values from the environment: `${NAME}` in a value of the file, or the file that `NAME_FILE` names.

`$${NAME}` is the text `${NAME}`: what a page says may hold it, and must not be filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ESCAPED_OR_NAME = re.compile(rf"\$(?P<literal>\$\{{)|{PLACEHOLDER.pattern}")


class UnsetError(ValueError):
    """A name that the environment does not hold."""


@dataclass(frozen=True, slots=True)
class Environment:
    values: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Return the value of `name`, or what stands in the file that `NAME_FILE` names (as Docker secrets do).

        The last line break of such a file is no part of the value.

        Raises:
            UnsetError: `NAME_FILE` names a file that cannot be read.
        """
        if name in self.values:
            return self.values[name]
        path = self.values.get(f"{name}_FILE")
        if path is None:
            return None
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as exc:  # ValueError: not UTF-8, or a NUL in the path
            raise UnsetError(f"expected a readable file in the environment variable {name}_FILE") from exc

    def fill(self, text: str) -> str:
        """Replace every `${NAME}` in `text`, and every `$${` by the `${` that it stands for.

        Raises:
            UnsetError: a name is in neither place; the text says which.
        """

        def value(match: re.Match[str]) -> str:
            if match["literal"]:
                return match["literal"]
            found = self.find(name := match[2])
            if found is None:
                raise UnsetError(f"expected the environment variable {name} (or {name}_FILE) to be set")
            return found

        return _ESCAPED_OR_NAME.sub(value, text)


def literal(text: str) -> str:
    """Return `text` as it is written in the file, so that `Environment.fill` gives it back and fills nothing in."""
    return text.replace("${", "$${")

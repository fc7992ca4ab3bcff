"""The files that pages ask for: shipped in the package, read once, named by their content so that they never expire.

Looked up by name in a table: no part of an address ever becomes a path.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

TYPES: Final = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


class Asset(NamedTuple):
    body: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Every file by its address below /static/."""
    folder = files("watcher.web") / "static"
    found = {}
    for name, media_type in TYPES.items():
        body = (folder / name).read_bytes()
        stem, _, ending = name.rpartition(".")
        found[f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"] = Asset(body, media_type)
    return found


@cache
def address(name: str) -> str:
    """The address of a file: /static/style.0a1b2c3d4e5f.css."""
    stem, _, ending = name.rpartition(".")
    return next(f"/static/{one}" for one in assets() if one.startswith(f"{stem}.") and one.endswith(f".{ending}"))

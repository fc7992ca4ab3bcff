"""What pages are made of beside their words, shipped in the package: the style, which stands in each, and files.

The style is a part of the page, so that the page is whole after one round trip; packed it is four kilobytes. Files are
read once and named by their content, so that they never expire. Looked up by name in a table: no part of an address
ever becomes a path.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from markupsafe import Markup

TYPES: Final = {"icon.svg": "image/svg+xml"}


class Asset(NamedTuple):
    body: bytes
    media_type: str


@cache
def style() -> Markup:
    """What stands in the `<style>` of every page."""
    return Markup(_read("style.css").decode("utf-8"))


@cache
def style_digest() -> str:
    """By which the policy of a page names its style (Content Security Policy 3, hash-source)."""
    return f"sha256-{b64encode(hashlib.sha256(style().encode('utf-8')).digest()).decode('ascii')}"


@cache
def assets() -> dict[str, Asset]:
    """Every file by its address below /static/."""
    found = {}
    for name, media_type in TYPES.items():
        body = _read(name)
        stem, _, ending = name.rpartition(".")
        found[f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"] = Asset(body, media_type)
    return found


@cache
def address(name: str) -> str:
    """The address of a file: /static/icon.0a1b2c3d4e5f.svg."""
    stem, _, ending = name.rpartition(".")
    return next(f"/static/{one}" for one in assets() if one.startswith(f"{stem}.") and one.endswith(f".{ending}"))


def _read(name: str) -> bytes:
    return (files("watcher.web") / "static" / name).read_bytes()

"""What a source is called that is added without a name of its own: its id, and what its alerts are headed with."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from watcher.read.headline import names_site, parts_of

_SITE: Final = re.compile(r"(?:(?:官方|政务|门户)?网(?:站群?)?|官网|门户)$")
# Words of hosts and paths that name no column: how the site is built, and where it is registered.
_NO_NAME: Final = frozenset(
    [
        "www",
        "gov",
        "cn",
        "com",
        "org",
        "net",
        "m",
        "wap",
        "col",
        "list",
        "index",
        "default",
        "html",
        "site",
        "channel",
        "node",
    ]
)


def source_id(url: str, taken: Collection[str]) -> str:
    """An id of the host's labels and the path's last word, not `taken`.

    "http://sthj.jining.gov.cn/xw/dtxx/" gives "sthj-jining-dtxx". A word without a letter is none, as a day or an
    address of digits; one with digits, as "col1234", only where there is no other.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    labels = [] if re.fullmatch(r"[\d.]+|.*:.*", host) else _words(host)
    path = _words(re.sub(r"\.\w+$|%[0-9A-Fa-f]{2}", " ", parts.path))
    plain = [word for word in path if word.isalpha()]
    stem = "-".join([*labels, *(plain or path)[-1:]])[:40].strip("-") or "source"
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _words(text: str) -> list[str]:
    words = re.split(r"[^a-z0-9]+", text.lower())
    return [word for word in words if word not in _NO_NAME and re.search("[a-z]", word)]


def source_name(title: str) -> str:
    """The body, then its column, of a page's <title>; the title itself where it does not name both.

    "工作动态_某市生态环境局" gives "某市生态环境局 工作动态".
    """
    parts = [part for part in parts_of(title) if part]
    columns = [part for part in parts if not names_site(part)]
    sites = [part for part in parts if names_site(part)]
    if not columns or not sites:
        return title
    column = columns[-1 if parts[0] == sites[0] else 0]  # from the whole to its parts, or the other way
    body = _SITE.sub("", sites[0])
    return f"{body if names_site(body) else sites[0]} {column}"

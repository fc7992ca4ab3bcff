"""Which mailbox a channel's address sends to. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

MAIL: Final = frozenset({"mailto", "mailtos"})
_MAILBOX: Final = re.compile(r"([^\s@<>,]{1,64})@([\w.-]{1,255})")


def mailbox(to: str) -> str | None:
    """The mail address that an apprise address names, in small letters; None where it names none."""
    text = to.strip()
    if text.partition("://")[0].lower() not in MAIL:
        return None
    try:
        parts = urlsplit(text)
        own = f"{unquote(parts.username or '')}@{parts.hostname}"  # who writes to nobody writes to himself
        named = parse_qs(parts.query).get("to", [""])[0] or unquote(parts.path).strip("/") or own
    except ValueError:
        return None
    return named.lower() if _MAILBOX.fullmatch(named) else None


def masked(address: str) -> str:
    """A mail address of which only the first letter and the domain are shown."""
    return f"{address[:1]}…@{address.rpartition('@')[2]}"

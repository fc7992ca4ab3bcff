"""Which mailbox a channel's address sends to, and through whose server. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

MAIL: Final = frozenset({"mailto", "mailtos"})
# Of an address that names a reader and no server: the operator's (`settings.mail`), as it is when a mail is sent.
_OWN_SERVER: Final = "mailto://?to="
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


def by_own_server(recipient: str) -> str:
    """The address of a reader who is mailed through the operator's own server; nothing in it is secret but himself."""
    return _OWN_SERVER + quote(recipient, safe="@")


def is_by_own_server(to: str) -> bool:
    return to.startswith(_OWN_SERVER)


def addressed(server: str, recipient: str) -> str:
    """The address of a server with this recipient: mailtos://me:pw@smtp.example.org?from=…&to=…"""
    parts = urlsplit(server)
    kept = [one for one in parts.query.split("&") if one and not one.startswith("to=")]
    return urlunsplit(parts._replace(query="&".join([*kept, f"to={quote(recipient)}"])))


def through(to: str, server: str | None) -> str | None:
    """The address that is sent to: with the operator's server where it names none; None where there is none."""
    if not is_by_own_server(to):
        return to
    recipient = mailbox(to)
    return addressed(server, recipient) if server and recipient else None


def masked(address: str) -> str:
    """A mail address of which only the first letter and the domain are shown."""
    return f"{address[:1]}…@{address.rpartition('@')[2]}"

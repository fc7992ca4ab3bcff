"""What a reader wants to be mailed, as the form says it and as its sealed link carries it. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from watcher.config.entries import subscription_from
from watcher.errors import UsageError
from watcher.settings import Language, Subscription
from watcher.web.site import Form

KINDS: Final = ("new", "changed", "deadline")
DELIVER: Final = {"instant": "instant", "daily": "daily 08:30", "weekly": "weekly mon 08:30"}
MOST_WORDS: Final = 10
# One plain address: what a mail server's grammar allows beyond that is not worth what it can smuggle.
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class Wish:
    """`deliver` is a key of DELIVER; the rest as an entry of `subscriptions:` has it."""

    email: str
    region: str = ""
    types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    on: tuple[str, ...] = ("new", "changed")
    deliver: str = "instant"
    language: Language = "zh"

    @classmethod
    def of(cls, form: Form, language: Language) -> Wish:
        return cls(
            email=form.get("email", "").strip(),
            region=form.get("region", "").strip(),
            types=tuple(dict.fromkeys(form.getlist("type"))),
            words=tuple(dict.fromkeys(form.get("keywords", "").split()))[:MOST_WORDS],
            on=tuple(one for one in KINDS if one in form.getlist("on")),
            deliver=form.get("deliver", "instant"),
            language=language,
        )

    @classmethod
    def from_link(cls, content: dict[str, Any]) -> tuple[Wish, datetime]:
        """What `for_link` made, since our seal is on it: the wish, and when it was made."""
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
        }
        asked_at = datetime.fromisoformat(made.pop("asked_at"))
        return cls(**made), asked_at

    def for_link(self, now: datetime) -> dict[str, Any]:
        return {**asdict(self), "asked_at": now.isoformat()}

    @property
    def has_address(self) -> bool:
        return len(self.email) <= 254 and _EMAIL.fullmatch(self.email) is not None

    def subscription(self, mail: str) -> Subscription:
        """The subscription, sent through the server that `mail` names.

        Raises:
            UsageError: what of it is refused.
        """
        where: dict[str, object] = {"regions": [self.region]} if self.region else {}
        where |= {"types": list(self.types)} if self.types else {}
        where |= {"keywords": {"any": list(self.words)}} if self.words else {}
        if self.deliver not in DELIVER:
            raise UsageError("deliver")
        entry: dict[str, object] = {
            "id": self.id,
            "to": addressed(mail, self.email),
            "on": list(self.on),
            "deliver": DELIVER[self.deliver],
            "language": self.language,
        }
        return subscription_from({**entry, **({"where": where} if where else {})})

    @property
    def id(self) -> str:
        """The same for the same wish: a link that is opened twice subscribes once."""
        return f"web-{hashlib.sha256(repr(self).encode()).hexdigest()[:16]}"


def addressed(mail: str, recipient: str) -> str:
    """The address of the operator's server with this recipient: mailtos://me:pw@smtp.example.org?from=…&to=…"""
    parts = urlsplit(mail)
    kept = [one for one in parts.query.split("&") if one and not one.startswith("to=")]
    return urlunsplit(parts._replace(query="&".join([*kept, f"to={quote(recipient)}"])))

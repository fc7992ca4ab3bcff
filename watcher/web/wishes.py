"""What a reader wants to be mailed, as the form says it and as its sealed link carries it. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

from watcher.config.entries import subscription_from
from watcher.recipients import by_own_server
from watcher.settings import Language, Subscription

# One plain address: what a mail server's grammar allows beyond that is not worth what it can smuggle.
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


@dataclass(frozen=True, slots=True)
class Wish:
    """As an entry of `subscriptions:` has it; `remind` () for what is usual."""

    email: str
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    on: tuple[str, ...] = ("new", "changed")
    deliver: str = "instant"
    remind: tuple[str, ...] = ()
    language: Language = "zh"

    @classmethod
    def from_link(cls, content: dict[str, Any]) -> tuple[Wish, datetime] | None:
        """What `for_link` made, since our seal is on it: the wish, and when it was made; None of an older version's."""
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
        }
        if made.keys() != {"asked_at", *(one.name for one in fields(cls))}:
            return None
        asked_at = datetime.fromisoformat(made.pop("asked_at"))
        return cls(**made), asked_at

    def for_link(self, now: datetime) -> dict[str, Any]:
        return {**asdict(self), "asked_at": now.isoformat()}

    @property
    def has_address(self) -> bool:
        return len(self.email) <= 254 and _EMAIL.fullmatch(self.email) is not None

    def subscription(self) -> Subscription:
        """The subscription, sent through the operator's own server.

        Raises:
            UsageError: what of it is refused.
        """
        keywords = {"any": self.words, "none": self.unwanted}
        where: dict[str, object] = {
            "regions": list(self.regions),
            "types": list(self.types),
            "topics": list(self.topics),
            "issuers": list(self.issuers),
            "keywords": {name: list(words) for name, words in keywords.items() if words},
            "figures": list(self.figures),
        }
        entry: dict[str, object] = {
            "id": self.id,
            "to": by_own_server(self.email),
            "on": list(self.on),
            "deliver": self.deliver,
            "language": self.language,
            "where": {name: value for name, value in where.items() if value},
        }
        return subscription_from({**entry, **({"remind": list(self.remind)} if self.remind else {})})

    @property
    def id(self) -> str:
        """The same for the same wish: a link that is opened twice subscribes once."""
        return f"web-{hashlib.sha256(repr(self).encode()).hexdigest()[:16]}"

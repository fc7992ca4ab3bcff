"""Three channels that fail at random, and remember what they accepted: mail, a webhook, and one for digests."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.sites import Answer, Fault, Request, Site

FAILS = 0.1


@dataclass
class Box:
    """What one channel accepted: keys in the order in which they came, and per article what it was told of it.

    `told`: by the number in an article's title, the words of each message about it, in order.
    """

    keys: list[str] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    refused: int = 0
    healthy: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def fails(self) -> bool:
        failing = not self.healthy and self.chance.random() < FAILS
        self.refused += failing
        return failing

    def take(self, key: str, items: list[tuple[str, str]]) -> None:
        """`items`: (title, words) of each article that a message is about."""
        self.keys.append(key)
        for title, words in items:
            self.told.setdefault(title, []).append(words)

    @property
    def doubles(self) -> int:
        return len(self.keys) - len(set(self.keys))


class Hook:
    """A webhook on a site; it refuses in several ways, of which none has taken the message."""

    def __init__(self, site: Site, path: str) -> None:
        self.box, self.address = Box(), f"json://127.0.0.1:{site.port}{path}"
        site.set(path, self.post)

    def post(self, request: Request) -> Answer:
        if self.box.fails():
            return self.box.chance.choice((Answer(503), Answer(429), Answer(fault=Fault.CLOSE)))
        event: dict[str, Any] = json.loads(request.body)["event"]
        items = [(str(one["title"]), json.dumps(one, ensure_ascii=False)) for one in event.get("items", [event])]
        self.box.take(event["delivery"], items)
        return Answer(200)


class Mailbox:
    """An SMTP server with one mailbox; `stop` and `start` are a day on which it is down."""

    def __init__(self) -> None:
        self.box, self.unsubscribe = Box(), Counter[str]()
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"mailto://127.0.0.1:{self._port}?from=alerts@example.org&to=reader@example.org&mode=insecure"
        self.start()

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port)
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 (names that aiosmtpd asks for)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.box.fails():
            return "450 4.2.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.box.fails():
            return "451 4.3.0 try again"
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, EmailMessage, policy=default)
        body = mail.get_body(("plain",))
        assert body is not None
        text = str(body.get_content())
        self.box.take(str(mail["Message-ID"]), [(text.partition("\r\n")[0].partition("\n")[0], text)])
        self.unsubscribe[str(mail["List-Unsubscribe"])] += 1
        return "250 OK"

"""Servers on loopback that play the services: one for SMTP, one for HTTP, both with programmable answers."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd import smtp

from watcher.news import Message


def has_ipv6() -> bool:
    """Whether this machine listens on ::1."""
    try:
        with socket.socket(socket.AF_INET6) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture
def message() -> Message:
    return Message(
        title="【新措施】海州市出台18条措施",
        text="海州市出台18条措施\n首次申领办理时限：由30个工作日压减到20个工作日\n查看原文：https://gov.example/a",
        markdown="### 海州市出台18条措施\n\n- 首次申领办理时限：**由30个工作日压减到20个工作日**",
        html="<p>海州市出台18条措施</p>",
        event={"kind": "new", "id": 7, "url": "https://gov.example/a", "figures": [], "delivery": "m-7-1"},
        key="m-7-1",
    )


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass
class Service:
    """An HTTP service that gives every request the same answer and remembers what it was asked."""

    url: str = ""
    status: int = 200
    answer: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def says(self, answer: object, status: int = 200) -> None:
        self.answer, self.status = json.dumps(answer).encode(), status


@pytest.fixture
def service() -> Iterator[Service]:
    played = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            played.requests.append(Request(self.command, parts.path, parse_qs(parts.query), headers, body))
            self.send_response(played.status)
            for name, value in {"Content-Length": str(len(played.answer)), **played.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(played.answer)

        do_POST = do_GET = do_PUT = answer  # noqa: N815 (names that http.server asks for)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        played.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield played
        server.shutdown()


@dataclass
class MailServer:
    """An SMTP server; `reply` is what it says to RCPT, `data_reply` what it says at the end of the mail."""

    port: int = 0
    reply: str = "250 OK"
    data_reply: str = "250 OK"
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)  # as they came
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (a name that aiosmtpd asks for)
        self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope) -> str:  # noqa: N802
        del server, session
        if self.data_reply.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            mail = BytesParser(EmailMessage, policy=default).parsebytes(content)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.raw.append(content)
            self.recipients.append(list(envelope.rcpt_tos))
        return self.data_reply

    def check(
        self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope, mechanism: str, data: Any
    ) -> smtp.AuthResult:
        del server, session, envelope, mechanism
        self.logins.append((data.login, data.password))
        return smtp.AuthResult(success=data.password == b"p@ss/word", handled=False)


StartMailServer = Callable[..., Awaitable[MailServer]]


@pytest.fixture
async def start_mail_server() -> AsyncIterator[StartMailServer]:
    running: list[asyncio.Server] = []

    async def start(at: str = "127.0.0.1", **options: Any) -> MailServer:
        played = MailServer()
        settings = {"authenticator": played.check, "auth_require_tls": False, **options}
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: smtp.SMTP(played, hostname="mx.example.org", **settings), at, 0)
        running.append(server)
        played.port = server.sockets[0].getsockname()[1]
        return played

    yield start
    for server in running:
        server.close()
        await server.wait_closed()

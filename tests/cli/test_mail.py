"""An alert through a real SMTP server, read back and compared."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.cli.conftest import Installation, configuration
from watcher.demo import articles
from watcher.demo.site import Server, Site


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((list(envelope.rcpt_tos), mail))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:  # the controller cannot choose a free port itself
        port = int(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def test_a_new_announcement_arrives_as_a_readable_mail(
    installation: Installation, server: Server, site: Site, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    to = f"mailto://127.0.0.1:{port}?from=watcher@example.org&to=team@example.org"
    installation.configure(configuration(server.port, subscriptions=f'  - {{id: mail, to: "{to}"}}\n'))
    installation.run("check")
    site.publish(articles.FAST_TRACK)
    checked = installation.run("check")
    assert checked.status == 0, checked.err
    [(recipients, mail)] = box.mails
    assert recipients == ["team@example.org"]
    assert articles.FAST_TRACK.title in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert len(mail.get_all("Message-ID", [])) == 1
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        for expected in ("淄博市生态环境局", "2026-03-10", "由20个工作日缩短至7个工作日", articles.FAST_TRACK.path):
            assert expected in part
    [hook] = site.alerts
    assert hook["event"]["title"] == articles.FAST_TRACK.title

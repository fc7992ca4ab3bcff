"""Mail through a real SMTP server: what arrives, and which refusals are final."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from tests.notify.conftest import StartMailServer, has_ipv6
from tests.render import samples
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import send

# The login is tested in the clear: TLS is the standard library's.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def address(port: int, more: str = "", login: str = "") -> str:
    return f"mailto://{login}127.0.0.1:{port}?from=alerts@example.org&to=reader@example.org{more}"


async def test_a_mail_arrives_whole(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()

    await send(address(server.port), message)

    [mail] = server.mails
    assert server.recipients == [["reader@example.org"]]
    assert mail["Subject"] == message.title
    assert mail["To"] == "reader@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), text.get_content().split("\r\n")[:-1]) == ("text/plain", message.text.split("\n"))
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", message.html)


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
async def test_a_mail_goes_to_a_server_named_by_its_ipv6_address(
    start_mail_server: StartMailServer, message: Message
) -> None:
    server = await start_mail_server(at="::1")

    await send(f"mailto://[::1]:{server.port}?to=team@example.org&from=me@example.org", message)

    assert server.recipients == [["team@example.org"]]


async def test_the_message_id_is_the_same_over_retries(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()

    await send(address(server.port), message)
    await send(address(server.port, "&%2BMessage-ID=other"), message)
    await send(address(server.port), replace(message, key="m-8-1"))

    first, again, other = (mail.get_all("Message-ID") for mail in server.mails)
    assert first == again
    assert first is not None
    assert len(first) == 1
    assert first != other


async def test_a_later_mail_is_shown_under_the_first(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()
    later = replace(message, key="m-8-1", follows=message.key)

    await send(address(server.port), message)
    await send(address(server.port, "&%2BReferences=%3Cother@example.org%3E"), later)
    await send(address(server.port), replace(message, follows=message.key))  # a retry of the first itself

    first, second, again = server.mails
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert [one["In-Reply-To"] for one in (first, again)] == [None, None]


async def test_a_mail_names_its_subscription_as_a_list(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()

    await send(address(server.port), replace(message, subscription="ops-mail"))
    await send(address(server.port), message)

    assert [mail["List-Id"] for mail in server.mails] == ["<ops-mail.watcher.example.org>", None]


async def test_a_title_cannot_add_headers(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()

    await send(address(server.port), replace(message, title="一\r\nBcc: x@example.org\n二\x00"))

    [mail] = server.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "一 Bcc: x@example.org 二"


async def test_headers_of_the_address_and_unsubscribing(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()
    event = {**message.event, "unsubscribe_url": "https://watch.example/unsubscribe/abc"}

    await send(address(server.port, "&%2BX-Team=green&reply=desk@example.org"), replace(message, event=event))

    [mail] = server.mails
    assert mail["X-Team"] == "green"
    assert mail["Reply-To"] == "desk@example.org"
    assert mail["List-Unsubscribe"] == "<https://watch.example/unsubscribe/abc>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_addresses_in_headers_are_whole_on_the_wire_however_long(
    start_mail_server: StartMailServer, message: Message
) -> None:
    """Read as bytes, since a parser decodes what the programs that read these headers do not."""
    server = await start_mail_server()
    domain = f"{'alerts.' * 9}example.org"
    url = f"https://watch.example/unsubscribe/{'a1B2-' * 30}"
    event = {**message.event, "unsubscribe_url": url}
    sent = replace(message, event=event, follows="first", subscription="of-a-long-name-" * 4, title="长" * 90)

    await send(address(server.port, f"&from=watch@{domain}"), sent)

    [raw] = server.raw
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = dict(line.split(": ", 1) for line in head.split("\r\n") if not line.startswith(" "))
    assert lines["List-Unsubscribe"] == f"<{url}>"
    assert lines["References"] == lines["In-Reply-To"]
    for name in ("References", "Message-ID", "List-Id"):
        assert re.fullmatch(rf"<[\w.@-]+{re.escape(domain)}>", lines[name]), lines[name]
    assert max(map(len, head.split("\r\n"))) < 998  # RFC 5322, 2.1.1
    assert len(lines["Subject"]) < 78


@pytest.mark.parametrize("where", ["reply", "data_reply"])
@pytest.mark.parametrize(("answer", "permanent"), [("450 later", False), ("550 no such user", True)])
async def test_4xx_is_tried_again_and_5xx_is_final(
    start_mail_server: StartMailServer, message: Message, where: str, answer: str, permanent: bool
) -> None:
    server = await start_mail_server()
    setattr(server, where, answer)

    with pytest.raises(NotifyError, match=answer) as caught:
        await send(address(server.port), message)

    assert caught.value.permanent is permanent


@pytest.mark.parametrize(
    ("answer", "permanent", "recipient"),
    [
        ("550 5.1.1 <reader@example.org>: no such user", True, "reader@example.org"),
        ("550 5.1.1 Recipient address rejected: User unknown in relay recipient table", True, "reader@example.org"),
        ("551 5.1.6 moved, no forwarding address", True, "reader@example.org"),
        ("553 5.1.3 no valid address", True, "reader@example.org"),
        ("550 5.1.2 no such domain", True, "reader@example.org"),
        ("556 5.1.10 domain takes no mail", True, "reader@example.org"),
        ("550 5.2.1 mailbox disabled", True, "reader@example.org"),
        ("550 no such user", True, "reader@example.org"),
        ("550 Requested action not taken: mailbox unavailable", True, "reader@example.org"),
        ("551 user not local", True, "reader@example.org"),
        ("553 mailbox name not allowed", True, "reader@example.org"),
        ("550 5.1.8 sender's domain does not exist", True, None),
        ("550 5.7.27 sender's domain takes no mail", True, None),
        ("550 rejected for policy reasons", True, None),
        ("550 JunkMail: IP 192.0.2.7 is in our RBL", True, None),
        ("550 relaying denied", True, None),
        ("550 DMARC check failed", True, None),
        ("550 mailbox is full", True, None),
        ("550 5.4.1 access denied", True, None),
        ("554 transaction failed", True, None),
        ("554 5.7.1 message refused", True, None),
        ("501 syntax error in parameters", True, None),
        ("552 exceeded storage allocation", False, "reader@example.org"),
        ("552 5.2.2 mailbox full", False, "reader@example.org"),
        ("450 4.2.0 greylisted, come back", False, "reader@example.org"),
        ("550 5.7.1 your host is on a black list", True, None),  # he who writes is meant
        ("451 4.7.1 too many mails from you", False, None),
    ],
)
async def test_a_refusal_says_whether_the_mailbox_is_meant(
    start_mail_server: StartMailServer, message: Message, answer: str, permanent: bool, recipient: str | None
) -> None:
    server = await start_mail_server()
    server.reply = answer

    with pytest.raises(NotifyError, match=rf"mail: the recipient was refused: {answer[:3]}") as caught:
        await send(address(server.port), message)

    assert (caught.value.permanent, caught.value.recipient) == (permanent, recipient)
    assert "reader@" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "permanent", "content", "recipient"),
    [
        ("554 transaction failed", True, True, None),
        ("554 5.7.1 spam message refused", True, True, None),
        ("550 5.6.0 content not accepted", True, True, None),
        ("550 virus found", True, True, None),
        ("552 5.3.4 message too big for system", True, True, None),
        ("552 5.2.3 message too long for this mailbox", True, True, None),
        ("552 message exceeds fixed maximum size", True, True, None),
        ("552 mailbox full", False, False, "reader@example.org"),
        ("552 5.2.2 full", False, False, "reader@example.org"),
        ("452 4.2.2 over quota", False, False, "reader@example.org"),
        ("550 5.1.1 <reader@example.org> unknown", True, False, "reader@example.org"),
        ("550 5.2.1 mailbox disabled", True, False, "reader@example.org"),
        ("451 4.3.0 try again later", False, False, None),
        ("451 later", False, False, None),
    ],
)
async def test_what_is_said_after_the_mail_is_about_the_mailbox_or_the_mail(
    start_mail_server: StartMailServer,
    message: Message,
    answer: str,
    permanent: bool,
    content: bool,
    recipient: str | None,
) -> None:
    server = await start_mail_server()
    server.data_reply = answer

    with pytest.raises(NotifyError, match=answer[:3]) as caught:
        await send(address(server.port), message)

    assert (caught.value.permanent, caught.value.content, caught.value.recipient) == (permanent, content, recipient)
    assert "reader@" not in str(caught.value)


async def test_a_mail_that_is_larger_than_the_server_takes_is_refused_for_its_content(
    start_mail_server: StartMailServer, message: Message
) -> None:
    server = await start_mail_server(data_size_limit=500)

    with pytest.raises(NotifyError, match="552") as caught:
        await send(address(server.port), message)

    assert caught.value.content


async def test_a_closed_port_is_tried_again(message: Message) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(NotifyError, match="cannot be reached") as caught:
        await send(address(port), message)

    assert not caught.value.permanent


async def test_login_with_a_quoted_password(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server(auth_required=True)

    await send(address(server.port, login="me:p%40ss%2Fword@"), message)

    assert server.logins == [(b"me", b"p@ss/word")]
    assert len(server.mails) == 1


async def test_a_wrong_password_is_final_and_not_named(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server(auth_required=True)

    with pytest.raises(NotifyError, match="user or password was refused: 535") as caught:
        await send(address(server.port, login="me:geheim@"), message)

    assert caught.value.permanent
    assert "geheim" not in str(caught.value)


async def test_a_server_that_hangs_up_at_the_login(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server(authenticator=hang_up, auth_required=True)

    with pytest.raises(NotifyError, match="check user and password") as caught:
        await send(address(server.port, login="me:geheim@"), message)

    assert not caught.value.permanent


def hang_up(server: SMTP, *_: object) -> AuthResult:
    assert server.transport is not None
    server.transport.close()
    return AuthResult(success=False)


async def test_a_password_that_smtp_cannot_carry_is_final(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server(auth_required=True)

    with pytest.raises(NotifyError, match="must be ASCII") as caught:
        await send(address(server.port, login="me:%E5%AF%86@"), message)

    assert caught.value.permanent


async def test_a_change_follows_its_announcement_through_starttls_and_a_login(
    start_mail_server: StartMailServer, tmp_path: Path
) -> None:
    server = await start_mail_server(tls_context=certified(tmp_path), require_starttls=True, auth_required=True)
    to = address(server.port, "&mode=starttls&verify=no", login="me:p%40ss%2Fword@").replace("mailto://", "mailtos://")
    first = replace(samples.message("new", "zh"), key="k1")
    later = replace(samples.message("changed", "zh"), key="k2", follows="k1")

    await send(to, first)
    await send(to, later)

    new, changed = server.mails
    assert server.logins == [(b"me", b"p@ss/word")] * 2
    assert new["Subject"] == "【新措施】潍坊市生态环境局出台十条措施支持企业绿色转型"
    assert changed["Subject"].startswith("【有变动】潍坊市生态环境局")
    assert changed["References"] == changed["In-Reply-To"] == new["Message-ID"]
    for mail in server.mails:
        assert mail["List-Unsubscribe"] == "<https://watch.example/unsubscribe/token>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Id"] == "<ops.watcher.example.org>"
        body = mail.get_body(("html",))
        assert body is not None
        assert '<table class="figures"' in body.get_content()


def certified(folder: Path) -> ssl.SSLContext:
    """The context of a server with a certificate of its own."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_starttls_that_the_server_lacks_is_final(start_mail_server: StartMailServer, message: Message) -> None:
    server = await start_mail_server()

    with pytest.raises(NotifyError, match="STARTTLS") as caught:
        await send(address(server.port, "&mode=starttls"), message)

    assert caught.value.permanent
    assert server.mails == []

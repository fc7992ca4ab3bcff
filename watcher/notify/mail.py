"""`mailto://` and `mailtos://`: one message, one recipient, through an SMTP server.

Own sender, since the library neither tells a passing refusal from a final one nor keeps a Message-ID over retries.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.address import bare_host
from watcher.notify.post import Channel
from watcher.notify.refusals import message_refused, recipient_refused, refused, sender_refused
from watcher.notify.smtp import TIMEOUT_S, TOTAL_S, Connection
from watcher.render.wording import WORDINGS
from watcher.threads import on_mail

LONGEST_HEADER = 500
DEFAULT_PORTS = {"insecure": 25, "ssl": 465, "starttls": 587}
# Headers of our own that an address may not replace.
_OURS = frozenset(
    {"message-id", "in-reply-to", "references", "date", "from", "to", "subject", "auto-submitted", "content-type"}
    | {"mime-version"}
)
# Headers whose value is an address between angle brackets, or several.
_WHOLE = frozenset({"list-unsubscribe", "list-id", "message-id", "in-reply-to", "references"})


class _Policy(EmailPolicy):
    """As the library's, but what is one long word stays as it is.

    The library writes what does not fit into 78 columns in encoded words (RFC 2047), which nobody reads in an address
    between angle brackets (RFC 2369, 2; RFC 5322, 3.6.4): a mail would have no way out, and belong to no thread.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _WHOLE and str(value).isascii():
            return f"{name}: {value}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n")


async def send_mail(channel: Channel, message: Message) -> None:
    """Hand one mail to the server that the address names.

    Raises:
        NotifyError: the server refused (5xx: permanent) or put off (4xx), or could not be reached.
    """
    mail = compose(channel.plugin, message)
    await on_mail.of(_server(channel.plugin), _submit, channel.plugin, mail)


def compose(plugin: Any, message: Message) -> EmailMessage:
    """Build the mail: text with an HTML alternative, a Message-ID that is the same whenever `message.key` is."""
    sender_name, sender = plugin.from_addr[0], plugin.from_addr[1]
    domain = sender.rpartition("@")[2]
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = _one_line(message.title)
    try:
        mail["From"] = Address(_one_line(sender_name or "watcher"), addr_spec=sender)
        mail["To"] = Address(_one_line(plugin.targets[0][0] or ""), addr_spec=plugin.targets[0][1])
        if plugin.reply_to:
            mail["Reply-To"] = [Address(addr_spec=parseaddr(address)[1]) for address in sorted(plugin.reply_to)]
    except (ValueError, IndexError) as exc:
        raise NotifyError("mail: sender, recipient or reply address is no mail address", permanent=True) from exc
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = _message_id(message.key, domain)
    if message.follows and message.follows != message.key:
        mail["In-Reply-To"] = mail["References"] = _message_id(message.follows, domain)
    if message.subscription:  # RFC 2919: by which readers sort, whatever the subject says
        mail["List-Id"] = f"<{re.sub(r'[^a-z0-9-]', '-', message.subscription)}.watcher.{domain}>"
    # RFC 3834: no out-of-office answers to an alert.
    mail["Auto-Submitted"] = "auto-generated"
    if url := message.event.get("unsubscribe_url"):
        mail["List-Unsubscribe"] = f"<{_one_line(str(url))}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    for name, value in plugin.headers.items():
        if name.lower() not in _OURS and name.replace("-", "").isalnum() and name.isascii():
            del mail[name]
            mail[name] = _one_line(value)
    mail.set_content(_text(message) + "\n", cte="base64")
    mail.add_alternative(message.html, subtype="html", cte="base64")
    return mail


def _text(message: Message) -> str:
    """With the way out at its end. The mail's own, since a chat's text is read by more people than its subscriber."""
    url = message.event.get("unsubscribe_url")
    if not url or str(url) in message.text:  # a template of the operator's may show it
        return message.text
    words = WORDINGS[message.language]
    return f"{message.text}\n\n{words.unsubscribe}{words.colon}{_one_line(str(url))}"


def _message_id(key: str, domain: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _one_line(text: str) -> str:
    """Return a header's value without line breaks, which would begin another header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_HEADER]


def _submit(plugin: Any, mail: EmailMessage) -> None:
    try:
        server = _connect(plugin)
        try:
            _greet(server, plugin)
            server.send_message(mail)
            # The mail is accepted by now: a failing QUIT must not repeat it.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()
    except smtplib.SMTPRecipientsRefused as exc:
        address, (code, words) = next(iter(exc.recipients.items()))
        raise recipient_refused(address, code, words) from exc
    except smtplib.SMTPDataError as exc:
        raise message_refused(plugin.targets[0][1], exc.smtp_code, exc.smtp_error) from exc
    except smtplib.SMTPSenderRefused as exc:
        raise sender_refused(exc.smtp_code, exc.smtp_error) from exc
    except smtplib.SMTPAuthenticationError as exc:
        raise refused("user or password", exc.smtp_code, exc.smtp_error) from exc
    except smtplib.SMTPResponseException as exc:
        raise refused("the connection", exc.smtp_code, exc.smtp_error) from exc
    except smtplib.SMTPNotSupportedError as exc:
        raise NotifyError(f"mail: the server cannot do that: {exc}", permanent=True) from exc
    except ssl.SSLCertVerificationError as exc:
        raise NotifyError("mail: the server's certificate is not trusted (add ?verify=no for a private one)") from exc
    except UnicodeError as exc:
        raise NotifyError("mail: user, password and server must be ASCII", permanent=True) from exc
    except smtplib.SMTPException as exc:
        if isinstance(exc.__context__, TimeoutError):
            raise _too_slow() from exc
        raise NotifyError("mail: the server hung up, or speaks no SMTP; check its port and mode", unsure=True) from exc
    except TimeoutError as exc:
        raise _too_slow() from exc
    except OSError as exc:
        raise NotifyError(f"mail: the server cannot be reached: {exc.strerror or 'the connection failed'}") from exc


def _too_slow() -> NotifyError:
    return NotifyError(f"mail: no answer within {TIMEOUT_S:.0f} s, or not all within {TOTAL_S:.0f} s", unsure=True)


def _connect(plugin: Any) -> Connection:
    own_name = socket.gethostname()  # smtplib would ask the DNS for it, for seconds where there is none
    tls = _trust(plugin) if str(plugin.secure_mode) == "ssl" else None
    return Connection(*_server(plugin), own_name, tls)


def _server(plugin: Any) -> tuple[str, int]:
    return bare_host(plugin.smtp_host), plugin.port or DEFAULT_PORTS[str(plugin.secure_mode)]


def _greet(server: smtplib.SMTP, plugin: Any) -> None:
    if str(plugin.secure_mode) == "starttls":
        server.starttls(context=_trust(plugin))
    if plugin.user and plugin.password:
        try:
            server.login(plugin.user, plugin.password)
        except smtplib.SMTPServerDisconnected as exc:
            # Some servers hang up on a wrong password while smtplib tries the next mechanism.
            raise NotifyError("mail: the server hung up at the login; check user and password") from exc


def _trust(plugin: Any) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not plugin.verify_certificate:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context

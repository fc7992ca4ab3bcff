"""What the replies of a mail server say: whether the mailbox, the message, or who sends is refused, and for good."""

from __future__ import annotations

import re

from watcher.errors import NotifyError
from watcher.recipients import masked

_STATUS = re.compile(r"[45]\.(\d{1,3}\.\d{1,3})\b")
# The replies that may say of a mailbox that there is none (RFC 5321, 4.2.2: 550 "mailbox not found, no access, or
# command rejected for policy reasons", 551 not local, 553 name not allowed; RFC 7504, 4: 556 its domain takes no mail).
# 552 is about its storage, 554 about the transaction.
_MAILBOX_CODES = frozenset({550, 551, 553, 556})
# The statuses that say so for good: of its address, that it does not exist, is none, or moved (RFC 3463, 3.2; 1.10, a
# domain without mail: RFC 7505, 4.1), of itself, that it is disabled (3.3). 1.7 to 1.9 are of the sender's address.
_MAILBOX_STATUSES = frozenset({"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
# By which servers that give no status say that they refuse who writes, from where or what, or only for now.
_OTHER_REASONS = re.compile(
    r"polic|spam|block|\blist|black|den(?:y|ied)|reject|relay|spf|dkim|dmarc|reputation|authenti|rbl|permitted|\brate\b"
    r"|too many|sender|helo|\bptr\b|reverse|\bip\b|client|connect|mail ?from|\bfull\b|quota",
    re.I,
)
# By which words a server without a status says that it is the mailbox that has no room, and not the mail that is big.
_NO_ROOM = re.compile(r"\bfull\b|quota|mailbox", re.I)
# Of a mailbox's storage, after RCPT; to MAIL FROM, about the size named there (RFC 1870, 6.1).
_TOO_BIG = 552
# Of the statuses about a mailbox the one that a shorter mail does not meet (RFC 3463, 3.3).
_TOO_LONG_FOR_IT = "2.3"


def refused(what: str, code: int, words: bytes | str) -> NotifyError:
    return NotifyError(f"mail: {what} was refused: {code} {_said(words)}", permanent=500 <= code < 600)


def recipient_refused(address: str, code: int, words: bytes | str) -> NotifyError:
    """Whether it is the mailbox that refuses, and for good: then nothing more is sent there for any subscription.

    5.2.2 is a full mailbox, which may be emptied; what is refused for now (4xx) is of the mailbox too, but for 4.7, a
    policy.
    """
    said = _said(words, address)
    status = _STATUS.match(said)
    subject = status[1] if status else ""
    final = 500 <= code < 600
    is_full = subject == "2.2" or (final and code == _TOO_BIG and not subject)
    says_so = subject in _MAILBOX_STATUSES if subject else _OTHER_REASONS.search(said) is None
    is_gone = code in _MAILBOX_CODES and says_so
    own = is_full or (is_gone if final else not subject.startswith("7."))
    return NotifyError(
        f"mail: the recipient was refused: {code} {said}",
        permanent=final and not is_full,
        recipient=address.lower() if own else None,
    )


def sender_refused(code: int, words: bytes | str) -> NotifyError:
    """Who writes, or the size that the mail will have."""
    if code == _TOO_BIG:
        return NotifyError(f"mail: the message was refused: {code} {_said(words)}", content=True)
    return refused("the sender", code, words)


def message_refused(address: str, code: int, words: bytes | str) -> NotifyError:
    """What was said after the mail, which has one recipient: it may be about him, or else is about the mail.

    About him it is only in so many words: the rest of what may be said here, for now or for good, is about what the
    mail says (554, 5.6, 5.7), its size, or the server itself.
    """
    said = _said(words, address)
    status = _STATUS.match(said)
    subject = status[1] if status else ""
    final = 500 <= code < 600
    is_full = subject == "2.2" or (final and code == _TOO_BIG and not subject and bool(_NO_ROOM.search(said)))
    if is_full or subject in _MAILBOX_STATUSES or (subject.startswith("2.") and subject != _TOO_LONG_FOR_IT):
        return recipient_refused(address, code, words)
    return NotifyError(f"mail: the message was refused: {code} {said}", content=final)


def _said(words: bytes | str, address: str = "") -> str:
    """A server's words as one line, without the recipient's address, which many of them repeat."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if address:
        text = re.sub(re.escape(address), masked(address), text, flags=re.IGNORECASE)
    return " ".join(text.split())[:160]

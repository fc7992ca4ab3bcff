"""What may be said of a channel's address: its kind and a masked form; and a filter that keeps secrets out of logs.

Light: commands that merely list subscriptions do not load the channel library.
"""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from watcher.recipients import MAIL, is_by_own_server, mailbox, masked

CHANNELS = {
    "mailto": "mail",
    "mailtos": "mail",
    "json": "webhook",
    "jsons": "webhook",
    "form": "webhook",
    "forms": "webhook",
    "xml": "webhook",
    "xmls": "webhook",
    "dingtalk": "dingtalk",
    "feishu": "feishu",
    "lark": "lark",
    "wecombot": "wecom",
    "tgram": "telegram",
    "telegram": "telegram",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "bark": "bark",
    "barks": "bark",
    "schan": "serverchan",
    "pushdeer": "pushdeer",
    "pushdeers": "pushdeer",
    "pushplus": "pushplus",
    "workflow": "teams",
    "workflows": "teams",
}
# In other addresses the place of the host holds a token.
_HOST_IS_PUBLIC = frozenset(
    {"mailto", "mailtos"}
    | {"json", "jsons", "form", "forms", "xml", "xmls", "apprise", "apprises"}
    | {"ntfy", "ntfys", "bark", "barks", "gotify", "gotifys", "matrix", "matrixs"}
    | {"mmost", "mmosts", "rocket", "rockets", "synology", "synologys"}
)

# Schemes that no channel has; all others may be one of the library's hundred, whose hosts and paths are tokens.
_READABLE = frozenset(
    {"http", "https", "ftp", "file", "socks4", "socks5", "socks5h", "sqlite", "postgres", "postgresql"}
)
_ADDRESS = re.compile(r"\b([a-z][a-z0-9]{1,20})://[^\s'\"<>]{1,4000}", re.I)
_HIDDEN = "…"
# Where services keep tokens in the web addresses that HTTP libraries name in their messages.
_TOKENS = (
    re.compile(r"((?:access_token|token|key|sign?|secret|password|pushkey|sendkey)=)[^\s&'\"]{1,500}", re.I),
    re.compile(r"(/bot)\d{1,20}:[\w-]{1,100}"),
    re.compile(r"(/(?:web)?hooks?/)[\w./-]{1,400}"),
    re.compile(r"(//hooks\.slack\.com/)[\w/-]{1,200}"),
    re.compile(r"(//sctapi\.ftqq\.com/)[\w-]{1,200}"),
    re.compile(r"(//)[^\s/@'\"]{1,500}(?=@)"),
)


# The forms of a message that a channel shows, where it is not all of them (other channels choose by length).
FORMS = {"json": ("txt",), "jsons": ("txt",), "mailto": ("txt", "html"), "mailtos": ("txt", "html")}
ALL_FORMS = ("txt", "md", "html")


def forms_of(to: str) -> tuple[str, ...]:
    """Return the forms of a message that a channel is given: to make one takes longer than to send it."""
    return FORMS.get(_scheme(to), ALL_FORMS)


def channel_name(to: str) -> str:
    """Return the kind of a channel for people: mail, dingtalk, webhook …; else the scheme itself."""
    scheme = _scheme(to)
    return CHANNELS.get(scheme, scheme or "unknown")


def mask(to: str) -> str:
    """Return `to` without anything secret: scheme, and the host where the host is no token.

    "mailtos://user:pass@smtp.example.org?to=team@example.org" gives "mailtos://smtp.example.org?to=t…@example.org".
    """
    scheme = _scheme(to)
    if not scheme:
        return _HIDDEN
    if is_by_own_server(to):
        return f"{scheme}://?to={masked(mailbox(to) or _HIDDEN)}"
    host = _host(to) if scheme in _HOST_IS_PUBLIC else None
    if host is None:
        return f"{scheme}://{_HIDDEN}"
    if scheme not in MAIL:
        return f"{scheme}://{host}/{_HIDDEN}"
    recipient = mailbox(to)
    return f"{scheme}://{host}" + (f"?to={masked(recipient)}" if recipient else "")


def _scheme(to: str) -> str:
    scheme, separator, _ = to.strip().partition("://")
    is_scheme = separator and scheme.isascii() and scheme.isalnum() and len(scheme) <= 20
    return scheme.lower() if is_scheme else ""


def _host(to: str) -> str | None:
    try:
        parts = urlsplit(to.strip())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if not re.fullmatch(r"[\w.:-]{1,255}", host) or "@" in parts.netloc.rpartition("@")[0]:
        return None  # a password with a bare @ would put its tail where the host stands
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port else shown


class RedactingFilter(logging.Filter):
    """Rewrites records so that no channel's address, password or token stands in them, tracebacks included.

    Put it on every handler: a filter on a logger does not see the records of its children.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        return True

    def redact(self, text: str) -> str:
        text = _ADDRESS.sub(_masked, text)
        for pattern in _TOKENS:
            text = pattern.sub(rf"\1{_HIDDEN}", text)
        return text


def _masked(match: re.Match[str]) -> str:
    """Mask every address but those of pages, proxies and databases, of which `_TOKENS` hides the password."""
    return match[0] if match[1].lower() in _READABLE else mask(match[0])

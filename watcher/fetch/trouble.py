"""What can go wrong between an address and its body: one table of codes, and the one place that makes a `FetchError`.

Inside `fetch` a `Trouble` is raised where it is seen; `client` adds the address and raises `FetchError`.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

import httpx
from h2.exceptions import H2Error

from watcher.errors import FetchError
from watcher.rests import LONGEST_ASKED, Rest


class Trouble(Exception):  # noqa: N818 (it becomes a FetchError at the edge)
    """Something seen by one part of `fetch`; `detail` is a phrase, without the address and without advice."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        transient: bool | None = None,
        status: int | None = None,
        retry_after_s: float | None = None,
        unasked: bool = False,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.status, self.retry_after_s = code, detail, status, retry_after_s
        self.unasked = unasked
        self.transient = _transient(code) if transient is None else transient


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whether asking again soon may help, and what a person can do."""

    transient: bool
    advice: str


FOREIGN: Final = "many government sites refuse addresses outside China or of data centres: set `proxy` for this source"

# Every code that `fetch` gives; a status that is no answer gives http_NNN, with STATUS_ADVICE where there is any.
CODES: Final[dict[str, Meaning]] = {
    "bad_url": Meaning(False, "write it as http://host/path"),
    "unsupported_scheme": Meaning(False, "only http and https are fetched"),
    "address_refused": Meaning(False, "only public addresses are fetched; see `allow_private_addresses`"),
    "dns": Meaning(False, "check the spelling of the host and this machine's name server"),
    "refused": Meaning(True, "the server is down or the port is wrong"),
    "unreachable": Meaning(True, "check this machine's network"),
    "reset": Meaning(True, f"if it lasts, {FOREIGN}"),
    "timeout_connect": Meaning(True, f"if it lasts, {FOREIGN}"),
    "timeout_read": Meaning(True, "the server is slow or stuck; it is asked again later"),
    "tls": Meaning(
        False, "open the address in a browser to see its certificate; an authority of its own can be named by `ca`"
    ),
    "tls_expired": Meaning(
        False, "the site has to renew it; where the site answers http:// too, write the address so meanwhile"
    ),
    "tls_name": Meaning(False, "write the address with the host that the certificate names, or with http://"),
    "tls_version": Meaning(
        False, "no browser speaks it since 2020; where the site answers http://, write the address so"
    ),
    "no_tls": Meaning(False, "write the address with http://, or with the port on which the site answers https"),
    "tls_old": Meaning(False, "an old server: `tls: legacy` lets this source connect to it"),
    "ca": Meaning(False, "`ca` names a file of certificates (PEM) that watcher may read"),
    "robots": Meaning(False, "ask the site's owner; where you may read it all the same, set `robots: ignore`"),
    "proxy": Meaning(True, "check the `proxy` of this source or of the settings"),
    "challenge": Meaning(False, FOREIGN),
    "protocol": Meaning(False, "this is no HTTP server, or a broken one"),
    "too_large": Meaning(False, "an article or a listing is never this long: check the address"),
    "redirect_loop": Meaning(
        False, "the site sends its visitors in circles: open it in a browser and use the final address"
    ),
    "bad_encoding": Meaning(False, "the site or something on the way damages it"),
}

STATUS_ADVICE: Final[dict[int, str]] = {
    304: "it was not asked whether the page had changed: a broken server; it is asked again later",
    401: "the page wants a login: watcher reads public pages only",
    403: FOREIGN,
    404: "the page is gone; a column may have moved: open the site and look for its new address",
    410: "the page is gone; a column may have moved: open the site and look for its new address",
    412: f"a check for real browsers; {FOREIGN}",
    429: "asked too often: raise `per_host_delay`",
    500: "the site is broken; it is asked again later",
    502: "the site is broken; it is asked again later",
    503: "the site is overloaded or being mended; it is asked again later",
    504: "the site is overloaded; it is asked again later",
    521: f"a check for real browsers; {FOREIGN}",
}

RETRYABLE_STATUS: Final = frozenset({408, 429, 500, 502, 503, 504, 521})


def _transient(code: str) -> bool:
    if code.startswith("http_"):
        return int(code.removeprefix("http_")) in RETRYABLE_STATUS
    return CODES[code].transient


def status_trouble(status: int, retry_after_s: float | None, now: datetime) -> Trouble:
    """The trouble that an answer with `status` is, which came `now`.

    407 is the answer of a proxy, named or on the way, and says nothing of the site (RFC 9110 15.5.8).
    """
    if status == 407:
        return Trouble("proxy", f"the proxy refused: {_named(status)}")
    wish = f" and asked to be left alone {_wish(retry_after_s, now)}" if retry_after_s else ""
    return Trouble(f"http_{status}", f"answered {_named(status)}{wish}", status=status, retry_after_s=retry_after_s)


def rest_trouble(host: str, rest: Rest, now: datetime, timezone: str) -> Trouble:
    """The trouble that it is to want something of a host that rests: that of its answer, the moment in `timezone`."""
    until = rest.until.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")
    return Trouble(
        f"http_{rest.status}",
        f"{host} is not asked before {until}: it answered {_named(rest.status)} and wants to be left alone until then",
        status=rest.status,
        retry_after_s=(rest.until - now).total_seconds(),
        unasked=True,
    )


def _named(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _wish(seconds: float, now: datetime) -> str:
    """For how long; what is longer than is granted, until which day (UTC)."""
    if timedelta(seconds=seconds) <= LONGEST_ASKED:
        return f"for {_span(seconds)}"
    try:
        day = f"{now.astimezone(UTC) + timedelta(seconds=seconds):%Y-%m-%d}"
    except OverflowError:
        day = "the end of time"
    return f"until {day} ({_span(LONGEST_ASKED.total_seconds())} at most is granted)"


def _span(seconds: float) -> str:
    """A length of time as people say it: 90 s, 30 min, 2 h."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"


def challenge_trouble(status: int) -> Trouble:
    """The trouble that a refusal is whose body is a check for browsers."""
    detail = f"a check for real browsers stands in front of the page (HTTP {status})"
    return Trouble("challenge", detail, status=status, transient=status in RETRYABLE_STATUS)


def failure(url: str, trouble: Trouble) -> FetchError:
    """The error that callers see: one line with the host, what happened and what to do."""
    known = CODES.get(trouble.code)
    advice = known.advice if known else STATUS_ADVICE.get(trouble.status or 0, "")
    host = _host(url)
    return FetchError(
        url,
        trouble.code,
        trouble.detail if trouble.detail.startswith(host) else f"{host}: {trouble.detail}",
        transient=trouble.transient,
        status=trouble.status,
        retry_after_s=trouble.retry_after_s,
        hint=advice or None,
        unasked=trouble.unasked,
    )


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host or url[:80]
    except (httpx.InvalidURL, ValueError):
        return ascii(url[:80])


def from_httpx(error: httpx.HTTPError | H2Error, *, through_proxy: bool, shared: bool = False) -> Trouble:
    """Translate what httpx raised, and what it lets through of HTTP/2.

    Through a proxy it is the proxy that could not be reached, not the site. What came over a connection that others
    used too (`shared`) may be a rest of theirs: over a new one the answer may be HTTP.
    """
    trouble = _translated(error)
    if shared and trouble.code == "protocol":
        return Trouble("protocol", trouble.detail, transient=True)
    if through_proxy and trouble.code in ("dns", "refused", "unreachable", "timeout_connect"):
        return Trouble("proxy", f"the proxy does not answer: {trouble.detail}")
    return trouble


def _translated(error: httpx.HTTPError | H2Error) -> Trouble:
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return Trouble("timeout_connect", "no connection within the time allowed")
        case httpx.TimeoutException():
            return Trouble("timeout_read", "connected, but stopped sending")
        case httpx.ProxyError():
            return Trouble("proxy", f"the proxy refused: {error}")
        case httpx.ConnectError():
            return _from_connect(error)
        case httpx.NetworkError():
            return Trouble("reset", "the connection was cut")
        case httpx.RemoteProtocolError():
            return _from_protocol(error)
        case H2Error():
            return Trouble("protocol", "the answer is not HTTP/2")
        case _:
            return Trouble("protocol", "cannot talk HTTP with it")


def _from_protocol(error: httpx.RemoteProtocolError) -> Trouble:
    # One exception for both; its texts are "Server disconnected …", "peer closed connection …" and, of HTTP/2, the
    # events <ConnectionTerminated …> and <StreamReset …>; of the latter, `connections` makes those that are not remote.
    if "remote_reset:False" in str(error):
        return Trouble("protocol", "the answer is not as long as it says", transient=True)
    if any(sign in str(error) for sign in ("disconnected", "closed connection", "Terminated", "StreamReset")):
        return Trouble("reset", "the connection was cut before the answer was complete")
    return Trouble("protocol", "the answer is not HTTP")


def _from_connect(error: httpx.ConnectError) -> Trouble:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return _from_tls(cause)
        if isinstance(cause, ConnectionRefusedError):
            return Trouble("refused", "the connection was refused")
        if isinstance(cause, socket.gaierror):
            return Trouble("dns", "its name is not known")
        if isinstance(cause, OSError) and cause.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
            return Trouble("unreachable", "there is no way to its network")
        if isinstance(cause, TimeoutError):
            return Trouble("timeout_connect", "no connection within the time allowed")
    # A port that is closed refuses: it is TLS that was being agreed on.
    return Trouble("reset", "the connection was cut before TLS was agreed on: the port may not speak it")


# What OpenSSL, by its version, says of an answer that is no TLS: most often of a port that speaks plain HTTP.
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"})


# What OpenSSL says of a server that today's rules shut out and `tls: legacy` would let in.
_OLD_TLS: Final = frozenset(
    {
        "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
        "DH_KEY_TOO_SMALL",
        "EE_KEY_TOO_SMALL",
        "CA_KEY_TOO_SMALL",
        "WRONG_SIGNATURE_TYPE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",  # no cipher in common
    }
)
_OLD_VERSION: Final = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"})
# What is wrong with a certificate, by OpenSSL's X509_V_ERR: EE_KEY_TOO_SMALL, CA_KEY_TOO_SMALL; CERT_NOT_YET_VALID,
# CERT_HAS_EXPIRED; HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH. SHA-1 (CA_MD_TOO_WEAK) has no place: level 1 shuts it out.
_OF_CERTIFICATE: Final = {
    66: "tls_old",
    67: "tls_old",
    9: "tls_expired",
    10: "tls_expired",
    62: "tls_name",
    64: "tls_name",
}


def _from_tls(error: ssl.SSLError) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        code = _OF_CERTIFICATE.get(error.verify_code, "tls")
        return Trouble(code, f"its certificate is refused: {error.verify_message}")
    reason = error.reason or str(error)
    if reason in _NO_TLS:
        return Trouble("no_tls", "the port does not speak TLS (https)")
    if reason in _OLD_VERSION:
        return Trouble("tls_version", "it speaks TLS 1.0 or 1.1 at most")
    return Trouble("tls_old" if reason in _OLD_TLS else "tls", f"no encrypted connection: {reason}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__

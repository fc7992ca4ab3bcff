"""One HTTP request to a channel: no redirects, bounded in time and size, every failure a `NotifyError`.

What is asked is never named in an error: the addresses of chat services are their passwords.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import Any

import httpx
from h2.exceptions import H2Error

from watcher.errors import NotifyError
from watcher.fetch.guard import check_url
from watcher.fetch.trouble import Trouble, from_httpx
from watcher.fetch.unpack import unpacked, unpacker
from watcher.notify.call import Answer, Call
from watcher.notify.ways import Ways

# httpx names the whole address of each request at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)

TOTAL_S = 60.0
MAX_ANSWER_BYTES = 64 * 1024

# The same request would be refused again. 401, 403 and 404 are retried: gateways answer so while a service restarts;
# where the service itself says so, in words of its own, who knows them decides (`StatusError`).
PERMANENT = frozenset({400, 405, 406, 410, 411, 413, 414, 415, 422, 501, 505})
# Of these, those that are about what was sent: another message may be taken.
CONTENT = frozenset({400, 413, 422})
# A gateway says so of a server that may have taken the request.
NO_ANSWER_BEHIND = frozenset({502, 504})
# What goes wrong before anything was asked.
BEFORE_ASKED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# What the guard says of an address that will not become a public one.
REFUSED = frozenset({"bad_url", "unsupported_scheme", "address_refused"})


class StatusError(NotifyError):
    """An answer other than 2xx; `answer` is its body as far as it was read. A gateway's may name the address."""

    def __init__(self, service: str, status: int, answer: bytes) -> None:
        self.status, self.answer = status, answer
        super().__init__(
            f"{service}: HTTP {status}",
            permanent=status in PERMANENT,
            content=status in CONTENT,
            unsure=status in NO_ANSWER_BEHIND,
        )

    def explained(self, said: str, *, final: bool, content: bool) -> NotifyError:
        """The same in the service's own words, which may make it `final`, or say whether the content is meant."""
        return NotifyError(f"{self}: {said}", permanent=self.permanent or final, content=content, unsure=self.unsure)


@dataclass(frozen=True, slots=True)
class Channel:
    """One address, opened: the library's plugin for it, the connections to it, and how far its requests may go."""

    plugin: Any
    to: str = field(repr=False)
    ways: Ways
    public_only: bool = False


async def post(channel: Channel, service: str, call: Call) -> bytes:
    """Send `call` and return the answer's body where its status is 2xx.

    Raises:
        StatusError: another status.
        NotifyError: anything else, in words that name `service` but not the address.
    """
    try:
        async with asyncio.timeout(TOTAL_S):
            status, answer = await _exchange(channel, call)
    except TimeoutError as exc:
        raise NotifyError(f"{service}: no answer within {TOTAL_S:.0f} s", unsure=True) from exc
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError) as exc:
        raise NotifyError(f"{service}: the address or a header of it cannot be sent", permanent=True) from exc
    except Trouble as exc:
        raise NotifyError(f"{service}: {_words(exc)}", permanent=exc.code in REFUSED) from exc
    except (httpx.HTTPError, H2Error) as exc:
        raise NotifyError(f"{service}: {_failed(exc)}", unsure=not isinstance(exc, BEFORE_ASKED)) from exc
    except OSError as exc:
        raise NotifyError(f"{service}: cannot be reached: {exc.strerror or 'the connection failed'}") from exc
    except ValueError as exc:  # a status of HTTP/2 that is no number
        raise NotifyError(f"{service}: the answer is no HTTP", unsure=True) from exc
    if 200 <= status < 300:
        return answer
    if 300 <= status < 400:
        raise NotifyError(
            f"{service}: HTTP {status}, a redirect, which is not followed; name the new address", permanent=True
        )
    raise StatusError(service, status, answer)


def _failed(error: httpx.HTTPError | H2Error) -> str:
    """What became of the connection, without what a broken server wrote."""
    trouble = from_httpx(error, through_proxy=False)
    return "the answer is no HTTP" if trouble.code == "protocol" else trouble.detail


def _words(trouble: Trouble) -> str:
    """What the guard or the connection says, without the address that it names."""
    if trouble.code in REFUSED:
        return "the address is not one that anybody may reach from here (docs/decisions/005-guard.md)"
    return f"cannot be reached ({trouble.code})"


async def _exchange(channel: Channel, call: Call) -> tuple[int, bytes]:
    if channel.public_only:
        check_url(call.url, allow_private=False)
    answer = await channel.ways.ask(call, MAX_ANSWER_BYTES, public_only=channel.public_only)
    return answer.status, await _unpacked(answer)


async def _unpacked(answer: Answer) -> bytes:
    """The body as far as it can be unpacked: a message that was taken is not sent again for that."""
    try:
        return await unpacked(unpacker(answer.packed), answer.body, MAX_ANSWER_BYTES)
    except Trouble:
        return b""


def answered(service: str, answer: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer.

    Raises:
        NotifyError: it is none, so that nobody can say whether the message was taken.
    """
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as exc:
        raise NotifyError(f"{service}: the answer is no JSON", unsure=True) from exc
    if not isinstance(found, dict):
        raise NotifyError(f"{service}: the answer is no JSON object", unsure=True)
    return found

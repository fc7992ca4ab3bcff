"""What every request passes and every answer carries: the host and the token looked at, the headers of a safe page."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watcher.web.access import Access, Entry
from watcher.web.assets import style_digest
from watcher.web.language import chosen_language
from watcher.web.words import Words

# No script at all, no style but ours, nothing from elsewhere: what a page of a stranger smuggled past the escaping
# could do nothing.
POLICY: Final = "; ".join((
    "default-src 'none'", f"style-src '{style_digest()}'", "img-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # To no other site, since links in mails hold what lets their holder act; of no referrer at all browsers make a form
    # whose origin is null.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class Gate:
    """Middleware around everything, errors too."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(self._access.entry(scope["path"], dict(headers)), headers.get("accept-language"))
        await (self._app if refusal is None else refusal)(scope, receive, guarded)

    @staticmethod
    def _refusal(entry: Entry, accepted: str | None) -> Response | None:
        words = Words(chosen_language(None, None, accepted))
        if entry is Entry.WRONG_HOST:
            return PlainTextResponse(f"{words['error_421']}\n", 421)
        if entry is Entry.UNKNOWN:
            challenge = {"WWW-Authenticate": 'Basic realm="watcher", charset="UTF-8"'}
            return PlainTextResponse(f"{words['error_401']}\n", 401, challenge)
        return None

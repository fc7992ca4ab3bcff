"""The cookies of one chain of redirects: what a server set on the way is said to it at the next step."""

from __future__ import annotations

import warnings

import httpx

# So the standard library calls a cookie that it did not foresee (an age of 400 digits), with a traceback on stderr. It
# leaves out what that answer set: only the site can mend it.
warnings.filterwarnings("ignore", "http.cookiejar bug!")


def take(cookies: httpx.Cookies, response: httpx.Response) -> None:
    """Keep what an answer sets."""
    if "set-cookie" in response.headers:
        cookies.extract_cookies(response)


def header(url: httpx.URL, cookies: httpx.Cookies) -> list[tuple[bytes, bytes]]:
    """The Cookie header for `url`: one or none."""
    if not cookies:
        return []
    probe = httpx.Request("GET", url)
    probe.headers.encoding = "utf-8"  # servers fill cookies with any bytes, and httpx would take ASCII alone
    cookies.set_cookie_header(probe)
    return [(name, value) for name, value in probe.headers.raw if name.lower() == b"cookie"]

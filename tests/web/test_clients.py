"""Whose request it is, as far as it can be known."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from watcher.web.access import Access, access
from watcher.web.clients import known_client

BEHIND = access(
    "0.0.0.0",
    token="t" * 16,
    user_header=None,
    hosts="",
    public_url=None,
    proxies="127.0.0.1, 10.0.0.0/8,2001:db8::/32",
)


@pytest.mark.parametrize(
    ("host", "forwarded", "guard", "client"),
    [
        ("203.0.113.9", [], Access(), "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], Access(), None),
        ("127.0.0.1", [], Access(), None),
        ("127.0.0.1", ["198.51.100.7"], Access(), None),
        (None, [], Access(), None),
        ("203.0.113.9", [], Access(user_header="X-Remote-User"), None),
        ("127.0.0.1", ["198.51.100.7"], BEHIND, "198.51.100.7"),
        ("::ffff:127.0.0.1", ["198.51.100.7"], BEHIND, "198.51.100.7"),
        ("2001:db8::5", ["2001:dead::1"], BEHIND, "2001:dead::1"),
        ("127.0.0.1", [], BEHIND, None),
        ("127.0.0.1", ["10.1.2.3"], BEHIND, None),
        ("127.0.0.1", ["198.51.100.7, 10.1.2.3", "10.9.9.9"], BEHIND, "198.51.100.7"),
        ("127.0.0.1", ["192.0.2.1, 198.51.100.7"], BEHIND, "198.51.100.7"),  # the first is what he says himself
        ("127.0.0.1", ["198.51.100.7, unknown"], BEHIND, None),
        ("203.0.113.9", ["198.51.100.7"], BEHIND, None),
    ],
)
def test_whose_request_it_is(host: str | None, forwarded: list[str], guard: Access, client: str | None) -> None:
    headers = Headers(raw=[(b"x-forwarded-for", one.encode()) for one in forwarded])
    assert known_client(host, headers, guard) == client


@pytest.mark.parametrize("proxies", ["proxy.example", "10.0.0.1/8", "300.1.1.1"])
def test_what_is_no_address_of_a_proxy_is_refused(proxies: str) -> None:
    with pytest.raises(ValueError, match="WATCHER_WEB_PROXIES"):
        access("127.0.0.1", token=None, user_header=None, hosts="", public_url=None, proxies=proxies)

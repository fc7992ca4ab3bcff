from __future__ import annotations

import base64
import hashlib
import re
import stat
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from tests.web.conftest import Browser
from watcher.errors import StoreError
from watcher.web.access import Access, Entry, access, is_loopback
from watcher.web.application import routes
from watcher.web.gate import HEADERS
from watcher.web.seals import KEY_FILE, Seals, kept_seals

TOKEN = "0123456789abcdef-token"
BASIC = "Basic " + base64.b64encode(f"anyone:{TOKEN}".encode()).decode()


@pytest.mark.parametrize(
    ("host", "let_in"),
    [
        ("127.0.0.1:8080", True),
        ("localhost", True),
        ("LOCALHOST:9", True),
        ("[::1]:8080", True),
        ("watch.example.org", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("192.168.1.5", False),
        ("evil.example@127.0.0.1", False),
        ("127.0.0.1:8080:80", False),
        ("", False),
        ("localhost\r\nx: y", False),
    ],
)
def test_a_name_that_was_pointed_at_us_is_refused(host: str, let_in: bool) -> None:
    guard = Access(hosts=frozenset({"watch.example.org"}))
    assert (guard.entry("/", {"host": host}) is Entry.OPEN) is let_in


OUTSIDE = Access(loopback=False, token=TOKEN)
PROXIED = Access(loopback=False, user_header="X-Remote-User")


@pytest.mark.parametrize(
    ("guard", "path", "headers", "entry"),
    [
        (Access(), "/", {}, Entry.OPEN),
        (Access(token=TOKEN), "/", {}, Entry.UNKNOWN),
        (OUTSIDE, "/", {}, Entry.UNKNOWN),
        (OUTSIDE, "/api/v1/announcements", {}, Entry.UNKNOWN),
        (OUTSIDE, "/metrics", {}, Entry.UNKNOWN),
        (OUTSIDE, "/", {"authorization": BASIC}, Entry.OPEN),
        (OUTSIDE, "/", {"authorization": f"Bearer {TOKEN}"}, Entry.OPEN),
        (OUTSIDE, "/", {"authorization": f"bearer  {TOKEN} "}, Entry.OPEN),
        (OUTSIDE, "/", {"authorization": f"Bearer {TOKEN}x"}, Entry.UNKNOWN),
        (OUTSIDE, "/", {"authorization": "Bearer "}, Entry.UNKNOWN),
        (OUTSIDE, "/", {"authorization": "Basic !!!"}, Entry.UNKNOWN),
        (OUTSIDE, "/", {"x-remote-user": "me"}, Entry.UNKNOWN),
        (OUTSIDE, "/healthz", {}, Entry.OPEN),
        (OUTSIDE, "/unsubscribe/abc", {}, Entry.OPEN),
        (OUTSIDE, "/healthz/../", {}, Entry.UNKNOWN),
        (OUTSIDE, "/healthzzz", {}, Entry.UNKNOWN),
        (PROXIED, "/", {}, Entry.UNKNOWN),
        (PROXIED, "/", {"x-remote-user": ""}, Entry.UNKNOWN),
        (PROXIED, "/", {"x-remote-user": "me"}, Entry.OPEN),
        (PROXIED, "/", {"authorization": "Bearer "}, Entry.UNKNOWN),
    ],
)
def test_who_is_let_in(guard: Access, path: str, headers: dict[str, str], entry: Entry) -> None:
    assert (
        guard.entry(
            path, {"host": "192.168.1.5:8080", **headers} if not guard.loopback else {"host": "localhost", **headers}
        )
        is entry
    )


def test_a_page_that_others_can_reach_starts_only_with_a_guard() -> None:
    asked = {"token": None, "user_header": None, "hosts": "", "public_url": None}
    with pytest.raises(ValueError, match="WATCHER_WEB_TOKEN"):
        access("0.0.0.0", **asked)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 16"):
        access("0.0.0.0", **{**asked, "token": "short"})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="header"):
        access("0.0.0.0", **{**asked, "user_header": "X Y:"})  # type: ignore[arg-type]
    made = access("0.0.0.0", **{**asked, "token": TOKEN, "hosts": "a, B ,", "public_url": "https://w.example/x"})  # type: ignore[arg-type]
    assert made.hosts == {"a", "b", "w.example"}
    assert TOKEN not in repr(made)


@pytest.mark.parametrize(
    ("bind", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_what_is_loopback(bind: str, loopback: bool) -> None:
    assert is_loopback(bind) is loopback


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/x", "/announcements/x"])
async def test_every_answer_carries_the_headers_of_a_safe_page(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy


async def test_a_wrong_host_and_a_missing_token_are_answered_with_these_headers_too(browser: Browser) -> None:
    answer = await browser().get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["x-frame-options"]) == (421, "DENY")
    answer = await browser(access=OUTSIDE).get("/")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert TOKEN not in answer.text


async def test_no_address_but_the_open_ones_is_answered_without_the_token(browser: Browser) -> None:
    web = browser(access=OUTSIDE)
    answered = set()
    for route in routes():
        assert isinstance(route, Route)
        for method in sorted(route.methods or ()):
            address = re.sub(r"{\w+}", "1", route.path)
            if (await web.request(method, address)).status_code != 401:
                answered.add(route.path)
    assert answered == {"/healthz", "/readyz", "/static/{name}", "/unsubscribe/{token}", "/confirm/{token}"}


async def test_pages_load_nothing_from_elsewhere_and_no_script(web: httpx.AsyncClient) -> None:
    text = (await web.get("/")).text
    assert "<script" not in text
    assert " style=" not in text
    assert "http://" not in text.replace("http://127.0.0.1", "").replace("http://bureau.example", "")


async def test_a_file_of_the_package_is_kept_for_good(web: httpx.AsyncClient) -> None:
    text = (await web.get("/")).text
    address = text.partition('rel="icon" type="image/svg+xml" href="')[2].partition('"')[0]
    answer = await web.get(address)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]


async def test_the_policy_allows_the_style_that_stands_in_the_page_and_no_other(web: httpx.AsyncClient) -> None:
    answer = await web.get("/")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert len(style) > 1000
    assert f"style-src 'sha256-{digest}';" in answer.headers["content-security-policy"]


def test_a_seal_is_of_its_session_and_of_its_key() -> None:
    ours, theirs = Seals(b"a" * 32), Seals(b"b" * 32)
    seal = ours.form("session")
    assert ours.is_form(seal, "session")
    assert not ours.is_form(seal, "another")
    assert not ours.is_form(seal, "")
    assert not theirs.is_form(seal, "session")
    assert not ours.is_form(ours.link({"a": 1}), "session")
    assert ours.form("session") != seal
    assert ours.opened(ours.link({"a": 1})) == {"a": 1}
    assert theirs.opened(ours.link({"a": 1})) is None
    assert ours.opened(seal) is None


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    link = kept_seals(tmp_path).link({"a": 1})
    assert kept_seals(tmp_path).opened(link) == {"a": 1}
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    (tmp_path / KEY_FILE).write_bytes(b"")
    with pytest.raises(StoreError, match="damaged"):
        kept_seals(tmp_path)

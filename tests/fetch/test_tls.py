"""Encrypted connections to real servers: certificates, old servers. The `openssl` command makes the keys."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fetch.running import LIMITS, OPTIONS
from tests.sites import Site
from tests.sites.certificates import Certificate
from watcher.errors import FetchError
from watcher.fetch import Fetcher
from watcher.fetch.network import tls_context
from watcher.model import Page
from watcher.settings import PLAIN_FETCH, FetchOptions

HOST = "www.example.gov.cn"


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def outcome(port: int, options: FetchOptions = PLAIN_FETCH, host: str = HOST) -> str:
    """ "ok", or the code of the error."""
    async with Fetcher(OPTIONS, replace(LIMITS, attempts=1, read_s=2), resolve=here) as fetcher:
        try:
            return "ok" if isinstance(await fetcher.fetch(f"https://{host}:{port}/", None, options), Page) else "304"
        except FetchError as error:
            return error.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def root(folder: Path) -> Certificate:
    return Certificate.make(folder, "root", leaf=False)


@pytest.fixture(scope="module")
def middle(folder: Path, root: Certificate) -> Certificate:
    return Certificate.make(folder, "middle", issuer=root, leaf=False)


@pytest.fixture(scope="module")
def signed(folder: Path, middle: Certificate) -> Certificate:
    """Of a server that, like many, sends its own certificate and forgets the one in the middle."""
    return Certificate.make(folder, HOST, issuer=middle)


@contextmanager
def serving(certificate: Certificate, ciphers: str | None = None) -> Iterator[Site]:
    with Site(tls=certificate.server(ciphers)) as site:
        site.set("/", "x")
        yield site


class TestCertificates:
    async def test_one_that_nobody_vouches_for_is_refused(self, signed: Certificate) -> None:
        with serving(signed) as site:
            assert await outcome(site.port) == "tls"
            assert await outcome(site.port, FetchOptions(tls="legacy")) == "tls"
        assert site.requests == []

    @pytest.mark.parametrize("given", ["middle", "signed"])
    async def test_one_that_the_source_vouches_for_is_taken(self, request: pytest.FixtureRequest, given: str) -> None:
        ca: Certificate = request.getfixturevalue(given)
        with serving(request.getfixturevalue("signed")) as site:
            assert await outcome(site.port, FetchOptions(ca=str(ca.path))) == "ok"

    async def test_another_authority_does_not_help(self, signed: Certificate, tmp_path: Path) -> None:
        stranger = Certificate.make(tmp_path, "stranger", leaf=False)
        with serving(signed) as site:
            assert await outcome(site.port, FetchOptions(ca=str(stranger.path))) == "tls"

    async def test_it_must_name_the_host_in_any_case(self, signed: Certificate, middle: Certificate) -> None:
        with serving(signed) as site:
            options = FetchOptions(ca=str(middle.path), tls="legacy")
            assert await outcome(site.port, options, "other.example.gov.cn") == "tls_name"

    @pytest.mark.parametrize(("how", "code"), [("-days -1", "tls_expired"), ("-sha1 -days 2", "tls")])
    async def test_one_that_no_setting_lets_in_is_not_said_to_need_one(
        self, middle: Certificate, tmp_path: Path, how: str, code: str
    ) -> None:
        made = Certificate.signed_so(tmp_path, HOST, middle, *how.split())
        with serving(made, "DEFAULT:@SECLEVEL=0") as site:
            assert await outcome(site.port, FetchOptions(ca=str(middle.path))) == code
            assert await outcome(site.port, FetchOptions(ca=str(middle.path), tls="legacy")) == code

    async def test_what_one_source_trusts_no_other_does(self, signed: Certificate, middle: Certificate) -> None:
        with serving(signed) as site:
            async with Fetcher(OPTIONS, LIMITS, resolve=here) as fetcher:
                url = f"https://{HOST}:{site.port}/"
                await fetcher.fetch(url, None, FetchOptions(ca=str(middle.path)))
                with pytest.raises(FetchError, match="`ca`"):
                    await fetcher.fetch(url)

    async def test_those_of_the_environment_are_trusted(
        self,
        signed: Certificate,
        root: Certificate,
        middle: Certificate,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        bundle = tmp_path / "bundle.pem"
        bundle.write_bytes(root.path.read_bytes() + middle.path.read_bytes())
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
        tls_context.cache_clear()
        try:
            with serving(signed) as site:
                assert await outcome(site.port) == "ok"
        finally:
            tls_context.cache_clear()

    @pytest.mark.parametrize("text", [None, "no certificate"])
    async def test_a_file_without_certificates_is_named(self, tmp_path: Path, text: str | None) -> None:
        ca = tmp_path / "ca.pem"
        if text is not None:
            ca.write_text(text)
        assert await outcome(9, FetchOptions(ca=str(ca))) == "ca"

    async def test_a_plain_server_on_an_https_address_is_named(self) -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(100)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server:
            assert await outcome(server.sockets[0].getsockname()[1]) == "no_tls"


class TestOldServers:
    """They are reached with `tls: legacy`, and without it the error says so."""

    async def check(self, port: int, ca: Certificate) -> None:
        assert await outcome(port, FetchOptions(ca=str(ca.path))) == "tls_old"
        assert await outcome(port, FetchOptions(ca=str(ca.path), tls="legacy")) == "ok"

    async def test_short_keys(self, tmp_path: Path) -> None:
        short = Certificate.make(tmp_path, HOST, bits=1024)
        with serving(short, "DEFAULT:@SECLEVEL=0") as site:
            await self.check(site.port, short)

    @pytest.mark.parametrize(
        ("command", "options"),
        [
            ("openssl", "s_server -www -accept {port} -key {key} -cert {cert} -tls1_2 -cipher AES128-SHA256"),
            (
                "gnutls-serv",  # OpenSSL cannot play a server without RFC 5746
                "--http --port {port} --x509keyfile {key} --x509certfile {cert} "
                "--priority NORMAL:-VERS-TLS1.3:%DISABLE_SAFE_RENEGOTIATION",
            ),
        ],
        ids=["no forward secrecy", "no secure renegotiation"],
    )
    async def test_what_only_other_programs_can_play(
        self, signed: Certificate, middle: Certificate, unused_tcp_port: int, command: str, options: str
    ) -> None:
        async with playing(command, options, signed, unused_tcp_port):
            await self.check(unused_tcp_port, middle)

    async def test_one_that_no_browser_speaks_to_is_told_as_such(
        self, signed: Certificate, unused_tcp_port: int
    ) -> None:
        options = "s_server -www -accept {port} -key {key} -cert {cert} -tls1_1 -cipher DEFAULT:@SECLEVEL=0"
        async with playing("openssl", options, signed, unused_tcp_port):
            assert await outcome(unused_tcp_port, FetchOptions(tls="legacy")) == "tls_version"


@asynccontextmanager
async def playing(command: str, options: str, certificate: Certificate, port: int) -> AsyncIterator[None]:
    """A server that another program plays, once it answers."""
    program = shutil.which(command)
    if program is None:
        pytest.skip(f"needs the {command} command (Debian: openssl, gnutls-bin)")
    given = options.format(port=port, key=certificate.key, cert=certificate.path).split()
    with subprocess.Popen([program, *given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while await outcome(port) == "refused":
                assert server.poll() is None, f"{command} does not run"
                await asyncio.sleep(0.02)
            yield
        finally:
            server.terminate()

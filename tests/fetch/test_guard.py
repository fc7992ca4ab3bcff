"""Which addresses are refused, whatever way they are written."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.fetch.guard import check_url, is_public
from watcher.fetch.trouble import CODES, Trouble

REFUSED = [
    "http://127.0.0.1/",
    "http://127.8.9.10:8080/",
    "http://127.0.0.1./",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/metadata",
    "http://192.0.0.192/opc/v2/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.0x1/",
    "http://127.0.0.256/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::1]/",
    "http://[2001:0:7f00:1::1]/",
    "http://[2001:db8::1]/",
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://intranet.local/",
    "http://a.localhost/",
    "http://metadata.google.internal/",
    "http://www.example.gov.cn@127.0.0.1/",
    "http://user:secret@www.example.gov.cn/",
    "http://127。0。0。1/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_url(url, allow_private=False)
    assert caught.value.code == "address_refused"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "unsupported_scheme"),
        ("ftp://www.example.gov.cn/", "unsupported_scheme"),
        ("gopher://127.0.0.1:70/", "unsupported_scheme"),
        ("javascript:void(0)", "unsupported_scheme"),
        ("www.example.gov.cn/list", "unsupported_scheme"),
        ("//www.example.gov.cn/", "unsupported_scheme"),
        ("", "unsupported_scheme"),
        ("http://", "bad_url"),
        ("http:///path", "bad_url"),
        ("http://www.example.gov.cn\\@127.0.0.1/", "bad_url"),
        ("http://www.exa\tmple.gov.cn/", "bad_url"),
        ("http://www.example.gov.cn/\r\nHost: x", "bad_url"),
        ("http://www.example.gov.cn:99999/", "bad_url"),
        ("http://www.example.gov.cn:port/", "bad_url"),
        ("http://１２７.０.０.１/", "bad_url"),
        ("http://①②⑦.⓪.⓪.①/", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("http://[fe80::1%25eth0]/", "address_refused"),
        ("http://www.example.gov.cn:0/", "bad_url"),
        ("http://" + "a" * 9000, "bad_url"),
    ],
)
def test_what_is_no_web_address_is_named(url: str, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_url(url, allow_private=False)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://sthj.example.gov.cn/dtxx/", "http://sthj.example.gov.cn/dtxx/"),
        ("https://8.8.8.8:8443/a?b=c#d", "https://8.8.8.8:8443/a?b=c"),
        ("http://[2400:3200::1]/", "http://[2400:3200::1]/"),
        ("  http://www.example.cn/中文 a\n", "http://www.example.cn/%E4%B8%AD%E6%96%87%20a"),
        ("http://政务.cn/", "http://xn--zfr164b.cn/"),
    ],
)
def test_public_addresses_pass_without_their_fragment(url: str, asked: str) -> None:
    assert str(check_url(url, allow_private=False)) == asked


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost:8080/", "http://[::1]/", "http://10.0.0.1/"])
def test_private_addresses_pass_where_they_are_allowed(url: str) -> None:
    assert str(check_url(url, allow_private=True)) == url


@pytest.mark.parametrize("url", ["http://2130706433/", "http://127.1/", "http://a@127.0.0.1/"])
def test_disguises_are_refused_even_where_private_addresses_are_allowed(url: str) -> None:
    with pytest.raises(Trouble):
        check_url(url, allow_private=True)


@given(st.ip_addresses())
def test_no_public_verdict_disagrees_with_the_registry_of_the_standard_library(address: object) -> None:
    known = ip_address(str(address))
    if is_public(known):
        assert known.is_global
        assert not known.is_multicast


def verdict(text: str) -> str:
    try:
        url = check_url(text, allow_private=False)
    except Trouble as trouble:
        return trouble.code
    return "fetched" if url.host else "without a host"


@given(st.text(max_size=60) | st.text("http:/@.[]%0127af\\ #?", max_size=40).map("http://".__add__))
def test_any_text_is_either_an_address_or_a_trouble_with_a_known_code(text: str) -> None:
    assert verdict(text) in {"fetched", *CODES}

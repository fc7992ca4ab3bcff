from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.addresses import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x/1.html", "https://a.gov.cn/x/1.html"),
        ("http://A.gov.cn:80/x/", "http://a.gov.cn/x/"),
        ("https://a.gov.cn:443/x", "http://a.gov.cn/x"),
        ("http://a.gov.cn", "http://a.gov.cn/"),
        ("http://a.gov.cn/x#top", "http://a.gov.cn/x"),
        ("http://a.gov.cn/x?utm_source=w&id=7", "http://a.gov.cn/x?id=7"),
        ("http://a.gov.cn/x?spm=1", "http://a.gov.cn/x"),
    ],
)
def test_variants_of_one_page(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x?id=7", "http://a.gov.cn/x?id=8"),
        ("http://a.gov.cn:8080/x", "http://a.gov.cn/x"),
        ("http://a.gov.cn/X", "http://a.gov.cn/x"),
        ("http://a.gov.cn/x/", "http://a.gov.cn/x"),
        ("http://a.gov.cn/x?from=1", "http://a.gov.cn/x"),
        ("http://a.gov.cn/#/detail/7", "http://a.gov.cn/#/detail/8"),
        ("http://a.gov.cn/x?a=%C4%E3", "http://a.gov.cn/x?a=%C4%E4"),
    ],
)
def test_different_pages(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text() | st.from_regex(r"https?://[^/]*:[0-9a-z\[\]]*/?\?[^ ]*"))
def test_any_text_has_a_canonical_form(url: str) -> None:
    assert isinstance(canonical(url), str)

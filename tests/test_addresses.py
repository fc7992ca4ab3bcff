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
        ("http://a.gov.cn/x?id=7&from=timeline&share_token=3", "http://a.gov.cn/x?id=7"),
        ("http://a.gov.cn/x?id=7&col=2", "http://a.gov.cn/x?col=2&id=7"),
        ("http://www.a.gov.cn/x/1.html", "http://a.gov.cn/x/1.html"),
        ("http://m.a.gov.cn/x/1.html", "https://www.a.gov.cn/x/1.html"),
        ("http://wap.a.gov.cn:8080/x", "http://3g.a.gov.cn:8080/x"),
        ("http://a.gov.cn/x/index.html", "http://a.gov.cn/x/"),
        ("http://a.gov.cn/x/index.shtml", "http://a.gov.cn/x"),
        ("http://a.gov.cn/Default.aspx?id=7", "http://a.gov.cn/?id=7"),
        ("http://a.gov.cn/index.html", "http://a.gov.cn"),
        ("http://a.gov.cn/x/", "http://a.gov.cn/x"),
        ("http://a.gov.cn/x;jsessionid=9F.a1?id=7", "http://a.gov.cn/x?id=7"),
        ("http://a.gov.cn/x?JSESSIONID=9F&id=7", "http://a.gov.cn/x?id=7"),
        ("http://a.gov.cn/%e9%80%9a", "http://a.gov.cn/通"),
        ("http://a.gov.cn/%7Ex/%41", "http://a.gov.cn/~x/A"),
        ("http://a.gov.cn/x?q=%c4%e3+1", "http://a.gov.cn/x?q=%C4%E3%201"),
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
        ("http://a.gov.cn/x/index_1.html", "http://a.gov.cn/x/index.html"),
        ("http://a.gov.cn/x%2Fy", "http://a.gov.cn/x/y"),
        ("http://a.gov.cn/x?docid=7", "http://a.gov.cn/x?docid=8"),
        ("http://sthj.a.gov.cn/x", "http://a.gov.cn/x"),
        ("http://m.cn/x", "http://www.cn/x"),
        ("http://a.gov.cn/x?from=1", "http://a.gov.cn/x"),
        ("http://a.gov.cn/#/detail/7", "http://a.gov.cn/#/detail/8"),
        ("http://a.gov.cn/x?a=%C4%E3", "http://a.gov.cn/x?a=%C4%E4"),
    ],
)
def test_different_pages(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


VARIANTS = r"https?://(www\.|m\.){0,2}a\.gov\.cn(:80)?/[a-z%/;.]{0,12}(\?[a-z=&%+]{0,12})?(#[a-z/!]{0,4})?"


@given(st.from_regex(VARIANTS, fullmatch=True))
def test_the_canonical_form_of_a_canonical_form_is_itself(url: str) -> None:
    assert canonical(f"http://{canonical(url)}") == canonical(url)


@given(st.text() | st.from_regex(r"https?://[^/]*:[0-9a-z\[\]]*/?\?[^ ]*"))
def test_any_text_has_a_canonical_form(url: str) -> None:
    assert isinstance(canonical(url), str)


def test_each_address_of_the_longest_list_is_worked_out_once() -> None:
    canonical.cache_clear()
    for _ in range(2):
        for number in range(20_000):
            canonical(f"http://www.a.cn/art/{number}.html")
    assert canonical.cache_info().misses == 20_000
    canonical.cache_clear()

"""The decision about the encoding, over true, wrong and missing declarations."""

import pytest

from watcher.read.charset import decode

TEXT = "朱镕基同志：减免税费300万元，惠及€中小企业。"


def _page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{TEXT}</body></html>'


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("no-such-charset", "gb18030"),
        ("gb2312", "utf-16"),
    ],
)
def test_text_survives_any_declaration(declared: str, actual: str) -> None:
    assert TEXT in decode(_page(declared).encode(actual))


def test_header_decides_between_multibyte_charsets() -> None:
    body = "環境保護署公佈新措施，協助企業。".encode("big5")
    assert decode(body, "big5").startswith("環境保護署")


def test_utf16_is_told_without_a_mark() -> None:
    assert TEXT in decode(_page("gb2312").encode("utf-16-le"))


def test_truncated_page_is_still_read() -> None:
    assert decode(_page("utf-8").encode()[:-30] + "措".encode()[:2]).startswith("<html>")


def test_line_ends_are_one_and_nuls_gone() -> None:
    assert decode(b"a\0\r\nb\rc") == "a\nb\nc"

"""What export buttons and office programs save under the names of Word and Excel files."""

from __future__ import annotations

import base64

import pytest

from watcher.errors import ReadError
from watcher.read import read_document

OFFICE = "<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:w='urn:schemas-microsoft-com:office:word'>"
SHORT = "<body><p class=MsoNormal>对通过验收的企业奖励<o:p></o:p>35万元。</p></body></html>"
ROWS = "<tr><td>企业</td><td>奖励（万元）</td></tr><tr><td>甲公司</td><td>奖励36万元</td></tr>"
LIST = "企业\t奖励（万元）\n甲公司\t奖励36万元"
SHEET = f"<html><head><meta charset=gb2312></head><body><table>{ROWS}</table></body></html>"
ISLAND = "<xml><x:ExcelWorkbook><x:Name>Sheet1</x:Name></x:ExcelWorkbook></xml>"
LOG_IN = f"<html><body><form action='/login'><table>{ROWS}<tr><td><input></td></tr></table></form></body></html>"


def code_of(body: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(body, name=name)
    return caught.value.code


@pytest.mark.parametrize(
    ("html", "name", "text"),
    [
        (OFFICE + SHORT, "a.doc", "对通过验收的企业奖励35万元。"),
        (OFFICE + ISLAND + SHORT, "a.docx", "对通过验收的企业奖励35万元。"),
        (SHEET, "a.xls", LIST),
        (SHEET, "a.doc", LIST),
        (f"<table><tr><td colspan=2>某市奖励名单</td></tr>{ROWS}</table>", "a.xls", f"某市奖励名单\n{LIST}"),
        (f"<div>某市奖励名单</div><table>{ROWS}</table>", "a.xls", f"某市奖励名单\n{LIST}"),
    ],
)
def test_html_under_an_office_name_is_read_whole(html: str, name: str, text: str) -> None:
    document = read_document(html.encode("gb18030"), name=name)
    assert "\n".join(filter(None, (document.title, document.text))) == text


@pytest.mark.parametrize(
    ("html", "name", "code"),
    [
        (LOG_IN, "a.doc", "not_a_file"),
        ("<html><body><p>文件不存在，请联系管理员。</p></body></html>", "a.xls", "not_a_file"),
        (OFFICE + "<frameset><frame src='sheet001.htm'></frameset></html>", "a.xls", "empty"),
        (OFFICE + SHORT, "a.pdf", "not_a_pdf"),
        (SHEET, "a.zip", "not_a_file"),
        ("{\\rtf1\\ansi 37}", "a.doc", "unsupported"),
    ],
)
def test_what_is_no_export_stays_unread(html: str, name: str, code: str) -> None:
    assert code_of(html.encode("gb18030"), name) == code


def test_rtf_is_said_to_be_rtf() -> None:
    with pytest.raises(ReadError, match="RTF"):
        read_document(b"{\\rtf1\\ansi 37}", name="a.doc")


def mime(html: str, charset: str = "utf-8", head: str = "From: <Saved by a browser>\r\nMIME-Version: 1.0") -> bytes:
    """A page and a picture in one MHT file."""
    page = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    picture = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n"
    packed = base64.encodebytes(html.encode(charset)).decode()
    kind = 'Content-Type: multipart/related;\r\n\tboundary="b"'
    return f"{head}\r\n{kind}\r\n\r\nMIME\r\n--b\r\n{picture}\r\n--b\r\n{page}{packed}\r\n--b--\r\n".encode()


@pytest.mark.parametrize("html", [OFFICE + SHORT, "<html>" + SHORT, f"<html><body>{SHORT}</body></html>"])
@pytest.mark.parametrize(("charset", "name"), [("utf-8", "a.doc"), ("gbk", "a.mht"), ("gbk", "a")])
def test_the_page_in_a_mht_file_is_read(html: str, charset: str, name: str) -> None:
    assert read_document(mime(html, charset), name=name).text == "对通过验收的企业奖励35万元。"


def test_a_browsers_mht_file_is_read_for_its_article() -> None:
    article = "<p>对通过验收的企业奖励35万元，由市生态环境局会同市财政局在三个月内拨付到位。</p>" * 2
    menu = "<div><a href='/'>首页</a> <a href='/a'>政务</a> <a href='/b'>服务</a> <a href='/c'>互动</a></div>"
    text = read_document(mime(f"<html><body>{menu}<div>{article}</div></body></html>"), name="a.mht").text
    assert "首页" not in text
    assert "奖励35万元" in text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (mime("").replace(b"text/html", b"text/css"), "empty"),
        (mime(""), "empty"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n", "empty"),
    ],
)
def test_a_mht_file_without_a_page_is_never_read_as_its_head(body: bytes, code: str) -> None:
    assert code_of(body, "a.doc") == code


def test_a_mht_file_of_nested_parts_is_refused() -> None:
    deep = b"MIME-Version: 1.0\n"
    for depth in range(3_000):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    assert code_of(deep, "a.doc") in {"damaged", "empty"}


def test_a_text_that_names_fields_is_a_text() -> None:
    assert (
        "MIME"
        in read_document(
            "标题：说明\nMIME-Version: 1.0 是邮件的字段，本文说明其用法和注意事项。".encode(), name="a.txt"
        ).text
    )

"""PDF, DOCX, DOC, XLSX made here byte by byte, and what is refused of each."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from watcher.errors import ReadError
from watcher.read import read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*lines: str) -> bytes:
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def docx(body: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def doc(text: str) -> bytes:
    """A Word 97 file in its smallest form: header, allocation table, directory, two streams of 8 sectors."""
    words = text.encode("utf-16-le")
    fib = bytearray(4096)
    struct.pack_into("<H", fib, 0, 0xA5EC)
    struct.pack_into("<H", fib, 0x0A, 0x0200)
    struct.pack_into("<i", fib, 0x4C, len(text))
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 0x600, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", fib, 0x01A2, 0, len(clx))
    fib[0x600 : 0x600 + len(words)] = words
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *range(11, 18), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain) + b"\xff" * (512 - 4 * len(chain))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=2) + _entry("WordDocument", 2, 2, 4096)
    directory += _entry("1Table", 2, 10, 4096, right=1) + bytes(128)
    return header + table + directory + bytes(fib) + clx.ljust(4096, b"\0")


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xlsx(*rows: tuple[str, ...]) -> bytes:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        book.writestr(
            "[Content_Types].xml", f'<Types xmlns="{types}"><Default Extension="xml" ContentType="a/b"/></Types>'
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r0" Type="{relations}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet"'
            ' Target="worksheets/s.xml"/></Relationships>',
        )
        book.writestr("xl/worksheets/s.xml", f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>')
    return file.getvalue()


def code_of(body: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(body, name=name)
    return caught.value.code


def test_pdf_text_layer_is_read() -> None:
    document = read_document(pdf("Support measures for firms", "Grants of up to 300 are paid to 120 firms."), name="a")
    assert "Grants of up to 300 are paid to 120 firms." in document.text


def test_pdf_without_text_asks_for_ocr() -> None:
    assert code_of(pdf(), "a.pdf") == "needs_ocr"


@pytest.mark.parametrize("body", [b"%PDF-1.4\n", b"%PDF-1.7 garbage" * 50, pdf("abc")[:200]])
def test_broken_pdf_is_told(body: bytes) -> None:
    assert code_of(body, "a.pdf") == "not_a_pdf"


def test_web_page_instead_of_a_pdf_is_told() -> None:
    assert code_of(b"<html><body><p>404</p></body></html>", "files/list.pdf") == "not_a_pdf"


def test_docx_keeps_insertions_and_drops_deletions() -> None:
    body = paragraph("最高奖补") + "<w:p><w:r><w:t>每家奖励</w:t></w:r><w:ins><w:r><w:t>500万元。</w:t></w:r></w:ins>"
    body += "<w:del><w:r><w:delText>300万元</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>旧</w:t></w:r>"
    body += "</w:moveFrom></w:p>"
    assert "每家奖励500万元。" in read_document(docx(body)).text


def test_docx_splits_no_number_and_reads_tables_by_row() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("东江县", "15", "20")) + "</w:tr>"
    text = read_document(
        docx(paragraph("对企业给予3", "00", "万元奖励，惠及全市企业。") + f"<w:tbl>{row}</w:tbl>")
    ).text
    assert text.split("\n")[-2:] == ["对企业给予300万元奖励，惠及全市企业。", "东江县 15 20"]


def test_docx_shows_the_numbers_that_word_shows() -> None:
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%2.")
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def numbered(text: str, depth: int) -> str:
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        return paragraph(text, properties=properties)

    body = paragraph("现提出如下措施，请认真贯彻落实。") + numbered("优化审批", 0) + numbered("压减时限。", 1)
    body += numbered("推行承诺。", 1) + numbered("强化帮扶", 0) + numbered("上门服务。", 1)
    lines = read_document(docx(body, numbering=numbering)).text.split("\n")
    assert lines[1:] == ["一、优化审批", "1.压减时限。", "2.推行承诺。", "二、强化帮扶", "1.上门服务。"]


def test_zip_bomb_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w>" + b" " * (100 * 1024 * 1024))
    assert code_of(file.getvalue(), "a.docx") == "too_large"


def test_entities_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>')
    assert code_of(file.getvalue(), "a.docx") == "damaged"


def test_doc_is_read_by_its_pieces() -> None:
    text = "关于支持企业的措施\r对企业给予最高300万元奖励。\r"
    text += "县区\x07家数\x07\x07东江县\x0715\x07\x07见\x13 HYPERLINK x \x14附件\x15。\r"
    lines = read_document(doc(text), name="a.doc").text.split("\n")
    assert lines == ["关于支持企业的措施", "对企业给予最高300万元奖励。", "县区 家数", "东江县 15", "见附件。"]


def test_xlsx_is_read_row_by_row() -> None:
    document = read_document(xlsx(("奖补名单",), ("东江县", "15", "２０"), ("西江县", "7", "9")), name="a.xlsx")
    assert (document.title, document.text) == ("奖补名单", "东江县 15 20\n西江县 7 9")


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", "binary"),
        (bytes(range(1, 9)) * 100, "a.txt", "binary"),
        (b"{\\rtf1 abc}", "a.rtf", "unsupported"),
        (b"PK\x03\x04" + bytes(100), "a.ofd", "unsupported"),
        (docx(paragraph("一二三"))[:-40], "a.docx", "damaged"),
        (doc("一二三")[:1500], "a.doc", "damaged"),
        (xlsx(("a",))[:-30], "a.xlsx", "damaged"),
    ],
)
def test_what_is_not_read_says_why(body: bytes, name: str, code: str) -> None:
    assert code_of(body, name) == code


def test_content_outranks_name_and_type() -> None:
    assert (
        "120 firms" in read_document(pdf("Grants are paid to 120 firms."), media_type="text/html", name="a.html").text
    )

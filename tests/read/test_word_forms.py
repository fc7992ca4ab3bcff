"""Word documents in other forms than the usual package: other names, strict, one XML file, with documents taken in."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode

import pytest

from tests.read.making import W, docx, paragraph
from watcher.errors import ReadError
from watcher.read import docx_parts, read_document

TITLE, BODY = "关于支持企业绿色发展的若干措施", "对通过验收的企业奖励35万元。"
TEXT = f"{TITLE}\n{BODY}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types xmlns="t"><Override PartName="/a.xml" ContentType="{MAIN_TYPE}"/></Types>'


def related(*parts: tuple[str, str, str]) -> str:
    """The relationships (id, kind, target) of a part."""
    listed = "".join(f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{to}"/>' for id_, kind, to in parts)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def word(body: str, names: str = W) -> str:
    return f"<w:document {names}><w:body>{body}</w:body></w:document>"


DOCUMENT = word(paragraph(TITLE) + paragraph(BODY))
LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{LEVEL}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(
    "parts",
    [
        {"_rels/.rels": related(("a", "officeDocument", "/text/main.xml")), "text/main.xml": DOCUMENT},
        {"_rels/.rels": related(("a", "officeDocument", "word/document2.xml")), "word/document2.xml": DOCUMENT},
        {"_rels\\.rels": related(("a", "officeDocument", "word\\main.xml")), "word\\main.xml": DOCUMENT},
        {"_rels/.rels": "<broken", "word/document.xml": DOCUMENT},
        {"_rels/.rels": related(("a", "officeDocument", "gone.xml")), "word/document.xml": DOCUMENT},
        {"word\\document.xml": DOCUMENT},
        {"word/document.xml": word(paragraph(TITLE) + paragraph(BODY), STRICT)},
    ],
    ids=["own folder", "document2", "Windows", "broken relations", "wrong relation", "Windows, none", "strict"],
)
def test_a_document_is_found_where_its_package_says(parts: dict[str, str | bytes]) -> None:
    assert read_document(packed({"[Content_Types].xml": TYPES, **parts}), name="a.docx").text == TEXT


def test_numbers_and_styles_are_found_there_too() -> None:
    relations = related(("n", "numbering", "lists.xml"), ("s", "styles", "../looks.xml"))
    hidden = "<w:pPr><w:pStyle w:val='Hidden'/></w:pPr>"
    styles = f"<w:styles {W}><w:style w:styleId='Hidden'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    body = paragraph(BODY, properties=NUMBERED) + paragraph("旧措施。", properties=hidden)
    document = read_document(
        packed(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": related(("a", "officeDocument", "word/main.xml")),
                "word/_rels/main.xml.rels": relations,
                "word/main.xml": word(body),
                "word/lists.xml": NUMBERING,
                "looks.xml": styles,
            }
        )
    )
    assert document.text == f"一、{BODY}"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"ppt/presentation.xml": "<p/>"}, "unsupported"),
        ({"[Content_Types].xml": TYPES.replace("wordprocessing", "presentation")}, "unsupported"),
        ({"[Content_Types].xml": TYPES, "b.txt": "一"}, "damaged"),
        ({"[Content_Types].xml": TYPES.replace("wordprocessing", "spreadsheet"), "b.txt": "一"}, "damaged"),
    ],
)
def test_a_package_without_a_document_says_so(parts: dict[str, str | bytes], code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(packed({"[Content_Types].xml": "<Types/>", **parts}), name="a.docx")
    assert caught.value.code == code


def test_an_archive_with_such_a_part_is_an_archive() -> None:
    document = read_document(packed({"[Content_Types].xml": "<Types/>", "a.txt": TEXT.encode()}), name="a.zip")
    assert BODY in document.text


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
W_2003 = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
)
FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"


def in_2003(body: str) -> str:
    return f"{HEAD}<w:wordDocument {W_2003}><w:body><wx:sect>{body}<w:sectPr/></wx:sect></w:body></w:wordDocument>"


def flat(parts: dict[str, str], binary: dict[str, bytes] | None = None) -> str:
    listed = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
        for name, content in parts.items()
    )
    listed += "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:binaryData>{b64encode(content).decode()}</pkg:binaryData></pkg:part>'
        for name, content in (binary or {}).items()
    )
    return f'{HEAD}<pkg:package xmlns:pkg="{FLAT}">{listed}</pkg:package>'


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "xml",
    [
        in_2003(paragraph(TITLE) + paragraph(BODY)),
        flat({"word/document.xml": DOCUMENT}),
        flat({"_rels/.rels": related(("a", "officeDocument", "text/b.xml")), "text/b.xml": DOCUMENT}),
    ],
    ids=["2003", "flat", "flat, other names"],
)
@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a"])
def test_a_document_that_is_one_xml_file_is_read(xml: str, charset: str, name: str) -> None:
    assert read_document(xml.encode(charset), name=name, media_type="application/msword").text == TEXT


def test_word_2003_shows_its_numbers_and_neither_comments_nor_deletions() -> None:
    number = '<w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'
    note = '<aml:annotation w:type="Word.{}"><aml:content><w:r><w:t>旧</w:t></w:r></aml:content></aml:annotation>'
    added = note.format("Insertion").replace("旧", "新")
    noted = f"<w:p>{note.format('Comment')}<w:r><w:t>每家</w:t></w:r>{note.format('Deletion')}{added}</w:p>"
    body = paragraph(BODY, properties=number) + noted
    assert read_document(in_2003(body).encode(), name="a.doc").text == f"一、{BODY}\n每家新"


def test_one_xml_file_without_a_document_is_damaged() -> None:
    for xml in (flat({"word/styles.xml": "<a/>"}), in_2003("<w:p>")):
        with pytest.raises(ReadError) as caught:
            read_document(xml.encode(), name="a.doc")
        assert caught.value.code == "damaged"


CHUNK = f'<w:altChunk r:id="c" xmlns:r="{RELATION}"/>'
PAGE = f"<html><body><p>{BODY}</p></body></html>".encode()
MIME = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + PAGE


def with_chunk(name: str, content: bytes, body: str = CHUNK) -> bytes:
    return packed(
        {
            "word/document.xml": word(paragraph(TITLE) + body),
            "word/_rels/document.xml.rels": related(("c", "aFChunk", name)),
            f"word/{name}": content,
        }
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.htm", PAGE), ("a.mht", MIME), ("a.txt", BODY.encode("gb18030")), ("a.docx", docx(paragraph(BODY) + CHUNK))],
)
def test_a_document_taken_in_is_read(name: str, content: bytes) -> None:
    assert read_document(with_chunk(name, content)).text == TEXT


def test_a_document_taken_in_twice_is_read_once() -> None:
    assert read_document(with_chunk("a.htm", PAGE, CHUNK + CHUNK)).text == TEXT
    assert read_document(with_chunk("a.htm", b" ", CHUNK + paragraph(BODY))).text == TEXT


def test_a_document_taken_in_by_one_xml_file_is_read() -> None:
    parts = {
        "word/document.xml": word(paragraph(TITLE) + CHUNK),
        "word/_rels/document.xml.rels": related(("c", "aFChunk", "a.htm")),
    }
    assert read_document(flat(parts, {"word/a.htm": PAGE}).encode(), name="a.doc").text == TEXT
    broken = flat(parts, {"word/a.htm": b""}).replace("<pkg:binaryData>", "<pkg:binaryData>a")
    with pytest.raises(ReadError, match="unpacked"):
        read_document(broken.encode(), name="a.doc")


def test_what_cannot_be_taken_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(with_chunk("a.rtf", b"{\\rtf1 37}"))
    assert caught.value.code == "unsupported"
    monkeypatch.setattr(docx_parts, "MAX_TEXT_BYTES", 60)
    with pytest.raises(ReadError) as caught:
        read_document(with_chunk("a.htm", PAGE))
    assert caught.value.code == "too_large"


def m(kind: str, *content: str) -> str:
    return f"<m:{kind}>{''.join(content)}</m:{kind}>"


def run(text: str) -> str:
    return f"<m:r><m:rPr/><m:t>{text}</m:t></m:r>"


def part(name: str, text: str) -> str:
    return m(name, *(run(char) for char in text))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (run("F=Q×P"), "F=Q×P"),
        (m("f", m("fPr"), part("num", "1"), part("den", "2")), "1/2"),
        (m("f", part("num", "a+b"), part("den", "2c")), "(a+b)/2c"),
        (m("sSup", part("e", "m"), part("sup", "3")), "m^3"),
        (m("sSub", part("e", "P"), part("sub", "i")), "P_i"),
        (m("sSubSup", part("e", "x"), part("sub", "i"), part("sup", "n-1")), "x_i^(n-1)"),
        (m("d", part("e", "a"), part("e", "b")), "(a,b)"),
        (m("d", '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>', part("e", "a")), "[a]"),
        (m("rad", m("radPr"), m("deg"), part("e", "a+b")), "√(a+b)"),
        (m("rad", part("deg", "3"), part("e", "V")), "3√V"),
        (m("rad"), ""),
        (
            m("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', part("sub", "i=1"), part("sup", "n"), part("e", "Q")),
            "∑_(i=1)^nQ",
        ),
        (m("func", part("fName", "max"), part("e", "Q")), "maxQ"),
        (m("m", m("mr", part("e", "a"), part("e", "b")), m("mr", part("e", "c"), part("e", "d"))), "a b；c d"),
    ],
)
def test_a_formula_is_read_as_one_line(formula: str, text: str) -> None:
    names = f'{W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    line = f"<w:p><w:r><w:t>水费按</w:t></w:r><m:oMath>{formula}</m:oMath><w:r><w:t>计算。</w:t></w:r></w:p>"
    document = read_document(packed({"word/document.xml": word(line + paragraph(BODY), names)}))
    assert document.text == f"水费按{text}计算。\n{BODY}"


def test_a_reading_above_a_character_is_no_text() -> None:
    above = "<w:rt><w:r><w:t>jiǎng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>奖</w:t></w:r></w:rubyBase>"
    line = f"<w:p><w:r><w:t>每家</w:t></w:r><w:r><w:ruby>{above}</w:ruby></w:r><w:r><w:t>励35万元。</w:t></w:r></w:p>"
    assert read_document(docx(line + paragraph(BODY))).text == f"每家奖励35万元。\n{BODY}"

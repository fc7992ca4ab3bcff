"""PDF, DOCX, DOC, XLSX made here byte by byte, and what is refused of each."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.read.making import W, doc, docx, paragraph, pdf, xlsx
from watcher.errors import ReadError
from watcher.model import Origin
from watcher.read import read_document


def code_of(body: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(body, name=name)
    return caught.value.code


def test_pdf_text_layer_is_read() -> None:
    document = read_document(
        pdf(["Support measures for firms", "Grants of up to 300 are paid to 120 firms."]), name="a"
    )
    assert "Grants of up to 300 are paid to 120 firms." in document.text


def test_pdf_pages_are_told_apart_also_within_a_paragraph() -> None:
    first = [
        "关于支持企业绿色发展的若干措施",
        "一、加大资金支持。对实施绿色改造并通过验收的企业给予奖补，最高",
        "— 1 —",
    ]
    second = ["300万元，单个项目不超过投资额的20%。", "二、优化审批服务。审批时限压缩到15个工作日。", "— 2 —"]
    document = read_document(pdf(first, second), name="a.pdf")
    assert "最高300万元，单个" in document.text
    starts = {part.origin: document.text[part.start :][:4] for part in document.parts}
    assert starts == {Origin(page=1): "关于支持", Origin(page=2): "300万"}


def test_pdf_without_text_asks_for_ocr() -> None:
    assert code_of(pdf([]), "a.pdf") == "needs_ocr"


@pytest.mark.parametrize("body", [b"%PDF-1.4\n", b"%PDF-1.7 garbage" * 50, pdf(["abc"])[:200]])
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
    assert text.split("\n")[-2:] == ["对企业给予300万元奖励，惠及全市企业。", "东江县\t15\t20"]


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
    assert lines == ["关于支持企业的措施", "对企业给予最高300万元奖励。", "县区\t家数", "东江县\t15", "见附件。"]


def test_xlsx_is_read_row_by_row() -> None:
    document = read_document(xlsx(("奖补名单",), ("东江县", "15", "２０"), ("西江县", "7", "9")), name="a.xlsx")
    assert (document.title, document.text) == ("奖补名单", "东江县\t15\t20\n西江县\t7\t9")


def test_xlsx_keeps_columns_under_their_heads_unless_it_is_all_columns() -> None:
    narrow = read_document(xlsx(("县区", "家数", "金额"), ("东江县", "", "20万元")), name="a.xlsx")
    assert narrow.text == "县区\t家数\t金额\n东江县\t\t20万元"
    wide = ("东江县", *[""] * 60, "20万元")
    assert read_document(xlsx(wide, wide), name="a.xlsx").text == "东江县\t20万元\n东江县\t20万元"


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", "needs_ocr"),
        (bytes(range(1, 9)) * 100, "a.txt", "binary"),
        (b"{\\rtf1 abc}", "a.rtf", "unsupported"),
        (b"PK\x03\x04" + bytes(100), "a.ofd", "damaged"),
        (docx(paragraph("一二三"))[:-40], "a.docx", "damaged"),
        (doc("一二三")[:1500], "a.doc", "damaged"),
        (xlsx(("a",))[:-30], "a.xlsx", "damaged"),
    ],
)
def test_what_is_not_read_says_why(body: bytes, name: str, code: str) -> None:
    assert code_of(body, name) == code


def test_content_outranks_name_and_type() -> None:
    body = pdf(["若干支持措施", "对120家企业给予最高300万元奖励。"])
    assert "120家企业" in read_document(body, media_type="text/html", name="a.html").text


VANISH, SEEN = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
STYLES = (
    f"<w:styles {W}><w:style w:styleId='Hidden'>{VANISH}</w:style>"
    "<w:style w:styleId='Child'><w:basedOn w:val='Hidden'/></w:style>"
    f"<w:style w:styleId='Shown'><w:basedOn w:val='Hidden'/>{SEEN}</w:style>"
    "<w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style></w:styles>"
)


def styled(style: str) -> str:
    return f"<w:rPr><w:rStyle w:val='{style}'/></w:rPr>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('每家奖励')}{run('123万元、', VANISH)}{run('80万元。')}</w:p>", "每家奖励80万元。"),
        (f"<w:p>{run('每家奖励80万元。', SEEN)}</w:p>", "每家奖励80万元。"),
        (
            f"<w:p>{run('每家奖励')}{run('1', styled('Child'))}{run('80万元。')}</w:p>",
            "每家奖励80万元。",
        ),
        (f"<w:p>{run('每家奖励80万元。', styled('Shown'))}</w:p>", "每家奖励80万元。"),
        (f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('每家奖励80万元。')}</w:p>", "每家奖励80万元。"),
        (f"<w:p><w:pPr><w:pStyle w:val='Hidden'/></w:pPr>{run('旧')}{run('新条款。', SEEN)}</w:p>", "新条款。"),
        (f"<w:p><w:pPr><w:pStyle w:val='Loop'/></w:pPr>{run('每家奖励80万元。')}</w:p>", "每家奖励80万元。"),
    ],
    ids=["run", "not hidden", "based on a style", "shown again", "hidden mark", "paragraph's style", "endless style"],
)
def test_what_word_hides_is_no_text(body: str, text: str) -> None:
    end = paragraph("本措施自公布之日起施行。")
    assert read_document(docx(body + end, styles=STYLES)).text == f"{text}\n本措施自公布之日起施行。"


def test_a_hidden_paragraph_leaves_no_number_behind() -> None:
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    hidden = f"<w:p><w:pPr>{mark}{VANISH}</w:pPr>{run('旧措施。', VANISH)}</w:p>"
    shown = paragraph("每家奖励80万元。", properties=f"<w:pPr>{mark}</w:pPr>")
    assert read_document(docx(hidden + shown, numbering=numbering)).text == "一、每家奖励80万元。"


@pytest.mark.parametrize(("state", "read"), [("hidden", False), ("veryHidden", False), ("visible", True)])
def test_a_hidden_sheet_is_not_read(state: str, read: bool) -> None:
    text = read_document(xlsx(("绿色工厂", "奖励45万元"), aside="奖励999万元", hidden=state)).text
    assert ("45万元" in text, "999万元" in text) == (True, read)

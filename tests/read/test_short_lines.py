"""Files of short lines: lists of names, tables of fees, sheets of tasks. No line of them is lost to a headline."""

from __future__ import annotations

import pytest

from tests.read.making import doc, docx, ofd, packed, paragraph, pdf, text_object
from watcher.model import Document
from watcher.read import read_document

TITLE = "临江市2026年绿色工厂奖补名单"
NAMES = ["临江博远电子有限公司", "临江三禾食品有限公司", "云岭建材", "东江精工机械有限公司"]
NOTE = "以上名单公示五个工作日，如有异议请以书面形式向市工信局反映。"
TASKS = ["2026年度绿色发展任务", "造林3万亩", "新建管网120公里", "PM2.5平均浓度降至32微克/立方米以下", "改造小区45个"]
FEES = ["污水处理收费标准表", "类别 标准", "居民（阶梯一） 0.85元/吨", "工业（一般） 1.40元/吨", "特种行业 2.10元/吨"]


def table(*rows: str) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row.split(" ")) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def as_docx(lines: list[str]) -> bytes:
    return docx("".join(map(paragraph, lines)))


def as_doc(lines: list[str]) -> bytes:
    return doc("\r".join(lines))


def as_text(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode("gb18030")


def as_ofd(lines: list[str]) -> bytes:
    return ofd("".join(text_object(20, 20 + 8 * place, line) for place, line in enumerate(lines)))


def said(document: Document) -> str:
    """Everything that a document says, without blanks."""
    return "".join(f"{document.title}{document.text}".split())


@pytest.mark.parametrize("make", [pdf, as_docx, as_doc, as_text, as_ofd])
@pytest.mark.parametrize(
    "lines",
    [[TITLE, *NAMES], [TITLE, *NAMES, NOTE], ["附件2", TITLE, *NAMES], TASKS, FEES, [*FEES, "自2026年12月1日起执行"]],
    ids=["names", "names and a note", "an annex", "tasks", "fees", "fees from a day on"],
)
def test_every_line_of_a_file_is_kept(make: object, lines: list[str]) -> None:
    assert callable(make)
    document = read_document(make(lines), name="a.doc" if make in {as_doc, as_text} else "a", attached=True)
    assert [line for line in lines if "".join(line.split()) not in said(document)] == []
    assert document.title == lines[lines[0] == "附件2"]


def test_a_body_that_signs_below_a_table_is_no_headline() -> None:
    rows = ["1 临江博远电子有限公司 12.5万元", "2 云岭建材 8万元"]
    signed = paragraph("临江市工业和信息化局绿色发展科") + paragraph("2026年11月26日")
    document = read_document(docx(paragraph(TITLE) + table(*rows) + signed))
    assert document.title == TITLE
    assert document.text.split("\n") == [
        *(row.replace(" ", "\t") for row in rows),
        "临江市工业和信息化局绿色发展科",
        "2026年11月26日",
    ]


def test_rows_that_read_like_buttons_are_rows() -> None:
    rows = ["规模 奖励（万元）", "大 100", "中 50", "小 20"]
    document = read_document(docx(paragraph(TITLE) + table(*rows)))
    assert document.text == "\n".join(rows).replace(" ", "\t")
    assert "小20" in said(read_document(as_docx([TITLE, *rows])))


def test_a_note_that_reads_like_related_links_ends_no_file() -> None:
    lines = ["每家企业奖励80万元，由市财政局在三十日内拨付。", "重要提示：逾期每日扣减5万元", "另补助7万元"]
    assert read_document(as_docx([TITLE, *lines])).text == "\n".join(lines)


def test_the_fields_of_a_printed_page_are_none_of_its_text() -> None:
    fields = "发布时间：2026-11-26 来源：临江市工信局 浏览次数：37"
    document = read_document(pdf(["首页 > 政务公开 > 公示", TITLE, fields, *NAMES, "责任编辑：王某"]))
    assert (document.title, document.credit.name, str(document.published)) == (TITLE, "临江市工信局", "2026-11-26")
    assert document.text == "\n".join(NAMES)


def test_a_title_stays_among_the_lines_above_it() -> None:
    document = read_document(as_docx(["附件2", TITLE, *NAMES]))
    assert document.text == "\n".join(["附件2", TITLE, *NAMES])


def test_a_labelled_title_leads_the_text_of_a_file() -> None:
    lines = [f"标题：{TITLE}", "日期：2026-11-26 来源：临江日报"]
    document = read_document(as_docx([*lines, *NAMES]))
    assert (document.title, str(document.published), document.text) == (TITLE, "2026-11-26", "\n".join(NAMES))
    assert read_document(as_docx(lines[:1])).text == lines[0]


def test_a_list_in_an_archive_is_whole() -> None:
    document = read_document(packed(("名单.txt", as_text([TITLE, *NAMES]))))
    assert [name for name in NAMES if name not in document.text] == []

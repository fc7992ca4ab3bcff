"""What a reader of a workbook sees in its cells, which is not always what they hold."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime, time

import pytest

from tests.read.making import xls, xlsx
from watcher.errors import ReadError
from watcher.read import limits, read_document
from watcher.read import sheet_formats as formats
from watcher.read import sheet_records as records
from watcher.read.sheet_cells import percent_places, spell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="176"/><xf numFmtId="x"/></cellXfs>'
    "</styleSheet>"
)


def workbook(content: str, styles: str = STYLES) -> bytes:
    """An XLSX file whose first sheet holds this XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(("",)))) as given, zipfile.ZipFile(file, "w") as made:
        for name in given.namelist():
            if name != "xl/worksheets/s.xml":
                made.writestr(name, given.read(name))
        made.writestr("xl/worksheets/s.xml", f'<worksheet xmlns="{MAIN}">{content}</worksheet>')
        made.writestr("xl/styles.xml", styles)
    return file.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def number_cell(place: str, number: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def row(number: int, *cells: str, hidden: bool = False) -> str:
    return f'<row r="{number}" hidden="{int(hidden)}">{"".join(cells)}</row>'


RATES = (
    "<sheetData>"
    + row(
        4,
        text_cell("C4", "补助比例"),
        number_cell("D4", "0.15", 1),
        number_cell("E4", "0.125", 2),
        number_cell("F4", "0.3", 3),
    )
    + row(
        5,
        text_cell("C5", "贷款利率"),
        number_cell("D5", "0.0345", 2),
        number_cell("E5", "0.15"),
        number_cell("F5", "0.29", 4),
    )
)


def test_percentages_are_read_as_they_are_shown() -> None:
    document = read_document(workbook(RATES + "</sheetData>"), name="a.xlsx")
    assert document.text == "补助比例\t15%\t12.5%\t30%\n贷款利率\t3.45%\t0.15\t0.29"


@pytest.mark.parametrize(
    ("rows", "title", "text"),
    [
        ((("奖补名单",), ("甲公司", "15")), "奖补名单", "甲公司\t15"),
        ((("", "奖补名单"), ("甲公司", "15")), "奖补名单", "甲公司\t15"),
        ((("甲公司", "15"), ("乙公司", "7")), None, "甲公司\t15\n乙公司\t7"),
        ((("对企业奖励35万元。",),), None, "对企业奖励35万元。"),
        ((("\u200b",), ("奖补名单",), ("甲公司", "15")), "奖补名单", "甲公司\t15"),
    ],
    ids=["a title", "in another column", "none", "one cell", "below what nobody sees"],
)
def test_a_cell_alone_above_other_rows_is_the_title(rows: tuple[tuple[str, ...]], title: str | None, text: str) -> None:
    document = read_document(xlsx(*rows), name="a.xlsx")
    assert (document.title, document.text) == (title, text)


def test_hidden_rows_and_columns_are_not_read() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="9"/></cols>'
    rows = [
        row(1, text_cell("A1", "企业"), text_cell("B1", "底稿"), text_cell("C1", "金额")),
        row(2, text_cell("A2", "甲公司"), number_cell("B2", "99"), number_cell("C2", "20")),
        row(3, text_cell("A3", "乙公司"), number_cell("B3", "98"), number_cell("C3", "30"), hidden=True),
    ]
    document = read_document(workbook(f"{columns}<sheetData>{''.join(rows)}</sheetData>"), name="a.xlsx")
    assert document.text == "企业\t金额\n甲公司\t20"


@pytest.mark.parametrize("styles", ["<styleSheet><x:of-no-name-space/></styleSheet>", f'<styleSheet xmlns="{MAIN}"/>'])
def test_a_workbook_whose_styles_say_nothing_is_read(styles: str) -> None:
    assert "补助比例" in read_document(workbook(RATES + "</sheetData>", styles), name="a.xlsx").text


def test_more_percentages_than_anyone_reads_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST_PERCENTS", 3)
    with pytest.raises(ReadError) as caught:
        read_document(workbook(RATES + "</sheetData>"), name="a.xlsx")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("number", "code", "places"),
    [
        (9, None, 0),
        (10, None, 2),
        (0, None, None),
        (176, "0.00%;[Red]-0.00%", 2),
        (176, "Percent", 2),
        (176, '0.0"（%）"', None),
        (176, r"0\%", None),
        (176, "0%%", None),
        (176, "0.00%_);(0.00%)", 2),
        (176, "General", None),
    ],
)
def test_a_number_format_says_whether_it_is_a_percentage(number: int, code: str | None, places: int | None) -> None:
    assert percent_places(number, code) == places


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [
        (0.30000000000000004, None, "0.3"),
        (0.1 + 0.7, None, "0.8"),
        (12.50, None, "12.5"),
        (100.0, None, "100"),
        (-0.0, None, "0"),
        (7, None, "7"),
        (123456789012345.0, None, "123456789012345"),
        (1e300, None, "1e+300"),
        (float("nan"), None, "NaN"),
        (float("inf"), 0, "inf"),
        (1e30, 2, "1e+30"),
        (0.145, 0, "15%"),
        (0.07 * 3, 0, "21%"),
        (1.0, 2, "100%"),
        (True, None, "True"),
        (datetime(2026, 11, 26, tzinfo=UTC), None, "2026-11-26"),
        (datetime(2026, 11, 26, 9, 30, tzinfo=UTC), None, "2026-11-26 09:30+00:00"),
        (datetime(2026, 11, 26, tzinfo=UTC).date(), None, "2026-11-26"),
        (time(9, 30), None, "09:30:00"),
        (" 甲\n公司 ", None, "甲 公司"),
    ],
)
def test_a_value_is_spelt_as_it_is_shown(value: object, percent: int | None, text: str) -> None:
    assert spell(value, percent) == text


SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
SHEET_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    f'<Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}" xmlns:x="urn:schemas-microsoft-com:office:excel">'
)
RATE_STYLES = (
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="q"><NumberFormat ss:Format="0%"/></Style>'
    '<Style ss:ID="r"><NumberFormat/></Style><Style ss:ID="s"/></Styles>'
)


def data(text: str, kind: str = "String", **attributes: str) -> str:
    stated = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{stated}><Data ss:Type="{kind}">{text}</Data></Cell>'


def number(text: str, **attributes: str) -> str:
    return data(text, "Number", **attributes)


def line(*cells: str, **attributes: str) -> str:
    stated = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f"<Row{stated}>{''.join(cells)}</Row>"


def table(*rows: str, columns: str = "", options: str = "") -> str:
    return f'<Worksheet ss:Name="a"><Table>{columns}{"".join(rows)}</Table>{options}</Worksheet>'


HIDDEN_SHEET = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
HIDDEN_COLUMN = '<Column/><Column ss:Hidden="1" ss:Span="0"/>'


@pytest.mark.parametrize(
    ("sheets", "text"),
    [
        (
            table(line(data("企业"), data("金额")), line(data("甲公司"), number("100"))),
            "企业\t金额\n甲公司\t100",
        ),
        (
            RATE_STYLES
            + table(
                line(data("比例"), number("0.15", StyleID="p"), number("0.3", StyleID="r")),
                line(data("比例"), number("0.155"), StyleID="q"),
            ),
            "比例\t15%\t0.3\n比例\t16%",
        ),
        (table(line(data("甲", MergeAcross="1"), data("乙"), data("丙", Index="6"))), "甲\t\t乙\t\t\t丙"),
        (
            table(
                line(data("甲"), data("底稿"), data("乙")),
                line(data("丁"), data("己"), Hidden="1"),
                columns=HIDDEN_COLUMN,
            ),
            "甲\t乙",
        ),
        (table(line(data("甲"), data("乙"))) + table(line(data("底稿")), options=HIDDEN_SHEET), "甲\t乙"),
        (
            table(
                line(data("2026-11-26T00:00:00.000", "DateTime"), data("2026-11-26T09:30:00.000", "DateTime")),
                line(data("x", "DateTime"), data("<B>甲</B>公司"), "<Cell/>", number("?")),
                line(data("甲", Index="x"), data("远", Index="201")),
            ),
            "2026-11-26\t2026-11-26 09:30\nx\t甲公司\t\t?\n甲",
        ),
    ],
    ids=["cells", "percentages", "columns", "hidden", "hidden sheet", "values"],
)
def test_a_workbook_that_is_one_xml_file_is_read_by_its_cells(sheets: str, text: str) -> None:
    for name in ("a.xls", "a"):
        assert read_document(f"{SHEET_XML}{sheets}</Workbook>".encode(), name=name).text == text


@pytest.mark.parametrize("name", ["xml", "xlsx", "xls"])
def test_no_workbook_has_more_rows_than_a_document_lines(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told as its rows come: all of them would fill the memory."""
    rows = [[text_cell(f"{column}{place}", "甲") for column in "AB"] for place in (1, 2, 3)]
    bodies = {
        "xml": f"{SHEET_XML}{table(*[line(data('甲'), data('乙'))] * 3)}</Workbook>".encode(),
        "xlsx": workbook(f"<sheetData>{''.join(row(n, *cells) for n, cells in enumerate(rows, 1))}</sheetData>"),
        "xls": xls(*BOOK, sheets=[[number_record(place, column, 7) for place in range(3) for column in (0, 1)]]),
    }
    assert len(read_document(bodies[name], name="a.xls").text.split("\n")) == 3
    monkeypatch.setattr(limits, "MOST_LINES", 2)
    with pytest.raises(ReadError) as caught:
        read_document(bodies[name], name="a.xls")
    assert caught.value.code == "too_large"


def style(format_: int) -> tuple[int, bytes]:
    return 0x00E0, struct.pack("<HH", 0, format_) + bytes(16)


def number_record(row: int, column: int, value: float, style: int = 0) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHd", row, column, style, value)


def row_record(row: int, *, hidden: bool) -> tuple[int, bytes]:
    return 0x0208, struct.pack("<HHHHHHHH", row, 0, 9, 0, 0, 0, 0x20 * hidden, 0)


FORMAT = (0x041E, struct.pack("<HHB", 164, 4, 0) + b"0.0%")
WIDE_FORMAT = (0x041E, struct.pack("<HHB", 165, 2, 1) + "0%".encode("utf-16-le"))
BOOK = (FORMAT, WIDE_FORMAT, *(style(format_) for format_ in (0, 9, 164, 165)))
# A row of two numbers, in hundredths: 15 and 30.
TOGETHER = (0x00BD, struct.pack("<HHHIHIH", 3, 1, 0, 15 << 2 | 3, 1, 30 << 2 | 3, 2))
CHART = ((0x0809, struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 0)), (0x000A, b""))
COLUMN_HIDDEN = (0x007D, struct.pack("<HHHHHH", 4, 300, 9, 0, 1, 0))


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        ([number_record(2, 1, 0.15, 1), number_record(2, 2, 0.125, 2), number_record(2, 3, 0.3, 3)], "15%\t12.5%\t30%"),
        ([number_record(2, 1, 0.15), number_record(2, 2, 0.1 + 0.2)], "0.15\t0.3"),
        ([number_record(2, 1, 7), number_record(2, 2, 8), TOGETHER], "7\t8\n0.15\t30%"),
        ([*CHART, number_record(2, 1, 0.15, 1), number_record(2, 2, 0.3, 99)], "15%\t0.3"),
        (
            [
                row_record(2, hidden=False),
                row_record(3, hidden=True),
                *(number_record(row, column, 10 * row + column) for row in (2, 3) for column in (1, 2)),
            ],
            "21\t22",
        ),
        ([COLUMN_HIDDEN, *(number_record(2, column, column) for column in (2, 3, 4, 5))], "2\t3"),
    ],
    ids=["percentages", "numbers", "several in one", "behind a chart", "hidden row", "hidden columns"],
)
def test_the_records_of_an_xls_file_say_what_is_shown(sheet: list[tuple[int, bytes]], text: str) -> None:
    assert read_document(xls(*BOOK, sheets=[sheet]), name="a.xls").text == text


def test_each_sheet_of_an_xls_file_has_its_own_looks() -> None:
    sheets = [
        [number_record(0, 0, 0.15, 1), number_record(0, 1, 1)],
        [number_record(0, 0, 0.15), number_record(0, 1, 1, 1)],
    ]
    assert read_document(xls(*BOOK, sheets=sheets), name="a.xls").text == "15%\t1\n0.15\t100%"


def test_records_that_are_broken_or_too_many_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = [number_record(0, 0, 0.15, 1), number_record(0, 1, 0.15, 1)]
    assert records.looks_of(b"no workbook") == []
    assert read_document(xls(*BOOK, (0x041E, b""), sheets=[sheet]), name="a.xls").text == "0.15\t0.15"
    for name in ("_MOST_RECORDS", "MOST_PERCENTS"):
        with monkeypatch.context() as fewer:
            fewer.setattr(records, name, 1)
            with pytest.raises(ReadError) as caught:
                read_document(xls(*BOOK, sheets=[sheet]), name="a.xls")
        assert caught.value.code == "too_large"

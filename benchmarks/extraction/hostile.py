"""Documents that were not written for readers: one unit repeated to a size, and inputs that are broken in some way.

Each unit is what some step of reading or extracting looks for, so that a step which looks back or ahead without a
limit shows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple


class Hostile(NamedTuple):
    """A kind of document: `head`, then `unit` as often as fits, then `tail`; `suffix` is the file's."""

    name: str
    unit: str
    suffix: str = ".txt"
    head: str = ""
    tail: str = ""

    def body(self, size: int) -> bytes:
        """At most `size` bytes of UTF-8, and at least one unit."""
        head, unit, tail = (part.encode() for part in (self.head, self.unit, self.tail))
        return head + unit * max((size - len(head) - len(tail)) // len(unit), 1) + tail


_SENTENCE = "今年以来，全市共为企业办理许可1200余件，办理时限由30个工作日压减到20个工作日，最高奖励300万元。"
_PROSE = f"为服务企业，市生态环境局出台《关于支持企业发展的若干措施》，{_SENTENCE}2026年6月底前，各县区完成整改。"
_STYLE = "text-indent: 32pt; line-height: 28pt; font-family: FangSong; font-size: 16pt"
_PARAGRAPHS = "".join(f"<p style='{_STYLE}'>第{place}批：{_PROSE}</p>\n" for place in range(100))

REPEATED: tuple[Hostile, ...] = (
    Hostile("digits", "1234567890"),
    Hostile("digits and blanks", "1 "),
    Hostile("digits with separators", "100,000,"),
    Hostile("decimals", "1.5."),
    Hostile("ranges", "3—5—"),
    Hostile("shared units", "5个、3个、"),
    Hostile("一", "一"),
    Hostile("Chinese numerals", "三百五十亿零二千万"),
    Hostile("第", "第"),
    Hostile("第一条", "第一条 "),
    Hostile("《", "《"),
    Hostile("《》", "《措施》"),
    Hostile("《 of a title", "《关于"),
    Hostile("brackets", "("),
    Hostile("brackets of every kind", "([（【“《〔"),
    Hostile("quotation marks", '"'),
    Hostile("2023年", "2023年"),
    Hostile("年底前", "年底前"),
    Hostile("dates", "2023年6月底前，"),
    Hostile("blanks", " ", head="公告"),
    Hostile("wide blanks", "　", head="公告", tail="公告"),
    Hostile("line ends", "\n", head="公告", tail="公告"),
    Hostile("lines of one character", "字\n"),
    Hostile("numbered lines", "1. 支持企业发展。\n"),
    Hostile("lines numbered 一是", "一是支持企业发展。二是减免费用。\n"),
    Hostile("lines numbered (一)", "(一)支持企业\n"),
    Hostile("lines numbered 第一条", "第一条 支持企业发展\n"),
    Hostile("attachments", "附件1\n1.支持\n2.支持\n"),
    Hostile("labels", "来源：日报 "),
    Hostile("lines of labels", "来源：市政府 发布时间：2023-01-01\n"),
    Hostile("places", "山东省潍坊市奎文区"),
    Hostile("bodies", "市生态环境局"),
    Hostile("words of departments", "生态环境"),
    Hostile("words of change", "由压减到"),
    Hostile("bounds", "最高不超过"),
    Hostile("units", "万元"),
    Hostile("changes", "由30个工作日压减到20个工作日、"),
    Hostile("ranks", "全省排名第4，"),
    Hostile("ranges of years", "2023—2025年，"),
    Hostile("terms", "有效期至2028年12月31日。"),
    Hostile("document numbers", "鲁环发〔2022〕1号"),
    Hostile("letters", "a"),
    Hostile("addresses", "http://a"),
    Hostile("Markdown links", "[a](b"),
    Hostile("entities", "&nbsp;"),
    Hostile("ampersands", "&"),
    Hostile("glosses", "準(zhǔn)"),
    Hostile("traditional characters", "服務企業"),
    Hostile("prose", f"{_PROSE}\n"),
    Hostile("prose on one line", _PROSE),
    Hostile("commas", "，"),
    Hostile("stops", "。"),
    Hostile("rows", "a | b | "),
    Hostile("page: one paragraph over and over", f"<p>{_PROSE}</p>\n", ".html", "<html><body><h1>公告</h1>"),
    Hostile("page: paragraphs", _PARAGRAPHS, ".html", "<html><body><h1>公告</h1><div class='content'>"),
    Hostile("page: nested div", "<div>", ".html"),
    Hostile("page: nested span", "<span>字", ".html"),
    Hostile("page: nested div, closed", "<div>" * 200 + "字" + "</div>" * 200, ".html"),
    Hostile("page: nested tables", "<table><tr><td>", ".html"),
    Hostile("page: nested lists", "<ul><li>1", ".html"),
    Hostile("page: open links", "<a href=x>字", ".html"),
    Hostile("page: one table", "<tr><td>1</td><td>件</td></tr>", ".html", "<table>", "</table>"),
    Hostile("page: one row", "<td>1</td>", ".html", "<table><tr>", "</tr></table>"),
    Hostile("page: tables", "<table><tr><td>1<td>件</table>", ".html"),
    Hostile("page: tables in tables", "<table><tr><td><table><tr><td>1<td>件</table></table>", ".html"),
    Hostile("page: br", "字<br>", ".html"),
    Hostile("page: links", "<a href=/1.html>要闻</a>\n", ".html"),
    Hostile("page: one line of spans", "<span>1</span>", ".html"),
    Hostile("page: empty paragraphs", "<p>", ".html"),
    Hostile("page: open tags", "<", ".html"),
    Hostile("page: open comments", "<!--", ".html"),
    Hostile("page: open scripts", "<script>", ".html"),
    Hostile("page: one class", "title ", ".html", '<div class="', '">字</div>'),
    Hostile("page: attributes", "a=1 ", ".html", "<div ", ">字</div>"),
    Hostile("page: meta tags", '<meta name="PubDate" content="2023-01-01">', ".html"),
    Hostile("page: titles", "<title>公告</title>", ".html"),
    Hostile("page: headings", "<h1>公告</h1>", ".html"),
    Hostile("page: hidden", '<p style="display:none">字', ".html"),
    Hostile("page: lines of pre", "字\n", ".html", "<pre>"),
    Hostile("page: entities", "&lt;&#20013;", ".html"),
    Hostile("page: bad end tags", "</p></div>", ".html"),
    Hostile("page: mixed nesting", "<b><p><i><table><font>", ".html"),
)


# Kinds that are read up to five megabytes, by which growth is measured.
_GROWING = frozenset(
    (
        "prose",
        "prose on one line",
        "page: paragraphs",
        "page: links",
        "places",
        "bodies",
        "labels",
        "glosses",
        "一",
        "第",
    )
)
LINEAR: tuple[Hostile, ...] = tuple(kind for kind in REPEATED if kind.name in _GROWING)


class Broken(NamedTuple):
    """An input with something wrong; `codes` are the error codes that may come, empty where it must be read."""

    name: str
    make: Callable[[], bytes]
    suffix: str
    codes: tuple[str, ...] = ()


_PAGE = (
    "<html><head><meta charset='{charset}'><title>市局出台3条措施服务企业</title></head><body><div class='content'>"
    + "".join(f"<p>{_PROSE}</p>" for _ in range(6))
    + "</div></body></html>"
)
_TEXT = f"市局出台3条措施服务企业\n{_PROSE}\n" * 3

_OFFICE = "http://schemas.openxmlformats.org"


def _word(body: str) -> bytes:
    """A Word file of this body."""
    main = f"{_OFFICE}/wordprocessingml/2006/main"
    return _zipped({"word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'})


def _workbook(*filled: str) -> bytes:
    """A workbook of one sheet with these cells filled."""
    cells = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in filled)
    main, linked = f"{_OFFICE}/spreadsheetml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
    links = f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" Type="{linked}'
    return _zipped(
        {
            "_rels/.rels": f'{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{linked}"><sheets>'
            '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def _zipped(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return packed.getvalue()


BROKEN: tuple[Broken, ...] = (
    Broken("empty", lambda: b"", ".html", ("empty",)),
    Broken("only blanks", lambda: b" \r\n\t" * 500_000, ".txt", ("empty",)),
    Broken("only NUL", lambda: bytes(1_000_000), ".txt", ("empty", "binary")),
    Broken("binary", lambda: bytes(range(256)) * 4_000, ".html", ("binary",)),
    Broken(
        "a picture's head", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, ".html", ("needs_ocr", "damaged")
    ),
    Broken("truncated in a tag", lambda: _PAGE.format(charset="utf-8").encode()[:1500] + b"<p cla", ".html"),
    Broken("truncated in a character", lambda: _PAGE.format(charset="utf-8").encode()[:1501], ".html"),
    Broken("truncated PDF", lambda: b"%PDF-1.7\n1 0 obj\n<<", ".pdf", ("not_a_pdf", "damaged")),
    Broken("truncated docx", lambda: b"PK\x03\x04" + bytes(200), ".docx", ("damaged", "unsupported")),
    Broken("truncated doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), ".doc", ("damaged",)),
    Broken("said UTF-8, is GB18030", lambda: _PAGE.format(charset="utf-8").encode("gb18030"), ".html"),
    Broken("said gb2312, is UTF-8", lambda: _PAGE.format(charset="gb2312").encode(), ".html"),
    Broken("said big5, is GB18030", lambda: _PAGE.format(charset="big5").encode("gb18030"), ".html"),
    Broken("said nonsense", lambda: _PAGE.format(charset="x-unknown").encode(), ".html"),
    Broken("UTF-16", lambda: _PAGE.format(charset="utf-16").encode("utf-16"), ".html"),
    Broken("a NUL in every line", lambda: _TEXT.replace("\n", "\0\n").encode(), ".txt"),
    Broken(
        "a NUL in every line of a page",
        lambda: _PAGE.format(charset="utf-8").replace("<p>", "<p>\0\n").encode(),
        ".html",
    ),
    Broken("lone surrogates", lambda: _TEXT.encode() + b"\xed\xa0\x80" * 20, ".txt"),
    Broken("100,000 open elements", lambda: b"<div>" * 100_000 + _TEXT.encode(), ".html", ("too_deep",)),
    Broken("a sheet of two cells far apart", lambda: _workbook("A1", "XFD1048576"), ".xlsx", ("too_large",)),
    Broken("docx of empty paragraphs", lambda: _word("<w:p/>" * 2_100_000), ".docx", ("too_large",)),
    Broken("200 MB", lambda: b"1" * 200_000_000, ".txt", ("too_large",)),
)

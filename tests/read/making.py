"""Files of office programs in their smallest forms, made byte by byte from a few lines of text."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with these lines on its pages; the font is named and not embedded, as `UniGB-UTF16-H` allows."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
    ]
    for lines in pages:
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


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


def xls(*records: tuple[int, bytes], sheets: Sequence[Sequence[tuple[int, bytes]]]) -> bytes:
    """A workbook in records (BIFF8): those of the workbook, and of each sheet, which are named a, b, c …"""
    begun = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    ends = [b"".join(_record(*one) for one in ((0x0809, begun), *sheet, (0x000A, b""))) for sheet in sheets]
    head = b"".join(_record(*one) for one in ((0x0809, begun), *records))
    start, named = len(head) + 13 * len(sheets) + 4, b""
    for number, end in enumerate(ends):
        named += _record(0x0085, struct.pack("<IHBB", start, 0, 1, 0) + b"%c" % (97 + number))
        start += len(end)
    stream = head + named + _record(0x000A, b"") + b"".join(ends)
    count = max(-(-len(stream) // 512), 8)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain) + b"\xff" * (512 - 4 * len(chain))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry("Workbook", 2, 2, 512 * count) + bytes(256)
    return header + table + directory + stream.ljust(512 * count, b"\0")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


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


def xlsx(*rows: tuple[str, ...], hidden: str = "hidden", aside: str = "") -> bytes:
    """A workbook of one sheet, and of another that holds `aside` and is in the state `hidden`."""
    cells, others = _cells(rows), _cells([(aside,)])
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
            f'<sheet name="a" sheetId="1" r:id="r1"/><sheet name="b" sheetId="2" state="{hidden}" r:id="r2"/>'
            "</sheets></workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet"'
            f' Target="worksheets/s.xml"/><Relationship Id="r2" Type="{relations}/worksheet"'
            ' Target="worksheets/t.xml"/></Relationships>',
        )
        for name, content in (("s", cells), ("t", others)):
            sheet = f'<worksheet xmlns="{main}"><sheetData>{content}</sheetData></worksheet>'
            book.writestr(f"xl/worksheets/{name}.xml", sheet)
    return file.getvalue()


def _cells(rows: Sequence[tuple[str, ...]]) -> str:
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )


def ofd(*pages: str, document: str | None = None) -> bytes:
    """An OFD file whose pages hold these text objects (XML), made by `text_object`."""
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    root = document or f"<ofd:Document {name}><ofd:CommonData/><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        package.writestr("OFD.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {name}>{body}</ofd:OFD>')
        package.writestr("Doc_0/Document.xml", root)
        for number, content in enumerate(pages):
            layer = f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {name}>{layer}</ofd:Page>")
    return file.getvalue()


def text_object(x: float, y: float, text: str, *, size: float = 5) -> str:
    """A run of text whose upper left corner is at (x, y), in millimetres."""
    code = f'<ofd:TextCode X="0" Y="{size}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{x} {y} 160 {size}" Size="{size}">{code}</ofd:TextObject>'


class _Unmarked(zipfile.ZipInfo):
    """A file whose name is written as a machine with a Chinese code page does: in GBK, and without a mark of it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  the library's own
        return self.filename.encode("gbk"), self.flag_bits


def packed(*files: tuple[str, bytes], marked: bool = True) -> bytes:
    """A ZIP of files, their names in UTF-8 or, unmarked, in GBK."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(zipfile.ZipInfo(name) if marked else _Unmarked(name), body)
    return out.getvalue()

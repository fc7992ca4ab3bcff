"""Which format bytes are in: what they begin with outranks the media type, and that the name."""

from __future__ import annotations

import re
from enum import StrEnum

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_OTHERS = (
    b"GIF8",
    b"RIFF",
    b"BM\x00",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"MZ",
)
_HTML = re.compile(
    rb"\s*(?:<!doctype\s+html|<html|<head|<body|<\?xml[^>]{0,200}\?>\s*<(?:!doctype\s+html|html))", re.IGNORECASE
)
# Fields in the head of a page saved with its pictures (MHT).
_FIELD = re.compile(rb"[\w-]{1,40}:")
_IS_MIME = (
    re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^content-type:\s{0,8}(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE),
)
# Documents of office programs that are one XML file.
_OFFICE_XML = re.compile(rb"(?:\s*<[?!][^>]{0,400}>){0,8}\s*<(?:\w{1,20}:)?(wordDocument|package|Workbook)\s")
_OFFICE_NAMES = {
    b"wordDocument": b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"package": b"http://schemas.microsoft.com/office/2006/xmlPackage",
    b"Workbook": b"urn:schemas-microsoft-com:office:spreadsheet",
}
# The main part of a package, among the types of its parts.
_MAIN_TYPE = re.compile(rb"[./-](word|spreadsheet|excel|presentation|powerpoint)(?:ml)?[.\w]{1,60}\.main\+xml")
_MARKUP = re.compile(rb"\s*<[a-zA-Z!]")
_MEDIA = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text",
    "text/markdown": "text", "application/msword": "doc", "application/vnd.ms-excel": "sheet",
}  # fmt: skip
_NAMES = {
    "html": "html", "htm": "html", "shtml": "html", "xhtml": "html", "jhtml": "html", "txt": "text", "md": "text",
    "markdown": "text", "pdf": "pdf",
    "docx": "docx", "doc": "doc", "wps": "doc", "xlsx": "sheet", "xls": "sheet", "xlsm": "sheet", "et": "sheet",
    "ofd": "ofd", "zip": "zip", "png": "picture", "jpg": "picture", "jpeg": "picture",
}  # fmt: skip
_TYPES = "[Content_Types].xml"
_ODD = bytes((*range(1, 9), *range(14, 27), 28, 29, 30, 31))  # control characters that no text has


class Kind(StrEnum):
    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    SHEET = "sheet"
    WORD_XML = "word_xml"
    SHEET_XML = "sheet_xml"
    OFD = "ofd"
    ZIP = "zip"
    MIME = "mime"
    RTF = "rtf"
    PICTURE = "picture"
    BINARY = "binary"
    UNSUPPORTED = "unsupported"


def sniff(body: bytes, media_type: str | None, name: str | None) -> Kind:
    """Return the format of `body`.

    Raises:
        ReadError: `damaged`, `too_large` for a zipped file whose directory cannot be read.
    """
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for prefix, family in _PREFIXES:
        if head.startswith(prefix):
            return _of_family(family, body, name)
    if head.startswith(_PICTURES):
        return Kind.PICTURE
    if head.startswith(_OTHERS):
        return Kind.BINARY
    if b"%PDF-" in body[:1024]:
        return Kind.PDF
    wide = body[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not wide and _is_binary(body):
        return Kind.BINARY
    return _of_text(body if wide else head, media_type, name)


def _of_family(family: str, body: bytes, name: str | None) -> Kind:
    if family == "pdf":
        return Kind.PDF
    if family == "ole":
        return _of_ole(body, name)
    return _of_zip(body) if family == "zip" else Kind.RTF


def _of_ole(body: bytes, name: str | None) -> Kind:
    """By the names of its streams, which stand in the directory in UTF-16."""
    if "WordDocument".encode("utf-16-le") in body:
        return Kind.DOC
    if "Workbook".encode("utf-16-le") in body or "Book\0".encode("utf-16-le") in body:
        return Kind.SHEET
    return Kind.DOC if _extension(name) in {"doc", "wps"} else Kind.UNSUPPORTED


def _of_zip(body: bytes) -> Kind:
    """By the names of its parts; raises ReadError where it cannot be opened."""
    from watcher.read.package import open_package, read_part

    with open_package(body) as package:
        names = package.namelist()
        types = read_part(package, _TYPES) if _TYPES in names else None
    if "word/document.xml" in names:
        return Kind.DOCX
    if any(name.startswith("xl/workbook") for name in names):
        return Kind.SHEET
    if "OFD.xml" in names:
        return Kind.OFD
    return Kind.ZIP if types is None else _of_types(types, names)


def _of_types(types: bytes, names: list[str]) -> Kind:
    """A package whose main part has no usual name tells by its type, else by its folders."""
    main = _MAIN_TYPE.search(types)
    if main and main[1] in {b"word", b"spreadsheet", b"excel"}:
        return Kind.DOCX if main[1] == b"word" else Kind.SHEET
    return Kind.UNSUPPORTED if main or any(name.startswith("ppt/") for name in names) else Kind.ZIP


def _of_text(head: bytes, media_type: str | None, name: str | None) -> Kind:
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe")  # of UTF-16, the letters of its markup
    if _HTML.match(plain):
        return Kind.HTML
    if _is_mime(plain):
        return Kind.MIME
    if (root := _OFFICE_XML.match(plain)) and _OFFICE_NAMES[root[1]] in plain:
        return Kind.SHEET_XML if root[1] == b"Workbook" else Kind.WORD_XML
    kinds = {"html": Kind.HTML, "text": Kind.TEXT}
    by_name = _NAMES.get(_extension(name), "")
    by_media = _MEDIA.get((media_type or "").split(";")[0].strip().lower(), "")
    for kind in (by_media, by_name):
        if kind in kinds:
            return kinds[kind]
    return Kind.HTML if _MARKUP.match(plain) else Kind.TEXT


def _is_mime(head: bytes) -> bool:
    if not _FIELD.match(head):
        return False
    fields = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return all(field.search(fields) for field in _IS_MIME)


def expected(media_type: str | None, name: str | None) -> str:
    """Return the format that a media type or a name promises, "" for none."""
    return _MEDIA.get((media_type or "").split(";")[0].strip().lower(), "") or _NAMES.get(_extension(name), "")


def _extension(name: str | None) -> str:
    last = (name or "").split("?")[0].split("#")[0].rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def _is_binary(body: bytes) -> bool:
    """Control characters that no text in any encoding has, beyond a stray few; a NUL in every line is still text."""
    sample = body[:8192]
    if not sample:
        return False
    odd = len(sample) - len(sample.translate(None, _ODD))
    nul = sample.count(0)
    utf16 = nul * 3 > len(sample) and (sample[0::2].count(0) * 8 < nul or sample[1::2].count(0) * 8 < nul)
    return odd * 50 > len(sample) or (nul * 10 > len(sample) and not utf16)

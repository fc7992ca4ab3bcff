"""Bytes -> Document: charset, main text, metadata; one file a format. Pure: no network, no disk, no clock.

sniff -> html | exported | plain | pdf | docx | doc | sheet | sheet_xml | ofd | zipped   one function a format
charset, tree, mainbody, trim, chrome, joining, clean   how text is found and cleaned
headline, labels, facts, byline, metatags, attachments, embedded  what the page says about it
"""

from __future__ import annotations

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.charset import decode
from watcher.read.limits import MAX_BYTES, check_bytes, check_text
from watcher.read.scans import needs_ocr
from watcher.read.sniff import Kind, expected, sniff

_FILES = frozenset({"pdf", "docx", "doc", "sheet", "ofd", "zip", "picture"})

# Names under which office programs and export buttons save HTML, too.
_OFFICE = frozenset({"docx", "doc", "sheet"})

__all__ = ["MAX_BYTES", "read_document"]


def read_document(
    body: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    name: str | None = None,
    attached: bool = False,
) -> Document:
    """Return the document that `body` holds.

    Args:
        url: where it came from; relative links resolve against it.
        media_type, charset: as the Content-Type header says.
        name: file name or URL path, a hint of the format.
        attached: it is a file beside a page or in an archive, so that a text is not the dump of a page.
    Raises:
        ReadError: `empty`, `too_large`, `binary`, `unsupported`, `challenge`, `maintenance`, `not_a_pdf`,
            `not_a_file`, `needs_ocr`, `encrypted`, `too_deep`, `damaged`.
    """
    check_bytes(body, is_text=False)
    if not body.strip(b"\0 \t\r\n"):
        raise ReadError("empty", "the document has no content")
    kind = sniff(body, media_type, name or url)
    if kind in {Kind.HTML, Kind.TEXT}:
        check_bytes(body, is_text=True)
        promised = expected(media_type, name or url)
        text = decode(body, charset)
        document = _read_html(text, url, promised) if kind is Kind.HTML else _read_text(text, url, promised, attached)
    else:
        document = _read_file(body, kind, url)
    check_text(document.text)
    return document


def _read_html(html: str, url: str | None, promised: str) -> Document:
    if promised in _OFFICE:
        from watcher.read.exported import is_exported, read_exported

        if is_exported(html):
            return read_exported(html, url, is_sheet=promised == "sheet")
    if promised in _FILES:
        code = "not_a_pdf" if promised == "pdf" else "not_a_file"
        message = f"a web page came where a {promised} file was promised"
        raise ReadError(code, message, hint="the file may have moved, or is for those who log in")
    from watcher.read.html import read_html

    return read_html(html, url)


def _read_text(text: str, url: str | None, promised: str, attached: bool) -> Document:
    from watcher.read.plain import read_lines, read_plain

    return read_lines(text, url) if attached or promised in _FILES else read_plain(text, url)


def _read_file(body: bytes, kind: Kind, url: str | None) -> Document:
    if kind is Kind.PDF:
        from watcher.read.pdf import read_pdf

        return read_pdf(body, url)
    if kind is Kind.DOCX:
        from watcher.read.docx import read_docx

        return read_docx(body, url)
    if kind is Kind.WORD_XML:
        from watcher.read.docx import read_word_xml

        return read_word_xml(body, url)
    if kind is Kind.DOC:
        from watcher.read.doc import read_doc

        return read_doc(body, url)
    if kind is Kind.SHEET:
        from watcher.read.sheet import read_sheet

        return read_sheet(body, url)
    if kind is Kind.SHEET_XML:
        from watcher.read.sheet import read_sheet_xml

        return read_sheet_xml(body, url)
    if kind is Kind.OFD:
        from watcher.read.ofd import read_ofd

        return read_ofd(body, url)
    if kind is Kind.ZIP:
        from watcher.read.zipped import read_zip

        return read_zip(body, url)
    if kind is Kind.MIME:
        from watcher.read.exported import read_mime

        return read_mime(body, url)
    if kind is Kind.PICTURE:
        raise needs_ocr("the document is a picture")
    if kind is Kind.BINARY:
        raise ReadError("binary", "the document is not text", hint="a picture, an archive or a program")
    hint = ".html .txt .md .pdf .docx .doc .xlsx .xls .ofd and .zip of these are"
    told = "the document is RTF, which is not read" if kind is Kind.RTF else "the document's format is not read"
    raise ReadError("unsupported", told, hint=hint)

"""A ZIP of documents -> Document: the text of each, in the archive's order. Nothing is written anywhere."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from watcher.errors import ReadError
from watcher.model import Attachment, Document
from watcher.read import read_document
from watcher.read.clean import clean
from watcher.read.package import open_package, read_part
from watcher.read.parts import ReadFile, join, unread_for
from watcher.read.sniff import Kind, sniff

_MOST_FILES = 50
_OF_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")


def read_zip(body: bytes, url: str | None) -> Document:
    """Return the documents in an archive as one; its `attachments` say which could not be read.

    Raises:
        ReadError: `damaged`, `too_large`, `empty`, and the first file's own where none can be read.
    """
    with open_package(body) as package:
        files = [_read(package, entry, url) for entry in _documents(package)]
    if not files:
        raise ReadError("empty", "the archive holds no files")
    unread = [file.attachment.unread for file in files if file.attachment.unread]
    if len(unread) == len(files):
        raise ReadError(unread[0].code, f"none of the {len(files)} files in the archive: {unread[0].message}")
    return join(Document(None, "", url), files)


def _documents(package: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    entries = [entry for entry in package.infolist() if not entry.filename.endswith("/")]
    entries = [entry for entry in entries if not any(sign in entry.filename for sign in _OF_SYSTEMS)]
    if len(entries) > _MOST_FILES:
        raise ReadError(
            "too_large", f"the archive holds {len(entries)} files, more than the {_MOST_FILES} that are read"
        )
    yield from entries


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, url: str | None) -> ReadFile:
    name = _name(entry)
    try:
        body = read_part(package, entry) or b""
        if body.startswith(b"PK") and sniff(body, None, name) is Kind.ZIP:
            raise ReadError("unsupported", "an archive within an archive is not opened")
        return ReadFile(Attachment(url or "", name), read_document(body, name=name, attached=True))
    except ReadError as error:
        return ReadFile(Attachment(url or "", name, unread_for(error)))


def _name(entry: zipfile.ZipInfo) -> str:
    """The file's name for people, without the folders; it is never a path of ours."""
    return " ".join(clean(entry.filename.rpartition("/")[2]).split())[:200] or "?"

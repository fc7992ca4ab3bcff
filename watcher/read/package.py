"""A part of a zipped file, with limits: a zip bomb or an entity bomb is refused, not unpacked."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from watcher.errors import ReadError
from watcher.read.charset import decode
from watcher.read.limits import check_part

_MOST_ENTRIES = 10_000
_PART_MAX = 96 * 1024 * 1024  # bytes of one part, unpacked
_ALL_MAX = 512 * 1024 * 1024
_UTF_8 = 0x800  # the flag of a name in UTF-8; one without it is in the packing machine's charset

# Gives the bytes of a part by its name, None where there is none; raises as `read_part` does.
Reader = Callable[[str], bytes | None]


class Relationship(NamedTuple):
    """That one part of an office file names another; `kind` is the last word of its type (styles, aFChunk …)."""

    id: str
    kind: str
    target: str  # a part's name, as `read_part` takes it


def open_package(body: bytes) -> zipfile.ZipFile:
    """Return the opened file, its parts under their names in Unicode with slashes between folders.

    Raises:
        ReadError: `damaged`, `too_large`.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as exc:
        raise ReadError("damaged", "the zipped file cannot be opened", hint="it may be cut off") from exc
    entries = package.infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _ALL_MAX:
        raise ReadError("too_large", "the zipped file unpacks to more than is read")
    for entry in entries:
        entry.filename = _name(entry)
    package.NameToInfo = {entry.filename: entry for entry in entries}
    return package


def _name(entry: zipfile.ZipInfo) -> str:
    """Some writers part the folders as Windows does; in GBK the same byte is the second half of 玕."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8 and not name.isascii():
        raw = name.encode("cp437", "replace")  # as which the library took it
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/")


def read_part(package: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of a part, None where there is none.

    Raises:
        ReadError: `damaged`, `too_large`, `encrypted`.
    """
    name = part if isinstance(part, str) else part.filename
    try:
        with package.open(part) as stream:
            data = stream.read(_PART_MAX + 1)
    except KeyError:
        return None
    except RuntimeError as exc:  # zipfile's error for a part with a password
        raise ReadError("encrypted", "the zipped file is locked with a password") from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as exc:
        raise ReadError("damaged", f"{name} cannot be unpacked", hint="the file may be cut off") from exc
    if len(data) > _PART_MAX:
        raise ReadError("too_large", f"{name} unpacks to more than {_PART_MAX / 1_000_000:.0f} MB")
    return data


def relationships(read: Reader, part: str = "") -> list[Relationship]:
    """Return which parts a part names, or the package itself does; none where it is broken: parts have usual names.

    Raises:
        ReadError: `too_large`, `encrypted`, and what `read` raises.
    """
    folder, _, name = part.rpartition("/")
    data = read(posixpath.join(folder, f"_rels/{name}.rels"))
    try:
        tree = parse_part(data) if data else None
    except ReadError as error:
        if error.code == "too_large":
            raise
        tree = None
    return [
        Relationship(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], resolved(folder, one.get("Target", "")))
        for one in (tree.iter("{*}Relationship") if tree is not None else ())
        if one.get("TargetMode") != "External"
    ]


def resolved(folder: str, target: str) -> str:
    """The name of a part; a leading slash stands for the package's root."""
    return posixpath.normpath(posixpath.join("/", folder, target.strip().replace("\\", "/"))).lstrip("/")


def related_by(element: etree._Element) -> str:
    """The id of the relationship that an element names; strict files have another name for the attribute."""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def utf_8(xml: bytes) -> bytes:
    """Return a file that is XML in UTF-8, without its declaration, which may name another charset."""
    return re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", decode(xml).lstrip("\ufeff")).encode()


def parse_part(data: bytes) -> etree._Element:
    """Return the tree of an XML part; entities are not resolved.

    Raises:
        ReadError: `too_large`, `damaged`; the latter also for a document type, which office files never have.
    """
    check_part(data)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise ReadError("damaged", "the file's XML declares entities", hint="it was not written by an office program")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise ReadError("damaged", "the file's XML is broken", hint="it may be cut off") from exc

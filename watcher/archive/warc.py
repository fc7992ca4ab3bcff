"""Answers as WARC 1.1 records, each a gzip member of its own, and back; no file is touched here.

The body is kept as the fetcher hands it on: unpacked, under the fetcher's cap. So that no reader unpacks it again, the
fields that tell how it travelled are renamed as Common Crawl does (`X-Crawl-Content-Encoding`), and its own length is
added. An answer over HTTP/2 is written in the form of HTTP/1.1, which is all that readers of WARC know, and named in
`WARC-Protocol` (https://github.com/iipc/warc-specifications/issues/42).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Final

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from watcher import __version__
from watcher.model import Page
from watcher.records.captures import Payload

_TRAVEL: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_LINE_BREAK = re.compile(r"[\r\n\0]+")
# Protocols by the names of the proposal; whatever came over HTTP/1 says so in its status line.
_NAMED: Final = {"HTTP/2": "h2"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read back. `intact`: what is in it has the digests that it names."""

    kind: str  # warcinfo | response | revisit
    url: str | None
    digest: str | None  # of the payload, "sha256:…" in small hexadecimal digits
    status: int
    content_type: str
    body: bytes
    intact: bool


def digest_of(body: bytes) -> str:
    """The digest of a payload as the records and the database write it."""
    return f"sha256:{sha256(body).hexdigest()}"


def warcinfo(filename: str) -> bytes:
    """The first record of a file: who wrote it, and how the rest is to be understood."""
    fields = {
        "software": f"watcher/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "bodies are stored unpacked; fields that told how they were packed begin with X-Crawl-",
    }
    return _packed(_Builder(warc_version="1.1").create_warcinfo_record(filename, fields))


def record(page: Page, digest: str, earlier: Payload | None) -> bytes:
    """An answer with its body; where an earlier record holds the same, its head and where the body is (`revisit`)."""
    builder, facts = _Builder(warc_version="1.1"), _facts(page)
    if earlier is None:
        made = builder.create_warc_record(
            page.final_url,
            "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            http_headers=_http(page),
            warc_headers_dict={**facts, "WARC-Payload-Digest": digest},
        )
    else:
        first = (earlier.url, _date(earlier.fetched_at))
        made = builder.create_revisit_record(
            page.final_url, digest, *first, http_headers=_http(page), warc_headers_dict=facts
        )
    return _packed(made)


def parse(member: bytes) -> Record | None:
    """Read the one record of an unpacked gzip member; None where it is none."""
    loader = ArcWarcRecordLoader(verify_http=False)
    try:
        record = loader.parse_record_stream(BytesIO(member), known_format="warc", check_digests=True)
        body = record.raw_stream.read()
    except (ArchiveLoadFailed, EOFError, AttributeError, ValueError):  # warcio trips over what every record of ours has
        return None
    headers, http = record.rec_headers, record.http_headers
    status = http.get_statuscode() if http else ""
    return Record(
        kind=record.rec_type or "",
        url=headers.get_header("WARC-Target-URI"),
        digest=headers.get_header("WARC-Payload-Digest"),
        status=int(status) if status.isdecimal() else 0,
        content_type=(http.get_header("Content-Type") if http else None) or "",
        body=body,
        intact=record.digest_checker.passed is not False,
    )


class _Builder(RecordBuilder):  # type: ignore[misc]  # warcio has no types
    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class _Writer(WARCWriter):  # type: ignore[misc]
    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """Header fields written byte for byte; warcio would write what is no ASCII in percent form."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, encoding="latin-1")


def _packed(record: ArcWarcRecord) -> bytes:
    out = BytesIO()
    _Writer(out, gzip=True, warc_version="1.1").write_record(record)
    return out.getvalue()


def _facts(page: Page) -> dict[str, str]:
    """The fields of the record itself."""
    facts = {"WARC-Date": _date(page.fetched_at)}
    if page.head.address is not None:
        facts["WARC-IP-Address"] = page.head.address
    if page.head.protocol in _NAMED:
        facts["WARC-Protocol"] = _NAMED[page.head.protocol]
    return facts


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _http(page: Page) -> StatusAndHeaders:
    protocol = "HTTP/1.1" if page.head.protocol in _NAMED else page.head.protocol
    return _AsReceived(f"{page.status} {page.head.reason}".rstrip(), list(_fields(page)), protocol=protocol)


def _fields(page: Page) -> Iterator[tuple[str, str]]:
    """The header fields as received, but for those that do not hold for the unpacked body."""
    packed = any(name.lower() in {"content-encoding", "transfer-encoding"} for name, _ in page.head.fields)
    for name, value in page.head.fields:
        renamed = f"X-Crawl-{name}" if packed and name.lower() in _TRAVEL else name
        yield renamed, _LINE_BREAK.sub(" ", value)  # HTTP/2 lets through what would end the line here
    if packed:
        yield "Content-Length", str(len(page.body))

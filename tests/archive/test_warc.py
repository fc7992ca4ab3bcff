"""Records as other tools read them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.archive.answers import HTML, answer
from tests.archive.warcio import check
from watcher.archive.warc import digest_of, parse, record, warcinfo
from watcher.model import Head, Page
from watcher.records.captures import Location, Payload

EARLIER = Payload(1, "http://bureau.example/old.html", datetime(2026, 1, 1, tzinfo=UTC), Location("a.warc.gz", 0, 9))


def lines(page: Page, earlier: Payload | None = None) -> list[str]:
    """The text of a record, without what is drawn by lot."""
    text = gzip.decompress(record(page, digest_of(page.body), earlier)).decode("latin-1")
    return [line for line in text.split("\r\n") if not line.startswith(("WARC-Record-ID:", "WARC-Block-Digest:"))]


def test_an_answer_is_a_response_record_with_its_head_as_received() -> None:
    assert lines(answer(b"<p>x</p>")) == [
        "WARC/1.1",
        "WARC-Date: 2026-03-02T12:00:00.123456Z",
        "WARC-IP-Address: 192.0.2.7",
        f"WARC-Payload-Digest: {digest_of(b'<p>x</p>')}",
        "WARC-Type: response",
        "WARC-Target-URI: http://bureau.example/art/1.html",
        "Content-Type: application/http; msgtype=response",
        "Content-Length: 67",
        "",
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<p>x</p>",
        "",
        "",
    ]


def test_the_same_body_again_is_a_revisit_record_that_names_the_first() -> None:
    page = answer(b"<p>x</p>")
    found = lines(page, EARLIER)
    assert {
        "WARC-Type: revisit",
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        "WARC-Refers-To-Target-URI: http://bureau.example/old.html",
        "WARC-Refers-To-Date: 2026-01-01T00:00:00.000000Z",
        f"WARC-Payload-Digest: {digest_of(page.body)}",
        "HTTP/1.1 200 OK",
    } <= set(found)
    assert "<p>x</p>" not in found


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (Head("HTTP/1.0", "Fine", ()), ["HTTP/1.0 200 Fine", "", "x"]),
        (Head("HTTP/2", "", ()), ["HTTP/1.1 200", "", "x"]),
        (Head(fields=(("x-a", "caf\xe9"), ("X-A", "2"))), ["HTTP/1.1 200", "x-a: caf\xe9", "X-A: 2", "", "x"]),
        (Head(fields=(("x-a", "1\r\n\r\nHTTP/1.1 404"),)), ["HTTP/1.1 200", "x-a: 1 HTTP/1.1 404", "", "x"]),
        (Head(reason="OK", fields=(("Content-Length", "1"),)), ["HTTP/1.1 200 OK", "Content-Length: 1", "", "x"]),
        (
            Head(reason="OK", fields=(("Content-Encoding", "gzip"), ("content-length", "29"), ("ETag", '"a"'))),
            ["HTTP/1.1 200 OK", "X-Crawl-Content-Encoding: gzip", "X-Crawl-content-length: 29", 'ETag: "a"',
             "Content-Length: 1", "", "x"],
        ),
        (
            Head(reason="OK", fields=(("Transfer-Encoding", "chunked"),)),
            ["HTTP/1.1 200 OK", "X-Crawl-Transfer-Encoding: chunked", "Content-Length: 1", "", "x"],
        ),
    ],
)  # fmt: skip
def test_the_head_says_what_holds_for_the_unpacked_body(head: Head, expected: list[str]) -> None:
    found = lines(answer(b"x", head=head))
    assert found[found.index("") + 1 : -2] == expected


def test_an_answer_over_http_2_is_named_beside_its_status_line() -> None:
    assert "WARC-Protocol: h2" in lines(answer(head=Head("HTTP/2")))


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"\r\n\r\n", bytes(range(256)) * 300, gzip.compress(b"WARC/1.1\r\n", mtime=0)],
    ids=["empty", "short", "line ends", "binary", "a member of its own"],
)
def test_a_record_reads_back_as_it_was_written(body: bytes) -> None:
    read = parse(gzip.decompress(record(answer(body), digest_of(body), None)))
    assert read is not None
    assert (read.kind, read.url, read.status) == ("response", "http://bureau.example/art/1.html", 200)
    assert (read.body, read.digest, read.content_type, read.intact) == (body, digest_of(body), HTML[0][1], True)


@pytest.mark.parametrize(
    "member",
    [
        b"",
        b"not a record",
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 30\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Block-Digest: sha256:??\r\nContent-Length: 1\r\n\r\nx",
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Block-Digest: none\r\nContent-Length: 1\r\n\r\nx",
    ],
    ids=["empty", "text", "cut short", "a digest that is none", "a digest without a name"],
)
def test_what_is_no_record_is_not_taken_for_one(member: bytes) -> None:
    read = parse(member)
    assert read is None or not read.intact


def test_a_changed_body_is_noticed(tmp_path: Path) -> None:
    whole = gzip.decompress(record(answer(b"300"), digest_of(b"300"), None))
    changed = whole.replace(b"\r\n300\r\n", b"\r\n900\r\n")
    read = parse(changed)
    assert read is not None
    assert not read.intact
    path = tmp_path / "changed.warc.gz"
    path.write_bytes(gzip.compress(changed))
    assert "digest failed" in check(path)


def test_a_file_begins_with_who_wrote_it() -> None:
    text = gzip.decompress(warcinfo("watcher-20260302.warc.gz")).decode()
    assert "WARC-Type: warcinfo" in text
    assert "WARC-Filename: watcher-20260302.warc.gz" in text
    assert "software: watcher/" in text

"""Whatever comes, a document or a ReadError comes back, and soon."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watcher.errors import ReadError
from watcher.read import MAX_BYTES, read_document

SIZE = 400_000  # bytes; a step that costs its square would take minutes
LONGEST_S = 20.0  # of CPU; the costliest takes three

PATTERNS = {
    "nested": b"<div>",
    "unclosed link": b"<a href='x.pdf'>a",
    "cells": b"<table><tr><td>1<td>2",
    "open tags": b"<",
    "entities": b"&amp;nbsp;",
    "brackets": b"(",
    "square brackets": b"[a](",
    "autolinks": b"<http://a",
    "digits": b"1",
    "blanks": b" ",
    "lines": b"a\n",
    "buttons": "大小".encode(),
    "menus": "首页>".encode(),
    "labels": "来源：".encode(),
    "credits": "记者王小明".encode(),
    "names": "王小李".encode() + b"\n",
    "open titles": "《关于支持".encode() + b"\n",
    "glosses": "環(huán".encode(),
    "dates": "2024年".encode(),
    "hidden": b"<p style='display :",
    "declarations": b"charset = ",
    "front matter": b"---\na: b\n",
}


@pytest.mark.parametrize("markup", [True, False])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_repetition_costs_no_more_than_its_length(pattern: str, markup: bool) -> None:
    unit = PATTERNS[pattern]
    body = (b"<html><body>" if markup else b"") + unit * (SIZE // len(unit))
    began = time.process_time()
    with contextlib.suppress(ReadError):
        read_document(body, name="a.html" if markup else "a.txt")
    assert time.process_time() - began < LONGEST_S


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600), st.sampled_from(["a.html", "a.txt", "a.pdf", "a.docx", "a.doc", "a.xlsx", None]))
def test_any_bytes_give_a_document_or_a_read_error(body: bytes, name: str | None) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(read_document(body, name=name, charset="gb2312").text, str)


MARKUP = "<p> </p> <table> <tr> <td> </td> </table> <br> <a\x00href='//[x'> </a> <h1> <base\x00href='http://['> </html>"
WORDS = "发布时间： 来源： 记者\x00王小明 2024-02-30 300万元 \x00|\x00 《 ） 一、 http:// \u3000 --- 免责声明"
PIECES = st.sampled_from(["\n", *(piece.replace("\0", " ") for piece in f"{MARKUP} {WORDS}".split(" "))])


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.sampled_from(["http://a.cn/b", "http://[", "not a url", None]))
def test_any_pieces_of_a_page_give_a_document_or_a_read_error(pieces: list[str], url: str | None) -> None:
    for name in ("a.html", "a.txt"):
        with contextlib.suppress(ReadError):
            read_document("".join(pieces).encode(), url=url, name=name)


def test_size_has_a_limit() -> None:
    with pytest.raises(ReadError) as caught:
        read_document(b"a" * (MAX_BYTES + 1))
    assert caught.value.code == "too_large"


def test_nul_in_every_line_is_still_text() -> None:
    raw = "对企业给予最高300万元奖励，惠及全市企业。\0\n".encode() * 20
    assert read_document(raw, name="a.txt").text.startswith("对企业给予最高300万元奖励")

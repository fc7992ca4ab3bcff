"""大汉 jpage: records of ready HTML in XML, as dataproxy.jsp answers or as a page holds them in a script.

<datastore><totalrecord>756</totalrecord>…<record><![CDATA[<li><a href="…">…</a><b>2025-10-29</b></li>]]></record>
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from itertools import chain, islice

from watcher.listing.entries import distinct, read_item
from watcher.listing.opened import Opened
from watcher.model import Link

_MOST_RECORDS = 5_000  # one answer of the service holds some hundred at most
_OPEN, _CLOSE = "<record>", "</record>"


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the entries of all records, () where there are none."""
    if "<datastore" not in opened.text and "<recordset" not in opened.text:
        return ()
    links = chain.from_iterable(_entries(opened, record) for record in islice(_records(opened.text), _MOST_RECORDS))
    return distinct(links, opened.page.final_url)


def _entries(opened: Opened, record: str) -> list[Link]:
    return read_item(opened.scan(record).tokens, opened.today)


def _records(text: str) -> Iterator[str]:
    end = 0
    while (start := text.find(_OPEN, end)) >= 0 and (end := text.find(_CLOSE, start)) >= 0:
        record = text[start + len(_OPEN) : end].strip()
        inner = record.removeprefix("<![CDATA[").removesuffix("]]>")
        yield inner if "<" in inner else unescape(inner)

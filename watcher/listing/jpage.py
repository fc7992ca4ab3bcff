"""大汉 jpage: records of ready HTML in XML, as dataproxy.jsp answers or as a page holds them in a script.

<datastore><totalrecord>756</totalrecord>…<record><![CDATA[<li><a href="…">…</a><b>2025-10-29</b></li>]]></record>
"""

from __future__ import annotations

from itertools import chain, islice

from watcher.errors import ReadError
from watcher.listing.entries import distinct, read_item
from watcher.listing.opened import Opened
from watcher.listing.pieces import between
from watcher.model import Link

_MOST_RECORDS = 5_000  # one answer of the service holds some hundred at most


def read(opened: Opened) -> tuple[Link, ...]:
    """Return the entries of all records, () where there are none.

    Raises:
        ReadError: empty_list, where the whole answer is one of the service without a record.
    """
    if "<datastore" not in opened.text and "<recordset" not in opened.text:
        return ()
    records = islice(between(opened.text, "<record>", "</record>"), _MOST_RECORDS)
    links = distinct(chain.from_iterable(_entries(opened, record) for record in records), opened.page.final_url)
    if not links and opened.text.lstrip().startswith(("<datastore", "<?xml")):
        raise ReadError("empty_list", "the data service answers without a record", hint="check columnid and unitid")
    return links


def _entries(opened: Opened, record: str) -> list[Link]:
    return read_item(opened.scan(record).tokens, opened.now)

"""`Document` -> `Extraction`: every field that the extraction contract names, by rules in one file a kind.

Pure, and total: any text gives an extraction, at a cost that grows with its length. The rules are loaded by who
extracts, a worker process: the service only names the function.
"""

from __future__ import annotations

from datetime import date

from watcher.model import Document, Extraction


def extract(document: Document, *, fallback_published: date | None = None) -> Extraction:
    """Read every field out of `document`.

    Args:
        document: a cleaned page; all offsets point into its text.
        fallback_published: the date of a page that carries none; before the day on which its text is signed.
    """
    from watcher.extract.fields import extract_fields

    return extract_fields(document, fallback_published)

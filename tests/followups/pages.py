"""A body's documents and the pages about them, in our own words."""

from __future__ import annotations

from datetime import date

from tests.store.examples import extraction
from watcher.model import AnnouncementType, CitedDocument, Extraction, Region, Verdict

DAY = date(2023, 3, 1)
BUREAU = "潍坊市生态环境局"
WEIFANG = Region("山东省潍坊市", "370700")
DOCUMENT = Verdict(AnnouncementType.MEASURES_DOCUMENT, 0.9)
NEWS = Verdict(AnnouncementType.MEASURES_NEWS, 0.9)


def document(title: str, published: date | None = DAY, **changes: object) -> Extraction:
    """A document of measures."""
    made: dict[str, object] = {"text": "", "issuer": BUREAU, "region": WEIFANG, "document_title": title}
    return extraction(**{"verdict": DOCUMENT, "title": title, "published": published, **made, **changes})  # type: ignore[arg-type]


def page(text: str = "", published: date | None = DAY, **changes: object) -> Extraction:
    """A page that is no document itself."""
    made: dict[str, object] = {"issuer": BUREAU, "region": WEIFANG, "title": "某报道"}
    return extraction(text, **{"verdict": NEWS, "published": published, **made, **changes})


def citing(cited: str, year: int | None = None, **changes: object) -> Extraction:
    """A page that names a document in passing."""
    return page(**{"cited_documents": (CitedDocument(cited, None, year),), **changes})  # type: ignore[arg-type]

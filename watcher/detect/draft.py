"""What detection looks at: a document and what extraction has found in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from watcher.model import CitedDocument, Credit, Figure, Measure


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of an `Extraction` that detection reads; everything but the text may be absent."""

    title: str | None
    text: str
    issuer: str | None = None
    document_title: str | None = None
    document_number: str | None = None
    measure_count: int | None = None
    measures: tuple[Measure, ...] = ()
    figures: tuple[Figure, ...] = ()
    cited_documents: tuple[CitedDocument, ...] = ()
    credit: Credit = field(default_factory=Credit)

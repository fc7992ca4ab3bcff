"""Every field of an extraction, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from watcher.detect import Draft, classify
from watcher.extract.cited import find_cited
from watcher.extract.counts import Stated, read_counts
from watcher.extract.deadlines import Setting, find_deadlines
from watcher.extract.figures import find_figures
from watcher.extract.headline import Headline, read_headline
from watcher.extract.lines import split_lines
from watcher.extract.outline import Outline, find_outline
from watcher.extract.periods import base_year, signed_on
from watcher.extract.places import find_issuer, find_region
from watcher.extract.topics import find_topics
from watcher.extract.validity import find_valid_until
from watcher.model import Deadline, Document, Extraction, Figure, Measure
from watcher.read.parts import file_starts, origin_at

_Placed = TypeVar("_Placed", Figure, Deadline)
_Found = TypeVar("_Found", Figure, Deadline, Measure)


def extract_fields(document: Document, fallback_published: date | None) -> Extraction:
    """As `watcher.extract.extract` says."""
    text, lines = document.text, split_lines(document.text)
    published = document.published or fallback_published or signed_on(lines)
    headline = read_headline(document, lines)
    stated = _stated(headline)
    files = file_starts(document.parts)
    outline = find_outline(headline.body, stated, lays_down=headline.lays_down, files=files)
    scan = find_figures(text)
    setting = Setting(base_year(headline.title, lines, published), published, headline.lays_down)
    draft = Draft(
        title=headline.title,
        text=text,
        issuer=_issuer(document, headline.title),
        document_title=headline.document_title,
        document_number=headline.document_number,
        measure_count=stated.measures or len(outline.measures) or None,
        measures=outline.measures,
        figures=scan.figures,
        cited_documents=find_cited(text, headline.document_title, published),
        credit=document.credit,
    )
    found = Extraction(
        verdict=classify(draft),
        title=draft.title,
        published=published,
        issuer=draft.issuer,
        region=find_region(draft.issuer, draft.title, text, site=document.site, published=published),
        document_title=draft.document_title,
        document_number=draft.document_number,
        measure_count=draft.measure_count,
        credit=document.credit,
        measures=_traced(draft.measures, document),
        cited_documents=draft.cited_documents,
        deadlines=_traced(_placed(find_deadlines(lines, setting), outline), document),
        figures=_traced(_placed(scan.figures, outline), document),
        topics=find_topics(text, draft.title),
        valid_until=document.valid_until or find_valid_until(lines, published),
        text=text,
        attachments=document.attachments,
        rejected=scan.rejected,
    )
    return found if found.verdict.announcement else _without_measures(found)


def _without_measures(found: Extraction) -> Extraction:
    """What is no announcement has numbered clauses and a title too, but no service measures to list or count."""
    return replace(
        found,
        document_title=None,
        measure_count=None,
        measures=(),
        deadlines=_placed(found.deadlines, Outline()),
        figures=_placed(found.figures, Outline()),
    )


def _stated(headline: Headline) -> Stated:
    """The counts stated. A document's own preamble counts what others did; its numbering speaks for itself."""
    return read_counts(headline.title or "", headline.document_title, () if headline.lays_down else headline.body)


def _issuer(document: Document, title: str | None) -> str | None:
    credit = document.credit.name
    return find_issuer(title, document.text, publisher=document.publisher, site=document.site, credit=credit)


def _placed(found: Sequence[_Placed], outline: Outline) -> tuple[_Placed, ...]:
    return tuple(replace(one, measure=outline.measure_at(one.start)) for one in found)


def _traced(found: Sequence[_Found], document: Document) -> tuple[_Found, ...]:
    """With the file and page that each was found in."""
    return tuple(replace(one, origin=origin_at(document.parts, one.start)) for one in found)

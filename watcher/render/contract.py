"""One line of `watcher extract --json`, as the extraction contract's schema lays it down.

Beside its fields: `attachments`, and the `origin` of figures, deadlines and measures that stand in a file or on a page.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from watcher.model import Attachment, Credit, Deadline, Extraction, Figure, FigureKind, Measure, Origin, Value

_RATIO_STEP: Final = Decimal("0.000001")


def contract_line(input: str, extraction: Extraction) -> dict[str, object]:
    """The JSON object for the document that was given as `input`."""
    region = extraction.region
    return {
        "input": input,
        "announcement": extraction.verdict.announcement,
        "type": extraction.verdict.type.value,
        "score": extraction.verdict.score,
        "reasons": list(extraction.verdict.reasons),
        "title": extraction.title,
        "published": extraction.published and extraction.published.isoformat(),
        "issuer": extraction.issuer,
        "region": region and {"name": region.name, "code": region.code},
        "document_title": extraction.document_title,
        "document_number": extraction.document_number,
        "measure_count": extraction.measure_count,
        "source": _credit(extraction.credit),
        "measures": [measure_json(measure) for measure in extraction.measures],
        "cited_documents": [
            {"title": cited.title, "measure_count": cited.measure_count, "year": cited.year}
            for cited in extraction.cited_documents
        ],
        "deadlines": [_deadline(deadline) for deadline in extraction.deadlines],
        "figures": [figure_json(figure) for figure in extraction.figures],
        "topics": list(extraction.topics),
        "valid_until": extraction.valid_until and extraction.valid_until.isoformat(),
        "attachments": [_attachment(attachment) for attachment in extraction.attachments],
        "text": extraction.text,
    }


def error_line(input: str, code: str, message: str) -> dict[str, object]:
    """The JSON object for a document that could not be read."""
    return {"input": input, "error": {"code": code, "message": message}}


def _credit(credit: Credit) -> dict[str, object]:
    return {"name": credit.name, "authors": list(credit.authors), "original_url": credit.original_url}


def measure_json(measure: Measure) -> dict[str, object]:
    return {
        "number": measure.number,
        "heading": measure.heading,
        "start": measure.start,
        "end": measure.end,
        "origin": _origin(measure.origin),
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    return {
        "quote": deadline.quote,
        "start": deadline.start,
        "end": deadline.end,
        "date": deadline.date.isoformat(),
        "measure": deadline.measure,
        "origin": _origin(deadline.origin),
    }


def figure_json(figure: Figure) -> dict[str, object]:
    return {
        "quote": figure.quote,
        "start": figure.start,
        "end": figure.end,
        "kind": figure.kind.value,
        "low": number(figure.low, figure.kind),
        "high": number(figure.high, figure.kind),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "change": figure.change and figure.change.value,
        "previous": figure.previous and _value(figure.previous, figure.kind),
        "subject": figure.subject,
        "measure": figure.measure,
        "origin": _origin(figure.origin),
    }


def _origin(origin: Origin | None) -> dict[str, object] | None:
    return None if origin is None else {"file": origin.file, "url": origin.url, "page": origin.page}


def _attachment(attachment: Attachment) -> dict[str, object]:
    """A file that the page links; `unread` where its text could not join the page's."""
    unread = attachment.unread
    return {
        "name": attachment.name,
        "url": attachment.url,
        "unread": unread and {"code": unread.code, "message": unread.message},
    }


def _value(value: Value, kind: FigureKind) -> dict[str, object]:
    return {"low": number(value.low, kind), "high": number(value.high, kind), "unit": value.unit}


def number(number: Decimal, kind: FigureKind) -> int | float:
    """A whole number without a point; a ratio to six decimals, which is as far as 2/3 is written."""
    if number == number.to_integral_value():
        return int(number)
    return float(number.quantize(_RATIO_STEP, ROUND_HALF_UP) if kind is FigureKind.RATIO else number)

"""The contract's line: fields and number forms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from watcher.model import (
    AnnouncementType,
    Attachment,
    CitedDocument,
    Credit,
    Deadline,
    Direction,
    Extraction,
    Figure,
    FigureKind,
    Measure,
    Origin,
    Qualifier,
    Region,
    Unread,
    Value,
    Verdict,
)
from watcher.render.contract import contract_line, error_line

TEXT = "一、提速。审批由30日压减到20日，2025年6月底前完成。"


def extraction(figure: Figure) -> Extraction:
    return Extraction(
        verdict=Verdict(AnnouncementType.MEASURES_DOCUMENT, 0.93, ("标题含若干措施",)),
        title="某市惠企若干措施",
        published=date(2025, 1, 2),
        issuer="某市发展和改革委员会",
        region=Region("某省某市", "990100"),
        document_title="某市惠企若干措施",
        document_number="某发〔2025〕1号",
        measure_count=1,
        credit=Credit("某网", ("张三",), "https://www.example.com/a"),
        measures=(Measure(1, "提速", 2, 4),),
        cited_documents=(CitedDocument("某省12条措施", 12, 2024),),
        deadlines=(Deadline("2025年6月底前", 19, 28, date(2025, 6, 30), 1),),
        figures=(figure,),
        topics=("环评审批",),
        valid_until=None,
        text=TEXT,
        attachments=(
            Attachment("https://www.example.com/1.pdf", "附件1.pdf"),
            Attachment("https://www.example.com/2.pdf", "附件2.pdf", Unread("needs_ocr", "the PDF is a scan")),
        ),
    )


def figure(low: str, kind: FigureKind = FigureKind.DURATION, previous: Value | None = None) -> Figure:
    return Figure(
        quote="由30日压减到20日",
        start=7,
        end=17,
        kind=kind,
        low=Decimal(low),
        high=Decimal(low),
        unit="day",
        qualifier=Qualifier.EXACT,
        change=Direction.DECREASE,
        previous=previous,
        subject="审批",
        measure=1,
        origin=Origin("附件1.pdf", "https://www.example.com/1.pdf", 2),
    )


def test_every_field_of_the_contract_is_there() -> None:
    line = contract_line("a.html", extraction(figure("20", previous=Value(Decimal(30), Decimal(30), "day"))))
    assert json.loads(json.dumps(line, ensure_ascii=False)) == {
        "input": "a.html",
        "announcement": True,
        "type": "measures_document",
        "score": 0.93,
        "reasons": ["标题含若干措施"],
        "title": "某市惠企若干措施",
        "published": "2025-01-02",
        "issuer": "某市发展和改革委员会",
        "region": {"name": "某省某市", "code": "990100"},
        "document_title": "某市惠企若干措施",
        "document_number": "某发〔2025〕1号",
        "measure_count": 1,
        "source": {"name": "某网", "authors": ["张三"], "original_url": "https://www.example.com/a"},
        "measures": [{"number": 1, "heading": "提速", "start": 2, "end": 4, "origin": None}],
        "cited_documents": [{"title": "某省12条措施", "measure_count": 12, "year": 2024}],
        "deadlines": [
            {"quote": "2025年6月底前", "start": 19, "end": 28, "date": "2025-06-30", "measure": 1, "origin": None}
        ],
        "figures": [
            {
                "quote": "由30日压减到20日",
                "start": 7,
                "end": 17,
                "kind": "duration",
                "low": 20,
                "high": 20,
                "unit": "day",
                "qualifier": "exact",
                "change": "decrease",
                "previous": {"low": 30, "high": 30, "unit": "day"},
                "subject": "审批",
                "measure": 1,
                "origin": {"file": "附件1.pdf", "url": "https://www.example.com/1.pdf", "page": 2},
            }
        ],
        "topics": ["环评审批"],
        "valid_until": None,
        "attachments": [
            {"name": "附件1.pdf", "url": "https://www.example.com/1.pdf", "unread": None},
            {
                "name": "附件2.pdf",
                "url": "https://www.example.com/2.pdf",
                "unread": {"code": "needs_ocr", "message": "the PDF is a scan"},
            },
        ],
        "text": TEXT,
    }


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        ("15000000000", FigureKind.MONEY, "15000000000"),
        ("1.5E+10", FigureKind.MONEY, "15000000000"),
        ("20.00", FigureKind.PERCENT, "20"),
        ("0.5", FigureKind.DURATION, "0.5"),
        ("12.345", FigureKind.QUANTITY, "12.345"),
        ("0.66666666666666666667", FigureKind.RATIO, "0.666667"),
        ("0.5", FigureKind.RATIO, "0.5"),
    ],
)
def test_numbers_are_written_without_needless_digits(value: str, kind: FigureKind, written: str) -> None:
    line = contract_line("a", extraction(figure(value, kind)))
    assert f'"low": {written}, "high": {written}, ' in json.dumps(line)


def test_a_document_that_cannot_be_read_gives_its_reason() -> None:
    assert error_line("b.pdf", "encrypted", "the file asks for a password") == {
        "input": "b.pdf",
        "error": {"code": "encrypted", "message": "the file asks for a password"},
    }

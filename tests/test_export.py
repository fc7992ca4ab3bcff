from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tests.store.examples import NOW, TEXT, extraction, full_extraction
from watcher import export
from watcher.cli.output import opened
from watcher.errors import UsageError
from watcher.model import Extraction, FigureKind, Value
from watcher.records.announcements import AnnouncementRecord
from watcher.render.sheet import FIGURES, Sheet, announcements

TODAY = date(2026, 3, 2)
ANNOUNCEMENTS = announcements(TODAY)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SEEN = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


def record(found: Extraction, number: int = 1, url: str = "http://b.example/1.html") -> AnnouncementRecord:
    return AnnouncementRecord(number, url, "bureau", "active", SEEN, SEEN, 1, found)


def rows(sheet: Sheet[Any], *records: AnnouncementRecord) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert export.write_csv(out, records, sheet, SHANGHAI) == sum(1 for one in records for _ in sheet.rows(one))
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))


def workbook(*records: AnnouncementRecord) -> tuple[bytes, dict[str, list[list[Any]]]]:
    out = io.BytesIO()
    export.write_workbook(out, records, SHANGHAI, TODAY)
    book = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    return out.getvalue(), {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_csv_opens_in_excel() -> None:
    out = io.BytesIO()
    export.write_csv(out, [record(full_extraction())], ANNOUNCEMENTS, SHANGHAI)
    assert out.getvalue().startswith(b"\xef\xbb\xbfid,published,title,")
    assert out.getvalue().count(b"\r\n") == 2


def test_the_names_of_columns_are_those_that_programs_rely_on() -> None:
    assert [column.name for column in ANNOUNCEMENTS.columns] == [
        "id", "published", "title", "issuer", "region", "region_code", "type", "topics", "document_title",
        "document_number", "measure_count", "figures", "deadlines", "valid_until", "status", "revision", "first_seen",
        "last_changed", "source", "url", "lifecycle", "lifecycle_since",
    ]  # fmt: skip
    assert [column.name for column in FIGURES.columns] == [
        "announcement", "published", "issuer", "region", "subject", "quote", "kind", "low", "high", "unit",
        "qualifier", "change", "previous_low", "previous_high", "previous_unit", "measure", "region_code", "title",
        "url",
    ]  # fmt: skip


def test_an_announcement_as_a_row() -> None:
    (row,) = rows(ANNOUNCEMENTS, record(replace(full_extraction(), document_number="鲁环发〔2026〕1号")))
    told = {name: row[name] for name in ("id", "published", "region_code", "deadlines", "first_seen", "figures", "url")}
    assert told == {
        "id": "1", "published": "2026-03-01", "region_code": "370700", "deadlines": "2026-06-30",
        "first_seen": "2026-03-02 00:30:00", "figures": "1", "url": "http://b.example/1.html",
    }  # fmt: skip
    assert row["valid_until"] == ""


def test_a_row_says_since_when_its_document_holds_no_more() -> None:
    lapsed, valid = (record(extraction(valid_until=date(year, 12, 31))) for year in (2025, 2026))
    told = [(row["lifecycle"], row["lifecycle_since"]) for row in rows(ANNOUNCEMENTS, lapsed, valid)]
    assert told == [("lapsed", "2026-01-01"), ("", "")]
    assert workbook(lapsed)[1]["公告"][1][-2:] == ["lapsed", date(2026, 1, 1)]


def test_a_figure_a_row() -> None:
    [figure] = full_extraction().figures
    fewer = replace(
        figure, kind=FigureKind.RATIO, low=Decimal(2) / 3, high=Decimal(1), previous=Value(Decimal(3), Decimal(5), "家")
    )
    found = replace(full_extraction(), figures=(figure, fewer))
    first, second = rows(FIGURES, record(extraction("无")), record(found, 2))
    assert (first["announcement"], first["low"], first["unit"]) == ("2", "3000000", "CNY")
    assert (first["qualifier"], first["quote"]) == ("at_most", "最高奖补300万元")
    told = [second[name] for name in ("low", "high", "previous_low", "previous_high", "previous_unit")]
    assert told == ["0.666667", "1", "3", "5", "家"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://x/")'])
def test_a_title_that_looks_like_a_formula_is_text(title: str) -> None:
    hostile = record(extraction(title=title, figures=()))
    assert rows(ANNOUNCEMENTS, hostile)[0]["title"] == f"'{title}"
    body, sheets = workbook(hostile)
    assert sheets["公告"][1][2] == title
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_controls_of_a_page_do_not_reach_a_cell() -> None:
    hostile = record(extraction(title="标题\x00\x0b\u202e一\r\n=1", issuer="\t=cmd"))
    (row,) = rows(ANNOUNCEMENTS, hostile)
    assert (row["title"], row["issuer"]) == ("标题一 =1", "'=cmd")
    workbook(hostile)


def test_a_workbook_has_dates_numbers_and_links() -> None:
    body, sheets = workbook(record(full_extraction()), record(extraction(), 2, "javascript:alert(1)"))
    assert list(sheets) == ["公告", "数据"]
    head, first, second = sheets["公告"]
    row = dict(zip(head, first, strict=True))
    assert (row["编号"], row["发布日期"], str(row["首次发现"])) == (1, date(2026, 3, 1), "2026-03-02 00:30:00")
    assert (row["网址"], second[head.index("网址")]) == ("http://b.example/1.html", "javascript:alert(1)")
    figure = dict(zip(sheets["数据"][0], sheets["数据"][1], strict=True))
    assert (figure["下限"], figure["原文"], figure["变化"]) == (3_000_000, "最高奖补300万元", "")
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        links = re.findall(r'Target="([^"]+)" TargetMode="External"', parts.read(RELATIONS).decode())
        assert links == ["http://b.example/1.html"]
        assert b'topLeftCell="A2" activePane="bottomLeft" state="frozen"' in parts.read("xl/worksheets/sheet1.xml")


RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    _, sheets = workbook(*(record(full_extraction(), number) for number in range(1, 6)))
    assert {name: len(read) for name, read in sheets.items()} == {
        "公告": 3, "数据": 3, "公告 2": 3, "数据 2": 3, "公告 3": 2, "数据 3": 2,
    }  # fmt: skip
    assert [row[0] for row in sheets["公告 3"]] == ["编号", 5]


def test_links_beyond_what_a_sheet_may_hold_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_LINKS", 1)
    body, sheets = workbook(record(extraction(), 1), record(extraction(), 2))
    assert [row[-3] for row in sheets["公告"][1:]] == ["http://b.example/1.html"] * 2
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert parts.read(RELATIONS).count(b"External") == 1


def json_lines(records: Sequence[AnnouncementRecord], *, figures: bool) -> list[dict[str, Any]]:
    out = io.BytesIO()
    assert export.write_json_lines(out, records, NOW.date(), figures=figures) == out.getvalue().count(b"\n")
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_json_lines_of_announcements_and_of_figures() -> None:
    records = [record(full_extraction()), record(extraction(), 2)]
    whole = json_lines(records, figures=False)
    assert [(one["id"], len(one["figures"]), "text" in one) for one in whole] == [(1, 1, False), (2, 0, False)]
    (figure,) = json_lines(records, figures=True)
    assert list(figure) == [column.name for column in FIGURES.columns]
    assert (figure["low"], figure["published"], figure["change"]) == (3_000_000, "2026-03-01", None)
    assert figure["quote"] in TEXT


def test_a_file_takes_its_place_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_bytes(b"before")
    with pytest.raises(TypeError), opened(target) as out:
        out.writelines([b"half", "not bytes"])  # type: ignore[list-item]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]
    with opened(target) as out:
        out.write(b"after")
        assert target.read_bytes() == b"before"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"after"]


def test_a_link_stays_a_link_and_a_missing_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("x.csv")
    with opened(tmp_path / "link") as out:
        out.write(b"through")
    assert (tmp_path / "x.csv").read_bytes() == b"through"
    assert (tmp_path / "link").is_symlink()
    with pytest.raises(UsageError, match=r"--out .*absent/x.csv: No such file"), opened(tmp_path / "absent/x.csv"):
        pass

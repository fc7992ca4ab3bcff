"""Scans and pictures, drawn here with a font of the system, read by the extra and followed up to the alert."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.read.making import pdf
from tests.sites import Site
from tests.test_attachments import figures, file, notice, publish, unread
from tests.test_pipeline import OPTIONS, Bench
from watcher.cli.commands import application
from watcher.errors import ReadError
from watcher.fetch import Fetcher
from watcher.model import Origin
from watcher.read import read_document
from watcher.read.scans import ocr_installed
from watcher.store import Store

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr_installed(), reason="needs the extra watcher[ocr]: make test-ocr"),
    pytest.mark.skipif(not FONT.exists(), reason="needs the font fonts-wqy-microhei: make test-ocr-deps"),
]

FIRST = ("支持企业绿色发展若干措施", "一、优化环评审批。环评报告表审批时限压缩到15个工作日。")
SECOND = ("二、加大资金支持。对实施绿色改造的企业给予奖补，", "最高300万元，单个项目不超过投资额的20%。")


def drawn(lines: Sequence[str]) -> Any:
    """A page of A4 at 100 dpi."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (827, 1169), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 24)
    for place, line in enumerate(lines):
        pen.text((80, 90 + 45 * place), line, font=font, fill="black")
    return page


def picture(lines: Sequence[str], form: str) -> bytes:
    out = io.BytesIO()
    drawn(lines).save(out, form)
    return out.getvalue()


def scan(*pages: Sequence[str]) -> bytes:
    """A PDF that holds nothing but pictures of its pages."""
    out = io.BytesIO()
    first, *others = (drawn(lines) for lines in pages)
    first.save(out, "PDF", save_all=True, append_images=others, resolution=100)
    return out.getvalue()


def read_scan(body: bytes) -> str:
    from watcher.read.ocr import read_scan as read

    return read(body, None).text


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_read(form: str) -> None:
    assert read_scan(picture(FIRST, form)) == "\n".join(FIRST)


def test_a_scan_is_read_page_by_page() -> None:
    from watcher.read.ocr import read_scan as read

    document = read(scan(FIRST, SECOND), None)
    assert "给予奖补，最高300万元" in document.text
    assert [(part.origin, document.text[part.start :][:2]) for part in document.parts] == [
        (Origin(page=1), "支持"),
        (Origin(page=2), "二、"),
    ]


def test_of_a_file_with_both_only_the_scanned_pages_are_read_by_their_looks() -> None:
    import pypdfium2

    both = pypdfium2.PdfDocument(
        pdf(["关于印发若干措施的通知", "各县区人民政府：现将若干措施印发给你们，请认真执行。"])
    )
    both.import_pages(pypdfium2.PdfDocument(scan(SECOND)))
    out = io.BytesIO()
    both.save(out)
    text = read_scan(out.getvalue())
    assert "各县区人民政府：现将若干措施印发给你们，请认真执行。" in text
    assert "最高300万元" in text


@pytest.mark.parametrize("code", ["empty", "damaged", "too_large"])
def test_what_shows_no_text_says_why(code: str) -> None:
    makers: dict[str, Callable[[Sequence[str]], bytes]] = {"empty": scan, "damaged": cut, "too_large": bomb}
    body = makers[code](())
    with pytest.raises(ReadError) as caught:
        read_scan(body)
    assert caught.value.code == code


def cut(lines: Sequence[str]) -> bytes:
    return picture(lines, "PNG")[:500]


def bomb(_: Sequence[str]) -> bytes:
    """A white picture of 400 million dots in half a megabyte."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(out, "PNG")
    return out.getvalue()


def test_extract_reads_a_scan(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(scan(FIRST, SECOND))
    line = json.loads(CliRunner().invoke(application(), ["extract", str(tmp_path / "a.pdf"), "--json"]).stdout)
    told = [(one["quote"], one["origin"]["page"]) for one in line["figures"]]
    assert told == [("15个工作日", 1), ("最高300万元", 2), ("不超过投资额的20%", 2)]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
async def bench(site: Site, tmp_path: Path) -> AsyncIterator[Bench]:
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    async with Fetcher(OPTIONS) as fetcher:
        made = Bench(site, store, fetcher, tmp_path)
        made.column.publish(1)
        await made.check()
        yield made
    store.close()


async def test_a_scan_beside_an_article_is_read_up_to_the_alert(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.pdf", "附件.pdf")), **{"a.pdf": file(scan(FIRST, SECOND))})
    assert (await bench.check()).new == 1
    assert unread(bench) == []
    assert figures(bench)[:2] == [("15个工作日", "附件.pdf", 1), ("最高300万元", "附件.pdf", 2)]


def test_the_text_layer_is_not_read_by_its_looks() -> None:
    assert read_document(pdf(FIRST), name="a.pdf").text == "\n".join(FIRST)

"""Scans and pictures -> Document, by rapidocr of the extra `watcher[ocr]`; its models come in its package."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read.placed import Piece, lines_of
from watcher.read.plain import read_pages

_MOST_PAGES = 60  # four to ten seconds each on one core
_DOTS_A_POINT = 200 / 72  # 200 dpi: the characters of a page set in 小五 are 25 dots high
_LONGEST_SIDE = 3_500  # dots; a poster is read from so far away
_MOST_DOTS = 100_000_000  # of a picture before it is made smaller
_LEAST_CHARS = 20  # of a page's text layer, from which on it is no scan
_LEAST_SCORE = 0.6  # of a line; worse ones are seals, stamps and texture


def read_scan(body: bytes, url: str | None) -> Document:
    """Return the document that a scanned PDF or a picture shows; pages with a text layer are read by it.

    Raises:
        ReadError: `too_large`, `damaged`, `empty`.
    """
    pages = _of_pdf(body) if b"%PDF-" in body[:1024] else [_text(_picture(body))]
    if not any(page.strip() for page in pages):
        raise ReadError("empty", "no text could be made out in the scan")
    return read_pages(pages, url)


def _of_pdf(body: bytes) -> list[str]:
    from watcher.read.pdf import opened_pdf

    with opened_pdf(body) as document:
        if len(document) > _MOST_PAGES:
            raise ReadError(
                "too_large", f"the scan has {len(document)} pages, more than the {_MOST_PAGES} that are read"
            )
        return [_of_page(document[number]) for number in range(len(document))]


def _of_page(page: Any) -> str:
    from watcher.read.pdf import text_layer

    layer = text_layer(page)
    if len("".join(layer.split())) >= _LEAST_CHARS:
        return layer
    scale = min(_DOTS_A_POINT, _LONGEST_SIDE / max(*page.get_size(), 1))
    return _text(page.render(scale=scale).to_numpy())


def _picture(body: bytes) -> Any:
    import numpy
    from PIL import Image

    try:
        with Image.open(io.BytesIO(body), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_DOTS:
                raise ReadError("too_large", f"the picture has {image.width} × {image.height} dots")
            image.thumbnail((_LONGEST_SIDE, _MOST_DOTS // _LONGEST_SIDE))
            return numpy.asarray(image.convert("RGB"))
    except Image.DecompressionBombError as exc:
        raise ReadError("too_large", f"the picture has more dots than are read: {exc}") from exc
    except (OSError, ValueError, SyntaxError) as exc:
        raise ReadError("damaged", "the picture cannot be opened", hint="it may be cut off") from exc


def _text(image: Any) -> str:
    return "\n".join(lines_of(_pieces(image)))


def _pieces(image: Any) -> Iterator[Piece]:
    found = _engine()(image)
    if found.boxes is None:
        return
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        (left, top), _, (_, bottom), _ = box
        if score >= _LEAST_SCORE and text.strip():
            yield Piece(float(bottom), float(left), float(bottom - top), text.strip())


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Loaded once a worker: half a second."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})

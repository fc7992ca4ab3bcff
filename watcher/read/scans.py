"""Documents that are pictures of their text: how they are refused, and whether they can be read after all."""

from __future__ import annotations

from importlib.util import find_spec

from watcher.errors import ReadError


def needs_ocr(message: str) -> ReadError:
    """The error of a document that only `ocr.read_scan` can read."""
    return ReadError(
        "needs_ocr", message, hint="scans are read where the extra is installed: pip install 'watcher[ocr]'"
    )


def ocr_installed() -> bool:
    """Whether the extra `watcher[ocr]` is here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None

"""Answers for the archive, in a few words."""

from __future__ import annotations

from datetime import UTC, datetime

from watcher.model import Head, Page

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def answer(
    body: bytes = "市局出台8条措施".encode(),
    *,
    url: str = "http://bureau.example/art/1.html",
    at: datetime = NOON,
    head: Head = Head("HTTP/1.1", "OK", HTML, "192.0.2.7"),  # noqa: B008 (frozen)
) -> Page:
    return Page(url, url, 200, body, at, "text/html", "utf-8", head=head)

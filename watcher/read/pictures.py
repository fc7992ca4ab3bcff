"""Pictures that are an article's text: a scanned letter, or measures told in a poster (一图读懂)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from watcher.model import Attachment
from watcher.read.tree import is_known_body

_MOST = 8
_SMALLEST = 200  # dots; a smaller one is a mark or a button
_FILE = re.compile(r"\.(?:jpe?g|png)$", re.IGNORECASE)
_OF_THE_SITE = re.compile(r"logo|icon|qr-?code|erweima|ewm|weixin|wechat|banner|share|btn|button|arrow|blank|loading")
_CHROME = frozenset({"header", "footer", "nav", "button", "form"})
_DOTS = re.compile(r"\s*(\d{1,5})\s*(?:px)?\s*", re.IGNORECASE)
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_NEAR = 8  # elements above a picture, among which its paragraph or the article's container is


def find_pictures(root: etree._Element, base: str | None) -> tuple[Attachment, ...]:
    """Return the pictures in the paragraphs or the body of an article, in order, as files to be read."""
    found = dict(islice(_pictures(root, base), _MOST))
    return tuple(Attachment(url, name) for url, name in found.items())


def _pictures(root: etree._Element, base: str | None) -> Iterator[tuple[str, str]]:
    for image in root.iter("img"):
        url = _address(image, base)
        if url is not None and not _is_small(image) and _in_article(image):
            yield url, (image.get("alt") or "").strip()[:100] or unquote(urlsplit(url).path.rpartition("/")[2])


def _address(image: etree._Element, base: str | None) -> str | None:
    for name in _SOURCES:
        try:
            url: str = urljoin(base or "", (image.get(name) or "").strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and _FILE.search(parts.path) and not _OF_THE_SITE.search(url.lower()):
            return url
    return None


def _is_small(image: etree._Element) -> bool:
    stated = (_DOTS.fullmatch(image.get(name) or "") for name in ("width", "height"))
    return any(match is not None and int(match[1]) < _SMALLEST for match in stated)


def _in_article(image: etree._Element) -> bool:
    above = list(islice(image.iterancestors(), _NEAR))
    if any(element.tag in _CHROME for element in above):
        return False
    return any(element.tag == "p" or is_known_body(element) for element in above)

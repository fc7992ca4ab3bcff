"""The <meta> tags of a page, the national set above all (SiteName, ArticleTitle, PubDate, ContentSource …); names in
any case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from lxml import etree

from watcher.read.clean import clean
from watcher.read.dates import read_date

_TITLE = ("articletitle", "og:title", "title")
# Page generation (Maketime, HtmlGenerateTime, createDate) is no publication, and so is not here.
_PUBLISHED = (
    "firstpublishedtime",
    "pubdate",
    "publishdate",
    "publish_time",
    "article:published_time",
    "og:release_date",
)
_SOURCE = ("contentsource", "source", "mediaid")
_SITE = ("sitename", "og:site_name")
_TAG = re.compile(r"<[^<>]{0,200}>")


def read_meta(root: etree._Element) -> Mapping[str, str]:
    """Return name -> content, the first that is not empty; `<title>` stands under the name "<title>"."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content and name not in found:
            found[name] = _plain(content)
    title = next(root.iter("title"), None)
    if title is not None:
        found["<title>"] = _plain("".join(title.itertext()))
    return found


def _plain(content: str) -> str:
    return " ".join(clean(_TAG.sub(" ", content[:3_000]).replace("\n", " ")).split())


def first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def title(meta: Mapping[str, str]) -> str | None:
    """Return the title that the tags give, unless it is the site's or the column's name."""
    found = first(meta, _TITLE)
    return None if found in {meta.get("sitename"), meta.get("columnname"), None} else found


def published(meta: Mapping[str, str]) -> date | None:
    found = first(meta, _PUBLISHED)
    return read_date(found) if found else None


def source(meta: Mapping[str, str]) -> str | None:
    return first(meta, _SOURCE)


def site(meta: Mapping[str, str]) -> str | None:
    return first(meta, _SITE)

"""Atom (RFC 4287), in pages (RFC 5005). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from watcher import __version__
from watcher.web.feeds.entries import Entry, plain

NAMESPACE: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Head:
    """A feed as a whole. `address`: its own; `page`: the list that it is of; `following`: of older entries."""

    id: str
    title: str
    language: str
    address: str
    page: str
    following: str | None
    updated: datetime


def atom(head: Head, entries: Iterable[Entry]) -> bytes:
    feed = etree.Element(_name("feed"), nsmap={None: NAMESPACE})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", head.language)
    _add(feed, "id", head.id)
    _add(feed, "title", head.title)
    _add(feed, "updated", _moment(head.updated))
    _add(feed, "generator", "watcher", version=__version__)
    _add(feed, "author").append(_made("name", "watcher"))
    _add(feed, "link", rel="self", type="application/atom+xml", href=head.address)
    _add(feed, "link", rel="alternate", type="text/html", href=head.page)
    if head.following is not None:
        _add(feed, "link", rel="next", type="application/atom+xml", href=head.following)
    for one in entries:
        feed.append(_entry(one))
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="UTF-8")
    return written


def _entry(one: Entry) -> etree._Element:
    made = etree.Element(_name("entry"))
    _add(made, "id", one.id)
    _add(made, "title", one.title)
    _add(made, "updated", _moment(one.updated))
    _add(made, "published", _moment(one.published))
    if one.author:
        _add(made, "author").append(_made("name", one.author))
    _add(made, "link", rel="alternate", type="text/html", href=one.url)
    if one.original:
        _add(made, "link", rel="via", href=plain(one.original))
    for tag in one.tags:
        _add(made, "category", term=tag)
    _add(made, "summary", one.summary)
    _add(made, "content", one.html, type="html")
    return made


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = _made(name, text, **attributes)
    parent.append(made)
    return made


def _made(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.Element(_name(name), attributes)
    made.text = text
    return made


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _moment(moment: datetime) -> str:
    """RFC 3339, to the second."""
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")

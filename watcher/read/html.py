"""An HTML page or fragment -> Document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urljoin

from lxml import etree

from watcher.errors import ReadError
from watcher.model import Attachment, Credit, Document
from watcher.read import challenge, chrome, facts, headline, labels, metatags
from watcher.read.attachments import find_attachments, promises_file
from watcher.read.clean import CELL, as_written, clean
from watcher.read.embedded import make_links
from watcher.read.excuse import said_instead, without_blanks
from watcher.read.joining import glue, is_cut_off
from watcher.read.lines import Line
from watcher.read.mainbody import find_body
from watcher.read.numbering import set_apart
from watcher.read.pictures import find_pictures
from watcher.read.tree import Block, Flat, flatten, parse
from watcher.read.trim import trim

_ABOVE = 60  # visible lines above the article in which its head and 索引号 table stand
_BELOW = 15
_FEW = 100  # characters of text under which a page's pictures are its text: a line over a poster
_FIELDS_ABOVE = 14  # of them, lines that may carry its date when the headline is not among them
_ROOT_TAG = re.compile(r"<\?xml[^>]{0,200}\?>", re.IGNORECASE)


def read_html(html: str, url: str | None) -> Document:
    """Return what a reader sees of the page.

    Raises:
        ReadError: `challenge`, `login`, `maintenance`, `not_found`, `error_page`, `too_deep`, `empty` (no text, no
            attachment).
    """
    if blocked := challenge.detect(html):
        raise blocked
    root = parse(_ROOT_TAG.sub("", html, count=1))
    meta = metatags.read_meta(root)
    base = _base(root, url)
    make_links(root)
    flat = flatten(root)
    clean_lines(flat.lines)
    body = find_body(flat)
    if body is None:
        return _without_body(flat, find_pictures(root, base), meta, (base, url))
    document = _assemble(flat, body, meta, (base, url))
    if len(document.text) < _FEW and not any(map(promises_file, document.attachments)):
        document = replace(document, attachments=document.attachments + find_pictures(root, base))
    if excuse := said_instead(without_blanks(document.text.split("\n"))):
        raise excuse
    return document


def clean_lines(lines: list[Line]) -> None:
    """Clean the text of all lines in one go: whether a page is traditional or glossed shows only in the whole."""
    if not lines:
        return
    cleaned = clean("\n".join(line.text for line in lines)).split("\n")
    for line, text in zip(lines, cleaned, strict=True):
        line.text = text.strip() if text.strip(" |") else ""
    for header, row in pairwise(lines):
        if CELL in header.text and CELL in row.text and (fields := labels.pair_columns(header.text, row.text)):
            header.text, row.text = "", fields
    for line, following in pairwise(lines):
        if line.broken and following.text and is_cut_off(line.text, following.text):
            following.text = glue([line.text, following.text])
            following.links, following.link_chars = line.links + following.links, line.link_chars + following.link_chars
            line.text, line.links, line.link_chars = "", (), 0


def _base(root: etree._Element, url: str | None) -> str | None:
    tag = next((element for element in root.iter("base") if element.get("href")), None)
    if tag is None:
        return url
    try:
        return urljoin(url or "", tag.get("href") or "") or url
    except ValueError:
        return url


def _without_body(
    flat: Flat, pictures: tuple[Attachment, ...], meta: Mapping[str, str], addresses: tuple[str | None, str | None]
) -> Document:
    """A page that is only its attachments or pictures is a document; one without text and files is none."""
    base, url = addresses
    files = find_attachments(flat.lines, base, called=len(flat.lines)) or pictures
    title = headline.of_page(meta, [line for line in flat.lines if not line.hidden], [])
    if not files or title is None:
        if excuse := said_instead(without_blanks(line.text for line in flat.lines if not line.links)):
            raise excuse
        hint = "the text may be filled in by a script; watch a column that carries it in its pages"
        raise ReadError("empty", "the page holds no text of its own", hint=hint)
    site = metatags.site(meta)
    found = facts.gather(flat.lines[:_ABOVE], [], [], base, site)
    return Document(
        title,
        "",
        url,
        found.published or metatags.published(meta),
        _credit(found.credit, meta, site),
        site=site,
        attachments=files,
    )


def _assemble(flat: Flat, body: Block, meta: Mapping[str, str], addresses: tuple[str | None, str | None]) -> Document:
    base, url = addresses
    hidden = all(line.hidden for line in flat.lines[body.start : body.end])
    seen = [line for line in flat.lines[body.start : body.end] if hidden or not line.hidden]
    above = [line for line in flat.lines[: body.start] if not line.hidden and line.text][-_ABOVE:]
    below = [line for line in flat.lines[body.end :] if not line.hidden][:_BELOW]
    inside = [line for line in seen if line.text]
    title = headline.of_page(meta, above + _head_inside(inside), inside)
    inside, pulled = _without_headline(inside, title)
    cut = trim(inside, contained=True)
    paragraphs = set_apart([as_written(line.text) for line in cut.body])
    head = _near_head(above, title) + pulled + cut.before
    site = metatags.site(meta)
    found = facts.gather(head, cut.after + _until_related(below), paragraphs, base, site)
    own = _own_lines(seen, cut.after, below)
    if paragraphs:
        paragraphs[-1] = facts.without_credit(paragraphs[-1])
    return Document(
        title=title,
        text="\n".join(paragraph for paragraph in paragraphs if paragraph),
        url=url,
        published=found.published or metatags.published(meta),
        credit=_credit(found.credit, meta, site),
        publisher=found.publisher,
        document_number=found.document_number,
        valid_until=found.valid_until,
        site=site,
        attachments=find_attachments(seen + below, base, called=own, own=own),
    )


def _head_inside(inside: list[Line]) -> list[Line]:
    """The lines of the body before its first paragraph: a block may hold the headline, too."""
    for place, line in enumerate(inside[:_FIELDS_ABOVE]):
        if chrome.is_prose(line.text) and not chrome.is_chrome(line.text):
            return [each for each in inside[:place] if each.level]
    return []


def _without_headline(inside: list[Line], title: str | None) -> tuple[list[Line], list[Line]]:
    """Take off the headline, and what stands above it, where the block holds it; an official document keeps its own."""
    if title is None:
        return inside, []
    wanted = headline.squash(title)
    for place, line in enumerate(inside[:_FIELDS_ABOVE]):
        if len(line.text) > len(title) + 20 and chrome.is_prose(line.text):
            break
        if headline.squash(line.text) == wanted:
            following = inside[place + 1].text if place + 1 < len(inside) else ""
            own = headline.is_official(title) and not line.level and not chrome.is_label_line(following)
            return (inside, []) if own else (inside[place + 1 :], inside[: place + 1])
    return inside, []


def _near_head(above: list[Line], title: str | None) -> list[Line]:
    """The lines that speak of the article: from its headline on, and rows of a 索引号 table anywhere above."""
    wanted = headline.squash(title or "")
    places = [place for place, line in enumerate(above) if wanted and headline.squash(line.text) == wanted]
    start = places[-1] + 1 if places else max(len(above) - _FIELDS_ABOVE, 0)
    near = above[start:] if len(above) > start else above[-_FIELDS_ABOVE:]
    table = [
        line
        for line in above[:start]
        if labels.is_table_line(line.text) or (places and chrome.is_label_line(line.text))
    ]
    return table + near


def _until_related(below: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in below:
        if chrome.opens_after(line.text) and not any(item.field == "original" for item in labels.fields(line.text)):
            break
        kept.append(line)
    return kept


def _own_lines(seen: list[Line], after: list[Line], below: list[Line]) -> int:
    """How many lines of the body and below it are the article's: those before related links and the next article."""
    place = next((place for place, line in enumerate(seen) if after and line is after[0]), len(seen))
    return place + len(_until_related(seen[place:] + below))


def _credit(printed: Credit, meta: Mapping[str, str], site: str | None) -> Credit:
    """What is printed, with the outlet that the tags name where none is."""
    if printed.name or not (stated := metatags.source(meta)):
        return printed
    return replace(printed, name=labels.source_in((labels.Labelled("source", "来源", stated),), site))

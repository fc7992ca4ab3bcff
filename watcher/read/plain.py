"""Texts -> Document: dumps of pages as plain text or Markdown, with or without front matter or markup; text of files.

Around the article of a dump stands its site: menus, buttons, a footer. In a file every line is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from watcher.errors import ReadError
from watcher.model import Credit, Document, Origin, Part
from watcher.read import chrome, facts, headline, labels, people
from watcher.read.attachments import find_attachments
from watcher.read.clean import CELL, as_written
from watcher.read.dates import read_date
from watcher.read.html import clean_lines
from watcher.read.joining import glue, join_broken
from watcher.read.limits import check_lines
from watcher.read.lines import Line, from_text
from watcher.read.numbering import set_apart
from watcher.read.trim import Cut, trim, trim_file

_FRONT = re.compile(r"\A\s{0,10}---[ \t]*\n(.{0,8000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]{2,30})\s{0,3}:\s{0,3}(.{1,500})$", re.MULTILINE)
_TAG = re.compile(r"</?(?:p|div|br|span|td|tr|table|h[1-6]|article|section|li)\b[^<>]{0,500}>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{4,1000})>")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,1000})\)")
_LONGEST_OF_LIST = 120  # characters of a list's headline
_LABELLED_WITHIN = 5  # lines, in which a labelled head (标题：…, 日期：…, 来源：…) begins


def read_plain(text: str, url: str | None) -> Document:
    """Return the document that a text holds.

    Raises:
        ReadError: `empty`.
    """
    stated, text = _front_matter(text)
    return _document(_lines(text), stated, url)


def read_lines(text: str, url: str | None) -> Document:
    """Return the document whose whole text, a paragraph or a row a line, a file holds.

    Raises:
        ReadError: `empty`, `too_large`.
    """
    return _document(_lines(text), {}, url, in_file=True)


def read_rows(rows: list[str], url: str | None) -> Document:
    """Return the list that a workbook or an exported table holds, given row by row, cells parted by `CELL`.

    It has no headline but a line that stands alone at its head.
    """
    first = rows[0].strip(CELL)
    title = first if len(rows) > 1 and CELL not in first and len(first) <= _LONGEST_OF_LIST else None
    return Document(title, "\n".join(map(as_written, rows[1 if title else 0 :])), url)


def read_pages(pages: Iterable[str], url: str | None) -> Document:
    """Return the document on typeset pages, whose line ends mean little; its parts tell which text is on which.

    Raises:
        ReadError: `empty`.
    """
    lines = []
    for number, page in enumerate(pages, 1):
        for line in from_text(page):
            line.page = number
            lines.append(line)
    check_lines(len(lines))
    return _document(lines, {}, url, in_file=True, typeset=True)


def _document(
    lines: list[Line], stated: dict[str, str], url: str | None, *, in_file: bool = False, typeset: bool = False
) -> Document:
    clean_lines(lines)
    lines = [line for line in lines if line.text]
    if not lines:
        raise ReadError("empty", "the document holds no text")
    title, cut = _cut_file(lines) if in_file else _cut_dump(lines, stated.get("title"))
    # Joined last: a line of fields or of the footer must not run into a paragraph.
    groups = [[cut.body[place] for place in group] for group in join_broken(_texts(cut.body), typeset=typeset)]
    paragraphs = set_apart([as_written(glue(_texts(group))) for group in groups])
    files = find_attachments(lines, url)
    if not any(paragraphs) and not files:
        raise ReadError("empty", "the document holds no text of its own")
    found = facts.gather(cut.before, cut.after, paragraphs, url, None)
    if paragraphs:
        paragraphs[-1] = facts.without_credit(paragraphs[-1])
    return Document(
        title=title,
        text="\n".join(paragraph for paragraph in paragraphs if paragraph),
        url=url,
        published=_stated_date(stated) or found.published,
        credit=_credit(found.credit, stated),
        publisher=found.publisher,
        document_number=found.document_number,
        valid_until=found.valid_until,
        attachments=files,
        parts=tuple(_parts(groups, paragraphs)),
    )


def _parts(groups: list[list[Line]], paragraphs: list[str]) -> Iterator[Part]:
    """Where each page of the file begins in the text, also within a paragraph that runs over its end."""
    start, page = 0, None
    for group, paragraph in zip(groups, paragraphs, strict=True):
        if not paragraph:
            continue
        for place, line in enumerate(group):
            if line.page != page:
                page = line.page
                yield Part(start + len(as_written(glue(_texts(group[:place])))), Origin(page=page))
        start += len(paragraph) + 1


def _texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT.match(text[:9000])
    if match is None:
        return {}, text
    entries = {key.lower(): value.strip().strip("\"'") for key, value in _ENTRY.findall(match[1])}
    return entries, text[match.end() :]


def _lines(text: str) -> list[Line]:
    if len(_TAG.findall(text[:20_000])) < 2:
        return from_text(text)
    from watcher.read.tree import flatten, parse  # lxml only for the texts that hold markup

    text = _AUTOLINK.sub(r'<p><a href="\1">\1</a></p>', text)
    return flatten(parse(_MARKDOWN_LINK.sub(r'<a href="\2">\1</a>', text))).lines


def _cut_dump(lines: list[Line], stated: str | None) -> tuple[str | None, Cut]:
    title, before, rest = _headline(lines, stated)
    cut = trim(rest, contained=False)
    return title, Cut(before + cut.before, cut.body, cut.after)


def _cut_file(lines: list[Line]) -> tuple[str | None, Cut]:
    """The lines above the title tell facts and stay in the text; it stays among them, or where it is all there is."""
    place, labelled = _labelled_title(lines)
    place = place or headline.place_in_file(lines)
    if place is None:
        return None, trim_file([], [], lines)
    start, end = place
    above, own, below = lines[:start], lines[start:end], lines[end:]
    whole = trim_file(above, own, below)
    title = labelled or "".join(_texts(own))
    leads = whole.body[0] is own[0]
    if not leads or len(whole.body) == len(own) or (labelled is None and _keeps_title(lines, title, end)):
        return title, whole
    return title, Cut(whole.before + own, whole.body[len(own) :], whole.after)


def _labelled_title(lines: list[Line]) -> tuple[tuple[int, int] | None, str | None]:
    """The place of a line of fields with 标题：, and what it says; its other fields tell facts."""
    for at, line in enumerate(lines[:_LABELLED_WITHIN]):
        if labelled := labels.title_in(labels.fields(line.text)):
            return (at, at + 1), labelled
    return None, None


def _keeps_title(lines: list[Line], title: str, end: int) -> bool:
    """The title block of an official document (issuer, 关于…) stays in the text; a headline does not."""
    followed_by_fields = end < len(lines) and chrome.is_label_line(lines[end].text)
    return end == len(lines) or (headline.is_official(title) and not followed_by_fields)


def _headline(lines: list[Line], stated: str | None) -> tuple[str | None, list[Line], list[Line]]:
    """Return the title, the lines above the article, and the article with what follows."""
    if stated:
        wanted = headline.squash(stated)
        again = [place for place, line in enumerate(lines[:10]) if headline.squash(line.text) == wanted]
        return stated, lines[: again[0]] if again else [], lines[again[0] + 1 :] if again else lines
    place, labelled = _labelled_title(lines)
    if place is not None:
        _, above, rest = _headline(lines[place[1] :], labelled)
        return labelled, lines[: place[1]] + above, rest
    place = headline.place_in_text(lines)
    if place is None:
        return None, [], lines
    start, end = place
    title = "".join(line.text for line in lines[start:end])
    return title, lines[:start], lines[start:] if _keeps_title(lines, title, end) else lines[end:]


def _stated_date(stated: dict[str, str]) -> date | None:
    return next(
        (
            day
            for key in ("date", "published", "pubdate", "publish_date", "time")
            if (day := read_date(stated.get(key, "")))
        ),
        None,
    )


def _credit(found: Credit, stated: dict[str, str]) -> Credit:
    source = next((stated[key] for key in ("source", "publisher", "from", "media") if stated.get(key)), None)
    author = next((stated[key] for key in ("author", "authors") if stated.get(key)), "")
    link = next(
        (
            stated[key]
            for key in ("original", "original_url", "source_url", "link")
            if stated.get(key, "").startswith("http")
        ),
        None,
    )
    if source and source.startswith("http"):
        source, link = None, link or source
    named = labels.source_in((labels.Labelled("source", "来源", source),), None) if source else None
    return Credit(found.name or named, found.authors or people.names(author, trusted=True), found.original_url or link)

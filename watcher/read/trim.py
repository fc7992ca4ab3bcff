"""Cuts a run of lines into what stands before the article, the article, and what stands after it."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.read import byline, chrome
from watcher.read.dates import is_only_date
from watcher.read.lines import Line, is_row
from watcher.read.stamps import is_stamp

_HEAD_WITHIN = 40  # lines in which a page's head may stand
_AFTER_SHARE = 0.3  # of the prose; more text than that behind a "related links" line is the article going on


@dataclass(frozen=True, slots=True)
class Cut:
    """`before` and `after` hold only what was taken off; lines of chrome inside the body are in `before`, too."""

    before: list[Line]
    body: list[Line]
    after: list[Line]


def trim(lines: list[Line], *, contained: bool) -> Cut:
    """Return `lines` cut into head, body and tail.

    Args:
        contained: the run is a body container, so that its lines of links are the article's; in a dump of a whole
            page they are menus.
    """
    body, after = _without_tail(lines, contained)
    before, body = _without_head(body, contained)
    inside = [line for line in body if not _is_inside_chrome(line)]
    return Cut(before, inside, after)


def trim_file(above: list[Line], title: list[Line], lines: list[Line]) -> Cut:
    """Return the lines of a file, of which those around its title tell facts, too.

    A file is no page: what reads as a button or as related links is a row or a heading in it. Only fields about it
    (发布时间：…) that stand above or just below the title, as in a printed page, and the imprint at its end are taken
    off. A day there is a fact and may be the document's own line.

    Args:
        above: the lines above the title.
        title: its own lines where they stay in the text.
        lines: those below it.
    """
    start, end = 0, len(lines)
    while start < end and (_is_field(lines[start]) or is_stamp(lines[start].text)):
        start += 1
    while end > start and not is_row(lines[end - 1].text) and chrome.is_furniture(lines[end - 1].text):
        end -= 1
    head = [line for line in lines[:start] if not _is_field(line)]
    body = [line for line in above if not _is_field(line)] + title + head + lines[start:end]
    return Cut(above + lines[:start], body, lines[end:])


def _is_field(line: Line) -> bool:
    text = line.text
    return not is_row(text) and (chrome.is_label_line(text) or chrome.is_breadcrumb(text) or byline.is_byline(text))


def _is_inside_chrome(line: Line) -> bool:
    return len(line.text) <= 80 and chrome.is_chrome(line.text) and not chrome.is_prose(line.text)


def _without_tail(lines: list[Line], contained: bool) -> tuple[list[Line], list[Line]]:
    weights = [_prose_weight(line) for line in lines]
    behind = sum(weights)
    total = behind
    for place, line in enumerate(lines):
        if behind < total and chrome.opens_after(line.text) and behind <= _AFTER_SHARE * total:
            return _strip_end(lines[:place], lines[place:], contained)
        behind -= weights[place]
    return _strip_end(lines, [], contained)


def _prose_weight(line: Line) -> int:
    if line.linked or not chrome.is_prose(line.text) or chrome.is_disclaimer(line.text):
        return 0
    return len(line.text)


def _strip_end(lines: list[Line], after: list[Line], contained: bool) -> tuple[list[Line], list[Line]]:
    """Take chrome off the end; lines of contact go only where chrome stands behind or among them."""
    end = len(lines)
    solid = bool(after)
    cut = end
    while end:
        line = lines[end - 1]
        if chrome.is_chrome(line.text) or _is_lone_link(line) or (not contained and _is_navigation(line)):
            cut, solid = end - 1, True
        elif not (
            solid and chrome.is_contact(line.text) and not chrome.is_prose(line.text) and _in_footer(lines, end - 1)
        ):
            break
        end -= 1
    return lines[:cut], lines[cut:] + after


def _in_footer(lines: list[Line], place: int) -> bool:
    """Whether chrome stands within three lines above: a signature below the text has none."""
    return any(chrome.is_chrome(line.text) for line in lines[max(place - 3, 0) : place])


def _is_lone_link(line: Line) -> bool:
    """A line that is nothing but an address."""
    return line.link_chars >= len(line.text) - 2 and any(words.startswith("http") for _, words in line.links)


def _without_head(lines: list[Line], contained: bool) -> tuple[list[Line], list[Line]]:
    """A day alone at the head of a body container dates the page, but is a speech's or a letter's own line."""
    head: list[Line] = []
    kept: list[Line] = []
    for place, line in enumerate(lines):
        if place >= _HEAD_WITHIN or (chrome.is_paragraph(line.text) and not chrome.is_chrome(line.text)):
            return head, kept + lines[place:]
        if _is_head(line) or (not contained and _is_navigation(line)):
            head.append(line)
            if not contained or not is_only_date(line.text):
                continue
        kept.append(line)
    return head, kept


def _is_head(line: Line) -> bool:
    return chrome.is_chrome(line.text) or is_stamp(line.text) or byline.is_byline(line.text)


def _is_navigation(line: Line) -> bool:
    return line.linked or chrome.is_menu(line.text)

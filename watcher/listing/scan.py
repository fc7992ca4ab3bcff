"""One walk over a page that finds its links, its dates, and the elements that hold one with the other.

An *item* is the smallest element that holds a date and a link: `<li><a>…</a><span>date</span></li>`, a table row, or
the link itself where the date stands inside it. Items that hang on the same kind of branch are one list; `automatic`
chooses among them. Each element is looked at once and keeps only a few counts, so hostile pages cost linear time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from watcher.listing import elements
from watcher.listing.above import days_above
from watcher.listing.addresses import in_script, is_article, resolve
from watcher.listing.before import Before
from watcher.listing.daily import settle_rows
from watcher.listing.dates import Printed, Trust, read_end, read_pieces, read_start, read_text, read_value
from watcher.listing.found import Anchor, Box, Lead, Scan
from watcher.listing.frame import Frame
from watcher.listing.heads import Years, cell_head, hand_on, note_heads, under_month, under_year
from watcher.listing.labels import is_end, is_state
from watcher.listing.marks import EMPHASIS, marks
from watcher.listing.pictures import heading
from watcher.listing.rows import Rows
from watcher.listing.settled import settle
from watcher.listing.spans import note_span, take_span
from watcher.listing.titles import is_title, is_tool, joined, read_attribute

_LINK_ATTRIBUTES: Final = ("data-url", "data-href", "data-link")
_DATE_ATTRIBUTES: Final = (
    "datetime",
    "data-date",
    "data-time",
    "data-pubdate",
    "data-pubtime",
    "data-publish",
    "title",
)
_WITH_ONCLICK: Final = frozenset({"li", "tr", "div", "dd", "p"})
_LED_ROWS: Final = frozenset({"li", "tr"})
_TITLED_ROWS: Final = frozenset({"li", "tr", "td", "dd", "p", "h3", "h4"})
_ROW_LEVELS: Final = 4  # from an entry to its first link
_MOST_DATES: Final = 3  # before it, itself included
_ENTRIES: Final = frozenset({"li", "dd", "dt"})  # what they say is of an entry
_QUOTED: Final = re.compile(r"[\"']\s{0,9}([0-9][^\"'<>]{4,30})[\"']")
_LONGEST_WRITER: Final = 600  # characters
_MOST_TEXTS: Final = 31  # of an element that are looked at to see whether they head columns
_MOST_PIECES: Final = 6  # that a date is set in: 2026 | 年 | 06 | 月 | 18 | 日
_LONGEST_DATE: Final = 24  # characters of them
_MOST_BOXES: Final = 50_000  # elements that are remembered: a hostile page sets one link in thousands
_MOST_TOKENS: Final = 20_000  # links and dates read of one page: ten times what the longest real lists hold


class _Walk:
    def __init__(self, root: etree._Element, base: str) -> None:
        self.scan = Scan()
        self._base = base
        self._closed = elements.closed_tabs(root)
        self._repeated = elements.repeated(root)
        self._marks = marks(root)
        self._above = days_above(root)
        self._name = (root.findtext(".//title") or "")[:200]
        self._looks: dict[tuple[str, ...], elements.Look] = {}
        self._paths: dict[tuple[int, str], int] = {}
        self._frames = [Frame("", "", 0, 0, 0, 0, 0, hidden=False, aside=elements.Aside.NO)]
        self._rows = Rows(self.scan)
        self._order = 0
        self._before = Before(self.scan.tokens)
        self._years = Years()

    def open(self, element: etree._Element) -> None:
        parent, tag, attributes = self._frames[-1], str(element.tag), dict(element.items())
        look = self._look(tag, attributes.get("class", ""), attributes.get("id", ""))
        self._order += 1
        frame = Frame(
            tag,
            look.family,
            self._order,
            self._paths.setdefault((parent.path, look.kind), len(self._paths) + 1),
            len(self.scan.tokens),
            len(self.scan.texts),
            len(self._rows.open_items),
            hidden=parent.hidden or look.is_hidden or elements.is_hidden(attributes) or element in self._closed,
            aside=elements.Aside.YES if parent.heads_aside else max(parent.aside, look.aside),
            days=parent.days,
            year=parent.year,
            month=parent.month,
            anchor=parent.anchor,
            titled=parent.titled or look.is_titled,
            title=attributes.get("title", ""),
            is_mark=look.is_mark,
            is_before_title=element in self._marks,
        )
        self._frames.append(frame)
        if tag in ("td", "th"):
            if head := cell_head(self._frames, parent):
                self._before.head(head)
            parent.cells += 1
            self.text(self._above.get(element))
        elif tag == "tr":
            take_span(self._frames[:-1], frame, self.scan.tokens)
        if tag == "a" or (tag in _WITH_ONCLICK and "onclick" in attributes and frame.anchor is None):
            self._open_link(attributes, frame)
        elif frame.anchor is not None and (
            tag in elements.BLOCKS or tag in elements.HEADINGS or frame.titled != parent.titled
        ):
            frame.is_block = True
            frame.anchor.blocks.append(("", frame.titled))
        if attributes:
            self._attributes(attributes, frame)
        if tag == "img" and (name := heading(element, self._frames[-5:-1])):
            self.text(name)
        self.text(element.text)

    def _look(self, *names: str) -> elements.Look:
        known = self._looks.get(names)
        if known is None:
            known = self._looks[names] = elements.look(*names)
        return known

    def _open_link(self, attributes: elements.Attributes, frame: Frame) -> None:
        script = f"{attributes.get('href', '')} {attributes.get('onclick', '')}"
        seen = (attributes.get("href"), *map(attributes.get, _LINK_ATTRIBUTES), in_script(script))
        url = next((url for href in seen if href and (url := resolve(self._base, href))), None)
        if url is None:
            return
        # A class like "title" on the link itself does not tell its blocks apart.
        frame.titled = False
        title, printed = read_attribute(attributes.get("title") or attributes.get("alt") or self._title_around())
        in_heading = any(above.tag in elements.HEADINGS for above in self._frames[-4:-1])
        frame.anchor = Anchor(url, title, [("", False)], self._before.opens_bracket, in_heading=in_heading)
        self.scan.tokens.append(frame.anchor)
        frame.links += 1
        if printed is not None:
            self._take(printed, frame)

    def _title_around(self) -> str:
        """What the cell or the row of a link is called, where the link is its first; a list is called otherwise."""
        around = (frame for frame in self._frames[-2 : -2 - _ROW_LEVELS : -1] if frame.tag in _TITLED_ROWS)
        nearest = next((frame for frame in around if frame.title), None)
        if nearest is None:
            return ""
        before = self.scan.tokens[nearest.start : nearest.start + _MOST_DATES]
        return nearest.title if not any(isinstance(token, Anchor) for token in before) else ""

    def _attributes(self, attributes: elements.Attributes, frame: Frame) -> None:
        """Take the date that an attribute holds, and the title of a link that shows it cut or as a picture."""
        if frame.tag == "a":
            return
        said = attributes.get("content") if attributes.get("itemprop") == "datePublished" else None
        for value in filter(None, (said, *map(attributes.get, _DATE_ATTRIBUTES))):
            printed = read_value(value)
            if printed is not None and printed.year and printed.trust is Trust.PRINTED:
                self._take(replace(printed, trust=Trust.MENTIONED), frame)
                return
        if frame.anchor is not None and not frame.anchor.attribute:
            frame.anchor.attribute = attributes.get("title") or attributes.get("alt") or ""

    def text(self, raw: str | None) -> None:
        """Take a piece of text of the open element: part of a link's title, a date, or half of one."""
        frame = self._frames[-1]
        if not raw or raw.isspace() or frame.tag in elements.SKIPPED:
            return
        text = " ".join(raw[:1_000].split())
        if frame.anchor is not None and frame.tag != "a" and _is_beside_title(text, frame, frame.anchor):
            return
        frame.pieces.append(text)
        printed, words = self._read(text, raw[:1_000], frame)
        if printed is not None:
            self._take(printed, frame)
        if frame.anchor is not None:
            shown, titled = frame.anchor.blocks[-1]
            frame.anchor.blocks[-1] = (joined(shown, words), titled or (frame.titled and words != ""))
        elif printed is None or printed.trust is Trust.MENTIONED:  # a title may hold a date, and its link only say 详情
            self.scan.texts.append(text)
        if frame.anchor is None and printed is None:
            self._years.note(text, frame, len(self.scan.tokens))
        self._before.note(text, printed, frame.anchor)
        self._note_heading(text, frame)

    def _read(self, text: str, raw: str, frame: Frame) -> tuple[Printed | None, str]:
        """The date in a piece of text, and what is left of the piece for the title of the link that it stands in."""
        printed = under_month(text, frame) or self._before.pair(text) or read_text(text, self._before.label)
        if frame.anchor is None or (printed is not None and printed.trust not in (Trust.MENTIONED, Trust.SET_OFF)):
            return printed, ""
        # A title may name any day: only what is set off from it counts.
        if not frame.anchor.shown and (start := read_start(text)):
            frame.anchor.lead = Lead(under_year(start[0], frame), start[1])
            return frame.anchor.lead.printed, text[len(start[1]) :]
        frame.anchor.end = read_end(text)
        return frame.anchor.end, raw

    def _note_heading(self, text: str, frame: Frame) -> None:
        frame.words += is_title(text)
        if elements.is_aside_heading(text) and text not in self._name:
            is_entry = frame.anchor is not None and (is_article(frame.anchor.url) or not self._frames[-2].titled)
            frame.heads_aside = not is_entry

    def script(self, text: str) -> None:
        """Take the date that a small script inside an entry writes: document.write("2026-06-02")."""
        if "document.write" in text and len(text) < _LONGEST_WRITER:
            pieces = (read_text(piece) for piece in _QUOTED.findall(text))
            printed = next((piece for piece in pieces if piece is not None and piece.year), None)
            if printed is not None:
                self._take(printed, self._frames[-1])

    def _take(self, printed: Printed, frame: Frame) -> None:
        printed = under_year(printed, frame)
        if self._before.is_half_of(printed):
            self.scan.tokens[-1] = printed
            return
        self.scan.tokens.append(printed)
        frame.dates += 1

    def _join_pieces(self, frame: Frame, parent: Frame) -> None:
        """Take the date that the texts of a closed element give together, none of them being one."""
        pieces = frame.pieces
        if frame.dates or frame.links or not pieces:
            return
        is_short = 1 < len(pieces) <= _MOST_PIECES and sum(map(len, pieces)) < _LONGEST_DATE
        printed = read_pieces(pieces) if is_short else None
        if printed is not None:
            self._take(printed, frame)
            del self.scan.texts[frame.texts :]
        elif len(parent.pieces) <= _MOST_PIECES:
            parent.pieces.extend(pieces[: _MOST_PIECES + 1])

    def close(self, element: etree._Element) -> None:
        frame = self._frames.pop()
        parent = self._frames[-1]
        if len(self.scan.tokens) == frame.start:
            note_heads(self._frames, frame, self.scan.texts[frame.texts : frame.texts + _MOST_TEXTS])
            hand_on(frame, parent)
        if frame.anchor is not None and frame.anchor is not parent.anchor:
            self._close_link(frame, frame.anchor)
        self._join_pieces(frame, parent)
        if "rowspan" in element.attrib:
            note_span(self._frames, frame, element.attrib["rowspan"], self.scan.tokens)
        self._rows.settle(frame, self._frames)
        if len(self._rows.open_items) > frame.open_items:
            self._before.end_entry()
        end = len(self.scan.tokens)
        if end > frame.start and len(self.scan.boxes) < _MOST_BOXES:
            box = Box(frame.order, parent.order, frame.start, end, frame.texts, len(self.scan.texts))
            self.scan.boxes[frame.order] = box
        parent.words += frame.words
        if frame.heads_aside and frame.words <= 1 and frame.tag not in _ENTRIES:
            parent.heads_aside = True
        if frame.is_block and parent.anchor is not None:
            parent.anchor.blocks.append(("", parent.titled))
        self.text(element.tail)

    def _close_link(self, frame: Frame, anchor: Anchor) -> None:
        """Note of a link that it has a date or says what others say too; forget one that only shares or prints."""
        self._before.end_link()
        text, anchor.has_date = anchor.shown.strip(), frame.dates > 0
        anchor.is_repeated = text in self._repeated
        if is_tool(text) and self.scan.tokens[-1] is anchor and not self._leads_row(anchor):
            self.scan.tokens.pop()
            frame.links -= 1

    def _leads_row(self, anchor: Anchor) -> bool:
        """Whether an article's link comes first in its row: what is offered to do with an article stands behind it."""
        row = next((frame for frame in reversed(self._frames[-_ROW_LEVELS:]) if frame.tag in _LED_ROWS), None)
        if row is None or row.texts < len(self.scan.texts) or not is_article(anchor.url):
            return False
        before = self.scan.tokens[row.start : row.start + _MOST_DATES]
        return before[-1] is anchor and not any(isinstance(token, Anchor) for token in before[:-1])


def _is_beside_title(text: str, frame: Frame, anchor: Anchor) -> bool:
    """Whether the text of an element in a link is none of its title: NEW, 报名截止：2026-07-01, 有效."""
    if frame.is_before_title or elements.is_mark(text, marked=frame.is_mark) or is_end(text):
        return True
    return is_state(text) and frame.tag not in EMPHASIS and anchor.shown != ""


def scan(root: etree._Element, base: str) -> Scan:
    """Walk over the tree of `root`; `base` is the address that its links hang on."""
    walk = _Walk(root, base)
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if len(walk.scan.tokens) > _MOST_TOKENS:
            break
        if event == "comment":
            if skipped is None:
                walk.scan.comments.append(element.text or "")
                walk.text(element.tail)
        elif skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                walk.text(element.tail)
        elif event == "start" and element.tag in elements.SKIPPED:
            skipped = element
            if element.tag == "script":
                walk.script(element.text or "")
        elif event == "start":
            walk.open(element)
        else:
            walk.close(element)
    settle_rows(walk.scan)
    settle(walk.scan)
    return walk.scan

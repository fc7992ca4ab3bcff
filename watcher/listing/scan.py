"""One walk over a page that finds its links, its dates, and the elements that hold one with the other.

An *item* is the smallest element that holds a date and a link: `<li><a>…</a><span>date</span></li>`, a table row, or
the link itself where the date stands inside it. Items that hang on the same kind of branch are one list; `automatic`
chooses among them. Each element is looked at once and keeps only two counts, so hostile pages cost linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from watcher.listing.addresses import in_script, resolve
from watcher.listing.dates import Printed, Trust, is_half, read_end, read_pair, read_text

Key = tuple[int, str, str]
"""What kind of branch an element hangs on: its grandparent's path, its parent's tag, its own."""

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "select", "textarea", "svg", "head"})
_BLOCKS: Final = frozenset({"p", "div", "li", "ul", "dl", "dt", "dd", "td", "tr", "table", "section", "article"})
_ROWS: Final = frozenset({"li", "tr", "dl", "dt", "dd", "p", "a", "span", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|menu|foot|footer|header|head|friend|yqlj|crumbs?|breadcrumbs?|position|weizhi|aside|side"
    r"|sidebar|hot|recommend|related|tuijian|banner|topbar|toolbar)(?:$|[\s_\-0-9])",
    re.IGNORECASE,
)
_ASIDE_TAGS: Final = frozenset({"nav", "footer", "header", "aside"})
_HIDDEN: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_TITLED: Final = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti|name)", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"']\s{0,9}([0-9][^\"'<>]{4,30})[\"']")
_LONGEST_WRITER: Final = 600  # characters
_DIGITS: Final = re.compile(r"[0-9]+")
_MOST_LINKS_IN_UNDATED: Final = 12
_LEVELS: Final = 6
_MOST_TOKENS: Final = 20_000  # links and dates read of one page: ten times what the longest real lists hold


@dataclass(slots=True)
class Anchor:
    """A link as it stands in the page; `blocks` are its texts as (text, whether it is set as a title)."""

    url: str
    attribute: str
    blocks: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The text of the title: where a link wraps a whole card, its heading, else its first block."""
        titled = [text for text, is_title in self.blocks if is_title and text.strip()]
        blocks = titled or [text for text, _ in self.blocks if len(text.strip()) > 1]
        return blocks[0] if blocks else ""


Token = Anchor | Printed


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: what kind of branch, and in which very parent (by order in the page)."""

    key: Key
    parent: int


@dataclass(slots=True)
class Item:
    """The tokens from `start` to `end` that belong together; `places`: its element and those that hold nothing else."""

    start: int
    end: int
    places: list[Place]
    is_hidden: bool
    is_aside: bool
    texts: tuple[int, int]  # those of `Scan.texts` that stand in it


@dataclass(slots=True)
class Scan:
    """What a page holds. `undated` lists elements that hold links and no date, by the kind of their branch."""

    tokens: list[Token] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    undated: dict[Key, list[Item]] = field(default_factory=dict)
    skip: dict[int, int] = field(default_factory=dict)  # start of an item -> its end
    comments: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # outside links and dates: a table's cells

    def own_tokens(self, item: Item) -> Iterator[Token]:
        """The tokens of `item` that no item inside it has taken."""
        index = item.start
        while index < item.end:
            end = self.skip.get(index)
            if end is not None and end <= item.end and (index, end) != (item.start, item.end):
                index = end
                continue
            yield self.tokens[index]
            index += 1


@dataclass(slots=True)
class _Frame:
    """An open element."""

    tag: str
    order: int
    path: int  # number of its branch: tags, classes and ids from the root
    start: int  # tokens before it
    texts: int  # texts before it
    hidden: bool
    aside: bool
    links: int = 0  # not yet taken by an item
    dates: int = 0
    items: int = 0
    anchor: Anchor | None = None
    titled: bool = False
    is_block: bool = False  # inside a link: sets its text apart


class _Walk:
    def __init__(self, base: str) -> None:
        self.scan = Scan()
        self._base = base
        self._paths: dict[tuple[int, str, str], int] = {}
        self._frames = [_Frame("", 0, 0, 0, 0, hidden=False, aside=False)]
        self._order = 0
        self._before = ""  # the text before the current one: a label, or half of a date
        self._half_at = -1  # the number of tokens when `_before` was read

    def open(self, element: etree._Element) -> None:
        parent = self._frames[-1]
        tag = str(element.tag)
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        kind = (parent.path, tag, _DIGITS.sub("", names))
        self._order += 1
        frame = _Frame(
            tag,
            self._order,
            self._paths.setdefault(kind, len(self._paths) + 1),
            len(self.scan.tokens),
            len(self.scan.texts),
            hidden=parent.hidden
            or element.get("hidden") is not None
            or bool(_HIDDEN.search(element.get("style") or "")),
            aside=parent.aside or tag in _ASIDE_TAGS or bool(_ASIDE.search(names)),
            anchor=parent.anchor,
            titled=parent.titled or tag in _HEADINGS or bool(_TITLED.search(element.get("class") or "")),
        )
        self._frames.append(frame)
        if tag == "a":
            self._open_link(element, frame)
        elif frame.anchor is not None and (tag in _BLOCKS or tag in _HEADINGS or frame.titled != parent.titled):
            frame.is_block = True
            frame.anchor.blocks.append(("", frame.titled))
        self.text(element.text)

    def _open_link(self, element: etree._Element, frame: _Frame) -> None:
        href = element.get("href") or ""
        url = resolve(self._base, href)
        if url is None and (opens := in_script(f"{href} {element.get('onclick') or ''}")):
            url = resolve(self._base, opens)
        if url is None:
            return
        # A class like "title" on the link itself does not tell its blocks apart.
        frame.titled = False
        frame.anchor = Anchor(url, element.get("title") or "", [("", False)])
        self.scan.tokens.append(frame.anchor)
        frame.links += 1

    def text(self, raw: str | None) -> None:
        """Take a piece of text of the open element: part of a link's title, a date, or half of one."""
        frame = self._frames[-1]
        if not raw or raw.isspace() or frame.tag in _SKIPPED:
            return
        text = " ".join(raw[:1_000].split())
        printed = self._date(text, inside_link=frame.anchor is not None)
        if printed is not None:
            self._take(printed, frame)
        if frame.anchor is not None and (printed is None or printed.trust is Trust.MENTIONED):
            shown, titled = frame.anchor.blocks[-1]
            frame.anchor.blocks[-1] = (shown + raw[:1_000], titled or frame.titled)
        elif frame.anchor is None and printed is None:
            self.scan.texts.append(text)
        self._before, self._half_at = text, len(self.scan.tokens)

    def script(self, text: str) -> None:
        """Take the date that a small script inside an entry writes: document.write("2026-06-02")."""
        if "document.write" in text and len(text) < _LONGEST_WRITER:
            pieces = (read_text(piece) for piece in _QUOTED.findall(text))
            printed = next((piece for piece in pieces if piece is not None and piece.year), None)
            if printed is not None:
                self._take(printed, self._frames[-1])

    def _take(self, printed: Printed, frame: _Frame) -> None:
        last = self.scan.tokens[-1] if self.scan.tokens else None
        if self._half_at == len(self.scan.tokens) and isinstance(last, Printed) and last.year is None:
            # 06-02 over 2026: the half was taken for a date already.
            self.scan.tokens[-1] = printed
            return
        self.scan.tokens.append(printed)
        frame.dates += 1

    def _date(self, text: str, *, inside_link: bool) -> Printed | None:
        if self._half_at == len(self.scan.tokens) and is_half(text) and (pair := read_pair(self._before, text)):
            return pair
        printed = read_text(text, self._before)
        if inside_link and (printed is None or printed.trust is Trust.MENTIONED):
            return read_end(text)  # a title may name any day
        return printed

    def close(self, element: etree._Element) -> None:
        frame = self._frames.pop()
        parent = self._frames[-1]
        self._settle(frame, parent)
        if frame.is_block and parent.anchor is not None:
            parent.anchor.blocks.append(("", parent.titled))
        self.text(element.tail)

    def _settle(self, frame: _Frame, parent: _Frame) -> None:
        """Decide what a closed element is: an item, the shell of one, or nothing yet."""
        end = len(self.scan.tokens)
        above = self._frames[-2].path if len(self._frames) > 1 else 0
        place = Place((above, parent.tag, frame.tag), parent.order)
        parent.items += frame.items
        if frame.links and frame.dates:
            self.scan.items.append(self._item(frame, place))
            self.scan.skip[frame.start] = end
            parent.items += 1
            return
        # Rows and their like alternate in class; sections are told apart by it.
        shell = place if frame.tag in _ROWS else Place((above, parent.tag, str(frame.path)), parent.order)
        if frame.items == 1 and not frame.links and self._grow(self.scan.items[-1], frame, shell):
            return
        if 0 < frame.links <= _MOST_LINKS_IN_UNDATED and not frame.items:
            self.scan.undated.setdefault(place.key, []).append(self._item(frame, place))
        parent.links += frame.links
        parent.dates += frame.dates

    def _item(self, frame: _Frame, place: Place) -> Item:
        end, texts = len(self.scan.tokens), (frame.texts, len(self.scan.texts))
        return Item(frame.start, end, [place], frame.hidden, frame.aside, texts)

    def _grow(self, item: Item, frame: _Frame, place: Place) -> bool:
        """Let the only item of a closed element stand for the element too, with the dates around it."""
        if len(item.places) < _LEVELS:
            item.places.append(place)
        elif not frame.dates:
            return False
        if frame.tag in _ROWS or item.texts[0] == item.texts[1]:
            item.texts = (frame.texts, len(self.scan.texts))
        if frame.dates:
            self.scan.skip.pop(item.start)
            item.start, item.end = frame.start, len(self.scan.tokens)
            self.scan.skip[item.start] = item.end
        return True


def scan(root: etree._Element, base: str) -> Scan:
    """Walk over the tree of `root`; `base` is the address that its links hang on."""
    walk = _Walk(base)
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
        elif event == "start" and element.tag in _SKIPPED:
            skipped = element
            if element.tag == "script":
                walk.script(element.text or "")
        elif event == "start":
            walk.open(element)
        else:
            walk.close(element)
    return walk.scan

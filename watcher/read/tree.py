"""HTML text -> tree -> lines. One pass over the tree notes each line and, for each element, which lines are its own.

Inline elements join without a separator (a word processor puts every run of digits into a span of its own), block
elements break lines, a row of a data table is one line with cells parted by " | ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from watcher.errors import ReadError
from watcher.read.clean import CELL
from watcher.read.limits import check_lines, check_tags
from watcher.read.lines import Line

_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody "
    "tfoot thead tr ul ucapcontent ucaptitle"
)
_BLOCK = frozenset(_BLOCK_TAGS.split())
_UNSEEN_TAGS = (
    "script style template head noscript select button textarea iframe svg canvas object input audio video "
    "map noframes title rt rp"
)
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_CALLED_TITLE = 7
_HEADING = {f"h{level}": level for level in range(1, 7)}
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|tit|bt|biaoti|headline|subject|newstitle|arti[-_]?title|wz[-_]?bt|ucaptitle)s?(?:$"
    r"|[\s_\d-])|(?:title|headline|biaoti)$",
    re.IGNORECASE,
)
_HIDES = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|hide|d-none|sr-only|visually-hidden|am-hide\S*|layui-hide|print-only)(?:\s|$)", re.IGNORECASE
)
# Containers of the national CMS families (TRS, Hanweb, UCAP, NFC, gkmlpt, ivs, j-fontContent, EasySite, ccgp …).
_KNOWN = re.compile(
    r"(?:^|\s)(?:trs_editor|trs_ueditor|trs_editor_view|ucap-?content|zoom|zoomcon|ivs_content|j-fontcontent"
    r"|bt_content|article-content|con_con|info_cont|newscontent"
    r"|vf_detail_content|easysitetext|cmsarticlecontent|detailcontent|articlecontent|article_content|news_content"
    r"|pages_content|main-txt|xxgk_content|content_body_box"
    r"|neiright_jpz_gk_cp|message-box|text_content|artcontent|czfxcontent|mainbody|art_con|arti_content"
    r"|wp_articlecontent|zw_content)(?:\s|$)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"</(?:html|body)\s{0,20}>", re.IGNORECASE)
# A source line broken between two Chinese characters is no blank.
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
_ROW_MAX = 2_000  # characters of a data table's row; a longer one is layout


@dataclass(slots=True)
class Block:
    """An element that could hold the article: its lines are `lines[start:end]`."""

    start: int
    end: int
    known: bool
    tag: str


@dataclass(slots=True)
class Flat:
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def parse(html: str) -> etree._Element:
    """Return the tree of a page or a fragment.

    Raises:
        ReadError: `too_large`, `too_deep` for more than 2048 open elements, `empty` where nothing is left.
    """
    check_tags(html)
    # What stands behind an early </html> would become a second root.
    html = _ENDS.sub("", html)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as exc:
        raise ReadError("empty", "the page holds no elements") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(
            "too_deep", "the page's elements are nested more than 2048 deep", hint="this is no page for readers"
        )
    if root is None:
        raise ReadError("empty", "the page holds no elements")
    return root


def flatten(root: etree._Element) -> Flat:
    """Return the lines of the tree and its blocks, inner ones before the outer; scripts and the head leave the tree."""
    return _Flattener().run(root)


class _Flattener:
    """The state of the one walk: open elements, the line being gathered."""

    def __init__(self) -> None:
        self.flat = Flat()
        self.pieces: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.link_chars = 0
        self.href: str | None = None
        self.href_from = 0
        self.levels: list[int] = []
        self.hidden = 0
        self.rows = 0  # open data tables: inside, blocks do not break lines
        self.cells = 0  # of the row being read
        self.preformatted = 0

    def run(self, root: etree._Element) -> Flat:
        opened: list[tuple[bool, bool, Block | None]] = []  # (hides, is title, block) of each open element
        # Removed beforehand: skipping them on the walk (`skip_subtree`) loses the siblings behind them in lxml 6.1.
        etree.strip_elements(root, *_UNSEEN, with_tail=False)
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                opened.append(self._open(element, element.tag))
                if element.text:
                    self._add(element.text)
            else:
                self._close(element.tag, opened.pop())
                if element.tail:
                    self._add(element.tail)
        self._break()
        return self.flat

    def _open(self, element: etree._Element, tag: str) -> tuple[bool, bool, Block | None]:
        attributes = element.attrib
        known = titled = hides = False
        if attributes:
            known, titled, hides = _told_by(attributes.get("class", ""), attributes.get("id", ""))
            hides = hides or "hidden" in attributes or _hides(attributes.get("style"))
        block = None
        if tag == "br":
            self._break_inside(broken=True)
        elif tag in {"td", "th"}:
            block = self._open_cell()
        elif tag in _BLOCK or known:
            block = self._open_block(element, tag)
        level = _HEADING.get(tag) or (_CALLED_TITLE if titled else 0)
        if hides:
            self._break()
            self.hidden += 1
        if level:
            self.levels.append(level)
        if tag == "a":
            self._open_link(element)
        elif tag == "pre":
            self.preformatted += 1
        if block is not None:
            block.known = known
        return hides, bool(level), block

    def _open_block(self, element: etree._Element, tag: str) -> Block | None:
        if tag == "table" and _is_data_table(element):
            self._break()
            self.rows += 1
        if self.rows and tag not in {"tr", "table"}:
            self._break_inside()
            return None
        self._break()
        self.cells = 0
        return Block(len(self.flat.lines), 0, False, tag)

    def _open_cell(self) -> Block | None:
        if self.rows:
            if self.cells:
                self.pieces.append(CELL)
            self.cells += 1
            return None
        self._break()
        return Block(len(self.flat.lines), 0, False, "td")

    def _close(self, tag: str, opened: tuple[bool, bool, Block | None]) -> None:
        hides, is_title, block = opened
        if tag == "a":
            self._close_link()
        elif tag == "pre":
            self.preformatted -= 1
        if block is not None or hides:
            self._break()
        elif tag in _BLOCK:
            self._break_inside()
        if block is not None:
            block.end = len(self.flat.lines)
            if block.end > block.start:
                self.flat.blocks.append(block)
        if hides:
            self.hidden -= 1
        if is_title:
            self.levels.pop()
        if tag == "table" and self.rows and block is not None:
            self.rows -= 1

    def _open_link(self, element: etree._Element) -> None:
        self.href, self.href_from = element.get("href"), len(self.pieces)
        name = element.get("title") or element.get("download")
        if self.href is not None and name and not element.text:
            self.links.append((self.href, name))

    def _close_link(self) -> None:
        if self.href is None:
            return
        words = "".join(self.pieces[self.href_from :])
        self.links.append((self.href, words))
        self.link_chars += len(words.strip())
        self.href = None

    def _add(self, text: str) -> None:
        if self.preformatted and "\n" in text:
            *whole, text = text.split("\n")
            for part in whole:
                self.pieces.append(part)
                self._break()
        self.pieces.append(text)

    def _break_inside(self, *, broken: bool = False) -> None:
        """A break within a cell is a blank: the row stays one line."""
        if not self.rows:
            self._break(broken=broken)
        elif self.pieces and self.pieces[-1] not in {CELL, " "}:
            self.pieces.append(" ")

    def _break(self, *, broken: bool = False) -> None:
        if not self.pieces and not self.links:
            return
        if self.href is not None:  # a link over several lines belongs to each
            self.links.append((self.href, "".join(self.pieces[self.href_from :])))
            self.link_chars += sum(map(len, self.pieces[self.href_from :]))
            self.href_from = 0
        text = "".join(self.pieces).strip()
        if "\n" in text:
            text = _WRAPPED.sub("", text)
        text = " ".join(text.split())
        if text.strip(" |") or self.links:
            level = self.levels[-1] if self.levels else 0
            line = Line(text, tuple(self.links), min(self.link_chars, len(text)), level, self.hidden > 0, broken)
            self.flat.lines.append(line)
            check_lines(len(self.flat.lines))
        self.pieces, self.links, self.link_chars = [], [], 0


def is_known_body(element: etree._Element) -> bool:
    """Whether class or id name a container in which systems put the article."""
    return _told_by(element.get("class") or "", element.get("id") or "")[0]


@lru_cache(maxsize=4096)  # a page uses few classes, and a site's pages the same ones
def _told_by(classes: str, identity: str) -> tuple[bool, bool, bool]:
    """Whether class and id name a known container, a title, something hidden."""
    names = f"{classes} {identity}"
    return (
        _KNOWN.search(names) is not None,
        _TITLE_CLASS.search(names) is not None,
        _HIDDEN_CLASS.search(names) is not None,
    )


def _hides(style: str | None) -> bool:
    return style is not None and _HIDES.search(style.lower()) is not None


def _is_data_table(table: etree._Element) -> bool:
    """Whether a table holds data and not the page's layout: no table inside, rows of short cells, two columns or
    more."""
    if table.find(".//table") is not None:
        return False
    columns = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        columns = max(columns, len(cells))
        if len(cells) > 1 and sum(len(text) for text in row.itertext()) > _ROW_MAX:
            return False
    return columns >= 2

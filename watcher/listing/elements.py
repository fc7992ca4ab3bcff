"""What an element tells before it is read: by its tag, its class and id, its style and its siblings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import Final

from lxml import etree

Attributes = Mapping[str, str]

SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "select", "textarea", "svg", "head"})
BLOCKS: Final = frozenset({"p", "div", "li", "ul", "dl", "dt", "dd", "td", "tr", "table", "section", "article"})
ROWS: Final = frozenset({"li", "tr", "dl", "dt", "dd", "p", "a", "span", "h1", "h2", "h3", "h4", "h5", "h6"})
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_ASIDE_TAGS: Final = frozenset({"nav", "footer", "header", "aside"})
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|menu|foot|footer|header|head|friend|yqlj|crumbs?|breadcrumbs?|position|weizhi|aside|side"
    r"|sidebar|hot|rank|recommend|related|tuijian|paihang|topbar|toolbar)(?:$|[\s_\-0-9])",
    re.IGNORECASE,
)
_IN_TURN: Final = re.compile(r"(?:^|[\s_-])(?:banner|carousel|swiper)(?:$|[\s_\-0-9])", re.IGNORECASE)
# The heading of a column of a page that lists what stands elsewhere too.
_ASIDE_HEADING: Final = re.compile(
    r"(?:[一-龥]{0,4}(?:热点|热门|热文|热搜|点击|阅读)(?:新闻|文章|信息|专题|排行榜?|推荐|关注)?|(?:图片|视频)(?:新闻|报道)?|[一-龥]{0,4}(?:推荐|排行榜?)"
    r"|相关(?:链接|阅读|新闻|文章|信息|文件|推荐)|(?:友情|常用|快速)链接)[:：]?"
)
_HIDDEN: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_HIDDEN_NAMES: Final = frozenset({"hide", "hidden", "none", "dn", "undis", "d-none", "display-none", "layui-hide"})
_TITLED: Final = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti|name)", re.IGNORECASE)
_MARKED: Final = re.compile(r"(?:^|[\s_-])(?:new|hot|top|zd|zhiding|tag|flag|label|badge|mark|ico|icon)", re.IGNORECASE)
_MARK_TAGS: Final = frozenset({"sup", "sub", "label", "font"})
_MARK: Final = re.compile(r"[\[【(（]?(?:置顶|new|hot|top)[\]】)）]?!?", re.IGNORECASE)
_MARK_IN_MARKED: Final = re.compile(r"[\[【(（]?(?:置?顶|最?新|热|荐|推荐|精|图文?|视频)[\]】)）]?")

_DIGITS: Final = re.compile(r"[0-9]+")
# What tells apart the rows of one list, or the tabs of one make, as they stand at the moment.
_STATES: Final = frozenset({"odd", "even", "first", "last", "hover", "open", "in", "fade"})
_CHOSEN: Final = frozenset({"on", "active", "cur", "current", "selected", "show", "now"})
_CHOSEN_PANES: Final = etree.XPath(
    "//*[self::div or self::ul or self::ol or self::table or self::section or self::dl][@class][{}][.//a]".format(
        " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in sorted(_CHOSEN))
    )
)
_MOST_PANES: Final = 200
_MOST_IN_PANE: Final = 500  # elements looked at to see whether a pane holds a list
_ENOUGH: Final = 3  # addresses that make a list
_MOST_LINKS: Final = 20_000
_MOST_TEXTS: Final = 4  # of a link that is a button
_LONGEST_BUTTON: Final = 8  # characters


class Aside(IntEnum):
    """Whether an element stands beside what its page is about, as far as names and headings tell.

    IN_TURN is what shows one picture after the other: that says how something is shown, not of which column it is.
    """

    NO = 0
    IN_TURN = 1
    YES = 2  # navigation or a side column


@dataclass(frozen=True, slots=True)
class Look:
    """What tag, class and id of an element say."""

    kind: str  # tag and names without numbers and passing states: what the rows of one list have in common
    family: str  # tag and first class: what lists have in common that stand side by side
    aside: Aside
    is_hidden: bool
    is_titled: bool  # its text is set as a title
    is_mark: bool  # set as a mark beside a title is, so that 新 in it is none of its words


def look(tag: str, class_: str, id_: str) -> Look:
    classes, names = _words(class_), f"{class_} {id_}"
    return Look(
        kind=" ".join((tag, *classes, *_words(id_))),
        family=f"{tag} {classes[0]}" if classes else tag,
        aside=_aside(tag, names),
        is_hidden=not _HIDDEN_NAMES.isdisjoint(class_.split()),
        is_titled=tag in HEADINGS or _TITLED.search(class_) is not None,
        is_mark=tag in _MARK_TAGS or _MARKED.search(class_) is not None,
    )


def _aside(tag: str, names: str) -> Aside:
    if tag in _ASIDE_TAGS or _ASIDE.search(names):
        return Aside.YES
    return Aside.IN_TURN if _IN_TURN.search(names) else Aside.NO


def _words(names: str) -> list[str]:
    return [word for word in _DIGITS.sub("", names).split() if word not in _STATES and word not in _CHOSEN]


def repeated(root: etree._Element) -> frozenset[str]:
    """The texts that several links to different addresses share: where to click, rather than what it leads to."""
    addresses: dict[str, set[str]] = {}
    for link in islice(root.iter("a"), _MOST_LINKS):
        text = "".join(islice(link.itertext(), _MOST_TEXTS)).strip()
        if 0 < len(text) <= _LONGEST_BUTTON:
            addresses.setdefault(text, set()).add(link.get("href", ""))
    return frozenset(text for text, hrefs in addresses.items() if len(hrefs) >= _ENOUGH)


def is_hidden(attributes: Attributes) -> bool:
    """Whether it is hidden by its own style, as far as that stands in the page."""
    return "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"]) is not None)


def is_aside_heading(text: str) -> bool:
    """Whether `text` is the heading of what stands elsewhere too: hot news, related links."""
    return len(text) <= 12 and _ASIDE_HEADING.fullmatch(text) is not None


def is_mark(text: str, *, marked: bool) -> bool:
    """Whether the text of an element beside a title is a mark such as NEW or 置顶, and no word of the title."""
    if len(text) > 6:
        return False
    return _MARK.fullmatch(text) is not None or (marked and _MARK_IN_MARKED.fullmatch(text) is not None)


def closed_tabs(root: etree._Element) -> frozenset[etree._Element]:
    """The lists that stand beside one of their make which is marked as the open one: tabs of other columns."""
    chosen = list(islice(_CHOSEN_PANES(root), _MOST_PANES))
    open_ones = Counter(pane.getparent() for pane in chosen)
    return frozenset(
        sibling
        for pane in chosen
        if open_ones[pane.getparent()] == 1
        for sibling in (*pane.itersiblings(), *pane.itersiblings(preceding=True))
        if sibling.tag == pane.tag and _kind_of(sibling) == _kind_of(pane) and _holds_list(sibling)
    )


def _kind_of(element: etree._Element) -> str:
    return look(str(element.tag), element.get("class", ""), element.get("id", "")).kind


def _holds_list(pane: etree._Element) -> bool:
    addresses = {element.get("href") for element in islice(pane.iter(), _MOST_IN_PANE) if element.tag == "a"}
    return len(addresses - {None, "#", "javascript:;"}) >= _ENOUGH

"""What a document is called: its headline as a reader would quote it, the measures document meant, its 文号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watcher.extract.announced import announced_title
from watcher.extract.clauses import is_numbered
from watcher.extract.lines import ENDS_IN_KIND, Line, squash
from watcher.model import Document
from watcher.read.document_numbers import DOCUMENT_NUMBER
from watcher.read.lines import is_row


@dataclass(frozen=True, slots=True)
class Headline:
    """`lays_down`: the page is the measures document itself; `body` are the lines below the title of the measures."""

    title: str | None
    document_title: str | None
    document_number: str | None
    lays_down: bool
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """The title as an official document sets it: the issuing bodies, then 关于… over one or more lines."""

    title: str
    end: int  # number of lines up to its last one


_BODY_NAME: Final = re.compile(
    r"[\u4e00-\u9fff（）()\s]{2,100}(?:政府|厅|室|委员会|局|部|委|院|署|会|中心|银行|分行|集团|支队|领导小组|指挥部)"
)
_COLUMN: Final = re.compile(r"(?:\s*(?:【[^【】]{1,40}】|\[[^\[\]]{1,40}\]))+\s*[:：]?\s*")
# 一图读懂 | says what the page is, and stays.
_RUBRIC: Final = re.compile(r"(?!\S{0,4}(?:图|解读|问答|看懂|读懂))[^\s丨｜|，,。：:]{2,8}\s?[丨｜|]\s?(?=.{6})")
_SERIES: Final = re.compile(
    r".{0,80}系列(?:报道|新闻发布会|发布会|活动|解读|访谈)?\s?"
    r"(?:之[一二三四五六七八九十\d]{1,3}|[(（][^()（）]{1,12}[)）])[\s:：—-]*"
)
_EPISODE: Final = re.compile(
    r"\s?[(（](?:第?[\d一二三四五六七八九十]{1,4}[场期讲篇辑]|[上中下]|附?全文|[组多]?图)[)）]$"
)
_SITE_PART: Final = re.compile(r"\s?[_|｜]+\s?|\s[-–—]\s|-")
_SITE_NAME: Final = re.compile(
    r"(?:网|网站|门户|频道|客户端|公众号|平台|政府|政务公开|[厅局委]|新闻中心|在线|日报|要闻|动态|通知公告|政策文件)$"
)
# Words of a report's headline, also where it ends like a document's: 服务企业有实招, 助企纾困新举措.
_REPORTING: Final = re.compile(
    r"成效|综述|纪实|情况|出台|推出|召开|亮出|打出|公布|发布(?![《〈关])"
    r"|[有新好硬实妙](?:措施|举措|办法|政策|意见)$|(?<!若干)(?<!政策)(?<!条)(?<!项)举措$"
)
_ABOUT_A_DOCUMENT: Final = re.compile(r"解读|答记者|问答|一图|图解|征求")
_PASSED_ON: Final = re.compile(
    r"(?:印发|转发|发布|公布|下发|实施)[^《〈<]{0,40}[《〈<](?P<inner>[^《》〈〉<>]{3,120})[》〉>]"
    r"|关于(?:印发|转发|发布|公布)(?P<bare>[^《》〈〉<>]{4,120})的(?:通知|公告|通告|函)$"
)
_NO_TITLE: Final = re.compile(rf"[◆●■]|本[报网]|.{{0,8}}(?:记者|通讯员|来源|发布时间|索引号)|{DOCUMENT_NUMBER.pattern}")
_TITLE_LINES: Final = 15
_TITLE_CHARS: Final = 90


def read_headline(document: Document, lines: Sequence[Line]) -> Headline:
    """Read the names of `document`, whose text has these `lines`."""
    block = _block(lines)
    title = _page_title(document, lines)
    if block and (title is None or squash(title) in squash(block.title)):
        title = block.title
    lays_down = title is not None and _is_document(title, lines)
    if title and lays_down:
        title = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", title)
    announced = own_title(title) if title and lays_down else announced_title(title, lines)
    if announced is None and block:
        announced = own_title(block.title)
    return Headline(
        title=title,
        document_title=announced,
        document_number=_document_number(document, title, lines, announced),
        lays_down=lays_down or block is not None,
        body=_body(lines, block, title, announced if lays_down else None),
    )


def _is_document(title: str, lines: Sequence[Line]) -> bool:
    """Whether a title is an official document's: 关于…的通知, or another that stands over numbered clauses."""
    if not ENDS_IN_KIND.search(title) or _ABOUT_A_DOCUMENT.search(title):
        return False
    body, about, _ = _PASSED_ON.sub("", title).partition("关于")
    return not _REPORTING.search(body) and (bool(about) or is_numbered(lines))


# --- the headline ---


def _page_title(document: Document, lines: Sequence[Line]) -> str | None:
    title = _clean(document.title or "", document)
    if title:
        return title
    heads = (_clean(line.content, document) for line in lines[:3] if _may_head(line.content))
    return next((head for head in heads if head), None)


def _may_head(content: str) -> bool:
    ends_open = content[-1] not in "。；：:;，,"
    words = re.search(r"[\u4e00-\u9fff]{2}", content) is not None and not is_row(content)
    return 4 <= len(content) <= _TITLE_CHARS and ends_open and words and not _NO_TITLE.match(content)


def _clean(title: str, document: Document) -> str:
    """Without the site's name, column and series labels; empty where nothing else is left."""
    title = " ".join(title.split())[:400]
    title = _without_site(title, document)
    for label in (_COLUMN, _RUBRIC, _SERIES):
        if match := label.match(title):
            title = title[match.end() :]
    return _balanced(_EPISODE.sub("", title).strip(" _|-"))


def _balanced(title: str) -> str:
    """Without a bracket at either end that lost its other half."""
    for opening, closing in ("《》", "“”", "【】"):
        if title.endswith(closing) and title.count(closing) > title.count(opening):
            title = title[:-1]
        if title.startswith(opening) and title.count(opening) > title.count(closing):
            title = title[1:]
    return title


def _without_site(title: str, document: Document) -> str:
    """Drop parts behind the headline that name the site, the publisher or a column: 标题_新闻_某某网."""
    known = {name for name in (document.site, document.publisher) if name}
    while parts := list(_SITE_PART.finditer(title)):
        last = title[parts[-1].end() :].strip()
        named = last in known or _SITE_NAME.search(last) if parts[-1].start() > 3 else None
        if not named:
            break
        title = title[: parts[-1].start()]
    return title


def _block(lines: Sequence[Line]) -> _Block | None:
    """The title block among the first lines: a line 关于… up to the kind of document, and the bodies right above it."""
    for index, line in enumerate(lines[:_TITLE_LINES]):
        if not line.content.startswith("关于") or len(line.content) > _TITLE_CHARS:
            continue
        title = line.content
        for end in range(index + 1, index + 5):
            if ENDS_IN_KIND.search(title):
                return _Block(" ".join([*_bodies(lines[:index]), title]), end)
            if end >= len(lines) or not _continues(lines[end]):
                break
            title += lines[end].content
    return None


def _continues(line: Line) -> bool:
    return len(line.content) <= 60 and line.content[-1] not in "。：:；;" and "。" not in line.content


def _bodies(above: Sequence[Line]) -> list[str]:
    """The issuing bodies, each on a line of its own, nearest to the title last."""
    names: list[str] = []
    for line in reversed(above[-6:]):
        if len(line.content) > _TITLE_CHARS or not _BODY_NAME.fullmatch(line.content):
            break
        names.insert(0, line.content)
    return names


# --- the measures document ---


def own_title(title: str) -> str:
    """The title of the document that a 通知 passes on (关于印发《…》的通知), else its own."""
    match = _PASSED_ON.search(title)
    if match is None:
        return title
    return match["inner"] or (match["bare"] if ENDS_IN_KIND.search(match["bare"]) else title)


def _document_number(document: Document, title: str | None, lines: Sequence[Line], announced: str | None) -> str | None:
    """The page's own 文号: of its metadata, in the title, on a line at the top, or behind the announced title."""
    places = [document.document_number or "", title or ""]
    heads = [line.content for line in lines[:_TITLE_LINES] if len(line.content) <= 45 and "《" not in line.content]
    places += filter(_leads, heads)
    if announced:
        behind = (line.content.partition(f"《{announced}》")[2][:40].lstrip("(（ ") for line in lines[:_TITLE_LINES])
        places += filter(DOCUMENT_NUMBER.match, behind)
    for place in places:
        if match := DOCUMENT_NUMBER.search(place):
            return f"{match[1]}〔{match[2]}〕{match[3]}号"
    return document.document_number


def _leads(place: str) -> bool:
    """Whether a line begins with its 文号 and then breaks off; one that a sentence goes on about is cited."""
    match = DOCUMENT_NUMBER.match(place.lstrip("(（ "))
    return match is not None and not place.lstrip("(（ ")[match.end() : match.end() + 1].strip(" 　)）")


def _body(lines: Sequence[Line], block: _Block | None, title: str | None, own: str | None) -> tuple[Line, ...]:
    begin = block.end if block else 0
    below = own and own != title and _line_of(own, lines, begin)
    begin = below or begin
    heads = {squash(name) for name in (title, own) if name}
    rest = lines[begin:]
    return tuple(line for line in rest if len(line.content) > _TITLE_CHARS or squash(line.content) not in heads)


def _line_of(title: str, lines: Sequence[Line], begin: int) -> int | None:
    """Behind which line the passed-on document starts: its title stands on up to three lines."""
    wanted = squash(title)
    for index in range(begin, len(lines)):
        if not wanted.startswith(squash(lines[index].content[:_TITLE_CHARS])):
            continue
        for end in range(index + 1, min(index + 4, len(lines) + 1)):
            if squash("".join(line.content[:_TITLE_CHARS] for line in lines[index:end])) == wanted:
                return end
    return None

"""The page's own headline among what could be one: meta tag, heading elements, <title>, the first lines of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from watcher.read import byline, chrome, labels, metatags
from watcher.read.clean import CELL
from watcher.read.lines import Line, is_row
from watcher.read.stamps import is_stamp

_LONGEST = 150
_SHORTEST = 5
_LONGEST_SITE_NAME = 24
_NOT_A_TITLE = re.compile(
    r"[。；]|^\s?(?:[一二三四五六七八九十]、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+条)"
    r"|^https?:|[:：]$"
)
_TAIL = re.compile(
    r"\s?(?:[_|｜]|-{1,2}(?=[^0-9])|——?(?=[\u4e00-\u9fff]{2,20}(?:网|网站|门户|政府|局|厅|委)\b)|\s[-–—]\s)\s?"
)
_SITE_NAME = re.compile(
    r"(?:网|网站|网站群|门户|门户网站|人民政府|政府|[局厅委办]|委员会|欢迎您[!！]?|首页|客户端|频道|网欢迎您[!！]?)$"
)
_KIND = (
    "通知|通报|通告|公告|公示|意见|措施|举措|办法|方案|规定|决定|细则|条例|规划|计划|报告|纲要|复函|函|批复"
    "|决议|指引|指南|清单|请示|命令|令|要点|规则|准则|标准|政策|条款|条"
)
_SELF_STANDING = "措施|办法|方案|规定|细则|条例|规划|纲要|决定|意见|指引|指南|公告|通告|规则"
_VERSION = r"(?:[（(][^（）()]{1,20}[）)])?$"
_OFFICIAL = re.compile(rf"关于.{{2,120}}(?:{_KIND}){_VERSION}|(?:{_SELF_STANDING}){_VERSION}")
_NEWS_VERB = re.compile("出台|推出|发布|公布|解读|召开|部署|推动|助力|实施|亮出|打出|推行|制定(?!的)")
_ISSUER = re.compile(
    r"[\u4e00-\u9fff、 ]{4,60}(?:政府|办公厅|办公室|[局厅委院部署会]|委员会|领导小组|指挥部|管委会|总局|法院"
    r"|检察院|银行|总队|支队|中心)$"
)
_HALF_LONGEST = 40  # characters of a headline's first line that ends in a colon
_ISSUER_WITHIN = 6  # lines above 关于… in which the issuing bodies stand, one a line


def squash(text: str) -> str:
    """`text` without blanks and punctuation, to compare headlines."""
    return re.sub(r"[\W_]+", "", text)


def is_official(title: str) -> bool:
    """Whether `title` is that of an official document (…关于…的通知), which stands in the document itself, too."""
    title = title.strip()
    if (
        "关于" not in title
        and _NEWS_VERB.search(title)
        and not title.endswith(("实施意见", "实施方案", "实施细则", "实施办法"))
    ):
        return False
    return _OFFICIAL.search(title) is not None


# Names of columns and parts that stand above a headline, and the particulars of an event that stand below it.
_COLUMN = re.compile(
    r"(?:政府|政务)?信息公开(?:目录|专栏|平台|指南)?|(?:政务|部门|工作|区县|地方|基层|媒体|时政|今日|本市|全省"
    r"|市州|通知)?(?:要闻|动态|新闻|信息|资讯|公告|公示|聚焦|报道|公开|快讯|速递)"
    r"|政策(?:文件|解读|法规|发布)|新闻发布会?|文字实录|图文直播|环境要闻|媒体关注|正文|您现在的位置"
)
_PARTICULARS = re.compile(
    r"(?:时\s?间|地\s?点|发布人|主持人?|嘉\s?宾|出席(?:人员)?|参会|记者|主题|发言人|联系人|电话|附件|编者按)\s?[:：]"
)


def could_be_title(line: Line) -> bool:
    text = line.text
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and re.search(r"[\u4e00-\u9fff]{2}", text) is not None
        and not _NOT_A_TITLE.search(text)
        and not _COLUMN.fullmatch(text)
        and not _PARTICULARS.match(text)
        and not is_stamp(text)
        and not is_row(text)
        and not chrome.is_chrome(text)
        and not chrome.is_menu(text)
        and not labels.is_table_line(text)
        and not byline.is_byline(text)
    )


def of_page(meta: Mapping[str, str], before: list[Line], body: list[Line]) -> str | None:
    """Return the title of an HTML page.

    Args:
        before: the visible lines before the body, in order.
        body: the body's lines, looked at only where nothing before them is a headline.
    """
    visible = _visible(meta, before)
    stated = metatags.title(meta)
    if stated and len(stated) >= _SHORTEST:
        whole = visible is not None and squash(stated.rstrip(". …")) in squash(visible)
        cut_short = stated.endswith(("...", "…"))
        return visible if whole and (cut_short or squash(visible or "") == squash(stated)) else stated
    if visible:
        return visible
    return _of_title_tag(meta) or of_text(body)


def _visible(meta: Mapping[str, str], before: list[Line]) -> str | None:
    """The headline a reader sees: a line that <title> repeats, else the last heading before the body."""
    page = squash(meta.get("<title>", ""))
    column = {squash(meta.get("columnname", "")), squash(meta.get("sitename", ""))}
    lines = [
        line
        for line in before
        if could_be_title(line) and squash(line.text) not in column and not (line.linked and line.level in {0, 7})
    ]
    repeated = [line for line in lines if len(squash(line.text)) >= 8 and squash(line.text) in page]
    if repeated:
        return max(repeated, key=lambda line: len(line.text)).text
    for levels in ({1}, {2}, {7}, {3, 4}):
        marked = [line for line in lines if line.level in levels]
        if marked:
            return marked[-1].text
    return None


def parts_of(title: str) -> list[str]:
    """What a <title> names one after the other: the page, its columns, the site."""
    return [part.strip() for part in _TAIL.split(title)]


def names_site(part: str) -> bool:
    """Whether a part of a <title> names a site or the body that it is of: 某市生态环境局, 某县人民政府门户网站."""
    return len(part) <= _LONGEST_SITE_NAME and _SITE_NAME.search(part) is not None


def _of_title_tag(meta: Mapping[str, str]) -> str | None:
    whole = meta.get("<title>", "")
    known = {squash(meta.get("sitename", "")), squash(meta.get("columnname", "")), ""}
    parts = [part for part in parts_of(whole) if squash(part) not in known]
    parts = [part for part in parts if not (names_site(part) and not is_official(part))] or parts
    best = max(parts, key=len, default="")
    return best if len(best) >= _SHORTEST and best not in known else None


def of_text(lines: list[Line]) -> str | None:
    """Return the headline of a text dump: see `place_in_text`."""
    place = place_in_text(lines)
    if place is None:
        return None
    return "".join(line.text for line in lines[place[0] : place[1]])


def place_in_text(lines: list[Line]) -> tuple[int, int] | None:
    """Return which lines are a text's headline: the one that stands closest above its date line or its first paragraph.

    A title broken over lines and the bodies that stand on the lines above 关于… are taken together; a second line that
    only carries a subtitle (——…) is left out.
    """
    head = _head_length(lines)
    marked = [place for place in range(head) if 1 <= lines[place].level <= 2 and could_be_title(lines[place])]
    candidates = marked or [place for place in range(head) if could_be_title(lines[place]) and not lines[place].linked]
    candidates = [place for place in candidates if not lines[place].text.startswith(("——", "--", "—"))] or candidates
    if not candidates:
        return None
    place = _preferred(lines, candidates)
    return _with_broken_lines(lines, place, head)


def place_in_file(lines: list[Line]) -> tuple[int, int] | None:
    """Return which lines are the headline of a file: the first that can be one, an official title before others.

    A page has its site above the headline, a file has nothing but who issues it: what stands lower is its text, be it
    as short as a name in a list. Nothing below a row of a table is a headline.
    """
    head = _head_length(lines)
    head = next((place for place in range(head) if _has_cells(lines[place])), head)
    candidates = [place for place in range(head) if could_be_title(lines[place])]
    marked = [place for place in candidates if 1 <= lines[place].level <= 2]
    bodies = [place for place in candidates if not _ISSUER.fullmatch(lines[place].text)]
    official = [place for place in candidates if is_official(lines[place].text)]
    chosen = next(filter(None, (_dated(lines, candidates), marked, official, bodies, candidates)), None)
    return _with_broken_lines(lines, chosen[0], head) if chosen else None


def _has_cells(line: Line) -> bool:
    return is_row(line.text) or CELL.strip() in line.text.split()


def _dated(lines: list[Line], candidates: list[int]) -> list[int]:
    """The candidate just above a line of fields, as the head of a printed page has it; a day alone may as well be that
    of a signature."""
    fielded = (place for place in candidates if place + 1 < len(lines) and chrome.is_label_line(lines[place + 1].text))
    return [place for place in fielded if _dates_the_headline(lines, place + 1)][:1]


_HEAD_WITHIN = 30


def _head_length(lines: list[Line]) -> int:
    """How many lines stand before the first paragraph or the first line of a numbered text."""
    for place, line in enumerate(lines[:_HEAD_WITHIN]):
        text = line.text
        numbered = re.match(r"\s?(?:一、|第一条|第一章|1[.、])", text)
        salutation = re.search(r"[:：]$", text) and len(text) > 4 and not _opens_headline(lines, place)
        own = chrome.is_paragraph(text) and not chrome.is_chrome(text) and not labels.is_table_line(text)
        if own or numbered or salutation:
            return place
    return min(len(lines), _HEAD_WITHIN)


def _opens_headline(lines: list[Line], place: int) -> bool:
    """Whether a line that ends in a colon is the first half of a headline, told by the date or fields below the other.

    A salutation addresses all of a kind (各县区人民政府：) and has the text below it.
    """
    text = lines[place].text
    if len(text) > _HALF_LONGEST or not text.endswith((":", "：")) or text.startswith(("各", "尊敬", "同志")):
        return False
    if place + 2 >= len(lines) or lines[place].linked or chrome.is_chrome(text) or _PARTICULARS.match(text):
        return False
    return could_be_title(lines[place + 1]) and _dates_the_headline(lines, place + 2)


def _preferred(lines: list[Line], candidates: list[int]) -> int:
    """The candidate just above the line of fields (发布时间：…), else an official title, else the last of them."""
    for place in range(min(candidates[-1] + 6, len(lines))):
        above = [each for each in candidates if each < place]
        if above and _dates_the_headline(lines, place):
            official = [each for each in above if is_official(lines[each].text)]
            return (official or above)[-1]
    official = [place for place in candidates if is_official(lines[place].text)]
    if official:
        return official[0]
    bodies = [place for place in candidates if not _ISSUER.fullmatch(lines[place].text)]
    longest = max(len(lines[place].text) for place in bodies or candidates)
    # A kicker or a section heading beside the headline is shorter.
    return [place for place in bodies or candidates if len(lines[place].text) * 2 >= longest][-1]


def _dates_the_headline(lines: list[Line], place: int) -> bool:
    """Whether a line of fields belongs to the headline above it, and not to a 索引号 table."""
    text = lines[place].text
    if is_stamp(text):
        return True
    around = lines[max(place - 1, 0) : place + 2]
    return chrome.is_label_line(text) and not any(labels.is_table_line(line.text) for line in around)


def _with_broken_lines(lines: list[Line], place: int, head: int) -> tuple[int, int]:
    start, end = place, place + 1
    while start and place - start < 2 and _opens_bracket(lines[start - 1].text) and could_be_title(lines[start - 1]):
        start -= 1
    if lines[start].text.startswith("关于"):
        while start and place - start < _ISSUER_WITHIN and _ISSUER.fullmatch(lines[start - 1].text):
            start -= 1
    elif (
        re.match(r"(?:的|促进|推动|助推|若干|工作|实施|[)）》])", lines[place].text)
        and place
        and _is_open(lines[place - 1])
    ):
        start -= 1
    if start and _opens_headline(lines, start - 1):
        start -= 1
    while end < head and _is_open(lines[end - 1]) and could_be_title(lines[end]) and end - place < 3:
        end += 1
    return start, end


def _opens_bracket(text: str) -> bool:
    return text.count("《") > text.count("》") or text.count("“") > text.count("”")


def _is_open(line: Line) -> bool:
    """Whether a line of a title cannot be its end: 关于… without its kind of document, or a bracket that is not
    closed."""
    text = line.text
    if _opens_bracket(text):
        return True
    return "关于" in text and not is_official(text) and re.search(r"[的和与及、，促进]$", text) is not None

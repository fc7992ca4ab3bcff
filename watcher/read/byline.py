"""Who wrote it: lines and brackets that name reporters (◆本报记者董若义 通讯员…, （记者 张三）, (孙莎然 申高贤))."""

from __future__ import annotations

import re

from watcher.read.people import names

_ROLES = r"(?:记者|通讯员|撰稿|撰文|作者|供稿)"
_LINE = re.compile(
    rf"[\s◆■●▲□◇★☆*·—-]{{0,4}}[（(【\[]?\s?[\u4e00-\u9fffA-Za-z]{{0,14}}{_ROLES}[:：\s]?[\u4e00-\u9fff·、，,\s/／"
    rf"|:：]{{2,60}}[）)】\]]?\s?$"
)
_BRACKET = re.compile(rf"[（(]([^（）()\n]{{0,24}}{_ROLES}[^（）()\n]{{1,60}})[）)]")
_REPORTS = re.compile(r"记者[ :：]?([\u4e00-\u9fff·、 ]{2,24}?)[ ]?(?:报道|摄影报道|文/图|摄)")
_SIGNED = re.compile(r"[（(]([\u4e00-\u9fff·、， ]{2,40})[）)]\s?$")
_OUTLET = re.compile(
    r"([\u4e00-\u9fff]{2,10}(?:日报|晚报|时报|早报|商报|环境报|晨报|都市报|新闻网|电视台|广播电台|通讯社|客户端"
    r"|融媒体中心))(?:全媒体|融媒体?|新媒体|客户端)?记者"
)
_BRIEF = 20  # characters of a line that holds a role and a name only; a rare surname is taken there
_NEAR = 3  # paragraphs at either end in which a byline stands
_LONGEST = 4_000  # characters of a paragraph looked at from either end


def is_byline(line: str) -> bool:
    """Whether the whole line is a byline."""
    return len(line) <= 90 and _LINE.match(line) is not None and bool(authors_in_line(line))


def authors_in_line(line: str) -> tuple[str, ...]:
    """Return the people of a line that is a byline: what stands before 记者 (本报, 见习 …) is no name."""
    match = re.search(_ROLES, line)
    return names(line[match.start() :], trusted=len(line) <= _BRIEF) if match else ()


def authors_in_text(paragraphs: list[str]) -> tuple[str, ...]:
    """Return the people whom brackets at the beginning or the end of an article, or 记者…报道, name as its authors."""
    head = [text[:_LONGEST] for text in paragraphs[:_NEAR]]
    tail = [text[-_LONGEST:] for text in paragraphs[-_NEAR:]]
    for text in head + tail:
        for pattern in (_BRACKET, _REPORTS):
            if (match := pattern.search(text)) and (found := _after_role(match[1])):
                return found
    signed = _SIGNED.search(tail[-1]) if tail else None
    return names(signed[1]) if signed else ()


def outlet_in(texts: list[str]) -> str | None:
    """Return the newspaper that a byline names (济南日报记者 …)."""
    for text in texts:
        if match := _OUTLET.search(text[:200]) or _OUTLET.search(text[-200:]):
            return match[1].removeprefix("据")
    return None


def _after_role(text: str) -> tuple[str, ...]:
    match = re.search(_ROLES, text)
    return names(text[match.start() :] if match else text)

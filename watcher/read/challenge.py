"""Tells pages that stand in front of an article from the article: bot checks, and what a site says in its place."""

from __future__ import annotations

import re
from html import unescape

from watcher.errors import ReadError
from watcher.read.excuse import said_instead, under_maintenance, without_blanks
from watcher.read.farewell import default_page, farewell
from watcher.read.limits import LOOK_AT
from watcher.read.login import form_alone, login_instead
from watcher.read.refusal import turned_away

_SHELL_MAX = 1_500  # characters; the cookie-setting shells seen are 380-1,400
_TEXT_MAX = 200  # characters of visible text that a challenge page carries at most
_NOTICE_MAX = 400  # characters that a notice shows at most

_REFUSING = frozenset((412, 521))  # statuses that the protections of government sites answer with
# In such a page stands whose it is and when it was put up: it is an article, of whatever it speaks.
_OF_ARTICLE = re.compile(
    r"发[布文](?:时间|日期)|来源[:：]|(?:浏览|阅读|访问)次数|【(?:打印|字体|字号)|索引号|责任编辑", re.IGNORECASE
)
_ARTICLE_META = re.compile(
    r"<meta\b[^<>]{0,60}\b(?:ArticleTitle|PubDate)[\"'\s][^<>]{0,60}content\s?=\s?[\"'][^\"']", re.IGNORECASE
)
# What is never closed runs to the end, as in HTML: a page of opening tags then costs one pass, not one a tag.
_INVISIBLE = re.compile(
    r"<(script|style)\b(?:.*?</\1\s*>|.*)|<!--(?:.*?-->|.*)|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL
)
# What stands in one line with the words around it.
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|font|span)(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"</head\s*>", re.IGNORECASE)
_LONG_META = re.compile(r"<meta[^>]{1,60}content=\"[^\"]{600}")
_RUISHU = re.compile(rf"\$_ts\b|{_LONG_META.pattern}")
_COOKIE_SHELL = re.compile(
    r"__jsl_clearance|document\.cookie\s{0,3}=|location\.(?:href|reload|replace)|eval\(|challenge-platform|_cf_chl"
    r"|acw_sc__v2"
)
# A script that only sends its reader on to an address that it names: a move, unless it sets a cookie or comes back.
SCRIPT_MOVE = re.compile(
    r"location(?:\.href)?\s{0,3}(?:=|\.replace\(|\.assign\()\s{0,3}[\"']((?:https?://|/)[^\"'\s<>]{1,500})[\"']",
    re.IGNORECASE,
)
_TRICKS = re.compile(r"cookie|reload|eval\(|__jsl|_cf_chl|challenge|acw_sc|\$_ts", re.IGNORECASE)
_CHECK = re.compile(
    r"安全验证|人机验证|滑动验证|请完成验证|正在进行安全检查|访问(?:过于)?频繁"
    r"|checking your browser"
    r"|enable javascript(?: and cookies)?|请(?:开启|启用)\s?javascript",
    re.IGNORECASE,
)


def detect(text: str, status: int | None = None) -> ReadError | None:
    """Return the error that a page of `text` deserves when it stands in front of another, else None.

    The one reader of what stands in a page's place, for lists, articles and pages watched as themselves. A page with a
    body of its own is never one, even where a protection script rides on it.
    """
    head = text[:LOOK_AT]
    title, lines = _seen(head)
    visible = lines.replace("\n", "")
    if len(visible) > _NOTICE_MAX:
        return default_page(title, "")
    blocked = status in _REFUSING or _is_shell(head) or _RUISHU.search(head) or _CHECK.search(visible)
    if len(visible) <= _TEXT_MAX and blocked:
        hint = "the site asks for a browser; open it once by hand, or watch a column that is served without the check"
        return ReadError("challenge", "a bot check stands in front of the page", hint=hint)
    if _OF_ARTICLE.search(visible) or _ARTICLE_META.search(head):
        return said_instead(lines)
    return (
        turned_away(title, lines)
        or login_instead(title, lines, head)
        or default_page(title, lines)
        or under_maintenance(visible)
        or farewell(lines, head)
        or said_instead(lines)
    )


def asks_login(text: str) -> ReadError | None:
    """The error of a page without any list that is a form for a password and nothing else, whatever it is called."""
    head = text[:LOOK_AT]
    title, lines = _seen(head)
    return form_alone(title, lines, head) if len(lines) <= _NOTICE_MAX else None


def _seen(head: str) -> tuple[str, str]:
    """What a page calls itself, and what it shows, as `excuse` and its like take them."""
    end, name = _HEAD_ENDS.search(head), _TITLE.search(head)
    title = without_blanks([unescape(name[1])]) if name else ""
    body = _INLINE.sub("", head[end.end() :] if end else head)
    return title, without_blanks(unescape(_INVISIBLE.sub("\n", body)).split("\n"))


def _is_shell(text: str) -> bool:
    lowered = text[: _SHELL_MAX + 1].lower()
    return (
        len(text.strip()) <= _SHELL_MAX
        and "<script" in lowered
        and "<title" not in lowered
        and "<a " not in lowered
        and _COOKIE_SHELL.search(text) is not None
        and (SCRIPT_MOVE.search(text) is None or _TRICKS.search(text) is not None)
    )


def is_check(text: str) -> bool:
    """Whether a page that sends its reader on sets a cookie first, or comes back: a bot check, no move."""
    return _TRICKS.search(text) is not None

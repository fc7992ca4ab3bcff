"""Tells pages that stand in front of an article from the article: bot checks, and what a site says in its place."""

from __future__ import annotations

import re

from watcher.errors import ReadError
from watcher.read.excuse import said_instead, under_maintenance, without_blanks

_SHELL_MAX = 1_500  # characters; the cookie-setting shells seen are 380-1,400
_TEXT_MAX = 200  # characters of visible text that a challenge page carries at most
_MAINTENANCE_MAX = 400
LOOK_AT = 200_000  # characters; a challenge comes at the beginning, and one of 瑞数 is 100,000 long before its body

_REFUSING = frozenset((412, 521))  # statuses that the protections of government sites answer with
# One of these stands in every longer page of the kind; most pages are let through by this look alone.
_HINTS = (
    "$_ts",
    "维护",
    "设中",
    "级中",
    "版中",
    "暂停",
    "验证",
    "安全检查",
    "频繁",
    "访问被",
    "拦截",
    "阻断",
    "割接",
    "关闭",
    "停机",
    "改造",
    "过多",
    "Welcome to nginx",
    "hecking your",
    "nable JavaScript",
    "nable javascript",
    "启JavaScript",
    "用JavaScript",
)
# And of these in a page that says that it is none; it is a short one.
_EXCUSES = (
    "不存在",
    "找不到",
    "找到",
    "不在了",
    "法访问",
    "删除",
    "已失效",
    "下线",
    "下架",
    "撤回",
    "撤下",
    "撤稿",
    "移除",
    "屏蔽",
    ">404",
    "ot found",
    "ot Found",
    "繁忙",
    "出错",
    "统错误",
    "统异常",
    "器错误",
    "器内部",
    "库连接",
    "erver error",
    "erver Error",
    "ad Gateway",
    "Unavailable",
)
_EXCUSE_MAX = 20_000  # characters
# What is never closed runs to the end, as in HTML: a page of opening tags then costs one pass, not one a tag.
_INVISIBLE = re.compile(
    r"<(script|style)\b(?:.*?</\1\s*>|.*)|<!--(?:.*?-->|.*)|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL
)
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
    r"安全验证|人机验证|滑动验证|请完成验证|正在进行安全检查|访问(?:过于)?频繁|您的(?:访问|请求)[^。]{0,12}已?被(?:拦截|拒绝|阻断)"
    r"|访问被(?:阻断|拦截)|Web应用防火墙"
    r"|checking your browser"
    r"|enable javascript(?: and cookies)?|请(?:开启|启用)\s?javascript",
    re.IGNORECASE,
)


def detect(text: str, status: int | None = None) -> ReadError | None:
    """Return the error that a page of `text` deserves when it stands in front of another, else None.

    A page with a body of its own is never one, even where a protection script rides on it.
    """
    head = text[:LOOK_AT]
    hints = (*_HINTS, *_EXCUSES) if len(head) <= _EXCUSE_MAX else _HINTS
    hinted = any(hint in head for hint in hints) or _LONG_META.search(head) is not None
    if status not in _REFUSING and len(head) > _SHELL_MAX and not hinted:
        return None
    end = _HEAD_ENDS.search(head)
    lines = without_blanks(_INVISIBLE.sub("\n", head[end.end() :] if end else head).split("\n"))
    visible = lines.replace("\n", "")
    if len(visible) > _MAINTENANCE_MAX:
        return None
    blocked = status in _REFUSING or _is_shell(head) or _RUISHU.search(head) or _CHECK.search(visible)
    if len(visible) <= _TEXT_MAX and blocked:
        hint = "the site asks for a browser; open it once by hand, or watch a column that is served without the check"
        return ReadError("challenge", "a bot check stands in front of the page", hint=hint)
    return under_maintenance(visible) or said_instead(lines)


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

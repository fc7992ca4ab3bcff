"""What a firewall, or a site that serves some visitors only, says to one that it turns away, with a 200.

All texts are what a reader sees, line by line, without blanks. These rules go by the form of such a page: it opens with
what was done to the reader's own request, and says little else. News of attacks that were stopped tell of others.
"""

from __future__ import annotations

import re
from typing import Final

from watcher.errors import ReadError

_OPENING: Final = 80  # characters in which it is said; an article has its headline and its lead there

_MINE: Final = r"(?:请求|访问|操作|IP(?:地址)?|提交的?(?:内容|数据|参数))"
_STOPPED: Final = r"(?:拦截|阻断|阻止|拒绝|限制|封禁|封锁|屏蔽|禁止|拉黑)"
# 您的请求带有不合法参数，已被网站管理员设置拦截！
_DONE: Final = re.compile(
    rf"(?:(?:您|你)的?|当前|本次|[该此])?[^。！!\n]{{0,12}}?{_MINE}[^。！!\n]{{0,60}}?"
    rf"(?:已?被|已经|予以)[^。！!，,\n]{{0,20}}?{_STOPPED}(?=[。！!，,.…；;：:（(\n]|访问|了|如|请|$)"
)
_TO_THE_READER: Final = re.compile(
    r"(?:您|你)(?:的|提交|所|访问|认为|没有|无权)|当前访问|本次(?:访问|请求)|误报|误拦|管理员|事件ID"
)
_ABROAD: Final = r"(?:境外|国外|海外|国内|境内|大陆|中国|该地区|内网|政务外网)"
_NOT_FOR_YOU: Final = re.compile(
    # 本网站暂不支持境外访问; 您所在的地区不允许访问; 您没有权限访问该页面
    rf"(?:[本该此]?(?:网站|站点?|系统|平台|服务|页面))[^。！!，,\n]{{0,8}}"
    rf"(?:不支持|不允许|不接受|不对|禁止|拒绝|限制|仅限|[仅只](?:支持|允许|对|面向))"
    rf"[^。！!，,\n]{{0,8}}{_ABROAD}[^。！!，,\n]{{0,8}}(?:访问|浏览|开放|IP)"
    rf"|(?:境外|国外|海外)(?:IP|地址|用户|网络)?[^。！!，,\n]{{0,6}}(?:无法|不能|禁止|不予|限制)[^。！!，,\n]{{0,4}}访问"
    r"|(?:您|你)(?:所在的?|当前的?|的)(?:地区|区域|国家|IP(?:地址)?|网络)[^。！!\n]{0,40}"
    r"(?:不允许|无权|无法|禁止|不在[^。\n]{0,10}范围|受限|受到?限制|不支持)"
    r"|(?:您|你)?(?:没有权限|无权)(?:访问|查看|浏览)[该此本](?:页面?|网站|网页|资源|站点)"
)
# A line of its own, as the page's heading.
_HEADING: Final = re.compile(
    r"^(?:(?:网站|当前|您的)?(?:访问|请求)(?:已?被|受到?)?(?:拦截|阻断|拒绝|禁止|限制|限)|(?:拒绝|禁止)访问"
    r"|(?:403)?forbidden|accessdenied)[。！!.]?$",
    re.IGNORECASE | re.MULTILINE,
)
_IN_ENGLISH: Final = re.compile(
    r"(?:your|this|the)?request(?:edURL)?(?:hasbeen|was|is)(?:blocked|rejected|denied)|youhavebeenblocked"
    r"|(?:your|this)(?:access|ip(?:address)?)[^.\n]{0,40}(?:blocked|banned|denied)|accessdenied",
    re.IGNORECASE,
)


def turned_away(title: str, lines: str) -> ReadError | None:
    """The error of a page that says to its reader that he is not let in.

    Args:
        title: what the page calls itself; often all that says it.
        lines: the whole of what it shows.
    """
    opening, done = lines[:_OPENING], _DONE.search(lines)
    said = (
        (done is not None and done.start() < _OPENING and _TO_THE_READER.search(lines))
        or _NOT_FOR_YOU.search(opening)
        or _HEADING.search(title)
        or _HEADING.search(opening)
        or _IN_ENGLISH.search(opening)
    )
    if not said:
        return None
    hint = "many government sites refuse addresses outside China or of data centres: set `proxy` for this source"
    return ReadError("firewall", "the site turns the visitor away in a page of its own", hint=hint)

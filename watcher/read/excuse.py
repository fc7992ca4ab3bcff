"""What a site says with a 200 in place of a page: that it is being maintained, that there is none, that it failed.

All texts are what a reader sees, line by line, without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from watcher.errors import ReadError

_LONGEST = 200  # characters; an article that speaks of missing pages or failing systems says more
_LATER = "nothing for now: it is asked again by itself; if it lasts for days, open the site"

_MAINTENANCE = re.compile(
    r"(?:系统|网站|服务器|平台|本站)\s?(?:正在|升级|例行|停机|临时)?\s?(?:进行)?\s?(?:升级|停机|例行|系统)?\s?维护"
    r"|维护中|暂停(?:访问|(?:对外)?服务)|网站(?:建设|升级|改版|升级改造)中|(?:网站|本站|平台)(?:暂时|临时)(?:关闭|停止)"
    r"|(?:网站|本站|平台|机房|系统)[^。]{0,12}(?:割接|停机|系统升级|升级改造)[^。]{0,60}(?:敬请谅解|谅解|无法访问|敬请期待)"
    r"|under\s?maintenance",
    re.IGNORECASE,
)
_ASKED = r"您(?:所|要|想|需要|正在)*(?:访问|查找|查看|浏览|请求|打开)的?[^，。]{0,6}"
_PAGE = rf"(?:页面|网页|链接|网址|URL|[该此本](?:页|文章|信息|内容|稿件|新闻)|{_ASKED})"
# What follows must end the statement: 该信息不存在虚假 says something else.
_GONE = (
    r"(?:不存在|不在了|没有找到|未找到|找不到了?|无法(?:找到|访问)|(?:已经?)?被?删除|已经?(?:失效|下线|过期))"
    r"(?=[或了、\W\da-zA-Z]|返回|请|$)"
)
_NOT_FOUND = re.compile(
    rf"{_PAGE}[^，。]{{0,4}}{_GONE}|(?:没有找到|未找到|找不到|无法找到)[^，。]{{0,8}}(?:页面|网页|该页|文件|信息|内容)"
    r"|404(?:notfound|error|错误|页面)|(?:error|错误|http)[:：]?404|pagenotfound|(?:was|be)notfound|^notfound",
    re.IGNORECASE,
)
# What was taken down: 稿件已被作者撤回. By 该, 此, 本 it is this page; without them the line has to say nothing else.
_TOLD_OF = r"(?:稿件|文稿|文章|内容|页面|网页|信息|新闻|报道|视频|帖子)"
_BY = r"(?:作者|发布者|发布人|发布单位|来源单位|原作者|管理员|编辑|网站|系统|平台)"
_TAKEN = (
    rf"\s?(?:因[^，。\n]{{1,8}}?)?(?:现?已经?(?:被|由)?|现?由|(?:暂时)?被){_BY}?(?:自行|主动)?"
    r"(?:撤回|撤下|撤稿|下架|下线|删除|移除|屏蔽)了?"
)
_TAKEN_DOWN = re.compile(
    rf"(?:[该此本原]{_TOLD_OF}|[本此]文|{_ASKED}){_TAKEN}(?=[。！!，,.…）)\s]|[或、请]|返回|\d+秒|$)"
    rf"|(?:^|[。！!])(?:很?抱歉|对不起)?[，,！!]?(?:当前|原)?{_TOLD_OF}{_TAKEN}(?=[。！!….]|[，,]?(?:请|返回|点击|\d+秒)|$)",
    re.MULTILINE,
)
_ERROR = re.compile(
    r"(?:系统|网络|服务器?)正?(?:繁忙|忙)"
    r"|(?:系统|服务器|程序|数据库|页面)(?:内部|运行|连接)?(?:发生|出现)?了?(?:错误|异常|出错|失败)"
)
_OVERLOAD = re.compile(r"访问(?:人数|用户|量)(?:过多|过大)")
_PLEA = re.compile(r"稍[后候]|重试|再试|管理员|刷新|返回")
_ERROR_BARE = 20  # characters; a page that says no more than that something failed
_ERROR_IN_ENGLISH = re.compile(
    r"sqlexception|ora-\d{5}|internalservererror|servererrorin|badgateway|serviceunavailable|(?:error|错误|http)[:：]?50[0-4]",
    re.IGNORECASE,
)


def without_blanks(lines: Iterable[str]) -> str:
    """Lines as a reader sees them, as these rules take them."""
    return "\n".join(filter(None, ("".join(line.split()) for line in lines)))


def said_instead(text: str) -> ReadError | None:
    """Return the error for a text that says only that there is no such page, or that something failed."""
    lines, text = text, text.replace("\n", "")
    if len(text) > _LONGEST:
        return None
    if _NOT_FOUND.search(text) or _TAKEN_DOWN.search(lines):
        hint = "it may be gone: open the site and look for its new address"
        return ReadError("not_found", "the site says in a page of its own that this one does not exist", hint=hint)
    if _OVERLOAD.search(text) and _PLEA.search(text):
        return ReadError("error_page", "the site says that it has too many visitors", hint=_LATER)
    failed = _ERROR.search(text) and (len(text) <= _ERROR_BARE or _PLEA.search(text))
    if failed or _ERROR_IN_ENGLISH.search(text):
        return ReadError("error_page", "the site answers with a page that reports an error", hint=_LATER)
    return None


def under_maintenance(text: str) -> ReadError | None:
    if _MAINTENANCE.search(text) is None:
        return None
    return ReadError("maintenance", "the site says that it is being maintained", hint=_LATER)

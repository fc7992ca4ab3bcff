"""What stands where a site was: that it has moved, was closed, or that a server has no site of that name.

All texts are what a reader sees, line by line, without blanks.
"""

from __future__ import annotations

import re
from typing import Final

from watcher.errors import ReadError

# How a notice names the site it stands on: at a sentence's beginning, or as 本, 该, 此, 原, 您访问的.
_STARTS: Final = r"(?:^|(?<=[\n。！!，,：:；;]))"
_OWN: Final = r"(?:[本该此原旧]|(?:您|你)所?访问的)"
_SITE: Final = r"(?:网站|站点?|官网|门户(?:网站)?|平台|系统|栏目|网址|域名|网页|页面|服务器)"
_REST: Final = r"[^。！!\n]"
_ENDS: Final = r"(?=[\n。！!，,.；;（(]|了|请|至|到|$)"
# A site moves; its address changes, or a new one comes into use. A new version or a new look is no move.
_MOVED: Final = re.compile(
    rf"(?:{_STARTS}{_REST}{{0,24}}?|{_OWN})(?:{_SITE}|网(?![络点格上民友])){_REST}{{0,24}}?(?:已|将|现|自){_REST}{{0,20}}?"
    r"(?:迁移|迁至|迁到|迁往|搬迁|搬家|搬至|搬到|移至|(?:整合|合并|并入|归并)[到至入]?|启用新(?:的?(?:网址|域名|地址|网站|网?站|平台)))"
    rf"|(?:{_STARTS}{_REST}{{0,24}}?|{_OWN})(?:网址|域名){_REST}{{0,24}}?(?:更换|变更|更改|切换|调整|改)[为成至到]",
    re.MULTILINE,
)
_CLOSED: Final = re.compile(
    rf"(?:{_STARTS}|{_OWN}){_SITE}{_REST}{{0,24}}?(?:已|将|现|于|即日起){_REST}{{0,20}}?"
    rf"(?:关停|关闭|停用|停运|下线|注销|停止(?:运行|服务|访问|使用|运营|更新|维护)){_ENDS}",
    re.MULTILINE,
)
_FOR_NOW: Final = re.compile(r"暂时|临时|恢复")
_ADDRESS: Final = re.compile(
    r"https?://[\w.\-]{3,200}(?::\d{1,5})?(?:/[\w./\-%?=&~]{0,300})?|www(?:\.[\w\-]{1,60}){2,5}", re.A
)
# Not that of a footer: where the site is filed (备案), and the mark of public bodies.
_HREF: Final = re.compile(
    r"<a\b[^<>]{0,300}?\shref\s?=\s?[\"']?(https?://(?![^/\"'\s<>]{0,60}(?:beian|conac))[^\"'\s<>]{3,500})",
    re.IGNORECASE,
)

# The page that a server shows where no site was set up.
_DEFAULT: Final = re.compile(
    r"Welcometo(?:nginx|OpenResty|tengine|CentOS)|Apache\d?[^\n]{0,20}(?:Default|Test)Page|ApacheTomcat/\d|^IIS\d{1,2}(?:\.\d)?$"
    r"|IISWindows|InternetInformationServices|Itworks!|站点创建成功"
    r"|(?:没有找到|未找到|找不到)(?:对应的?|该|此)?站点|[该此]?站点(?:不存在|未绑定|未创建)"
    r"|域名[^。！!\n]{0,8}(?:未|没有)(?:绑定|备案|授权)",
    re.IGNORECASE | re.MULTILINE,
)
_DEFAULT_LONGEST: Final = 200  # characters of a page that says so in its text; by its title it may be longer


def default_page(title: str, lines: str) -> ReadError | None:
    """The error of a server's first page."""
    found = _DEFAULT.search(title) or (_DEFAULT.search(lines) if len(lines) <= _DEFAULT_LONGEST else None)
    if found is None:
        return None
    hint = "the site is being set up or was moved: open it, and look for its new address if this lasts"
    return ReadError("default_page", f"the first page of a server without a site came: {found[0]}", hint=hint)


def farewell(lines: str, html: str) -> ReadError | None:
    """The error of a notice that its site has moved to an address that it names, or was closed."""
    is_closed = _CLOSED.search(lines) is not None and _FOR_NOW.search(lines) is None
    if (is_closed or _MOVED.search(lines)) and (to := _address(lines, html)):
        message, hint = (
            f"the site says that it has moved to {to}",
            "find the column on the new site and set `url` to it",
        )
        return ReadError("site_moved", message, hint=hint, facts=(("to", to),))
    if not is_closed:
        return None
    hint = "open the site: its news stand elsewhere now, or nowhere; set `url` to the new column, or remove the source"
    return ReadError("closed", "the site says that it was closed", hint=hint)


def _address(lines: str, html: str) -> str | None:
    """The first address that the notice prints, else that it links to."""
    printed = _ADDRESS.search(lines)
    linked = _HREF.search(html)
    return printed[0] if printed else linked[1] if linked else None

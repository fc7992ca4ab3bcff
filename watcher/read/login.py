"""What a site says in a page's place to who has not logged in: its login page, or that a login is wanted.

Many pages have a box for logins in their head, and some show little else: their text stands in a file, a picture, a
frame or a script. So a page is a login page only where it is nothing else, to the last word; when in doubt it is none.
All texts are what a reader sees, line by line, without blanks.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from watcher.errors import ReadError
from watcher.read.attachments import hands_out

# The words of forms for logins, of the pages that they stand on and of what stands below them.
_OF_FORMS: Final = re.compile(
    r"^(?:版权所有|copyright|©|(?:主办|承办|技术支持|运维|客服|联系|服务)(?:单位|电话|热线|方式)?[:：])[^\n]*"
    r"|^[^\n]{0,4}(?:ICP备|公网安备)[^\n]*|^(?:建议|推荐|请)使用[^\n]{1,30}浏览器[^\n]{0,20}$"
    r"|统一|身份|认证|用户名?|[账帐]户|[账帐]号|密码|口令|手机号?码?|[图短]形?信?验证码|验证码?|短信|扫码|扫一扫|二维码|登[录陆]|单点|注册|忘记|找回"
    r"|记住|请|输入|填写|获取|发送|自动|下次|天内|免|个人|法人|企业|单位|机构|方式|其[他它]|第三方|微信|支付宝|钉钉|数字|电子|证书|营业执照|U盾"
    r"|重置|取消|提交|确定|看不清|换一张|点击|刷新|滑块|拖动|返回|首页|使用|没有|立即|欢迎|系统|服务|平台|中心|入口|页面?|界面|门户|网关"
    r"|centralauthenticationservice|\bcas\b|user|log-?in|sign-?in|name|password|forgot|remember|me\b|captcha|register",
    re.IGNORECASE | re.MULTILINE,
)
_OF_NOTICES: Final = re.compile(
    r"很?抱歉|对不起|温馨|系统|提示|您好?|你好?|[还尚]?[没未]有?|登[录陆]|会话|信息|状态|超时|失效|过期|请|必?须|需要?|[先后再才可能方已无的到]|可以|重新|继续"
    r"|访问|查看|浏览|下载|打开|操作|文件|内容|详情|权限|[该此本]|页面?|网页|栏目|用户|[账帐]号|返回|首页|点击|这里|自动|跳转|秒",
)
# 请登录 and 您还未登录 alone stand in the heads of pages that are open to everyone.
_WANTED: Final = re.compile(
    r"先登[录陆]|登[录陆]后|(?:需要?|须|重新)登[录陆]|(?:登[录陆]|会话)(?:信息|状态)?已?(?:超时|失效|过期)"
    r"|提示\n[^\n]{0,10}[没未]有?登[录陆]"
)
_LOG_IN: Final = re.compile(r"登[录陆]|统一认证|身份认证|centralauthenticationservice|log-?in|sign-?in", re.IGNORECASE)
_NOT_WORD: Final = re.compile(r"[\W\d_]+")
_BETWEEN_NAMES: Final = re.compile(r"[-_—–|·>]+")
# What a site or a system is called.
_SITE: Final = re.compile(r"[^\W\d_]{1,20}(?:系统|平台|后台|门户|政府|大学|学院|网站|[省市县区州局厅委网])")
_BEFORE_LOGIN: Final = re.compile(rf"^{_SITE.pattern}(?=统一|身份|单点|用户|登)")  # 云州市统一身份认证平台
_SYSTEMS: Final = ("系统", "平台", "后台", "门户")
_PASSWORD: Final = re.compile(r"<input\b[^<>]{0,300}?\btype\s?=\s?[\"']?password\b", re.IGNORECASE)
_IMAGE: Final = re.compile(r"<img\b", re.IGNORECASE)
_FRAME: Final = re.compile(r"<(?:i?frame|embed|object)\b", re.IGNORECASE)
_LINK: Final = re.compile(r"<a\b[^<>]{0,300}?\bhref\s?=\s?[\"']?([^\"'\s<>]{1,300})", re.IGNORECASE)

_HOSTS: Final = frozenset({"sso", "login", "passport", "idp", "uaa", "iam", "tyrz", "sfrz"})
_SERVICES: Final = frozenset({"cas", "sso", "oauth", "oauth2", "passport", "idp", "uaa", "oidc"})
_PARTS: Final = frozenset({"index", "page", "form", "auth"})  # of a login's address, behind its name
_TO_LOGIN: Final = re.compile(r"[a-z_]{0,20}(?:log-?in|logon|sign-?in)")
_SESSION: Final = re.compile(r"[?;]")  # begins what is another at each visit
_TICKET: Final = re.compile(r"(?:^|&)(?:service|ticket)=")


def login_instead(title: str, lines: str, html: str) -> ReadError | None:
    """The error of a page that is called a login and is nothing else, or says that a login is wanted and nothing else.

    Args:
        title: what the page calls itself.
        lines: the whole of what it shows, of the length of a notice.
        html: its markup.
    """
    if _holds(html):
        return None
    shown = _without_site(title, lines)
    if _is_notice(title, shown) and _IMAGE.search(html) is None:  # a page may be a picture
        return _wanted("the site says that a login is wanted")
    if _is_login_called(title) and not _rest(_OF_FORMS, shown):
        return _wanted("a login page came")
    # A system may say only above its form that it is its login.
    is_systems = title.endswith(_SYSTEMS) and _is_login_called(lines.partition("\n")[0])
    return _wanted("a login page came") if is_systems and _is_form(lines, html) else None


def form_alone(title: str, lines: str, html: str) -> ReadError | None:
    """The error of a page without a list that is a form for a password and nothing else, whatever it is called."""
    if _holds(html) or not _is_form(_without_site(title, lines), html):
        return None
    return _wanted("a form for a login came, and nothing else")


def led_to_login(asked: str, came: str) -> ReadError | None:
    """The error of an address that leads to a login."""
    if _is_login_path(asked) or not (_is_login_path(came) or _is_login_host(asked, came)):
        return None
    return _wanted(f"the address leads to a login, {_SESSION.split(came, maxsplit=1)[0]}")


def _is_login_called(name: str) -> bool:
    """Whether a name, or what stands beside its site's, is that of a login page: 用户登录, 云州市统一身份认证平台."""
    parts = (name, *_BETWEEN_NAMES.split(name))
    return any(_LOG_IN.search(part) and not _rest(_OF_FORMS, _BEFORE_LOGIN.sub("", part, count=1)) for part in parts)


def asks_password(html: str) -> bool:
    """Whether a page holds a field for a password, as many have beside what is theirs."""
    return _PASSWORD.search(html) is not None


def _is_form(lines: str, html: str) -> bool:
    return not _rest(_OF_FORMS, lines) and asks_password(html)


def _is_notice(title: str, lines: str) -> bool:
    """Whether the whole text says that a login is wanted, of a page that is called nothing of its own."""
    names = _BETWEEN_NAMES.split(title)
    is_nameless = all(_SITE.fullmatch(name) or not _rest(_OF_NOTICES, name) for name in names)
    return is_nameless and _WANTED.search(lines) is not None and not _rest(_OF_NOTICES, lines)


def _without_site(title: str, lines: str) -> str:
    """What a page shows beside the name of its site, which its title holds too."""
    return "\n".join(line for line in lines.split("\n") if line not in title or not _SITE.fullmatch(line))


def _rest(words: re.Pattern[str], lines: str) -> str:
    return _NOT_WORD.sub("", words.sub("", lines))


def _holds(html: str) -> bool:
    """Whether a page shows another in itself, or hands out a file."""
    return _FRAME.search(html) is not None or any(hands_out(match[1]) for match in _LINK.finditer(html))


def _is_login_path(url: str) -> bool:
    """Whether an address is that of a login, or of a service for logins that is asked for one."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return False
    route = parts.fragment.partition("?")[0] if parts.fragment.startswith(("/", "!/")) else ""  # of an application
    steps = [step.partition(";")[0].partition(".")[0] for step in f"{parts.path}/{route}".split("/")]
    names = [step for step in steps if step.strip("!")]
    while names and names[-1] in _PARTS:
        names.pop()
    if names and _TO_LOGIN.fullmatch(names[-1]):
        return True
    asks = "authorize" in names or "login" in names or _TICKET.search(parts.query) is not None
    return asks and not _SERVICES.isdisjoint((*names, (parts.hostname or "").partition(".")[0]))


def _is_login_host(asked: str, came: str) -> bool:
    """Whether an address leads to a host for logins; cas.cn and passport.cn are sites, as is the one asked."""
    try:
        here, there = (urlsplit(url).hostname or "" for url in (asked, came))
    except ValueError:
        return False
    first, _, domain = there.partition(".")
    return first.rstrip("0123456789") in _HOSTS and "." in domain and not f".{here}".endswith(f".{there}")


def _wanted(message: str) -> ReadError:
    hint = "only public pages are read: watch a column that is open to everyone"
    return ReadError("login", message, hint=hint)

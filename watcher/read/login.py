"""What a site says in a page's place to who has not logged in: its login page, whole, or that a login is wanted.

Many pages have a box for logins in their head: a login page is told by its name and by showing next to nothing else.
All texts are what a reader sees, line by line, without blanks.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from watcher.errors import ReadError

_OTHERS: Final = 60  # characters beside the form: the system's name, a slogan, which browser to use
_ALONE: Final = 15  # the same where the page is not called as a system is
_FEW: Final = 4  # lines of a notice that a login is wanted

# What a page calls itself, whole or before and behind its site's name; 关于启用统一身份认证平台 is an article's title.
_BEFORE: Final = r"(?:^|[-_—–|·>])(?!关于)[^-_—–|·>]{0,20}"
_BEHIND: Final = r"(?:页面?|入口|系统|平台|中心|界面|门户|服务|网关)*(?=$|[-_—–|·<(（])"
_IDENTITY: Final = re.compile(
    rf"{_BEFORE}(?:统一(?:身份|用户)?认证|身份认证|单点登[录陆]){_BEHIND}|centralauthenticationservice|^CAS\b",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(rf"{_BEFORE}登[录陆]{_BEHIND}|^(?:user)?(?:log|sign)-?in$", re.IGNORECASE)
_SYSTEM: Final = re.compile(r"[^-_—–|·>]{0,30}(?:系统|平台|后台|门户)")
_LOG_IN: Final = re.compile("登[录陆]")
_WANTED: Final = re.compile(
    r"(?:很?抱歉|对不起|温馨提示|系统提示|提示)?[，,！!。:：\n]{0,2}"
    r"(?:(?:您|你)?(?:还没有|还未|尚未|没有|未)登[录陆]|(?:您|你)?(?:需要|必须|请)(?:您|你)?先?登[录陆]"
    r"|(?:登[录陆]|会话)(?:信息|状态)?已?(?:超时|失效|过期)|[该此本](?:页面?|网页|栏目|内容)(?:需要|须|仅限|仅对)[^。\n]{0,6}登[录陆])"
)
_PASSWORD: Final = re.compile(r"<input\b[^<>]{0,300}?\btype\s?=\s?[\"']?password\b", re.IGNORECASE)
# The words of such forms and of what stands below them.
_OF_FORMS: Final = re.compile(
    r"统一|身份|认证|用户名?|[账帐]户|[账帐]号|密码|口令|手机号?码?|[图短]形?信?验证码|验证码?|短信|扫码|扫一扫|二维码|登[录陆]|注册|忘记|找回|记住|请"
    r"|输入|填写|获取|发送|自动|下次|天内|免|个人|法人|企业|单位|机构|方式|其[他它]|第三方|微信|支付宝|钉钉|数字|电子|证书|营业执照|身份证号?|U盾|key"
    r"|重置|取消|提交|确定|看不清|换一张|点击|刷新|滑块|拖动|返回|首页|使用|没有|立即|log-?in|sign-?in|username|password|forgot|rememberme"
    r"|captcha|register|(?:版权所有|copyright|©|主办|承办|技术支持|运维|联系|客服|服务热线|[^\n]{0,6}备)[^\n]*",
    re.IGNORECASE,
)
_NOT_WORD: Final = re.compile(r"[\W\d_]+")
_LINK: Final = re.compile(r"<a\b", re.IGNORECASE)
_MENU: Final = 8  # links; a login page has a few (忘记密码, 注册, 帮助)

# Where a redirect leads to a login: a path that ends so, one of a service for it, or the host of one.
_TO_LOGIN: Final = re.compile(
    r"(?:^|[/#!])(?:[\w-]{0,20}(?:login|logon|signin)|sign-in|log-in|authorize)(?:/(?:index|page|form|auth|login))?(?:\.\w{2,6})?/?(?:$|\?)"
    r"|/(?:cas|sso|oauth2?|uaa|idp|oidc|passport)(?:/|$)",
    re.IGNORECASE,
)
_HOSTS: Final = re.compile(r"(?:sso|cas|passport|idp|uaa|iam|login|tyrz|sfrz)\d{0,2}\.", re.IGNORECASE)


def login_instead(title: str, lines: str, html: str) -> ReadError | None:
    """The error of a page that is a login page by what it calls itself and shows, or says that a login is wanted.

    Args:
        title: what the page calls itself.
        lines: the whole of what it shows, of the length of a notice.
        html: its markup.
    """
    if (
        _WANTED.match(lines)
        and lines.count("\n") < _FEW
        and _shows_little(lines, html)
        and not _has_heading(title, lines)
    ):
        return _wanted("the site says that a login is wanted")
    if not _shows_little(lines, html):
        return None
    identity, heading = _IDENTITY.search(title), lines.partition("\n")[0]
    if identity and not _rest(lines):
        return _wanted("a login page came")
    named = identity or _LOGIN.search(title) or (_SYSTEM.fullmatch(title) and _LOGIN.search(heading))
    asks = _PASSWORD.search(html) or _LOG_IN.search(lines)
    return _wanted("a login page came") if named and asks else None


def form_alone(title: str, lines: str, html: str) -> ReadError | None:
    """The error of a page that holds no list, but a form for a password and nothing else, whatever it is called."""
    most = _OTHERS if _SYSTEM.fullmatch(title) else _ALONE
    if not _PASSWORD.search(html) or not _shows_little(lines, html, most) or _has_heading(title, lines):
        return None
    return _wanted("a form for a login came, and nothing else")


def led_to_login(asked: str, came: str) -> ReadError | None:
    """The error of an address that leads to a login."""
    if _is_login(asked) or not _is_login(came):
        return None
    return _wanted(f"the address leads to a login, {came.partition('?')[0]}")


def _is_login(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path
    return _HOSTS.match(parts.netloc) is not None or _TO_LOGIN.search(path) is not None


def _shows_little(lines: str, html: str, most: int = _OTHERS) -> bool:
    """Whether a page shows nothing of its own beside a form, and leads to little else."""
    return len(_rest(lines)) <= most and sum(1 for _ in _LINK.finditer(html)) < _MENU


def _rest(lines: str) -> str:
    return _NOT_WORD.sub("", _OF_FORMS.sub("", lines))


def _has_heading(title: str, lines: str) -> bool:
    """Whether a page shows what it is called, as a column and an article do, and is called something of its own."""
    own = (line for line in lines.split("\n") if len(_rest(line)) > 1 and "提示" not in line)
    return any(line in title for line in own) and not _SYSTEM.fullmatch(title)


def _wanted(message: str) -> ReadError:
    hint = "only public pages are read: watch a column that is open to everyone"
    return ReadError("login", message, hint=hint)

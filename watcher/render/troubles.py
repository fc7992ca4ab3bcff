"""What is wrong with a source, by the code of its problem, in Chinese and English: a phrase and the next step.

The message of a problem is for logs and the command line, in English alone; a phrase is short enough for a subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watcher.inert import inert
from watcher.settings import Language


@dataclass(frozen=True, slots=True)
class Told:
    """`detail` is filled from the problem's facts, and left out where an event lacks one of them."""

    phrase: str
    step: str
    detail: str = ""


_ZH_FOREIGN: Final = "许多政府网站拒绝境外或机房的地址；若持续出现，请为该来源设置 proxy"
_ZH_WAIT: Final = "无需处理，恢复后自动补读；若持续数日，请打开网站查看"
_ZH_GONE: Final = "栏目可能已迁移：请打开网站，找到新地址后修改 url"
_ZH_LIST: Final = "请打开栏目，与 watcher sources test 的结果对照；必要时用 listing: {css: …} 指定列表"
_ZH_DOCUMENT: Final = "请打开该地址查看；可改用栏目页的地址"

ZH: Final[Mapping[str, Told]] = {
    "bad_url": Told("地址写法有误", "请写成 http://主机/路径"),
    "unsupported_scheme": Told("地址不是 http 或 https", "请改用 http 或 https 地址"),
    "address_refused": Told("地址指向内网，未访问", "只访问公网地址；内网来源须设置 allow_private_addresses"),
    "dns": Told("域名无法解析", "请检查域名的写法和本机的 DNS"),
    "refused": Told("服务器拒绝连接", "服务器停机或端口有误；若持续，请打开网站查看"),
    "unreachable": Told("网络不通", "请检查本机的网络"),
    "reset": Told("连接被中断", _ZH_FOREIGN),
    "timeout_connect": Told("连接超时", _ZH_FOREIGN),
    "timeout_read": Told("响应超时", _ZH_WAIT),
    "tls": Told("证书或加密连接有误", "请在浏览器中查看其证书；自有证书机构可用 ca 指定"),
    "tls_expired": Told("证书已过期或尚未生效", "须由网站更新证书；若网站也支持 http://，可暂改用该地址"),
    "tls_name": Told("证书与域名不符", "请改用证书所载的域名，或改用 http:// 地址"),
    "tls_version": Told("仅支持 TLS 1.0/1.1", "浏览器已停用；若网站也支持 http://，请改用该地址"),
    "no_tls": Told("端口不支持 https", "请改用 http:// 地址，或写明 https 的端口"),
    "tls_old": Told("加密方式过旧", "为该来源设置 tls: legacy 即可连接"),
    "ca": Told("ca 指定的证书文件无法读取", "请检查 ca 所指的 PEM 文件"),
    "robots": Told("robots.txt 不允许访问", "请联系网站；获准后可设置 robots: ignore"),
    "proxy": Told("代理不可用", "请检查该来源或 settings 的 proxy"),
    "challenge": Told("要求浏览器验证", f"{_ZH_FOREIGN}，或改用不带验证的栏目"),
    "firewall": Told("被网站防火墙拒绝访问", _ZH_FOREIGN),
    "login": Told("需要登录", "只能读取公开的页面，请换一个无需登录的栏目"),
    "protocol": Told("服务器的应答不是 HTTP", "请检查地址和端口"),
    "too_large": Told("内容过大", "请检查地址：栏目和文章不会这么长"),
    "redirect_loop": Told("循环跳转", "请在浏览器中打开，改用最终的地址"),
    "bad_encoding": Told("压缩内容损坏", _ZH_WAIT),
    "http_304": Told("应答异常（HTTP 304）", _ZH_WAIT),
    "http_401": Told("需要登录（HTTP 401）", "只能读取公开的页面，请换一个栏目"),
    "http_403": Told("拒绝访问（HTTP 403）", _ZH_FOREIGN),
    "http_404": Told("页面不存在（HTTP 404）", _ZH_GONE),
    "http_410": Told("页面已删除（HTTP 410）", _ZH_GONE),
    "http_412": Told("要求浏览器验证（HTTP 412）", _ZH_FOREIGN),
    "http_429": Told("访问过于频繁（HTTP 429）", "请调大 per_host_delay 或该来源的 every"),
    "http_521": Told("要求浏览器验证（HTTP 521）", _ZH_FOREIGN),
    "maintenance": Told("网站维护中", _ZH_WAIT),
    "not_found": Told("网站提示页面不存在", _ZH_GONE),
    "error_page": Told("网站提示出错", _ZH_WAIT),
    "default_page": Told("服务器的默认页面，没有网站内容", _ZH_WAIT),
    "site_moved": Told("网站称已迁址", "请打开新网站找到该栏目，把来源的 url 改为其地址", "新地址 {to}"),
    "closed": Told("网站称已关停", "请打开网站查看其去向，修改 url，或删除该来源"),
    "home_page": Told("变成了网站首页", _ZH_GONE),
    "back_to_list": Told("转回了列表", _ZH_GONE),
    "list_page": Told(
        "页面变成了列表，没有正文", "页面可能已迁移：请打开网站，找到新地址后修改 url；要监测该列表，去掉 listing: page"
    ),
    "stand_in": Told("文章处显示的是停机通知之类的页面", _ZH_WAIT),
    "another_page": Told("栏目变成了另一个页面", "请打开栏目核对；若确为新栏目，一天后自动采用"),
    "another_list": Told("列表变成了另一个栏目的", "请打开栏目核对；若确为新列表，一天后自动采用"),
    "moved": Told("栏目已迁址", "请把该来源的 url 改为新地址；同一列表接着监测，新条目照常提醒", "新地址 {to}"),
    "elsewhere": Told(
        "列表在另一个地址", "请把该来源的 url 改为该地址；同一列表接着监测，新条目照常提醒", "页面转向或嵌入 {to}"
    ),
    "no_links": Told("页面上找不到条目", _ZH_LIST),
    "javascript_list": Told("列表由脚本生成，读不到条目", "请用 watcher sources test 查看数据地址，再用 listing 指定"),
    "empty_list": Told("列表是空的", "请打开栏目，看是否已停用"),
    "not_a_list": Told("页面是一篇文章，不是列表", "请改用栏目的地址，或设置 listing: page"),
    "not_html": Told("返回的不是网页", "请检查地址；监测文件用 listing: page"),
    "not_a_feed": Told("返回的不是 RSS 或 Atom", "请打开地址查看，或改用 listing: auto"),
    "not_a_sitemap": Told("返回的不是网站地图", "请打开地址查看，或改用 listing: auto"),
    "not_json": Told("返回的不是 JSON", "请打开地址，看返回了什么"),
    "empty": Told("页面是空的", _ZH_WAIT),
    "no_article": Told(
        "列表可读，文章都打不开",
        "请打开其中一条查看，并与 watcher sources test ID --open 3 对照",
        "最近{entries}条新条目",
    ),
    "articles_gone": Told(
        "已收录文章的原址失效",
        "请打开其中一条查看：网站可能已改版，文章换了地址；这些文章不作撤回处理，新文章照常提醒",
        "列表可读，但已收录的文章成批打不开",
    ),
    "entries_missed": Told(
        "可能漏掉了条目",
        "请打开栏目，核对这段时间的内容；为免再漏，请缩短该来源的 every，或改用条目更全的地址",
        "列表的条目全是新的，未能接上此前读到的",
    ),
    "articles_away": Told(
        "已收录的文章多数打不开",
        "请打开其中一条查看；这些文章保持原样，不作变动或撤回处理，新文章照常提醒",
        "列表可读，但已收录的文章有{entries}篇读不到",
    ),
    "article_replaced": Told(
        "已收录的文章不在原址了",
        "请打开该地址查看：可能已撤下或换了地址；该文章保持原样，不作变动或撤回处理",
        "《{title}》（{url}），共{entries}篇",
    ),
    "fewer_entries": Told("条目明显少于平时", _ZH_LIST, "现有{entries}条，平时{usual}条"),
    "silent": Told(
        "很久没有新内容",
        "请打开栏目：若有新内容，用 watcher sources test 对照；若已停用，可删除该来源",
        "已{days}天没有新内容，近期最长间隔{longest}天",
    ),
    "slow": Told(
        "打开明显变慢", "请调大该来源的 every，或设置更近的 proxy", "用时{took}秒，平时{usual}秒，连续{times}次"
    ),
    "too_slow": Told("解析超时", _ZH_DOCUMENT),
    "too_deep": Told("页面结构异常", _ZH_DOCUMENT),
    "crashed": Told("解析时出错", _ZH_DOCUMENT),
    "damaged": Told("文件已损坏", _ZH_DOCUMENT),
    "file_away": Told("附件暂时读不到", _ZH_WAIT),
    "encrypted": Told("文件有密码", _ZH_DOCUMENT),
    "unsupported": Told("文件格式不支持", _ZH_DOCUMENT),
    "binary": Told("返回的不是文本", _ZH_DOCUMENT),
    "not_a_pdf": Told("PDF 无法打开", _ZH_DOCUMENT),
    "needs_ocr": Told("扫描件，需要 OCR", "请安装 watcher[ocr]"),
    "http": Told("网站出错（HTTP {status}）", _ZH_WAIT),
    "": Told("读取失败", "请用 watcher sources test 查看原因"),
}

_EN_FOREIGN: Final = (
    "many government sites refuse addresses outside China or of data centres; if it lasts, set `proxy` for this source"
)
_EN_WAIT: Final = "nothing for now: what is missed is caught up; if it lasts for days, open the site"
_EN_GONE: Final = "the column may have moved: open the site, find its new address and set `url`"
_EN_LIST: Final = "compare the column with `watcher sources test`; name the list by `listing: {css: …}` if it is wrong"
_EN_DOCUMENT: Final = "open the address; the address of its column may be the better one"

EN: Final[Mapping[str, Told]] = {
    "bad_url": Told("the address is malformed", "write it as http://host/path"),
    "unsupported_scheme": Told("not an http or https address", "only http and https are fetched"),
    "address_refused": Told("a private address, not fetched", "intranet sources need `allow_private_addresses`"),
    "dns": Told("host name not known", "check the spelling of the host and this machine's name server"),
    "refused": Told("connection refused", "the server is down or the port is wrong; if it lasts, open the site"),
    "unreachable": Told("network unreachable", "check this machine's network"),
    "reset": Told("connection cut", _EN_FOREIGN),
    "timeout_connect": Told("no connection in time", _EN_FOREIGN),
    "timeout_read": Told("no answer in time", _EN_WAIT),
    "tls": Told("certificate or encryption refused", "see its certificate in a browser; `ca` names an authority"),
    "tls_expired": Told("certificate expired or not valid yet", "the site has to renew it; http:// may do meanwhile"),
    "tls_name": Told("certificate of another host", "use the host that it names, or an http:// address"),
    "tls_version": Told("TLS 1.0 or 1.1 only", "no browser speaks it; use the http:// address if there is one"),
    "no_tls": Told("the port does not speak https", "write the address with http://, or with its https port"),
    "tls_old": Told("outdated encryption", "set `tls: legacy` for this source"),
    "ca": Told("the file of `ca` cannot be read", "check the PEM file that `ca` names"),
    "robots": Told("robots.txt forbids it", "ask the site's owner; with leave, set `robots: ignore`"),
    "proxy": Told("the proxy does not work", "check the `proxy` of this source or of the settings"),
    "challenge": Told("a browser check stands in front", f"{_EN_FOREIGN}, or watch a column without the check"),
    "firewall": Told("the site's firewall refuses access", _EN_FOREIGN),
    "login": Told("the site asks for a login", "only public pages are read: watch a column that is open to everyone"),
    "protocol": Told("the answer is not HTTP", "check the address and its port"),
    "too_large": Told("the answer is too large", "check the address: no column or article is this long"),
    "redirect_loop": Told("redirects in a circle", "open it in a browser and use the final address"),
    "bad_encoding": Told("the compressed answer is damaged", _EN_WAIT),
    "http_304": Told("unasked HTTP 304", _EN_WAIT),
    "http_401": Told("login wanted (HTTP 401)", "only public pages are read: watch another column"),
    "http_403": Told("access refused (HTTP 403)", _EN_FOREIGN),
    "http_404": Told("page not found (HTTP 404)", _EN_GONE),
    "http_410": Told("page is gone (HTTP 410)", _EN_GONE),
    "http_412": Told("browser check (HTTP 412)", _EN_FOREIGN),
    "http_429": Told("asked too often (HTTP 429)", "raise `per_host_delay`, or `every` of this source"),
    "http_521": Told("browser check (HTTP 521)", _EN_FOREIGN),
    "maintenance": Told("site under maintenance", _EN_WAIT),
    "not_found": Told("the site says: no such page", _EN_GONE),
    "error_page": Told("the site reports an error", _EN_WAIT),
    "default_page": Told("a server's default page, no site", _EN_WAIT),
    "stand_in": Told("a notice in the articles' places", _EN_WAIT),
    "site_moved": Told(
        "the site says it has moved", "find the column on the new site and set `url` to it", "now at {to}"
    ),
    "closed": Told("the site says it was closed", "see where its news stand now and set `url`, or remove the source"),
    "home_page": Told("the home page in its place", _EN_GONE),
    "back_to_list": Told("the list in its place", _EN_GONE),
    "list_page": Told(
        "a list in its place, no text",
        "find the page's new address and set `url`; to watch the list, drop `listing: page`",
    ),
    "another_page": Told(
        "another page in its place", "open the column; if this is it now, it is taken on within a day"
    ),
    "another_list": Told(
        "another list in its place", "open the column; if this is it now, it is taken on within a day"
    ),
    "moved": Told(
        "moved to a new address", "set `url` to it; the same list goes on there, its news are told", "now at {to}"
    ),
    "elsewhere": Told(
        "the list stands at another address",
        "set `url` to that; the same list goes on there, its news are told",
        "its page leads to, or frames, {to}",
    ),
    "no_links": Told("no entries found in the page", _EN_LIST),
    "javascript_list": Told("a script fills the list", "`watcher sources test` names its data; set `listing` for it"),
    "empty_list": Told("the list is empty", "open the column: was it given up?"),
    "not_a_list": Told("one article, not a list", "give the address of its column, or set `listing: page`"),
    "not_html": Told("the answer is no page", "check the address; a file is watched by `listing: page`"),
    "not_a_feed": Told("no RSS or Atom feed", "open the address, or set `listing: auto`"),
    "not_a_sitemap": Told("no sitemap", "open the address, or set `listing: auto`"),
    "not_json": Told("the answer is no JSON", "open the address and look at what it answers"),
    "empty": Told("the page is empty", _EN_WAIT),
    "no_article": Told(
        "its articles cannot be opened",
        "open one in a browser, and compare `watcher sources test ID --open 3`",
        "its list is read; tried its last {entries} new entries",
    ),
    "articles_gone": Told(
        "its articles left their addresses",
        "open one in a browser: the site may have been rebuilt; none of them is taken to be withdrawn, "
        "and what is new is told as before",
        "its list is read; articles that were read before are gone together",
    ),
    "entries_missed": Told(
        "entries may have been missed",
        "open the column and look at what it published in that time; a shorter `every`, or a fuller list, avoids it",
        "all entries that were read are new, and none leads back to what was read before",
    ),
    "articles_away": Told(
        "most known articles cannot be read",
        "open one in a browser; they are kept as they were, and what is new is told as before",
        "its list is read; {entries} of the articles that were read before are not",
    ),
    "article_replaced": Told(
        "an article is no longer there",
        "open its address: it may have been taken down, or be at another; it is kept as it was, and not as withdrawn",
        "《{title}》 ({url}), {entries} in all",
    ),
    "fewer_entries": Told("far fewer entries than usual", _EN_LIST, "{entries} now, usually {usual}"),
    "silent": Told(
        "nothing new for long",
        "open the column: if it has news, compare `watcher sources test`; if it was given up, remove the source",
        "no new entry for {days} days; the longest pause of late was {longest}",
    ),
    "slow": Told(
        "much slower than usual",
        "raise `every` of this source, or set a nearer `proxy`",
        "{took} s, usually {usual} s; {times} times in a row",
    ),
    "too_slow": Told("takes too long to read", _EN_DOCUMENT),
    "too_deep": Told("malformed page", _EN_DOCUMENT),
    "crashed": Told("reading it failed", _EN_DOCUMENT),
    "damaged": Told("the file is damaged", _EN_DOCUMENT),
    "file_away": Told("a file cannot be read now", _EN_WAIT),
    "encrypted": Told("the file has a password", _EN_DOCUMENT),
    "unsupported": Told("file format not supported", _EN_DOCUMENT),
    "binary": Told("the answer is no text", _EN_DOCUMENT),
    "not_a_pdf": Told("the PDF cannot be opened", _EN_DOCUMENT),
    "needs_ocr": Told("a scan: needs OCR", "install watcher[ocr]"),
    "http": Told("the site is broken (HTTP {status})", _EN_WAIT),
    "": Told("cannot be read", "`watcher sources test` shows why"),
}

# Of what keeps articles from being opened: what is mended for the whole site, and not by looking at one of them.
OF_THE_SITE: Final = frozenset({
    "address_refused", "ca", "challenge", "closed", "dns", "firewall", "http_401", "http_403", "http_412", "http_429",
    "http_521", "login", "needs_ocr", "no_tls", "proxy", "refused", "reset", "robots", "site_moved", "timeout_connect",
    "tls", "tls_old", "unreachable",
})  # fmt: skip
_TABLES: Final[Mapping[Language, Mapping[str, Told]]] = {"zh": ZH, "en": EN}
_LONGEST_FACT: Final = 120
_STATUS: Final = re.compile(r"http_(\d{3})")


def told_of(problem: Mapping[str, object], language: Language) -> Told:
    """What a reader is told of a problem of the event; its detail "" where a fact is missing.

    Its facts may hold what a site says: they are cleaned here, and escaped by the form. The fact `why` is the code of
    what is behind the problem, which is told beside it.
    """
    facts = problem.get("facts")
    facts = facts if isinstance(facts, Mapping) else {}
    told = _by_code(str(problem.get("code")), language)
    try:
        detail = told.detail.format_map({str(name): inert(str(fact))[:_LONGEST_FACT] for name, fact in facts.items()})
    except KeyError:
        detail = ""
    why = str(facts.get("why") or "")
    if not detail or not why or (why not in _TABLES[language] and not _STATUS.fullmatch(why)):
        return Told(told.phrase, told.step, detail)
    behind = _by_code(why, language)
    colon = "：" if language == "zh" else ": "
    return Told(told.phrase, behind.step if why in OF_THE_SITE else told.step, f"{detail}{colon}{behind.phrase}")


def _by_code(code: str, language: Language) -> Told:
    table, status = _TABLES[language], _STATUS.fullmatch(code)
    told = table.get(code) or (table["http"] if status else table[""])
    return Told(told.phrase.format(status=status[1]), told.step, told.detail) if status else told

"""What the address of a link tells: where it leads, and whether an article is likely there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from watcher.inert import inert_address

_DEFAULT_PORT: Final = {"http": ":80", "https": ":443"}
_LONGEST: Final = 2_000

# Dialects of the content systems of government sites: t20260602_1157667.shtml, art_80179_11664839.html,
# content_123.htm, post_123.html, a time stamp of 14 or 17 digits, /info/1023/4567.htm, a plain number, a UUID or 32
# hexadecimal digits as name or as folder before c.html, content.html, index.shtml. /czjs/2025/ is the column of a year.
_ARTICLE: Final = re.compile(
    r"(?:^|[/_-])t?(?:19|20)[0-9]{6}_[0-9]+|/art/|/(?:content|post|article|detail|info|news|doc|art|c|a)[_/-]?[0-9]{3,}"
    r"|/[0-9]{4,}(?:\.\w+|/(?:index|content)\.\w+)$|/(?!(?:19|20)[0-9]{2}/?$)[0-9]{4,}/?$|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-|/[0-9]{4}[-/]?[0-9]{2}(?:[-/]?[0-9]{2})?/\w"
    r"|[_-][0-9]{4,}\.\w+$",
    re.IGNORECASE,
)
_IN_QUERY: Final = re.compile(r"(?:^|[&?])\w{0,12}(?:id|no|key|code|guid)=[\w-]+", re.IGNORECASE)
# An official account's article: the code after /s/ (22 characters of base64) may hold no digit that would tell it.
_WECHAT: Final = re.compile(r"https?://mp\.weixin\.qq\.com/s[/?]", re.IGNORECASE)
_COLUMN: Final = re.compile(r"(?:^|/)(?:index|list|col|node)(?:[_-]?[0-9]{1,4})?\.\w+$|/col/col[0-9]+/", re.IGNORECASE)
_FOLDER: Final = re.compile(r"/(?:[0-9]{5,}|[0-9a-f]{16,})/index\.\w+$", re.IGNORECASE)
_ATTACHMENT: Final = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar)$", re.IGNORECASE)
# Behind an address whose closing quote is missing: href="/a.html target="_blank". One blank: of a long run each would
# be tried with all that follow.
_NEXT_ATTRIBUTE: Final = re.compile(r"\s(?:target|title|class|style|rel)=.*")
_COLUMN_NUMBER: Final = re.compile(r"[0-9]{3,}")
# The folder of a day or a month, or a day in a name.
_DATE: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:[/-]?[0-9]{1,2}){0,2}(?![0-9])")
_INDEX: Final = re.compile(r"/(?:(?:index|content|page|c)\.\w+)?$")  # of a folder that is an article
_OF_ARTICLE: Final = re.compile(r"[0-9]{5,}|[0-9a-f]{16,}", re.IGNORECASE)  # a folder that tells one from the others
_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:[01][0-9]|[-/][01]?[0-9][-/_])")
_IN_SCRIPT: Final = re.compile(r"[\"']([^\"'\s]{0,300}(?:/|\.s?html?|\.jsp)[^\"'\s]{0,300})[\"']")


def resolve(base: str, href: str) -> str | None:
    """Return the absolute address of `href` without fragment and default port, None where it leads to no other page."""
    href = "".join(href.split("\n")).replace("\t", "").replace("\r", "").strip()
    href = _NEXT_ATTRIBUTE.sub("", href).rstrip().replace("\\", "/").replace(" ", "%20")
    href = inert_address(href)
    if not href or len(href) > _LONGEST or (href.startswith("#") and not href.startswith(("#/", "#!"))) or "{{" in href:
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        host = parts.netloc.lower().removesuffix(_DEFAULT_PORT.get(parts.scheme, ":"))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return None
    except ValueError:
        return None
    # A fragment that a script routes by names the page.
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, fragment))


def in_script(script: str) -> str | None:
    """Return the address that an onclick opens, None where there is none in plain sight."""
    match = _IN_SCRIPT.search(script[:1_000])
    return match[1] if match else None


def is_article(url: str) -> bool:
    """Whether the address looks like that of one article, attachment or notice."""
    parts = urlsplit(url)
    if _COLUMN.search(parts.path) and not _FOLDER.search(parts.path) and not parts.query:
        return False
    return bool(
        _ARTICLE.search(parts.path) or _IN_QUERY.search(parts.query) or _WECHAT.match(url) or is_attachment(url)
    )


def is_column(url: str) -> bool:
    """Whether the address looks like that of a column: a folder, or its index."""
    path = urlsplit(url).path
    return not is_article(url) and (path.endswith("/") or _COLUMN.search(path) is not None)


def is_front_page(url: str) -> bool:
    """Whether the address is that of the site's front page."""
    parts = urlsplit(url)
    return (
        parts.path.rsplit("/", 1)[0] == ""
        and parts.path.lstrip("/").split(".")[0] in ("", "index", "default", "home")
        and not parts.query
    )


def is_attachment(url: str) -> bool:
    """Whether the address is that of a file which hangs on an article."""
    return _ATTACHMENT.search(urlsplit(url).path) is not None


def column_of(url: str) -> re.Pattern[str]:
    """Return what the paths of a column's own articles have in common with its own: folder, or number.

    No folder where the query numbers the column: list.aspx?id=12 lies where all others do.
    """
    parts = urlsplit(url)
    folder = "" if _IN_QUERY.search(parts.query) else parts.path.rpartition("/")[0]
    signs = [rf"^{re.escape(folder)}/"] if folder else []
    if numbers := _COLUMN_NUMBER.findall(parts.path):
        signs.append(rf"(?<![0-9]){numbers[-1]}(?![0-9])")
    return re.compile("|".join(signs) or r"(?!)")


def place_of(url: str) -> str:
    """What the addresses of one column's articles share: host, folders and the column's number, their days apart.

    "http://a.cn/zcwj/202606/t20260618_11.html" gives "a.cn/zcwj//t", "http://a.cn/info/1023/45.htm" "a.cn/info/1023/".
    Files that hang on articles lie apart, and so does each script that is asked: show.jsp?id=11.
    """
    parts = urlsplit(url)
    if parts.query:
        return f"{parts.netloc}{parts.path}"
    folders, _, name = _DATE.sub("", _INDEX.sub("", parts.path)).rpartition("/")
    kept = "/".join("#" if _OF_ARTICLE.search(folder) else folder for folder in folders.split("/"))
    return f"{parts.netloc}{kept}/{name.rpartition('_')[0]}{'*' if is_attachment(url) else ''}"


def year_in(url: str) -> int | None:
    """Return the year that the address names with a month: t20260602, /2025/10/29/, /202511/."""
    match = _YEAR.search(urlsplit(url).path)
    return int(match[1]) if match else None

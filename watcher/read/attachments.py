"""Files in or beside an article: absolute address and a name for people.

A link to a file shows it in its path, in a name in its query or in its words. In the article's own part of the page
other links count, too: those that 附件 in their words or before them says to be files, and those to a download. What
these are shows only when they are asked: `promises_file` tells the two kinds apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, unquote, urldefrag, urljoin, urlsplit

from watcher.inert import inert_address
from watcher.model import Attachment
from watcher.read.clean import clean
from watcher.read.lines import Line

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|7z|pptx?|csv|rtf)$", re.IGNORECASE)
# A linked picture is a file of its own only where its link says so; else it is the larger form of one on the page.
_PICTURE = re.compile(r"\.(?:jpe?g|png)$", re.IGNORECASE)
_SAYS_SO = re.compile(r"附件|附图|扫描件|\.(?:jpe?g|png)$", re.IGNORECASE)
_MEANINGLESS = re.compile(r"(?:点击|立即)?(?:下载|查看|附件|打开|预览|此处|这里)+[:：]?\d{0,2}|\s*", re.IGNORECASE)

# Words of a link, and words before it or on the line above, that say that it is a file.
_CALLED = re.compile(r"[\W_]{0,3}(?:点击|立即|下载|查看|打开|相关){0,3}(?:附件|附表|附[:：])")
_LABEL = re.compile(r"附[件表]?\s?[0-9一二三四五六七八九十]{0,3}\s?[:：]|附[件表]\s?\d{0,2}$")
_SENTENCE_END = re.compile(r"[。！？]")
_NEAR, _BEFORE = 1_000, 200  # characters in which a link's words stand, and before them what they are called
_HEADING = re.compile(r"[\W_]{0,3}(?:相关)?附[件表](?:下载|列表)?[\W_]{0,3}")
# Words of links beside an article that hand out something else, or lead on.
_NOT_OF_IT = re.compile(
    r"App\b|客户端|软件|浏览器|阅读器|插件|控件|二维码|公众号|小程序|Reader\b|[上下][一1][篇条则页]|返回|首页|更多|登录|注册"
    r"|打印|分享|收藏",
    re.IGNORECASE,
)
# An address that hands out a file: download.jsp, downFile.do, /dl/7, /attach/8, ?fileId=9.
_HANDS_OUT = re.compile(
    r"download|downfile|filedown|getfile|attach(?:ment|file|id)?(?![a-z])|file(?:id|name|path|url)=|fujian"
    r"|(?:^|[/._?&-])(?:dl|down|files?)(?![a-z])",
    re.IGNORECASE,
)
# What is a page, a picture or a program on its face.
_NO_FILE = re.compile(
    r"(?:/|\.(?:[sxj]?html?|stm|jpe?g|png|gif|bmp|webp|svg|ico|js|css|mp[34]|apk|ipa|exe|dmg))$", re.IGNORECASE
)
# Pages that show a file named in their query, in this page's program and not on their server.
_VIEWER = re.compile(r"viewer[\w.-]*$|\.html?$|/op/(?:view|embed)\.aspx$", re.IGNORECASE)
_SHOWN = re.compile(r"(?:file|src|url|pdf|path)$", re.IGNORECASE)


def names_file(text: str) -> bool:
    """Whether `text` ends as the name of a file does."""
    return _FILE.search(unquote(text).strip()) is not None


def hands_out(address: str) -> bool:
    """Whether an address is that of a file, or of a download, on its face."""
    path, _, query = address.partition("#")[0].partition("?")
    if names_file(path) or any(names_file(value) for value in query.split("&")[:20]):
        return True
    keys = "&".join(f"{pair.partition('=')[0]}=" for pair in query.split("&")[:20] if pair)
    return _NO_FILE.search(path) is None and _HANDS_OUT.search(f"{path}?{keys}") is not None


def called_file(words: str) -> bool:
    """Whether the words of a link say that it is a file."""
    return _CALLED.match(words.strip()) is not None or names_file(words)


def shown_by(url: str) -> str:
    """The address of the file that a viewer shows (viewer.html?file=/a.pdf); any other address as it is.

    Raises:
        ValueError: an address that is none.
    """
    parts = urlsplit(url)
    if _VIEWER.search(parts.path):
        for pair in parts.query.split("&")[:20]:
            key, _, value = pair.partition("=")
            value = unquote(value)
            if _SHOWN.search(key) and (names_file(urlsplit(value).path) or ("/" in value and "viewer" in parts.path)):
                return urldefrag(urljoin(url, value)).url
    return url


def promised_name(attachment: Attachment) -> str | None:
    """The name or part of the address that says which format a file has; without one it may turn out to be a page."""
    try:
        parts = urlsplit(attachment.url)
    except ValueError:
        return None
    names = _names(attachment.name, parts)
    return next((name for name in names if _FILE.search(name) or _PICTURE.search(name)), None)


def promises_file(attachment: Attachment) -> bool:
    return promised_name(attachment) is not None


def find_attachments(
    lines: Sequence[Line], base: str | None, *, called: int = 0, own: int = 0
) -> tuple[Attachment, ...]:
    """Return the files that `lines` link, in order, each address once; relative ones only where `base` is known.

    Args:
        called: of so many lines, also the links that are called files.
        own: of so many lines, also the links to downloads: the article's own part of the page.
    """
    found: dict[str, str] = {}
    is_list = False
    for place, line in enumerate(lines):
        is_list = _goes_on(line, is_list)
        for address, words, before in _links(line) if place < called else ((*link, "") for link in line.links):
            said = place < called and (is_list or _LABEL.search(before) is not None or called_file(words))
            if url := _file(address, words, base):
                name = _name(words, url)
            elif url := _maybe(address, words, base, said=said, own=place < own):
                name = " ".join(clean(words).split())[:300]
            else:
                continue
            if url not in found or (len(name) > len(found[url]) and _FILE.search(name)):
                found[url] = name
    return tuple(Attachment(url, name) for url, name in found.items())


def _goes_on(line: Line, is_list: bool) -> bool:
    """Whether the links of `line` are those of a list that 附件： began, on it or above it."""
    if not line.links:
        return _HEADING.fullmatch(line.text) is not None
    return is_list and (line.linked or not line.text)


def _links(line: Line) -> Iterator[tuple[str, str, str]]:
    """Address and words of each link, and the sentence that leads to it; looked for near the link before it."""
    at = 0
    for address, words in line.links:
        plain = " ".join(clean(words[:_NEAR]).split())
        found = line.text.find(plain, at, at + _NEAR) if plain else -1
        if found < 0:
            yield address, words, ""
            continue
        yield address, words, _SENTENCE_END.split(line.text[max(found - _BEFORE, 0) : found])[-1]
        at = found + len(plain)


def _file(address: str, words: str, base: str | None) -> str | None:
    """The absolute address of a file, told by its path, a name in its query, or the words of its link."""
    located = _located(address, base)
    if located is None:
        return None
    url, parts = located
    patterns = (_FILE, _PICTURE) if _SAYS_SO.search(words.strip()) else (_FILE,)
    return url if any(one.search(name) for name in _names(words, parts) for one in patterns) else None


def _maybe(address: str, words: str, base: str | None, *, said: bool, own: bool) -> str | None:
    """The absolute address of what may be a file: it is called one, or hands one out in the article's own part."""
    located = _located(address, base)
    if located is None or not words.strip() or _NOT_OF_IT.search(words):
        return None
    url, parts = located
    if not (said or (own and hands_out(f"{parts.path}?{parts.query}"))):
        return None
    is_itself = base is not None and urldefrag(url).url == urldefrag(base).url
    return None if is_itself or _NO_FILE.search(parts.path) else url


def _located(address: str, base: str | None) -> tuple[str, SplitResult] | None:
    address = inert_address(address.strip())
    try:
        url = shown_by(urljoin(base, address) if base else address)
        parts = urlsplit(url)
    except ValueError:
        return None
    return (url, parts) if parts.scheme in {"http", "https", ""} and parts.path else None


def _names(words: str, parts: SplitResult) -> Iterator[str]:
    """Where the name of a file may stand."""
    values = (value.partition("=")[2] for value in parts.query.split("&")[:20])
    return (unquote(name).strip() for name in (words, parts.path, *values))


def _name(words: str, url: str) -> str:
    name = " ".join(clean(words).split())
    if _MEANINGLESS.fullmatch(name):
        name = unquote(urlsplit(url).path.rpartition("/")[2])
    return name[:300]

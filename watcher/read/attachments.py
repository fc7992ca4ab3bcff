"""Links to files in or beside an article: absolute address and a name for people."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from watcher.inert import inert_address
from watcher.model import Attachment
from watcher.read.clean import clean
from watcher.read.lines import Line

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|7z|pptx?|csv|rtf)$", re.IGNORECASE)
# A linked picture is a file of its own only where its link says so; else it is the larger form of one on the page.
_PICTURE = re.compile(r"\.(?:jpe?g|png)$", re.IGNORECASE)
_SAYS_SO = re.compile(r"附件|附图|扫描件|\.(?:jpe?g|png)$", re.IGNORECASE)
_MEANINGLESS = re.compile(r"(?:点击|立即)?(?:下载|查看|附件|打开|预览|此处|这里)+[:：]?\d{0,2}|\s*", re.IGNORECASE)


def find_attachments(lines: list[Line], base: str | None) -> tuple[Attachment, ...]:
    """Return the files that `lines` link, in order, each address once; relative ones only where `base` is known."""
    found: dict[str, str] = {}
    for line in lines:
        for address, words in line.links:
            url = _file(address, words, base)
            if url is None:
                continue
            name = _name(words, url)
            if url not in found or (len(name) > len(found[url]) and _FILE.search(name)):
                found[url] = name
    return tuple(Attachment(url, name) for url, name in found.items())


def _file(address: str, words: str, base: str | None) -> str | None:
    """The absolute address of a file, told by its path, a name in its query, or the words of its link."""
    address = inert_address(address.strip())
    try:
        url = urljoin(base, address) if base else address
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", ""} or not parts.path:
        return None
    names = (words, parts.path, *(value.partition("=")[2] for value in parts.query.split("&")[:20]))
    patterns = (_FILE, _PICTURE) if _SAYS_SO.search(words.strip()) else (_FILE,)
    return url if any(one.search(unquote(name).strip()) for name in names for one in patterns) else None


def _name(words: str, url: str) -> str:
    name = " ".join(clean(words).split())
    if _MEANINGLESS.fullmatch(name):
        name = unquote(urlsplit(url).path.rpartition("/")[2])
    return name[:300]

"""What the lines around an article say about it: date, outlet, authors, original, and the 索引号 table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from watcher.inert import inert_address
from watcher.model import Credit
from watcher.read import byline, chrome, labels, people, stamps
from watcher.read.dates import find_date
from watcher.read.lines import Line

_ORIGINAL_WORDS = re.compile(
    r"(?:原文链接|来源链接|原文地址|原文网址|查看原文|阅读原文|原文出处|网页链接|原文)[:：]?\s?(?:点击|查看)?"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、（）《》“”\u4e00-\u9fff]{4,1000}")
_SHARE = re.compile(
    r"service\.weibo\.|share\.v\.t\.qq|sns\.qzone|connect\.qq|bshare|jiathis|share\.baidu|/share/", re.IGNORECASE
)
_CREDIT_AT_END = re.compile(
    r"\s?[（(\[【]\s?(?:文章|信息|新闻|稿件|内容|消息)?(?:来源|转自|摘自|稿源|出处"
    r"|供稿)\s?[:：]\s?([^（()）\[\]【】。]{2,40})[)）\]】]\s?$"
)
_LONE_LINK_WITHIN = 4  # lines behind the article in which its original is given
_AROUND = 80  # lines on either side that may speak of the article
_LAST = 3


@dataclass(frozen=True, slots=True)
class Facts:
    published: date | None
    credit: Credit
    publisher: str | None
    document_number: str | None
    valid_until: date | None


def gather(before: list[Line], after: list[Line], body: list[str], base: str | None, site: str | None) -> Facts:
    """Return what is printed around an article.

    Args:
        before: the lines of the page's head, the nearest to the article last.
        after: the lines behind it.
        body: its paragraphs; bylines are read from them.
        base: the address that relative links resolve against.
        site: the site's name, for which 本网 stands.
    """
    before, after = before[-_AROUND:], after[:_AROUND]
    above = _fields_of(before)
    below = _fields_of(after)
    ending = [labels.Labelled("source", "来源", name) for name in _credits_at_end(body)]
    found = (*above, *below, *ending)
    credit = Credit(
        name=labels.source_in(found, site)
        or next(filter(None, (stamps.outlet_of(line.text) for line in reversed(before))), None)
        or byline.outlet_in([line.text for line in before] + body[:2] + body[-2:]),
        authors=_authors(found, before, body),
        original_url=_original(before, after, base),
    )
    published = labels.published_in(above) or _bare_date(before) or _credit_date(above) or labels.published_in(below)
    number = labels.document_number_in(found) or next(
        filter(None, (labels.number_of_line(line.text) for line in reversed(before))), None
    )
    return Facts(published, credit, labels.publisher_in(found), number, labels.valid_until_in(found))


def without_credit(paragraph: str) -> str:
    """Drop the bracket （来源：…） from the end of a paragraph."""
    return _CREDIT_AT_END.sub("", paragraph)


def _fields_of(lines: list[Line]) -> tuple[labels.Labelled, ...]:
    return tuple(item for line in lines for item in labels.fields(line.text))


def _credits_at_end(body: list[str]) -> list[str]:
    return [match[1] for text in body[-_LAST:] if (match := _CREDIT_AT_END.search(text[-80:]))]


def _bare_date(lines: list[Line]) -> date | None:
    """A date that stands alone, or among fields without a label of its own (2024-09-11 10:05 来源：…)."""
    for line in reversed(lines):
        if day := stamps.stamped_on(line.text):
            return day
        if chrome.is_label_line(line.text) and (day := find_date(labels.before_labels(line.text))):
            return day
    return None


def _credit_date(found: tuple[labels.Labelled, ...]) -> date | None:
    """The day beside the outlet (来源：某某日报 2023-12-01), where nothing else dates the article."""
    return next((day for item in found if item.field == "source" and (day := find_date(item.value))), None)


def _authors(found: tuple[labels.Labelled, ...], before: list[Line], body: list[str]) -> tuple[str, ...]:
    named = [name for item in found if item.field == "author" for name in people.names(item.value, trusted=True)]
    if named:
        return tuple(dict.fromkeys(named))
    for line in before:
        credits_people = byline.is_byline(line.text) or chrome.is_label_line(line.text) or stamps.is_stamp(line.text)
        if credits_people and (authors := byline.authors_in_line(line.text)):
            return authors
    return byline.authors_in_text(body)


def _original(before: list[Line], after: list[Line], base: str | None) -> str | None:
    for line in before + after:
        if (address := _labelled_original(line)) and (url := _absolute(address, base)):
            return url
    for line in [line for line in after if line.text][:_LONE_LINK_WITHIN]:
        if (match := _ADDRESS.match(line.text.lstrip("<"))) and len(match[0]) >= len(line.text) - 2:
            return _absolute(match[0], base)
    return None


def _labelled_original(line: Line) -> str | None:
    for address, words in line.links:
        if _ORIGINAL_WORDS.fullmatch(words.strip(" 【】[]()（）>»")):
            return address
    for item in labels.fields(line.text):
        if item.field == "original":
            match = _ADDRESS.search(item.value)
            return match[0] if match else next((address for address, _ in line.links), None)
    return None


def _absolute(address: str, base: str | None) -> str | None:
    try:
        address = inert_address(address.strip())
        url = urljoin(base, address) if base else address
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc and not _SHARE.search(url) else None

"""The title of an entry, from what its link shows and what its `title` attribute says."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from watcher.inert import inert
from watcher.listing.dates import Printed, read_text

_LONGEST: Final = 500
_LONGEST_MARK: Final = 12  # characters
_LEAST: Final = 4  # characters that two texts do not share by chance
_SAME: Final = 8  # characters that show a title to be that of the attribute
_CUT: Final = re.compile(r"(?:\.{2,}|…+|。{2,})\s*$")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")
_PINNED: Final = re.compile(r"^[\[【(（]\s?(?:置顶|顶|热|新|最新|new|hot|top)\s?[\]】)）]\s*", re.IGNORECASE)
_BULLETS: Final = " ·•●▪■◆◇▶►>»›○*-–—"
_AFTER: Final = " ·•>»›"
_NO_TITLE: Final = re.compile(
    r"(?:更多|查看|详[情细]|点击|阅读|浏览|下载|进入|返回)?(?:更多|查看|详[情细]|阅读|全文|内容|下载|进入|首页|列表|栏目|附件)"
    r"|(?:首|末|尾|前|后|上|下|上一|下一|第一|最后一?)[页頁]|首\s?页|网站首页|more|next|prev(?:ious)?|index|home|转到|跳转|go|[<>«»‹›\s.…\d/]+",
    re.IGNORECASE,
)
# What a row offers to do with its article; where these lead is never the article itself.
_TOOL: Final = re.compile(
    r"(?:一键)?(?:分享|转发|打印|收藏|点赞|评论|纠错|举报|关注|朗读|语音播报|复制(?:链接)?|(?:分享|转发)到?(?:微信|微博|QQ|朋友圈)|我要(?:纠错|评论|分享|收藏|打印))"
    r"(?:本[页文])?|share|print",
    re.IGNORECASE,
)
# The numbers that every site has in its footer, at the end of a text; a title that names one goes on behind it.
_REGISTERED: Final = re.compile(
    r"(?:公网安备|ICP\s?备|网站标识码)(?:案?[编序]?号)?\s?[:：]?\s?第?\s?[0-9a-z]{6,20}\s?号?(?:\s?[-－—]\s?[0-9]{1,3})?\W{0,9}$",
    re.IGNORECASE,
)
# A court's case number: year, court, kind of case, number (最高人民法院关于人民法院案件案号的若干规定, 2016).
_CASE: Final = re.compile(
    r"[（(〔\[]?[0-9]{4}[)）〕\]]?\s?[一-龥]{0,6}[0-9]{0,4}[民刑行知赔执破清认][一-龥]{0,4}[0-9]{1,8}号"
)
# What registers put beside a title: 文号 (鲁环发〔2026〕12号), 索引号 (11370000004502347Q/2026-00123).
_NUMBER: Final = re.compile(
    r"[一-龥]{0,12}[〔（(\[【]?(?:19|20)[0-9]{2}[〕）)\]】]?年?\s?第?\s?[0-9]{1,5}\s?号|[0-9A-Z]{6,}[0-9A-Z/._-]*"
)


def tidy(text: str) -> str:
    """Blanks to one, without bullets, "[置顶]" and what else stands around a title.

    An entity that is left was escaped twice: &amp;ldquo;, and in a feed what CDATA holds.
    """
    text = text[: 4 * _LONGEST]
    if _ENTITY.search(text):
        text = without_tags(_ENTITY.sub(lambda match: unescape(match[0]), text))
    text = " ".join(inert(text).split()).lstrip(_BULLETS).rstrip(_AFTER)
    return _PINNED.sub("", text).lstrip(_BULLETS)[:_LONGEST]


def without_tags(text: str) -> str:
    """The text without markup; <办法> is none."""
    return _TAG.sub("", text)


def best(shown: str, attribute: str) -> str:
    """The fuller of the two: lists cut what they show, and some fill the attribute with nothing or something else."""
    shown, attribute = tidy(shown), tidy(without_tags(attribute))
    if not attribute or not shown:
        return shown or attribute
    stem = _bare(_CUT.sub("", shown))
    full = _bare(attribute)
    if not stem:
        return attribute
    if _CUT.search(shown):
        # What stands before a title that is cut is a kind or a number: 公示关于某某的…
        stem = stem[max(0, stem.find(full[:_SAME], 0, _LONGEST_MARK + _SAME)) :]
    if full.startswith(stem) and (len(full) > len(stem) or " " in shown):
        return attribute
    if _CUT.search(shown) and full.startswith(stem[: max(4, len(stem) // 2)]) and not _CUT.search(attribute):
        return attribute
    return shown


def joined(shown: str, more: str) -> str:
    """What a link says in two elements; the fuller where both say the same, one for wide screens and one for narrow."""
    if len(shown) > 4 * _LONGEST:
        return shown  # no title goes on there
    one, other = _bare(shown), _bare(more)
    if _is_copy(one, other):
        return more
    return shown if _is_copy(other, one) else shown + more


def _is_copy(text: str, full: str) -> bool:
    """Whether `text` is `full`, or the beginning of it with dots behind."""
    if text == full:
        return len(text) >= _LEAST
    stem = _CUT.sub("", text)
    return len(text) > len(stem) >= _LEAST and full.startswith(stem)


def _bare(text: str) -> str:
    return "".join(text.split())


_LABELLED: Final = re.compile(r"\s*(?:文章)?(?:标题|题目|名称)\s?[:：]\s{0,5}")
_NEXT_LABEL: Final = re.compile(
    r"[\s,，;；]{1,9}(?:文章)?(?:作者|来源|发布|更新|发表|录入|点击|阅读|时间|日期|栏目)[一-龥]{0,4}\s?[:：]"
)


def read_attribute(attribute: str) -> tuple[str, Printed | None]:
    """Return title and date of a title attribute that holds both, each behind its label; else it is all title."""
    start = _LABELLED.match(attribute)
    end = _NEXT_LABEL.search(attribute, start.end() if start else 0)
    if end is None:
        return attribute[start.end() if start else 0 :], None
    rest = attribute[end.start() :].split("\n")
    printed = next((found for line in rest if (found := read_text(" ".join(line.split())))), None)
    if start is None and printed is None:
        return attribute, None
    return attribute[start.end() if start else 0 : end.start()], printed


def is_title(text: str) -> bool:
    """Whether `text` can be the title of an entry, and not a word that steers ("更多", "下一页", "3")."""
    return len(text) > 1 and not _NO_TITLE.fullmatch(text.strip("[]【】()（）+ >》→")) and not _REGISTERED.search(text)


def is_tool(text: str) -> bool:
    """Whether `text` offers to share, print or keep an article."""
    return _TOOL.fullmatch(text.strip("[]【】()（）+ |·")) is not None


def is_case_number(text: str) -> bool:
    """Whether `text` is only the number of a case: a register of cases is no column of articles."""
    return _CASE.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether `text` is only the number of a document or its index: where a title stands beside it, that is meant."""
    return _NUMBER.fullmatch(text) is not None

"""The labelled fields that pages print around an article: 发布时间：… 来源：… 作者：…, and the rows of a 索引号 table.

One line may hold several fields; a field's value ends where the next label begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from watcher.read.clean import CELL, cells
from watcher.read.dates import beside_date, find_date, read_date, without_date
from watcher.read.document_numbers import YEAR_AND_NUMBER

# What the fields mean to us; the order of a field's labels is the order of trust.
_FIELDS: dict[str, tuple[str, ...]] = {
    "published": (
        "发布时间", "发布日期", "时间发布", "日期发布", "信息发布时间", "发表时间", "发表日期", "发稿时间",
        "发稿日期", "发文时间", "刊发时间",
        "公开日期", "公开时间", "公布时间", "公布日期", "公示时间", "公示日期", "公告时间", "公告日期",
        "通告时间", "通告日期", "通报日期", "刊登时间", "刊登日期", "登载时间", "登载日期", "见报日期", "播发时间",
        "上传时间", "上传日期", "发布于", "发表于", "上网日期",
        "上网时间", "录入时间",
        "添加时间", "信息时间", "稿件日期", "日期", "时间",
    ),
    "updated": ("更新时间", "更新日期", "生成日期", "编辑时间", "修改时间"),
    "source": (
        "文章来源", "信息来源", "新闻来源", "稿件来源", "内容来源", "消息来源", "资料来源", "来源单位", "来源媒体",
        "来源网站", "来源",
        "稿源", "稿件出处", "出处", "转载自", "转自", "摘自", "原载", "供稿单位", "供稿", "信息提供", "发布来源",
        "文章出处",
    ),
    "author": ("本文作者", "文章作者", "作者", "撰稿人", "撰稿", "撰文", "供稿人", "记者", "通讯员", "文字"),
    "original": (
        "原文链接", "来源链接", "原文地址", "原文网址", "原文出处", "查看原文", "阅读原文", "原文来源", "原文",
        "文章链接", "来源网址", "来源地址",
        "信息来源网址", "网页链接",
    ),
    "publisher": (
        "发文机关", "发布机关", "发布机构", "发文单位", "发布单位", "发文机构", "制发机关",
        "公开主体", "制定机关", "印发机关",
    ),
    "number": ("发文字号", "发文文号", "文件编号", "文件字号", "公文文号", "文件文号", "文号"),
    "until": ("有效期至", "有效期限", "有效期", "有效日期", "失效日期", "失效时间", "废止日期", "废止时间", "终止日期"),
    "title": ("文件名称", "信息名称", "公文名称", "标题", "名称"),
    "index": (
        "索引号", "索取号", "信息索引", "信息索引号", "主题分类", "组配分类", "体裁分类", "服务对象分类", "公文种类",
        "主题词", "关键词", "统一登记号",
        "统一编号", "公开方式", "公开范围", "公开时限", "公开形式", "公开类别", "公开责任部门", "文件状态",
        "是否有效", "有效性", "时效性", "时效状态",
        "成文日期", "成文时间", "发文日期", "实施日期", "施行日期", "生效日期", "生效时间", "内容概述", "信息类别",
        "所属类别", "登记号", "分类", "主题",
        "解读文件", "规范性文件编号", "联系单位",
    ),
    "chrome": (
        "浏览次数", "阅读次数", "点击次数", "访问次数", "浏览量", "阅读量", "点击量", "访问量", "点击率", "点击数",
        "浏览数", "阅读数", "阅读", "点击",
        "浏览", "人气", "字体大小", "字号大小", "字体", "字号", "视力保护色", "保护视力色", "分享到", "分享",
        "责任编辑", "责编", "编辑", "编审",
        "审核", "审核人", "校对", "初审", "复审", "终审", "签发", "监制", "值班编辑", "打印", "稿件编号", "栏目",
        "所属栏目", "评论", "收藏", "背景色",
    ),
}  # fmt: skip
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels}
_ALL = sorted(_FIELD_OF, key=len, reverse=True)
# A label begins a line or follows something that is no word of its own: "数据来源：" is not "来源：".
_LABEL = re.compile(
    rf"(?=[{''.join(sorted({label[0] for label in _ALL}))}])"  # refuses most places at a glance
    r"(?:(?<![\u4e00-\u9fffA-Za-z])|(?<=[日次秒分]))("
    + "|".join(r"[ ]?".join(label) for label in _ALL)
    + r")(?:\s{0,3}[\]】〗）)]?\s{0,3}[:：︰∶]|\s?[|｜丨](?!\s?(?:[^|｜丨]{1,8}[|｜丨]){3}))"
)
# Fields printed without a gap between them (来源：市环境局字号：大 中 小): a label with its colon, after any word.
_FURTHER = re.compile(
    r"(?<!数据)(?<!资金)(?<!经费)(" + "|".join(label for label in _ALL if len(label) > 1) + r")\s?[:：]"
)
_MARKS = re.compile("[:：︰∶|｜丨]")  # one of them ends every label
_FURTHER_WITHIN = 200  # characters; longer lines of fields are rows of a table
_HEADER_FROM = 3  # labels side by side make a header
_MOST_LABELS = 40
_SEPARATORS = " \t|｜-—;；,，、<>·•\"'"
_PAIRS = (("[", "]"), ("【", "】"), ("〖", "〗"), ("(", ")"), ("（", "）"))
_EDGES = _SEPARATORS + "".join(opening + closing for opening, closing in _PAIRS)
LONGEST_LINE = 600  # characters; a longer line is no line of labels


@dataclass(frozen=True, slots=True)
class Labelled:
    """One field of a line; `label` as printed without blanks, `field` what it means."""

    field: str
    label: str
    value: str


def fields(line: str) -> tuple[Labelled, ...]:
    """Return the labelled fields of `line`, in order; () for a line of running text."""
    if len(line) > LONGEST_LINE or not _MARKS.search(line):
        return ()
    first = _LABEL.search(line)
    if first is None:
        return ()
    further = _FURTHER if len(line) <= _FURTHER_WITHIN and CELL not in line else _LABEL
    found = [first, *islice(further.finditer(line, first.end()), _MOST_LABELS)]
    ends = [match.start() for match in found[1:]] + [len(line)]
    out = []
    for match, end in zip(found, ends, strict=True):
        label = match[1].replace(" ", "")
        out.append(Labelled(_FIELD_OF[label], label, _bare(line[match.end() : end])))
    return tuple(out)


def _bare(value: str) -> str:
    """A value without separators and without a bracket that lost its other half."""
    value = value.strip(_SEPARATORS)
    for opening, closing in _PAIRS:
        if value.endswith(closing) and value.count(closing) > value.count(opening):
            value = value[:-1].rstrip(_SEPARATORS)
        if value.startswith(opening) and value.count(opening) > value.count(closing):
            value = value[1:].lstrip(_SEPARATORS)
    return value


def pair_columns(header: str, row: str) -> str | None:
    """Return the row of a 索引号 table whose labels stand in the row above it, as one line of fields, None for any
    other pair."""
    names, values = cells(header), cells(row)
    known = sum(1 for name in names if name.replace(" ", "") in _FIELD_OF)
    if known < _HEADER_FROM or known * 2 < len(names) or len(values) > len(names):
        return None
    return CELL.join(f"{name}{CELL}{value}" for name, value in zip(names, values, strict=False) if value)


def before_labels(line: str) -> str:
    """What stands in `line` before its first label."""
    match = _LABEL.search(line[:LONGEST_LINE])
    return line[: match.start()] if match else line


def published_in(found: tuple[Labelled, ...]) -> date | None:
    """Return the day of publication among `found`; a day of update only where no other is named."""
    ranked = sorted(
        (item for item in found if item.field in {"published", "updated"}),
        key=lambda item: (item.field == "updated", item.label in {"日期", "时间"}),
    )
    return next((day for item in ranked if (day := find_date(item.value))), None)


_HOME = re.compile(r"本网|本站|本站原创|本网原创|原创|本网站|网站原创|本网讯|本站讯")
_LONGEST_SOURCE = 60
_SOURCE_ENDS = re.compile(
    r"[。！？\n]|https?://|\s*[【\[〖]|\s[（(]|\s(?:编辑|时间|日期|[·•]|记者\s|通讯员\s)"
    # Buttons beside the credit.
    r"|\s(?:打印|关闭|收藏|分享|字号|字体|大\s中|A\+|繁体|简体|纠错|我要|复制|返回|扫一扫|语音|朗读|听全文|视力|导出|点赞)|(?:发布时间|字体|字号|作者|打印|分享|浏览|阅读"
    r"|点击|访问)[次量数率:：\s]|(?:浏览|阅读|点击|访问)[次量数率]?$"
)


def source_in(found: tuple[Labelled, ...], site: str | None) -> str | None:
    """Return the outlet that is credited; 本网 and 本站 stand for `site`. Addresses and dates are no names."""
    for item in found:
        if item.field != "source":
            continue
        name = _bare(without_date(_SOURCE_ENDS.split(item.value, maxsplit=1)[0])).strip("“”:： ")
        if not name or len(name) > _LONGEST_SOURCE or name in {"无", "互联网", "网络"}:
            continue
        if not _HOME.fullmatch(name):
            return name
        if site:
            return site
    return None


_NUMBER = re.compile(
    rf"[^\s|]{{1,24}}?{YEAR_AND_NUMBER}"
    r"|[\u4e00-\u9fff]{2,20}第\d{1,5}号|(?:19|20)\d{2}年第?\d{1,4}号"
)

_OWN_NUMBER = re.compile(rf"(?!根据|按照|依据|参照|关于)[\u4e00-\u9fff]{{2,14}}{YEAR_AND_NUMBER}")


def document_number_in(found: tuple[Labelled, ...]) -> str | None:
    """Return the 文号 of a 索引号 table; a value without the form of one ("无", "-", an internal key) is none."""
    for item in found:
        if item.field == "number" and (match := _NUMBER.match("".join(item.value.split()))):
            return match[0]
    return None


def number_of_line(line: str) -> str | None:
    """Return the 文号 that stands alone on a line or before its fields, as documents print theirs below the title."""
    rest = beside_date(before_labels(line)).strip(_EDGES)
    match = _OWN_NUMBER.fullmatch("".join(rest.split())) if len(rest) <= _LONGEST_SOURCE else None
    return match[0] if match else None


def title_in(found: tuple[Labelled, ...]) -> str | None:
    """Return the headline that 标题 labels; the 名称 of a catalogue is given beside the headline, not for it."""
    return next((item.value for item in found if item.label == "标题" and item.value), None)


def publisher_in(found: tuple[Labelled, ...]) -> str | None:
    for item in found:
        if item.field == "publisher" and 2 <= len(item.value) <= _LONGEST_SOURCE:
            return item.value
    return None


def valid_until_in(found: tuple[Labelled, ...]) -> date | None:
    """Return the last day named by 有效期 or 失效日期 (有效期：2024-01-01至2028-12-31 -> the later one)."""
    for item in found:
        if item.field == "until":
            parts = re.split(r"至|到|~|～|—", item.value)
            if day := read_date(parts[-1]):
                return day
    return None


def is_table_line(line: str) -> bool:
    """Whether `line` belongs to a 索引号 table: its fields are those of a catalogue."""
    found = fields(line)
    catalogue = [item for item in found if item.field in {"index", "number", "publisher", "until"}]
    if not catalogue or before_labels(line).strip(_EDGES):
        return False
    return len(found) >= 2 or len(catalogue[0].value) <= 40

"""Lines that say without labels when an article came out, and where: 2024年11月5日 南方日报."""

from __future__ import annotations

import re
from datetime import date

from watcher.read import chrome
from watcher.read.dates import beside_date, find_date

_LONGEST, _LONGEST_NAME = 60, 24
_CLOCK = re.compile(r"[0-2]?[0-9](?:[:：∶][0-5][0-9](?:[:：∶][0-5][0-9])?|[时点][0-5]?[0-9]分(?:[0-5]?[0-9]秒)?)")
# A month alone says no day; beside a body it still is a line of the head, and no headline.
_MONTH = re.compile(r"(?:19|20)\d{2}年(?:1[0-2]|0?[1-9])月(?=[\s|｜）)]|$)")
_PRINTED_PAGE = re.compile(r"[A-Z]?\d{1,2}\s?版|(?:第[一二三四五六七八九十\d]{1,3}|头)版")
_OUTLET = re.compile(
    r"[\u4e00-\u9fffA-Za-z·]{0,14}"
    r"(?:报|报社|网|在线|电视台|广播电台|卫视|新华社|中新社|通讯社|客户端|融媒体?中心|融媒|传媒|新闻|发布|杂志|周刊|[\u4e00-\u9fff]\+)"
)
# 空气质量日报 is a bulletin and no newspaper.
_BULLETIN = re.compile(r"(?:质量|水质|环境|气象|疫情|行情|价格|监测|数据|统计|工作|情况)(?:日|周|月|快|简|通|公|播)报$")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,24}(?:政府|[局厅委办会院署部]|委员会|办公室|中心|总队|支队)")
_SINCE_NAMES = re.compile(r"(?:记者|通讯员|作者|编辑|责编|发表于|来自).*")
_BESIDE = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]|农历\S*")
_EDGES = " \t|｜·，,、()（）[]【】—–-:：/"


def is_stamp(text: str) -> bool:
    """Whether a line is a day, alone or with the name of an outlet or a body; beside a clock or a page, with any name.

    瓷都环境 2023-08-02 18:30 发表于江西; 2021年8月 某市某局; 某某日报 2019年11月14日 A02版.
    What begins with 今天 is the site's clock.
    """
    if (
        len(text) > _LONGEST
        or not (find_date(text) or _MONTH.search(text))
        or text.startswith(("今天", "现在"))
        or chrome.is_prose(text)
    ):
        return False
    rest = _rest(text)
    timed = _CLOCK.search(text) or _PRINTED_PAGE.search(text)
    return not rest or _is_name(rest) or (timed is not None and len(rest) <= _LONGEST_NAME)


def stamped_on(text: str) -> date | None:
    """The day that a stamp names; None for other lines."""
    return find_date(text) if is_stamp(text) else None


def outlet_of(text: str) -> str | None:
    """The outlet that a stamp names beside its day; accounts of message services are none."""
    rest = _rest(text) if is_stamp(text) else ""
    return rest if _is_name(rest) and "发表于" not in text else None


def _rest(text: str) -> str:
    for pattern in (_SINCE_NAMES, _BESIDE, _MONTH, _CLOCK, _PRINTED_PAGE):
        text = pattern.sub("", text)
    return beside_date(text).strip(_EDGES)


def _is_name(rest: str) -> bool:
    return (_OUTLET.fullmatch(rest) or _BODY.fullmatch(rest)) is not None and not _BULLETIN.search(rest)

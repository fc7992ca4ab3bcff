"""What the words at a date say it is the day of: the publication (发布日期), another (成文日期), an end (有效期至).

Only what stands right at the date counts, or is a label and nothing else: titles, kinds and states hold the same words
(实施方案》的通知, 有效, 报名), and would take from each entry that has them its day.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from watcher.read.dates import date_spans, is_only_date


class Label(Enum):
    """What kind of day a label names."""

    PUBLICATION = "publication"  # 发布日期, or 日期 alone
    ANOTHER = "another"  # any other day: 成文日期, 生成日期, 开始时间
    END = "end"  # also the clock in a page's head: no day of publication, even where no other stands beside it


_LONGEST: Final = 14  # characters of a label
_SEEN: Final = 32  # characters before a date that are looked at
_OPENING: Final = " [【(（〔"
_AFTER: Final = r"(?:为|是|于|到)?[:：]?$"
_END: Final = re.compile(
    r"(?:(?:截止|失效|有效|结束|废止|到期|终止)(?:日期|时间|日|至)|有效期[限至]?|截[止至]|最后更新(?:日期|时间)?"
    rf"|今[天日](?:是|(?=[:：]))|现在(?:是|时间)|当前(?:日期|时间)|北京时间|(?:^|[0-9日起\s])[至到~～]){_AFTER}"
)
_PUBLICATION: Final = re.compile(
    r"(?:(?:发布|公布|公开|刊发|刊登|发表|上传|信息)(?:(?:日期|时间)(?:为|是)?[:：]?|于?[:：])"
    r"|(?:公示|公告)(?:日期|时间)[:：]?|(?:^|[^一-龥])(?:日期|时间)[:：]?)$"
)
_ANOTHER: Final = re.compile(
    rf"(?:[一-龥](?:日期|时间)(?:自|从)?{_AFTER}|(?:成文|生效|施行|实施|报名|开始|更新|修改|拟稿|签发|印发)[:：]$)"
)
_KINDS: Final = ((Label.END, _END), (Label.PUBLICATION, _PUBLICATION), (Label.ANOTHER, _ANOTHER))
# A label and nothing else. Without a colon it has to be the usual words: a short title may end in 截止 too.
_ALONE: Final = re.compile(
    r".*[:：]|[一-龥]{0,6}(?:日期|时间)|有效期[限至]?|(?:截止|失效|有效|结束|废止|到期)[日至]|截[止至]|[今现][天日在]是|[至到~～]"
)
_UNTIL: Final = re.compile(r"\s?(?:之?前|为?止|截止|到期|失效)")
# 2026-06-18-2026-07-01, 2026年6月18日 9:00至7月1日
_RANGE: Final = re.compile(
    r"(?:\s?[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?)?\s?(?:[-~～]{1,2}|[至到])\s?"
    r"(?:(?:19|20)[0-9]{2}\s?[-/.年]\s?)?[01]?[0-9]\s?[-/.月]\s?[0-3]?[0-9](?![0-9:：])"
)
_STATE: Final = re.compile(r"(?:现行|继续|全文|部分)?(?:有效|失效|废止)|(?:已|未)(?:失效|废止|修改|修订|生效)")


def read_label(words: str) -> Label | None:
    """What the end of `words`, which stand right before a date, says it is the day of; None where it says nothing."""
    near = words[-_SEEN:].rstrip(_OPENING)
    closed = "".join(near.split())  # 发 布 日 期
    # 通知 日期: what is set apart from 日期 is none of the label.
    if _PUBLICATION.search(near):
        return Label.PUBLICATION
    return next((kind for kind, pattern in _KINDS if pattern.search(closed)), None)


def own_label(text: str) -> Label | None:
    """What `text`, a piece of its own before a date, says of it: a label only where it is one, and no title."""
    closed = "".join(text[-_SEEN:].rstrip(_OPENING).split())
    is_one = closed.endswith((":", "：")) or (len(closed) <= _LONGEST and _ALONE.fullmatch(closed))
    return read_label(text) if is_one else None


def is_until(rest: str) -> bool:
    """Whether `rest`, which stands right behind a date, makes it an end: 2026-07-01前."""
    return _UNTIL.match(rest) is not None


def rest_of_range(rest: str) -> int:
    """How many characters of `rest`, which stands right behind a date, make it the first day of several; 0: none."""
    match = _RANGE.match(rest)
    return match.end() if match else 0


def is_label(text: str) -> bool:
    """Whether `text` heads a column of dates."""
    return len(text) <= _LONGEST and re.search(r"(?:日期|时间)$", text) is not None


def is_end(text: str) -> bool:
    """Whether `text` is the day of an end and nothing else: 报名截止：2026-07-01."""
    start = next((start for start, _, _ in date_spans(text[: 3 * _LONGEST])), 0)
    return 0 < start <= _LONGEST and read_label(text[:start]) is Label.END and is_only_date(text[start:])


def is_state(text: str) -> bool:
    """Whether `text` says only whether a document is in force: 有效, 已废止."""
    return len(text) <= _LONGEST and _STATE.fullmatch(text) is not None

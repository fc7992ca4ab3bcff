"""Kinds of page that announce nothing, known by their title and their own formulas (`data/detect_forms.tsv`).

A call for tenders for a service platform and a notice of names who get a subsidy are full of the words of service; what
they are shows in their form. Such a form bounds the score, whatever the words say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from watcher import data
from watcher.detect.draft import Draft

_TITLE = 300
_WINDOW = 4000
# A visit or a meeting: leaders go, see, listen and say what should be.
_VISIT = re.compile(
    r"调研|视察|座谈|考察|督导|督查|督察|检查组|会见|走访慰问|走访调研|一行(?=[来赴到莅])|常务会|"
    r"(?:大会|会议|推进会|部署会|动员会|调度会|协调会)(?:召开|举行|在)|召开[^，。]{0,30}(?:会议|大会|推进会|部署会|动员会|调度会)"
)
_SAYING = re.compile(
    r"强调|指出|要求|听取|察看|查看|考察|了解|参观|观摩|出席|主持|讲话|陪同|参加|座谈|交流|传达|审议|发言|表彰|通报"
)
_SAYINGS = 3
# What a body did, decided or grants: with it a visit is service on the spot.
_DEED = re.compile(
    r"出台|推出|印发|制定了?《|现场(?:办公|解决|协调|答复|解答|指导|办理)|当场|截至|累计|今年以来|一[企事]一策|"
    r"(?:已|共|先后)[^，。；\n]{0,6}(?:解决|协调|办结|帮助|为|走访|收集|梳理|服务)|解决了|(?:帮助|协调|推动)[^，。；\n]{0,14}[0-9]|"
    r"(?:压缩|压减|缩短)[^，。；\n]{0,10}[0-9]|(?:补贴|奖励|贴息|减免|退税|授信|贷款)[^，。；\n]{0,8}[0-9]|"
    r"[0-9一二三四五六七八九十]{1,3}(?:条|项)[^，。；\n]{0,8}(?:措施|举措|政策|服务)|专员|专班|提供[^，。；\n]{0,10}(?:服务|指导)|上门"
)
# Below the threshold and above NEAR_MISS: a person may find a deed that these words miss.
_VISIT_SCORE = 0.45


class Form(NamedTuple):
    """The kind of page, the highest score that it may have, and the reason for a reader."""

    at_most: float
    evidence: str


class _Row(NamedTuple):
    kind: str
    at_most: float
    title: re.Pattern[str]
    needed: int
    marks: re.Pattern[str]
    announces: re.Pattern[str]


def form_of(draft: Draft) -> Form | None:
    """The form that bounds the score of `draft`, the strictest of several; None where the words decide."""
    title, text = " ".join((draft.title or "")[:_TITLE].split()), draft.text[:_WINDOW]
    found = [form for row in _rows() if (form := _by(row, title, text))]
    return min(found, default=None) or _visit(title, text)


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    """The table, its patterns compiled; `-` matches nothing."""
    return tuple(
        _Row(kind, float(at_most), _pattern(title), int(needed), _pattern(marks), _pattern(announces))
        for kind, at_most, title, needed, marks, announces in data.rows("detect_forms.tsv")
    )


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile("(?!)" if written == "-" else written)


def _by(row: _Row, title: str, text: str) -> Form | None:
    """The form of `row` where title or marks are its own and the title announces nothing."""
    if row.announces.search(title):
        return None
    if headed := row.title.search(title):
        return Form(row.at_most, f"标题是{row.kind}（{headed[0][:20]}），得分至多{row.at_most:g}")
    marks = list(dict.fromkeys(match[0][:12] for match in row.marks.finditer(text)))
    if len(marks) >= row.needed:
        return Form(row.at_most, f"正文是{row.kind}（{'、'.join(marks[:4])}），得分至多{row.at_most:g}")
    return None


def _visit(title: str, text: str) -> Form | None:
    """A visit or meeting at which nobody announces, grants or solves anything."""
    visit = _VISIT.search(title)
    said = {match[0] for match in _SAYING.finditer(text)}
    if not visit or len(said) < _SAYINGS or _DEED.search(title) or _DEED.search(text):
        return None
    return Form(_VISIT_SCORE, f"调研或会议，没有宣布措施（{visit[0]}），得分至多{_VISIT_SCORE:g}")

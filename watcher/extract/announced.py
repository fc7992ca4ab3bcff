"""Which measures document a report announces: the 《…》 that a body is said to have issued just now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from watcher.extract.lines import ENDS_IN_KIND, Line

_ISSUING: Final = (
    r"(?:出台|印发|制定|发布|推出|下发|公布|颁布|制订|编制|起草|提出|实施|部署|审议通过|审议|明确|形成|解读|《)"
)
_BEFORE: Final = re.compile(rf"{_ISSUING}[^《》。；]{{0,16}}$")
_BEHIND: Final = re.compile(r"[^《》。，]{0,10}?(?:出台|印发|发布|实施|施行|公布|解读|正式|新闻发布会|的通知)")
_TITLE: Final = re.compile(r"《([^《》]{4,120}(?:[《〈][^《》〈〉]{1,80}[》〉][^《》]{0,60})?)》")
_JUST_NOW: Final = re.compile(r"近日|日前|近期|最近|今天|今日|昨日|新近|[1-9]\d?月\d{1,2}日|刚刚|正式|为")
_OTHERS: Final = re.compile(
    r"(?:贯彻|落实|执行|按照|根据|依据|对照|学习|先后|此前|去年|前年|曾|将)[^《》，。；]{0,24}$"
)
_LEAD_LINES: Final = 4
_LEAD_CHARS: Final = 800


def announced_title(title: str | None, lines: Sequence[Line]) -> str | None:
    """The document that the headline names, or that the first paragraphs say was issued; None where there is none."""
    if title and (match := _TITLE.search(title)) and ENDS_IN_KIND.search(match[1]):
        return match[1]
    newsworthy = title is not None and re.search(_ISSUING, title) is not None
    lead = "\n".join(line.content[:_LEAD_CHARS] for line in lines[:_LEAD_LINES])[:_LEAD_CHARS]
    for match in _TITLE.finditer(lead):
        sentence = re.split("[。；\n]", lead[: match.start()])[-1]
        issued = _BEFORE.search(sentence) or _BEHIND.match(lead, match.end())
        now = newsworthy or _JUST_NOW.search(sentence)
        alone = not lead.startswith(("《", "、《"), match.end())
        if issued and now and alone and ENDS_IN_KIND.search(match[1]) and not _OTHERS.search(sentence):
            return match[1]
    return None

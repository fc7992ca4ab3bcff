"""Which of the three types an announcement is, by points for form (`data/kind_signs.tsv`, docs/detection.md).

A `measures_document` speaks as its issuer (heading, addressees, 制定如下措施, clauses, 自印发之日起); a `measures_news`
tells that it was issued (日前出台, 记者获悉, 《措施》提出); a `progress_report` tells what was done (截至目前, 累计).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from watcher import data
from watcher.detect.draft import Draft
from watcher.model import AnnouncementType

_LEAD = 400
_WINDOW = 8000
_DOCUMENT_POINTS = 3.0
_PARTS = ("title", "lead", "body")
_CLAUSE = re.compile(
    r"(?m)^[^\S\n]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、．]|第[一二三四五六七八九十]{1,3}条)"
)
# Words on what is done already; four in 1,000 characters are as good as a stated period.
_DONE = re.compile(
    r"截至|累计|已(?:为|有|经|完成|帮|建|发|办|走|组)|共(?:为|办|走|发|帮|解|受)|今年以来|近年来|下一步|成效|先后|解决了|"
    r"办理了?[0-9]|走访.{0,6}[0-9]"
)


class _Sign(NamedTuple):
    points: float
    meaning: str
    pattern: re.Pattern[str]


def kind_of(draft: Draft) -> tuple[AnnouncementType, str]:
    """The type of an announcement and the sentence that says why."""
    text = draft.text[:_WINDOW]
    parts = ((draft.title or "")[:_LEAD], text[:_LEAD], text)
    document, form = _points("document", parts)
    clauses = min(1.0, max(len(_CLAUSE.findall(text)), len(draft.measures)) / 2)
    if document + clauses >= _DOCUMENT_POINTS:
        return AnnouncementType.MEASURES_DOCUMENT, f"类型为措施文件：{form}"
    news, told = _points("news", parts)
    progress, way = _points("progress", parts)
    done = min(3.0, 700 * len(_DONE.findall(text)) / max(1000, len(text)))
    if news >= progress + done:
        return AnnouncementType.MEASURES_NEWS, f"类型为措施报道：{told or '转述措施'}"
    way = "、".join(part for part in (way, "写已做的事" if done >= 1 else "") if part)
    return AnnouncementType.PROGRESS_REPORT, f"类型为工作成效：{way or '讲所做的工作'}"


@lru_cache(maxsize=1)
def _signs() -> dict[str, list[_Sign]]:
    """The table by group, patterns compiled."""
    groups: dict[str, list[_Sign]] = {}
    for group, points, meaning, pattern in data.rows("kind_signs.tsv"):
        groups.setdefault(group, []).append(_Sign(float(points), meaning, re.compile(pattern)))
    return groups


def _points(kind: str, parts: tuple[str, str, str]) -> tuple[float, str]:
    """The points of the signs of `kind` in title, lead and body, and the meanings of those that speak for it."""
    signs = _signs()
    found = [
        (sign, part)
        for name, part in zip(_PARTS, parts, strict=True)
        for sign in signs.get(f"{kind}-{name}", ())
        if sign.pattern.search(part)
    ]
    return sum(sign.points for sign, _ in found), "、".join(_meaning(*one) for one in found if one[0].points > 0)


def _meaning(sign: _Sign, part: str) -> str:
    """What a reason calls a sign: of several things that it stands for, those that are there (写明施行和解释)."""
    if not sign.pattern.groupindex:
        return sign.meaning
    there = {match.lastgroup for match in sign.pattern.finditer(part)}
    *first, last = [name for name in sign.pattern.groupindex if name in there]
    return f"{sign.meaning}{'、'.join(first)}{'和' if first else ''}{last}"

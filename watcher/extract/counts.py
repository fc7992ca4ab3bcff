"""How many measures a document says that it has: 20条措施, 六不了, 四项发力.

Counts in the titles of other documents are theirs; counts of measures that the document only carries out
(贯彻省24条措施) or that were issued before it are none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watcher.extract.lines import NUMERAL, Line, read_numeral


@dataclass(frozen=True, slots=True)
class Stated:
    """`measures`: 20 of 20条措施. `rhetorical`: counts that hold only where the headings agree (六不了, 四项发力)."""

    measures: int | None = None
    rhetorical: tuple[int, ...] = ()


_NOUN: Final = r"(?:措施|举措|实招|硬招|妙招|新招|政策|新政|办法|意见|条款|服务承诺)"
_GAP: Final = r"(?:(?!方面|[条项个类大款])[\u4e00-\u9fff“”\"、]){0,10}?"
_NOT_ORDINAL: Final = r"(?<![第\d.一二三四五六七八九十百年])"
_MEASURES: Final = re.compile(rf"{_NOT_ORDINAL}({NUMERAL})\s?[条项个大款]\s?{_GAP}{_NOUN}")
# 惠企“十条”, 服务企业20条: a count of clauses as the measures' name.
_NAMED: Final = re.compile(
    rf"{_NOT_ORDINAL}({NUMERAL})\s?条(?=[”\"》]|$|[^\w]|服务|助力|支持|促进|推动|优化|护航|赋能|保障)"
)
# 十大行动 in a headline counts what is done; in running text it counts parts.
_HEADLINED: Final = re.compile(rf"{_NOT_ORDINAL}({NUMERAL})\s?[项大](?:专项|服务)?(?:行动|工程)")
_QUOTED: Final = re.compile(rf"[“\"]({NUMERAL})(?!条)[个项大]?[\u4e00-\u9fff]{{1,8}}[”\"]")
_PARTS: Final = re.compile(
    rf"{_NOT_ORDINAL}({NUMERAL})(?:个|项|大|套|件|记)?[“\"]?(?:系列|专项|主题|服务)?"
    r"(?:聚焦|坚持|强化|着力|行动|到位|注重|突出|提升|优化|发力|机制|工程|重点|抓手|做法|做到|路径|任务|活动|组合拳|实事|板斧|招)"
)
_OWN_WORDS: Final = re.compile(
    r"(?:《[^《》]{2,60}》|本措施|本意见|该措施|该政策|全文|措施)[^。《》]{0,30}?(?:共|提出|包括|包含|明确|分为|涵盖)[^。《》]{0,30}?"
    rf"(?<!\d)({NUMERAL})\s?[条项](?:{_GAP}{_NOUN}|[，,。；;])"
)
_CALLED: Final = re.compile(rf"简称为?[“\"《][^”\"》]{{0,10}}?({NUMERAL})\s?条")
# Short names that a text gives to its own document: 《若干措施》 sets out six parts and 24 measures.
_SHORT_NAME: Final = re.compile(
    r"(?:《(?:若干|实施)?(?:政策)?(?:措施|意见|政策|办法|方案|通知|细则)》|本(?:措施|意见|政策))[^。]{0,60}?"
    rf"(?<![\d第])({NUMERAL})\s?[条项]{_GAP}(?:{_NOUN}|[，,。；;])"
)
_TITLE_IN_TEXT: Final = re.compile(r"《[^《》]{0,120}》")
_OTHERS: Final = re.compile(
    r"(?:贯彻|落实|执行|按照|根据|对照|依据|学习|先后|此前|去年|前年|上年|累计|曾)[^，。；]{0,15}$"
)
_ANNOUNCING: Final = re.compile(
    r"出台|推出|制定|印发|提出|发布|实施|推行|明确|采取|列出|包括|包含|涵盖|共|拿出|拟定|部署|公布|形成|梳理|亮出|打出|提供|细化|以|用|通过"
)
_LEAD_LINES: Final = 4
_LEAD_CHARS: Final = 800
_SENSIBLE: Final = range(2, 201)


def read_counts(title: str, announced: str | None, lines: Sequence[Line]) -> Stated:
    """The counts stated in the title, the announced document's title, and the first paragraphs.

    Args:
        title: the page's own headline.
        announced: the title of the measures document.
        lines: the body.
    """
    lead = "\n".join(line.content[:_LEAD_CHARS] for line in lines[:_LEAD_LINES])[:_LEAD_CHARS]
    own_lead = _TITLE_IN_TEXT.sub("", lead)
    firm = [
        *_numbers(_MEASURES, title),
        *_numbers(_NAMED, title),
        *_numbers(_HEADLINED, title),
        *_numbers(_MEASURES, announced or ""),
        *_numbers(_NAMED, announced or ""),
        *_announced_counts(own_lead),
        *_numbers(_OWN_WORDS, lead),
        *_numbers(_CALLED, lead),
        *(number for line in lines for number in _numbers(_SHORT_NAME, line.content)),
    ]
    rhetorical = [number for text in (title, own_lead) for form in (_QUOTED, _PARTS) for number in _numbers(form, text)]
    return Stated(next(iter(firm), None), tuple(dict.fromkeys(rhetorical)))


def _numbers(form: re.Pattern[str], text: str) -> Iterator[int]:
    for match in form.finditer(text):
        number = read_numeral(match[1])
        if number and number in _SENSIBLE and not _OTHERS.search(text[max(0, match.start() - 20) : match.start()]):
            yield number


def _announced_counts(lead: str) -> Iterator[int]:
    """Counts of measures in sentences that announce them."""
    for sentence in re.split("[。；\n]", lead):
        match = _MEASURES.search(sentence)
        if match and _ANNOUNCING.search(sentence, 0, match.start()):
            yield from _numbers(_MEASURES, sentence)

"""What a text says of other documents: repealed, lapsed, replaced; and which stored ones it means. Pure.

A wrong "repealed" is worse than none. So only the forms that offices use for it count, in a clause that says nothing
else, and of a document that is named in full; a draft says nothing yet, a report only what a document said.

    《…》（文号）同时废止            原《…》自本办法施行之日起废止            《…》不再执行
    决定废止《…》（文号）            关于废止…的通知, and a list of documents under it
    《…》与本办法不一致的，以本办法为准

not: 继续有效, 期满自动失效, 拟废止, 如…废止, 此前规定与本办法不一致的, a list that also amends or keeps.

By its number a document is known for certain. By its title alone it is meant where the same body issued it a month
before or earlier, and only one such is stored: bodies use a title again, each year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from watcher.followups.citing import called, is_number, number_key
from watcher.followups.titles import as_draft, is_draft, title_key
from watcher.model import AnnouncementType, Extraction
from watcher.records import Fate, Name, Named, Role, Saying, Statement

_NUMBER: Final = r"[一-龥]{2,20}\s?[〔\[［﹝（(【]\s?(?:19|20)\d\d\s?[〕\]］﹞）)】]\s?第?\s?\d{1,5}\s?号"
_BEHIND: Final = rf"(?:\s?[（(]\s?{_NUMBER}[^（）()《》。；]{{0,30}}[）)])?"
_DOCUMENT: Final = rf"(?:《[^《》]{{4,120}}(?:《[^《》]{{2,100}}》[^《》]{{0,40}})?》{_BEHIND}|{_NUMBER}(?:文件?)?)"
_DOCUMENTS: Final = rf"{_DOCUMENT}(?:(?:[、，,和及与]|以及){_DOCUMENT})*"
_WHEN: Final = (
    r"(?:自[^，。；《》]{0,20}?(?:之日|日|即日)起|从即日起|同时|同步|一并|相应|即行|现予以?|予以|已经?|均|全部"
    r"|等\S{0,6}文件)*"
)
_END: Final = r"(?=[。；;，,！\n\s]|$)"
_AFTER: Final = re.compile(
    rf"(?P<lead>[^，。；;\n《》]{{0,12}})(?P<what>{_DOCUMENTS})(?P<how>{_WHEN}(?:废止|停止执行|不再执行|宣布失效|失效)){_END}"
)
_BEFORE: Final = re.compile(rf"(?P<lead>[^，。；;\n《》]{{0,12}})(?P<how>废止)(?:了)?(?P<what>{_DOCUMENTS}){_END}")
_OWN: Final = (
    r"本(?:通知|办法|规定|文件|公告|若干措施|措施|(?:实施)?意见|(?:实施)?细则|(?:实施)?方案|政策|条例|指南|清单)"
)
_DIFFERS: Final = (
    r"(?:有关|相关|的|规定|内容|条款|要求|之处|有)*(?:不一致|不相一致|不符|不相符|相抵触|抵触|冲突)(?:的|之处|时)*"
)
_PREVAILS: Final = rf"[，,]?\s?(?:均|一律)?(?:以{_OWN}(?:的?规定)?为准|按照?{_OWN}(?:的?规定)?执行)"
_SUPERSEDES: Final = re.compile(
    rf"(?P<lead>[^，。；;\n《》]{{0,12}})(?P<what>{_DOCUMENTS})(?P<how>(?:等文件)?(?:中|的|有关|相关|规定|内容|条款)*"
    rf"[与和同]{_OWN}{_DIFFERS}{_PREVAILS}){_END}"
    rf"|{_OWN}[与和同](?P<what2>{_DOCUMENTS})(?P<how2>{_DIFFERS}{_PREVAILS}){_END}"
)
_DECIDED: Final = re.compile(r"(?:决定|现予?以?|同时|一并|予以)$")
# What may stand between the beginning of a clause and the documents that a repeal names.
_LEADS: Final = re.compile(
    r"(?:此前|以前|原发布的|原印发的|原有的?|原|我[局委厅办市省县]|本[局委厅办]|印发的|发布的|制定的"
    r"|[一二三四五六七八九十\d]{1,3}[、.．]|第\S{1,4}条|[（(]\S{1,3}[）)]|\s)*"
)
_NEGATED: Final = re.compile(r"不予|未|拟|建议|如果?|若|期满|届满|到期|自动|继续|除|前已|曾|对|凡|情形")
_NOTICE: Final = re.compile(
    r"关于(?:公布)?(?:宣布)?(?:废止|宣布失效)(?!.*(?:修改|修订|继续有效|保留|清理结果)).*(?:通知|决定|公告|通告)$"
)
_LIST: Final = re.compile(
    r"(?:废止|失效)[^。；]{0,24}[：:]\s?$|(?:以下|下列)[^。；]{0,24}(?:废止|失效)[^。；]{0,6}[：:。]\s?$"
)
_ITEM: Final = re.compile(
    rf"^\s?(?:[（(]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,3}})[)）、.．]\s?)?(?P<what>{_DOCUMENT})[；;。，,]?\s?$"
)
_SAYS: Final = re.compile(r"废止|停止执行|不再执行|失效|为准|抵触|不一致")
_TITLE: Final = re.compile(r"《([^《》]{4,150}(?:《[^《》]{2,100}》[^《》]{0,40})?)》")

SHORTEST: Final = 8  # letters of a title that means one document
LEAST_AGE: Final = timedelta(days=30)
DRAFT_FOR: Final = timedelta(days=3 * 365)
LONGEST_QUOTE: Final = 160
LONGEST_SENTENCE: Final = 1000  # characters; what is longer is no clause of an office
MOST: Final = 300  # statements of one page


def may_say(found: Extraction) -> bool:
    """Whether it is worth reading a text for statements."""
    return _SAYS.search(found.text) is not None or found.verdict.type is AnnouncementType.MEASURES_DOCUMENT


def statements(found: Extraction) -> tuple[Statement, ...]:
    """What a text says of other documents, each once."""
    if is_draft(found.title) or "起草说明" in (found.title or ""):
        return ()
    said = [*_finals(found), *_repeals(found)]
    return tuple({(one.fate, one.name.keys): one for one in reversed(said) if one.name.keys}.values())[::-1][:MOST]


def _finals(found: Extraction) -> Iterator[Statement]:
    title = found.document_title
    if found.verdict.type is AnnouncementType.MEASURES_DOCUMENT and title and found.document_number:
        yield Statement(Fate.FINAL, called(as_draft(title), _place(found)), found.title or "")


def _repeals(found: Extraction) -> Iterator[Statement]:
    listing, notice = False, _NOTICE.search((found.title or "").strip()) is not None
    for line in found.text.split("\n"):
        if notice and _LIST.search(line):
            listing = True
        elif listing and (item := _ITEM.match(line)):
            fate = Fate.LAPSED if "失效" in (found.title or "") else Fate.REPEALED
            yield from _of(item["what"], fate, line, _place(found))
        else:
            listing = listing and not line.strip()
        yield from _in_line(line, _place(found))


def _place(found: Extraction) -> str | None:
    return found.region.code if found.region else None


def _in_line(line: str, place: str | None) -> Iterator[Statement]:
    for sentence in re.split(r"[。；;]", line):
        if len(sentence) > LONGEST_SENTENCE or not _SAYS.search(sentence):
            continue
        for match in _AFTER.finditer(sentence):
            if _LEADS.fullmatch(match["lead"]) and not _is_doubtful(sentence, match):
                yield from _of(match["what"], _fate(match["how"]), sentence, place)
        for match in _SUPERSEDES.finditer(sentence):
            group = "what" if match["what"] else "what2"
            if _LEADS.fullmatch(match["lead"] or "") and not _is_doubtful(sentence, match, group):
                yield from _of(match[group], Fate.SUPERSEDED, sentence, place)
        for match in _BEFORE.finditer(sentence):
            if _DECIDED.search(match["lead"]) and not _is_doubtful(sentence, match):
                yield from _of(match["what"], Fate.REPEALED, sentence, place)


def _is_doubtful(sentence: str, match: re.Match[str], group: str = "what") -> bool:
    """Whether the sentence does not say it outright."""
    before = _TITLE.sub("", sentence[: match.start(group)])
    doubted = _NEGATED.search(before) or _NEGATED.search(match[group.replace("what", "how")])
    return doubted is not None or re.search(r"继续有效|除外", sentence[match.end() :]) is not None


def _fate(how: str) -> Fate:
    if "失效" in how:
        return Fate.LAPSED
    return Fate.REPLACED if "同时" in how else Fate.REPEALED


def _of(what: str, fate: Fate, quote: str, place: str | None) -> Iterator[Statement]:
    for document in re.finditer(_DOCUMENT, what):
        title, number = _TITLE.search(document[0]), re.search(_NUMBER, _TITLE.sub("", document[0]))
        words = quote.strip() if len(quote) <= LONGEST_QUOTE else document[0]
        key = number_key(number[0]) if number else None
        name = called(title[1], place) if title else Name(Role.CITES, (), document[0])
        yield Statement(fate, replace(name, keys=(key,)) if key else name, words)


def meant(saying: Saying, stored: Iterable[Named]) -> int | None:
    """The stored announcement that a saying means; None where none or several may be.

    Where the document itself is stored, what reports on it is not meant.
    """
    wanted = [one for one in stored if one.id != saying.announcement and _is_meant(saying, one)]
    best = [one for one in wanted if one.itself] or wanted
    return best[0].id if len(best) == 1 else None


def _is_meant(saying: Saying, named: Named) -> bool:
    said, final = saying.statement.name, saying.statement.fate is Fate.FINAL
    if any(map(is_number, said.keys)):
        return not named.keys.isdisjoint(said.keys) and not any(draft for _, draft in named.titles)
    wanted = title_key(said.written)
    if len(wanted) < SHORTEST or (wanted, final) not in named.titles:
        return False
    if saying.issuer is None or saying.issuer != named.issuer or not (saying.published and named.published):
        return False
    age = saying.published - named.published
    return timedelta(0) <= age <= DRAFT_FOR if final else age >= LEAST_AGE

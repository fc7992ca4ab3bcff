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
from datetime import timedelta
from itertools import islice
from typing import Final

from watcher.followups.citing import called, is_number
from watcher.followups.drafts import as_draft, is_draft
from watcher.followups.titles import title_key
from watcher.lifecycle.mentions import Clause, clauses, is_plain, names_in
from watcher.lifecycle.repeal_lists import listed
from watcher.model import AnnouncementType, Extraction
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Named

_WHEN: Final = (
    r"(?:自[^，。；《》]{0,20}?(?:之日|日|即日)起|从即日起|同时|同步|一并|一律|相应|即行|现予以?|予以|已经?|均|全部"
    r"|等\S{0,6}文件)*"
)
_END: Final = r"(?=[。；;，,！)）\n\s]|$)"
_ENDS: Final = rf"{_WHEN}(?:废止|停止执行|不再执行|宣布失效|失效)"
_OWN: Final = (
    r"本(?:通知|办法|规定|文件|公告|若干措施|措施|(?:实施)?意见|(?:实施)?细则|(?:实施)?方案|政策|条例|指南|清单)"
)
_DIFFERS: Final = (
    r"(?:有关|相关|的|规定|内容|条款|要求|之处|有)*(?:不一致|不相一致|不符|不相符|相抵触|抵触|冲突)(?:的|之处|时)*"
)
_PREVAILS: Final = rf"[，,]?\s?(?:均|一律)?(?:以{_OWN}(?:的?规定)?为准|按照?{_OWN}(?:的?规定)?执行)"
_AND_OTHERS: Final = r"(?:等\S{0,8}文件)?"
_WITH_OWN: Final = rf"(?:中|的|有关|相关|规定|内容|条款)*[与和同]{_OWN}"
# What a clause has before its documents, behind which it may say whose they are; what it says behind them; and that
# makes them so.
_FORMS: Final = (
    (re.compile(r"^"), re.compile(rf"{_ENDS}{_END}"), Fate.REPLACED),
    (re.compile(r"^(?:现|决定)+[将对]"), re.compile(rf"{_ENDS}{_END}"), Fate.REPLACED),
    (re.compile(r"(?:决定|现予?以?|同时|一并|予以)废止了?"), re.compile(rf"{_AND_OTHERS}{_END}"), Fate.REPEALED),
    (re.compile(r"^"), re.compile(rf"{_AND_OTHERS}{_WITH_OWN}{_DIFFERS}{_PREVAILS}{_END}"), Fate.SUPERSEDED),
    (re.compile(rf"{_OWN}[与和同]"), re.compile(rf"{_DIFFERS}{_PREVAILS}{_END}"), Fate.SUPERSEDED),
)
_NEGATED: Final = re.compile(
    r"不予|未(?!尽)|拟|建议|如果?(?!下)|若(?!干)|期满|届满|到期|自动|继续|除|前已|曾|对|凡|情形"
)
_KEPT: Final = re.compile(r"继续有效|除外")
_SAYS: Final = re.compile(r"废止|停止执行|不再执行|失效|为准|抵触|不一致")

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
    lines, place = found.text.split("\n"), _place(found)
    for fate, name, line in listed(found.title or "", lines, place):
        yield Statement(fate, name, _quote(line, name.written))
    for line in lines:
        yield from _in_line(line, place)


def _place(found: Extraction) -> str | None:
    return found.region.code if found.region else None


def _in_line(line: str, place: str | None) -> Iterator[Statement]:
    for sentence in re.split(r"[。；;]", line):
        if len(sentence) > LONGEST_SENTENCE or not _SAYS.search(sentence):
            continue
        for readings in clauses(sentence):
            said = ((clause, fate) for clause in readings if (fate := _fate(clause)))
            for clause, fate in islice(said, 1):
                yield from _of(clause.documents, fate, sentence, place)


def _fate(clause: Clause) -> Fate | None:
    """What a clause says outright of the documents that it names."""
    for lead, behind, fate in _FORMS:
        begins, says = lead.search(clause.lead), behind.match(clause.behind)
        if begins is None or says is None or not is_plain(clause.lead[begins.end() :]):
            continue
        doubted = _NEGATED.search(f"{clause.before}\n{clause.lead[: begins.start()]}\n{says[0]}")
        if doubted is None and not _KEPT.search(clause.behind, says.end()):
            return _ended_by(says[0]) if fate is Fate.REPLACED else fate
    return None


def _ended_by(how: str) -> Fate:
    if "失效" in how:
        return Fate.LAPSED
    return Fate.REPLACED if "同时" in how else Fate.REPEALED


def _of(documents: str, fate: Fate, quote: str, place: str | None) -> Iterator[Statement]:
    for written, name in names_in(documents, place):
        yield Statement(fate, name, _quote(quote, written))


def _quote(words: str, document: str) -> str:
    return words.strip() if len(words) <= LONGEST_QUOTE else document


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

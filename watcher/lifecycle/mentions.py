"""Where a sentence names documents so that something can be said of them: 《…》（文号）, or a 文号 alone. Pure.

    …，原《甲办法》（云环发〔2022〕8号）和云环发〔2021〕3号文件同时废止
      lead  documents                                        behind

Documents side by side are named together. What stands between the beginning of the clause and the first of them is
the lead; it may say whose and of when they are, and that they are old, and nothing else (`is_plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from watcher.extract.organs import BODY
from watcher.followups.citing import called, number_key
from watcher.followups.drafts import TITLE
from watcher.read.document_numbers import DOCUMENT_NUMBER, YEAR, letters_at
from watcher.records.names import Name, Role

# What brackets behind a title say of it; where that is of a part of the document (第五条除外), the whole is not named.
_REMARK: Final = (
    rf"[（(]\s?(?:{YEAR}|(?!除|征求|送审|第[^（）()]{{1,6}}[条款项])[^（）()〔\[［﹝【。；\n]){{1,80}}[)）]"
)
_DOCUMENT: Final = re.compile(rf"{TITLE}(?:\s?{_REMARK})?|{DOCUMENT_NUMBER.pattern}(?:文件?)?")
_JOINS: Final = re.compile(r"\s?(?:[、，,和及与]|以及|并)?\s?")
_CLAUSE_ENDS: Final = re.compile(r".*[，,：:\n]", re.DOTALL)
_DAY: Final = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_OPENS: Final = re.compile(
    r"(?:\s?(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}[、.．](?!\d)|第[一二三四五六七八九十百\d]{1,4}条|[（(]\S{1,3}[）)]))*\s*"
    r"(?:自[^，。；《》]{2,20}起)?"
)
# What stands before the department is its place, and no word that makes something else of the clause (因市环保局…).
_BODY: Final = re.compile(
    rf"(?:(?![因请如若对除拟将未为按据依与做求认反关])[一-龥]){{0,12}}?(?:{BODY.pattern}|[省市县区]委(?:办公[厅室])?)"
    r"(?:[一-龥]{2,7}分局)?(?:等\S{1,4}(?:部门|单位))?"
)
_LONGEST_LEAD: Final = 80
_PLAIN: Final = re.compile(
    r"(?:此前|以前|之前|先前|原有?的?|原来的?|现行的?|[我本][局委厅办市省县区旗州院部]|本机关|\s|[、和与及由于]|联合|会同|共同|先后|分别"
    r"|(?:印发|发布|公布|颁布|制定|制订|出台|下发)(?:并?(?:实施|施行|执行))?的)*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One that names documents: `sentence[start:end]` are they, the clause begins at `begins`."""

    sentence: str
    begins: int
    start: int
    end: int

    @property
    def before(self) -> str:
        """What the sentence says before the clause, without the titles in it."""
        return re.sub(TITLE, "", self.sentence[: self.begins])

    @property
    def lead(self) -> str:
        return self.sentence[self.begins : self.start]

    @property
    def documents(self) -> str:
        return self.sentence[self.start : self.end]

    @property
    def behind(self) -> str:
        return self.sentence[self.end :]


@dataclass(frozen=True, slots=True)
class _Mention:
    """One document; `begins` is where its clause does, None where it is not the first of it.

    `joined`: with the one before.
    """

    begins: int | None
    start: int
    end: int
    joined: bool


def clauses(sentence: str) -> Iterator[tuple[Clause, ...]]:
    """Documents that are named together, with the clause around them: as it may be read, the longest first.

    A comma joins, or it begins a clause: 依据《甲》，《乙》同时废止.
    """
    mentions = list(_mentions(sentence))
    first = 0
    for last, mention in enumerate(mentions):
        if last + 1 == len(mentions) or not mentions[last + 1].joined:
            together = mentions[first : last + 1]
            yield tuple(
                Clause(sentence, one.begins, one.start, mention.end) for one in together if one.begins is not None
            )
            first = last + 1


def _mentions(sentence: str) -> Iterator[_Mention]:
    free = 0  # where the last one ends
    for match in _DOCUMENT.finditer(sentence):
        letters = letters_at(match[1]) if match[1] else 0
        if letters is None:
            continue
        start = match.start() + letters
        gap = sentence[free:start]
        ends = _CLAUSE_ENDS.match(gap)
        begins = free + ends.end() if ends else None if free else 0
        joins = _JOINS.match(gap)
        joined = free > 0 and joins is not None and _is_whose(gap[joins.end() :])
        yield _Mention(begins, start, match.end(), joined)
        free = match.end()


def is_plain(lead: str) -> bool:
    """Whether a lead says no more than whose documents follow, of when, and that they are old.

    第九条 自本办法施行之日起原市环保局2018年印发的
    """
    opens = _OPENS.match(lead)
    return _is_whose(lead[opens.end() :] if opens else lead)


def _is_whose(words: str) -> bool:
    """A body need not be one that is known: that it issued the document is said by the words behind it."""
    if len(words) > _LONGEST_LEAD:
        return False
    return _PLAIN.fullmatch(_BODY.sub("", _DAY.sub("", words))) is not None


def names_in(documents: str, place: str | None) -> Iterator[tuple[str, Name]]:
    """Each document as it is written there and as it is looked up."""
    for match in _DOCUMENT.finditer(documents):
        title = re.match(TITLE, match[0])
        number = DOCUMENT_NUMBER.search(match[0], title.end() if title else 0)
        yield match[0], name_of(title[0][1:-1] if title else "", number[0] if number else None, place)


def name_of(title: str, number: str | None, place: str | None) -> Name:
    """A document as it is looked up: by its number where it has one, or by its title."""
    key = number_key(number) if number else None
    name = called(title, place) if title else Name(Role.CITES, (), number or "")
    return replace(name, keys=(key,)) if key else name

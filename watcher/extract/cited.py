"""The policy documents that a text names in 《》, besides the one that it announces.

Newspapers, bulletins, books, laws and forms stand in 《》 too; a title counts by the kind of document that it ends in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from watcher.extract.lines import KIND_TITLE, NUMERAL, read_numeral, squash
from watcher.model import CitedDocument

_TITLE: Final = re.compile(r"《([^《》]{1,150}(?:《[^《》]{1,100}》[^《》]{0,60})?)》")
_CITED_KIND: Final = re.compile(KIND_TITLE)
_SHORT_NAME: Final = re.compile(r"(?:以下|下文|统一)?简称(?:为|“)?$")
# 《若干措施》 and 《办法》 alone are short names of a document named in full elsewhere.
_SHORTEST: Final = 7
_COUNT: Final = re.compile(rf"(?<![第\d])({NUMERAL})\s?[条项款](?:[^，。]{{0,8}}(?:措施|举措|政策|意见|办法)|[”\"]?$)")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?=年|[—\-~～至])")
_NUMBER_BEHIND: Final = re.compile(
    r"\s?[(（](?:[^()（）《》]{1,20}[〔\[［﹝(（]\s?(20\d\d)\s?[〕\]］﹞)）]|[^()（）《》]{0,8}(20\d\d)年[^()（）《》]{0,8}(?:出台|印发|制定|发布|修订|版)[)）])"
)
_ISSUED: Final = re.compile(r"出台|印发|制定|发布|推出|下发|公布|颁布|修订|实施")
_STATED_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)年(?![底末前度内至起—]|以来)|(今年|去年|前年)")
_RELATIVE: Final = {"今年": 0, "去年": -1, "前年": -2}
_LOOK_BACK: Final = 80


def find_cited(text: str, announced: str | None, published: date | None) -> tuple[CitedDocument, ...]:
    """The documents cited in `text`, each once, in order of first mention; `announced` is left out."""
    found: dict[str, CitedDocument] = {}
    for row in _rows(text):
        for match, year in zip(row, _issue_years(text, row, published), strict=True):
            title = match[1].strip()
            if not _is_cited(title, match.start(), text) or _same(title, announced):
                continue
            key = squash(title)
            known = found.get(key)
            stated = _year_in(title) or year or _year_behind(text, match.end())
            if known is None or (known.year is None and stated is not None):
                found[key] = CitedDocument(title, _count_in(title), stated)
    return tuple(found.values())


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Titles that stand side by side, as 《A》《B》、《C》 do, in one list."""
    row: list[re.Match[str]] = []
    for match in _TITLE.finditer(text):
        if row and text[row[-1].end() : match.start()].strip("、和及与以 "):
            yield row
            row = []
        row.append(match)
    if row:
        yield row


def _is_cited(title: str, start: int, text: str) -> bool:
    if len(title) < _SHORTEST or not _CITED_KIND.fullmatch(title):
        return False
    return not _SHORT_NAME.search(text[max(0, start - 6) : start])


def _same(title: str, announced: str | None) -> bool:
    """Whether `title` is the announced document, which a report may name without its issuing body."""
    if announced is None:
        return False
    one, other = squash(title), squash(announced)
    passed_on = "印发" in one and other in one
    return one.endswith(other) or other.endswith(one) or passed_on


def _count_in(title: str) -> int | None:
    numbers = (read_numeral(match[1]) for match in _COUNT.finditer(title))
    return next((number for number in numbers if number and number > 1), None)


def _year_in(title: str) -> int | None:
    match = _YEAR.search(title)
    return int(match[1]) if match else None


def _year_behind(text: str, end: int) -> int | None:
    """The year of the 文号 or of the issue (2020年印发) that stands behind a title in brackets."""
    match = _NUMBER_BEHIND.match(text, end)
    return int(match[1] or match[2]) if match else None


def _issue_years(text: str, row: list[re.Match[str]], published: date | None) -> list[int | None]:
    """The years in which the titles of a row were issued, as the words before it say: one for all, or one for each."""
    begin = row[0].start()
    clause = re.split("[。；\n]", text[max(0, begin - _LOOK_BACK) : begin])[-1]
    if not _ISSUED.search(clause):
        return [None] * len(row)
    years = [_stated(match, published) for match in _STATED_YEAR.finditer(clause)]
    if len(years) == len(row):
        return years
    return [years[-1] if years and len(row) == 1 else None] * len(row)


def _stated(match: re.Match[str], published: date | None) -> int | None:
    if match[1]:
        return int(match[1])
    return published.year + _RELATIVE[match[2]] if published else None

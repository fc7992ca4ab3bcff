"""Which page of a column an address is: its number, and what it shares with the other pages of that column.

/tzgg/  /tzgg/index.html  /tzgg.htm                                     the first, without a number
/tzgg/index_2.html  /tzgg/list-2.html  /tzgg/page/2/  /tzgg/25.htm      in the path
/tzgg/?page=2  /tzgg/list.aspx?id=7&page=2                              in the query
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from watcher.addresses import canonical

_EXTENSION: Final = re.compile(r"\.[a-z]\w{1,4}$")
_IN_QUERY: Final = re.compile(
    r"(?:(?![\w.-]{0,12}(?:per|each|max|count|tot|total|home)_?page)[\w.-]{0,12}page(?:_?(?:no|num|number|index|idx))?|p|pn|paged)=([0-9]{1,4})"
)
_IN_PATH: Final = re.compile(
    r"(?:[_-]|(?<=/index)|(?<=/list)|(?<=/page)|/(?:page/|p/?)?(?=[0-9]{1,4}/?$))([0-9]{1,4})/?$"
)
_INDEX: Final = re.compile(r"(?:/(?:index|default))?/?$")
# What stands in a folder for its list, beside the index: list_5_2.html is page 2 of /tzgg/, and so is index_260_2.html.
_IN_FOLDER: Final = re.compile(r"/(?:index|list|default|page)(?:[_-]?[0-9]{1,9})?$")


class Turn(NamedTuple):
    """A step from one page of a column to another; `own` is None for the page without a number.

    `is_named`: both are called alike, but for the number; else the other is only what stands in the folder for a list.
    """

    own: int | None
    number: int
    in_query: bool
    is_named: bool


class Step(NamedTuple):
    """A parameter that has one value in an address and an `other` in another."""

    name: str
    own: str
    other: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """An address taken apart: `stem` and `query` are left without the page's number, `whole` is the path with it."""

    host: str
    whole: str
    stem: str
    query: frozenset[str]
    number: int | None
    in_query: bool = False

    def turn(self, other: Numbered) -> Turn | None:
        """The step to `other`, None where that is no numbered page of the same column."""
        number = other.number
        # Who asks for more than the own address does may do so: of a pager's links each says how long a page is.
        if number is None or self.host != other.host or not self.query <= other.query:
            return None
        if other.stem == self.whole and not self.in_query:
            return Turn(None, number, other.in_query, is_named=True)
        if self.number is not None and other.stem == self.stem:
            return Turn(self.number, number, other.in_query, is_named=True)
        folder = _IN_FOLDER.sub("", other.stem)
        if folder == self.whole != "" and not self.in_query:
            return Turn(None, number, other.in_query, is_named=False)
        return None

    @property
    def names(self) -> frozenset[str]:
        """What the parameters are called, the page's number aside."""
        return frozenset(pair.partition("=")[0] for pair in self.query)

    def is_of_script(self, other: Numbered) -> bool:
        """Whether both ask one and the same, for whatever it may be."""
        return self.host == other.host and self.whole == other.whole

    def steps(self, other: Numbered) -> tuple[Step, ...]:
        """The parameters that `other` asks the same script for otherwise, of those that both have."""
        if not self.is_of_script(other):
            return ()
        gone = dict(_named(pair) for pair in self.query - other.query)
        come = sorted(_named(pair) for pair in other.query - self.query)
        return tuple(Step(name, gone[name], value) for name, value in come if name in gone)


def _named(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name, value


def numbered(url: str) -> Numbered:
    """Take the canonical form of an address apart at its page's number: that in the query, else at the path's end."""
    parts = urlsplit(f"//{canonical(url).lower()}")
    pairs = frozenset(filter(None, parts.query.split("&")))
    asked = {pair: int(found[1]) for pair in pairs if (found := _IN_QUERY.fullmatch(pair))}
    host, name = parts.netloc, _EXTENSION.sub("", parts.path)
    whole = _INDEX.sub("", name, count=1)
    if len(set(asked.values())) == 1:
        return Numbered(host, whole, whole, pairs.difference(asked), next(iter(asked.values())), in_query=True)
    found = _IN_PATH.search(name)
    stem = _INDEX.sub("", name[: found.start()], count=1) if found else whole
    return Numbered(host, whole, stem, pairs, int(found[1]) if found else None)

"""The divisions of China by GB/T 2260: names, short forms, what lies in what.

Read once, on first use (about 5 ms). Dissolved divisions stay, so that a document of 2016 by 莱芜市 has its region;
where a living division bears the same name, the living one comes first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from watcher import data
from watcher.model import Region


class Division(NamedTuple):
    """A row of the table. `ended` is the last year of a dissolved division ("?" where unknown), else empty."""

    code: str
    name: str
    shorts: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    ended: str = ""

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


class Divisions:
    """Look-ups over the table; immutable after construction."""

    def __init__(self, divisions: list[Division], zones: dict[str, str]) -> None:
        self.by_code = {division.code: division for division in divisions}
        self.zones = zones
        self.by_name: dict[str, tuple[str, ...]] = {}
        self.by_short: dict[str, tuple[str, ...]] = {}
        self.by_host: dict[str, tuple[str, ...]] = {}
        for division in sorted(divisions, key=lambda row: row.ended != ""):
            code = (division.code,)
            self.by_name[division.name] = self.by_name.get(division.name, ()) + code
            for short in division.shorts:
                self.by_short[short] = self.by_short.get(short, ()) + code
            for host in division.hosts:
                self.by_host[host] = self.by_host.get(host, ()) + code

    def parents(self, code: str) -> tuple[Division, ...]:
        """Province, prefecture and county of `code`, itself last; the prefecture is absent where there is none."""
        codes = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
        return tuple(self.by_code[each] for each in codes if each in self.by_code)

    def region(self, code: str) -> Region:
        """`code` as the contract writes a region: 山东省潍坊市, 370700."""
        return Region("".join(division.name for division in self.parents(code)), code)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it."""
        significant = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer
        return inner.startswith(significant)


@lru_cache(maxsize=1)
def load() -> Divisions:
    """The table of the package."""
    divisions = []
    for row in data.rows("divisions.tsv"):
        code, name, shorts, hosts, ended = (*row, "", "", "")[:5]
        divisions.append(Division(code, name, tuple(shorts.split()), tuple(hosts.split()), ended))
    return Divisions(divisions, {row[0]: row[1] for row in data.rows("zones.tsv")})

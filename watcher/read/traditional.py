"""Traditional pages -> simplified: OpenCC `t2s`, and 着 where it is the particle.

A page is traditional by its share of characters that only traditional writing has; simplified pages are returned
untouched but for single characters that simplified writing does not have (貸款貼息 pasted into a simplified text);
its 著名, 乾隆, 後 in names stay.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol, cast

_ONLY_TRADITIONAL = re.compile(
    "[國為發會業環實務產經與開對進動區這來時種個們學過還點關員際導應當質減樣單議辦從東書長門問間頭馬車見貝"
    "財責費資賞賣買貿賽趙轉輕載輪達運違遠適選遲邊郵鄉鄰醫釋錄錢鐵錯鎮陽陰陳陸隊階隨險難電靈靜響頁項順須領題額風飛飯館驗體魚鳥麗黃齊龍聯職聽節華萬藝藥處號術衛裝複規視親覺觀觸設許證評詞試"
    "話該詳語說請諸課調談論護讓讀變]"
)
_CJK = re.compile("[\u4e00-\u9fff]")
_SHARE = 0.03  # a simplified page quoting a traditional name stays far below, a traditional one has above 0.1
_SAMPLE = 20_000  # characters looked at

# In the list of 2013 (通用规范汉字表), for names and words of their own, though OpenCC writes them otherwise.
_IN_NAMES = frozenset("昇甯濛瞭邨喆堃淼犇镕飏")

# 著 stays where it means to write, or to stand out; everywhere else simplified writing has 着.
_STAYS_AFTER = "显专名原编卓昭论巨土合遗译拙所撰"
_STAYS_BEFORE = "名作述称者录书"
_PARTICLE = re.compile(rf"(?<![{_STAYS_AFTER}])著(?![{_STAYS_BEFORE}])|著(?=[力手眼重想落陆色急装火])")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # 7 MB of tables, needed by few pages

    return cast(_Converter, OpenCC("t2s"))


def is_traditional(text: str) -> bool:
    sample = text[:_SAMPLE]
    marks = len(_ONLY_TRADITIONAL.findall(sample))
    return marks > 2 and marks > _SHARE * len(_CJK.findall(sample))


def _strangers(text: str) -> list[str]:
    """The characters of `text` that GB 2312-80, the set of simplified writing, does not have; few texts hold any."""
    return [char for char in set(text) if _CJK.match(char) and char not in _IN_NAMES and not _is_common(char)]


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplify(text: str) -> str:
    """Return `text` in simplified characters; the length never changes, one character stands for one."""
    if not is_traditional(text):
        single = {ord(char): _converter().convert(char) for char in _strangers(text)}
        return text.translate(single) if single else text
    return _PARTICLE.sub("着", _converter().convert(text))


def simplified(text: str) -> str:
    """A few words that somebody typed, in simplified characters; of the same length."""
    return _converter().convert(text)

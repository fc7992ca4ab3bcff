"""Drops the pronunciation that some pages set behind characters: 精準(zhǔn), 提速（tí sù）.

A bracket is a gloss when all in it are syllables of pinyin and one bears a tone mark, which no other word of a Chinese
text does (Nestlé is no syllables). Where a text glosses, particles without a tone (de), (men) go as well.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = "\u0300\u0301\u0304\u0308\u030c"  # four tones and the dots of ü, where they are characters of their own
_TONED = f"āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ{_MARKS}"
_BRACKET = re.compile(rf"(?<=[\u3400-\u9fff”’》])[ ]?[(（\[［【〔]([A-Za-züɡɑ{_TONED}'’ʼ·,， -]{{1,80}})[)）\]］】〕]")
_HAS_TONE = re.compile(f"[{_TONED}]")
# What may follow each initial. Source: the table of syllables in GB/T 16159-2012.
_FINALS = {
    "b p": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d t": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "n l": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo",
    "g k h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh ch sh r": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "z c s": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_ALONE = "a ai an ang ao e ei en eng er o ou r"  # r: 一点儿 is yìdiǎnr
_PARTICLES = "ba bian dao de fu ge guo la lai le li ma me men mian ne shang tou xia ya zhe zi"
_SYLLABLES = frozenset(_ALONE.split()) | {
    initial + final for initials, finals in _FINALS.items() for initial in initials.split() for final in finals.split()
}
_LONGEST = max(map(len, _SYLLABLES))
_TONELESS = frozenset(_PARTICLES.split())


def without_glosses(text: str) -> str:
    """Return `text` without its glosses; other words in brackets (EOD, VOCs, km) stay."""
    if not _HAS_TONE.search(text):
        return text
    return _BRACKET.sub(lambda match: "" if _is_gloss(match[1]) else match[0], text)


def _is_gloss(words: str) -> bool:
    if not _HAS_TONE.search(words):
        return words.strip() in _TONELESS
    bare = "".join(letter for letter in unicodedata.normalize("NFD", words.lower()) if letter not in _MARKS)
    return all(map(_is_pinyin, re.findall("[a-z]+", bare.replace("ɡ", "g").replace("ɑ", "a"))))


def _is_pinyin(run: str) -> bool:
    """Whether `run` is one syllable or several without a gap: tisu, xian, danguo."""
    ends = {0}
    for end in range(1, len(run) + 1):
        if any(start in ends and run[start:end] in _SYLLABLES for start in range(max(0, end - _LONGEST), end)):
            ends.add(end)
    return len(run) in ends

"""Who or what an amount is granted to: 对完成改造的【水泥企业】，按投资额的15%给予补助，最高300万元."""

from __future__ import annotations

import re

from watcher.extract.figures import phrases

# What numbers a clause: 第二条, （一）, 1.
_NUMBER = (
    r"(?:第[0-9一二三四五六七八九十百]{1,4}[条款]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳])?[ \u3000]?"
)
# A clause that names whom it is about: 对…, 凡…, …的，, or a noun that can be given to.
_NAMES = re.compile(
    rf"^{_NUMBER}(?:对|给|向|凡|支持|鼓励)|(?:的|者)[ ]?$|"
    r"(?:项目|企业|单位|机构|改造|升级|人员|团队|平台|药品|孵化器|中心|园区|基地|组织|个人|[大农]户|高校|院所|产品|装备)$"
)
# A clause of the grant itself: by what it is reckoned, how much a head or a year there is at most.
_GRANTS = re.compile(
    r"^[ ]?(?:再|另|则|可)?(?:按|每|单(?=[个户家项台笔])|最[高多]|年度|分|市级财政|财政)|"
    r"(?:补助|奖励|补贴|资助|贴息|支持|奖补)$"
)
_OPENS = re.compile(rf"^{_NUMBER}(?:其中)?(?:(?:每年|一次性|再|另)*(?:给予?|奖励)|对于?|向|凡|支持|鼓励)?(?:其中)?")
_HEADLESS = re.compile(r"的[ ]?$")
_PER_HEAD = re.compile(r"每[^，]{1,3}(?:补贴|补助|奖励)$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_DIGIT = re.compile(r"[0-9]")
_GIFT = re.compile("奖励|奖补|补贴|补助|资助|贴息|配套")
_LEAST = 4
_WHOLE = 24  # characters up to which a condition is named with its figure


def recipient(clauses: tuple[str, ...]) -> str:
    """The nearest clause that names a recipient, cut to its phrase; empty where none does."""
    for words in clauses:
        if _NAMES.search(words) is not None and _GRANTS.search(words) is None:
            phrase = named(words)
            if len(phrase) >= _LEAST:
                return phrase
    return ""


def named(words: str) -> str:
    """The recipient in a clause: the noun behind a condition with a figure, else the whole phrase."""
    words = _OPENS.sub("", words.rstrip())
    phrase = phrases.recipient(words)
    if _DIGIT.search(phrase) is None and len(phrase) <= 24:
        return phrase
    head = phrase.rsplit("的", 1)[-1]
    if len(_BRACKETS.sub("", head)) >= _LEAST and head != phrase and _DIGIT.search(head) is None:
        return phrases.recipient(head)
    if _DIGIT.search(phrase) is None:
        return phrase if len(phrase) <= phrases.LONGEST else ""
    number = _DIGIT.search(words, 3)
    if number is not None and len(phrase) <= _WHOLE and _GIFT.search(phrase) is None:
        return phrase
    if number is not None:  # 年产值首次突破1亿元的, 对种粮大户每亩补贴120元
        return _PER_HEAD.sub("", phrases.before(words[: number.start()]))
    return phrase if len(phrase) <= phrases.LONGEST else ""

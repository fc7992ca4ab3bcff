"""Numbers as Chinese official texts write them -> `Decimal`; knows nothing of units.

Source: GB/T 15835-2011 (numerals in public texts), which allows Arabic digits, Chinese numerals and the mixture
"1.2万亿",
and section 5.2.4 there for neighbouring digits as a rough range (三五家, 七八十).
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11} | {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十亿": 10**9,
    "亿": 10**8,
    "万亿": 10**12,
}
CHARACTERS = "".join(DIGITS) + "".join(TENS) + "万亿"
# Longer than any amount that was ever published; a longer run of digits is an identifier, and is never computed with.
LONGEST = 24

_STEP = re.compile("([0-9]+)(千万|百万|[亿万千百]|)")
_ROUGH_PAIRS = frozenset({(3, 5)} | {(n, n + 1) for n in range(1, 9)})


def arabic(text: str) -> Decimal | None:
    """The value of "1,234.5" or "1 234.5"; None where it is longer than any amount."""
    return Decimal(text.replace(",", "").replace(" ", "")) if len(text) <= LONGEST else None


def steps(text: str) -> Decimal | None:
    """The value of Arabic digits in steps of falling scale: 1亿5千万 -> 150000000, 3万5千 and 3万5 -> 35000.

    None where a step is not below the one before it.
    """
    total, last = 0, 10**16
    for digits_, words in _STEP.findall(text):
        scale = SCALES[words] if words else last // 10
        if int(digits_) * scale >= last:
            return None
        total, last = total + int(digits_) * scale, scale
    return Decimal(total)


def chinese(text: str) -> tuple[Decimal, Decimal] | None:
    """Low and high of a Chinese numeral: 三十五亿 -> 3500000000 twice, 三五 -> 3 and 5, 一点五 -> 1.5.

    None where the characters make no number (十四五, 二一添作), or only name digits (二〇二三).
    """
    if not text or len(text) > LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    if point:
        low = _exact(whole)
        return None if low is None or not fraction else _pair(low + _fraction(fraction))
    exact = _exact(whole)
    return _rough(whole) if exact is None else _pair(exact)


def digits(text: str) -> Decimal | None:
    """The number that a row of digit characters names one by one: 九五 -> 95, 二〇二三 -> 2023."""
    if not text or any(character not in DIGITS for character in text):
        return None
    return Decimal("".join(str(DIGITS[character]) for character in text))


def _pair(value: Decimal) -> tuple[Decimal, Decimal]:
    return value, value


def _fraction(text: str) -> Decimal:
    return Decimal("0." + "".join(str(DIGITS.get(character, 0)) for character in text))


def _exact(text: str) -> Decimal | None:
    """The value of a whole number, None where the order of its characters breaks the rules of counting."""
    total = 0
    for mark, scale, below in (("亿", 10**8, _myriads), ("万", 10**4, _below_ten_thousand)):
        head, found, tail = text.rpartition(mark)
        if not found:
            continue
        upper = below(head) if head else 1
        if upper is None:
            return None
        total, text = total + upper * scale, tail
        if not text:
            return Decimal(total)
        if len(text) == 1 and text in DIGITS:  # 一万二 is spoken for 一万二千
            return Decimal(total + DIGITS[text] * scale // 10)
    rest = _below_ten_thousand(text)
    return None if rest is None else Decimal(total + rest)


def _myriads(text: str) -> int | None:
    """What may stand before 亿: a number below 亿 itself."""
    value = None if "亿" in text else _exact(text)
    return None if value is None else int(value)


def _below_ten_thousand(text: str) -> int | None:
    """三千零五十 -> 3050, 十二 -> 12, 一百五 -> 150 as it is spoken; a bare 百 or 千 counts as one of them."""
    total, pending, last = 0, None, 10**4
    after_zero = False
    for character in text:
        if character in TENS:
            power = TENS[character]
            if power >= last or pending == 0:
                return None
            total, pending, last, after_zero = total + (1 if pending is None else pending) * power, None, power, False
        elif character not in DIGITS or pending:
            return None
        else:
            after_zero = after_zero or DIGITS[character] == 0
            pending = DIGITS[character]
    if pending is None:
        return total if text else None
    spoken = last if last in (100, 1000) and not after_zero else 10
    return total + pending * spoken // 10


def _rough(text: str) -> tuple[Decimal, Decimal] | None:
    """A rough range by two neighbouring digits: 三五, 七八十, 十七八, 两三百, 五六万."""
    # 十三五 is the name of a plan.
    skipped = "十" if text.endswith("三五") else None
    for place in range(len(text) - 1):
        first, second = DIGITS.get(text[place]), DIGITS.get(text[place + 1])
        if first and second and (first, second) in _ROUGH_PAIRS and text[:place] != skipped:
            low, high = _exact(text[: place + 1] + text[place + 2 :]), _exact(text[:place] + text[place + 1 :])
            return None if low is None or high is None else (low, high)
    return None

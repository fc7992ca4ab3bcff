"""A generator of the ways in which one whole number is written in Chinese texts; written apart from the code it
tests."""

from __future__ import annotations

from collections.abc import Iterator

_DIGITS = "零一二三四五六七八九"


def spellings(value: int) -> Iterator[str]:
    """Arabic, with separators, with 万 or 亿 as a decimal, in Chinese numerals; the last also with 〇 for 零."""
    yield str(value)
    yield f"{value:,}"
    for name, scale in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if value >= scale:
            yield f"{_decimal(value, scale)}{name}"
            yield f"{_decimal(value, scale)} {name}"
    chinese = in_chinese(value)
    yield chinese
    yield chinese.replace("零", "〇")


def _decimal(value: int, scale: int) -> str:
    whole, rest = divmod(value, scale)
    fraction = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


def in_chinese(value: int) -> str:
    """1050000 -> 一百零五万; 10 to 19 begin with 十."""
    groups = []
    for name, scale in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, value = divmod(value, scale)
        if not part:
            groups.append("")
        elif part >= 10**4:
            groups.append(in_chinese(part) + name)
        else:
            groups.append(("零" if part < 1000 and any(groups) else "") + _group(part) + name)
    text = "".join(groups)
    return text.removeprefix("一") if text.startswith("一十") else text


def _group(part: int) -> str:
    text, gap = "", False
    for name, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, part = divmod(part, scale)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text

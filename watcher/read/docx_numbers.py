"""The numbers that Word shows before paragraphs without storing them in the text (一、 （一） 1. 第一条)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from watcher.read.docx_parts import W

_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_HIGHEST = 9_999


@dataclass(frozen=True, slots=True)
class _Level:
    style: str  # decimal, chineseCounting, upperLetter …
    pattern: str  # "%1、"
    start: int


class Numbering:
    """Counts through a document: `mark` must see its paragraphs in order."""

    def __init__(self, numbers: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels = _read_levels(numbers) if numbers is not None else {}
        self._of_style = _read_styles(styles) if styles is not None and self._levels else {}
        self._counts: dict[str, list[int]] = {}

    def mark(self, paragraph: etree._Element) -> str:
        """Return the number shown before `paragraph`, "" for none (bullets are none)."""
        if not self._levels:
            return ""
        number, depth = self._place(paragraph)
        levels = self._levels.get(number)
        if levels is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(
            number, [levels[each].start - 1 if each in levels else 0 for each in range(_LEVELS)]
        )
        counts[depth] += 1
        for deeper in range(depth + 1, _LEVELS):
            counts[deeper] = levels[deeper].start - 1 if deeper in levels else 0
        text = levels[depth].pattern
        for each in range(depth + 1):
            style = levels[each].style if each in levels else "decimal"
            text = text.replace(f"%{each + 1}", _spell(max(counts[each], 1), style))
        return "" if levels[depth].style in {"bullet", "none"} else text

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        if (own := properties.find(f"{W}numPr")) is not None:
            return _numbering_of(own)
        style = properties.find(f"{W}pStyle")
        return self._of_style.get(style.get(f"{W}val", ""), ("", 0)) if style is not None else ("", 0)


def _numbering_of(element: etree._Element) -> tuple[str, int]:
    number, depth = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    return (
        number.get(f"{W}val", "") if number is not None else "",
        _whole(depth.get(f"{W}val") if depth is not None else None, 0),
    )


def _read_styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iter(f"{W}style"):
        own = style.find(f"{W}pPr/{W}numPr")
        if own is not None:
            found[style.get(f"{W}styleId", "")] = _numbering_of(own)
    return found


def _read_levels(numbers: etree._Element) -> dict[str, dict[int, _Level]]:
    """numId -> depth -> level, through the abstract numbering that a numId names."""
    abstract = {
        each.get(f"{W}abstractNumId", ""): {
            _whole(level.get(f"{W}ilvl"), 0): _level(level) for level in each.iter(f"{W}lvl")
        }
        for each in numbers.iter(f"{W}abstractNum")
    }
    found = {}
    for each in numbers.iter(f"{W}num"):
        reference = each.find(f"{W}abstractNumId")
        if reference is not None:
            found[each.get(f"{W}numId", "")] = abstract.get(reference.get(f"{W}val", ""), {})
    return found


def _level(element: etree._Element) -> _Level:
    def value(tag: str) -> str:
        child = element.find(f"{W}{tag}")
        return child.get(f"{W}val", "") if child is not None else ""

    return _Level(value("numFmt") or "decimal", value("lvlText")[:40], _whole(value("start"), 1))


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), _HIGHEST) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _spell(number: int, style: str) -> str:
    if style in _CHINESE:
        return _chinese(number)
    if style in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if style == "upperLetter" else letter.lower()
    if style in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    """1 -> 一, 12 -> 十二, 105 -> 一百零五; below 10,000."""
    out, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if 10 <= number < 20 else out

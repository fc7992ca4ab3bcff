"""Whether a labelled document is well-formed: its JSON against the page that it labels.

Knows nothing of the extraction rules: quotes are looked for in the page's bare characters, and values are read
again from their quotes by a reader of numerals of its own.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import opencc

HERE = Path(__file__).parent
SPLITS = ("dev", "held")
TYPES = ("measures_document", "measures_news", "progress_report", "other")
QUALIFIERS = ("exact", "at_least", "more_than", "at_most", "less_than", "about", "nearly")
DURATIONS = ("workday", "day", "month", "year", "hour", "minute", "week", "quarter")
UNITS = {
    "percent": ("%",),
    "duration": DURATIONS,
    "rank": ("rank",),
    "ratio": ("1",),
    "money": ("CNY", "USD", "EUR", "HKD"),
}
REQUIRED = ("input", "announcement", "type")  # a doubt about another field is recorded by leaving it out
FIGURE_KEYS = ("quote", "kind", "low", "high", "unit", "qualifier", "change", "previous", "subject", "measure")

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERAL = re.compile(r"\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千万亿]+|半")
GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
PUNCTUATION = re.compile(r"[\s\u200b“”\"'‘’《》〈〉「」『』()\[\]〔〕【】,,。、:;!?~·…]")


def documents() -> Iterator[Path]:
    """Every gold file, development ones first."""
    for split in SPLITS:
        yield from sorted((HERE / split).glob("*.json"))


def page_text(path: Path) -> str:
    """The page's bare characters: simplified, no tags, glosses, page numbers, white space or punctuation."""
    body = path.read_bytes()
    try:
        text = body.decode("utf-16" if body.startswith(b"\xff\xfe") else "utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030")
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<!--.*?-->|</?[a-zA-Z][^>]*>", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*— \d+ —\s*$", "", html.unescape(text), flags=re.MULTILINE)
    text = GLOSS.sub("", unicodedata.normalize("NFKC", text))
    return bare(opencc.OpenCC("t2s").convert(text))


def bare(text: str) -> str:
    """`text` with width folded and white space and punctuation removed; points and dashes stay, they make numbers."""
    return PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))


def numerals(quote: str) -> set[Decimal]:
    """Every value that the numerals of `quote` can mean, with the powers 万 and 亿 that it holds."""
    quote = unicodedata.normalize("NFKC", quote).replace(",", "").replace("个百分点", "%")
    plain = [number(run) for run in NUMERAL.findall(quote.replace("分之", " 分之 "))]
    powers = {Decimal(1)} | {Decimal(POWERS[c]) for c in quote if c in "百千万亿"}
    powers |= {a * b for a in powers for b in powers}
    values = {value * power for value in plain for power in powers}
    if "分之" in quote:
        values |= {round(b / a, 6) for a in plain for b in plain if a}
    if "成" in quote or "折" in quote:
        values |= {value * 10 for value in plain}
    if "番" in quote:
        values |= {2**value for value in plain}
    if "倍" in quote or ":" in quote:
        values |= set(plain) | {Decimal(1)}
    return values


def number(run: str) -> Decimal:
    """Arabic digits, or a Chinese numeral such as 一千二百 or 三十."""
    if run[0].isdigit() and run.isascii():
        return Decimal(run)
    if run == "半":
        return Decimal("0.5")
    total = section = digit = 0
    for c in run:
        if c in DIGITS:
            digit = DIGITS[c]
        elif POWERS[c] < 10**4:
            section, digit = section + (digit or 1) * POWERS[c], 0
        else:
            total, section, digit = (total + section + digit or 1) * POWERS[c], 0, 0
    return Decimal(total + section + digit)


def problems(path: Path) -> list[str]:
    """What is wrong with one gold file; empty when nothing is."""
    gold = json.loads(path.read_text("utf-8"))
    text = page_text(path.parent / gold["input"])
    found = [f"no {key}" for key in REQUIRED if key not in gold]
    found += head_problems(gold, text)
    found += order_problems([f["quote"] for f in gold.get("figures", ())], text)
    numbers = {m["number"] for m in gold.get("measures", ())}
    for figure in gold.get("figures", ()):
        found += [f"{figure['quote']}: {fault}" for fault in figure_problems(figure, numbers)]
    for deadline in gold.get("deadlines", ()):
        date.fromisoformat(deadline["date"])
        found += [f"deadline {deadline['quote']} not in the text"] * (bare(deadline["quote"]) not in text)
        found += [f"deadline {deadline['quote']}: no such measure"] * (deadline["measure"] not in numbers | {None})
    for cited in gold.get("cited_documents", ()):
        found += [f"cited {cited['title']} not in the text"] * (bare(cited["title"]) not in text)
    return found


def head_problems(gold: dict[str, Any], text: str) -> list[str]:
    """Faults of everything but figures, deadlines and cited documents."""
    found = []
    if gold["type"] not in TYPES or gold["announcement"] != (gold["type"] != "other"):
        found.append("type and announcement disagree")
    if gold.get("published"):
        date.fromisoformat(gold["published"])
    if gold.get("region") and not re.fullmatch(r"\d{6}", gold["region"]["code"]):
        found.append("region code")
    measures = gold.get("measures", [])
    if [m["number"] for m in measures] != list(range(1, len(measures) + 1)):
        found.append("measures are not numbered from 1")
    if measures and "measure_count" in gold and gold["measure_count"] != len(measures):
        found.append("measure_count is not the number of measures")
    wanted = [m["heading"] for m in measures] + [gold.get(k) for k in ("title", "document_title", "document_number")]
    return found + [f"not in the text: {words}" for words in wanted if words and bare(words) not in text]


def order_problems(quotes: list[str], text: str) -> list[str]:
    """Quotes that do not follow their predecessors in the text."""
    found, position = [], 0
    for quote in quotes:
        place = text.find(bare(quote), position)
        if place < 0:
            found.append(f"{quote}: not in the text after the figure before it")
        else:
            position = place + len(bare(quote))
    return found


def figure_problems(figure: dict[str, Any], measures: set[int]) -> list[str]:
    """Faults of one figure: its form, and its values against its quote."""
    found = [f"no {key}" for key in FIGURE_KEYS if key not in figure]
    kind, unit, previous = figure["kind"], figure["unit"], figure["previous"]
    if figure["qualifier"] not in QUALIFIERS or figure["change"] not in (None, "decrease", "increase"):
        found.append("qualifier or change")
    if kind not in (*UNITS, "count", "quantity") or unit not in UNITS.get(kind, (unit,)):
        found.append("kind and unit disagree")
    shared = (
        NUMERAL.fullmatch(figure["quote"]) is not None
    )  # 100 of 100、50万元: unit and power stand at the list's end
    if kind in ("count", "quantity") and not shared and bare(unit) not in bare(figure["quote"]):
        found.append("unit is not in the quote")
    if figure["low"] > figure["high"] or (previous and figure["change"] is None):
        found.append("low, high or previous")
    values = [figure["low"], figure["high"], *((previous["low"], previous["high"]) if previous else ())]
    readings = numerals(figure["quote"] + "万亿" * shared)
    found += [f"value {value} is not in the quote" for value in values if Decimal(str(value)) not in readings]
    if figure["measure"] not in measures | {None}:
        found.append("no such measure")
    return found

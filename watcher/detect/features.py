"""A document as numbers in [0, 1] that a reader can check, each with the words that it stands on."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from watcher import data
from watcher.detect.draft import Draft
from watcher.detect.wordcount import WordCount

# The character of a document shows in its beginning; keeps the cost of a five-megabyte page constant.
_WINDOW = 8000
_TITLE = 300
# Densities of very short texts are noise: they count as if they had this many characters.
_SHORTEST = 250

_NUMERAL = r"[0-9一二三四五六七八九十百]{1,4}"
# 20条措施, 六项举措, “六不了”: a count of measures in a title or lead.
STATED = re.compile(
    rf"{_NUMERAL}(?:条|项|个方面|方面)[^，。；\n]{{0,12}}?(?:措施|举措|政策|意见|实招|硬招|服务|办法|便利)|“{_NUMERAL}条”|{_NUMERAL}[条不][^0-9]{{0,6}}(?:措施|了)"
)
# 《关于…的若干措施》, 《…支持…政策》.
MEASURE_DOCUMENT = re.compile(
    r"《[^《》\n]{4,70}?(?:措施|政策|意见|实施意见|办法|清单|方案|细则|通知|举措|服务指南|十条|条)(?:（[^）]{1,8}）|\([^)]{1,8}\))?》"
)
_SERVES = re.compile(
    r"服务|支持|助企|惠企|纾困|优化|促进|帮扶|便利|减负|营商|发展|稳|降|奖|补|扶持|保障|激励|金融|免|减|提升|培育|鼓励|改革|包容|提速|助力"
)
# Possessive, and only at the head of a number: a page of digits is no reason to look at each of them from all before.
_LIMIT = re.compile(
    r"(?=[压缩减降提由0-9一二三四五六七八九十两])"  # refuses most places at a glance
    r"(?:(?:压缩|压减|缩短|缩减|减至|降至|提速|由原来)[^。；\n]{0,14}?[0-9一二三四五六七八九十两半]++(?:个?工作日|天|小时|%|分钟|个百分点|分之)"
    r"|(?<![0-9一二三四五六七八九十两])[0-9一二三四五六七八九十两]++个?(?:工作日|小时)(?:内|以内)?(?:办结|完成|出具|办理|拨付))"
)
_GRANT = re.compile(
    r"(?:奖励|奖补|补贴|补助|给予|最高|资助|贴息|减免|减征|返还|退税|授信|贷款|让利|节约|节省|降低)[^。；\n]{0,16}?"
    r"[0-9一二三四五六七八九十百千]++(?:\.[0-9]++)?\s*+(?:余|多)?(?:万元|亿元|元|万|亿|%)"
)
_HEADING = re.compile(
    r"(?m)^[^\S\n]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、．]|第[一二三四五六七八九十]{1,3}条)"
)
_INLINE = re.compile(r"[一二三四五六七八九十]是")
_PRESS = re.compile(r"新闻发布会|发布会|答记者问|新闻通气会|吹风会")


class Feature(NamedTuple):
    """`value` in [0, 1]; `evidence` is what a reason says."""

    value: float
    evidence: str


class _Words(NamedTuple):
    name: str
    place: str
    meaning: str
    full: float  # mentions in 1,000 characters that make 1.0
    words: tuple[str, ...]


def measure(draft: Draft) -> dict[str, Feature]:
    """Every feature of `draft` by name."""
    title = (draft.title or "")[:_TITLE]
    text = draft.text[:_WINDOW]
    head, body = WordCount(title, senses()), WordCount(text, senses())
    features: dict[str, Feature] = {}
    for entry in vocabulary():
        features[entry.name] = _in_title(entry, head) if entry.place == "title" else _in_text(entry, body)
    return features | _structure(draft, title, text) | _for_enterprises(features)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[_Words, ...]:
    """The word features of `data/detect_words.tsv`."""
    return tuple(
        _Words(name, place, meaning, float(full), tuple(words.split()))
        for name, place, meaning, full, words in data.rows("detect_words.tsv")
    )


@lru_cache(maxsize=1)
def senses() -> dict[str, re.Pattern[str]]:
    """The words of `data/detect_senses.tsv`: phrases that hold one and say something else, or the word itself."""
    return {word: re.compile(f"{phrases}|({word})") for word, phrases in data.rows("detect_senses.tsv")}


def _in_title(entry: _Words, title: WordCount) -> Feature:
    hits = [word for word in entry.words if title.count(word)]
    return Feature(float(bool(hits)), _quoted(entry.meaning, hits))


def _in_text(entry: _Words, body: WordCount) -> Feature:
    counts = {word: count for word in entry.words if (count := body.count(word))}
    density = 1000 * sum(counts.values()) / max(len(body.text), _SHORTEST)
    return Feature(
        min(1.0, density / entry.full),
        _quoted(entry.meaning, sorted(counts, key=lambda word: -len(word) * counts[word])),
    )


def _quoted(meaning: str, hits: list[str]) -> str:
    return f"{meaning}（{'、'.join(hits[:4])}）" if hits else meaning


def _for_enterprises(features: dict[str, Feature]) -> dict[str, Feature]:
    """Service and enterprises together: cheap meals for the old are a service too, a firm's sales are business too."""
    serve, enterprise = features["serve"], features["enterprise"]
    return {"for_enterprises": Feature(math.sqrt(serve.value * enterprise.value), _both(serve, enterprise))}


def _both(serve: Feature, enterprise: Feature) -> str:
    """The two word lists as one reason."""
    quoted = [part.evidence.partition("（")[2].rstrip("）") for part in (serve, enterprise)]
    return f"服务措施与企业项目并见（{'；'.join(quoted)}）"


def _structure(draft: Draft, title: str, text: str) -> dict[str, Feature]:
    """What the build of the document says: counts, numbered measures, limits, grants, the documents it names."""
    lead = text[:400]
    stated = STATED.search(title) or STATED.search(lead)
    headings = max(len(_HEADING.findall(text)), len(draft.measures), len(_INLINE.findall(text)))
    named = [match[0] for match in MEASURE_DOCUMENT.finditer(text) if _SERVES.search(match[0])]
    limits, grants = _LIMIT.findall(text), _GRANT.findall(text)
    press = _PRESS.search(title) or _PRESS.search(lead)
    return {
        "stated_count": Feature(float(bool(stated)), f"写明条数（{stated[0]}）" if stated else "写明条数"),
        "numbered": Feature(min(1.0, headings / 6), f"分条列出{headings}处" if headings else "分条列出"),
        "names_document": Feature(min(1.0, len(named) / 2), f"提到文件{named[0]}" if named else "提到措施文件"),
        "limits": Feature(min(1.0, len(limits) / 3), f"压缩或承诺时限（{limits[0]}）" if limits else "压缩或承诺时限"),
        "grants": Feature(min(1.0, len(grants) / 3), f"写明资金或优惠（{grants[0]}）" if grants else "写明资金或优惠"),
        "press": Feature(float(bool(press)), f"新闻发布（{press[0]}）" if press else "新闻发布"),
    }

"""The words in which a reader is told why he gets an alert, in his language. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from watcher.settings import Language


@dataclass(frozen=True, slots=True)
class Reasons:
    regions: str
    sources: str
    types: str
    topics: str
    issuers: str
    keywords: str
    figures: str
    deadlines: str
    nationwide: str
    all_announcements: str
    all_sources: str
    all_deliveries: str
    type_names: Mapping[str, str]
    join: str  # between values
    stop: str  # between parts

    @property
    def named(self) -> tuple[str, ...]:
        """The parts that name values."""
        return (
            self.regions, self.sources, self.types, self.topics, self.issuers, self.keywords, self.figures,
        )  # fmt: skip


REASONS: Final[Mapping[Language, Reasons]] = {
    "zh": Reasons(
        regions="地区",
        sources="来源",
        types="类型",
        topics="主题",
        issuers="发布机构",
        keywords="关键词",
        figures="数字",
        deadlines="有截止期限",
        nationwide="全国或未注明",
        all_announcements="订阅了全部公告",
        all_sources="订阅了全部来源的状况",
        all_deliveries="订阅了其他订阅的投递状况",
        type_names={"measures_document": "措施文件", "measures_news": "措施报道", "progress_report": "进展报道"},
        join="、",
        stop="；",
    ),
    "en": Reasons(
        regions="region",
        sources="source",
        types="type",
        topics="topic",
        issuers="issued by",
        keywords="keyword",
        figures="figure",
        deadlines="has a deadline",
        nationwide="the whole country, or not said",
        all_announcements="you follow all announcements",
        all_sources="you follow the state of all sources",
        all_deliveries="you follow whether other subscriptions are reached",
        type_names={
            "measures_document": "measures",
            "measures_news": "news of measures",
            "progress_report": "progress report",
        },
        join=", ",
        stop="; ",
    ),
}


def together(reasons: Iterable[str], language: Language) -> str:
    """The reasons of several alerts as one, each value once: 关键词 环评 and 关键词 融资 are 关键词 环评、融资."""
    words = REASONS[language]
    parts: dict[str, dict[str, None]] = {}
    for part in (part for reason in reasons for part in reason.split(words.stop) if part):
        name = next((one for one in words.named if part.startswith(f"{one} ")), None)
        values = part.removeprefix(f"{name} ").split(words.join) if name else ()
        parts.setdefault(name or part, {}).update(dict.fromkeys(values))
    return words.stop.join(f"{name} {words.join.join(values)}" if values else name for name, values in parts.items())

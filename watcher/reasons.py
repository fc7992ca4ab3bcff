"""The words in which a reader is told why he gets an alert, in his language. Pure."""

from __future__ import annotations

from collections.abc import Mapping
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

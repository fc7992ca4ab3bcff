from __future__ import annotations

from pathlib import Path

import pytest

from watcher.extract.topics import find_topics, vocabulary

DOCS = Path(__file__).parent.parent.parent / "docs" / "topics.md"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("优化环评服务十条", "推行环评打捆审批，排污许可一次办结，排污许可变更全程网办。", {"环评审批", "排污许可"}),
        ("税费优惠送上门", "留抵退税提速，办税厅延时服务。", {"税费"}),
        ("稳岗有补贴", "失业保险返还，招聘活动不断，每人补贴1000元，补助直达。", {"就业", "财政奖补"}),
        ("通关提速", "口岸通关时间压缩，出口企业受益。", {"外贸外资"}),
    ],
)
def test_topics_name_what_a_document_is_about(title: str, text: str, expected: set[str]) -> None:
    assert expected <= set(find_topics(text, title))


def test_a_passing_mention_in_a_long_document_is_no_topic() -> None:
    text = "优化环评审批，主动服务企业。" * 300 + "有人提到旅游。有人提到景区。"
    assert "文化旅游" not in find_topics(text, "环评服务")
    assert find_topics(text, "环评服务")[0] == "环评审批"


def test_at_most_eight_topics_come_the_strongest_first() -> None:
    text = "".join(word * 2 for words in vocabulary().values() for word in words) + "排污许可" * 50
    found = find_topics(text, None)
    assert len(found) == 8
    assert found[0] == "排污许可"


def test_a_text_about_nothing_known_has_no_topics() -> None:
    assert find_topics("今天是个好日子。", None) == ()


def test_every_topic_is_documented() -> None:
    documented = DOCS.read_text("utf-8")
    assert [topic for topic in vocabulary() if f"| {topic} |" not in documented] == []

"""Which districts of a city a text tells of as those that set something out."""

from __future__ import annotations

import pytest

from tests.timing import cpu_seconds
from watcher.extract.acting import acting_branches

ZAOZHUANG = "370400"


@pytest.mark.parametrize("region", [ZAOZHUANG, "370402", "370481"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("薛城分局推出9条措施，帮扶企业80家。", ["370403"]),
        ("薛城生态环境分局成立工作专班，实行台账管理。", ["370403"]),
        ("枣庄市生态环境局薛城分局组织专家入企。", ["370403"]),
        ("枣庄薛城分局开展预约式指导。", ["370403"]),
        ("峄城区市场监督管理分局优化流程。", ["370404"]),
        ("近日，滕州分局搭建银企平台。", ["370481"]),
        ("市中分局压缩审批时限。", ["370402"]),
        ("在台儿庄，生态环境部门选派12名专家驻点。", ["370405"]),
        ("二、山亭分局\n开辟绿色通道。", ["370406"]),
        ("【薛城】\n提前介入。\n2.峄城：容缺受理。", ["370403", "370404"]),
        ("会同薛城分局推出9条措施。", []),
        ("与枣庄市生态环境局薛城分局联合推出9条措施。", []),
        ("记者在薛城分局获悉，今年将优化服务。", []),
        ("企业在薛城建立分厂，推行精益管理。", []),
        ("薛城分局局长表示感谢。", []),
        ("城东分局推出9条措施。", []),  # of another city, or of none
        ("高新分局推出9条措施。", []),
    ],
)
def test_a_citys_districts_are_told_of_by_their_branches_and_short_forms(
    text: str, expected: list[str], region: str
) -> None:
    assert [code for code, _ in acting_branches(text, region)] == expected


@pytest.mark.parametrize("region", ["370100", "370000", "999999"])
def test_the_short_forms_of_another_city_are_ordinary_words(region: str) -> None:
    assert list(acting_branches("薛城分局推出9条措施。", region)) == []


def test_a_long_text_is_read_in_no_time() -> None:
    text = "薛城生态环境分局与峄城分局，" * 20_000
    found: list[object] = []
    assert cpu_seconds(lambda: found.extend(acting_branches(text, ZAOZHUANG))) < 4
    assert found == []

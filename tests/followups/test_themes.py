"""What sets the series of one body apart: the subject, never the year's occasion, the year or the count."""

from __future__ import annotations

from itertools import permutations

import pytest

from watcher.followups.themes import about, go_together
from watcher.followups.titles import parse_title

BUREAU = "潍坊市生态环境局"
GOVERNMENT = "潍坊市人民政府"


def together(one: str, other: str, body: str) -> bool:
    first, second = (about(parse_title(title), body) for title in (one, other))
    assert go_together(first, second) == go_together(second, first)
    return go_together(first, second)


@pytest.mark.parametrize(
    ("one", "other", "body"),
    [
        ("优化环评服务助推重点项目建设的12条措施", "助企纾困服务经济高质量发展的20条措施", BUREAU),
        ("关于助企纾困服务经济高质量发展的20条措施", "关于服务项目建设促进经济高质量发展的22条措施", BUREAU),
        ("服务“双招双引”十五条措施", "稳经济助企业22条措施", BUREAU),
        ("稳经济助企业22条措施", "服务民营经济高质量发展20条举措", BUREAU),
        ("2021年支持企业绿色发展15条措施", "2022年生态环境助企纾困二十六条措施", BUREAU),
        ("全力服务2022年第一季度“开门红”的20条措施", "全力服务一季度“开门红”促进经济高质量发展的若干措施", BUREAU),
        ("优化环评服务若干措施", "关于进一步做好环境影响评价服务工作的通知", BUREAU),
        ("支持茶产业发展八条措施（2018年版）", "加快推进抹茶产业发展的十条措施", "铜仁市农业农村局"),
        ("促进外贸保稳提质十条措施", "支持外贸稳订单拓市场十八条措施", "娄底市商务局"),
        ("推动制造业高质量发展的若干政策意见", "促进工业经济稳进提质的三十条意见", GOVERNMENT),
        ("稳住经济大盘若干措施", "促进经济回升向好若干措施", GOVERNMENT),
    ],
)
def test_what_is_for_the_same_is_one_series(one: str, other: str, body: str) -> None:
    assert together(one, other, body)


@pytest.mark.parametrize(
    ("one", "other", "body"),
    [
        ("优化环评服务若干措施", "支持企业绿色融资若干措施", BUREAU),
        ("稳经济助企业22条措施", "绿色金融支持企业发展8条措施", BUREAU),
        ("优化环评服务助推项目建设的若干措施", "优化绿色金融服务助推项目建设的若干措施", BUREAU),
        ("优化环评服务若干措施", "涉企轻微违法不予处罚的若干措施", BUREAU),
        ("促进外贸保稳提质十条措施", "促进消费若干措施", "娄底市商务局"),
        ("推动制造业高质量发展若干措施", "促进民营经济发展壮大若干措施", GOVERNMENT),
        ("促进体育用品产业提质升级十条措施", "促进生物医药产业高质量发展八条措施", GOVERNMENT),
        ("稳住经济大盘若干措施", "促进外贸稳规模若干措施", GOVERNMENT),
        ("支持企业若干措施", "实行绿色融资若干措施", GOVERNMENT),
    ],
)
def test_what_has_another_subject_is_another_series(one: str, other: str, body: str) -> None:
    assert not together(one, other, body)


@pytest.mark.parametrize("order", list(permutations(["2021年", "2022年", ""], 2)))
def test_year_and_count_change_nothing(order: tuple[str, str]) -> None:
    one, other = (
        about(parse_title(f"{year}支持外贸稳增长{count}条措施"), BUREAU)
        for year, count in zip(order, "8九", strict=True)
    )
    assert one == other

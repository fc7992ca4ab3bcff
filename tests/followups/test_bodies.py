"""Whose series is asked for."""

from __future__ import annotations

import pytest

from watcher.followups.bodies import Asked, body_asked

JINAN = ("370100",)


@pytest.mark.parametrize(
    ("typed", "region", "expected"),
    [
        ("济南市生态环境局", None, Asked(("济南市生态环境局",), near=JINAN)),
        ("济南生态环境局", None, Asked(("济南生态环境局", "济南市生态环境局"), near=JINAN)),
        ("济南市 人社局", None, Asked(("济南市人社局", "济南市人力资源和社会保障局"), near=JINAN)),
        ("市生态环境局", "370100", Asked(("市生态环境局", "济南市生态环境局"), near=JINAN)),
        ("市生态环境局", None, Asked(("市生态环境局",))),
        ("济南", None, Asked(("济南",), JINAN)),
        ("济南市", None, Asked(("济南市",), JINAN)),
        ("山东", None, Asked(("山东",), ("370000",))),
        ("鼓楼区", "320106", Asked(("鼓楼区",), ("320106",))),
        ("某个团体", None, Asked(("某个团体",))),
    ],
)
def test_a_body_is_known_by_its_short_name_and_a_place_means_all_of_its_bodies(
    typed: str, region: str | None, expected: Asked
) -> None:
    assert body_asked(typed, region) == expected


def test_a_homonym_means_every_place_of_the_name() -> None:
    assert len(body_asked("鼓楼区").places) > 1

"""A deadline of an article that was there before watcher came: nobody was alerted, who asked is reminded, once."""

from __future__ import annotations

from datetime import timedelta

from tests.cli.conftest import Installation, configuration
from watcher.cli.context import now
from watcher.demo import articles
from watcher.demo.site import Article, Server, Site

ON = """
    on: [deadline]
    remind: [14d, 3d]
"""


def test_a_deadline_of_the_baseline_is_reminded_of_once(installation: Installation, site: Site, server: Server) -> None:
    day = (now() + timedelta(days=10)).date()
    told = f"各企业须于{day.year}年{day.month}月{day.day}日前，向市生态环境局报送奖补申请材料。"
    site.articles.append(
        Article("/dtxx/t20260301_1009.html", "淄博市出台9条措施支持企业减排", "2026-03-01", articles.BUREAU,
                (*articles.SUBSIDY.paragraphs, told))
    )  # fmt: skip
    installation.configure(configuration(server.port).rstrip() + ON)
    assert installation.run("check").status == 0
    first = installation.run("deliveries", "--json").json()
    assert installation.run("check").status == 0
    assert [one["kind"] for one in first] == ["deadline"]
    assert [one["id"] for one in installation.run("deliveries", "--json").json()] == [first[0]["id"]]

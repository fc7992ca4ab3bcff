"""`watcher why`: what a person finds who asks why a page did, or did not, become an alert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Installation, Result, configuration
from watcher.demo import articles
from watcher.demo.site import LISTING, Server, Site

READERS = """
  - id: south
    to: json://127.0.0.1:9/token-of-south
    where: {regions: ["440000"]}
  - id: broken
    to: json://127.0.0.1:9/token-of-broken
"""


class Asked:
    """An installation after three passes: a new announcement, an edited one, a page that is none."""

    def __init__(self, folder: Path, server: Server, site: Site) -> None:
        self._installation, self.port = Installation(folder), server.port
        self._installation.configure(configuration(server.port, subscriptions=READERS))
        assert self._installation.run("check").status == 0
        site.publish(articles.FAST_TRACK)
        assert self._installation.run("check").status == 0  # alone, so that it is this that `broken` refuses
        site.publish(articles.SUBSIDY_EDITED)
        assert self._installation.run("check", "--recheck").status == 0

    def why(self, *arguments: str) -> Result:
        return self._installation.run("why", *arguments)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    site = Site([articles.SUBSIDY, articles.VISITS, articles.MEETING])
    with Server(site) as server:
        return Asked(tmp_path_factory.mktemp("why"), server, site)


def test_the_first_line_answers_and_the_next_say_who_was_told_and_who_was_not(asked: Asked) -> None:
    told = asked.why("3")
    lines = [line.strip() for line in told.out.splitlines()]
    assert lines[0] == "Announcement 3 was told to hook (1 of 3 subscriptions), waits to be told to broken."
    assert lines[2].split(None, 1) == ["title", articles.FAST_TRACK.title]
    assert any(line.startswith("hook: sent ") and line.endswith("(订阅了全部公告)") for line in lines)
    assert any(line.endswith("  accepted") for line in lines)
    assert any(line.startswith("broken: waits, due ") for line in lines)
    assert any(line.endswith("  webhook: the connection was refused") for line in lines)
    assert "not south: asks for regions 440000: it is of 山东省淄博市 370300 (by its filter of today)" in lines
    assert any(line.endswith("HTTP 200, text/html, 1,364 bytes") for line in lines)
    assert any(line.startswith("as html in utf-8: ") for line in lines)
    assert any("服务措施与企业项目并见" in line for line in lines)
    assert "token-of" not in told.out


def test_an_address_in_any_of_its_ways_of_writing_leads_to_the_announcement(asked: Asked) -> None:
    address = f"127.0.0.1:{asked.port}{articles.SUBSIDY.path}?utm_source=x"
    told = asked.why(address)
    first = told.out.splitlines()[0]
    assert re.fullmatch(
        r"Announcement [12] was told to nobody as new: .* was first read \(baseline\)\. Told since: changed\.", first
    )
    assert "实施清洁生产改造的企业奖补由最高300万元提高到最高500万元" in told.out


def test_a_page_that_gave_none_says_what_decided(asked: Asked) -> None:
    lines = asked.why(asked.url(articles.MEETING.path)).out.splitlines()
    assert lines[0].startswith("This page is no announcement (score 0.00 of 0.5): 正文讲会议或调研")
    assert any("合计 -5.9，得分0.00，未达到0.5" in line for line in lines)


def test_a_page_that_was_never_seen_names_the_list_that_would_have_it(asked: Asked) -> None:
    unseen = asked.why(asked.url(f"{LISTING}202603/t1.html"))
    (line,) = unseen.err.splitlines()
    assert (unseen.status, unseen.out) == (1, "")
    assert line.startswith(
        "watcher: this address was never seen: it is none of the 4 entries that demo has had, last read 2"
    )
    assert line.endswith("; `watcher sources test demo` shows what its list holds now")
    assert asked.why(asked.url(LISTING)).err == "watcher: this is the list of demo, not a page of it\n"
    assert asked.why("http://www.elsewhere.gov.cn/a.html").err == (
        "watcher: this address was never seen: no source is on elsewhere.gov.cn (`watcher sources add URL`)\n"
    )


def test_json_holds_every_step(asked: Asked) -> None:
    told = asked.why("3", "--json").json()
    assert told["announcement"]["id"] == 3
    (page,) = told["pages"]
    assert (page["status"], page["answer"]["format"], page["verdict"]["type"]) == ("read", "html", "measures_news")
    (new,) = told["told"]
    attempts = {one["subscription"]: [try_["error"] for try_ in one["attempts"]] for one in new["deliveries"]}
    assert attempts == {"hook": [None], "broken": ["webhook: the connection was refused"]}
    assert [one["subscription"] for one in new["not_told"]] == ["south"]
    result = asked.why(asked.url("/x.html"), "--json")
    unseen = result.json()
    assert (result.status, result.err) == (1, "")
    assert (unseen["pages"], [one["id"] for one in unseen["sources"]]) == ([], ["demo"])


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("99", "watcher: no announcement 99; `watcher list` shows the ids, an address needs no id\n"),
        ("9" * 30, f"watcher: no announcement {'9' * 20}; `watcher list` shows the ids, an address needs no id\n"),
        ("abc", "watcher: 'abc' is neither an id nor an address such as http://site.example/page.html\n"),
    ],
)
def test_what_is_unknown_is_one_line(asked: Asked, what: str, line: str) -> None:
    result = asked.why(what)
    assert (result.status, result.out, result.err) == (2, "", line)


def test_without_a_database_it_says_so(installation: Installation) -> None:
    result = installation.run("why", "1")
    assert result.status == 2
    assert result.err.startswith("watcher: there is no database in ")

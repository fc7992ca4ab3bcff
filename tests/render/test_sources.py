"""Alerts about a source: in one language, with the next step, and with what came of what was missed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import watcher
from tests.render.test_message import RECOVERY, TROUBLE, render
from watcher.fetch.trouble import CODES, STATUS_ADVICE
from watcher.render.card import LONGEST_PHRASE
from watcher.render.troubles import EN, OF_THE_SITE, ZH, told_of

PACKAGE = Path(watcher.__file__).parent
# Of an article alone, never of a source.
OF_ARTICLES = {"another_text", "back_to_list", "lost", "mistake", "untitled"}


def lines(event: dict[str, Any], **options: Any) -> list[str]:
    """What stands between the name of the source and its address."""
    told = render(event, reason=None, **options).text.split("\n\n")[0]
    return told.splitlines()[1:]


def problem(code: str, **facts: str) -> dict[str, Any]:
    return {"code": code, "message": "the site says in English", "hint": "do this", "facts": facts}


def test_trouble_says_what_it_is_since_when_and_when_it_is_asked_again() -> None:
    assert lines({**TROUBLE, "problem": problem("maintenance")}) == [
        "网站维护中",
        "自：2024-09-03 10:10",
        "下次 12:10 再试，已连续失败3次",
        "建议：无需处理，恢复后自动补读；若持续数日，请打开网站查看",
    ]
    assert lines({**TROUBLE, "problem": problem("maintenance")}, language="en") == [
        "site under maintenance",
        "since: 2024-09-03 10:10",
        "asked again at 12:10; failures in a row: 3",
        "What to do: nothing for now: what is missed is caught up; if it lasts for days, open the site",
    ]


def test_another_day_is_named() -> None:
    assert "下次 2024-09-04 12:10 再试，已连续失败3次" in lines({**TROUBLE, "retry_at": "2024-09-04T04:10:00+00:00"})


def test_a_source_that_is_read_all_the_same_is_not_asked_again() -> None:
    shorter = problem("fewer_entries", entries="2", usual="20")
    told = lines({**TROUBLE, "problem": shorter, "failures": 0, "retry_at": None})
    assert told[:2] == ["条目明显少于平时", "现有2条，平时20条"]
    assert not any("再试" in line for line in told)


BASELINE = "列表按首次读取处理，其中的条目不作提醒，请打开栏目核对"


@pytest.mark.parametrize(
    ("missed", "said"),
    [
        ({"added": 0, "waiting": 0, "gap": False}, "补读：期间没有新条目"),
        ({"added": 7, "waiting": 0, "gap": False}, "补读：期间新增7条；已全部补上"),
        ({"added": 7, "waiting": 2, "gap": False}, "补读：期间新增7条；2条待下次读取"),
        (
            {"added": 7, "waiting": 0, "gap": True},
            "补读：期间新增7条；已全部补上；更早的条目可能未读到，请打开栏目核对",
        ),
        ({"added": 0, "waiting": 0, "gap": False, "baseline": True}, f"补读：{BASELINE}"),
        (None, "补读：期间照常读取"),
    ],
)
def test_recovery_says_what_was_wrong_from_when_to_when_and_what_was_missed(
    missed: dict[str, Any] | None, said: str
) -> None:
    assert lines({**RECOVERY, "missed": missed}) == [
        "此前：要求浏览器验证（HTTP 412）",
        "期间：2024-09-03 10:10 至 2024-09-04 08:40",
        said,
    ]


def codes_of_pages() -> set[str]:
    """The code of every `ReadError` that is written in the package, and of every sign of `health`."""
    files = (file for file in PACKAGE.rglob("*.py") if "web" not in file.parts)  # whose problems are of forms
    trees = (ast.parse(file.read_text("utf-8")) for file in files)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    made = ("ReadError", "Problem")
    named = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in made)
    return {first.value for first in named if isinstance(first, ast.Constant) and isinstance(first.value, str)}


def test_every_problem_has_words_in_both_languages() -> None:
    known = set(CODES) | {f"http_{status}" for status in STATUS_ADVICE if status < 500} | codes_of_pages()
    assert known - OF_ARTICLES - set(ZH) == set()
    assert set(ZH) == set(EN)


def test_articles_that_left_their_addresses_are_no_failure_to_read() -> None:
    """The list is read: what to do is to look at one, as the command line says, and nothing of the source is wrong."""
    event = {**TROUBLE, "problem": problem("articles_gone"), "retry_at": None}
    assert lines(event) == [
        "已收录文章的原址失效",
        "列表可读，但已收录的文章成批打不开",
        "自：2024-09-03 10:10",
        "建议：请打开其中一条查看：网站可能已改版，文章换了地址；这些文章不作撤回处理，新文章照常提醒",
    ]
    english = lines(event, language="en")
    assert english[1] == "its list is read; articles that were read before are gone together"
    assert "the site may have been rebuilt; none of them is taken to be withdrawn" in english[-1]


def test_an_article_that_is_replaced_is_named_with_its_address_and_what_stands_there() -> None:
    facts = {"title": "某市出台<20>条措施", "url": "http://a.cn/1.html", "entries": "1", "why": "home_page"}
    event = {**TROUBLE, "problem": problem("article_replaced", **facts), "retry_at": None, "once": True}
    assert lines(event) == [
        "已收录的文章不在原址了",
        "《某市出台<20>条措施》（http://a.cn/1.html），共1篇：变成了网站首页",
        "自：2024-09-03 10:10",
        "建议：请打开该地址查看：可能已撤下或换了地址；该文章保持原样，不作变动或撤回处理",
    ]
    assert lines(event, language="en")[1].endswith("(http://a.cn/1.html), 1 in all: the home page in its place")


@pytest.mark.parametrize(
    ("why", "told", "step"),
    [
        ("http_412", "要求浏览器验证（HTTP 412）", ZH["http_412"].step),
        ("robots", "robots.txt 不允许访问", ZH["robots"].step),
        ("http_404", "页面不存在（HTTP 404）", ZH["no_article"].step),  # the column has not moved: its list is read
        ("http_418", "网站出错（HTTP 418）", ZH["no_article"].step),
    ],
)
def test_why_no_article_can_be_opened_is_said_with_what_mends_it(why: str, told: str, step: str) -> None:
    found = told_of(problem("no_article", entries="3", why=why), "zh")
    assert (found.detail, found.step) == (f"最近3条新条目：{told}", step)
    assert told_of(problem("no_article", entries="3", why="a_code_of_tomorrow"), "zh").detail == "最近3条新条目"


def test_what_is_mended_for_a_whole_site_has_words() -> None:
    assert set(ZH) >= OF_THE_SITE


@pytest.mark.parametrize("code", [*EN, "http_503", "a_code_of_tomorrow"])
def test_a_phrase_is_whole_in_a_subject_and_in_its_language(code: str) -> None:
    for language, name in (("zh", "某市"), ("en", "Bureau")):
        told = told_of(problem(code), language)  # type: ignore[arg-type]
        assert 0 < len(told.phrase) <= LONGEST_PHRASE
        title = render({**TROUBLE, "title": name, "problem": problem(code)}, language=language).title
        assert title.endswith(told.phrase)
        assert told.step
    assert any("一" <= letter <= "鿿" for letter in told_of(problem(code), "zh").phrase)


def test_what_a_site_says_in_a_fact_is_escaped() -> None:
    moved = {**TROUBLE, "problem": problem("moved", to="http://a.example/<b>{x}")}
    assert "新地址 http://a.example/<b>{x}" in lines(moved)
    assert "<b>" not in render(moved).html

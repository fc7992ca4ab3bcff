"""Cutting to a channel's limit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.news import Message
from watcher.notify.dialects import WECOM
from watcher.notify.fit import chat_text, fit, fit_marked, in_bytes
from watcher.render.wording import WORDINGS
from watcher.settings import Language


def a_message(text: str, event: dict[str, object], title: str = "【新措施】标题") -> Message:
    return Message(title=title, text=text, markdown="", html="", event=event, key="k")


def test_a_headline_that_the_title_repeats_stands_once() -> None:
    assert chat_text(a_message("标题\n来源", {})) == "【新措施】标题\n来源"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("【新措施】很长的标题…", "【新措施】很长的标题，还有半句\n来源"),
        ("【摘要】很长的标题…等3条", "【摘要】很长的标题，还有半句等3条\n来源"),
        ("【新措施】别的标题…", "【新措施】别的标题…\n很长的标题，还有半句\n来源"),
        ("…", "…\n很长的标题，还有半句\n来源"),
    ],
)
def test_a_headline_that_the_title_cuts_stands_once_and_whole(title: str, expected: str) -> None:
    assert chat_text(a_message("很长的标题，还有半句\n来源", {}, title)) == expected


@given(
    st.text(max_size=400),
    st.text(max_size=60),
    st.lists(st.fixed_dictionaries({"title": st.text(max_size=40), "url": st.text(max_size=40)}), max_size=30),
    st.integers(min_value=100, max_value=600),
)
def test_nothing_is_longer_than_the_limit(text: str, url: str, items: list[dict[str, object]], limit: int) -> None:
    message = a_message(text, {"url": url, "items": items})

    assert in_bytes(fit(message, limit)) <= limit


def test_a_cut_keeps_whole_lines_and_the_link() -> None:
    message = a_message("\n".join(f"第{number}行" for number in range(100)), {"url": "https://gov.example/a"})

    *lines, dots, link = fit(message, 200).splitlines()

    assert lines == ["【新措施】标题", *(f"第{number}行" for number in range(len(lines) - 1))]
    assert (dots, link) == ("…", "https://gov.example/a")


@pytest.mark.parametrize(
    ("more", "language", "expected"),
    [
        ({"list_url": "https://watch.example/"}, "zh", "…另有{n}条：https://watch.example/"),
        ({}, "zh", "…另有{n}条：watcher list"),
        ({"list_url": "https://watch.example/"}, "en", "… and {n} more: https://watch.example/"),
        ({"list_url": "https://watch.example/" + "a" * 400}, "zh", "…另有{n}条：watcher list"),
    ],
)
def test_a_digest_that_is_cut_says_where_the_rest_is(more: dict[str, str], language: Language, expected: str) -> None:
    kinds = ("new", "changed", "withdrawn")
    items = [
        {"kind": kinds[n % 3], "title": f"第{n}号"}
        | {"item_url" if n % 3 == 2 else "url": f"https://gov.example/{n}"}  # what is gone is found with us alone
        for n in range(60)
    ]
    event: dict[str, object] = {"kind": "digest", "items": items, **more}
    message = replace(a_message("长" * 9000, event), markdown="长" * 9000, language=language)
    words = WORDINGS[language]

    plain, marked = fit(message, 600), fit_marked(message, WECOM, 600)

    for text, listed, link in ((plain, "· {}{}", ""), (marked, "· [{}{}]", "[{0}]({0})")):
        shown = text.count("https://gov.example/")
        assert 2 < shown < 60
        for number in range(shown):
            tag = words.tag.format(kind=words.kinds[kinds[number % 3]])
            assert listed.format(tag, f"第{number}号") in text.replace("［", "[").replace("］", "]")
        said, _, where = expected.format(n=60 - shown).partition("https:")
        end = said + (link.format(f"https:{where}") if link and where else f"https:{where}" if where else "")
        assert text.endswith(end)
        assert in_bytes(text) <= 600


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("silent", [1, 60])
@pytest.mark.parametrize("items", [0, 60])
def test_what_is_cut_says_why_it_comes_and_which_sources_are_silent(
    language: Language, silent: int, items: int
) -> None:
    words = WORDINGS[language]
    why = f"{words.reason}{words.colon}地区 山东省"
    unreadable = f"{words.unreadable}{words.colon}{words.join.join(['某市生态环境局 工作动态'] * silent)}"
    body = "\n".join(f"第{number}行，办理时限压减。" for number in range(400))
    event: dict[str, object] = {"url": "https://gov.example/a"}
    if items:
        listed = [{"kind": "new", "title": f"第{n}号", "url": f"https://gov.example/{n}"} for n in range(items)]
        event = {"kind": "digest", "items": listed}
    long = replace(
        a_message(f"标题\n{body}\n\n{unreadable}\n\n{why}", event),
        markdown=f"### 标题\n\n{body}\n\n[原文](https://gov.example/a)\n\n> {unreadable}\n\n> {why}\n",
        language=language,
    )

    plain, marked = fit(long, 900), fit_marked(long, WECOM, 900)

    for text in (plain, marked):
        assert in_bytes(text) <= 900
        *_, silence, reason = [line for line in text.splitlines() if line.strip()]
        assert why in reason
        assert words.unreadable in silence
        assert silence.endswith("…") is (silent > 1)
        assert text.count("https://gov.example/") > (2 if items else 0)


@given(st.text(max_size=400), st.text(max_size=400), st.integers(min_value=100, max_value=600))
def test_lines_that_stay_keep_within_the_limit(reason: str, silent: str, limit: int) -> None:
    words = WORDINGS["zh"]
    feet = f"{words.unreadable}{words.colon}{silent}\n\n{words.reason}{words.colon}{reason}"
    message = a_message(f"标题\n{'字' * 300}\n\n{feet}", {"url": "https://gov.example/a"})

    assert in_bytes(fit(message, limit)) <= limit

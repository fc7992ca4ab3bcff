"""Cutting to a channel's limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.news import Message
from watcher.notify.fit import chat_text, fit, in_bytes


def a_message(text: str, event: dict[str, object], title: str = "【新措施】标题") -> Message:
    return Message(title=title, text=text, markdown="", html="", event=event, key="k")


def test_a_headline_that_the_title_repeats_stands_once() -> None:
    assert chat_text(a_message("标题\n来源", {})) == "【新措施】标题\n来源"


def test_a_headline_that_the_title_shortens_is_kept() -> None:
    assert chat_text(a_message("很长的标题\n来源", {}, "【新措施】很长的…")) == "【新措施】很长的…\n很长的标题\n来源"


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

"""What a page, or an event of another shape, must not be able to do to an alert."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from tests.render.test_message import MAIN, NEW, RECOVERY, render, shown
from watcher.news import EventKind

HOSTILE = '<script>alert("x")</script><img src=x onerror=y> [a](javascript:b) **fett** `c` # d\n\n# e\u202e\x00'


def test_a_page_cannot_write_html() -> None:
    message = render({**NEW, "title": HOSTILE, "issuer": HOSTILE, "figures": [{"quote": HOSTILE, "subject": HOSTILE}]})

    tree = lxml_html.fromstring(message.html)
    assert tree.xpath("//script | //img | //@onerror") == []
    assert set(tree.xpath("//a/@href")) == {NEW["url"]}
    assert '<script>alert("x")</script>' in shown(message)


def test_a_page_cannot_write_markdown() -> None:
    event = {
        **NEW,
        "title": HOSTILE,
        "issuer": HOSTILE,
        "figures": [{"quote": HOSTILE, "subject": HOSTILE}],
        "changes": [],
    }

    tokens = [inner for token in MarkdownIt().parse(render(event).markdown) for inner in token.children or [token]]

    assert [token.attrs["href"] for token in tokens if token.type == "link_open"] == [NEW["url"]]
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h3"]
    assert not [token for token in tokens if token.type in {"html_inline", "html_block", "code_inline", "image"}]
    assert any('<script>alert("x")</script>' in token.content for token in tokens if token.type == "text")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "http://[", 'http://a"b\nc', None, 7],
)
def test_only_web_addresses_become_links(url: object) -> None:
    message = render({**NEW, "url": url})

    assert "<a " not in message.html
    assert "](" not in message.markdown


def test_marks_that_turn_the_writing_direction_are_dropped() -> None:
    message = render({**NEW, "title": "措施\u202etxt.exe\x07\u200b"})

    assert message.title == "【新措施】措施txt.exe"


KEYS = st.sampled_from([*MAIN, *NEW, "code", "facts", "waiting"])
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=30) | st.just("2024-01-01T00:00:00+00:00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
EVENTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(list(map(str, EventKind)))},
    optional={name: ANYTHING for name in (*NEW, *RECOVERY, "items", "unsubscribe_url", "unreadable") if name != "kind"},
)


@given(EVENTS)
def test_an_event_of_any_shape_is_rendered(event: dict[str, Any]) -> None:
    message = render(event)

    assert message.title.startswith("【")
    assert "\n" not in message.title

"""An operator's own templates: taken, tried at start, and never the end of an alert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Installation, configuration, installation, server, site  # noqa: F401  # fixtures
from tests.test_deliver import Post, post  # noqa: F401  # a fixture
from watcher.deliver import deliver_due
from watcher.demo import articles
from watcher.demo.site import Server, Site
from watcher.errors import ConfigError
from watcher.news import EventKind
from watcher.records.deliveries import DeliveryReport
from watcher.render.forms import OURS, Templates
from watcher.render.message import render_event
from watcher.render.trying import try_templates
from watcher.templates import read_templates

EVENT: dict[str, Any] = {"kind": "new", "id": 1, "url": "https://a.cn/1", "title": "<b>十条</b> *措施*", "figures": []}


def own(folder: Path, **written: str) -> Templates:
    for form, text in written.items():
        (folder / f"message.{form}.j2").write_text(text, encoding="utf-8")
    return read_templates(str(folder))


def test_ours_make_each_kind_of_message_in_each_language() -> None:
    made = {(message.event["kind"], message.title[0]) for message in try_templates(OURS)}
    assert made == {(kind, mark) for kind in EventKind for mark in "【["}


def test_a_folder_may_hold_one_of_them(tmp_path: Path) -> None:
    templates = own(tmp_path, txt="{{ view.card.headline }}\n{{ view.reason }}")
    message = render_event(EVENT, key="k", reason="主题 环评", timezone="UTC", templates=templates)
    assert message.text == "<b>十条</b> *措施*\n主题 环评"
    assert message.html == render_event(EVENT, key="k", reason="主题 环评", timezone="UTC").html


def test_what_a_page_writes_is_escaped_in_them_too(tmp_path: Path) -> None:
    templates = own(tmp_path, html="<p>{{ view.card.headline }}</p>", md="{{ view.card.headline }}")
    message = render_event(EVENT, key="k", reason=None, timezone="UTC", templates=templates)
    assert message.html == "<p>&lt;b&gt;十条&lt;/b&gt; *措施*</p>"
    assert message.markdown == r"\<b\>十条\</b\> \*措施\*"


def test_ours_may_be_extended(tmp_path: Path) -> None:
    above = '{% extends "ours/message.html.j2" %}{% block above %}<p>政策速递</p>{% endblock %}'
    templates = own(tmp_path, html=above, css=".page { background: #fff; }")
    html = render_event(EVENT, key="k", reason=None, timezone="UTC", templates=templates).html
    assert html.index("<p>政策速递</p>") < html.rindex("十条")
    assert "background: #fff" in html


@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_in_each_form_something_may_stand_above_and_below(tmp_path: Path, form: str) -> None:
    added = "{% block above %}\n<b>政策速递</b>\n{% endblock %}\n{% block below %}\n转自园区\n{% endblock %}\n"
    templates = own(tmp_path, **{form: f'{{% extends "ours/message.{form}.j2" %}}\n{added}'})
    message = render_event(EVENT, key="k", reason="主题 环评", timezone="UTC", templates=templates)
    made = {"txt": message.text, "md": message.markdown, "html": message.html}[form]
    assert made.index("<b>政策速递</b>") < made.rindex("十条") < made.index("转自园区") < made.index("主题 环评")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            '{% extends "ours/message.txt.j2" %}\n{% block top %}a{% endblock %}',
            2,
            "no block top in .*: above and below",
        ),
        ("a\n{% if %}", 2, "Expected an expression"),
        ("{% for x in view.groups %}", 1, "Unexpected end of template"),
        ("a\n\n{{ view.titel }}", 3, "has no attribute 'titel'"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ("{% include 'other.j2' %}", 1, "other.j2"),
        ("{% if view.card.kind == 'digest' %}{{ view.groups[0][2] }}{% endif %}", 1, "UndefinedError|IndexError|tuple"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        own(tmp_path, txt=text)
    assert str(caught.value).startswith(f"{tmp_path}/message.txt.j2:{line}: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_nothing_reads_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "mesage.txt.j2").write_text("")
    (tmp_path / "README.md").write_text("")
    with pytest.raises(ConfigError, match=r"mesage.txt.j2: expected a template called one of message\.txt\.j2, "):
        read_templates(str(tmp_path))
    with pytest.raises(ConfigError, match=r"settings\.templates: expected a folder of templates: No such file"):
        read_templates(str(tmp_path / "none"))


def test_a_template_in_another_encoding_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "message.txt.j2").write_bytes("标题".encode("gb18030"))
    with pytest.raises(ConfigError, match="expected UTF-8"):
        read_templates(str(tmp_path))


async def test_one_that_fails_later_loses_no_alert(post: Post, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    fails = Templates({"message.txt.j2": "{{ 1 / (view.card.figures | length - 1) }}"}, "folder")
    post.announce("ops")
    report = await deliver_due(post.store, post.channels.line, lambda: post.now, templates=fails)
    assert report == DeliveryReport(sent=1)
    ((_, message),) = post.channels.accepted
    assert "最高奖补300万元" in message.text
    (logged,) = (line for line in caplog.messages if line.startswith("template "))
    assert logged == (
        "template subscription=ops fell back to the one of watcher: "
        "folder/message.txt.j2:1: ZeroDivisionError: division by zero"
    )


def test_the_command_line_takes_them_and_refuses_wrong_ones(
    installation: Installation,  # noqa: F811
    server: Server,  # noqa: F811
    site: Site,  # noqa: F811
) -> None:
    folder = installation.folder / "templates"
    folder.mkdir()
    (folder / "message.txt.j2").write_text("我们的：{{ view.card.headline }}", encoding="utf-8")
    text = configuration(server.port).replace("settings:\n", "settings:\n  templates: templates\n")
    installation.configure(text)
    assert installation.run("check").status == 0
    site.publish(articles.FAST_TRACK)
    assert installation.run("check").status == 0
    assert site.alerts[0]["message"] == f"我们的：{articles.FAST_TRACK.title}"

    (folder / "message.txt.j2").write_text("{{ view.titel }}", encoding="utf-8")
    refused = installation.run("check")
    assert refused.status == 2
    assert f"{folder}/message.txt.j2:1: UndefinedError" in refused.err.splitlines()[-1]
    doctor = installation.run("doctor")
    assert "message.txt.j2:1: UndefinedError" in doctor.out
    assert doctor.status == 1

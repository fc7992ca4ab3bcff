"""`show --diff`: the sentences, then two columns on a terminal and one in a pipe."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from tests.cli.conftest import Installation, Result
from watcher.cli.columns import fold
from watcher.demo import articles
from watcher.demo.site import Site

STYLE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Edited:
    """An announcement with two revisions: a subsidy raised, a paragraph added before it."""

    installation: Installation
    id: str

    def show(self, *options: str) -> Result:
        return self.installation.run("show", self.id, *options)


@pytest.fixture
def edited(watched: Installation, site: Site) -> Edited:
    watched.run("check")
    first, second, third, last = articles.SUBSIDY.paragraphs
    paragraphs = (first, second, "另设绿色通道，随到随办。", third.replace("300万元", "500万元"), last)
    site.publish(replace(articles.SUBSIDY, paragraphs=paragraphs))
    watched.run("check", "--recheck")
    [changed] = watched.run("list", "--changed", "--json").json()
    return Edited(watched, str(changed["id"]))


def on_terminal(installation: Installation, width: int, *arguments: str) -> str:
    """What a terminal of this width is sent."""
    ours, theirs = pty.openpty()
    places = ("--config", str(installation.folder / "sources.yaml"), "--state", str(installation.folder / "state"))
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm-256color"}
    process = subprocess.Popen([sys.executable, "-m", "watcher", *places, *arguments], stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(ours)
    assert process.wait(60) == 0
    return shown.decode()


@pytest.mark.parametrize("width", [80, 160])
def test_a_terminal_gets_two_columns_that_stay_aligned(edited: Edited, width: int) -> None:
    shown = on_terminal(edited.installation, width, "show", edited.id, "--diff")
    lines = STYLE.sub("", shown).splitlines()
    table = [line for line in lines if " │ " in line]
    assert {cell_len(line.partition("│")[0]) for line in table} == {(width - 3) // 2 + 1}
    assert max(map(cell_len, table)) <= width
    assert "revision 1" in table[0]
    assert "revision 2" in table[0]
    assert any("最高300" in left and "最高500" in right for left, _, right in (one.partition("│") for one in table))
    assert any(not left.strip() and "另设绿色通道" in right for left, _, right in (one.partition("│") for one in table))
    assert "⋯ 2 unchanged" in shown
    assert lines.index(next(line for line in lines if "提高到最高500万元" in line)) < lines.index(table[0])


def test_what_was_edited_and_each_figure_are_marked_in_colour(edited: Edited) -> None:
    shown = on_terminal(edited.installation, 120, "show", edited.id, "--diff")
    red, green = "\x1b[1;4;7;31m", "\x1b[1;4;7;32m"  # bold and underlined, as part of a figure; reversed, as edited
    assert f"{red}3\x1b[0m" in shown
    assert f"{green}5\x1b[0m" in shown
    assert "\x1b[1;4m20万元" in shown


def test_a_pipe_gets_one_column(edited: Edited) -> None:
    shown = edited.show("--diff").out
    assert "\x1b" not in shown
    assert "\n--- revision 1" in shown
    assert "\n+ 另设绿色通道，随到随办。\n- 对实施清洁生产改造的企业，给予最高300万元奖补" in shown


def test_the_first_revision_has_nothing_before_it(edited: Edited) -> None:
    shown = edited.show("--diff", "--revision", "1")
    assert (shown.status, shown.out.count("\n")) == (0, 1)
    assert "--revision 2" in shown.out
    assert edited.show("--diff", "--revision", "3").status == 2


@given(st.text(alphabet="甲乙1a，。（）“” %", max_size=200), st.integers(28, 90))
def test_folding_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = fold(Text(text), width)
    assert "".join(line.plain for line in lines) == text
    assert max(cell_len(line.plain) for line in lines) <= width


def test_no_number_is_cut_and_no_line_begins_with_a_closing_mark() -> None:
    lines = [line.plain for line in fold(Text("给予最高" + "一" * 11 + "300万元，" + "二" * 14 + "。三"), 30)]
    assert lines == ["给予最高" + "一" * 11, "300万元，" + "二" * 10, "二" * 4 + "。三"]

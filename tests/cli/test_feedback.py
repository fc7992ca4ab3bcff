"""`watcher feedback`: a verdict is kept, shown and exported; bad usage is one line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Installation
from tests.gold.check import problems


@pytest.fixture
def found(watched: Installation) -> Installation:
    """An installation that has found announcements 1 and 2."""
    assert watched.run("check").status == 0
    return watched


def test_a_verdict_is_kept_beside_the_computed_one_and_shown(found: Installation) -> None:
    quote = found.run("show", "1", "--json").json()["figures"][1]["quote"]
    said = found.run("feedback", "1", "--not-relevant", "--wrong-figure", "2", "--note", "转载")
    assert said.status == 0, said.err
    assert said.out.splitlines() == [
        "announcement 1, revision 1: not relevant: 转载",
        f"announcement 1, revision 1: figure 2 {quote} is wrong: 转载",
    ]
    shown = found.run("show", "1", "--json").json()
    assert shown["announcement"] is True
    assert [(one["revision"], one["verdict"], one["figure"], one["note"]) for one in shown["feedback"]] == [
        (1, "not_relevant", None, "转载"),
        (1, "wrong_figure", 2, "转载"),
    ]
    lines = [line.split() for line in found.run("show", "1").out.splitlines()]
    assert next(line[:2] for line in lines if line[:1] == ["2"]) == ["2", quote]
    assert [line[3:] for line in lines if line[:1] == ["said"]] == [
        ["of", "revision", "1:", "not", "relevant:", "转载"],
        ["of", "revision", "1:", "figure", "2", quote, "is", "wrong:", "转载"],
    ]


def test_clear_takes_back_what_was_said_where_what_is_said_instead_can_be(found: Installation) -> None:
    found.run("feedback", "1", "--wrong-figure", "1")
    failed = found.run("feedback", "1", "--clear", "--wrong-figure", "99")
    assert (failed.status, failed.err.count("\n")) == (2, 1)
    assert "none is number 99" in failed.err
    assert [one["figure"] for one in found.run("show", "1", "--json").json()["feedback"]] == [1]
    cleared = found.run("feedback", "1", "--clear", "--note", "看错了")
    assert cleared.status == 0, cleared.err
    [left] = found.run("show", "1", "--json").json()["feedback"]
    assert (left["verdict"], left["note"]) == ("note", "看错了")


def test_what_was_judged_is_exported_as_labelled_data(found: Installation) -> None:
    folder = found.folder / "deep" / "labelled"
    assert "Nothing was judged yet." in found.run("feedback", "--export", str(folder)).out
    found.run("feedback", "1", "--relevant")
    found.run("feedback", "2", "--not-relevant")
    exported = found.run("feedback", "--export", str(folder))
    assert exported.status == 0, exported.err
    assert "2 judged" in exported.out
    labels = sorted(folder.glob("*.json"))
    assert [path.name for path in labels] == ["demo_00001.json", "demo_00002.json"]
    assert [problems(path) for path in labels] == [[], []]
    assert [json.loads(path.read_text("utf-8"))["type"] != "other" for path in labels] == [True, False]
    [line] = found.run("extract", str(folder / "demo_00001.txt"), "--json").out.splitlines()
    shown = found.run("show", "1", "--json").json()
    assert [json.loads(line)[name] for name in ("title", "published", "text")] == [
        shown[name] for name in ("title", "published", "text")
    ]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("1", "--relevant"), "no announcement 1"),
        (("1",), "say what: --relevant"),
        (("1", "--note", ""), "say what: --relevant"),
        (("--relevant",), "say of which announcement"),
        (("1", "--relevant", "--not-relevant"), "exclude each other"),
        (("1", "--export", "labelled"), "--export writes all"),
        (("--export", "/dev/null/labelled"), "--export /dev/null/labelled: "),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], part: str, installation: Installation) -> None:
    failed = installation.run("feedback", *arguments)
    assert failed.status == 2
    assert part in failed.err
    assert len(failed.err.strip().splitlines()) == 1
    assert not (installation.folder / "state").exists()

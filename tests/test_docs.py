"""The documents are true: every command that they show is one, every command and option's home is described."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from watcher.cli.commands import application

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# A synopsis shows what may be left out, alternatives and what is repeated; what stands in the prose may be a mere name.
SYNOPSIS = re.compile(r"^`|[\[|]|\.\.\.|…")
COMMAND: Any = typer.main.get_command(application())


def shown() -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        for line in dict.fromkeys(re.findall(r"^ {4}(watcher .*)$|(`watcher [^`]+)`", text, re.MULTILINE)):
            yield document.name, re.split(r" {3,}", "".join(line).strip())[0]


NAMED = {name for one in DOCUMENTS for name in re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", one.read_text("utf-8"))}
EXAMPLES = [pytest.param(line, id=f"{name}: {line}") for name, line in shown() if not SYNOPSIS.search(line)]
SYNOPSES = [pytest.param(line, id=f"{name}: {line}") for name, line in shown() if SYNOPSIS.search(line)]


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


def parse(words: list[str]) -> None:
    """Parse a command line as the program does, without running the command."""
    command, context = COMMAND, COMMAND.make_context("watcher", list(words), resilient_parsing=False)
    rest = [*context._protected_args, *context.args]
    while hasattr(command, "commands") and rest:
        _, command, rest = command.resolve_command(context, rest)
        context = command.make_context(command.name, rest, parent=context)
        rest = [*context._protected_args, *context.args]


def numbered(line: str) -> list[str]:
    """The words of an example; N and 12 are alike to a reader, not to a parser."""
    words = shlex.split(line)[1:]
    return [
        "7" if word in {"ID", "N"} and words[0] in {"show", "compare", "feedback", "deliveries"} else word
        for word in words
    ]


@pytest.mark.parametrize("line", EXAMPLES)
def test_a_command_that_is_shown_can_be_typed(line: str) -> None:
    try:
        parse(numbered(line))
    except TyperException as exc:
        pytest.fail(f"{line}: {exc.format_message()}")


@pytest.mark.parametrize("line", SYNOPSES)
def test_a_synopsis_names_a_command_and_its_options(line: str) -> None:
    line = re.sub(r"--(?:state|config) \S+ ", "", line)  # options before the command are the program's
    words = re.findall(r"[\w-]+", line)[1:]
    command: Any = COMMAND
    while hasattr(command, "commands") and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert command is not COMMAND
    below = [command, *getattr(command, "commands", {}).values()]
    known = {option for one in below for parameter in one.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("named", sorted(NAMED))
def test_a_test_that_is_named_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    text = (ROOT / file).read_text("utf-8")
    assert not name or re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)


@pytest.mark.parametrize("path", list(commands(COMMAND)), ids=" ".join)
def test_every_command_with_its_options_is_described(path: tuple[str, ...]) -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    command: Any = COMMAND
    for name in path:
        command = command.commands[name]
    assert f"watcher {path[0]}" in text
    assert len(path) == 1 or re.search(rf"watcher {path[0]}.*\b{path[1]}\b", text)
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in text] == []

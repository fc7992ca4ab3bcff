"""What `sources.yaml` takes from the environment, and what of it is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.test_load import SOURCE, read, refusal, write
from watcher.config.secrets import Environment, literal

__all__ = ["write"]


def test_secrets_come_from_the_environment_or_from_a_file_that_it_names(write: Path, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("behind\n")

    settings = read(
        write,
        "subscriptions:\n  - {id: m, to: 'dingtalk://${BEFORE}@${TOKEN}/'}",
        {"BEFORE": "before", "TOKEN_FILE": str(secret)},
    )

    assert settings.subscriptions[0].to == "dingtalk://before@behind/"
    assert "behind" not in repr(settings)


def test_a_value_from_the_environment_is_never_shown(write: Path) -> None:
    refused = refusal(write, "sources:\n  - {id: a, url: '${SECRET_URL}'}", {"SECRET_URL": "geheim"})

    assert "got '${SECRET_URL}'" in refused
    assert "geheim" not in refused


def test_a_value_from_the_environment_cannot_add_keys(write: Path) -> None:
    settings = read(write, SOURCE + "    name: ${NAME}", {"NAME": "x\n    enabled: false"})

    assert settings.sources[0].enabled
    assert settings.sources[0].name == "x enabled: false"


def test_a_bare_name_may_stand_for_a_number_or_a_switch(write: Path) -> None:
    text = SOURCE + "    follow:\n      max_new: ${LIMIT}\n    enabled: ${ENABLED}"

    [source] = read(write, text, {"LIMIT": "7", "ENABLED": "false"}).sources

    assert source.follow.max_new == 7
    assert not source.enabled


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("$${X}", "${X}"),
        ("$$${X}", "$${X}"),
        ("a$${X}b${X}", "a${X}bv"),
        ("$$", "$$"),
        ("$${", "${"),
        ("$X {X}", "$X {X}"),
    ],
)
def test_a_doubled_dollar_before_a_brace_is_one_dollar(text: str, filled: str) -> None:
    assert Environment({"X": "v"}).fill(text) == filled


@pytest.mark.parametrize("text", ["${X}", "$${X}", "$$${X}${X}", "${${X}}", "${", "$", "$$", "{X}", "${NOT_SET}"])
def test_what_is_written_literally_is_read_back_and_nothing_filled_in(text: str) -> None:
    assert Environment({"X": "v"}).fill(literal(text)) == text


def test_a_value_may_hold_a_name_that_is_not_filled(write: Path) -> None:
    [source] = read(write, SOURCE + "    name: $${NAME}", {"NAME": "geheim"}).sources
    assert source.name == "${NAME}"

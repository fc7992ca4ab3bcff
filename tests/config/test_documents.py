"""What the documents show is true: every example loads, every key is described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from watcher.config import load
from watcher.config.schema import OptionsSection, SourceSection, SubscriptionSection, WhereSection

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("configuration.md", "sources.md", "subscriptions.md")
EXAMPLES = [
    pytest.param(example, id=name)
    for name in DOCUMENTS
    for example in re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / name).read_text("utf-8"), re.DOTALL)
]


def names_in(text: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r"\$\{(\w+)\}", text), "x")


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_load(example: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(example, encoding="utf-8")

    settings = load(str(path), state="state", database_url=None, environ=names_in(example))

    assert settings.sources or settings.subscriptions


def test_the_commented_subscriptions_of_the_repository_load(tmp_path: Path) -> None:
    examples = (ROOT / "sources.yaml").read_text("utf-8").partition("\nsubscriptions:\n")[2]
    text = "subscriptions:\n" + re.sub(r"^  # (- |  )", r"  \1", examples, flags=re.MULTILINE)
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")

    settings = load(str(path), state="state", database_url=None, environ=names_in(text))

    schemes = {subscription.to.partition(":")[0] for subscription in settings.subscriptions}
    assert schemes == {"mailtos", "dingtalk", "feishu", "wecombot", "tgram", "ntfys", "jsons"}


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("configuration.md", OptionsSection),
        ("configuration.md", SourceSection),
        ("subscriptions.md", SubscriptionSection),
        ("subscriptions.md", WhereSection),
    ],
)
def test_every_key_is_described(name: str, section: type[BaseModel]) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")

    assert [key for key in section.model_fields if f"`{key}`" not in text and f"{key}:" not in text] == []

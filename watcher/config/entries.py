"""One source or subscription given on the command line, held to the same rules as an entry of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from watcher.config.problems import report
from watcher.config.schema import Section, SourceSection, SubscriptionSection
from watcher.config.tree import Tree
from watcher.errors import UsageError

if TYPE_CHECKING:
    from watcher.settings import Source, Subscription

S = TypeVar("S", bound=Section)


def source_from(entry: Mapping[str, object]) -> Source:
    """The source that this entry would be in the file.

    Raises:
        UsageError: which option is refused and what was expected; the same holds for `subscription_from`.
    """
    return _checked(SourceSection, entry).build()


def subscription_from(entry: Mapping[str, object]) -> Subscription:
    """The subscription that this entry would be in the file."""
    return _checked(SubscriptionSection, entry).build()


def _checked(section: type[S], entry: Mapping[str, object]) -> S:
    try:
        return section.model_validate(dict(entry))
    except ValidationError as exc:
        tree = Tree(path="", value=dict(entry), lines={(name,): 0 for name in entry})
        report(exc, tree, section)
        raise UsageError("; ".join(f"{one.key}: {one.expected}" for one in tree.problems)) from None

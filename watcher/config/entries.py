"""One source or subscription given on the command line, held to the same rules as an entry of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from watcher.config.problems import report
from watcher.config.schema import Section, SourceSection, SubscriptionSection
from watcher.config.tree import Place, Tree
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
        tree = Tree(path="", value=dict(entry), lines=dict.fromkeys(_places(dict(entry)), 0))
        report(exc, tree, section)
        raise UsageError("; ".join(f"{_option(one.key)}: {one.expected}" for one in tree.problems)) from None


def _places(value: object, place: Place = ()) -> Iterator[Place]:
    """Where the values stand; there are no lines, but a problem finds its key by them."""
    yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from _places(child, (*place, key))


_OPTIONS = {
    "where.regions": "--region", "where.types": "--type", "where.topics": "--topic", "where.issuers": "--issuer",
    "where.sources": "--source", "where.figures": "--figure", "where.keywords": "--keyword", "on": "--on",
    "where.changes": "--changes", "quiet": "--quiet", "max_per_hour": "--max-per-hour", "language": "--language",
    "deliver": "--deliver", "remind": "--remind", "id": "--id", "to": "TO", "url": "URL", "every": "--every",
    "name": "--name", "region": "--region", "listing": "--listing", "proxy": "--proxy",
}  # fmt: skip


def _option(key: str | None) -> str:
    """The option behind a key of the file: where.topics[0] -> --topic."""
    stem = (key or "").partition("[")[0]
    return next((option for name, option in _OPTIONS.items() if stem.startswith(name)), stem)

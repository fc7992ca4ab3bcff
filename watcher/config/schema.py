"""The shape of `sources.yaml` as pydantic models, and from there the frozen types of `settings`."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from watcher import data, settings
from watcher.conditions import parse_condition
from watcher.config import values
from watcher.config.problems import Shape, report
from watcher.config.tree import Tree
from watcher.errors import ConfigError
from watcher.news import EventKind

T = TypeVar("T")


def _text(read: Callable[[object], T]) -> PlainValidator:
    return PlainValidator(read)


def _or(default: type[BaseModel] | type[list[Any]]) -> BeforeValidator:
    """A section whose content is commented out is as good as absent."""
    return BeforeValidator(lambda value: default() if value is None else value)


Text = Annotated[str, _text(values.parse_text)]
Selector = Annotated[str, _text(values.parse_selector)]
Identifier = Annotated[str, _text(values.parse_id)]
Url = Annotated[str, _text(values.parse_url)]
Proxy = Annotated[str, _text(values.parse_proxy)]
Region = Annotated[str, _text(values.parse_region)]
# Days before a deadline on which who asks for `deadline` is told, unless `remind` says otherwise.
REMIND = (14, 3)
Natural = Annotated[int, Field(ge=0, le=1_000_000)]
Positive = Annotated[int, Field(ge=1, le=1_000_000)]


class Section(BaseModel):
    # Frozen: one that is the default of many is shared by them, where pydantic would copy it for each.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OptionsSection(Section):
    timezone: Annotated[str, _text(values.parse_timezone)] = "Asia/Shanghai"
    user_agent: Annotated[str, _text(values.parse_user_agent)] = settings.Options().user_agent
    allow_private_addresses: bool = False
    concurrency: Positive = settings.Options().concurrency
    per_host_delay: Annotated[float, _text(values.parse_seconds)] = 1.0
    per_host_concurrency: Positive = 2
    backfill_days: Natural = 60
    keep: Annotated[int, _text(values.parse_keep)] = settings.Options().keep_days
    proxy: Proxy | None = None
    public_url: Url | None = None
    heartbeat_url: Url | None = None
    mail: Annotated[str, _text(values.parse_mail)] | None = None
    templates: Text | None = None

    def build(self, folder: str) -> settings.Options:
        fields = self.model_dump(exclude={"per_host_delay", "templates", "keep"})
        templates = str(Path(folder, self.templates)) if self.templates else None
        return settings.Options(
            per_host_delay_s=self.per_host_delay, keep_days=self.keep, templates=templates, **fields
        )


class CssSection(Section):
    item: Selector
    link: Selector = "a"
    title: Selector | None = None
    date: Selector | None = None


class JsonSection(Section):
    items: Text | None = None
    link: Text | None = None
    title: Text | None = None
    date: Text | None = None
    url: Url | None = None
    first_page: Natural = 1


class ListingSection(Section):
    """The long forms of `listing`; exactly one of them is given."""

    css: CssSection | None = None
    json_: Annotated[JsonSection | None, _or(JsonSection)] = Field(default=None, alias="json")
    jpage: bool | None = None


def _listing(value: object) -> settings.ListingRule:
    if isinstance(value, dict):
        section = ListingSection.model_validate(value)
        if section.css and len(value) == 1:
            return settings.CssRule(**section.css.model_dump())
        if section.json_ and len(value) == 1:
            return settings.JsonRule(**section.json_.model_dump())
        if section.jpage and len(value) == 1:
            return "jpage"
    elif value == "json":
        return settings.JsonRule()
    elif isinstance(value, str) and value in get_args(settings.ListingMode):
        mode: settings.ListingMode = TypeAdapter(settings.ListingMode).validate_python(value)
        return mode
    raise ValueError(
        "expected auto, feed, sitemap, page, json, jpage, {css: {item, link, title, date}} "
        "or {json: {items, link, title, date, url, first_page}}"
    )


Listing = Annotated[settings.ListingRule, PlainValidator(_listing), Shape(ListingSection)]


class FollowSection(Section):
    max_new: Natural = 50
    max_pages: Positive = 3
    attachments: bool = True


class SourceSection(Section):
    id: Identifier
    url: Url
    name: Text | None = None
    every: Annotated[settings.Every, _text(values.parse_every)] = values.parse_every("30m")
    region: Region | None = None
    listing: Listing = "auto"
    follow: Annotated[FollowSection, _or(FollowSection)] = FollowSection()
    enabled: bool = True
    proxy: Proxy | None = None
    tls: Literal["standard", "legacy"] = "standard"
    ca: Text | None = None
    robots: Literal["obey", "ignore"] = "obey"

    def build(self, folder: str = "") -> settings.Source:
        """`folder`: where the file is, from which the path `ca` starts."""
        ca = str(Path(folder, self.ca)) if self.ca else None
        return settings.Source(
            id=self.id,
            name=self.name or self.id,
            url=self.url,
            every=self.every,
            region=self.region,
            listing=self.listing,
            follow=settings.Follow(**self.follow.model_dump()),
            enabled=self.enabled,
            fetch=settings.FetchOptions(self.proxy, self.tls, ca, self.robots),
        )


class KeywordsSection(Section):
    any: list[Text] = []
    all: list[Text] = []
    none: list[Text] = []


def _keywords(value: object) -> settings.Keywords:
    """Read `[环评]`, which means any, or `{any: [...], all: [...], none: [...]}`."""
    if isinstance(value, list):
        return settings.Keywords(any=tuple(TypeAdapter(list[Text]).validate_python(value)))
    section = KeywordsSection.model_validate(value)
    return settings.Keywords(any=tuple(section.any), all=tuple(section.all), none=tuple(section.none))


def _topic(value: object) -> str:
    """Hold a topic to the vocabulary: a misspelt one would never match, and nobody would notice."""
    text = values.parse_text(value)
    known = [row[0] for row in data.rows("topics.tsv")]
    if text not in known:
        raise ValueError(f"expected a topic of docs/topics.md{values.suggestion(text, known)}")
    return text


def _condition(value: object) -> str:
    text = values.parse_text(value)
    parse_condition(text)
    return text


class WhereSection(Section):
    regions: list[Region] = []
    types: list[Literal["measures_document", "measures_news", "progress_report"]] = []
    topics: list[Annotated[str, PlainValidator(_topic)]] = []
    issuers: list[Text] = []
    sources: list[Identifier] = []
    keywords: Annotated[settings.Keywords, PlainValidator(_keywords), Shape(KeywordsSection)] = settings.Keywords()
    figures: list[Annotated[str, PlainValidator(_condition)]] = []
    deadlines: bool = False
    changes: Literal["any", "figures"] = "any"

    def build(self) -> settings.Where:
        lists = {name: tuple(value) for name, value in self if isinstance(value, list)}
        return settings.Where(keywords=self.keywords, deadlines=self.deadlines, changes=self.changes, **lists)


Event = Literal[
    "new", "changed", "wording", "repost", "withdrawn", "restored", "source_trouble", "source_recovered",
    "delivery_trouble", "delivery_recovered", "deadline",
]  # fmt: skip


class SubscriptionSection(Section):
    id: Identifier
    to: Annotated[str, _text(values.parse_channel)]
    on: Annotated[list[Event], Field(min_length=1)] = ["new", "changed"]
    where: Annotated[WhereSection, _or(WhereSection)] = WhereSection()
    deliver: Annotated[str, _text(values.parse_deliver)] = "instant"
    remind: Annotated[list[Annotated[int, _text(values.parse_days)]], Field(min_length=1)] | None = None
    quiet: Annotated[str, _text(values.parse_quiet)] | None = None
    max_per_hour: Annotated[int, Field(ge=1, le=1000)] | None = None
    language: settings.Language = "zh"

    @field_validator("remind")
    @classmethod
    def _asked_for(cls, remind: list[int] | None, info: ValidationInfo) -> list[int] | None:
        if remind is not None and "deadline" not in info.data.get("on", ["deadline"]):
            raise ValueError("expected `deadline` in `on`, for reminders to be sent")
        return remind

    def build(self) -> settings.Subscription:
        kinds = tuple(dict.fromkeys(EventKind(name) for name in self.on))
        spans = tuple(sorted(set(self.remind or REMIND), reverse=True)) if EventKind.DEADLINE in kinds else ()
        return settings.Subscription(
            id=self.id,
            to=self.to,
            on=kinds,
            where=self.where.build(),
            deliver=self.deliver,
            remind=spans,
            quiet=self.quiet,
            max_per_hour=self.max_per_hour,
            language=self.language,
        )


class File(Section):
    settings: Annotated[OptionsSection, _or(OptionsSection)] = OptionsSection()
    sources: Annotated[list[SourceSection], _or(list)] = []
    subscriptions: Annotated[list[SubscriptionSection], _or(list)] = []


def to_settings(
    tree: Tree, path: str, *, state: str, database_url: str
) -> tuple[settings.Settings | None, list[ConfigError]]:
    """Check the values of a file; the problems found, or else the settings."""
    file = None
    try:
        file = File.model_validate(tree.value)
    except ValidationError as exc:
        report(exc, tree, File)
    _check_ids(tree)
    folder = str(Path(path).parent)
    _check_certificates(tree, folder)
    if file is None or tree.problems:
        return None, tree.problems
    built = settings.Settings(
        path=path,
        state=state,
        database_url=database_url,
        options=file.settings.build(folder),
        sources=tuple(section.build(folder) for section in file.sources),
        subscriptions=tuple(section.build() for section in file.subscriptions),
    )
    return built, []


def _check_ids(tree: Tree) -> None:
    """Refuse an id used twice, and subscriptions to sources that the file does not have."""
    known = {section: _ids(tree, section) for section in ("sources", "subscriptions")}
    for index, subscription in enumerate(_items(tree.value, "subscriptions")):
        where = subscription.get("where") if isinstance(subscription, dict) else None
        for number, name in enumerate(_items(where, "sources")):
            if isinstance(name, str) and name not in known["sources"]:
                near = values.suggestion(name, known["sources"])
                place = ("subscriptions", index, "where", "sources", number)
                tree.refuse(place, f"expected the id of a source of this file, got '{name[:60]}'{near}")


def _check_certificates(tree: Tree, folder: str) -> None:
    """Refuse a `ca` that nothing can be read from: a source that is never reached is worse than a refused file."""
    for index, source in enumerate(_items(tree.value, "sources")):
        ca = source.get("ca") if isinstance(source, dict) else None
        if not isinstance(ca, str) or not ca:
            continue
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(Path(folder, ca))
        except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
            reason = exc.strerror if isinstance(exc, FileNotFoundError | PermissionError) else "it holds none"
            tree.refuse(("sources", index, "ca"), f"expected the path of a file of certificates (PEM): {reason}")


def _ids(tree: Tree, section: str) -> dict[str, int]:
    """Return the ids of a section with the index of the first entry that has it."""
    first: dict[str, int] = {}
    for index, entry in enumerate(_items(tree.value, section)):
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        if name in first:
            line = tree.line((section, first[name], "id"))
            tree.refuse(
                (section, index, "id"), f"expected an id used once, but '{name[:64]}' stands on line {line} too"
            )
        first.setdefault(name, index)
    return first


def _items(value: object, key: str) -> list[Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []

"""The frozen types of the configuration, as `config` builds them from `sources.yaml` and the environment.

Standard library only, so that the pure modules may read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from watcher.news import EventKind


@dataclass(frozen=True, slots=True)
class Every:
    """When a source is due: exactly one of the two is set. `cron` has five fields with day names."""

    interval: timedelta | None = None
    cron: str | None = None


@dataclass(frozen=True, slots=True)
class CssRule:
    """Selectors for a listing; `link`, `title`, `date` are looked for inside each `item`."""

    item: str
    link: str = "a"
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class JsonRule:
    """Dotted paths into an answer of JSON; what is None is found by its name and by what it holds.

    `link` may be a pattern such as "/detail.html?id={id}", filled from the object. `url` is the address of the data
    where it is not the source's own; `{page}` in it is the number of the page, from `first_page` on.
    """

    items: str | None = None
    link: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    first_page: int = 1


ListingMode = Literal["auto", "feed", "sitemap", "page", "jpage"]
ListingRule = ListingMode | CssRule | JsonRule


@dataclass(frozen=True, slots=True)
class Follow:
    """How far a pass goes: articles opened (0: none), listing pages read in a gap that holds more, attachments read.

    A gap is read back until `max_new` is filled, and over `max_pages` pages though it is.
    """

    max_new: int = 50
    max_pages: int = 3
    attachments: bool = True


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How one source is asked, where that differs from the rest. `proxy` may hold a password."""

    proxy: str | None = field(default=None, repr=False)
    tls: Literal["standard", "legacy"] = "standard"
    ca: str | None = None  # path of a PEM file: trusted beside the public authorities
    robots: Literal["obey", "ignore"] = "obey"


PLAIN_FETCH: Final = FetchOptions()


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    name: str
    url: str
    every: Every
    region: str | None = None
    listing: ListingRule = "auto"
    follow: Follow = Follow()
    enabled: bool = True
    fetch: FetchOptions = PLAIN_FETCH

    @property
    def listing_url(self) -> str:
        """The address that is asked for the entries: the data's own where `listing: json` names one."""
        rule = self.listing
        if isinstance(rule, JsonRule) and rule.url is not None:
            return rule.url.replace("{page}", str(rule.first_page))
        return self.url


Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Keywords:
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """What a subscription asks for; an empty part asks for nothing and so lets everything pass."""

    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    keywords: Keywords = Keywords()
    figures: tuple[str, ...] = ()
    deadlines: bool = False  # only what has one
    changes: Literal["any", "figures"] = "any"  # of changes, only those of figures


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who is told what and when. `to` is an apprise address and holds secrets: never print it unmasked."""

    id: str
    to: str = field(repr=False)
    on: tuple[EventKind, ...] = (EventKind.NEW, EventKind.CHANGED)
    where: Where = Where()
    deliver: str = "instant"  # instant | hourly | "daily HH:MM" | "weekly DAY HH:MM"
    remind: tuple[int, ...] = ()  # days before a deadline; some where `on` has `deadline`
    quiet: str | None = None  # "HH:MM-HH:MM", local: nothing is sent
    max_per_hour: int | None = None
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Options:
    """`settings:` of the file; durations in seconds."""

    timezone: str = "Asia/Shanghai"
    user_agent: str = "watcher/0.1"
    allow_private_addresses: bool = False
    concurrency: int = 40  # docs/decisions/006-politeness.md
    per_host_delay_s: float = 1.0
    per_host_concurrency: int = 2
    backfill_days: int = 60
    keep_days: int = 730  # of the logs of what was done: `store.retention`
    proxy: str | None = None
    public_url: str | None = None
    templates: str | None = None  # a folder with templates in the place of ours
    heartbeat_url: str | None = field(default=None, repr=False)
    mail: str | None = field(default=None, repr=False)  # the server that mails who subscribed on the web page

    @property
    def page_mail(self) -> str | None:
        """`mail` where readers can subscribe on the page: where their mails can lead to the page that ends it."""
        return self.mail if self.public_url else None


DEFAULTS: Final = Options()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a process needs to know, checked at start. `database_url` may hold a password."""

    path: str
    state: str
    database_url: str = field(repr=False)
    options: Options = DEFAULTS
    sources: tuple[Source, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()

    def source(self, source_id: str) -> Source | None:
        return next((source for source in self.sources if source.id == source_id), None)

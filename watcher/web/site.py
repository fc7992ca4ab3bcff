"""What every view is handed: the site that is served, and one request as a view reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request

from watcher.settings import Language, Settings
from watcher.store import Store
from watcher.web.access import Access
from watcher.web.language import chosen_language
from watcher.web.limits import Limit
from watcher.web.metrics import Meter
from watcher.web.seals import Seals
from watcher.web.words import Words

Form = ImmutableMultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """The store and the settings behind the pages; `read_only`: nothing is written but what a mailed link asks for.

    Of a service that runs beside them: `beat` is when it last gave a sign of life, `meter` counts its passes, `began`
    is when it was started.
    """

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    access: Access
    seals: Seals
    read_only: bool = False
    beat: Callable[[], datetime | None] | None = None
    meter: Meter | None = None
    began: datetime | None = None
    limit: Limit = field(default_factory=Limit)  # of confirmations mailed

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.options.timezone)


@dataclass(frozen=True)
class Asking:
    """One request: what a view may know of it. Views run in a thread, so the body was read before."""

    site: Site
    request: Request
    now: datetime
    form: Form = field(default_factory=Form)

    @cached_property
    def language(self) -> Language:
        headers, query = self.request.headers, self.request.query_params
        return chosen_language(query.get("lang"), self.request.cookies.get("lang"), headers.get("accept-language"))

    @cached_property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def store(self) -> Store:
        return self.site.store

    @property
    def today(self) -> date:
        return self.now.astimezone(self.site.zone).date()

    @property
    def path(self) -> Mapping[str, str]:
        return self.request.path_params

    @property
    def base(self) -> str:
        """What absolute addresses begin with, without a slash at the end: as configured, else as it was asked."""
        configured = self.site.settings.options.public_url
        return (configured or str(self.request.base_url)).rstrip("/")

"""Small announcements for tests, built from a text and the quotes in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from watcher.model import (
    AnnouncementType,
    Credit,
    Deadline,
    Document,
    Extraction,
    Figure,
    FigureKind,
    Link,
    Measure,
    Qualifier,
    Region,
    Validators,
    Verdict,
)
from watcher.news import EventKind
from watcher.records.deliveries import Outgoing, Recipient
from watcher.records.pages import PageRecord
from watcher.records.passes import Action, Pass, PassEnd, Reading
from watcher.records.stories import Answered
from watcher.settings import Every, Source, Subscription
from watcher.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ANSWERED = Answered(200, "text/html", "utf-8", "html", 5000, 60)
TEXT = "市生态环境局出台8条措施。首次申领办理时限压缩到15个工作日。对绿色改造项目最高奖补300万元。2026年6月底前完成。"


def source(source_id: str = "bureau", **changes: object) -> Source:
    rhythm = Every(interval=timedelta(minutes=30))
    made: dict[str, object] = {"name": "某市局", "url": f"http://{source_id}.example/list/", "every": rhythm}
    return Source(id=source_id, **{**made, **changes})  # type: ignore[arg-type]


def subscription(subscription_id: str = "ops", **changes: object) -> Subscription:
    made: dict[str, object] = {"to": f"json://{subscription_id}.example/secret-token"}
    return Subscription(id=subscription_id, **{**made, **changes})  # type: ignore[arg-type]


def money(text: str, quote: str, yuan: int, subject: str | None = None, *, occurrence: int = 0) -> Figure:
    """A figure of money at the given occurrence of `quote` in `text`."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(quote, start + 1)
    amount = Decimal(yuan)
    return Figure(
        quote, start, start + len(quote), FigureKind.MONEY, amount, amount, "CNY", Qualifier.AT_MOST, subject=subject
    )


def deadline(text: str, quote: str, day: date) -> Deadline:
    start = text.index(quote)
    return Deadline(quote, start, start + len(quote), day)


def measure(text: str, number: int, heading: str) -> Measure:
    start = text.index(heading)
    return Measure(number, heading, start, start + len(heading))


def extraction(text: str = TEXT, **changes: object) -> Extraction:
    """An announcement with the given text; any field may be set."""
    made: dict[str, object] = {
        "verdict": Verdict(AnnouncementType.MEASURES_NEWS, 0.9, ("出台8条措施",)),
        "title": "某市出台8条措施支持企业",
        "published": date(2026, 3, 1),
        "issuer": "某市生态环境局",
        "region": Region("山东省潍坊市", "370700"),
        "document_title": None,
        "document_number": None,
        "measure_count": 8,
        "credit": Credit("某报", ("张三",), None),
        "measures": (),
        "cited_documents": (),
        "deadlines": (),
        "figures": (),
        "topics": ("环评审批",),
        "valid_until": None,
    }
    return Extraction(text=text, **{**made, **changes})  # type: ignore[arg-type]


def full_extraction(text: str = TEXT) -> Extraction:
    return extraction(
        text,
        figures=(money(text, "最高奖补300万元", 3_000_000, "绿色改造项目"),),
        deadlines=(deadline(text, "2026年6月底前", date(2026, 6, 30)),),
        measures=(measure(text, 1, "首次申领办理时限压缩到15个工作日"),),
    )


def begun(store: Store, wanted: Source | None = None, now: datetime = NOW) -> Pass | None:
    """Begin a pass over one source."""
    (held,) = store.passes.begin([(wanted or source(), now)])
    return held


def finish(store: Store, held: Pass, end: PassEnd, now: datetime = NOW) -> bool:
    """End a pass; whether it still had its claim."""
    (valid,) = store.passes.finish([(held, end, now)])
    return valid


def note(
    store: Store, links: Sequence[Link], source_id: str = "bureau", *, baseline: bool = False, now: datetime = NOW
) -> int:
    """Note entries as a pass does; returns how many were not known."""
    held = begun(store, source(source_id), now)
    assert held is not None
    added = store.add_entries(held, links, baseline=baseline, now=now)
    store.release([held.claim])
    return added


def listed(store: Store, number: int = 1, source_id: str = "bureau", *, baseline: bool = False) -> PageRecord:
    """The page of article `number`, noted as an entry of the source."""
    url = f"http://{source_id}.example/art/{number}.html"
    note(store, [Link(url, f"文章{number}", date(2026, 3, 1))], source_id, baseline=baseline)
    return next(page for page in store.to_open(source_id, NOW, 1000) if page.url == url)


def reading(page: PageRecord, made: Extraction | None = None, **changes: object) -> Reading:
    """A page read, to be saved as a new announcement unless `changes` says otherwise."""
    made = made or full_extraction()
    fields: dict[str, object] = {
        "fingerprint": f"fingerprint of {made.text}",
        "digest": f"digest of {made.text}",
        "answered": ANSWERED,
        "validators": Validators('"v1"', None),
        "next_check_at": NOW + timedelta(hours=1),
        "action": Action.CREATE,
    }
    document = Document(made.title, made.text, url=page.url)
    return Reading(page, document, made, **{**fields, **changes})  # type: ignore[arg-type]


def told(kind: str, *subscriptions: str, due_at: datetime = NOW, digest: bool = False) -> Outgoing:
    """An event about an announcement for these subscriptions."""
    recipients = tuple(Recipient(one, "订阅了全部公告", due_at, digest) for one in subscriptions)
    event: dict[str, object] = {"kind": kind, "title": "某市出台8条措施支持企业", "source": "bureau"}
    return Outgoing(EventKind(kind), event, recipients)

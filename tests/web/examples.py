"""Announcements for pages: one with everything, one that changed, a near miss, and one of a hostile author."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.store import examples
from tests.store.examples import deadline, extraction, measure, money
from watcher.change.diff import Version, compare
from watcher.model import (
    AnnouncementType,
    Attachment,
    Credit,
    Extraction,
    Figure,
    FigureKind,
    Link,
    Qualifier,
    Region,
    Unread,
    Verdict,
)
from watcher.records.passes import Action
from watcher.settings import Options, Settings, Source, Subscription
from watcher.store import Store

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
SOURCES: tuple[Source, ...] = (examples.source(name="某市局 动态"), examples.source("province", name="某省厅 通知"))
SUBSCRIPTIONS = (
    Subscription(id="ops", to="mailtos://me:topsecret@smtp.example.org?to=team@example.org"),
    Subscription(id="ding", to="dingtalk://SECRETSECRET@TOKENTOKEN/"),
)

TEXT = (
    "市生态环境局出台8条措施。\n一、压缩审批时限。首次申领办理时限由20个工作日压缩到15个工作日。\n"
    "二、支持绿色改造。对绿色改造项目最高奖补300万元，2026年6月底前完成申报。\n三、加强帮扶。"
)


def settings(folder: Path, **options: object) -> Settings:
    return Settings(
        path="sources.yaml",
        state=str(folder),
        database_url=f"sqlite:///{folder}/watcher.db",
        options=Options(**options),  # type: ignore[arg-type]
        sources=SOURCES,
        subscriptions=SUBSCRIPTIONS,
    )


def days(text: str, quote: str) -> Figure:
    start = text.index(quote)
    made = money(text, quote, 15, "首次申领办理时限")
    return replace(made, start=start, kind=FigureKind.DURATION, unit="工作日", qualifier=Qualifier.EXACT)


def whole(text: str = TEXT, amount: str = "最高奖补300万元", **changes: object) -> Extraction:
    """An announcement with figures, a deadline, measures, a file and who said it; those of TEXT, unless `changes`."""
    found = () if "figures" in changes else _found(text, amount)
    made: dict[str, object] = {
        "title": "某市出台8条措施支持企业绿色改造",
        "published": date(2026, 3, 8),
        "attachments": (Attachment("http://bureau.example/a.pdf", "附件1.pdf", Unread("needs_ocr", "a scan")),),
        "valid_until": date(2028, 12, 31),
        "document_number": "潍环发〔2026〕3号",
        **dict(found),
    }
    return extraction(text, **{**made, **changes})


def _found(text: str, amount: str) -> tuple[tuple[str, object], ...]:
    headings = ("压缩审批时限", "支持绿色改造", "加强帮扶")
    figures = (days(text, "由20个工作日压缩到15个工作日"), money(text, amount, 3_000_000, "绿色改造项目"))
    return (
        ("figures", figures),
        ("deadlines", (deadline(text, "2026年6月底前", date(2026, 6, 30)),)),
        ("measures", tuple(measure(text, number, heading) for number, heading in enumerate(headings, 1))),
    )


ALL: tuple[str, ...] = tuple(one.id for one in SUBSCRIPTIONS)


def published(
    store: Store,
    made: Extraction,
    number: int = 1,
    *,
    source: str = "bureau",
    at: datetime = NOW,
    told: tuple[str, ...] = (),
    baseline: bool = False,
) -> int:
    """Store it as a pass would that found it at `at` and tells these subscriptions; returns its id."""
    url = f"http://{source}.example/art/{number}.html"
    examples.note(store, [Link(url, made.title or "", made.published)], source, baseline=baseline, now=at)
    page = next(one for one in store.to_open(source, at, 1000) if one.url == url)
    outgoing = examples.told("new", *told, due_at=at)
    outgoing = replace(outgoing, event={**outgoing.event, "title": made.title})
    fingerprint = f"fingerprint of {number} {made.text}"
    assert store.announcements.save(
        examples.reading(page, made, outgoing=outgoing if told else None, fingerprint=fingerprint), at
    )
    known = store.announcements.known(page.key)
    assert known is not None
    return known.id


def edited(store: Store, before: Extraction, after: Extraction, number: int = 1, *, at: datetime = NOW) -> None:
    """The page of `published` says something else."""
    page = next(
        one for one in store.opened_since("bureau", datetime.min.replace(tzinfo=UTC)) if f"/{number}." in one.url
    )
    known = store.announcements.known(page.key)
    assert known is not None
    changes = compare(Version(before), Version(after))
    changed = {"action": Action.REVISE, "basis": known.basis, "changes": changes}
    assert store.announcements.save(examples.reading(page, after, fingerprint=f"other {after.text}", **changed), at)


def near_miss(title: str = "市局召开座谈会") -> Extraction:
    verdict = Verdict(AnnouncementType.OTHER, 0.42, ("no measures",), near_miss=True)
    return extraction("市局召开座谈会，听取企业意见。", verdict=verdict, title=title, measure_count=None)


# What a page of a stranger may hold, in every field that is shown.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "javascript:alert(1)",
    "]]><b>bold</b><!--",
    "\u202egpj.exe\u202c\x1b[31m\r\nSet-Cookie: a=b",
)


def hostile(word: str) -> Extraction:
    """An announcement of which every field is `word`, or holds it."""
    text = f"对{word}项目最高奖补300万元。2026年6月底前完成{word}。"
    return whole(
        text,
        title=word,
        issuer=f"{word}局",
        document_title=word,
        document_number=word,
        topics=(word,),
        credit=Credit(word, (word,), word),
        figures=(money(text, "最高奖补300万元", 3_000_000, word),),
        measures=(measure(text, 1, f"对{word}项目"),),
        attachments=(Attachment("javascript:alert(1)", word, Unread("needs_ocr", word)),),
        verdict=Verdict(AnnouncementType.MEASURES_NEWS, 0.9, (word,)),
        region=Region("山东省潍坊市", "370700"),
    )


def earlier(days: float) -> datetime:
    return NOW - timedelta(days=days)

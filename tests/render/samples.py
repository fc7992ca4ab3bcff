"""Alerts as readers get them, made of documents in our own words by the real extraction: one of each kind to look at.

`python -m tests.render.samples FOLDER` writes each as a page, in both languages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watcher.change.diff import Version, compare
from watcher.deadlines.due import due_on, dues
from watcher.events import announcement_event, deadline_event, digest, recovery_event, trouble_event
from watcher.extract import extract
from watcher.model import Attachment, Document, Unread
from watcher.news import EventKind, Message
from watcher.read import read_document
from watcher.records.announcements import AnnouncementRecord
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceState
from watcher.render.message import render_event
from watcher.settings import Every, Language, Source

Event = dict[str, Any]

GOLD = Path(__file__).parent.parent / "gold" / "dev"
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
COLUMN = Source(
    "sd-dsdt", "山东省生态环境厅 地市动态", "https://sthj.example.gov.cn/dtxx/dsdt/", Every(timedelta(minutes=30))
)
TEXT = """潍坊市生态环境局印发《支持企业绿色转型的十条措施》（潍环发〔2026〕3号），有效期至2028年12月31日。
一、压缩环评审批时限。建设项目环境影响报告表的审批时限由15个工作日压减到5个工作日，报告书由30个工作日压减到20个工作日。
二、开辟重大项目绿色通道。对120个省市重点项目提前介入、并联办理，实行一项目一专员。
三、支持清洁生产改造。对实施清洁生产改造的企业，给予最高300万元奖补；2026年6月30日前，向所在地生态环境分局提交申请。
四、奖励绿色工厂。对新获命名的国家级绿色工厂，一次性奖励50万元。
五、扩大绿色金融。2026年9月底前，组织银行与不少于80家企业开展绿色金融对接，力争新增绿色贷款15亿元以上。
六、减免监测费用。对小微企业减免60%以上的委托监测费用。
七、优化监督执法。对纳入正面清单的412家企业以非现场检查为主，无事不扰。
八、延长整改期限。对首次轻微违法且及时改正的，依法不予处罚，整改期限由10天延长到30天。
九、设立专家服务团。组织36名专家为企业提供免费技术咨询，全年服务企业不少于500家次。
十、畅通政企沟通。每月召开一次企业座谈会，诉求办理时限不超过3个工作日。"""
EDITED = (
    TEXT.replace("最高300万元", "最高500万元")
    .replace("2026年6月30日前", "2026年8月31日前")
    .replace("对小微企业减免60%以上", "对中小微企业减免60%以上")
    .replace("有效期至2028年12月31日", "有效期至2029年12月31日")
)
FILES = (Attachment("https://sthj.example.gov.cn/2.pdf", "附件2：申请表.pdf", Unread("needs_ocr", "a scan")),)


def document(text: str) -> Document:
    return Document(
        title="潍坊市生态环境局出台十条措施支持企业绿色转型",
        text=text,
        published=datetime(2026, 3, 9, tzinfo=UTC).date(),
        publisher="潍坊市生态环境局",
        attachments=FILES,
    )


def announced(number: int, document: Document, **changes: Any) -> Event:
    url = f"https://sthj.example.gov.cn/dtxx/202603/t20260309_{1000 + number}.html"
    event = announcement_event(EventKind.NEW, url, COLUMN.id, extract(document))
    where = {"id": number, "revision": 1, "item_url": f"https://watch.example/announcements/{number}"}
    return {**event, **where, **changes}


def new() -> Event:
    return announced(7, document(TEXT))


def changed() -> Event:
    before, after = (Version(extract(document(text)), FILES) for text in (TEXT, EDITED))
    event = announcement_event(EventKind.CHANGED, new()["url"], COLUMN.id, after.extraction, compare(before, after))
    return {**new(), **event, "id": 7, "revision": 2}


def reminder() -> Event:
    found = extract(document(TEXT))
    record = AnnouncementRecord(7, new()["url"], COLUMN.id, "active", NOW, NOW, 1, found)
    day = dues(found)[0].day
    event = deadline_event(record, due_on(found, day), (day - NOW.date()).days)
    return {**new(), **event, "id": 7, "revision": 1}


def trouble() -> Event:
    problem = Problem("http_412", "sthj.example.gov.cn: answered HTTP 412", "set `proxy`")
    health = Health(
        SourceState.BLOCKED, problem, since=NOW - timedelta(hours=5), failures=3, retry_at=NOW + timedelta(hours=2)
    )
    return {**trouble_event(COLUMN, health), "id": None, "revision": None}


def recovered() -> Event:
    problem = Problem("timeout_read", "no answer", "wait")
    return recovery_event(COLUMN, Health(SourceState.FAILING, problem, since=NOW - timedelta(days=2)), NOW, None)


def news() -> Event:
    names = ("042_hebei_construction_eight.txt", "045_teda_eight_measures_list.txt", "087_sanya_relief_twentyfour.txt",
             "036_yantai_finance_six_batches.txt", "058_changchun_env_service_summary.txt")  # fmt: skip
    found = [read_document((GOLD / name).read_bytes(), name=name) for name in names]
    gone = announced(20, found[-1], kind="withdrawn", gone_since=NOW.isoformat(), answer="http_404")
    items = [announced(10 + number, one) for number, one in enumerate(found[:-1])]
    return digest([changed(), new(), reminder(), *items, gone, trouble()])


KINDS = {"new": new, "changed": changed, "deadline": reminder, "digest": news, "trouble": trouble, "well": recovered}
REASONS: dict[Language, str] = {"zh": "地区 山东省潍坊市；关键词 环评", "en": "region 山东省潍坊市; keyword 环评"}


def message(kind: str, language: Language) -> Message:
    event = {**KINDS[kind](), "unsubscribe_url": "https://watch.example/unsubscribe/token"}
    reason = None if kind == "digest" else REASONS[language]
    rendered = render_event(event, language=language, key="k", reason=reason, timezone="Asia/Shanghai", now=NOW)
    return replace(rendered, subscription="ops")


def messages() -> Iterator[tuple[str, Message]]:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        yield from ((f"{kind}-{language}", message(kind, language)) for kind in KINDS)


if __name__ == "__main__":
    for name, one in messages():
        Path(sys.argv[1], f"{name}.html").write_text(one.html, encoding="utf-8")
        Path(sys.argv[1], f"{name}.txt").write_text(f"{one.title}\n\n{one.text}\n\n{one.markdown}\n", encoding="utf-8")

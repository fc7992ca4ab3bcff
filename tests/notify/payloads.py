"""What channels are sent of a new and a changed announcement, and of a failing channel, as docs/payloads.md shows it.

`python -m tests.notify.payloads > docs/payloads.md` writes the page anew.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from watcher.change.diff import Version, compare
from watcher.completing import beside_of, completed
from watcher.events import announcement_event, outage_event
from watcher.extract import extract
from watcher.model import Document, Extraction
from watcher.news import EventKind, Message
from watcher.notify.chat import feishu_card
from watcher.notify.webhook import envelope
from watcher.reasons import REASONS
from watcher.records.announcements import Place
from watcher.records.deliveries import Beside
from watcher.render.message import render_event

SEEN: Final = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
URL: Final = "https://sthj.example.gov.cn/dtxx/202603/t20260309_1007.html"
TEXT: Final = """潍坊市生态环境局印发《支持企业绿色转型的若干措施》，推出两条措施服务企业。
一、压缩环评审批时限。环评审批时限由15个工作日压减到5个工作日。
二、支持清洁生产改造。对实施清洁生产改造的企业，给予最高300万元奖补；2026年6月30日前提交申请。"""


def _read(text: str) -> Extraction:
    title, day = "潍坊市生态环境局出台两条措施支持企业", SEEN.date()
    return extract(Document(title=title, text=text, published=day, publisher="潍坊市生态环境局"))


def messages() -> tuple[Message, Message]:
    before, after = _read(TEXT), _read(TEXT.replace("最高300万元", "最高500万元"))
    changes = compare(Version(before), Version(after))
    new = announcement_event(EventKind.NEW, URL, "sd-dsdt", before)
    changed = announcement_event(EventKind.CHANGED, URL, "sd-dsdt", after, changes)
    return _message({**new, "id": 7, "revision": 1}, "3f0c"), _message({**changed, "id": 7, "revision": 2}, "9b1e")


def _message(event: dict[str, Any], key: str) -> Message:
    beside = Beside(SEEN, SEEN, "active", (Place("sd-dsdt", URL, SEEN),))
    whole = completed({**event, "why": "关键词 环评"}, {7: beside_of(beside)}, (), "https://watch.example", "TOKEN")
    return render_event(whole, key=key, reason="关键词 环评", timezone="Asia/Shanghai", now=SEEN)


REFUSAL: Final = "mail: the recipient was refused: 550 5.1.1 no such user"


def outage() -> Message:
    channel = "mailto://smtp.example.org?to=t…@example.org"
    event = outage_event(["ops-mail"], channel, REFUSAL, SEEN, paused=True, message_only=False)
    told = {**event, "id": None, "revision": None, "why": REASONS["zh"].all_deliveries}
    return render_event(told, key="77d0", reason=REASONS["zh"].all_deliveries, timezone="Asia/Shanghai")


def page() -> str:
    new, changed = messages()
    return f"""# Payloads

What is sent of an announcement that is new, of the same one when an amount in it was raised, and of a subscription
that is not reached. Written by `python -m tests.notify.payloads`; a test holds it against what is sent.

## JSON, new

{_block(envelope(new))}

## JSON, changed

{_block(envelope(changed))}

## JSON, a subscription that is not reached

{_block(envelope(outage()))}

## 飞书, new

{_block({"msg_type": "interactive", "card": feishu_card(new)})}

## 飞书, changed

{_block({"msg_type": "interactive", "card": feishu_card(changed)})}
"""


def _block(payload: object) -> str:
    return f"```json\n{json.dumps(payload, ensure_ascii=False, indent=1)}\n```"


if __name__ == "__main__":
    print(page(), end="")

"""What the command line shows of a document that is repealed, or over by its own words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.cli.conftest import Installation, configuration
from tests.followups.pages import document
from tests.store.examples import NOW, extraction, listed, reading, source
from watcher.records.lifecycle import Fate, Statement
from watcher.records.names import Name, Role
from watcher.store import Store

YESTERDAY = datetime.now(UTC).date() - timedelta(days=2)  # in every time zone
TITLE = "潍坊市生态环境局关于优化环评服务的20条措施"


def test_list_and_show_say_what_became_of_documents(installation: Installation) -> None:
    installation.configure(configuration(9))
    (installation.folder / "state").mkdir()
    store = Store.open(f"sqlite:///{installation.folder}/state/watcher.db")
    store.sync_sources([source()], NOW)
    text = f"第九条 本措施有效期至{YESTERDAY.year}年{YESTERDAY.month}月{YESTERDAY.day}日。"
    store.announcements.save(reading(listed(store, 1), document(TITLE, document_number="潍环发〔2023〕5号")), NOW)
    store.announcements.save(
        reading(listed(store, 2), extraction(text, title="到期的措施", valid_until=YESTERDAY, figures=())), NOW
    )
    store.announcements.save(reading(listed(store, 3), extraction("无期限。", title="有效的措施", figures=())), NOW)
    notice = listed(store, 4)
    repealed = Statement(Fate.REPEALED, Name(Role.CITES, ("潍环发2023#5",), TITLE), "决定废止以下文件")
    store.lifecycles.say(notice.id, extraction(published=date(2026, 3, 1)), [repealed])
    store.close()

    lines = {line.split()[0]: line for line in installation.run("list").out.splitlines()}
    assert lines["1"].endswith(f"{TITLE} (repealed 已废止)")
    assert lines["2"].endswith("到期的措施 (lapsed 已失效)")
    assert lines["3"].endswith("有效的措施")
    found = {one["id"]: one["lifecycle"] for one in installation.run("list", "--json").json()}
    assert found[1] == {
        "state": "repealed",
        "since": "2026-03-01",
        "by": {"title": "文章4", "url": notice.url, "id": None},
        "quote": "决定废止以下文件",
    }
    over = (YESTERDAY + timedelta(days=1)).isoformat()
    assert found[2] == {"state": "lapsed", "since": over, "by": None, "quote": text[:-1]}
    assert found[3] is None
    assert installation.run("show", "1", "--json").json()["lifecycle"] == found[1]
    assert f"repealed 已废止  2026-03-01  “决定废止以下文件”  {notice.url}\n" in installation.run("show", "1").out
    assert f"lapsed 已失效  {over}  “{text[:-1]}”\n" in installation.run("show", "2").out

"""A source's trouble and its end, from the passes that see them to the words of the alert."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.sites import Answer
from tests.test_pipeline import Bench, bench, site
from tests.town import MEASURES, days_ago, listing, page
from watcher.cli.wellness import notes
from watcher.records.sources import SourceState
from watcher.render.message import render_event
from watcher.render.sources import health_json
from watcher.settings import Follow

__all__ = ["bench", "site"]

HALF_HOUR = timedelta(minutes=30)
MAINTAINED = page("某市生态环境局", "<h1>系统维护中</h1><p>请稍后再访问。</p>")


def alerts(bench: Bench) -> Iterator[str]:
    """The alerts in turn, as text, and each as its subscription gets it."""
    while (batch := bench.store.outbox.next_batch("ops", bench.now)) is not None:
        bench.store.mark_sent(batch, bench.now)
        message = render_event(batch.event, key="k", reason=None, timezone="Asia/Shanghai")
        body, _, _ = message.text.partition("\n\n打开栏目")
        yield f"{message.title}\n{body}"


async def test_trouble_and_its_end_are_told_in_one_language_with_what_happens_next(bench: Bench) -> None:
    bench.watch(replace(bench.source, follow=Follow(max_new=1)))
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", MAINTAINED)
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    assert list(alerts(bench)) == [
        "【来源异常】某市局：网站维护中\n"
        "某市局\n网站维护中\n自：2026-03-02 09:30\n下次 11:30 再试，已连续失败3次\n"
        "建议：无需处理，恢复后自动补读；若持续数日，请打开网站查看"
    ]
    bench.column.publish(2)
    bench.column.publish(3)
    await bench.check(after=HALF_HOUR)
    *_, last = alerts(bench)
    assert last == (
        "【来源恢复】某市局\n"
        "某市局\n此前：网站维护中\n期间：2026-03-02 09:30 至 2026-03-02 11:00\n补读：期间新增2条；1条待下次读取"
    )


@pytest.mark.parametrize(
    "way",
    [
        "<meta http-equiv='refresh' content='0;url=/xw/dt/'>",
        "<script>location.href='/xw/dt/'</script>",
        "<iframe src='/xw/dt/'></iframe>",
    ],
)
async def test_a_column_that_leads_elsewhere_has_moved_and_its_alert_names_where(bench: Bench, way: str) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", f"<html><head><title>工作动态</title></head><body>{way}</body></html>")
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    (told,) = alerts(bench)
    assert told.startswith("【来源异常】某市局：列表在另一个地址\n")
    assert f"页面转向或嵌入 {bench.site.url('/xw/dt/')}\n" in told
    assert "请把该来源的 url 改为该地址" in told
    found = bench.store.source(bench.source.id)
    assert found is not None
    assert found.health.state is SourceState.MOVED


async def test_entries_that_may_have_been_missed_are_said(bench: Bench) -> None:
    for number in (1, 2):
        bench.column.publish(number)
    await bench.check()
    bench.site.set("/list/", Answer(404))
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    for number in range(3, 7):
        bench.column.publish(number)
    newest = [(number, *bench.column.entries[number]) for number in (6, 5, 4, 3)]
    bench.site.set("/list/", listing(newest))  # none of them known, and no older page
    await bench.check(after=HALF_HOUR)
    *_, last = alerts(bench)
    assert last.endswith("补读：期间新增4条；已全部补上；更早的条目可能未读到，请打开栏目核对")


async def test_what_comes_back_as_a_baseline_does_not_say_that_nothing_was_published(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", Answer(404))
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    bench.site.set("/xw/", listing((number, f"{MEASURES[0]}（{number}）", days_ago(9)) for number in (903, 902, 901)))
    bench.watch(replace(bench.source, url=bench.site.url("/xw/")))
    assert (await bench.check(after=HALF_HOUR)).baseline
    *_, last = alerts(bench)
    assert last.endswith("补读：列表按首次读取处理，其中的条目不作提醒，请打开栏目核对")


async def test_entries_that_were_lost_while_watcher_was_down_are_told_once(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    for number in range(2, 6):
        bench.column.publish(number)
    bench.site.set("/list/", listing([(number, *bench.column.entries[number]) for number in (5, 4, 3)]))
    await bench.check(after=timedelta(days=20))  # no older page: the second is never seen
    for _ in range(4):
        await bench.check(after=HALF_HOUR)
    lost = [alert for alert in alerts(bench) if alert.startswith("【来源")]
    assert lost == [
        "【来源异常】某市局：可能漏掉了条目\n"
        "某市局\n可能漏掉了条目\n列表的条目全是新的，未能接上此前读到的\n自：2026-03-02 09:00\n"
        "建议：请打开栏目，核对这段时间的内容；为免再漏，请缩短该来源的 every，或改用条目更全的地址"
    ]
    record = bench.store.source(bench.source.id)
    assert record is not None
    assert (record.health.state.value, record.health.told) == ("ok", False)
    first, hint = notes(record, ZoneInfo("Asia/Shanghai"), bench.now)
    assert first == (
        "entries of 2026-03-02 09:00 to 2026-03-22 09:00 may have been missed: "
        "the 3 entries do not reach back to the last pass; no older page is seen"
    )
    assert hint.startswith("open the column")
    assert health_json(record)["missed"] is not None


async def test_what_a_recovery_says_was_missed_is_not_told_again(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/list/", Answer(404))
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    for number in range(2, 6):
        bench.column.publish(number)
    bench.site.set("/list/", listing([(number, *bench.column.entries[number]) for number in (5, 4, 3)]))
    for _ in range(4):
        await bench.check(after=HALF_HOUR)
    assert sorted(kind for kind in bench.kinds() if kind.startswith("source")) == ["source_recovered", "source_trouble"]


async def test_a_source_that_was_read_all_the_while_missed_nothing(bench: Bench) -> None:
    for number in range(1, 9):
        bench.column.publish(number)
    await bench.check()
    bench.column.renew(newest=2)
    for _ in range(3):
        await bench.check(after=HALF_HOUR)
    (trouble,) = alerts(bench)
    assert "条目明显少于平时\n现有2条，平时8条\n" in trouble
    assert "再试" not in trouble
    bench.column.renew()
    await bench.check(after=HALF_HOUR)
    assert [alert.splitlines()[-1] for alert in alerts(bench)] == ["补读：期间照常读取"]

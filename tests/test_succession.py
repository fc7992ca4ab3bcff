"""A document that is repealed, replaced or made final: told once to those who know it, and shown with the words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.examples import subscription
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.town import BULLETIN, MEASURES, TODAY, article, days_ago
from watcher.news import EventKind
from watcher.records.announcements import Filter
from watcher.records.deliveries import Batch
from watcher.records.lifecycle import Fate, Saying
from watcher.render.message import render_event

__all__ = ["bench", "site"]

HOUR = timedelta(hours=1)
OLD = (
    "某市生态环境局关于印发《某市绿色工厂奖励办法》的通知",
    "某环发〔2026〕8号",
    "各县区分局：为支持企业绿色发展，现将《某市绿色工厂奖励办法》印发给你们，请认真贯彻落实。",
    "一、加大资金支持。对新认定的绿色工厂给予一次性奖励，最高{amount}万元。",
    "二、优化环评审批。环评报告表审批时限压缩到{days}个工作日。",
    "三、强化绿色金融。推动银行加大绿色信贷投放，帮助企业降低融资成本。",
)
REPEAL = (
    "某市生态环境局关于废止部分规范性文件的通知",
    "各县区分局，局机关各科室：为维护法制统一，我局组织开展了行政规范性文件的集中清理工作，逐件提出了意见。",
    "经局党组会议研究，决定废止以下文件：",
    "一、《某市绿色工厂奖励办法》（某环发〔2026〕8号）",
    "二、《某市清洁生产补助办法》（某环发〔2021〕3号）",
    "上述文件自本通知印发之日起停止使用，各单位要认真做好政策衔接，加强宣传解释，不得再作为行政管理的依据。",
)


def said_of(bench: Bench, entry: int) -> tuple[Saying, ...]:
    history = bench.store.lists.announcement(entry)
    assert history is not None
    return history.announcement.sayings


async def told_of(bench: Bench) -> int:
    """A document that was told as new; its id."""
    bench.column.publish(1, BULLETIN, days_ago(5))
    await bench.check()
    bench.column.publish(2, OLD)
    await bench.check(after=HOUR)
    assert bench.kinds() == ["new"]
    (one,) = bench.store.lists.announcements(Filter())
    assert one.extraction.document_number == "某环发〔2026〕8号"
    return one.id


async def test_a_repeal_is_told_once_to_who_was_told_of_the_document(bench: Bench) -> None:
    entry = await told_of(bench)
    late = subscription("late")
    bench.store.sync_subscriptions([subscription(on=tuple(EventKind)), late], bench.now)
    bench.column.publish(3, REPEAL)
    report = await bench.check(after=HOUR)
    assert (report.deliveries, bench.kinds()) == (1, ["new", "changed"])
    (repeal,) = [one for one in bench.alerts() if one.kind == "changed"]
    assert (repeal.subscription, repeal.announcement) == ("ops", entry)
    (saying,) = said_of(bench, entry)
    assert (saying.statement.fate, saying.url) == (Fate.REPEALED, bench.site.url("/art/3.html"))
    assert saying.statement.quote == "一、《某市绿色工厂奖励办法》（某环发〔2026〕8号）"
    bench.column.publish(3, (*REPEAL, "特此通知，请遵照执行。"))
    bench.column.publish(4, REPEAL)
    for _ in range(4):
        await bench.check(after=timedelta(days=1))
    assert bench.kinds() == ["new", "changed"]


async def test_the_alert_says_what_became_of_it_in_the_words_of_the_notice(bench: Bench) -> None:
    await told_of(bench)
    bench.store.mark_sent(_next(bench), bench.now)
    bench.column.publish(3, REPEAL)
    await bench.check(after=HOUR)
    event = bench.told()
    (change,) = event["changes"]
    assert (change["field"], change["after"], change["note"]) == ("lifecycle", "废止", "状态：废止")
    assert change["quote"] == "一、《某市绿色工厂奖励办法》（某环发〔2026〕8号）"
    assert (event["url"], event["said_by"]["url"]) == (bench.site.url("/art/2.html"), bench.site.url("/art/3.html"))
    message = render_event(event, key="k", reason=None, timezone="Asia/Shanghai")
    assert message.title.endswith("：状态：废止")
    assert f"见：{REPEAL[0]}（3） {bench.site.url('/art/3.html')}" in message.text


def _next(bench: Bench) -> Batch:
    batch = bench.store.outbox.next_batch("ops", bench.now)
    assert batch is not None
    return batch


async def test_what_a_baseline_says_is_shown_and_no_news(bench: Bench) -> None:
    bench.column.publish(2, OLD)
    bench.column.publish(3, REPEAL)  # is read before the document that it means
    await bench.check()
    (one,) = bench.store.lists.announcements(Filter())
    assert [saying.statement.fate for saying in one.sayings] == [Fate.REPEALED]
    assert bench.kinds() == []


@pytest.mark.parametrize(
    "title",
    [
        "潍坊市生态环境局关于公开征求《潍坊市绿色工厂奖励办法（征求意见稿）》意见的公告",
        "潍坊市生态环境局关于征求《潍坊市绿色工厂奖励办法》意见的通知",
    ],
)
async def test_a_draft_knows_its_final_text_which_is_told_as_new_and_as_nothing_else(bench: Bench, title: str) -> None:
    bench.column.publish(1, BULLETIN, days_ago(30))
    await bench.check()
    final_text = [part.replace("某市", "潍坊市") for part in OLD]
    bench.column.publish(2, (title, *final_text[2:]), days_ago(30))
    await bench.check(after=HOUR)
    (draft,) = bench.store.lists.announcements(Filter(near_misses=True))
    bench.column.publish(3, tuple(final_text))
    await bench.check(after=HOUR)
    (final,) = bench.store.lists.announcements(Filter())
    (saying,) = said_of(bench, draft.id)
    assert (saying.statement.fate, saying.announcement) == (Fate.FINAL, final.id)
    assert (final.sayings, bench.kinds()) == ((), ["new"])


async def test_a_document_that_gives_way_is_told_so(bench: Bench) -> None:
    entry = await told_of(bench)
    clause = "《某市绿色工厂奖励办法》（某环发〔2026〕8号）与本措施不一致的，以本措施为准。"
    bench.column.publish(3, (*MEASURES, clause))
    await bench.check(after=HOUR)
    assert sorted(bench.kinds()) == ["changed", "new", "new"]
    (saying,) = said_of(bench, entry)
    assert (saying.statement.fate, saying.statement.quote) == (Fate.SUPERSEDED, clause[:-1])


def undated(paragraphs: tuple[str, ...]) -> str:
    return article(paragraphs).replace(f"发布时间：{TODAY}", "")


async def test_a_page_without_a_date_may_be_edited_to_say_so_long_after_it_was_read(bench: Bench) -> None:
    entry = await told_of(bench)
    before = (REPEAL[0], *BULLETIN[1:])
    bench.column.publish(3, before)
    bench.site.set("/list/", bench.column.listing().replace(f"（3）</a><span>{TODAY}</span>", "（3）</a>"))
    bench.site.set("/art/3.html", undated(before))
    await bench.check(after=HOUR)
    bench.site.set("/art/3.html", undated(REPEAL))
    await bench.check(RECHECK, after=timedelta(days=70))
    assert [saying.statement.fate for saying in said_of(bench, entry)] == [Fate.REPEALED]
    assert bench.kinds() == ["new", "changed"]


async def test_a_document_that_stays_in_force_is_left_alone(bench: Bench) -> None:
    entry = await told_of(bench)
    kept = (*REPEAL[:2], "下列文件继续有效：", *REPEAL[3:])
    bench.column.publish(3, kept)
    await bench.check(after=HOUR)
    assert (bench.kinds(), said_of(bench, entry)) == (["new"], ())

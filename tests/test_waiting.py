"""Files whose server is in trouble are waited for, a day from when they could first not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.sites import Answer, Site
from tests.store.examples import source
from tests.test_attachments import HTML, SHUT, TITLE, figures, found, measures, notice, publish, unread, word
from tests.test_attachments import bench as bench
from tests.test_attachments import site as site
from tests.test_pipeline import RECHECK, Bench
from tests.town import BULLETIN, TODAY, days_ago, listing, page
from watcher import attachments
from watcher.errors import ReadError
from watcher.model import Attachment, Document, Page

DAY, MINUTES = timedelta(days=1), timedelta(minutes=5)
DOWN = Answer(503)
MAINTAINED = Answer(
    body="<html><head><title>系统维护</title></head><body><p>系统维护中，请稍后访问。</p></body></html>".encode(),
    headers=HTML,
)
LINK = ("/files/1", "附件：若干措施")
# Its file's name says nothing of a format, so that a page in its place is read.
BEHIND = SHUT.replace("/files/a.docx", "/files/1").replace(">措施.docx", ">附件：若干措施")
WITHOUT = SHUT.replace("措施.docx", "").replace("/files/a.docx", "#")
# No copy of what the column held before.
OTHERS = (
    "支持住宿餐饮企业恢复发展若干措施",
    "一、发放消费券。安排财政资金最高500万元，向市民发放餐饮消费券。",
    "二、减免房租。对承租国有房屋的小微企业减免3个月租金。",
    "三、稳定就业岗位。对不裁员的住宿企业返还失业保险费，每户最高20万元。",
    "四、优化审批服务。食品经营许可的办理时限压缩到5个工作日。",
)
EDITED = "请认真组织实施。最高补助300万元，申报截止2026年6月30日。"


async def begin(bench: Bench, site: Site, article: str, title: str = TITLE) -> None:
    """The baseline of a column that held the notice."""
    bench.watch(replace(bench.source, url=site.url("/other/")))
    site.set("/other/", listing([(2, title, TODAY), (3, "另一栏目的旧闻", TODAY)]))
    site.set("/art/2.html", article)
    assert (await bench.check()).baseline


@pytest.mark.parametrize("waits", [timedelta(hours=1), DAY], ids=["opens at once", "opens late"])
async def test_a_baseline_notice_whose_file_is_behind_a_page_of_maintenance_is_told_to_nobody(
    bench: Bench, site: Site, waits: timedelta
) -> None:
    site.set("/files/1", MAINTAINED)
    await begin(bench, site, BEHIND)
    if waits == DAY:
        await bench.check(after=DAY)
        assert (unread(bench), found(bench).extraction.verdict.announcement) == (["stays_away"], True)
    site.set("/files/1", word())
    await bench.check(RECHECK, after=waits)
    assert (len(figures(bench)), bench.kinds()) == (2, [])


@pytest.mark.parametrize("code", ["crashed", "too_slow"])
async def test_a_baseline_notice_whose_file_broke_a_worker_is_told_to_nobody(
    bench: Bench, site: Site, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    async def broken(fetched: Page, attachment: Attachment) -> Document:  # noqa: ARG001
        raise ReadError(code, "a worker ended over it")

    monkeypatch.setattr(attachments, "_read_file", broken)
    site.set("/files/a.docx", word())
    await begin(bench, site, SHUT)
    await bench.check(after=DAY)
    assert unread(bench) == ["stays_away"]
    monkeypatch.undo()
    site.set("/files/a.docx", word(500))
    await bench.check(RECHECK, after=DAY)
    assert (len(figures(bench)), bench.kinds()) == (2, [])


@pytest.mark.parametrize("shut", [Answer(404), DOWN, MAINTAINED], ids=["missing", "down", "maintained"])
@pytest.mark.parametrize("waits", [timedelta(hours=1), 2 * DAY], ids=["at once", "after it was given up"])
@pytest.mark.parametrize("opens", [False, True], ids=["stays shut", "opens with it"])
async def test_an_edit_of_a_baseline_announcement_is_told_whatever_becomes_of_its_file(
    bench: Bench, site: Site, shut: Answer, waits: timedelta, opens: bool
) -> None:
    site.set("/files/1", shut)
    await begin(bench, site, notice(LINK, body=measures(300)))
    for _ in range(2):
        await bench.check(RECHECK, after=waits)
    assert bench.kinds() == []
    if opens:
        site.set("/files/1", word(800))
    site.set("/art/2.html", notice(LINK, body=measures(800)))
    assert (await bench.check(RECHECK, after=MINUTES)).changed == 1
    await bench.check(RECHECK, after=MINUTES)
    assert bench.kinds() == ["changed"]


async def test_a_baseline_page_edited_into_an_announcement_is_told_while_its_file_is_shut(
    bench: Bench, site: Site
) -> None:
    site.set("/files/1", DOWN)
    title = "某市商务局近期重点工作的有关情况"
    await begin(bench, site, notice(LINK, body=("有关情况见附件。",)).replace(TITLE, title), title)
    await bench.check(RECHECK, after=MINUTES)
    site.set("/art/2.html", notice(LINK, body=OTHERS).replace(TITLE, title))
    await bench.check(RECHECK, after=MINUTES)
    assert bench.kinds() == ["new"]


async def test_a_late_file_of_a_baseline_page_that_counts_its_visits_is_told_to_nobody(
    bench: Bench, site: Site
) -> None:
    def counted(visits: int) -> str:
        return BEHIND.replace("</head>", f"<meta name='visits' content='{visits}'></head>")

    site.set("/files/1", DOWN)
    await begin(bench, site, counted(1))
    site.set("/art/2.html", counted(2))
    site.set("/files/1", word())
    await bench.check(RECHECK, after=MINUTES)
    assert (len(figures(bench)), bench.kinds()) == (2, [])


async def test_another_file_of_a_baseline_page_that_waits_for_one_is_told_when_it_changes(
    bench: Bench, site: Site
) -> None:
    site.set("/files/1", DOWN)
    site.set("/files/b.docx", word(300))
    await begin(bench, site, notice(LINK, ("/files/b.docx", "措施.docx")))
    site.set("/files/b.docx", word(800))
    await bench.check(RECHECK, after=MINUTES)
    assert bench.kinds() == ["changed"]


def undated(title: str, *body: str) -> str:
    return page(title, f"<h1>{title}</h1><div class='content'>{''.join(f'<p>{part}</p>' for part in body)}</div>")


@pytest.mark.parametrize("days", [30, 61, 400])
async def test_a_watched_page_without_a_date_that_becomes_an_announcement_is_told(
    bench: Bench, site: Site, days: int
) -> None:
    bench.watch(source("single", url=site.url("/policy.html"), listing="page"))
    site.set("/policy.html", undated(*BULLETIN))
    assert (await bench.check()).matched == 0
    site.set("/policy.html", undated(TITLE, *measures()))
    await bench.check(after=timedelta(days=days))
    assert bench.kinds() == ["new"]


@pytest.mark.parametrize(("becomes", "kinds"), [("opens", []), ("given up", []), ("edited", ["new"])])
async def test_a_near_miss_without_a_date_that_is_known_for_long_is_told_once_edited_not_for_its_file(
    bench: Bench, site: Site, becomes: str, kinds: list[str]
) -> None:
    publish(site, SHUT.replace(f"{TODAY}", ""), **{"a.docx": DOWN})
    begun = [(number, f"第{number}项工作的有关情况", None) for number in range(3, 9)]
    for number, *_ in begun:
        site.set(f"/art/{number}.html", undated(*BULLETIN))
    site.set("/other/", listing(begun))
    bench.watch(replace(bench.source, url=site.url("/other/")))
    assert (await bench.check()).baseline
    site.set("/other/", listing([(2, TITLE, None), *begun]))
    assert (await bench.check()).near_misses == 1
    as_stored_before(bench)
    if becomes == "opens":
        site.set("/files/a.docx", word())
    if becomes == "edited":
        site.set(
            "/art/2.html",
            SHUT.replace(f"{TODAY}", "").replace("请认真组织实施。", "</p><p>".join(("请认真组织实施。", *OTHERS))),
        )
    await bench.check(RECHECK, after=timedelta(days=61))
    await bench.check(RECHECK, after=DAY)
    assert (found(bench).extraction.verdict.announcement, bench.kinds()) == (True, kinds)


async def test_a_file_behind_a_page_of_maintenance_for_a_day_stays_shut(bench: Bench, site: Site) -> None:
    publish(site, BEHIND, **{"1": MAINTAINED})
    assert (await bench.check()).near_misses == 1
    assert (await bench.check(after=DAY)).new == 1
    assert unread(bench) == ["stays_away"]


async def test_a_file_that_comes_later_is_waited_for_from_then_on(bench: Bench, site: Site) -> None:
    publish(site, WITHOUT)
    await bench.check()
    await bench.check(after=timedelta(days=10))
    publish(site, SHUT, **{"a.docx": DOWN})
    for _ in range(3):
        await bench.check(RECHECK, after=MINUTES)
    assert bench.kinds() == []
    site.set("/files/a.docx", word())
    report = await bench.check(RECHECK, after=MINUTES)
    assert (report.new, len(figures(bench)), bench.kinds()) == (1, 2, ["new"])


@pytest.mark.parametrize("between", [0, 1, 2], ids=["at once", "after one more look", "after two"])
async def test_a_file_that_came_later_is_looked_at_once_it_was_waited_for(
    bench: Bench, site: Site, between: int
) -> None:
    publish(site, WITHOUT)
    await bench.check()
    publish(site, SHUT, **{"a.docx": DOWN})
    await bench.check(after=timedelta(days=10))
    for _ in range(between):
        await bench.check(RECHECK, after=timedelta(hours=1))
    assert bench.kinds() == []
    assert (await bench.check(after=timedelta(hours=24 - between))).new == 1
    assert unread(bench) == ["stays_away"]
    assert (await bench.check(after=timedelta(hours=23))).opened == 0  # nothing is waited for any longer


async def test_a_file_that_was_never_read_keeps_no_edit_of_its_page_back(bench: Bench, site: Site) -> None:
    publish(site, BEHIND, **{"1": MAINTAINED})
    await bench.check()
    await bench.check(after=DAY)
    site.set("/files/1", DOWN)
    site.set("/art/2.html", BEHIND.replace("请认真组织实施。", EDITED))
    report = await bench.check(RECHECK, after=DAY)
    assert (report.changed, report.warnings, bench.kinds()) == (1, (), ["new", "changed"])


@pytest.mark.parametrize("first", [DOWN, Answer(403)], ids=["down for a day", "refused"])
async def test_a_file_that_stays_shut_does_so_whatever_trouble_its_server_has_then(
    bench: Bench, site: Site, first: Answer
) -> None:
    publish(site, SHUT, **{"a.docx": first})
    await bench.check()
    if first is DOWN:
        await bench.check(after=DAY)
    assert bench.kinds() == ["new"]
    for look, answer in enumerate([Answer(403), DOWN, Answer(404), Answer(500), DOWN]):
        site.set("/files/a.docx", answer)
        site.set("/art/2.html", SHUT.replace("认真组织实施", f"认真组织实施（{look}）"))  # so that all is read again
        report = await bench.check(RECHECK, after=MINUTES)
        assert report.warnings == ()
        assert found(bench).extraction.verdict.announcement
        assert unread(bench)[0] not in {"http_500", "http_503"}
    assert "changed" not in bench.kinds()


def as_stored_before(bench: Bench) -> None:
    """Take from the files beside pages what an older version did not note."""
    with bench.store._database.write() as session:
        session.connection().execute(text("UPDATE files SET unread_since = NULL"))


@pytest.mark.parametrize(
    ("publishes", "kinds"),
    [
        (lambda: listing([(2, TITLE, days_ago(20)), (1, "旧闻", TODAY)]), ["new"]),
        (lambda: listing([(2, TITLE, days_ago(55)), (1, "旧闻", TODAY)]), []),
    ],
    ids=["of late", "long ago"],
)
async def test_an_older_versions_near_miss_is_told_a_day_after_the_first_look_at_its_file_if_not_old(
    bench: Bench, site: Site, publishes: Callable[[], str], kinds: list[str]
) -> None:
    publish(site, SHUT.replace(f"{TODAY}", ""), **{"a.docx": DOWN})
    site.set("/list/", publishes())
    assert (await bench.check()).near_misses == 1
    as_stored_before(bench)
    await bench.check(after=timedelta(days=10))
    await bench.check(RECHECK, after=timedelta(hours=23))
    assert bench.kinds() == []
    await bench.check(after=timedelta(hours=1))
    assert (found(bench).extraction.verdict.announcement, bench.kinds()) == (True, kinds)


async def test_an_older_versions_near_miss_whose_file_opens_within_the_day_is_told_with_it(
    bench: Bench, site: Site
) -> None:
    publish(site, SHUT, **{"a.docx": DOWN})
    await bench.check()
    as_stored_before(bench)
    await bench.check(after=timedelta(days=10))
    site.set("/files/a.docx", word())
    await bench.check(RECHECK, after=MINUTES)
    assert (bench.kinds(), len(figures(bench))) == (["new"], 2)

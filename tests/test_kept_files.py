"""A file that was read before and cannot be read now: its announcement stays, and edits of its page are told."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from tests.read.making import docx, paragraph, pdf
from tests.sites import Answer, redirect
from tests.sites.server import Site
from tests.test_attachments import LOCKED, TITLE, bench, figures, file, notice, publish, unread, word
from tests.test_pipeline import RECHECK, Bench, site
from tests.town import BULLETIN, MEASURES, page

__all__ = ["bench", "site"]

HOURS = timedelta(hours=12)
LINK = ("/files/a.docx", "措施.docx")
ADDED = "对首次申领排污许可证的企业补助20万元，支持企业发展。"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
INSTEAD = {
    "a login": Answer(body=page("登录", "<input type=password>").encode(), headers=HTML),
    "sent to a login": redirect("/sso/login"),
    "sent home": redirect("/"),
    "the home page": Answer(body=page("某市生态环境局", "<p>欢迎</p>").encode(), headers=HTML),
    "maintenance": Answer(body=page("系统维护", "<h1>系统维护中</h1>").encode(), headers=HTML),
    "a check": Answer(body=b"<script>var $_ts=1;</script>", headers=HTML),
    "not there": Answer(404, b"not here"),
    "gone": Answer(410, b"gone"),
    "refused": Answer(403),
    "down": Answer(503),
    "nothing": Answer(body=b""),
    "half of it": Answer(body=docx(paragraph("措施"))[:200]),
}


@pytest.mark.parametrize("kind", INSTEAD)
async def test_what_stands_in_a_known_files_place_changes_nothing(bench: Bench, site: Site, kind: str) -> None:
    publish(site, notice(LINK), **{"a.docx": word()})
    assert (await bench.check()).new == 1
    before = figures(bench)
    site.set("/", page("某市生态环境局", "<p>欢迎</p>"))
    site.set("/sso/login", page("登录", "<input type=password>"))
    site.set("/files/a.docx", INSTEAD[kind])
    for _ in range(4):
        await bench.check(RECHECK, after=HOURS)
    assert (bench.kinds(), figures(bench), unread(bench)) == (["new"], before, [])
    site.set("/art/2.html", notice(LINK, body=("现将《支持企业绿色发展若干措施》印发给你们。", ADDED)))
    report = await bench.check(RECHECK, after=HOURS)
    assert (report.changed, ["kept as it was read before" in one for one in report.warnings]) == (1, [True])
    assert [quote for quote, *_ in figures(bench)] == ["20万元", *(quote for quote, *_ in before)]
    site.set("/files/a.docx", word())
    reports = [await bench.check(RECHECK, after=HOURS) for _ in range(2)]
    assert [(one.changed, one.warnings) for one in reports] == [(0, ())] * 2
    assert bench.kinds() == ["new", "changed"]


async def test_a_file_whose_answer_was_not_kept_holds_its_page_back(bench: Bench, site: Site) -> None:
    publish(site, notice(LINK), **{"a.docx": word()})
    await bench.check()
    shutil.rmtree(bench.archive.folder)
    site.set("/files/a.docx", INSTEAD["maintenance"])
    site.set("/art/2.html", notice(LINK, body=("现将《支持企业绿色发展若干措施》印发给你们。", ADDED)))
    report = await bench.check(RECHECK, after=HOURS)
    assert (report.changed, len(report.warnings), len(figures(bench))) == (0, 1, 2)
    site.set("/files/a.docx", word())
    assert (await bench.check(RECHECK, after=HOURS)).changed == 1


async def test_what_was_edited_while_its_server_was_away_is_told_soon(bench: Bench, site: Site) -> None:
    """Though the next look at its page would come weeks later."""
    publish(site, notice(LINK), **{"a.docx": word()})
    await bench.check()
    site.set("/files/a.docx", Answer(503))
    site.set("/art/2.html", notice(LINK, body=("现将《支持企业绿色发展若干措施》印发给你们。", ADDED)))
    assert (await bench.check(after=timedelta(days=40))).changed == 1
    site.set("/files/a.docx", word(900))
    assert [(await bench.check(after=timedelta(hours=1))).changed for _ in range(2)] == [1, 0]
    assert [quote for quote, *_ in figures(bench)][-1] == "最高900万元"


@pytest.mark.parametrize(
    ("answer", "code"), [(Answer(body=pdf([])), "needs_ocr"), (Answer(body=LOCKED), "encrypted")], ids=str
)
async def test_another_file_that_cannot_be_read_is_no_longer_the_one_that_was(
    bench: Bench, site: Site, answer: Answer, code: str
) -> None:
    publish(site, notice(LINK), **{"a.docx": word()})
    await bench.check()
    site.set("/files/a.docx", answer)
    assert (await bench.check(RECHECK, after=HOURS)).changed == 1
    assert unread(bench) == [code]


async def test_a_page_of_which_nothing_is_stored_does_not_wait_for_its_file(bench: Bench, site: Site) -> None:
    lines = [line.format(days=15, amount=300) for line in MEASURES]
    publish(site, notice(LINK, body=("见附件。",)).replace(TITLE, "二月份值班安排"), **{"a.docx": word()})
    site.set("/files/a.docx", file(docx("".join(map(paragraph, BULLETIN)))))
    assert (await bench.check()).matched == 0
    site.remove("/files/a.docx")
    site.set("/art/2.html", notice(LINK, body=lines))
    assert (await bench.check(RECHECK, after=HOURS)).new == 1


async def test_a_file_that_is_no_longer_linked_is_a_change(bench: Bench, site: Site) -> None:
    publish(site, notice(LINK), **{"a.docx": word()})
    await bench.check()
    site.remove("/files/a.docx")
    site.set("/art/2.html", notice(body=("现将《支持企业绿色发展若干措施》印发给你们。", ADDED)))
    assert (await bench.check(RECHECK, after=HOURS)).changed == 1
    assert [quote for quote, *_ in figures(bench)] == ["20万元"]

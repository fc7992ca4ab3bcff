"""An article with files beside it, from the site to the alert: real site, real fetcher, real workers, real store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.read.making import docx, paragraph, pdf
from tests.sites import Answer, Fault, Request, Site
from tests.test_pipeline import OPTIONS, RECHECK, Bench
from tests.town import MEASURES, TODAY, listing, page
from watcher.fetch import Fetcher
from watcher.fetch.retry import Limits
from watcher.model import AnnouncementType, NotModified, Origin, Page, Validators
from watcher.openings import IN_HAND
from watcher.records.announcements import AnnouncementRecord, Filter
from watcher.room import Room
from watcher.settings import PLAIN_FETCH, FetchOptions, Follow
from watcher.store import Store

TITLE = "某市生态环境局关于印发《支持企业绿色发展若干措施》的通知"


DATED = (("Content-Type", "application/octet-stream"), ("Last-Modified", "Mon, 01 Jun 2026 08:00:00 GMT"))


def measures(amount: int = 300) -> list[str]:
    return ["支持企业绿色发展若干措施", *(part.format(days=15, amount=amount) for part in MEASURES[2:])]


def notice(*links: tuple[str, str], body: Sequence[str] = ("现将《支持企业绿色发展若干措施》印发给你们。",)) -> str:
    """The page of a notice with files below its text."""
    text = "".join(f"<p>{part}</p>" for part in body)
    files = "".join(f"<p><a href='{address}'>{words}</a></p>" for address, words in links)
    info = f"<div class='info'>发布时间：{TODAY} 来源：某市生态环境局</div>"
    return page(TITLE, f"<h1>{TITLE}</h1>{info}<div class='content'>{text}{files}</div>")


def file(body: bytes) -> Answer:
    return Answer(body=body, headers=(("Content-Type", "application/octet-stream"),), conditional=True)


def word(amount: int = 300) -> Answer:
    return file(docx("".join(paragraph(part) for part in measures(amount))))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
async def bench(site: Site, tmp_path: Path) -> AsyncIterator[Bench]:
    """A column that was read once while it was empty but for one article: what comes now is news."""
    store = Store.open(f"sqlite:///{tmp_path}/watcher.db")
    async with Fetcher(OPTIONS, Limits(attempts=1, read_s=1.0, total_s=2.0)) as fetcher:
        made = Bench(site, store, fetcher, tmp_path)
        made.column.publish(1)
        await made.check()
        yield made
    store.close()


def publish(site: Site, text: str, **files: Answer) -> None:
    site.set("/list/", listing([(2, TITLE, TODAY), (1, "旧闻", TODAY)]))
    site.set("/art/2.html", text)
    for name, answer in files.items():
        site.set(f"/files/{name}", answer)


def found(bench: Bench) -> AnnouncementRecord:
    """The announcement of the notice."""
    return next(one for one in bench.store.lists.announcements(Filter()) if one.url.endswith("/art/2.html"))


def figures(bench: Bench) -> list[tuple[str, str | None, int | None]]:
    """Quote, file and page of each."""
    found_in = [(one.quote, one.origin or Origin()) for one in found(bench).extraction.figures]
    return [(quote, origin.file, origin.page) for quote, origin in found_in]


def unread(bench: Bench) -> list[str]:
    return [one.unread.code for one in found(bench).extraction.attachments if one.unread]


async def test_the_measures_in_a_file_are_told_with_the_file_and_its_page(bench: Bench, site: Site) -> None:
    whole = measures()
    publish(site, notice(("/files/1", "附件：若干措施.pdf")), **{"1": file(pdf(whole[:2], whole[2:]))})
    report = await bench.check()
    assert (report.new, report.warnings) == (1, ())
    record = found(bench)
    assert record.extraction.verdict.type is AnnouncementType.MEASURES_DOCUMENT
    assert figures(bench) == [("15个工作日", "附件：若干措施.pdf", 1), ("最高300万元", "附件：若干措施.pdf", 2)]
    told = bench.told()
    assert [one["origin"]["page"] for one in told["figures"]] == [2, 1]
    assert [one["name"] for one in told["attachments"]] == ["附件：若干措施.pdf"]


async def test_a_page_without_a_text_of_its_own_is_read_by_its_file(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "若干措施.docx"), body=()), **{"a.docx": word()})
    assert (await bench.check()).new == 1
    assert [quote for quote, *_ in figures(bench)] == ["15个工作日", "最高300万元"]
    assert [one.number for one in found(bench).extraction.measures] == [1, 2, 3, 4]


async def test_a_page_that_is_a_picture_says_that_it_needs_ocr(bench: Bench, site: Site) -> None:
    text = notice(body=("<img src='/art/W01.jpg'>",)).replace(TITLE, "一图读懂 | 某市出台20条措施支持企业发展")
    publish(site, text, **{"W01.jpg": Answer(body=b"\xff\xd8\xff")})
    assert (await bench.check()).new == 1
    assert [one.unread and one.unread.code for one in found(bench).extraction.attachments] == ["needs_ocr"]
    assert "watcher[ocr]" in str(found(bench).extraction.attachments[0].unread)
    assert "/art/W01.jpg" not in site.paths()


async def test_a_copy_of_the_page_doubles_nothing(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "下载"), body=measures()), **{"a.docx": word()})
    await bench.check()
    assert figures(bench) == [("15个工作日", None, None), ("最高300万元", None, None)]


async def test_an_archive_is_read_file_by_file(bench: Bench, site: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/措施.docx", word().body)
        archive.writestr("说明.bin", b"\0\1\2")
    publish(site, notice(("/files/a.zip", "附件.zip")), **{"a.zip": file(packed.getvalue())})
    await bench.check()
    assert figures(bench)[0] == ("15个工作日", "附件.zip/措施.docx", None)


async def test_an_unchanged_page_costs_one_question_a_file(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "措施.docx"), ("/files/b.rar", "材料.rar")), **{"a.docx": word()})
    await bench.check()
    report = await bench.check(after=timedelta(hours=1))
    assert (report.unchanged, report.changed) == (2, 0)
    asked = {one.path: one.headers.get("if-none-match") is not None for one in site.requests}
    assert asked == {"/list/": True, "/art/1.html": True, "/art/2.html": True, "/files/a.docx": True}


async def test_a_changed_file_is_a_changed_announcement(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "措施.docx")), **{"a.docx": word()})
    await bench.check()
    site.set("/files/a.docx", word(500))
    report = await bench.check(RECHECK, after=timedelta(hours=1))
    assert (report.changed, bench.kinds()) == (1, ["new", "changed"])
    record = bench.store.lists.announcement(found(bench).id)
    assert record is not None
    assert [(one.before, one.after) for one in record.revisions[1].changes] == [("最高300万元", "最高500万元")]


async def test_a_file_replaced_under_an_old_date_is_found(bench: Bench, site: Site) -> None:
    def dated(request: Request, amount: int) -> Answer:
        known = request.headers.get("if-modified-since")
        return Answer(304) if known else replace(word(amount), conditional=False, headers=DATED)

    publish(site, notice(("/files/a.docx", "措施.docx")))
    site.set("/files/a.docx", lambda request: dated(request, 300))
    await bench.check()
    site.set("/files/a.docx", lambda request: dated(request, 500))
    assert (await bench.check(RECHECK, after=timedelta(hours=1))).changed == 1


async def test_a_file_that_was_away_is_read_when_it_is_back(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "措施.docx")), **{"a.docx": Answer(503)})
    assert (await bench.check()).new == 1
    assert unread(bench) == ["http_503"]
    site.set("/files/a.docx", word())
    report = await bench.check(after=timedelta(hours=1))
    assert (report.changed, unread(bench)) == (1, [])
    assert len(figures(bench)) == 2


async def test_a_file_that_was_away_at_the_baseline_is_no_news_when_it_is_back(site: Site, bench: Bench) -> None:
    bench.watch(replace(bench.source, url=site.url("/other/")))
    site.set("/other/", listing([(2, TITLE, TODAY), (3, "另一栏目的旧闻", TODAY)]))
    site.set("/art/2.html", notice(("/files/a.docx", "措施.docx")))
    site.set("/files/a.docx", Answer(503))
    assert (await bench.check()).baseline
    site.set("/files/a.docx", word())
    await bench.check(after=timedelta(hours=1))
    assert (len(figures(bench)), bench.kinds()) == (2, [])


async def test_a_file_that_is_away_later_takes_nothing_from_what_was_read(bench: Bench, site: Site) -> None:
    publish(site, notice(("/files/a.docx", "措施.docx")), **{"a.docx": word()})
    await bench.check()
    site.set("/files/a.docx", Answer(503))
    assert (await bench.check(RECHECK, after=timedelta(hours=1))).warnings == ()
    site.set("/art/2.html", notice(("/files/a.docx", "措施.docx"), body=("现将《支持企业绿色发展若干措施》印发。",)))
    report = await bench.check(RECHECK, after=timedelta(hours=1))
    assert ("503" in report.warnings[0], report.changed) == (True, 0)
    assert len(figures(bench)) == 2


async def test_files_are_left_alone_where_the_source_says_so(bench: Bench, site: Site) -> None:
    bench.watch(replace(bench.source, follow=Follow(attachments=False)))
    publish(site, notice(("/files/a.docx", "措施.docx")), **{"a.docx": word()})
    await bench.check()
    assert "/files/a.docx" not in site.paths()


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as package:
    package.writestr("word/document.xml", b"<w>" + b" " * (100 * 1024 * 1024))
LOCKED = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
LOCKED += b"trailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]>>\n" % (
    b"ab" * 32,
    b"cd" * 32,
)


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("gone.pdf", Answer(404, b"not here"), "http_404"),
        ("hangs.pdf", Answer(fault=Fault.HANG), "timeout_read"),
        ("huge.pdf", Answer(body=b"%PDF-1.4 " + bytes(21_000_000)), "too_large"),
        ("cut.docx", Answer(body=docx(paragraph("措施"))[:200]), "damaged"),
        ("bomb.docx", Answer(body=BOMB.getvalue()), "too_large"),
        ("scan.pdf", Answer(body=pdf([])), "needs_ocr"),
        ("locked.pdf", Answer(body=LOCKED), "encrypted"),
        ("error.pdf", Answer(body="<html><body><p>文件不存在，请联系管理员。</p></body></html>".encode()), "not_a_pdf"),
        ("login.docx", Answer(body="<html><body><p>请先登录后再下载文件。</p></body></html>".encode()), "not_a_file"),
        ("old.rar", Answer(body=b"Rar!"), "unsupported"),
        ("list.zip", Answer(body=b"PK\x05\x06" + bytes(18)), "empty"),
    ],
)
async def test_what_cannot_be_read_is_noted_and_its_article_told(
    bench: Bench, site: Site, name: str, answer: Answer, code: str
) -> None:
    links = ((f"/files/{name}", name), ("/files/a.docx", "措施.docx"))
    publish(site, notice(*links), **{name: answer, "a.docx": word()})
    report = await bench.check()
    assert (report.new, report.warnings, unread(bench)) == (1, (), [code])
    assert len(figures(bench)) == 2


@pytest.mark.parametrize(
    "answer",
    [Answer(403), Answer(404), Answer(body="<html><body><p>请先登录后再下载文件。</p></body></html>".encode())],
    ids=["refused", "not there yet", "a login in its place"],
)
async def test_measures_in_a_file_that_stays_shut_are_told_by_title_and_their_figures_once_it_opens(
    bench: Bench, site: Site, answer: Answer
) -> None:
    body = ("各县（市、区）人民政府，市政府各部门：", "现将有关文件印发给你们，请认真组织实施。")
    shut = notice(("/files/a.docx", "措施.docx"), body=body)
    publish(site, shut.replace(TITLE, "关于印发《促进民营经济高质量发展若干措施》的通知"), **{"a.docx": answer})
    report = await bench.check()
    assert (report.new, figures(bench)) == (1, [])
    assert "措施在读不出的附件里" in found(bench).extraction.verdict.reasons[0]
    site.set("/files/a.docx", word())
    report = await bench.check(after=timedelta(days=1))
    assert (report.changed, len(figures(bench))) == (1, 2)


SHUT = notice(
    ("/files/a.docx", "措施.docx"),
    body=("各县（市、区）人民政府，市政府各部门：", "现将有关文件印发给你们，请认真组织实施。"),
).replace(TITLE, "关于印发《促进民营经济高质量发展若干措施》的通知")


@pytest.mark.parametrize("answer", [Answer(503), Answer(fault=Fault.HANG)], ids=["broken", "silent"])
async def test_a_file_that_is_away_for_a_day_stays_shut_and_its_measures_are_told_once_it_opens(
    bench: Bench, site: Site, answer: Answer
) -> None:
    publish(site, SHUT, **{"a.docx": answer})
    assert (await bench.check()).near_misses == 1
    await bench.check(after=timedelta(hours=20))
    assert bench.kinds() == []
    report = await bench.check(after=timedelta(hours=4))
    assert (report.new, unread(bench), bench.kinds()) == (1, ["stays_away"], ["new"])
    for days in (1, 2, 4):
        await bench.check(after=timedelta(days=days))
    site.set("/art/2.html", SHUT.replace("认真组织实施", "认真抓好落实"))
    await bench.check(RECHECK, after=timedelta(days=7))
    assert set(bench.kinds()) <= {"new", "wording"}
    site.set("/files/a.docx", word())
    report = await bench.check(after=timedelta(days=7))
    assert (report.changed, len(figures(bench)), bench.kinds().count("new")) == (1, 2, 1)


async def test_a_file_behind_a_notice_of_maintenance_that_goes_down_altogether_stays_shut(
    bench: Bench, site: Site
) -> None:
    maintained = "<html><head><title>系统维护</title></head><body><p>系统维护中，请稍后访问。</p></body></html>"
    publish(site, SHUT.replace("/files/a.docx", "/files/1").replace(">措施.docx", ">附件：若干措施"))
    site.set("/files/1", Answer(body=maintained.encode(), headers=HTML))
    assert (await bench.check()).near_misses == 1
    site.set("/files/1", Answer(503))
    assert (await bench.check(after=timedelta(days=1))).new == 1
    assert unread(bench) == ["stays_away"]


async def test_a_file_that_is_back_after_a_day_is_read_as_if_it_had_been_there(bench: Bench, site: Site) -> None:
    publish(site, SHUT, **{"a.docx": Answer(503)})
    await bench.check()
    site.set("/files/a.docx", word())
    assert (await bench.check(after=timedelta(days=1))).new == 1
    assert len(figures(bench)) == 2


async def test_a_file_that_is_refused_after_its_server_was_down_is_told_by_title(bench: Bench, site: Site) -> None:
    publish(site, SHUT, **{"a.docx": Answer(503)})
    await bench.check()
    site.set("/files/a.docx", Answer(403))
    assert (await bench.check(after=timedelta(days=1))).new == 1
    assert unread(bench) == ["http_403"]


async def test_a_file_that_stays_away_since_the_baseline_is_told_to_nobody(site: Site, bench: Bench) -> None:
    bench.watch(replace(bench.source, url=site.url("/other/")))
    site.set("/other/", listing([(2, TITLE, TODAY), (3, "另一栏目的旧闻", TODAY)]))
    site.set("/art/2.html", SHUT)
    site.set("/files/a.docx", Answer(503))
    assert (await bench.check()).baseline
    await bench.check(after=timedelta(days=1))
    assert (unread(bench), found(bench).extraction.verdict.announcement, bench.kinds()) == (["stays_away"], True, [])


class Body(bytes):
    """Bytes that know how many of their kind there are, all together."""

    held = 0

    def __init__(self, _: bytes) -> None:
        Body.held += len(self)

    def __del__(self) -> None:
        Body.held -= len(self)

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)  # what a worker is given


async def test_articles_opened_side_by_side_hold_little_more_than_the_room_they_share(bench: Bench, site: Site) -> None:
    size, files, most = 200_000, 6, 300_000
    held, fetch = [], bench.gear.fetch

    async def watched(
        url: str, validators: Validators | None = None, options: FetchOptions = PLAIN_FETCH
    ) -> Page | NotModified:
        held.append(Body.held)
        answer = await fetch(url, validators, options)
        return replace(answer, body=Body(answer.body)) if isinstance(answer, Page) else answer

    bench.gear = replace(bench.gear, fetch=watched, room=Room(most))
    site.set("/list/", listing([*((number, f"{TITLE}{number}", TODAY) for number in range(2, 10)), (1, "旧闻", TODAY)]))
    for number in range(2, 10):
        names = [f"{number}-{place}.pdf" for place in range(files)]
        site.set(f"/art/{number}.html", notice(*((f"/files/{name}", name) for name in names), body=measures()))
        for name in names:
            site.set(f"/files/{name}", file(b"%PDF-1.4 " + name.encode() + bytes(size)))
    report = await bench.check()
    assert (report.opened, report.warnings) == (8, ())
    assert len([path for path in site.paths() if path.startswith("/files/")]) == 8 * files
    assert bench.gear.room.held == 0
    under_way = IN_HAND * size
    assert most < max(held) < most + under_way + files * size + 100_000  # the pages themselves


@pytest.mark.parametrize(
    "link",
    [
        "<iframe src='/pdfjs/viewer.html?file=/files/a'></iframe>",
        "附件：<a href='/files/a'>若干措施</a>",
        "<a href='javascript:void(0)' onclick=\"down('/files/a')\">附件1：若干措施</a>",
    ],
)
async def test_what_a_link_hands_out_is_told_by_its_bytes(bench: Bench, site: Site, link: str) -> None:
    publish(site, notice(body=("现将《支持企业绿色发展若干措施》印发给你们。", link)), a=word())
    assert (await bench.check()).new == 1
    assert [quote for quote, *_ in figures(bench)] == ["15个工作日", "最高300万元"]
    assert all(file for _, file, _ in figures(bench))


HTML = (("Content-Type", "text/html; charset=utf-8"),)
A_PAGE = Answer(
    body=f"<html><body><p>{'本页面说明如何办理各项业务，最高奖励700万元。' * 3}</p></body></html>".encode(),
    headers=HTML,
)
SOME_DATA = Answer(body=b'{"code": 404}', headers=(("Content-Type", "application/json"),))


@pytest.mark.parametrize("answer", [A_PAGE, SOME_DATA])
async def test_what_turns_out_to_be_a_page_is_forgotten_and_not_asked_again(
    bench: Bench, site: Site, answer: Answer
) -> None:
    links = (("/files/p", "附件1：办事指南"), ("/files/a.docx", "措施.docx"))
    publish(site, notice(*links), **{"p": answer, "a.docx": word()})
    report = await bench.check()
    assert (report.new, report.warnings) == (1, ())
    assert [one.name for one in found(bench).extraction.attachments] == ["措施.docx"]
    assert [quote for quote, *_ in figures(bench)] == ["15个工作日", "最高300万元"]
    site.set("/art/2.html", notice(*links, body=("现将《支持企业绿色发展若干措施》印发给你们，请执行。",)))
    site.requests.clear()
    await bench.check(RECHECK, after=timedelta(hours=1))
    asked = [one.path for one in site.requests]
    assert ("/files/p" in asked, "/files/a.docx" in asked) == (False, True)
    record = bench.store.lists.announcement(found(bench).id)
    assert record is not None
    assert "attachments" not in [one.field for one in record.revisions[-1].changes]
    assert [one.name for one in found(bench).extraction.attachments] == ["措施.docx"]


async def test_what_an_export_button_hands_out_is_read(bench: Bench, site: Site) -> None:
    rows = "".join(f"<tr><td>{number}</td><td>{part}</td></tr>" for number, part in enumerate(measures()))
    headers = (("Content-Type", "application/vnd.ms-excel"),)
    table = Answer(body=f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>".encode())
    publish(site, notice(("/files/export?id=1", "附件：若干措施")))
    site.set("/files/export?id=1", replace(table, headers=headers))
    await bench.check()
    assert [quote for quote, *_ in figures(bench)] == ["15个工作日", "最高300万元"]


@pytest.mark.parametrize("link", ["/files/a.docx", "/files/down?f=a.docx"])
async def test_a_page_in_the_place_of_a_file_is_no_text_of_it_though_it_is_sent_as_one(
    bench: Bench, site: Site, link: str
) -> None:
    publish(site, notice((link, "下载")))
    site.set(link, A_PAGE)
    await bench.check()
    assert (unread(bench), figures(bench)) == (["not_a_file"], [])


async def test_a_page_between_a_reader_and_a_file_is_said(bench: Bench, site: Site) -> None:
    wall = Answer(body="<html><body><p>访问过于频繁，请完成验证后继续。</p></body></html>".encode())
    publish(site, notice(("/files/p", "附件1：若干措施")), p=replace(wall, headers=HTML))
    await bench.check()
    assert [one.unread and one.unread.code for one in found(bench).extraction.attachments] == ["challenge"]


async def test_files_that_promise_to_be_some_go_before_those_that_may_be(bench: Bench, site: Site) -> None:
    links = [(f"/files/{n}", f"附件{n}：说明") for n in range(9)]
    publish(site, notice(*links, ("/files/a.docx", "措施.docx")), **{"a.docx": word()})
    await bench.check()
    assert len(figures(bench)) == 2
    assert unread(bench) == ["http_404"] * 7 + ["too_many"] * 2

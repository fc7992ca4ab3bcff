"""What a pass leaves in the archive: the answer behind every revision, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from tests.archive.warcio import check, index
from tests.read.making import docx, paragraph
from tests.sites import Answer
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.town import BULLETIN, MEASURES, article
from watcher.model import Page
from watcher.records.announcements import Filter
from watcher.records.captures import Capture

__all__ = ["bench", "site"]

# Almost an announcement: kept for review.
REVIEWED = ("关于《支持企业绿色发展若干措施（征求意见稿）》公开征求意见的公告", *MEASURES[1:])


def kinds(bench: Bench) -> list[str]:
    """The records of the archive by type, the oldest first."""
    return [one["warc-type"] for path in sorted(bench.archive.folder.glob("*")) for one in index(path)]


def evidence(bench: Bench, number: int, announcement: int = 1) -> Page:
    return bench.archive.read(captured(bench, number, announcement))


def captured(bench: Bench, number: int, announcement: int = 1) -> Capture:
    (capture,) = bench.store.captures.of_revision(announcement, number)
    return capture


async def test_each_revision_keeps_the_answer_that_it_was_read_from(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(1, amount=500)
    await bench.check(RECHECK, after=timedelta(days=1))
    assert kinds(bench) == ["warcinfo", "response", "warcinfo", "response"]
    pages = [evidence(bench, number) for number in (1, 2)]
    assert ["最高300万元" in page.body.decode() for page in pages] == [True, False]
    assert {page.final_url for page in pages} == {bench.site.url("/art/1.html")}
    assert check(*bench.archive.folder.iterdir()) == ""


async def test_another_program_finds_by_their_digests_the_bodies_that_the_site_sent(bench: Bench) -> None:
    amounts, sheet = {1: 100, 2: 200, 3: 300}, docx("".join(map(paragraph, MEASURES)))
    for number, amount in amounts.items():
        bench.column.publish(number, amount=amount)
    bench.column.publish(4)
    linking = article(MEASURES).replace("</div></body>", "<a href='/measures.docx'>若干措施.docx</a></div></body>")
    bench.site.set("/art/4.html", linking)
    bench.site.set("/measures.docx", Answer(body=sheet))
    await bench.check()
    bench.column.publish(2, amount=900)
    await bench.check(RECHECK, after=timedelta(days=1))
    bodies = [(f"/art/{number}.html", article(MEASURES, amount=amount).encode()) for number, amount in amounts.items()]
    bodies += [("/art/4.html", linking.encode()), ("/measures.docx", sheet)]
    bodies += [("/art/2.html", article(MEASURES, amount=900).encode())]
    files = sorted(bench.archive.folder.iterdir())
    found = [one for one in index(*files) if one["warc-type"] != "warcinfo"]
    assert sorted((one["warc-target-uri"], one["warc-payload-digest"]) for one in found) == sorted(
        (bench.site.url(path), f"sha256:{sha256(body).hexdigest()}") for path, body in bodies
    )
    assert check(*files) == ""


async def test_an_unchanged_page_and_what_is_nothing_of_ours_leave_no_evidence(bench: Bench) -> None:
    bench.column.publish(1, BULLETIN)
    await bench.check()
    assert not bench.archive.folder.exists()
    bench.column.publish(2)
    await bench.check()
    await bench.check(RECHECK, after=timedelta(days=1))
    assert kinds(bench) == ["warcinfo", "response"]


async def test_a_near_miss_keeps_its_evidence_too(bench: Bench) -> None:
    bench.column.publish(1, REVIEWED)
    await bench.check()
    (record,) = bench.store.lists.announcements(Filter(near_misses=True))
    assert "征求意见稿" in evidence(bench, 1, record.id).body.decode()


async def test_a_text_that_comes_back_is_a_revisit_of_the_first(bench: Bench) -> None:
    for hours, amount in enumerate((300, 500, 300)):
        bench.column.publish(1, amount=amount)
        await bench.check(RECHECK, after=timedelta(hours=hours))
    assert kinds(bench) == ["warcinfo", "response", "response", "revisit"]
    assert evidence(bench, 3).body == evidence(bench, 1).body
    assert evidence(bench, 3).fetched_at > evidence(bench, 1).fetched_at


async def test_a_full_disk_costs_the_evidence_and_not_the_alert(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2, MEASURES)
    (file,) = bench.archive.folder.iterdir()
    file.unlink()
    file.symlink_to("/dev/full")
    report = await bench.check()
    assert (report.new, bench.kinds()) == (1, ["new"])
    problem = captured(bench, 1, announcement=2).problem
    assert problem == f"{file}: No space left on device"

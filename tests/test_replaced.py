"""An announcement in whose place its site's home page stands: kept as it was, one health alert, none of its return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.read.making import docx, paragraph
from tests.sites import Answer, redirect
from tests.test_belief import COVER, OTHER, home_page, record
from tests.test_pipeline import RECHECK, Bench, bench, site
from tests.town import MEASURES, TODAY, article, page
from watcher.records.announcements import Filter
from watcher.records.sources import SourceState

__all__ = ["bench", "site"]

HOURS, DAY = timedelta(hours=2), timedelta(days=1)
# Enough text of its own to be read as an article, and the measures in a link.
WORDY = page(
    "某市生态环境局",
    f"<h1>{OTHER[0]}</h1><div class='content'>"
    + "".join(f"<p>{line}</p>" for line in OTHER[1:])
    + "</div>"
    + "".join(f"<li><a href='/art/{n}.html'>{MEASURES[0]}（{n}）</a></li>" for n in range(9)),
)


def homes(bench: Bench) -> Mapping[str, Mapping[str, str | Answer]]:
    """What stands at the root, at the article, and elsewhere."""
    return {
        "by a redirect": {"/art/1.html": redirect("/"), "/": home_page(bench)},
        "with 200": {"/art/1.html": home_page(bench), "/": home_page(bench)},
        "that reads as an announcement": {"/art/1.html": WORDY, "/": WORDY},
        "behind a cover": {"/art/1.html": WORDY, "/": page("", COVER), "/portal/index.html": WORDY},
        "back to its list": {"/art/1.html": redirect("/list/")},
        "its list with 200": {"/art/1.html": bench.column.listing()},
        "the site for telephones": {"/art/1.html": redirect("/m/"), "/m/": WORDY},
        "a login": {"/art/1.html": redirect("/sso/login"), "/sso/login": page("登录", "<input type=password>")},
    }


# What stands at all addresses of a host but that of the list.
INSTEAD = {
    "a check": (page("", "<script>var $_ts=1;</script>"), SourceState.BLOCKED),
    "maintenance": (page("系统维护", "<h1>系统维护中</h1><p>请稍后再访问。</p>"), SourceState.FAILING),
}


@pytest.mark.parametrize(
    "kind",
    [
        "by a redirect", "with 200", "that reads as an announcement", "behind a cover", "back to its list",
        "its list with 200", "the site for telephones", "a login",
    ],
)  # fmt: skip
async def test_one_article_that_turned_into_the_home_page_is_one_health_alert(bench: Bench, kind: str) -> None:
    for number in (1, 2, 3):
        bench.column.publish(number)
    await bench.check()
    before = bench.store.lists.announcements(Filter())
    for path, stands in homes(bench)[kind].items():
        bench.site.set(path, stands)
    reports = [await bench.check(RECHECK, after=HOURS) for _ in range(12)]
    assert [(report.new, report.changed, report.withdrawn, len(report.warnings)) for report in reports] == [
        (0, 0, 0, 1)
    ] * 12
    assert bench.kinds() == ["source_trouble"]
    assert bench.told()["problem"]["code"] == "article_replaced"
    assert record(bench).health.state is SourceState.OK
    bench.column.publish(1)
    assert [(await bench.check(RECHECK, after=HOURS)).changed for _ in range(2)] == [0, 0]
    assert bench.kinds() == ["source_trouble"]
    kept = bench.store.lists.announcements(Filter())
    assert [replace(one, places=()) for one in kept] == [replace(one, places=()) for one in before]


async def test_articles_that_turn_together_ask_for_the_home_page_once_and_are_trouble_of_the_source(
    bench: Bench,
) -> None:
    for number in range(1, 7):
        bench.column.publish(number)
    await bench.check()
    bench.site.set("/", WORDY)
    for number in range(1, 7):
        bench.site.set(f"/art/{number}.html", WORDY)
    for _ in range(12):
        await bench.check(RECHECK, after=HOURS)
        assert bench.site.paths().count("/") == 1
    assert bench.kinds() == ["source_trouble"]
    assert bench.told()["problem"]["code"] == "articles_away"


@pytest.mark.parametrize("kind", INSTEAD)
async def test_what_stands_at_all_addresses_of_a_host_is_told_for_what_it_is(bench: Bench, kind: str) -> None:
    for number in range(1, 6):
        bench.column.publish(number)
    await bench.check()
    instead, state = INSTEAD[kind]
    for path in ("/", *(f"/art/{number}.html" for number in range(1, 6))):
        bench.site.set(path, instead)
    for _ in range(5):
        await bench.check(RECHECK, after=HOURS)
    assert (record(bench).health.state, bench.kinds()) == (state, ["source_trouble"])


@pytest.mark.parametrize("instead", [redirect("/ju/"), redirect("/ju/index.html"), WORDY], ids=["sent", "index", "200"])
async def test_the_home_page_of_a_bureau_may_stand_in_a_folder_of_its_citys_site(
    bench: Bench, instead: str | Answer
) -> None:
    rows = "".join(f"<li><a href='{n}.html'>{MEASURES[0]}（{n}）</a><span>{TODAY}</span></li>" for n in range(1, 6))
    bench.watch(replace(bench.source, url=bench.site.url("/ju/zwgk/list/")))
    bench.site.set("/ju/zwgk/list/", page("工作动态", f"<ul>{rows}</ul>"))
    for number in range(1, 6):
        bench.site.set(f"/ju/zwgk/list/{number}.html", article(MEASURES))
    bench.site.set("/", page("某市人民政府", "<p>欢迎访问市政府网站</p>"))
    bench.site.set("/ju/", WORDY)
    bench.site.set("/ju/index.html", WORDY)
    await bench.check()
    bench.site.set("/ju/zwgk/list/1.html", instead)
    reports = [await bench.check(RECHECK, after=HOURS) for _ in range(4)]
    assert [(report.changed, len(report.warnings)) for report in reports] == [(0, 1)] * 4
    assert (bench.kinds(), bench.told()["problem"]["facts"]["why"]) == (["source_trouble"], "home_page")


async def test_an_article_that_its_site_then_says_is_gone_is_withdrawn_and_no_longer_replaced(bench: Bench) -> None:
    for number in (1, 2, 3):
        bench.column.publish(number)
    await bench.check()
    bench.site.set("/", WORDY)
    bench.site.set("/art/1.html", redirect("/"))
    for _ in range(3):
        await bench.check(RECHECK, after=HOURS)
    bench.site.remove("/art/1.html")
    for _ in range(3):
        await bench.check(RECHECK, after=DAY)
    assert bench.kinds() == ["source_trouble", "withdrawn"]
    assert record(bench).usual.replaced == ()


async def test_a_new_entry_that_shows_the_home_page_is_not_announced(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2)
    for path in ("/", "/art/2.html"):
        bench.site.set(path, WORDY)
    report = await bench.check(after=HOURS)
    assert (report.new, bench.kinds(), len(report.warnings)) == (0, [], 1)
    bench.column.publish(2)
    assert (await bench.check(after=HOURS)).new == 1


@pytest.mark.parametrize(
    "file", ["", "<p><a href='/files/a.docx'>附件：清单.docx</a></p></div>"], ids=["alone", "with a file"]
)
async def test_what_stands_in_the_place_of_two_articles_is_never_taken_for_either(bench: Bench, file: str) -> None:
    """As where the site's root cannot be had; one of them alone would be believed after a day."""
    for number in (1, 2, 3):
        bench.column.publish(number)
    await bench.check()
    bench.site.set("/files/a.docx", Answer(body=docx("".join(map(paragraph, OTHER)))))
    for number in (1, 2):
        bench.site.set(f"/art/{number}.html", WORDY.replace("</div>", f"{file}</div>", 1))
    reports = [await bench.check(RECHECK, after=HOURS) for _ in range(12)]
    assert [(report.changed, len(report.warnings)) for report in reports] == [(0, 2)] * 12
    for number in (1, 2):
        bench.column.publish(number)
    assert (await bench.check(RECHECK, after=HOURS)).changed == 0
    assert "changed" not in bench.kinds()


async def test_another_event_of_the_source_goes_first(bench: Bench) -> None:
    """A pass has one event of its source at most."""
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/", WORDY)
    bench.site.set("/art/1.html", redirect("/"))
    for _ in range(2):
        await bench.check(RECHECK, after=HOURS)
    bench.site.set("/list/", Answer(500))
    for _ in range(3):
        await bench.check(after=HOURS)
    bench.column.publish(2)
    await bench.check(RECHECK, after=HOURS)
    assert bench.kinds() == ["source_trouble", "new", "source_recovered"]
    await bench.check(after=HOURS)
    assert bench.kinds() == ["source_trouble", "new", "source_recovered", "source_trouble"]


async def test_one_that_is_left_of_several_is_told_though_these_were_never_trouble(bench: Bench) -> None:
    for number in range(1, 4):
        bench.column.publish(number)
    await bench.check()
    bench.site.set("/", WORDY)
    for number in range(1, 4):
        bench.site.set(f"/art/{number}.html", redirect("/"))
    for _ in range(3):
        await bench.check(RECHECK, after=HOURS)
    for number in (2, 3):
        bench.column.publish(number)
    await bench.check(RECHECK, after=HOURS)
    assert bench.kinds() == ["source_trouble"]
    assert bench.told()["problem"]["facts"]["url"].endswith("/art/1.html")


async def test_a_root_that_leads_to_the_newest_article_is_no_sign_against_it(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2)
    bench.site.set("/", redirect("/art/2.html"))
    bench.site.set("/art/2.html", article(OTHER))  # whose page calls it something else than its list
    assert (await bench.check(after=HOURS)).new == 1


async def test_a_page_watched_as_itself_is_held_against_the_home_page_once_a_pass(bench: Bench) -> None:
    bench.watch(replace(bench.source, url=bench.site.url("/policy.html"), listing="page"))
    bench.site.set("/policy.html", article(MEASURES))
    bench.site.set("/", WORDY)
    await bench.check()
    bench.site.set("/policy.html", article(("惠企政策速递第七期", *MEASURES[1:]), amount=800))
    assert (await bench.check(after=HOURS)).changed == 1
    assert bench.site.paths().count("/") == 1


async def test_an_article_may_stand_behind_the_query_of_a_front(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2)
    bench.site.set("/art/2.html", redirect("/article/?id=2"))
    bench.site.set("/article/?id=2", article(MEASURES))
    assert (await bench.check(after=HOURS)).new == 1


async def test_a_kill_before_a_pass_ends_takes_no_alert(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/", WORDY)
    bench.site.set("/art/1.html", redirect("/"))
    with monkeypatch.context() as killed:
        killed.setattr(bench.store.passes, "finish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await bench.check(RECHECK, after=HOURS)
    for _ in range(5):
        await bench.check(RECHECK, after=DAY)
    assert bench.kinds() == ["source_trouble"]


MENUS = "".join(f"<li><a href='/{n}/'>{chr(0x4E00 + n) * 8}</a></li>" for n in range(300))


@pytest.mark.parametrize("place", ["/", "/list/"], ids=["a front that a script fills", "its list"])
async def test_a_short_text_beside_the_menus_of_another_page_is_its_own(bench: Bench, place: str) -> None:
    def stands(amount: int) -> str:
        short = (MEASURES[0], f"对实施清洁生产改造的企业给予最高{amount}万元奖励，服务企业发展。")
        called = article(short).replace("<h1>", "<h2>").replace("</h1>", "</h2>")  # not by the title in its list
        return called.replace(MEASURES[0], "惠企政策速递第七期").replace("<body>", f"<body>{MENUS}", 1)

    bench.column.publish(1)
    fronts = {"/": page("某市生态环境局", "<div id=app></div>"), "/list/": bench.column.listing()}
    bench.site.set("/art/1.html", stands(300))
    bench.site.set(place, fronts[place].replace("<body>", f"<body>{MENUS}", 1))
    await bench.check()
    bench.site.set("/art/1.html", stands(500))
    report = await bench.check(RECHECK, after=HOURS)
    assert (report.warnings, report.changed) == ((), 1)


async def test_an_article_that_its_home_page_shows_in_full_is_told_and_so_are_its_edits(bench: Bench) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.column.publish(2)
    for path in ("/", "/art/2.html"):
        bench.site.set(path, article(MEASURES))
    assert (await bench.check(after=HOURS)).new == 1
    for path in ("/", "/art/2.html"):
        bench.site.set(path, article(MEASURES, amount=800))
    report = await bench.check(RECHECK, after=HOURS)
    assert (report.changed, report.warnings) == (1, ())
    bench.column.publish(3)  # whose page calls it something else
    for path in ("/", "/art/3.html"):
        bench.site.set(path, article(OTHER))
    assert sum([(await bench.check(RECHECK, after=HOURS)).new for _ in range(9)]) == 1


@pytest.mark.parametrize("root", [WORDY, Answer(500), redirect("/list/")], ids=["there", "broken", "the list"])
async def test_an_edit_that_changes_the_title_too_is_told_whatever_stands_at_the_root(
    bench: Bench, root: str | Answer
) -> None:
    bench.column.publish(1)
    await bench.check()
    bench.site.set("/", root)
    bench.site.set("/art/1.html", article(("惠企政策速递第七期", *MEASURES[1:]), amount=800))
    report = await bench.check(RECHECK, after=HOURS)
    assert (report.changed, "/" in bench.site.paths()) == (1, True)

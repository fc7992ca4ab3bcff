"""`series`, `compare` and the links of `show`, over three years of one bureau with reports on them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Installation, Result, configuration
from tests.cli.test_comparison import STYLE, on_terminal
from tests.followups import articles
from tests.followups.pages import page
from tests.followups.test_series import record
from tests.store.examples import NOW
from watcher.cli.beside import print_beside
from watcher.cli.tables import STATES
from watcher.cli.years import print_series
from watcher.demo.articles import BUREAU
from watcher.demo.site import Article, Server, Site
from watcher.extract.figures import find_figures
from watcher.followups.beside import Moved, Pair, by
from watcher.followups.series import Member, Series
from watcher.model import AnnouncementType, Figure, FigureKind, Verdict
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Role
from watcher.render.followups import series_json


@dataclass(frozen=True)
class Years:
    """What a watcher holds that has seen all of it; `id` gives an article's."""

    installation: Installation
    ids: dict[str, int]

    def id(self, article: Article) -> str:
        return str(self.ids[article.path])

    def run(self, *arguments: str) -> Result:
        return self.installation.run(*arguments)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    installation = Installation(tmp_path_factory.mktemp("years"))
    with Server(Site(list(articles.ALL))) as server:
        installation.configure(configuration(server.port))
        assert installation.run("check").status == 0
    listed = installation.run("list", "--json").json()
    return Years(installation, {f"/{one['url'].split('/', 3)[3]}": one["id"] for one in listed})


def test_show_tells_what_an_announcement_cites_and_what_cites_it(years: Years) -> None:
    second, third = years.id(articles.SECOND), years.id(articles.THIRD)
    shown = years.run("show", third).out
    assert f"report  {years.id(articles.EXPLANATION)}  2023-03-06  《{BUREAU}" in shown
    assert f"citing  {years.id(articles.LOOK_BACK)}  2023-11-09  " in shown
    assert f"cites   {years.id(articles.FIRST)}  2021-03-10  " in years.run("show", second).out
    assert f"about   {third}  2023-03-01  " in years.run("show", years.id(articles.EXPLANATION)).out


def test_show_json_has_both_directions(years: Years) -> None:
    found = years.run("show", years.id(articles.THIRD), "--json").json()
    assert found["cites"] == []
    assert [(one["relation"], one["published"]) for one in found["cited_by"]] == [
        ("reports", "2023-03-06"),
        ("cites", "2023-11-09"),
    ]
    look_back = years.run("show", years.id(articles.LOOK_BACK), "--json").json()
    assert [one["published"] for one in look_back["cites"]] == ["2021-03-10", "2022-02-22", "2023-03-01"]
    assert {one["relation"] for one in look_back["cites"]} == {"cites"}
    assert look_back["cites"][0]["as"] == articles.FIRST.title


@pytest.mark.parametrize(
    "typed", [(BUREAU,), ("淄博生态环境局",), ("淄博",), ("市生态环境局", "--region", "370300")], ids=" ".join
)
def test_a_series_is_found_by_the_bodys_name_or_its_place(years: Years, typed: tuple[str, ...]) -> None:
    general, finance = years.run("series", *typed, "--json").json()
    assert [one["year"] for one in general["members"]] == [2021, 2022, 2023]
    assert [one["measure_count"] for one in general["members"]] == [8, 10, 12]
    assert [one["title"] for one in finance["members"]] == [articles.FINANCE.title]
    assert "绿色金融" in finance["subjects"]


def test_a_series_tells_what_changed_from_each_to_the_next(years: Years) -> None:
    shown = years.run("series", BUREAU).out
    lines = [line.strip() for line in shown.splitlines()]
    first, second, third = (years.id(one) for one in (articles.FIRST, articles.SECOND, articles.THIRD))
    assert f"2022-02-22  {second}   10 (+2)   {BUREAU}助企纾困服务经济高质量发展的十条措施" in lines
    assert f"since {first}: measures 6 in both, 4 added, 2 dropped" in lines
    assert "· 完成清洁生产改造的企业奖补由最高300万元提高到最高500万元" in lines
    assert f"⋯ 4 more: watcher compare {second} {third}" in lines
    assert "\x1b" not in shown


def test_reports_count_as_their_document(years: Years) -> None:
    general = years.run("series", BUREAU, "--json").json()[0]
    reports = sorted((int(years.id(articles.REPORT)), int(years.id(articles.EXPLANATION))))
    assert sorted(general["members"][2]["reports"]) == reports
    assert general["members"][2]["cited_by"] == [int(years.id(articles.LOOK_BACK))]
    assert general["members"][2]["document"] is True


def test_compare_puts_measures_and_figures_in_pairs(years: Years) -> None:
    shown = years.run("compare", years.id(articles.SECOND), years.id(articles.THIRD)).out
    assert (
        "Measures: 9 in both, 3 added, 1 dropped\n~ 1 完善重点项目环评服务清单 → 1 升级重点项目环评服务清单\n" in shown
    )
    assert "\n+ 3 推行打捆审批\n" in shown
    assert "\n- 9 缓缴排污权费用\n" in shown
    assert "\n↑ 完成清洁生产改造的企业奖补：最高300万元 → 最高500万元  +67%\n" in shown
    assert "\n↓ 完成信用修复：5个工作日内 → 3个工作日内  -40%\n" in shown
    assert "\x1b" not in shown


def test_compare_json_holds_every_pair(years: Years) -> None:
    found = years.run("compare", years.id(articles.SECOND), years.id(articles.THIRD), "--json").json()
    assert (found["before"]["measure_count"], found["after"]["measure_count"]) == (10, 12)
    [raised] = [one for one in found["figures"] if one["after"] and one["after"]["quote"] == "最高500万元"]
    assert (raised["change"], raised["by"], raised["before"]["quote"]) == ("raised", 2_000_000, "最高300万元")
    [dropped] = [one for one in found["measures"] if one["change"] == "dropped"]
    assert (dropped["before"]["number"], dropped["after"]) == (9, None)


@pytest.mark.parametrize(
    ("kind", "before", "after", "shown"),
    [
        (FigureKind.MONEY, "3000000", "5000000", "+67%"),
        (FigureKind.DURATION, "20", "15", "-25%"),
        (FigureKind.PERCENT, "3", "2.5", "-0.5 pt"),
        (FigureKind.RANK, "3", "1", "-2"),
        (FigureKind.COUNT, "0", "8", "+8"),
    ],
)
def test_how_much_a_figure_moved(kind: FigureKind, before: str, after: str, shown: str) -> None:
    old, new = (Figure("", 0, 0, kind, Decimal(one), Decimal(one), "x") for one in (before, after))
    assert by(Pair(old, new, Moved.RAISED, new.high - old.high)) == shown


@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_gets_columns_that_stay_aligned(years: Years, width: int) -> None:
    shown = on_terminal(years.installation, width, "compare", years.id(articles.SECOND), years.id(articles.THIRD))
    lines = STYLE.sub("", shown).splitlines()
    table = [line for line in lines if " │ " in line]
    assert len({tuple(cell_len(part) for part in line.split("│")[:2]) for line in table}) == 1
    assert max(map(cell_len, lines[3:])) <= width
    assert any("最高500万元" in line and "↑ +67%" in line for line in table)
    assert "\x1b[31m" in shown
    assert "\x1b[32m" in shown


def test_a_series_keeps_to_a_narrow_terminal_and_cuts_no_number(years: Years) -> None:
    lines = STYLE.sub("", on_terminal(years.installation, 80, "series", "淄博")).splitlines()
    assert max(map(cell_len, lines)) <= 80
    below = [
        (one.strip(), other.strip()) for one, other in pairwise(lines) if one[:26].isspace() and other[:26].isspace()
    ]
    assert not [pair for pair in below if pair[0][-1:].isdigit() and pair[1][:1].isdigit()]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "1", "99"), "no announcement 99; `watcher list` shows the ids"),
        (("series", "济南市生态环境局"), "no announcements of 济南市生态环境局; `watcher list --region CODE` shows"),
        (("series", "淄博市商务局"), f"no announcements of 淄博市商务局; there are some of {BUREAU}"),
        (("series", "市生态环境局"), "no announcements of 市生态环境局; give the body's full name, or --region"),
        (("series", "没有这个地方"), "no announcements of 没有这个地方; give the body's full name, or --region"),
    ],
)
def test_what_is_not_there_is_one_clear_line(years: Years, arguments: tuple[str, ...], said: str) -> None:
    done = years.run(*arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    empty = Installation(tmp_path)
    assert empty.run("series", BUREAU).status == 2
    assert empty.run("compare", "1", "2").status == 2
    assert list(tmp_path.iterdir()) == []


def test_the_measures_of_a_near_miss_are_said_to_be_unread(capsys: pytest.CaptureFixture[str]) -> None:
    """It has none that were read: those of the other one are not added."""
    draft = page("", date(2024, 1, 9), title="征求意见稿", verdict=Verdict(AnnouncementType.OTHER, 0.4, near_miss=True))
    before, after = record(3, draft), record(7, page("", date(2024, 2, 9), title="若干措施"))
    print_beside(before, after, everything=False)
    assert "Measures: those of 3, no announcement, were not read\n" in capsys.readouterr().out


def test_a_figure_that_is_the_same_in_both_says_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    text = "对首次升规的企业给予10万元奖励。"
    old, new = (page(text, date(year, 1, 9), figures=find_figures(text).figures) for year in (2024, 2025))
    print_beside(record(3, old), record(7, new), everything=False)
    assert "\n= 首次升规的企业奖励：10万元\n" in capsys.readouterr().out


@pytest.mark.parametrize(("day", "told"), [(date(2024, 3, 1), "8 "), (date(2025, 1, 9), "8 (-4)")])
def test_documents_of_the_same_weeks_are_not_counted_against_each_other(
    capsys: pytest.CaptureFixture[str], day: date, told: str
) -> None:
    old, new = (
        Member("若干措施", when, when.year, count, record(number, page("", when, title="若干措施")))
        for number, when, count in ((3, date(2024, 1, 9), 12), (7, day, 8))
    )
    print_series([Series(BUREAU, "措施", (), (old, new))])
    shown = capsys.readouterr().out
    assert f"7   {told}" in shown
    assert ("(-4)" in shown) == ("(-4)" in told)


def test_a_series_marks_what_was_repealed(capsys: pytest.CaptureFixture[str]) -> None:
    when = date(2024, 1, 9)
    statement = Statement(Fate.REPEALED, Name(Role.CITES, ("key",), "若干措施"), "《若干措施》废止")
    notice = Saying(statement, "http://b.example/2.html", "通知", None, when, None, "bureau", NOW)
    stands = replace(record(3, page("", when, title="若干措施")), sayings=(notice,))
    marked = Series(BUREAU, "措施", (), (Member("若干措施", when, 2024, 12, stands),))
    print_series([marked])
    assert STATES[Fate.REPEALED] in capsys.readouterr().out
    assert '"state": "repealed"' in json.dumps(series_json(marked))

"""A judged announcement as a page and its label: what a person said wins, and what is written is read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.gold.check import problems
from tests.gold.corpus import score_folder
from tests.gold.scoring import METRICS
from watcher.extract import extract
from watcher.model import AnnouncementType, Credit, Document, Verdict
from watcher.read import read_document
from watcher.records.announcements import AnnouncementRecord, Feedback, Judged, Judgement, Opinion
from watcher.render.labelled import label, label_name, label_page, label_text

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PARAGRAPHS = (
    "近日，某市税务局印发《支持小微企业发展八条措施》，推出8条措施，为企业减负增效。",
    "措施提出，退税办理时间由10个工作日压缩至4个工作日，对首次轻微违规的企业免予处罚。",
    "对符合条件的小微企业，给予最高50万元贷款贴息，惠及企业1200户以上。",
    "2026年6月底前，各县区设立服务专窗，走访重点企业300家。",
)
DOCUMENT = Document(
    "某市税务局推出八条措施支持小微企业",
    "\n".join(PARAGRAPHS),
    url="http://tax.example.cn/art/1.html",
    published=date(2026, 3, 1),
    credit=Credit("某日报", ("李明",), "http://news.example.cn/2.html"),
)
NEAR_MISS = Verdict(AnnouncementType.OTHER, 0.4, ("没有措施",), near_miss=True)


def judged(
    *opinions: Opinion, document: Document = DOCUMENT, verdict: Verdict | None = None, revision: int = 1
) -> Judged:
    extraction = extract(document)
    if verdict is not None:
        extraction = replace(extraction, verdict=verdict)
    record = AnnouncementRecord(12, document.url or "", "tax", "active", NOW, NOW, revision, extraction)
    return Judged(record, document, tuple(Feedback(revision, opinion, NOW) for opinion in opinions))


def written(one: Judged, folder: Path) -> Path:
    """The label's path, written as `watcher feedback --export` does."""
    (folder / f"{label_name(one)}.txt").write_text(label_page(one.document), encoding="utf-8")
    path = folder / f"{label_name(one)}.json"
    path.write_text(label_text(label(one)), encoding="utf-8")
    return path


def quotes(made: dict[str, Any]) -> list[str]:
    return [figure["quote"] for figure in made["figures"]]


def test_a_confirmed_announcement_is_a_well_formed_label_that_is_read_back_whole(tmp_path: Path) -> None:
    path = written(judged(Opinion(Judgement.RELEVANT)), tmp_path)
    assert path.name == "tax_00012.json"
    assert problems(path) == []
    marks = score_folder(tmp_path)
    assert (marks.figures(), marks.misses) == (dict.fromkeys(METRICS, 1.0), [])
    assert marks.tallies["value"].expected == len(json.loads(path.read_text("utf-8"))["figures"]) > 3


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        replace(DOCUMENT, published=None, credit=Credit()),
        replace(DOCUMENT, publisher="某市税务局", document_number="某税发〔2026〕3号", valid_until=date(2028, 12, 31)),
        replace(
            DOCUMENT,
            title="某市税务局关于支持小微企业发展的若干措施",
            text="某市税务局\n关于支持小微企业发展的若干措施\n" + DOCUMENT.text,
            credit=Credit("某市税务局"),
        ),
    ],
    ids=["news", "bare", "stated fields", "official document"],
)
def test_a_page_is_read_back_as_it_was(document: Document) -> None:
    assert read_document(label_page(document).encode(), name="a.txt") == replace(document, url=None)


def test_a_document_without_a_title_is_its_text() -> None:
    assert label_page(Document(None, "全市走访企业300家。")) == "全市走访企业300家。\n"


def test_not_relevant_makes_it_other_without_what_only_announcements_have() -> None:
    made = label(judged(Opinion(Judgement.NOT_RELEVANT, note="转载旧闻")))
    assert (made["announcement"], made["type"]) == (False, "other")
    assert {"document_title", "measure_count", "measures"}.isdisjoint(made)
    assert {item["measure"] for item in made["figures"] + made["deadlines"]} == {None}
    assert made["title"] == DOCUMENT.title
    judgement = {name: made["judged"][name] for name in ("verdict", "computed", "notes", "revision", "at")}
    assert judgement == {
        "verdict": "not_relevant",
        "computed": "measures_news",
        "notes": ["转载旧闻"],
        "revision": 1,
        "at": NOW.isoformat(),
    }


def test_a_relevant_near_miss_is_an_announcement_typed_by_its_form(tmp_path: Path) -> None:
    one = judged(Opinion(Judgement.RELEVANT), verdict=NEAR_MISS)
    made = label(one)
    assert (made["announcement"], made["type"], made["judged"]["computed"]) == (True, "measures_news", "other")
    assert "measures" not in made
    assert problems(written(one, tmp_path)) == []


def test_a_near_miss_that_is_said_to_be_none_stays_as_computed() -> None:
    made = label(judged(Opinion(Judgement.NOT_RELEVANT), verdict=NEAR_MISS))
    assert (made["announcement"], made["type"]) == (False, "other")


def test_the_last_verdict_wins() -> None:
    made = label(
        judged(Opinion(Judgement.NOT_RELEVANT), Opinion(Judgement.RELEVANT), Opinion(Judgement.NOTE, note="好"))
    )
    assert (made["announcement"], made["judged"]["verdict"], made["judged"]["notes"]) == (True, "relevant", ["好"])


def test_a_wrong_figure_is_left_out_and_marked(tmp_path: Path) -> None:
    everything = quotes(label(judged(Opinion(Judgement.RELEVANT))))
    one = judged(Opinion(Judgement.WRONG_FIGURE, 1, "限额"), Opinion(Judgement.WRONG_FIGURE, 1, "是限额"))
    made = label(one)
    assert quotes(made) == everything[:1] + everything[2:]
    [marked] = made["judged"]["wrong_figures"]
    assert (marked["quote"], marked["note"]) == (everything[1], "是限额")
    assert made["judged"]["verdict"] is None
    written(one, tmp_path)
    assert [str(miss) for miss in score_folder(tmp_path).misses if miss.metric == "value"] != []


def test_a_wrong_figure_of_an_earlier_revision_takes_nothing_from_the_exported_one() -> None:
    one = judged(Opinion(Judgement.RELEVANT), revision=2)
    earlier = Feedback(1, Opinion(Judgement.WRONG_FIGURE, 0), NOW)
    made = label(replace(one, feedback=(earlier, *one.feedback)))
    assert quotes(made) == quotes(label(one))
    assert made["judged"]["wrong_figures"] == []


def test_labels_have_no_offsets_and_one_item_a_line() -> None:
    made = label(judged(Opinion(Judgement.RELEVANT)))
    shown = label_text(made)
    assert json.loads(shown) == made
    assert '"start"' not in shown
    assert sum(line.startswith('  {"quote"') for line in shown.splitlines()) == len(made["figures"] + made["deadlines"])

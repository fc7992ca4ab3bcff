"""Detection on the labelled documents of tests/detect; train.jsonl is what the weights were trained on."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from watcher import data
from watcher.detect import THRESHOLD, Draft, classify
from watcher.detect.decide import NEAR_MISS
from watcher.detect.features import measure, senses, vocabulary
from watcher.detect.forms import form_of
from watcher.model import AnnouncementType, Verdict

FOLDER = Path(__file__).parent / "detect"
F1_FLOOR, TYPE_FLOOR = 0.97, 0.95


def documents(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def judged(document: dict[str, str]) -> Verdict:
    return classify(Draft(title=document["title"], text=document["text"]))


@pytest.mark.parametrize("name", ["train.jsonl", "test.jsonl"])
def test_announcements_are_told_from_the_rest_and_by_type(name: str) -> None:
    verdicts = [(judged(document), document["type"]) for document in documents(name)]
    right = sum(verdict.announcement and kind != "other" for verdict, kind in verdicts)
    labelled = sum(kind != "other" for _, kind in verdicts)
    found = sum(verdict.announcement for verdict, _ in verdicts)
    assert 2 * right / (labelled + found) >= F1_FLOOR
    assert sum(verdict.type.value == kind for verdict, kind in verdicts) / len(verdicts) >= TYPE_FLOOR


def test_the_weights_belong_to_the_documents_that_lie_here() -> None:
    table = json.loads(data.read_table("detect_weights.json"))
    assert table["sha256"] == hashlib.sha256((FOLDER / "train.jsonl").read_bytes()).hexdigest()
    assert set(table["weights"]) == {"bias", *measure(Draft(title="", text=""))}


def test_score_and_verdict_agree_and_near_misses_are_kept() -> None:
    for document in documents("train.jsonl") + documents("test.jsonl"):
        verdict = judged(document)
        assert 0 <= verdict.score <= 1
        assert verdict.announcement == (verdict.score >= THRESHOLD)
        assert verdict.near_miss == (NEAR_MISS <= verdict.score < THRESHOLD)
        assert verdict.reasons


def test_reasons_quote_the_evidence_of_the_text() -> None:
    verdict = classify(
        Draft(
            title="周口市推出15条措施服务企业",
            text="近日，周口市印发《关于服务企业的若干措施》，为企业提供帮办代办，办理时限压缩至3个工作日，企业可享受奖补最高50万元。",
        )
    )
    assert verdict.type is AnnouncementType.MEASURES_NEWS
    assert any("办理时限" in reason for reason in verdict.reasons)
    assert any("压缩至3个工作日" in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("title", "text", "absent"),
    [
        ("某市环评审批再提速", "环评审批压缩至5日，技术评审费用由财政承担。" * 3, "采购"),
        ("某市不予处罚清单", "对轻微违法行为不予处罚，对及时改正的企业免予罚款。" * 3, "处罚"),
        ("某市数据局助企九条", "大数据平台为企业提速。" * 3, "统计"),
        ("某市支持先进制造业政策", "职务科技成果转化给予奖补。" * 3, "人事"),
        ("某市优化招标投标领域营商环境", "中小企业免收投标保证金。" * 3, "招标"),
        ("某市人力资源和社会保障局招考公告", "社会保障局招考。" * 3, "讲服务"),
    ],
)
def test_a_word_inside_another_or_in_its_opposite_is_no_evidence(title: str, text: str, absent: str) -> None:
    told = [feature.evidence for feature in measure(Draft(title=title, text=text)).values() if feature.value]
    assert [evidence for evidence in told if absent in evidence.partition("（")[0]] == []


def test_the_same_words_in_their_own_sense_are_evidence() -> None:
    text = "本项目公开招标，投标人须缴纳保证金，逾期者处罚款。"
    told = [feature.evidence for feature in measure(Draft(title="某项目招标公告", text=text)).values() if feature.value]
    assert "标题是采购或招标（招标）" in told
    assert any("投标人" in evidence and "保证金" in evidence for evidence in told)
    assert any(evidence.startswith("正文讲处罚（") for evidence in told)


def test_every_sense_belongs_to_a_word_that_is_counted() -> None:
    counted = {word for entry in vocabulary() for word in entry.words}
    assert set(senses()) <= counted
    assert all(sense.groups == 1 for sense in senses().values())


@pytest.mark.parametrize(
    ("title", "opening", "kind"),
    [
        (
            "关于支持企业发展的若干措施",
            "各县区人民政府：\n为支持企业，制定以下措施。",
            AnnouncementType.MEASURES_DOCUMENT,
        ),
        ("郴州出台支持企业十条", "近日，郴州市印发支持企业十条。", AnnouncementType.MEASURES_NEWS),
        ("《支持企业若干措施》政策解读", "《措施》明确了支持内容。", AnnouncementType.MEASURES_NEWS),
        ("郴州用心服务企业见成效", "今年以来，已走访企业80家，累计解决问题120个。", AnnouncementType.PROGRESS_REPORT),
        ("郴州举行服务企业新闻发布会", "截至目前，先后为90家企业办理手续。", AnnouncementType.PROGRESS_REPORT),
    ],
)
def test_the_form_decides_the_type(title: str, opening: str, kind: AnnouncementType) -> None:
    body = "\n一、减免企业费用，给予补贴。\n二、优化审批，压缩至5个工作日。\n三、帮扶企业，上门服务项目，提供融资授信。"
    assert classify(Draft(title=title, text=opening + body)).type is kind


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("本措施自印发之日起施行。", "写明施行"),
        ("本措施自印发之日起施行，有效期至2028年12月31日。", "写明施行和有效期"),
        ("本措施自发布之日起施行，有效期3年，由市生态环境局负责解释。", "写明施行、有效期和解释"),
    ],
)
def test_a_reason_names_only_what_the_document_holds(ending: str, said: str) -> None:
    opening = (
        "各县区人民政府：\n为支持企业，制定以下措施。\n一、减免企业费用，给予补贴。\n二、优化审批，压缩至5个工作日。\n"
    )
    verdict = classify(Draft(title="关于支持企业发展的若干措施", text=opening + ending))
    (kind,) = [reason for reason in verdict.reasons if reason.startswith("类型为措施文件：")]
    assert f"、{said}、写明制定目的" in kind


def test_the_form_of_a_page_decides_before_its_words() -> None:
    wrong = [
        (document["title"], verdict.type.value, verdict.reasons[0])
        for document in documents("forms.jsonl")
        if (verdict := judged(document)).type.value != document["type"]
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["train.jsonl", "test.jsonl", "forms.jsonl"])
def test_no_form_bounds_an_announcement(name: str) -> None:
    for document in documents(name):
        if document["type"] != "other":
            assert form_of(Draft(title=document["title"], text=document["text"])) is None, document["title"]


@pytest.mark.parametrize(
    "title",
    [
        "某市惠企政策清单公示",
        "关于公布监督执法正面清单企业名单的公告",
        "副市长督导项目建设 现场协调解决用地难题",
        "市长主持召开常务会议 研究出台稳经济20条",
        "公示期缩短！企业注销更方便",
        "环评审批再提速 报告表受理到批复仅3天",
        "公开征求企业意见 推出12项服务",
        "工业园区标准地出让改革公告",
        "市场监管局发布助企服务典型案例",
    ],
)
def test_a_title_that_announces_is_not_bounded(title: str) -> None:
    assert form_of(Draft(title=title, text="一、给予企业补贴最高20万元。")) is None


def test_a_draft_of_measures_is_kept_as_a_near_miss() -> None:
    draft = next(document for document in documents("forms.jsonl") if "征求意见稿" in document["title"])
    verdict = judged(draft)
    assert not verdict.announcement
    assert verdict.near_miss
    assert "征求意见" in verdict.reasons[0]
    assert verdict.reasons[-1].endswith("按页面形式计0.45，未达到0.5")


def test_an_announcement_shows_its_sum_against_the_threshold() -> None:
    announced = judged(next(document for document in documents("forms.jsonl") if document["type"] == "measures_news"))
    assert announced.reasons[-2].startswith("合计 +")
    assert announced.reasons[-2].endswith("，达到0.5")


@pytest.mark.parametrize("name", ["test.jsonl", "forms.jsonl"])
def test_the_shares_that_are_told_add_up_to_the_sum_that_is_told(name: str) -> None:
    share = re.compile(r"(合计)? ?([+-]\d+\.\d)(?:，得分.*)?$")
    for document in documents(name):
        told = [found for reason in judged(document).reasons if (found := share.search(reason))]
        shares = [float(found[2]) for found in told if not found[1]]
        assert [float(found[2]) for found in told if found[1]] == [pytest.approx(sum(shares))], document["title"]


def test_an_empty_page_is_no_announcement() -> None:
    verdict = classify(Draft(title=None, text=""))
    assert verdict.type is AnnouncementType.OTHER
    assert not verdict.near_miss


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=60)))
def test_no_text_raises(text: str, title: str | None) -> None:
    classify(Draft(title=title, text=text))


@pytest.mark.parametrize(
    "unit", ["《关于", "一、\n", "\n", "压缩1", "自印发", "“啊", "企业服务", "现将", "征求", "采购", "截至1", "已先"]
)
def test_five_megabytes_take_no_longer_than_a_page(unit: str) -> None:
    text = unit * (5_000_000 // len(unit))
    assert cpu_seconds(lambda: classify(Draft(title=text, text=text))) < 1

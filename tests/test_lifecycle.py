"""What texts say of other documents, in the words of offices, and what only sounds like it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.store.examples import NOW, extraction
from watcher.followups.citing import names_of
from watcher.followups.drafts import draft_of
from watcher.followups.titles import title_key
from watcher.lifecycle.statements import meant, statements
from watcher.model import AnnouncementType, Verdict
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Named, Role

OLD = ("云环发2022#8", "云州市绿色工厂奖励办法")
DOCUMENT = Verdict(AnnouncementType.MEASURES_DOCUMENT, 0.9)


def said(text: str, title: str = "云州市生态环境局关于印发《云州市绿色工厂奖补办法》的通知") -> list[tuple[str, ...]]:
    made = extraction(text, title=title, document_title=None, document_number=None)
    return [(str(one.fate), *one.name.keys, one.name.written) for one in statements(made)]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("有效期至2029年4月30日。《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("第十条 本办法自印发之日起施行，原《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("《云州市绿色工厂奖励办法》（云环发[2022]8号）自本通知印发之日起废止。", "repealed"),
        ("经研究，决定废止《云州市绿色工厂奖励办法》（云环发〔2022〕8号）。", "repealed"),
        ("现予废止《云州市绿色工厂奖励办法》（云环发〔2022〕 8号）。", "repealed"),
        ("《云州市绿色工厂奖励办法》（云环发（2022）第8号）不再执行。", "repealed"),
        ("《云州市绿色工厂奖励办法》（云环发〔2022〕8号）宣布失效。", "lapsed"),
        ("此前印发的《云州市绿色工厂奖励办法》（云环发〔2022〕8号，以下简称原办法）停止执行。", "repealed"),
        ("《云州市绿色工厂奖励办法》（云环发〔2022〕8号，以下简称《奖励办法》）同时废止。", "replaced"),
        ("2022年4月6日印发的《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("云州市生态环境局2022年4月发布的《云州市绿色工厂奖励办法》（云环发〔2022〕8号）不再执行。", "repealed"),
        ("原市环保局、市财政局于2022年联合印发的《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("自本办法施行之日起《云州市绿色工厂奖励办法》（云环发〔2022〕8号）一律废止。", "repealed"),
        ("现决定对《云州市绿色工厂奖励办法》（云环发〔2022〕8号）予以废止。", "repealed"),
        ("决定废止我局2022年印发的《云州市绿色工厂奖励办法》（云环发〔2022〕8号）等两份文件。", "repealed"),
        ("本若干措施自发布之日起施行，《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("未尽事宜按国家规定办理，《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
        ("依据《清洁生产促进条例》，《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。", "replaced"),
    ],
)  # fmt: skip
def test_a_repeal_of_a_named_document(text: str, fate: str) -> None:
    assert said(text) == [(fate, *OLD)]


@pytest.mark.parametrize(
    "text",
    [
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）继续有效。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）未废止的条款继续执行。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）有效期满后自动失效。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）有效期至2025年12月31日。",
        "拟对《云州市绿色工厂奖励办法》（云环发〔2022〕8号）予以废止。",
        "如《云州市绿色工厂奖励办法》（云环发〔2022〕8号）废止，本办法另行修订。",
        "建议《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。",
        "此前规定与本办法不一致的，以本办法为准。",
        "本办法与《云州市绿色工厂奖励办法》（云环发〔2022〕8号）不一致的，以《云州市绿色工厂奖励办法》为准。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）与上位法不一致的，以上位法为准。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）与本办法一致。",
        "如《云州市绿色工厂奖励办法》（云环发〔2022〕8号）与本办法不一致的，以本办法为准，另行通知。",
        "根据《关于废止〈云州市绿色工厂奖励办法〉的通知》要求，做好衔接。",
        "除《云州市绿色工厂奖励办法》（云环发〔2022〕8号）外，其他文件同时废止。",
        "原有关规定同时废止。",
        "《云州市绿色工厂奖励办法》第三条废止。",
        "按照《云州市绿色工厂奖励办法》（云环发〔2022〕8号）已享受奖励的企业，资格失效后不再执行。",
        "决定修改《云州市绿色工厂奖励办法》（云环发〔2022〕8号）。",
        "对2022年前认定的企业，《云州市绿色工厂奖励办法》（云环发〔2022〕8号）不再执行，其他企业照旧。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）第五条同时废止。",
        "因《云州市绿色工厂奖励办法》（云环发〔2022〕8号）废止，原受理的申请退回。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）废止后，已受理的申请继续办理。",
        "问：《云州市绿色工厂奖励办法》（云环发〔2022〕8号）是否同时废止？",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）暂停执行。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号，第五条除外）同时废止。",
        "《云州市绿色工厂奖励办法》（征求意见稿）同时废止。",
        "因市生态环境局2022年印发的《云州市绿色工厂奖励办法》废止，原受理的申请退回。",
        "请做好《云州市绿色工厂奖励办法》（云环发〔2022〕8号）废止的衔接。",
        "如云环发〔2022〕8号文件废止，本办法另行修订。",
        "建议云环发〔2022〕8号文件同时废止。",
        "拟将云环发〔2022〕8号文件同时废止。",
        "除云环发〔2022〕8号外，其他文件同时废止。",
        "云环发〔2022〕8号文件第五条同时废止。",
        "按照云环发〔2022〕8号文件享受奖励的企业，资格失效。",
    ],
)
def test_what_only_sounds_like_a_repeal(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "fates"),
    [
        ("本办法自发布之日起施行，云环发〔2022〕8号文件同时废止。", [("replaced", 8)]),
        ("第十条 云环发〔2022〕8号同时废止。", [("replaced", 8)]),
        ("自印发之日起云环发[2022]8号文废止。", [("repealed", 8)]),
        ("原云环发〔2022〕8号、云环发〔2021〕19号文件同时废止。", [("replaced", 8), ("replaced", 19)]),
        ("云环发〔2022〕8号和原云环发〔2021〕19号停止执行。", [("repealed", 8), ("repealed", 19)]),
        ("我局2022年印发的云环发〔2022〕8号文件同时废止。", [("replaced", 8)]),
        ("经研究，决定废止云环发〔2022〕8号文件。", [("repealed", 8)]),
        ("云环发〔2022〕8号文件与本办法不一致的，以本办法为准。", [("superseded", 8)]),
        ("本办法与云环发〔2022〕8号文件不一致的，以本办法为准。", [("superseded", 8)]),
    ],
)  # fmt: skip
def test_a_document_that_is_called_by_its_number_alone(text: str, fates: list[tuple[str, int]]) -> None:
    years = {8: 2022, 19: 2021}
    assert [one[:2] for one in said(text)] == [(fate, f"云环发{years[number]}#{number}") for fate, number in fates]


def test_by_its_title_alone_where_a_body_and_a_day_stand_before_it() -> None:
    text = "原云州市环境保护局2018年7月9日发布的《云州市绿色工厂奖励办法》同时废止。"
    assert [(one[0], one[-1]) for one in said(text)] == [("replaced", OLD[1])]


@pytest.mark.parametrize(
    "text",
    [
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）与本办法不一致的，以本办法为准。",
        "此前印发的《云州市绿色工厂奖励办法》（云环发〔2022〕8号）有关规定与本措施不一致的，按本措施规定执行。",
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）中的有关内容与本通知相抵触的，一律以本通知为准。",
        "本办法与《云州市绿色工厂奖励办法》（云环发〔2022〕8号）规定不一致的，以本办法为准。",
    ],
)
def test_a_document_that_gives_way_where_it_differs(text: str) -> None:
    assert said(text) == [("superseded", *OLD)]


def test_several_documents_in_one_clause_are_repealed_together_and_the_law_before_them_is_not() -> None:
    text = (
        "根据《中华人民共和国清洁生产促进法》，制定本办法。本办法自2026年5月1日起施行，"
        "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）、《云州市清洁生产补助办法》（云环发〔2021〕3号）同时废止。"
    )
    assert said(text) == [("replaced", *OLD), ("replaced", "云环发2021#3", "云州市清洁生产补助办法")]


LIST = (
    "经研究，决定废止以下文件：\n一、《云州市绿色工厂奖励办法》（云环发〔2022〕8号）\n"
    "2.《云州市清洁生产补助办法》（云环发〔2021〕3号）；\n云州市生态环境局"
)


def test_a_notice_of_repeal_lists_its_documents() -> None:
    assert [one[1] for one in said(LIST, "云州市生态环境局关于废止部分规范性文件的通知")] == [
        OLD[0],
        "云环发2021#3",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "云州市生态环境局关于废止和修改部分规范性文件的通知",
        "云州市生态环境局关于公布规范性文件清理结果的公告",
        "云州市生态环境局关于废止部分文件并保留有关文件的通知",
    ],
)
def test_a_list_that_amends_or_keeps_some_says_nothing(title: str) -> None:
    assert said(LIST, title) == []


MIXED = """下列规范性文件{heading}：
{0}《云州市绿色工厂奖励办法》（云环发〔2022〕8号）
{1}云州市生态环境局关于印发修改《排污办法》意见的通知（云环发〔2021〕3号，2021年2月1日印发）
{2}云州市清洁生产补助暂行规定（云环发〔2020〕17号）；
{3}云环发〔2019〕2号
{4}一份没有写明文号的旧文
{5}云州市技改补助办法
{6}云州市环保管家管理办法（试行） 云环发〔2018〕5号 2018年4月2日
{7}《云州市扬尘管理办法》 云环发〔2017〕1号
云州市生态环境局
云州市保留办法（云环发〔2016〕4号）"""
KEYS = ["云环发2022#8", "云环发2021#3", "云环发2020#17", "云环发2019#2", "云环发2018#5", "云环发2017#1"]


@pytest.mark.parametrize("form", ["{}.", "{}、", "（{}）", "{} "])
@pytest.mark.parametrize(
    ("title", "heading", "fate"),
    [
        ("云州市生态环境局关于废止部分规范性文件的通知", "予以废止", "repealed"),
        ("云州市生态环境局关于宣布部分规范性文件失效的公告", "有效期届满，宣布失效", "lapsed"),
        ("云州市生态环境局关于公布废止和失效的规范性文件目录的公告", "宣布失效", "lapsed"),
    ],
)
def test_a_list_or_table_goes_on_past_items_of_another_form(title: str, heading: str, fate: str, form: str) -> None:
    text = MIXED.format(*(form.format(number) for number in range(1, 9)), heading=heading)
    found = said(text, title)
    assert [one[1] for one in found if "#" in one[1]] == KEYS
    assert [one[-1] for one in found if "#" not in one[1]] == ["云州市技改补助办法"]
    assert {one[0] for one in found} == {fate}


def test_what_a_row_says_is_kept_is_not_repealed() -> None:
    rows = "1 云州市绿色工厂奖励办法 云环发〔2022〕8号 废止\n2 云州市技改补助办法 云环发〔2020〕1号 继续有效"
    text = f"废止的规范性文件目录\n序号 文件名称 文号 处理\n{rows}"
    assert [one[1] for one in said(text, "云州市生态环境局关于废止部分规范性文件的公告")] == [OLD[0]]


@pytest.mark.parametrize("title", ["关于拟废止部分规范性文件的公告", "关于印发《失效分析办法》的通知"])
def test_what_is_meant_to_be_repealed_or_speaks_of_failure_is_no_notice(title: str) -> None:
    assert said(LIST.replace("经研究，决定废止以下文件", "下列文件废止"), title) == []


def test_a_list_ends_where_the_text_goes_on() -> None:
    text = LIST.replace("云州市生态环境局", "下列文件继续有效：\n《云州市技改补助办法》（云环发〔2020〕1号）")
    assert len(said(text, "云州市生态环境局关于废止部分规范性文件的通知")) == 2


def test_a_draft_says_nothing_yet() -> None:
    text = "《云州市绿色工厂奖励办法》（云环发〔2022〕8号）同时废止。"
    assert said(text, "关于公开征求《云州市绿色工厂奖补办法（征求意见稿）》意见的公告") == []


def test_a_title_is_the_same_to_the_letter_however_it_is_set() -> None:
    assert title_key("《云州市“专精特新”企业奖补办法》") == title_key("云州市专精特新企业奖补办法（征求意见稿）")
    assert title_key("关于印发《云州市奖补办法》的通知") == title_key("云州市奖补办法")
    assert title_key("云州市奖补办法（试行）") != title_key("云州市奖补办法")


# --- which stored document is meant --------------------------------------------------------------------------------

BODY = "云州市生态环境局"


def stored(number: str | None = OLD[0], title: str = OLD[1], day: date | None = date(2022, 3, 1), **more: Any) -> Named:
    made: dict[str, Any] = {"id": 7, "issuer": BODY, "draft": False, "itself": True, **more}
    titles = frozenset([(title_key(title), made.pop("draft"))])
    keys = frozenset([number] if number else [])
    return Named(title=title, published=day, keys=keys, titles=titles, **made)


def saying(number: str | None = None, title: str = OLD[1], fate: Fate = Fate.REPLACED) -> Saying:
    name = Name(Role.CITES, (number or f"{title}@",), title)
    return Saying(Statement(fate, name, "…"), "http://a.cn/9", "…", BODY, date(2026, 4, 1), 9, "bureau", NOW)


def test_by_its_number_a_document_is_meant_whoever_says_it() -> None:
    assert meant(saying(OLD[0]), [stored(title="另一个题目的文件名称", issuer="云州市人民政府", day=None)]) == 7


@pytest.mark.parametrize(
    "known",
    [
        [stored("云环发2024#1", day=date(2024, 3, 1))],  # another year's, by the same title
        [stored(None)],  # not known by a number
        [stored(id=9)],  # what says it
        [stored(), stored(id=8)],  # two of them
        [stored(draft=True)],
    ],
)
def test_where_a_number_is_said_only_that_number_is_meant(known: list[Named]) -> None:
    assert meant(saying(OLD[0]), known) is None


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (stored(), 7),
        (stored(None, day=date(2026, 3, 20)), None),  # a report of the new one
        (stored(None, issuer="临江市生态环境局"), None),
        (stored(None, issuer=None), None),
        (stored(None, day=None), None),
        (stored(None, draft=True), None),
    ],
)
def test_by_its_title_alone_one_of_the_same_body_is_meant_that_is_older(known: Named, found: int | None) -> None:
    assert meant(saying(), [known]) == found


def test_by_its_title_alone_none_of_two_is_meant() -> None:
    assert meant(saying(), [stored(), stored(None, id=8, day=date(2020, 3, 1))]) is None
    assert meant(saying(title="若干措施"), [stored(None, "若干措施")]) is None


def test_the_document_is_meant_and_not_what_reports_on_it_where_both_are_stored() -> None:
    report = stored(id=8, itself=False)
    assert meant(saying(OLD[0]), [report, stored()]) == 7
    assert meant(saying(OLD[0]), [report]) == 8
    assert meant(saying(OLD[0]), [report, stored(id=6, itself=False)]) is None


@pytest.mark.parametrize(
    "title",
    [
        "关于公开征求《云州市绿色工厂奖励办法（征求意见稿）》意见的公告",
        "云州市生态环境局关于征求《云州市绿色工厂奖励办法》意见的通知",
        "云州市绿色工厂奖励办法（征求意见稿）",
    ],
)
def test_the_final_text_is_linked_with_its_draft(title: str) -> None:
    (draft,) = names_of(extraction("…", title=title, verdict=Verdict(AnnouncementType.OTHER, 0.4, near_miss=True)))
    final = extraction(
        "…", verdict=DOCUMENT, title="关于印发的通知", document_title=OLD[1], document_number="云环发〔2022〕8号"
    )
    (statement,) = statements(final)
    assert statement.fate is Fate.FINAL
    assert not set(statement.name.keys).isdisjoint(draft.keys)
    said = saying(title=statement.name.written, fate=Fate.FINAL)
    written = draft.written
    assert meant(said, [stored(None, written, date(2026, 1, 1), draft=True)]) == 7
    assert meant(said, [stored(None, written, date(2026, 5, 1), draft=True)]) is None  # a later one
    assert meant(said, [stored()]) is None


def test_a_draft_of_a_document_that_names_another_is_its_own() -> None:
    assert (
        draft_of("关于落实《云州市条例》的若干措施（征求意见稿）") == "关于落实《云州市条例》的若干措施（征求意见稿）"
    )

"""The titles by which documents are known: many forms, one core."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.followups.titles import Title, lineage, parse_title

WEIFANG = "370700"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "潍坊市生态环境局关于优化环评服务的二十条措施",
            Title("优化环评服务的20条措施", "潍坊市生态环境局", (WEIFANG,), None, 20, "措施"),
        ),
        ("关于优化环评服务的20条措施", Title("优化环评服务的20条措施", None, (), None, 20, "措施")),
        (
            "市生态环境局优化环评服务若干措施（试行）",
            Title("优化环评服务若干措施", "潍坊市生态环境局", (WEIFANG,), None, None, "措施"),
        ),
        (
            "潍坊市生态环境局 潍坊市财政局等五部门关于绿色转型的意见",
            Title("绿色转型的意见", "潍坊市生态环境局", (WEIFANG,), None, None, "措施"),
        ),
        (
            "潍坊市人民政府办公室关于印发潍坊市稳外贸若干措施的通知",
            Title("稳外贸若干措施", None, (WEIFANG,), None, None, "措施"),
        ),
        ("关于印发《潍坊市稳外贸若干措施》的通知", Title("稳外贸若干措施", None, (WEIFANG,), None, None, "措施")),
        (
            "山东省优化营商环境行动方案（2024年）",
            Title("优化营商环境行动方案", None, ("370000",), 2024, None, "方案"),
        ),
        (
            "潍坊市服务企业八条措施(2022年版)",
            Title("服务企业8条措施", None, (WEIFANG,), 2022, 8, "措施"),
        ),
        ("2023年全市惠企35条措施", Title("2023年全市惠企35条措施", None, (), 2023, 35, "措施")),
        (
            "潍坊市稳外贸若干措施（征求意见稿）",
            Title("稳外贸若干措施征求意见稿", None, (WEIFANG,), None, None, "措施"),
        ),
        ("若干措施", Title("若干措施", None, (), None, None, "措施")),
        ("", Title("", None, (), None, None, "")),
    ],
)
def test_a_title_says_whose_it_is_and_by_what_it_is_known(written: str, expected: Title) -> None:
    assert parse_title(written, WEIFANG) == expected


@pytest.mark.parametrize("brackets", ["《{}》", "〈{}〉", "＜{}＞", "{}"])
@pytest.mark.parametrize("verb", ["印发", "发布", "公布"])
def test_what_a_notice_passes_on_is_one_document_however_it_is_set(verb: str, brackets: str) -> None:
    inner = brackets.format("支持绿色转型十条措施")
    whole = f"潍坊市生态环境局关于{verb}{inner}的通知"
    expected = ("支持绿色转型10条措施", "潍坊市生态环境局", (WEIFANG,), 10)
    for written in (whole, f"《{whole}》"):
        title = parse_title(written, "370100")
        assert (title.core, title.body, title.places, title.count) == expected


def test_who_passes_on_another_bodys_document_did_not_issue_it() -> None:
    title = parse_title("潍坊市生态环境局关于转发《支持绿色转型十条措施》的通知", WEIFANG)
    assert (title.core, title.body) == ("支持绿色转型10条措施", None)


@given(st.text(alphabet="潍坊市生态环境局关于印发二十条（）《》〈〉措施的通知等 2023年、", max_size=60))
def test_any_title_can_be_read_and_brackets_do_not_matter(title: str) -> None:
    parsed = parse_title(title, WEIFANG)
    assert not set("《》（） ").intersection(parsed.core)


def test_a_document_may_be_of_the_place_or_of_any_that_holds_it() -> None:
    assert lineage("370702") == ("370702", "370700", "370000", "")
    assert lineage(None) == ("",)

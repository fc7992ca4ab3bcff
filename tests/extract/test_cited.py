"""Cited documents: which 《…》 count, their counts of measures and years of issue."""

from __future__ import annotations

from datetime import date

import pytest

from watcher.extract.cited import find_cited
from watcher.model import CitedDocument

MAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实《某省助企纾困若干措施》。", [CitedDocument("某省助企纾困若干措施")]),
        ("落实《某市惠企纾困18条措施》。", [CitedDocument("某市惠企纾困18条措施", 18)]),
        ("落实《某市稳外贸二十一条政策措施》。", [CitedDocument("某市稳外贸二十一条政策措施", 21)]),
        ("对照《2023年某市营商环境提升方案》。", [CitedDocument("2023年某市营商环境提升方案", None, 2023)]),
        ("2021年印发《某市工业振兴实施意见》。", [CitedDocument("某市工业振兴实施意见", None, 2021)]),
        ("去年出台《某区服务企业八项措施》。", [CitedDocument("某区服务企业八项措施", 8, 2023)]),
        (
            "依据《某省排污许可管理办法（试行）》（某政发〔2022〕7号）。",
            [CitedDocument("某省排污许可管理办法（试行）", None, 2022)],
        ),
        (
            "在《某局服务企业十二条措施》（2020年6月印发）基础上制定。",
            [CitedDocument("某局服务企业十二条措施", 12, 2020)],
        ),
        (
            "2022年、2023年先后印发《某局支持企业的10条措施》《某局支持园区的12条措施》，效果好。",
            [CitedDocument("某局支持企业的10条措施", 10, 2022), CitedDocument("某局支持园区的12条措施", 12, 2023)],
        ),
        (
            "近年来出台《某局支持企业若干措施》《某局支持园区若干措施》。",
            [CitedDocument("某局支持企业若干措施"), CitedDocument("某局支持园区若干措施")],
        ),
        (
            "按照《某省环评审批管理办法》办理，《某省环评审批管理办法》另有规定的除外。",
            [CitedDocument("某省环评审批管理办法")],
        ),
        (
            "转发《关于印发〈某省惠企若干措施〉的通知》。",
            [CitedDocument("关于印发〈某省惠企若干措施〉的通知")],
        ),
    ],
)
def test_policy_documents_are_cited_once(text: str, expected: list[CitedDocument]) -> None:
    assert list(find_cited(text, None, MAY)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "被《某某日报》报道，《环境工作简报》刊发。",
        "排放执行《水泥工业大气污染物排放标准》。",
        "以下简称《若干措施》，《措施》共十条。",
        "纪录片《黄河》和长篇小说《平凡的世界》。",
        "提交《投资项目备案申请表》。",
        "没有书名号",
        "《未闭合的若干措施",
    ],
)
def test_periodicals_forms_and_short_names_are_none(text: str) -> None:
    assert find_cited(text, None, MAY) == ()


@pytest.mark.parametrize(
    "announced", ["某市稳增长若干措施", "某市发展改革委关于印发某市稳增长若干措施", "市稳增长若干措施"]
)
def test_the_announced_document_is_not_cited(announced: str) -> None:
    assert find_cited("出台《某市稳增长若干措施》。", announced, MAY) == ()

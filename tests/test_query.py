from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.query import LONGEST, Hit, find, folded, grams, grams_of, parse_query

TEXT = (
    "市生态环境局出台120条举措，另有20条措施支持企业。\n"
    "落实环综合〔2024〕62号文件，治理VOCs和PM2.5，国务院批准后，排污许可证核发时限压缩30%。\n"
    "鼓励“一网通办”，支持 企业 绿色改造。"
)
FIELDS = {"title": "关于优化环评审批的通知", "issuer": "某市生态环境局", "text": TEXT}


def marked(query: str) -> list[str] | None:
    """What a query marks in its snippet, None where it finds nothing."""
    hit = find(parse_query(query), FIELDS)
    return None if hit is None else [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("排污许可证", ["排污许可证"]),
        ("环评", ["环评"]),
        ("污", ["污"]),
        ("PM2.5", ["PM2.5"]),
        ("pm", ["PM"]),
        ("voc", ["VOC"]),
        ("VOCs", ["VOCs"]),
        ("ＶＯＣｓ", ["VOCs"]),
        ("环综合〔2024〕62号", ["环综合〔2024〕62号"]),
        ("环综合[2024]62号", ["环综合〔2024〕62号"]),
        ("环综合（２０２４）62号", ["环综合〔2024〕62号"]),
        ("20条", ["20条"]),
        ("２０条", ["20条"]),
        ("30%", ["30%"]),
        ("國務院", ["国务院"]),
        ("環評審批", ["环评审批"]),
        ('"支持 企业"', ["支持 企业"]),
        ("“一网通办”", ["一网通办"]),
        ("《一网通办》", ["一网通办"]),
        ("环评*", ["环评"]),
        ("VOCs 国务院", ["VOCs", "国务院"]),
        ("国务院　VOCs", ["VOCs", "国务院"]),
    ],
)
def test_what_a_query_marks(query: str, found: list[str]) -> None:
    assert marked(query) == found


@pytest.mark.parametrize(
    "query",
    [
        "0条",  # part of a number
        "2条",
        "OCs",  # not from the beginning of a word
        "2",
        "5",
        "3%",
        "国务院 海关",  # one word of two
        '"支持 绿色"',
        "国务院OR海关",
        "NEAR(国务院)",
        "环许",
    ],
)
def test_what_a_query_does_not_find(query: str) -> None:
    assert marked(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "***",
        '"',
        '" "',
        "()",
        "、。",
        "〔〕",
        "x" * (LONGEST + 1),
        " ".join("天地玄黄宇宙洪荒日月盈昃辰宿列张寒"),
    ],
)
def test_a_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match=r"^expected "):
        parse_query(query)


def test_a_hit_shows_its_words_in_their_line() -> None:
    hit = find(parse_query("国务院 PM2.5"), FIELDS)
    assert hit is not None
    assert hit.field == "text"
    assert TEXT[hit.start :].startswith(hit.snippet)
    assert "\n" not in hit.snippet
    assert hit.snippet == "24〕62号文件，治理VOCs和PM2.5，国务院批准后，排污许可证核发时限压缩30%。"


def test_the_title_has_its_own_marks_and_the_snippet_shows_what_the_title_does_not() -> None:
    hit = find(parse_query("优化 企业"), {"title": "优化服务", "text": f"优化服务。{'。' * 99}支持企业。"})
    assert hit is not None
    assert (hit.title_marks, hit.snippet[-5:]) == (((0, 2),), "支持企业。")


def test_words_of_the_title_alone_are_shown_there() -> None:
    title = FIELDS["title"]
    assert find(parse_query("通知"), FIELDS) == Hit("title", 0, title, ((9, 11),), ((9, 11),))


def test_a_number_of_a_document_is_found_in_its_field() -> None:
    hit = find(parse_query("鲁环发"), {"title": "通知", "document_number": "鲁环发〔2024〕3号", "text": "正文"})
    assert hit is not None
    assert (hit.field, hit.snippet) == ("document_number", "鲁环发〔2024〕3号")


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)


ANY = st.text(st.sampled_from('环评国務院20.5aBpm ％%"“（)*-_\n'), max_size=30)


@given(ANY, ANY, ANY)
def test_the_index_names_whatever_is_found(before: str, query: str, after: str) -> None:
    fields = {"text": before + query + after}
    try:
        asked = parse_query(query)
    except ValueError:
        return
    if find(asked, fields) is None:
        return
    terms = grams(fields)
    for word in asked.words:
        assert any(
            all(
                gram.text in terms or (gram.prefix and any(term.startswith(gram.text) for term in terms))
                for gram in grams_of(spelling)
            )
            for spelling in word.spellings
        )


@given(st.text(min_size=1))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except ValueError:
        return
    assert all(grams_of(spelling) for word in query.words for spelling in word.spellings)
    find(query, {"text": text})


def test_a_snippet_is_one_line_whose_marks_hold() -> None:
    hit = find(parse_query("环评 融资"), {"text": "环评\n服务\u2028融资"})
    assert hit is not None
    assert hit.snippet == "环评 服务 融资"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["环评", "融资"]

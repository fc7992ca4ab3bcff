from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.web.marking import Mark, Part, Span, part, part_of, parts, snippet


def read(pieces: tuple[str | Mark, ...]) -> str:
    return "".join(one if isinstance(one, str) else read(one.pieces) for one in pieces)


def anchors(pieces: tuple[str | Mark, ...]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for one in pieces:
        if isinstance(one, Mark):
            found += [(one.span.kind, one.span.number), *anchors(one.pieces)]
    return found


def written(made: Part) -> list[str]:
    return [read(one.pieces) for one in made.paragraphs]


def test_what_is_marked_stands_in_its_mark() -> None:
    text = "对项目奖补300万元。\n6月底前完成。"
    made = part(text, [Span(3, 9, "figure", 1), Span(12, 16, "deadline", 1)], 1)
    assert written(made) == text.split("\n")
    marks = [one for row in made.paragraphs for one in row.pieces if isinstance(one, Mark)]
    assert [read(one.pieces) for one in marks] == ["奖补300万", "6月底前"]


def test_a_figure_inside_a_heading_keeps_its_own_anchor_and_its_link() -> None:
    made = part("奖补300万元的措施", [Span(2, 7, "figure", 4), Span(0, 10, "measure", 2)], 1)
    outer = made.paragraphs[0].pieces[0]
    assert isinstance(outer, Mark)
    inner = outer.pieces[1]
    assert isinstance(inner, Mark)
    assert (outer.span.kind, inner.span.number, inner.within) == ("measure", 4, False)


def test_no_link_stands_in_a_link() -> None:
    made = part("2026年6月底前300万元", [Span(0, 15, "figure", 1), Span(0, 9, "deadline", 1)], 1)
    outer = made.paragraphs[0].pieces[0]
    assert isinstance(outer, Mark)
    inner = outer.pieces[0]
    assert isinstance(inner, Mark)
    assert (outer.within, inner.within) == (False, True)


texts = st.text(st.sampled_from("措施条12\n。 "), max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["figure", "measure"]))))
def test_no_character_and_no_anchor_is_lost_however_spans_overlap(
    text: str, placed: list[tuple[int, int, str]]
) -> None:
    spans = [
        Span(start, min(start + size, len(text)), kind, number)
        for number, (start, size, kind) in enumerate(placed)
        if start < len(text)
    ]
    made = part(text, spans, 1)
    assert written(made) == [line for line in text.split("\n") if line.strip()]
    kept = [anchor for row in made.paragraphs for anchor in anchors(row.pieces)]
    assert len(kept) == len(set(kept))
    visible = {(one.kind, one.number) for one in spans if text[one.start : one.end].split("\n")[0].strip()}
    assert visible <= set(kept)


@given(st.text(st.sampled_from("文\n"), max_size=300), st.integers(1, 50))
def test_parts_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    bounds = parts(text, longest)
    assert "".join(text[start:end] for start, end in bounds) == text
    assert all(end - start <= longest for start, end in bounds)
    assert all(bounds[part_of(place, bounds) - 1][0] <= place for place in range(len(text)))


def test_a_snippet_is_what_it_was_cut_from() -> None:
    assert snippet("绿色金融贴息", [(0, 2), (4, 6)]) == (("绿色", True), ("金融", False), ("贴息", True))

"""OFD files and archives: their text, where it stands, and what is refused of them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.read.making import docx, ofd, packed, paragraph, pdf, text_object
from watcher.errors import ReadError
from watcher.model import Origin
from watcher.read import limits, read_document

SENTENCE = "对实施绿色改造的企业给予最高300万元奖补。"
OTHER = "环评报告表审批时限压缩到15个工作日，不再收取任何费用。"
DEEP = "<ofd:CompositeObject>" * 3000


def code_of(body: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(body, name=name)
    return caught.value.code


def test_ofd_is_read_from_the_top_and_from_the_left() -> None:
    page = (
        text_object(45, 40.5, "最高300万元奖补。") + text_object(20, 20, "若干措施") + text_object(20, 40, "对企业给予")
    )
    assert read_document(ofd(page), name="a.ofd").text == "若干措施\n对企业给予最高300万元奖补。"


def test_ofd_that_sets_every_character_by_itself_is_one_line() -> None:
    page = "".join(text_object(20 + 5 * place, 30, char) for place, char in enumerate(SENTENCE))
    assert read_document(ofd(page), name="a.ofd").text == SENTENCE


def test_ofd_parts_its_columns() -> None:
    row = text_object(20, 30, "东江县") + text_object(70, 30, "15家") + text_object(110, 30, "20家")
    assert "东江县\t15家\t20家" in read_document(ofd(text_object(20, 20, SENTENCE) + row), name="a.ofd").text


def test_ofd_pages_are_told_apart() -> None:
    document = read_document(ofd(text_object(20, 20, SENTENCE), text_object(20, 20, OTHER)), name="a.ofd")
    assert [(part.origin, document.text[part.start :][:4]) for part in document.parts] == [
        (Origin(page=1), SENTENCE[:4]),
        (Origin(page=2), OTHER[:4]),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (ofd(), "damaged"),
        (ofd('<ofd:ImageObject Boundary="0 0 210 297"/>'), "needs_ocr"),
        (ofd(document="<Document>"), "damaged"),
        (ofd(document='<d><Page BaseLoc="../../../../etc/passwd"/></d>'), "damaged"),
        (ofd(document='<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'), "damaged"),
        (ofd(DEEP), "damaged"),
        (ofd(text_object(1, 1, "一" * 3_000_000) * 3), "too_large"),
        (ofd(text_object(1, 1, SENTENCE))[:400], "damaged"),
    ],
    ids=["no pages", "a picture", "broken", "a path outside", "entities", "nested deep", "endless", "cut off"],
)
def test_ofd_that_is_not_read_says_why(body: bytes, code: str) -> None:
    assert code_of(body, "a.ofd") == code


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 1), ("MOST_RAW_CHARS", 30)])
def test_files_of_more_pages_or_text_than_is_read_are_refused(
    limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, most)
    for body, name in ((ofd(*[text_object(1, 1, SENTENCE)] * 2), "a.ofd"), (pdf([SENTENCE], [OTHER]), "a.pdf")):
        assert code_of(body, name) == "too_large"


@pytest.mark.parametrize("place", ["NaN", "1e400", "", "x", "1 2 3"])
def test_ofd_with_odd_places_is_read_all_the_same(place: str) -> None:
    run = f'<ofd:TextObject Boundary="{place}" CTM="{place}" Size="{place}"><ofd:TextCode X="{place}">{SENTENCE}'
    assert SENTENCE in read_document(ofd(f"{run}</ofd:TextCode></ofd:TextObject>"), name="a.ofd").text


@pytest.mark.parametrize("marked", [True, False], ids=["UTF-8", "GBK"])
def test_zip_gives_the_text_of_its_files_and_their_names(marked: bool) -> None:
    body = packed(("附件/附件1.docx", docx(paragraph(SENTENCE))), ("附件2.pdf", pdf([OTHER])), marked=marked)
    document = read_document(body, name="附件.zip")
    assert document.text == f"{SENTENCE}\n{OTHER}"
    assert [part.origin for part in document.parts] == [Origin("附件1.docx"), Origin("附件2.pdf", page=1)]


def test_zip_of_a_text_in_two_formats_gives_it_once() -> None:
    body = packed(("a.docx", docx(paragraph(SENTENCE))), ("a.pdf", pdf([SENTENCE])))
    assert read_document(body, name="a.zip").text == SENTENCE


def test_zip_says_which_of_its_files_is_not_read() -> None:
    inner = packed(("b.docx", docx(paragraph(OTHER))))
    body = packed(
        ("措施.docx", docx(paragraph(SENTENCE))), ("再一层.zip", inner), ("扫描.pdf", pdf([])), ("__MACOSX/._a", b"x")
    )
    document = read_document(body, name="a.zip")
    unread = {one.name: one.unread and one.unread.code for one in document.attachments}
    assert unread == {"措施.docx": None, "再一层.zip": "unsupported", "扫描.pdf": "needs_ocr"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zip_with_two_files_of_one_name_gives_both() -> None:
    body = packed(("a.docx", docx(paragraph(SENTENCE))), ("a.docx", docx(paragraph(OTHER))))
    assert read_document(body, name="a.zip").text == f"{SENTENCE}\n{OTHER}"


def test_zip_names_are_no_paths() -> None:
    body = packed(
        ("../../../etc/cron.d/措施.docx", docx(paragraph(SENTENCE))), ("C:\\a\\b.docx", docx(paragraph(OTHER)))
    )
    assert [one.name for one in read_document(body, name="a.zip").attachments] == ["措施.docx", "b.docx"]


def test_zip_of_a_windows_machine_keeps_its_names() -> None:
    """In GBK the second byte of 玕 is that of a backslash."""
    body = packed(("附件\\琅玕名单.txt", SENTENCE.encode()), ("附件\\", b""), marked=False)
    assert [one.name for one in read_document(body, name="a.zip").attachments] == ["琅玕名单.txt"]


def test_zip_with_a_file_without_a_name_is_read() -> None:
    body = packed(("qz", SENTENCE.encode()), ("b.txt", OTHER.encode())).replace(b"qz", b"\0z")
    assert [one.name for one in read_document(body, name="a.zip").attachments] == ["?", "b.txt"]


def test_ofd_of_a_windows_machine_is_read() -> None:
    given = zipfile.ZipFile(BytesIO(ofd(text_object(20, 20, SENTENCE))))
    body = packed(*((name.replace("/", "\\"), given.read(name)) for name in given.namelist()))
    assert read_document(body, name="a.ofd").text == SENTENCE


def stored(name: str, body: bytes) -> bytes:
    """A ZIP that holds a file unpacked, so that the names of its own parts stand bare in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def test_zip_of_a_word_file_is_no_word_file() -> None:
    document = read_document(stored("措施.docx", docx(paragraph(SENTENCE))), name="a.zip")
    assert document.parts[0].origin == Origin("措施.docx")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (packed(), "empty"),
        (packed(("a.bin", b"\0\1\2" * 9)), "binary"),
        (packed(("a.docx", docx(paragraph("x"))[:150])), "damaged"),
        (packed(("a.txt", bytes(97 << 20))), "too_large"),
        (packed(*((f"{n}.txt", b"x") for n in range(51))), "too_large"),
        (packed(("a.txt", SENTENCE.encode()))[:40], "damaged"),
    ],
    ids=["empty", "a program", "a cut file", "a bomb", "many", "cut off"],
)
def test_zip_that_is_not_read_says_why(body: bytes, code: str) -> None:
    assert code_of(body, "a.zip") == code

"""Pages whose text is pictures, and linked pictures that are files."""

from __future__ import annotations

import pytest

from tests.town import page
from watcher.errors import ReadError
from watcher.read import read_document

TITLE = "一图读懂《支持企业绿色发展若干措施》"
PROSE = (
    "<p>为进一步优化营商环境，某市生态环境局近日印发若干措施，对实施绿色改造的企业给予最高300万元奖补，惠及全市企业。</p>"
    * 3
)


def files(body: str) -> list[str]:
    html = page(TITLE, f"<div class='top'><img src='/logo.png'></div><h1>{TITLE}</h1>{body}")
    document = read_document(html.encode(), url="http://a.cn/art/1.html")
    return [one.url for one in document.attachments]


@pytest.mark.parametrize(
    "body",
    [
        "<div class='TRS_Editor'><div><img src='W02.jpg' width='800'></div></div>",
        "<p><img data-src='./W02.jpg' src='data:image/gif;base64,R0'></p>",
        "<div id='zoom'><p>点击看大图</p><p><a href='W02.jpg'><img src='W02.jpg'></a></p></div>",
    ],
)
def test_the_pictures_of_a_page_without_text_are_its_files(body: str) -> None:
    assert files(body) == ["http://a.cn/art/W02.jpg"]


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='TRS_Editor'>{PROSE}<p><img src='W02.jpg'></p></div>",
        f"<div class='TRS_Editor'>{PROSE}<p><a href='W02.jpg'>会议现场</a></p></div>",
    ],
)
def test_pictures_beside_a_text_are_none(body: str) -> None:
    assert files(body) == []


def test_a_picture_that_is_called_a_file_is_one() -> None:
    body = f"<div class='TRS_Editor'>{PROSE}<p><a href='W02.jpg'>附件：名单</a></p></div>"
    assert files(body) == ["http://a.cn/art/W02.jpg"]


@pytest.mark.parametrize(
    "body",
    [
        "<p><img src='/images/qrcode.png'></p>",
        "<p><img src='W02.jpg' width='32'></p>",
        "<div><img src='W02.jpg'></div>",
        "<footer><p><img src='W02.jpg'></p></footer>",
        "<p><img src='W02.svg'></p>",
    ],
)
def test_marks_and_decoration_are_no_text(body: str) -> None:
    with pytest.raises(ReadError) as caught:
        files(body)
    assert caught.value.code == "empty"

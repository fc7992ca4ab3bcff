"""Pages in several layouts, in our own words: the article, what surrounds it, and what it says of itself."""

from datetime import date

import pytest

from watcher.errors import ReadError
from watcher.model import Attachment, Document
from watcher.read import read_document

FIRST = "为进一步优化营商环境，临江市数据局近日印发服务企业十条，从审批、融资、用工等方面为企业减负。"
SECOND = "首次申领许可证的办理时限由20个工作日压减到7个工作日，对新建项目给予最高300万元奖补，惠及企业1200余家。"
LAST = "下一步，该局将按月调度，确保各项措施在年底前全部落地见效。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>"
TEXT = "\n".join((FIRST, SECOND, LAST))
TITLE = "临江市出台服务企业十条"
MENU = "<ul>" + "".join(f'<li><a href="/c{n}/">栏目名称{n}</a></li>' for n in range(30)) + "</ul>"
FOOTER = (
    "<div><p>主办：临江市数据局 地址：临江市江滨路1号</p><p>电话：000-00000000 版权所有 某ICP备00000000号</p></div>"
)


def read(html: str, url: str = "http://www.example.gov.cn/art/2024/5/11/art_1.html") -> Document:
    return read_document(html.encode(), url=url, media_type="text/html")


def page(inner: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE}-临江市数据局</title>{head}</head>"
        f"<body>{MENU}{inner}{FOOTER}</body></html>"
    )


LAYOUTS = {
    "known container": f"<h1>{TITLE}</h1><div>发布时间：2024-05-11 来源：临江日报</div>"
    f'<div class="TRS_Editor"><div class="TRS_UEDITOR">{BODY}</div></div>',
    "unseen container": f'<div class="x9"><h2>{TITLE}</h2><span>日期：2024/05/11</span><span>来源：'
    f'临江日报</span><div class="x10">{BODY}</div></div>',
    "no containers": f"<h3>{TITLE}</h3><p>来源：临江日报 时间：2024年5月11日</p>{BODY}",
    "table layout": (
        f'<table><tr><td><table><tr><td class="tit">{TITLE}</td></tr><tr><td>来源：'
        f"临江日报　发布日期：2024-05-11　浏览次数：<span></span></td></tr>"
        f"<tr><td>{BODY}</td></tr></table></td></tr></table>"
    ),
    "bare breaks": f"<h1>{TITLE}</h1><div>2024-05-11 10∶08&nbsp;&nbsp;来源：临江日报</div><div>"
    f"　　{FIRST}<br><br>　　{SECOND}<br>　　{LAST}<br></div>",
    "second body hidden": (
        f'<h1>{TITLE}</h1><p>发布时间：2024-05-11 信息来源：临江日报</p><div id="zoom">{BODY}</div>'
        f'<div style="display: none">{TITLE}{BODY}</div>'
    ),
    "second body shown": f"<h1>{TITLE}</h1><p>发布时间：2024-05-11 来源：临江日报</p>"
    f'<div class="pc">{BODY}</div><div class="wap">{BODY}</div>',
    "closed too early": f"<p></p></body></html><div><h1>{TITLE}</h1><p>发布时间：2024-05-11 稿源："
    f"临江日报</p><div>{BODY}</div></div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_article_and_its_head_in_any_layout(layout: str) -> None:
    document = read(page(LAYOUTS[layout]))
    assert document.text == TEXT
    assert (document.title, document.published, document.credit.name) == (TITLE, date(2024, 5, 11), "临江日报")


CHROME = [
    "<div>【打印】【关闭】</div>",
    "<p>扫一扫在手机打开当前页</p>",
    "<p>责任编辑：王小二</p>",
    "<p>公开方式：主动公开</p>",
    "<div>上一篇：<a href='1.html'>某地举办培训班</a></div><div>下一篇：没有了</div>",
    "<p>分享到：微信 微博</p>",
    "<h3>相关阅读</h3><ul><li><a href='2.html'>某地推出新举措二十条</a></li><li><a href='3.html'>"
    "某地召开座谈会</a></li></ul>",
    "<p>免责声明：本网转载文章仅为传播信息，版权归原作者所有，如有侵权请联系删除。</p>",
    "<p>（文章来源：临江日报）</p>",
]


@pytest.mark.parametrize("chrome", CHROME)
def test_chrome_inside_the_body_is_left_out(chrome: str) -> None:
    document = read(page(f'<h1>{TITLE}</h1><div>2024-05-11</div><div class="zoom">{BODY}{chrome}</div>'))
    assert document.text == TEXT


def test_numbers_split_into_spans_are_whole() -> None:
    body = BODY.replace("300万元", "<span>3</span><span><span>00</span></span><b>万</b>元")
    assert read(page(f"<h1>{TITLE}</h1><div>{body}</div>")).text == TEXT


def test_table_rows_are_lines_with_cells_apart() -> None:
    table = (
        "<table><tr><th>县区</th><th>家数</th><th>金额</th></tr><tr><td><p>东江县</p></td><td>15"
        "</td><td>20万元</td></tr></table>"
    )
    lines = read(page(f'<h1>{TITLE}</h1><div class="TRS_Editor">{BODY}{table}</div>')).text.split("\n")
    assert lines[-2:] == ["县区\t家数\t金额", "东江县\t15\t20万元"]


def test_catalogue_table_is_metadata_and_not_text() -> None:
    table = (
        "<table><tr><td>索 引 号：</td><td>1137/2024-0001</td><td>发文机关：</td><td>临江市数据局</td></tr>"
        "<tr><td>文　　号：</td><td>临数发〔2024〕6号</td><td>有 效 期：</td><td>"
        "2024-05-01至2027-04-30</td></tr></table>"
    )
    document = read(page(f'<h1>{TITLE}</h1><div id="ivs_content">{table}{BODY}</div>'))
    assert document.text == TEXT
    assert (document.publisher, document.document_number, document.valid_until) == (
        "临江市数据局",
        "临数发〔2024〕6号",
        date(2027, 4, 30),
    )


def test_catalogue_with_a_header_row_is_read_by_column() -> None:
    table = (
        "<table><tr><td>索取号</td><td>发布时间</td><td>发布机构</td><td>文件编号</td></tr><tr>"
        "<td>A-1</td><td></td><td>临江市数据局</td><td>临数发〔2024〕6号</td></tr></table>"
    )
    document = read(page(f'<h1>{TITLE}</h1><div id="ivs_content">{table}{BODY}</div>'))
    assert (document.text, document.publisher, document.document_number) == (TEXT, "临江市数据局", "临数发〔2024〕6号")


META = (
    '<META NAME="ArticleTitle" CONTENT="临江市出台服务企业十条"><meta name="pubdate"content="2025-01-01 00:00">'
    '<meta name="SiteName" content="临江市数据局"><meta name="ContentSource" content="本网"><meta n'
    'ame="Maketime" content="2026-01-01">'
)


def test_printed_date_outranks_the_meta_date() -> None:
    document = read(page(f'<div class="t">{TITLE}</div><div>发布日期：2024-05-11</div><div>{BODY}</div>', META))
    assert (document.published, document.site, document.credit.name) == (
        date(2024, 5, 11),
        "临江市数据局",
        "临江市数据局",
    )


def test_meta_date_serves_where_none_is_printed() -> None:
    assert read(page(f"<div>{BODY}</div>", META)).published == date(2025, 1, 1)


def test_page_without_a_date_has_none() -> None:
    document = read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", '<meta name="Maketime" content="2026-01-01 10:00:00">'))
    assert document.published is None


def test_attachments_are_absolute_and_named() -> None:
    files = (
        '<p>附件：<a href="./P020240511.docx">服务企业十条.docx</a></p><div><a href="/files/2.pdf">点击下载</a></div>'
    )
    document = read(page(f'<h1>{TITLE}</h1><div class="TRS_Editor">{BODY}{files}</div>'))
    assert document.attachments == (
        Attachment("http://www.example.gov.cn/art/2024/5/11/P020240511.docx", "服务企业十条.docx"),
        Attachment("http://www.example.gov.cn/files/2.pdf", "2.pdf"),
    )


def test_base_element_moves_relative_links() -> None:
    html = page(f'<h1>{TITLE}</h1><div>{BODY}<a href="a.pdf">清单.pdf</a></div>', '<base href="/bureau/">')
    assert read(html).attachments[0].url == "http://www.example.gov.cn/bureau/a.pdf"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<p><a href="http://paper.example.cn/1.html">【原文链接】</a></p>', "http://paper.example.cn/1.html"),
        ('<p>来源链接：<a href="http://paper.example.cn/1.html">临江日报</a></p>', "http://paper.example.cn/1.html"),
        (
            '<p><a href="http://paper.example.cn/1.html">http://paper.example.cn/1.html</a></p>',
            "http://paper.example.cn/1.html",
        ),
        ('<p><a href="http://service.weibo.com/share/share.php?url=1">阅读原文</a></p>', None),
        ('<p><a href="http://paper.example.cn/1.html">某地新闻</a></p>', None),
    ],
)
def test_link_to_the_original(link: str, expected: str | None) -> None:
    assert read(page(f"<h1>{TITLE}</h1><div><div>{BODY}</div>{link}</div>")).credit.original_url == expected


def test_fragment_of_a_body_is_a_document() -> None:
    assert read_document(f'<div class="view">{BODY}</div>'.encode(), name="body.html").text == TEXT


def test_page_of_attachments_only_is_a_document() -> None:
    document = read(
        page('<h1>关于印发服务企业十条的通知</h1><div>2024-05-11</div><div><a href="1.pdf">服务企业十条.pdf</a></div>')
    )
    assert (document.title, document.text, len(document.attachments)) == ("关于印发服务企业十条的通知", "", 1)


def test_page_of_attachments_only_is_credited_as_others_are() -> None:
    """本网 in its tags stands for the site."""
    document = read(page('<div><a href="1.pdf">服务企业十条.pdf</a></div>', META))
    assert (document.text, document.credit.name) == ("", "临江市数据局")


SHELL = "<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (SHELL, "challenge"),
        ("<html><head><script>var $_ts=1;</script></head><body></body></html>", "challenge"),
        ("<html><head><title>提示</title></head><body>系统维护中，请稍后访问</body></html>", "maintenance"),
        (page(f"<h1>{TITLE}</h1><div class='TRS_Editor'></div>"), "empty"),
        ("<html><body></body></html>", "empty"),
        ("<div>" * 5_000 + FIRST, "too_deep"),
    ],
)
def test_pages_that_are_no_article_say_why(html: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(html)
    assert caught.value.code == code


def test_protection_script_on_a_real_page_is_no_challenge() -> None:
    head = "<script>var $_ts=window['$_ts'];document.cookie='a=1';</script>"
    assert read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", head)).text == TEXT


def test_the_pronunciation_above_characters_is_not_read() -> None:
    glossed = BODY.replace("减负", "<ruby>减负<rp>(</rp><rt>jiǎn fù</rt><rp>)</rp></ruby>")
    assert read(page(f"<h1>{TITLE}</h1><div>{glossed}</div>")).text == TEXT


SHORT = "临江市数据局推出服务企业十条，对12家企业补贴3.5万元，审批时限压缩60%。"
CREDIT = "<p>来源：临江市人民政府 发布时间：2024-05-11</p>"


@pytest.mark.parametrize(
    "paragraph",
    [SHORT, SHORT.replace("审批时限", "审批<br>时限"), SHORT.replace("审批时限", "许可审批<br>时限")],
)
def test_a_break_inside_a_sentence_loses_nothing(paragraph: str) -> None:
    document = read(page(f"<div><h1>{TITLE}</h1>{CREDIT}<p>{paragraph}</p><p>{LAST}{LAST}</p></div>"))
    assert document.text.replace("\n", "") == f"{paragraph.replace('<br>', '')}{LAST}{LAST}"


def test_a_line_that_ends_within_a_sentence_is_joined_to_its_other_half() -> None:
    document = read(
        page(f"<h1>{TITLE}</h1>{CREDIT}<div><p>{SHORT.replace('审批时限', '审批<br>时限')}</p>{BODY}</div>")
    )
    assert document.text == f"{SHORT}\n{TEXT}"


def test_a_heading_above_a_break_stays_a_line() -> None:
    document = read(page(f"<h1>{TITLE}</h1>{CREDIT}<div><p>一、强化服务，优化审批流程<br>{SHORT}</p>{BODY}</div>"))
    assert document.text.split("\n")[:2] == ["一、强化服务，优化审批流程", SHORT]


def test_a_single_short_paragraph_below_a_credit_is_an_article() -> None:
    document = read(f"<html><body><div><h1>{TITLE}</h1>{CREDIT}<p>{SHORT}</p></div></body></html>")
    assert (document.title, document.text, document.published) == (TITLE, SHORT, date(2024, 5, 11))


def test_a_credit_above_nothing_but_chrome_is_no_article() -> None:
    with pytest.raises(ReadError) as caught:
        read(page(f"<h1>{TITLE}</h1>{CREDIT}<div id='later'></div>"))
    assert caught.value.code == "empty"


def test_a_day_at_the_head_of_a_body_dates_the_page_and_stays() -> None:
    document = read(page(f'<h1>{TITLE}</h1><div class="TRS_Editor"><p>2024年5月9日</p>{BODY}</div>'))
    assert (document.published, document.text) == (date(2024, 5, 9), f"2024年5月9日\n{TEXT}")

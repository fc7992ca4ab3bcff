"""Text dumps of pages and documents, in our own words."""

from datetime import date

import pytest

from watcher.errors import ReadError
from watcher.model import Document
from watcher.read import read_document

FIRST = "近日，青州市工信局印发支持专精特新企业的八条措施，从技改、融资、用工三个方面加大扶持力度，惠及企业430余家。"
SECOND = "对当年新认定的企业给予最高50万元奖励，融资担保费率降至1%以下。"


def text_of(raw: str, name: str = "a.txt") -> Document:
    return read_document(raw.encode(), name=name)


def test_front_matter_with_paragraphs_in_markup() -> None:
    raw = (
        f'---\nlayout: post\ntitle: "青州八条助企业"\ndate: 2023-04-05 08:00:00 +0800\n---\n<p>'
        f"◆本报记者王大伟通讯员李小红</p>\n<p>{FIRST}</p>\n<p>{SECOND}</p>"
        "<p>（文章来源：某某环境报）</p>\n\n<http://paper.example.cn/html/1.html>\n\n"
        "[返回某某新闻](//x.example.cn/a.html)｜[返回首页](//x.example.cn/)\n"
    )
    document = text_of(raw)
    assert (document.title, document.published, document.text) == (
        "青州八条助企业",
        date(2023, 4, 5),
        f"{FIRST}\n{SECOND}",
    )
    assert (document.credit.name, document.credit.authors) == ("某某环境报", ("王大伟", "李小红"))
    assert document.credit.original_url == "http://paper.example.cn/html/1.html"


def test_page_dump_with_menu_fields_and_footer() -> None:
    raw = (
        "欢迎访问某某在线!\n当前所在:首页 > 要闻\n\n青州市坚持一线工作法 “八条措施” 服务企业\n\n"
        "发布时间:2023-04-06 来源: 青州市工信局 作者:佚名\n\n"
        f"  {FIRST}\n\n  {SECOND}\n\n原文链接:http://gxj.example.gov.cn/a/t1.html\n"
        f"[免责声明] 本文来源于网络转载，仅供交流，版权归原作者所有，请与本网联系。\n"
        "某某研究院主办 | 某某平台 主管\n联系电话:010-00000000\n邮箱: a@example.cn 客服QQ : 10000\n某某研究院\n"
    )
    document = text_of(raw)
    assert document.text == f"{FIRST}\n{SECOND}"
    assert (document.title, document.published) == ("青州市坚持一线工作法 “八条措施” 服务企业", date(2023, 4, 6))
    assert (document.credit.name, document.credit.authors) == ("青州市工信局", ())
    assert document.credit.original_url == "http://gxj.example.gov.cn/a/t1.html"


def test_official_document_keeps_its_title_block() -> None:
    raw = (
        "\n青州市工业和信息化局\n\n关于支持专精特新企业发展的若干措施\n\n为支持企业发展，"
        "现提出如下措施。\n\n一、强化技改支持\n\n1. 对 120 个重点项目给予补助，"
        "力争完成投资 15 亿元。2023 年年底前，建\n\n成公共平台。\n\n2. 对新认定企业，每家奖励 50 万元。\n"
    )
    document = text_of(raw)
    assert document.title == "青州市工业和信息化局关于支持专精特新企业发展的若干措施"
    assert document.published is None
    assert document.text.split("\n") == [
        "青州市工业和信息化局",
        "关于支持专精特新企业发展的若干措施",
        "为支持企业发展，现提出如下措施。",
        "一、强化技改支持",
        "1. 对120个重点项目给予补助，力争完成投资15亿元。2023年年底前，建成公共平台。",
        "2. 对新认定企业，每家奖励50万元。",
    ]


def test_series_line_above_the_headline_is_not_the_headline() -> None:
    raw = (
        f"青州市“强链补链、助企惠企”主题发布会(第3场)\n"
        f"青州市在工业领域推进惠企政策落实情况\n{FIRST}\n{SECOND}(孙小然 申大贤)\n延伸阅读\n某地新闻标题一则\n"
    )
    document = text_of(raw)
    assert (document.title, document.credit.authors) == ("青州市在工业领域推进惠企政策落实情况", ("孙小然", "申大贤"))
    assert document.text.endswith("(孙小然 申大贤)")


def test_message_service_dump() -> None:
    raw = (
        f"青州：八条措施真金白银助企业\n\n青州发布 2023-04-06 18:30 发表于山东\n\n"
        f"点击上方蓝字关注我们\n\n{FIRST}\n\n【资金】{SECOND}\n\nEND\n\n"
        "来源：青州市工信局\n编辑：小青  校对：小州\n\n往期推荐\n▶ 一图读懂\n\n分享 收藏 点赞 在看\n阅读原文\n"
    )
    document = text_of(raw)
    assert (document.title, document.published) == ("青州：八条措施真金白银助企业", date(2023, 4, 6))
    assert (document.credit.name, document.text) == ("青州市工信局", f"{FIRST}\n【资金】{SECOND}")


def test_catalogue_above_the_headline_is_read_as_metadata() -> None:
    raw = (
        "政府信息公开目录\n索引号：\t0001/2023-1\n发布机构：\t青州市工信局\n发布日期：\t2023-04-06\n"
        "文号：\t青工信〔2023〕8号\n\n青州市支持企业发展八条措施落地\n"
        f"字体：[大 中 小]\n    {FIRST}\n\n    {SECOND}\n\n扫一扫在手机打开当前页\n打印本页  关闭窗口\n"
    )
    document = text_of(raw)
    assert (document.title, document.published) == ("青州市支持企业发展八条措施落地", date(2023, 4, 6))
    assert (document.publisher, document.document_number) == ("青州市工信局", "青工信〔2023〕8号")
    assert document.text == f"{FIRST}\n{SECOND}"


def test_markdown_heading_is_the_title() -> None:
    document = text_of(
        f"# 青州推出八条措施\n\n> 2023-04-06 06:50 · 来源：青州日报 · 记者 王大伟\n\n{FIRST}\n\n**{SECOND}**\n", "a.md"
    )
    assert (document.title, document.published, document.text) == (
        "青州推出八条措施",
        date(2023, 4, 6),
        f"{FIRST}\n{SECOND}",
    )
    assert (document.credit.name, document.credit.authors) == ("青州日报", ("王大伟",))


def test_headline_of_traditional_dump_is_simplified() -> None:
    document = text_of(
        "【新時代】青州：“八不準” 服務(wù)企業(yè)發(fā)展\n環(huán)保部門為企業減負，"
        "著力優化營商環境，全年開展幫扶120次，企業滿意度達到98%。\n責任編輯：值班賬號\n"
    )
    assert document.title == "【新时代】青州：“八不准” 服务企业发展"
    assert document.text == "环保部门为企业减负，着力优化营商环境，全年开展帮扶120次，企业满意度达到98%。"


@pytest.mark.parametrize("body", [b"", b"  \n\t ", b"\0\0\0", "\u200b\n".encode()])
def test_nothing_is_an_error(body: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(body, name="a.txt")
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "menu",
    [
        "首页 机构概况 信息公开 政务服务 互动交流 环境质量",
        "国家税务总局某某市税务局 > 信息公开 > 政策文件 > 规范性文件",
    ],
)
def test_a_menu_or_a_path_above_the_date_line_is_no_title(menu: str) -> None:
    document = (
        "发布日期：2023-02-16 09:42 浏览次数：2318 次\n\n某某市税务局关于服务企业的八条措施\n\n一、减税。\n二、便民。"
    )
    assert read_document(f"{menu}\n{document}".encode(), name="a.txt").title == "某某市税务局关于服务企业的八条措施"


@pytest.mark.parametrize(
    ("head", "published", "outlet"),
    [
        ("公告日期：2025年3月4日", date(2025, 3, 4), None),
        ("2024年11月5日 南方某报", date(2024, 11, 5), "南方某报"),
        ("（2025年3月4日）", date(2025, 3, 4), None),
        ("青州市工信局（2025年3月4日）", date(2025, 3, 4), "青州市工信局"),
        ("2024年11月21日 08时30分", date(2024, 11, 21), None),
    ],
)
def test_a_line_below_the_headline_dates_the_article(head: str, published: date, outlet: str | None) -> None:
    document = text_of(f"青州推出八条措施服务企业\n{head}\n{FIRST}\n{SECOND}\n")
    assert (document.title, document.published, document.credit.name) == ("青州推出八条措施服务企业", published, outlet)
    assert document.text == f"{FIRST}\n{SECOND}"


def test_the_number_between_the_title_and_the_date_is_the_documents_own() -> None:
    document = text_of(f"青州市工信局助企八条\n青工信〔2023〕8号 发布时间：2023-04-06\n{FIRST}\n")
    assert (document.document_number, document.published) == ("青工信〔2023〕8号", date(2023, 4, 6))


@pytest.mark.parametrize(
    "row",
    [
        "28 临江博远电子有限公司 91000000MA0000000X 某省临江市",
        "序号 企业名称 统一社会信用代码 企业注册地",
        "某某基准利率 | 3.75 | 某某贴现利率 | 4.75",
        "3月22日 上调25基点 2.75 上调25基点 3.75",
    ],
)
def test_a_row_of_a_table_is_no_title(row: str) -> None:
    assert text_of(f"{row}\n{row}\n{row}\n").title is None
    assert text_of(f"{row}\n青州推出八条措施 护航专精特新企业 发展\n{FIRST}\n").title == (
        "青州推出八条措施 护航专精特新企业 发展"
    )


@pytest.mark.parametrize(
    "head",
    [
        "标题：青州市八条措施助企\n日期：2023-04-06\n来源：青州日报",
        "标题：青州市八条措施助企\n日期：2023年4月6日\n来源：青州日报\n青州市八条措施助企",
        "标题：青州市八条措施助企 时间：2023-04-06 来源：青州日报",
        "【标题】：青州市八条措施助企\n时间：2023/04/06 09:30\n来源：青州日报",
        "青州市八条措施助企\n来源：青州日报 2023-04-06",
    ],
)
def test_a_labelled_head_names_title_day_and_outlet(head: str) -> None:
    document = text_of(f"{head}\n{FIRST}\n{SECOND}\n")
    assert (document.title, document.published, document.credit.name, document.text) == (
        "青州市八条措施助企",
        date(2023, 4, 6),
        "青州日报",
        f"{FIRST}\n{SECOND}",
    )


@pytest.mark.parametrize("below", ["2023/4/6", "来源：青州日报 时间：2023-04-06"])
def test_a_headline_over_two_lines_keeps_the_one_before_the_colon(below: str) -> None:
    document = text_of(f"青州高新区：\n“三个聚焦”服务企业，跑出“加速度”\n{below}\n{FIRST}\n{SECOND}\n")
    assert (document.title, document.published) == ("青州高新区：“三个聚焦”服务企业，跑出“加速度”", date(2023, 4, 6))


def test_a_salutation_below_the_title_is_no_part_of_it() -> None:
    raw = f"关于印发青州市惠企八条措施的通知\n各县区人民政府：\n{FIRST}\n{SECOND}\n青州市人民政府\n2023年4月6日\n"
    assert text_of(raw).title == "关于印发青州市惠企八条措施的通知"


@pytest.mark.parametrize(
    ("pasted", "simplified"),
    [
        ("貸款貼息2%", "贷款贴息2%"),
        ("精準服務，優化標準", "精准服务，优化标准"),
        ("著名企业家乾某、李昇、王喆", "著名企业家乾某、李昇、王喆"),
        ("皇太後街、瞭望塔", "皇太後街、瞭望塔"),
    ],
)
def test_traditional_words_in_a_simplified_text_are_simplified(pasted: str, simplified: str) -> None:
    document = text_of(f"青州市八条措施助企\n來源：青州日报 2023-04-06\n{FIRST}{FIRST}\n{SECOND}{pasted}。\n")
    assert document.text == f"{FIRST}{FIRST}\n{SECOND}{simplified}。"
    assert (document.published, document.credit.name) == (date(2023, 4, 6), "青州日报")


def test_the_time_of_an_event_is_no_day_of_publication() -> None:
    document = text_of(f"青州市助企发布会\n时间：2023年4月6日\n地点：市政务中心\n{FIRST}\n{SECOND}\n")
    assert (document.title, document.published) == ("青州市助企发布会", None)


@pytest.mark.parametrize("line", ["2023年4月 青州市发展改革委", "青州市发展改革委 2023年4月", "（2023年4月）"])
def test_a_month_below_the_headline_is_no_headline_and_no_day(line: str) -> None:
    document = text_of(f"《青州市惠企若干政策》解读\n{line}\n{FIRST}\n{SECOND}\n")
    assert (document.title, document.published) == ("《青州市惠企若干政策》解读", None)


def test_the_imprint_below_a_document_is_none_of_its_text() -> None:
    document = text_of(
        f"青州市工信局助企八条\n{FIRST}\n{SECOND}\n抄送：市委办公室、市政府办公室。\n发：各镇街\n共印60份\n"
    )
    assert document.text == f"{FIRST}\n{SECOND}"


def test_a_title_broken_inside_its_brackets_is_joined_backwards() -> None:
    raw = (
        "青州市人民政府办公室\n关于印发《青州市支持专精特新企业\n十一条政策措施》的通知\n\n各镇人民政府：\n"
        f"{FIRST}\n{SECOND}\n"
    )
    assert text_of(raw).title == "青州市人民政府办公室关于印发《青州市支持专精特新企业十一条政策措施》的通知"

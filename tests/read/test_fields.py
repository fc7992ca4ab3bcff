"""Labelled fields, dates, names: the small grammars of what pages print about themselves."""

from datetime import date

import pytest

from watcher.read import byline, chrome, labels, stamps
from watcher.read.dates import find_date, is_only_date, read_date
from watcher.read.people import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-09-06 10∶08", date(2024, 9, 6)),
        ("2021/9/6", date(2021, 9, 6)),
        ("2023年11月14日", date(2023, 11, 14)),
        ("二〇二四年十月二十一日", date(2024, 10, 21)),
        ("二○二三年一月十日", date(2023, 1, 10)),
        ("2024-13-40", None),
        ("文件2024-1号", None),
        ("0531-2024-0906", None),
    ],
)
def test_printed_dates(text: str, expected: date | None) -> None:
    assert find_date(text) == expected


def test_compact_date_counts_only_as_a_metadata_value() -> None:
    assert (read_date("20240906"), find_date("20240906")) == (date(2024, 9, 6), None)


@pytest.mark.parametrize(
    ("text", "expected"), [("2024年9月6日 星期五 10:08", True), ("9月6日发布", False), ("2024-09-06 发布", False)]
)
def test_line_of_a_date_only(text: str, expected: bool) -> None:
    assert is_only_date(text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "发布时间：2024-05-11 来源：市工信局 作者：李明",
            [("发布时间", "2024-05-11"), ("来源", "市工信局"), ("作者", "李明")],
        ),
        ("来源：市工信局字号：大 中 小", [("来源", "市工信局"), ("字号", "大 中 小")]),
        ("索 引 号 | 11370000/2024-1 | 发文机关 | 省工信厅", [("索引号", "11370000/2024-1"), ("发文机关", "省工信厅")]),
        ("【来源】：某某日报", [("来源", "某某日报")]),
        ("数据来源：统计年鉴", []),
        ("会议听取了汇报，强调时间就是效率。", []),
    ],
)
def test_fields_of_a_line(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.label, item.value) for item in labels.fields(line)] == expected


def test_publication_outranks_update_and_bare_time() -> None:
    found = labels.fields("更新时间：2024-06-01 时间：2024-05-30 发布日期：2024-05-11")
    assert labels.published_in(found) == date(2024, 5, 11)


@pytest.mark.parametrize(
    ("value", "site", "expected"),
    [
        ("新华社 2024-01-02", None, "新华社"),
        ("本网", "某某市人民政府", "某某市人民政府"),
        ("本站", None, None),
        ("某某市文旅局（原市文广新局）", None, "某某市文旅局（原市文广新局）"),
        ("市政务局 浏览次数", None, "市政务局"),
        ("https://www.example.cn/a", None, None),
        ("市环境局 打印", None, "市环境局"),
        ("海关总署 打印本页 关闭窗口", None, "海关总署"),
        ("某晚报 A+ A-", None, "某晚报"),
    ],
)
def test_source_names(value: str, site: str | None, expected: str | None) -> None:
    assert labels.source_in((labels.Labelled("source", "来源", value),), site) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("环发〔2024〕6号", "环发〔2024〕6号"),
        ("环发 〔2024〕 6 号", "环发〔2024〕6号"),
        ("无", None),
        ("11370000MB/2024-00012", None),
    ],
)
def test_document_numbers_need_their_form(value: str, expected: str | None) -> None:
    assert labels.document_number_in((labels.Labelled("number", "文号", value),)) == expected


def test_validity_is_the_last_day_named() -> None:
    assert labels.valid_until_in(labels.fields("有效期：2024年1月1日至2028年12月31日")) == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("董学文孙一鸣", ("董学文", "孙一鸣")),
        ("本报记者 王芳 通讯员 欧阳晓 李建国", ("王芳", "欧阳晓", "李建国")),
        ("张三、李四光", ("张三", "李四光")),
        ("佚名", ()),
        ("某某市生态环境局办公室", ()),
        ("税宣", ()),
    ],
)
def test_people(text: str, expected: tuple[str, ...]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("企业满意度持续提升。（记者 陈明 通讯员 周晓兰）", ("陈明", "周晓兰")),
        ("本报讯（记者李小红）日前，市局出台新政。", ("李小红",)),
        ("记者梁伟报道 6月10日，活动启动。", ("梁伟",)),
        ("助力项目落地。(孙小然 申大贤)", ("孙小然", "申大贤")),
        ("记者从市生态环境局获悉，今年将推出新举措。", ()),
        ("分为试点城市（济南 青岛）", ()),
    ],
)
def test_authors_in_running_text(paragraph: str, expected: tuple[str, ...]) -> None:
    assert byline.authors_in_text([paragraph]) == expected


@pytest.mark.parametrize(
    "line",
    [
        "【打印】 【关闭】",
        "字号：大 中 小",
        "扫一扫在手机打开当前页",
        "首页 > 政务公开 > 通知公告",
        "责任编辑：王小二",
        "版权所有：某某市人民政府 鲁ICP备00000000号",
        "上一篇：某某市召开座谈会",
        "公开方式：主动公开",
        "本网转载文章，版权归原作者所有，如有侵权请联系删除。",
        "大小" * 29 + "大",
    ],
)
def test_chrome_lines(line: str) -> None:
    assert chrome.is_chrome(line)


@pytest.mark.parametrize(
    "line",
    [
        "各市、县人民政府：",
        "一、强化要素保障",
        "联系电话：0531-00000000",
        "对符合条件的企业给予最高300万元奖励。",
        "时间：9月6日上午 地点：市政府新闻发布厅",
        "鲁环发〔2024〕1号",
        "全市新增授信300亿元",
        "1 | 2 | 3",
    ],
)
def test_lines_of_an_article_are_no_chrome(line: str) -> None:
    assert not chrome.is_chrome(line)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("2024年11月5日 南方某报", "南方某报"),
        ("某某日报 2024-11-05 A02版", "某某日报"),
        ("2024-11-05 08:30:12 某某新闻网 记者 王小明", "某某新闻网"),
        ("某某市商务局（2024年11月5日）", "某某市商务局"),
        ("2024年11月05日 08时30分", None),
        ("（2024年11月5日）", None),
        ("某某环境 2024-11-05 18:30 发表于江西", None),
    ],
)
def test_a_day_and_a_name_above_an_article(line: str, outlet: str | None) -> None:
    assert (stamps.stamped_on(line), stamps.outlet_of(line)) == (date(2024, 11, 5), outlet)


@pytest.mark.parametrize(
    "line",
    [
        "某某市环境空气质量日报（2024年11月5日）",
        "某某市2024年11月5日起施行新的收费标准",
        "今天是2024年11月5日 星期二",
        "2024年11月5日，某某市商务局召开座谈会，研究助企措施。",
        "某某日报",
    ],
)
def test_other_lines_with_a_day_date_nothing(line: str) -> None:
    assert stamps.stamped_on(line) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("某环发〔2024〕6号", "某环发〔2024〕6号"),
        ("某政人〔2019〕18号   发布时间：2019-07-22", "某政人〔2019〕18号"),
        ("某发〔2021〕6号 2021-02-25 来源：某某日报", "某发〔2021〕6号"),
        ("根据某环发〔2024〕6号", None),
        ("某环发〔2024〕6号和某政发〔2023〕2号", None),
    ],
)
def test_a_document_number_on_a_line_of_its_own(line: str, number: str | None) -> None:
    assert labels.number_of_line(line) == number

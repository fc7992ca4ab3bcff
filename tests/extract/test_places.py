from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from watcher.data import divisions
from watcher.extract.gazetteer import find_places
from watcher.extract.places import find_issuer, find_region


def region(title: str, text: str = "", issuer: str | None = None, site: str | None = None) -> tuple[str, str] | None:
    found = find_region(issuer, title, text, site=site)
    return (found.name, found.code) if found else None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("370700", "山东省潍坊市"),
        ("370705", "山东省潍坊市奎文区"),
        ("110105", "北京市朝阳区"),
        ("419001", "河南省济源市"),
        ("220200", "吉林省吉林市"),
        ("653132", "新疆维吾尔自治区喀什地区岑岭县"),
        ("371200", "山东省莱芜市"),
    ],
)
def test_a_region_is_written_from_the_province_down(code: str, name: str) -> None:
    assert divisions.load().region(code).name == name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("“三天就办好了”——随州高新区助企小记", ("湖北省随州市", "421300")),
        ("从“跑多次”到“零跑”，大同经济技术开发区有新招", ("山西省大同市", "140200")),
        ("让园区更有活力：城东经济开发区助企小记", None),
        ("长治久安促发展，朝阳产业迎来新机遇", None),
    ],
)
def test_a_zone_named_after_its_prefecture_lies_in_it(title: str, expected: tuple[str, str] | None) -> None:
    assert region(title, "高新区分局派出服务小组上门指导。") == expected


def test_the_table_is_whole_and_every_short_form_belongs_to_its_name() -> None:
    table = divisions.load()
    living = [row for row in table.by_code.values() if not row.ended]
    assert len(living) == 3214
    assert sum(row.level == 1 for row in living) == 34
    assert all(short[:2] == row.name[:2] for row in living for short in row.shorts)
    assert all(code in table.by_code for code in table.zones.values())


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("潍坊市生态环境局", ("山东省潍坊市", "370700")),
        ("国家税务总局浙江省税务局", ("浙江省", "330000")),
        ("青岛海关", ("山东省青岛市", "370200")),
        ("中国人民银行济南分行", ("山东省济南市", "370100")),
        ("济南市市中区人民政府", ("山东省济南市市中区", "370103")),
        ("潍坊市生态环境局奎文分局", ("山东省潍坊市奎文区", "370705")),
        ("济宁高新技术产业开发区管理委员会", ("山东省济宁市", "370800")),
        ("河北雄安新区管理委员会", ("河北省", "130000")),
        ("上海市浦东新区人民政府", ("上海市浦东新区", "310115")),
        ("陕西省西咸新区开发建设管理委员会", ("陕西省", "610000")),
        ("莱芜市环境保护局", ("山东省莱芜市", "371200")),
        ("芷江侗族自治县人民政府", ("湖南省怀化市芷江侗族自治县", "431228")),
        ("恩施州生态环境局", ("湖北省恩施土家族苗族自治州", "422800")),
        ("国务院办公厅", None),
        ("国家税务总局", None),
        ("生态环境部", None),
    ],
)
def test_the_issuers_own_division_is_the_region(issuer: str, expected: tuple[str, str] | None) -> None:
    assert region("关于助企的若干措施", "", issuer=issuer) == expected


@pytest.mark.parametrize(
    ("issuer", "title", "years"),
    [
        ("济南市生态环境局莱芜分局", "打出助企组合拳", {2019: "370116", 2026: "370116", None: "370116"}),
        ("莱芜市环境保护局", "助企十条", {2016: "371200", 2018: "371200", 2019: "370116", None: "371200"}),
        (None, "莱芜推出助企十条", {2016: "371200", 2026: "370116", None: "370116"}),
        ("密云县人民政府", "助企十条", {2015: "110228", 2016: "110118"}),
        ("大同县人民政府", "助企十条", {2026: "140227"}),  # no county bears its name now
        ("长泰县人民政府", "助企十条", {2026: "350625"}),  # it is not known since when
        ("潍坊市人民政府", "助企十条", {2014: "370700", 2026: "370700"}),
    ],
)
def test_a_region_is_the_division_of_the_pages_day(
    issuer: str | None, title: str, years: dict[int | None, str]
) -> None:
    for year, code in years.items():
        found = find_region(issuer, title, "", site=None, published=date(year, 5, 1) if year else None)
        assert (year, found and found.code) == (year, code)


def test_an_old_citys_host_and_site_are_todays_district() -> None:
    found = find_region(None, "助企十条", "", site="laiwu.gov.cn", published=date(2026, 3, 1))
    assert found
    assert (found.name, found.code) == ("山东省济南市莱芜区", "370116")


@pytest.mark.parametrize(
    ("issuer", "title", "text", "site", "code"),
    [
        ("鼓楼区人民政府", "鼓楼区十条", "记者从南京市获悉", None, "320106"),
        ("鼓楼区人民政府", "鼓楼区十条", "", "徐州市鼓楼区人民政府", "320302"),
        ("和平区人民政府", "和平区推出实招", "沈阳市和平区近日出台", None, "210102"),
        ("城关区人民政府", "兰州城关区出台", "", None, "620102"),
        ("朝阳区人民政府", "北京朝阳区助企", "", None, "110105"),
        ("白云区商务局", "白云区商务局送政策", "", "gz.gov.cn guangzhou.gov.cn", "440111"),
        (None, "昆山：助企十条落地", "昆山市的企业说", None, "320583"),
        (None, "江西多项举措稳岗", "", "南昌市人民政府", "360000"),
        (None, "书画展亮相澳门", "", "湘潭市人民政府", "430300"),
        (None, "二十条措施发布", "苏环办〔2022〕11号", None, "320000"),
    ],
)
def test_homonyms_and_short_names_are_told_apart_by_what_stands_around(
    issuer: str | None, title: str, text: str, site: str | None, code: str
) -> None:
    found = region(title, text, issuer=issuer, site=site)
    assert found is not None
    assert found[1] == code


@pytest.mark.parametrize(
    "text",
    [
        "共建大同社会",
        "发展朝阳产业",
        "会同有关部门",
        "湖湘会同发改部门",
        "社会长治久安",
        "沿海口岸提速",
        "平衡水平提升",
        "由公安机关办理",
        "新建项目开工",
        "提供担保定价参考",
        "来宾们合影",
    ],
)
def test_ordinary_words_name_no_place(text: str) -> None:
    assert [place for place in find_places(text) if not place.weak] == []
    assert region("关于助企的措施", text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("山东省潍坊市奎文区", ["山东省潍坊市奎文区"]),
        ("海南昌江黎族自治县", ["海南昌江黎族自治县"]),
        ("江门高新区（江海区）", ["江门", "江海区"]),
        ("济南市中区与济南市中心", ["济南市中区", "济南市"]),
        ("潍坊市场监管", ["潍坊"]),
    ],
)
def test_chains_are_one_mention_and_no_word_is_cut(text: str, names: list[str]) -> None:
    assert [text[place.start : place.end] for place in find_places(text)] == names


def test_a_zone_that_shares_offices_with_a_district_lies_in_it() -> None:
    found = region("江门高新区（江海区）优化服务", issuer="江门高新技术产业开发区管理委员会")
    assert found == ("广东省江门市江海区", "440704")


def test_the_news_of_a_zone_lies_in_the_district_that_heads_it() -> None:
    zone = "成都国际铁路港经济技术开发区管理委员会"
    assert region("青白江区推出16条举措", f"{zone}发布政策。", issuer=zone) == ("四川省成都市青白江区", "510113")
    assert region("推出16条举措", f"{zone}发布政策。", issuer=zone) == ("四川省成都市", "510100")


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_no_text_raises(text: str, title: str, site: str) -> None:
    issuer = find_issuer(title, text, publisher=site, site=site, credit=title)
    find_region(issuer, title, text, site=site)


def test_five_megabytes_take_no_longer_than_a_page() -> None:
    page = "潍坊市鼓楼区市场监管局和平区高新区管委会《关于" * 200_000
    took_s = cpu_seconds(
        lambda: find_region(find_issuer(page, page, publisher=page, site=page, credit=page), page, page, site=page)
    )
    assert took_s < 1

"""A list without dates whose addresses tell nothing alone: together they do, and a menu of columns is none."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
from tests.listing.test_families import CHROME
from watcher.errors import ReadError

HOST = "http://sthj.example.gov.cn"
RULES = [
    "水污染防治法实施细则",
    "噪声污染防治办法",
    "排污许可管理办法实施细则",
    "自然保护区条例",
    "危险废物经营许可证管理办法",
]
SERVICES = [
    "排污许可证核发",
    "辐射安全许可证核发和变更",
    "入河排污口设置审核",
    "危险废物经营许可",
    "拆除防治污染设施审批",
]
COLUMNS = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]


def page(links: list[tuple[str, str]], row: str = "<li><a href='{}'>{}</a></li>") -> str:
    return f"<html><body><div><ul>{''.join(row.format(*one) for one in links)}</ul></div></body></html>"


def numbered(address: str, titles: list[str]) -> list[tuple[str, str]]:
    return [(address.format(30 - n), title) for n, title in enumerate(titles)]


@pytest.mark.parametrize("titles", [RULES, SERVICES])
@pytest.mark.parametrize("own", ["/flfg/", "/flfg/index.html"])
@pytest.mark.parametrize("address", ["/flfg/{}.html", "/flfg/guide_{}.html", "/flfg/{}"])
@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='{}'>{}</a></li>",
        "<li><a href='{}'>{}</a><a href='http://bs.example.gov.cn/apply'>在线办理</a></li>",
    ],
)
def test_short_titles_with_numbers_in_the_column_s_folder_are_a_list(
    row: str, address: str, own: str, titles: list[str]
) -> None:
    links = numbered(address, titles)
    assert [(url.removeprefix(HOST), title) for url, title, _ in entries(page(links, row), HOST + own)] == links


@pytest.mark.parametrize(
    ("own", "links"),
    [
        ("/flfg/", numbered("/flfg/{}.html", COLUMNS)),
        ("/flfg/", numbered("/zwgk/{}.html", RULES)),
        ("/flfg/", numbered("/flfg/{}/", RULES)),
        ("/flfg/77.html", numbered("/flfg/{}.html", RULES)),
        ("/flfg/lm_77.html", numbered("/flfg/lm_{}.html", RULES)),
        (
            "/flfg/",
            list(
                zip(
                    ["/flfg/s.html", "/flfg/z.html", "/flfg/p.html", "/flfg/b.html", "/flfg/w.html"], RULES, strict=True
                )
            ),
        ),
    ],
)
def test_a_menu_of_columns_is_no_list(own: str, links: list[tuple[str, str]]) -> None:
    with pytest.raises(ReadError) as caught:
        entries(page(links), HOST + own)
    assert caught.value.code == "no_links"


ARTICLES = [
    "关于公布本市第三批绿色工厂名单的通知",
    "某市出台八项措施支持企业技术改造",
    "污水处理设施运营补贴办法征求意见",
    "本市启动重点行业企业用能预算管理",
]


@pytest.mark.parametrize("address", ["/bm/10{}/", "/bm/10{}.html", "/bm/10{}/index.html"])
@pytest.mark.parametrize("row", ["<li><a href='{}'>{}</a></li>", "<p><a href='{}'>{}</a></p>"])
def test_links_to_many_departments_do_not_hide_articles_of_the_column_s_folder(address: str, row: str) -> None:
    departments = "".join(row.format(address.format(90 - n), f"某市第{n}街道办事处") for n in range(40))
    own = numbered("/dtxx/20260{}.html", ARTICLES)
    listed = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title in own)
    body = CHROME % f"<h2>地市动态</h2><div>{departments}</div><div><ul>{listed}</ul></div>"
    assert [title for _, title, _ in entries(body)] == ARTICLES


def test_short_titles_elsewhere_are_a_list_where_the_column_s_folder_holds_a_menu() -> None:
    menu = "".join(f"<li><a href='/dtxx/1000{n}.html'>{name}</a></li>" for n, name in enumerate(COLUMNS))
    rules = numbered("http://www.example.cn/flfg/202606{}.html", RULES * 3)
    listed = "".join(f"<p><a href='{url}'>{title}</a></p>" for url, title in rules)
    body = f"<html><body><ul>{menu}</ul><div>{listed}</div></body></html>"
    assert {title for _, title, _ in entries(body)} == set(RULES)


@pytest.mark.parametrize("row", ["<li><a href='{}'>{}</a></li>", "<p><a href='{}'><b>{}</b></a></p>"])
@pytest.mark.parametrize("unit", ["年", "年度"])
def test_annual_reports_that_are_called_by_their_year_alone_are_a_list(row: str, unit: str) -> None:
    own = [(f"/dtxx/{year + 1}01/t{year + 1}0128_4{year}.html", f"{year}{unit}") for year in (2025, 2024, 2023, 2022)]
    assert [title for _, title, _ in entries(page(own, row))] == [title for _, title in own]


@pytest.mark.parametrize("address", ["/dtxx/{}/", "/dtxx/{}/index.html", "?year={}", "/other/t{}0128_7.html"])
def test_a_menu_of_years_is_no_list(address: str) -> None:
    with pytest.raises(ReadError) as caught:
        entries(page([(address.format(year), f"{year}年") for year in (2025, 2024, 2023, 2022)]))
    assert caught.value.code == "no_links"

"""A list without dates whose addresses tell nothing alone: together they do, and a menu of columns is none."""

from __future__ import annotations

import pytest

from tests.listing.pages import entries
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

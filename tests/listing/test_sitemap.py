"""sitemap.xml as a listing."""

from __future__ import annotations

import gzip

import pytest

from tests.listing.pages import COLUMN, link, page
from watcher.errors import ReadError
from watcher.listing import read_listing
from watcher.settings import ListingRule

URLS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://sthj.example.gov.cn/</loc></url>
<url><loc>{COLUMN}t20260529_503.html</loc><lastmod>2026-05-29</lastmod></url>
<url><loc> {COLUMN}view?id=7&amp;k=1 </loc></url>
<url><loc><![CDATA[{COLUMN}t20260618_501.html]]></loc><lastmod>2026-06-18T08:00:00+08:00</lastmod>
<news:news><news:publication_date>2026-06-17</news:publication_date><news:title>某市出台十五条措施</news:title></news:news></url>
<url><loc>{COLUMN}about/</loc></url><url><loc>javascript:x</loc></url><url></url>
</urlset>"""


@pytest.mark.parametrize("rule", ["auto", "sitemap"])
def test_the_pages_of_a_sitemap_are_read_the_newest_first(rule: ListingRule) -> None:
    listing = read_listing(page(URLS, f"{COLUMN}sitemap.xml", media_type="text/xml"), rule)
    assert (listing.mechanism, listing.next_url) == ("sitemap", None)
    assert listing.links == (
        link("t20260618_501.html", "某市出台十五条措施", "2026-06-17"),
        link("t20260529_503.html", f"{COLUMN}t20260529_503.html", "2026-05-29"),
        link("view?id=7&k=1", f"{COLUMN}view?id=7&k=1"),
        *([] if rule == "auto" else [link("about/", f"{COLUMN}about/")]),
    )


@pytest.mark.parametrize("rule", ["auto", "sitemap"])
def test_a_packed_sitemap_is_read(rule: ListingRule) -> None:
    plain = read_listing(page(URLS, f"{COLUMN}sitemap.xml"), rule)
    packed = read_listing(page(gzip.compress(URLS.encode()), f"{COLUMN}sitemap.xml.gz"), rule)
    assert packed.links == plain.links


def test_a_damaged_one_is_a_packed_file_that_is_no_list() -> None:
    with pytest.raises(ReadError, match="a packed file") as caught:
        read_listing(page(b"\x1f\x8b\x08 no more", f"{COLUMN}sitemap.xml.gz"), "sitemap")
    assert caught.value.code == "not_html"


def test_a_sitemap_asked_for_by_name_is_read_whatever_form_its_addresses_have() -> None:
    body = (
        "<urlset>"
        + "".join(f"<url><loc>/{name}</loc></url>" for name in ("", "news/green-bonds", "zc/a"))
        + "</urlset>"
    )
    found = read_listing(page(body, f"{COLUMN}sitemap.xml"), "sitemap")
    assert [one.url for one in found.links] == [
        f"http://sthj.example.gov.cn/{name}" for name in ("news/green-bonds", "zc/a")
    ]
    with pytest.raises(
        ReadError, match="none of the 2 addresses in the sitemap looks like that of an article"
    ) as caught:
        read_listing(page(body, f"{COLUMN}sitemap.xml"), "auto")
    assert caught.value.hint == "`listing: sitemap` takes them all"


def index(*entries: tuple[str, str]) -> str:
    rows = "".join(f"<sitemap><loc>/{loc}</loc>{day and f'<lastmod>{day}</lastmod>'}</sitemap>" for loc, day in entries)
    return f"<sitemapindex>{rows}</sitemapindex>"


@pytest.mark.parametrize(
    ("body", "newest"),
    [
        (index(("a.xml", "2026-06-01"), ("b.xml", "2026-06-18"), ("c.xml", "2025-01-01")), "b.xml"),
        (index(("a.xml", ""), ("b.xml", "")), "b.xml"),
    ],
)
@pytest.mark.parametrize("rule", ["auto", "sitemap"])
def test_an_index_leads_to_the_sitemap_that_changed_last(body: str, newest: str, rule: ListingRule) -> None:
    listing = read_listing(page(body, f"{COLUMN}sitemap.xml"), rule)
    assert (listing.links, listing.next_url) == ((), f"http://sthj.example.gov.cn/{newest}")


@pytest.mark.parametrize(
    ("body", "rule", "code"),
    [
        ("<html><body>x</body></html>", "sitemap", "not_a_sitemap"),
        ("<urlset><url><loc>/about/</loc></url></urlset>", "auto", "no_links"),
        ("<urlset></urlset>", "sitemap", "no_links"),
        ("<sitemapindex></sitemapindex>", "auto", "no_links"),
        ("<urlset><url><loc>http://[</loc></url></urlset>", "auto", "no_links"),
    ],
)
def test_what_is_no_sitemap_says_so(body: str, rule: ListingRule, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_listing(page(body), rule)
    assert caught.value.code == code

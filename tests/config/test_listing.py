"""The forms of `listing`, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config import load
from watcher.errors import ConfigError
from watcher.settings import CssRule, JsonRule, ListingRule

SOURCE = "sources:\n  - id: a\n    url: http://a.example/list/\n    listing: "


def listing(text: str, folder: Path) -> ListingRule:
    path = folder / "sources.yaml"
    path.write_text(SOURCE + text, encoding="utf-8")
    return load(str(path), state="state", database_url=None, environ={}).sources[0].listing


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("auto", "auto"),
        ("sitemap", "sitemap"),
        ("jpage", "jpage"),
        ("{jpage: true}", "jpage"),
        ("json", JsonRule()),
        ("{json: {}}", JsonRule()),
        ("{json: }", JsonRule()),
        ("{json: {items: a.b, link: '/d?id={id}', title: t, date: d}}", JsonRule("a.b", "/d?id={id}", "t", "d")),
        ("{json: {url: 'http://a.example/api?p={page}', first_page: 0}}",
         JsonRule(url="http://a.example/api?p={page}", first_page=0)),
        ("{css: {item: li}}", CssRule("li")),
    ],
)  # fmt: skip
def test_each_form_is_read(text: str, rule: ListingRule, tmp_path: Path) -> None:
    assert listing(text, tmp_path) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{json: {itms: a}}", ":4: sources[0].listing.json.itms: unknown key; did you mean 'items'?"),
        ("\n      json:\n        url: ftp://a", ":6: sources[0].listing.json.url: expected an address"),
        ("{json: {first_page: x}}", ":4: sources[0].listing.json.first_page: expected a whole number, got 'x'"),
        ("{json: {items: []}}", ":4: sources[0].listing.json.items: expected text, got a list"),
        ("{json: {}, css: {item: li}}", ":4: sources[0].listing: expected auto, feed, sitemap, page, json, jpage"),
        ("{jpage: false}", ":4: sources[0].listing: expected auto"),
        ("jsn", ":4: sources[0].listing: expected auto"),
    ],
)
def test_a_wrong_form_is_refused_with_its_line_and_key(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        listing(text, tmp_path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("auto", "http://a.example/list/"),
        ("json", "http://a.example/list/"),
        ("{json: {url: 'http://a.example/api'}}", "http://a.example/api"),
        ("{json: {url: 'http://a.example/api?p={page}'}}", "http://a.example/api?p=1"),
        ("{json: {url: 'http://a.example/api?p={page}', first_page: 0}}", "http://a.example/api?p=0"),
    ],
)
def test_the_address_that_is_asked_is_the_data_s_where_it_is_named(text: str, address: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(SOURCE + text, encoding="utf-8")
    assert load(str(path), state="state", database_url=None, environ={}).sources[0].listing_url == address

"""What robots.txt files said, from one process to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.store.examples import NOW
from watcher.site_rules import SiteRules
from watcher.store import Store

RULES = SiteRules("http://www.example.gov.cn", "watcher", "Disallow: /admin/\nCrawl-delay: 3", NOW + timedelta(days=1))
OTHER = SiteRules("https://www.example.gov.cn:8443", "watcher", "", NOW + timedelta(days=2))


def test_what_was_read_last_is_found_again_site_by_site(store: Store) -> None:
    fresh = replace(RULES, lines="", until=OTHER.until)
    store.robots.keep([OTHER, RULES])
    assert store.robots.find([RULES.site, "http://new.example", OTHER.site]) == [RULES, None, OTHER]
    store.robots.keep([fresh])
    assert store.robots.find([RULES.site, RULES.site]) == [fresh, fresh]


def test_of_two_who_read_one_at_the_same_time_the_later_counts(store: Store) -> None:
    later = replace(RULES, lines="Disallow: /", until=OTHER.until)
    store.robots.keep([later, RULES])
    assert store.robots.find([RULES.site]) == [later]


def test_what_nobody_asked_for_since_is_forgotten(store: Store) -> None:
    store.robots.keep([RULES, OTHER])
    assert store.retention.forget(NOW + timedelta(days=1, seconds=1)) == 1
    assert store.robots.find([RULES.site, OTHER.site]) == [None, OTHER]

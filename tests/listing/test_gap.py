"""Whether a page reaches back to what was known."""

from __future__ import annotations

import pytest

from tests.listing.pages import link
from watcher.addresses import canonical
from watcher.listing.gap import reaches_known

KNOWN, NEW = "k", "n"


@pytest.mark.parametrize(
    ("page", "reaches"),
    [
        ("", False),
        ("n18 n17 n16", False),
        ("n18 n17 k16", True),
        ("k18 k17 k16", True),
        ("n18 k17 n16", True),
        ("k03 k02 n18 n17", False),  # pinned above what came since
        ("k03 k02 n18 k17", True),
        ("k18 k17 n02", True),  # an entry was taken away, and an older one moved up
        ("k n n", True),  # without days nothing tells a pinned entry
        ("k03 n n", True),
        ("k03 n n18", False),
    ],
)
def test_known_entries_close_a_gap_unless_they_are_only_pinned(page: str, reaches: bool) -> None:
    words = page.split()
    links = [link(f"{n}.html", "标题", f"2026-06-{word[1:]}" if word[1:] else None) for n, word in enumerate(words)]
    known = {canonical(one.url) for one, word in zip(links, words, strict=True) if word[0] == KNOWN}
    assert reaches_known(links, known) is reaches

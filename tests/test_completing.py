"""What an event gets when it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watcher.completing import announced, beside_of, completed
from watcher.records.announcements import Place
from watcher.records.deliveries import Beside
from watcher.records.lifecycle import Fate, Saying, Statement
from watcher.records.names import Name, Role

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
PLACE = Place("paper", "http://paper.example/1.html", NOW)
SAID = Saying(
    statement=Statement(Fate.REPEALED, Name(Role.CITES, ("a",), "《办法》"), "《办法》同时废止"),
    url="http://bureau.example/9.html",
    page_title="关于废止的通知",
    issuer=None,
    published=None,
    announcement=9,
    source="bureau",
    seen_at=NOW,
)
BESIDE = Beside(NOW, NOW + timedelta(days=1), "active", (PLACE,), (SAID,))


def test_an_announcement_gets_its_places_what_is_said_of_it_and_its_page() -> None:
    sent = completed({"kind": "new", "id": 7}, {7: beside_of(BESIDE)}, (), "https://watch.example/w/", "token")
    assert sent == {
        "kind": "new",
        "id": 7,
        "item_url": "https://watch.example/w/announcements/7",
        "unsubscribe_url": "https://watch.example/w/unsubscribe/token",
        "first_seen": "2026-03-10T02:00:00+00:00",
        "last_changed": "2026-03-11T02:00:00+00:00",
        "status": "active",
        "places": [
            {
                "source": "paper",
                "url": "http://paper.example/1.html",
                "first_seen": "2026-03-10T02:00:00+00:00",
                "gone_since": None,
            }
        ],
        "lifecycle": {
            "state": "repealed",
            "since": None,
            "by": {"title": "关于废止的通知", "url": "http://bureau.example/9.html", "id": 9},
            "quote": "《办法》同时废止",
        },
    }


def test_without_a_public_address_there_are_no_links() -> None:
    assert completed({"kind": "new", "id": 7}, {}, (), None, "token") == {"kind": "new", "id": 7}
    assert "unsubscribe_url" not in completed({"id": 7}, {}, [], "https://watch.example", "")


def test_each_item_of_a_digest_gets_its_own() -> None:
    event = {"kind": "digest", "id": None, "items": [{"id": 7}, {"id": 8}, {"id": 7}, {"id": None}]}
    assert announced(event) == (7, 8)
    sent = completed(event, {8: beside_of(BESIDE)}, [], "https://watch.example", "t")
    assert [item.get("item_url", "")[-2:] for item in sent["items"]] == ["/7", "/8", "/7", ""]
    assert [item.get("places") is not None for item in sent["items"]] == [False, True, False, False]
    assert sent.keys() == {"kind", "id", "items", "list_url", "unsubscribe_url"}

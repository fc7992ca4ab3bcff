from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.examples import NOW, subscription
from watcher.recipients import mailbox, masked
from watcher.store import Store

TO = "mailto://me:secret@smtp.example.org?from=a@example.org&to=Reader@example.org"
OTHER = "mailtos://you:other@smtp.example.com?to=reader@example.org"
ELSE = "mailto://smtp.example.org?to=another@example.org"
GONE = "550 5.1.1 no such user"


@pytest.fixture
def mails(store: Store) -> Store:
    made = [subscription("one", to=TO), subscription("two", to=OTHER), subscription("else", to=ELSE)]
    store.sync_subscriptions([*made, subscription()], NOW)
    return store


def active(store: Store) -> set[str]:
    return {one.subscription.id for one in store.subscriptions() if one.status == "active"}


def test_a_suppressed_address_pauses_every_subscription_to_it_and_no_other(mails: Store) -> None:
    assert mails.suppressions.suppress("reader@example.org", GONE, NOW) == ("one", "two")
    assert active(mails) == {"else", "ops"}
    paused = next(one for one in mails.subscriptions() if one.subscription.id == "two")
    assert (paused.status, paused.reason) == ("paused", f"nothing is sent to its address: {GONE}")
    assert [(one.address, one.error) for one in mails.suppressions.all()] == [("reader@example.org", GONE)]


def test_what_is_made_for_a_suppressed_address_starts_paused(mails: Store) -> None:
    mails.suppressions.suppress("reader@example.org", GONE, NOW)
    mails.add_subscription(subscription("third", to=TO), NOW)
    declared = [subscription(name, to=OTHER) for name in ("one", "two", "else", "fourth")]
    mails.sync_subscriptions([*declared, subscription()], NOW)
    assert active(mails) == {"ops"}


def test_to_resume_one_is_to_resume_its_address(mails: Store) -> None:
    mails.suppressions.suppress("reader@example.org", GONE, NOW)
    mails.pause_subscription("two", "on holiday")
    assert mails.resume_subscription("one") == ("one",)
    assert mails.suppressions.all() == ()
    mails.suppressions.suppress("reader@example.org", GONE, NOW)
    assert mails.resume_subscription("two") == ("two", "one")
    assert active(mails) == {"one", "two", "else", "ops"}


def test_another_address_is_not_suppressed(mails: Store) -> None:
    mails.suppressions.suppress("reader@example.org", GONE, NOW)
    moved = [subscription("one", to=ELSE), subscription("two", to=OTHER), subscription("else", to=ELSE)]
    mails.sync_subscriptions([*moved, subscription()], NOW)
    assert active(mails) == {"one", "else", "ops"}


def test_passing_refusals_are_counted_from_the_first(mails: Store) -> None:
    first = mails.suppressions.refused("reader@example.org", "452 full", NOW)
    again = mails.suppressions.refused("reader@example.org", "452 still full", NOW + timedelta(days=1))
    assert (first.refusals, again.refusals, again.since, again.error) == (1, 2, NOW, "452 still full")
    assert mails.suppressions.all() == ()
    assert active(mails) == {"one", "two", "else", "ops"}


@pytest.mark.parametrize(
    ("to", "address"),
    [
        (TO, "reader@example.org"),
        ("mailto://me:secret@example.org", "me@example.org"),
        ("mailtos://smtp.example.org/reader@example.org", "reader@example.org"),
        ("mailto://smtp.example.org?to=a@example.org,b@example.org", None),
        ("mailto://[::1", None),
        ("json://reader@example.org/", None),
        ("no address", None),
    ],
)
def test_the_mailbox_of_an_address(to: str, address: str | None) -> None:
    assert mailbox(to) == address


def test_a_mailbox_is_shown_by_its_first_letter() -> None:
    assert masked("reader@example.org") == "r…@example.org"

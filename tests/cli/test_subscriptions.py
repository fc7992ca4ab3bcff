"""`watcher subscriptions list` is a look: it shows what the file declares, and writes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.campaign.channels import Mailbox
from tests.cli.conftest import Installation
from watcher.demo import articles
from watcher.demo.site import Site
from watcher.store import Store


def test_a_list_writes_nothing(watched: Installation) -> None:
    assert [one["id"] for one in watched.run("subscriptions", "list", "--json").json()] == ["hook"]
    assert not (watched.folder / "state").exists()
    watched.run("check")
    configuration = (watched.folder / "sources.yaml").read_text("utf-8")
    watched.configure(configuration.partition("subscriptions:")[0])
    assert "active" in watched.run("subscriptions", "list").out
    watched.configure(configuration)
    [hook] = watched.run("subscriptions", "list", "--json").json()
    assert (hook["status"], hook["reason"]) == ("active", None)


def test_a_declared_one_is_paused_before_the_service_first_ran_and_the_reason_stands_below(
    watched: Installation,
) -> None:
    assert watched.run("subscriptions", "pause", "hook").status == 0
    heading, row, *below = watched.run("subscriptions", "list").out.splitlines()
    assert heading.split() == ["id", "status", "on", "deliver", "to"]
    assert row.split()[:2] == ["hook", "paused"]
    assert below == ["hook is paused: paused by hand"]


MAILING = """
settings: {{public_url: "https://watch.example/"}}
sources: []
subscriptions: [{{id: mail, to: "{to}"}}]
"""


def test_a_test_mail_can_be_ended_like_any_other(installation: Installation) -> None:
    mailbox = Mailbox()
    mailbox.box.healthy = True
    try:
        installation.configure(MAILING.format(to=mailbox.address))
        assert installation.run("subscriptions", "test", "mail").status == 0
        assert installation.run("subscribe", mailbox.address, "--id", "mine", "--test").status == 0
    finally:
        mailbox.stop()
    with closing(sqlite3.connect(installation.folder / "state" / "watcher.db")) as database:
        tokens = database.execute("SELECT token FROM subscriptions").fetchall()
    assert set(mailbox.unsubscribe) == {f"<https://watch.example/unsubscribe/{token}>" for (token,) in tokens}
    assert len(tokens) == 2


def test_reminders_are_asked_for_with_deadline_and_some_days(watched: Installation) -> None:
    to = "json://127.0.0.1:9/hook"
    refused = watched.run("subscribe", to, "--remind", "7d")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "--remind: expected `deadline` in `on`" in refused.err
    assert (
        watched.run("subscribe", to, "--id", "due", "--on", "deadline", "--remind", "3d", "--remind", "30d").status == 0
    )
    asked = {one["id"]: one["remind"] for one in watched.run("subscriptions", "list", "--json").json()}
    assert asked == {"due": ["30d", "3d"], "hook": []}


def test_a_preview_lists_what_would_have_been_sent_and_adds_nothing(watched: Installation, site: Site) -> None:
    site.publish(replace(articles.SUBSIDY, date=datetime.now(UTC).date().isoformat()))
    to = "json://127.0.0.1:9/hook"
    assert "Nothing is stored yet" in watched.run("subscribe", to, "--preview").out
    watched.run("check")
    found = watched.run("subscribe", to, "--preview", "--keyword", "企业", "--deliver", "weekly mon 08:30")
    assert found.status == 0
    assert "关键词 企业" in found.out
    assert "expect about" in found.out
    assert "digest" in found.out
    assert "0 alerts in the last 90 days; expect about 0.0 a week" in watched.run(
        "subscribe", to, "--preview", "--keyword", "没有这个词"
    ).out.replace("\n", " ")
    other = watched.run("subscribe", to, "--preview", "--on", "repost").out
    assert "not counted, since nobody can foretell it: repost" in other
    assert watched.run("subscribe", to, "--preview", "--source", "nowhere").status == 2
    assert [one["id"] for one in watched.run("subscriptions", "list", "--json").json()] == ["hook"]


def test_every_filter_and_manner_has_its_option(watched: Installation) -> None:
    given = ["--region", "370000", "--type", "measures_news", "--topic", "环评审批", "--issuer", "生态环境局"]
    given += ["--keyword", "甲", "--keyword-all", "乙", "--keyword-none", "丙", "--figure", "money >= 100万"]
    given += ["--deadlines", "--changes", "figures", "--quiet", "22:00-07:30", "--max-per-hour", "4"]
    given += ["--language", "en", "--deliver", "hourly", "--id", "all"]
    assert watched.run("subscribe", "json://127.0.0.1:9/hook", *given).status == 0
    asked, _ = watched.run("subscriptions", "list", "--json").json()
    assert asked["where"] == {
        "regions": ["370000"],
        "types": ["measures_news"],
        "topics": ["环评审批"],
        "issuers": ["生态环境局"],
        "sources": [],
        "keywords": {"any": ["甲"], "all": ["乙"], "none": ["丙"]},
        "figures": ["money >= 100万"],
        "deadlines": True,
        "changes": "figures",
    }
    manner = [asked[name] for name in ("deliver", "quiet", "max_per_hour", "language")]
    assert manner == ["hourly", "22:00-07:30", 4, "en"]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--max-per-hour", "0"), ("--max-per-hour", "2000"), ("--quiet", "late"), ("--quiet", ""), ("--language", "fr")],
)
def test_a_manner_that_is_none_is_refused_by_its_option(watched: Installation, option: str, value: str) -> None:
    refused = watched.run("subscribe", "json://127.0.0.1:9/hook", option, value)
    assert refused.status == 2
    assert refused.err.startswith(f"watcher: {option}: expected ")
    assert refused.err.count("\n") == 1


def test_a_removed_one_keeps_why_and_a_left_one_is_shown(watched: Installation) -> None:
    watched.run("subscribe", "json://127.0.0.1:9/hook", "--id", "mine")
    store = Store.find(f"sqlite:///{watched.folder}/state/watcher.db")
    assert store is not None
    (token,) = [one.token for one in store.subscriptions() if one.subscription.id == "mine"]
    store.subscribers.end_by_token(token, datetime.now(UTC), "unsubscribed by its reader")
    assert "mine is ended: unsubscribed by its reader" in watched.run("subscriptions", "list").out
    assert watched.run("subscriptions", "remove", "mine", "--reason", "left the company").status == 0
    assert "mine" not in watched.run("subscriptions", "list").out
    kept = store.subscribers.by_token(token)
    store.close()
    assert kept is not None
    assert kept.reason == "left the company"


def test_doctor_names_who_hears_nothing_and_what_nobody_follows(watched: Installation) -> None:
    watched.run("subscribe", "json://127.0.0.1:9/hook", "--id", "quiet", "--region", "320000")
    watched.run("check")
    assert "nothing concerned it" not in watched.run("doctor").out
    with closing(sqlite3.connect(watched.folder / "state" / "watcher.db")) as connection, connection:
        connection.execute("UPDATE subscriptions SET created_at = '2026-01-01 00:00:00.000000'")
    said = watched.run("doctor").out
    assert "subscription quiet: nothing concerned it since 2026-01-01" in said
    assert "nobody follows" not in said
    configuration = (watched.folder / "sources.yaml").read_text("utf-8")
    watched.configure(configuration.partition("subscriptions:")[0].replace("every:", 'region: "370000"\n    every:'))
    watched.run("check")
    assert "nobody follows" in watched.run("doctor").out

"""`watcher subscriptions list` is a look: it shows what the file declares, and writes nothing."""

from __future__ import annotations

from tests.cli.conftest import Installation


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

"""A channel that refuses for good: what is told of it, and that mending it brings everything, by the real commands."""

from __future__ import annotations

from tests.cli.conftest import Installation, configuration
from tests.sites import Answer
from tests.sites import Site as Channel
from tests.test_told_differences import Hooks
from watcher.demo import articles
from watcher.demo.site import Server, Site


def test_a_held_subscription_is_named_and_gets_everything_once_its_channel_is_mended(
    installation: Installation, site: Site, server: Server
) -> None:
    with Channel() as channel:
        hooks = Hooks(channel)
        readers = f"  - id: ops\n    to: {hooks.open('ops')}\n"
        installation.configure(configuration(server.port, subscriptions=readers))
        assert installation.run("check").status == 0
        hooks.answers["ops"] = Answer(410)
        site.publish(articles.FAST_TRACK)
        installation.run("check")
        site.publish(articles.SUBSIDY_EDITED)
        installation.run("check", "--recheck")

        why = installation.run("why", f"http://127.0.0.1:{server.port}{articles.SUBSIDY.path}")
        assert "ops: held: its channel refuses; `watcher subscriptions resume ops` sends it" in why.out
        doctor = installation.run("doctor")
        assert doctor.status == 1
        assert "✗ channel ops: " in doctor.out
        assert ": paused: webhook: HTTP 410" in doctor.out
        assert "mend it, then `watcher subscriptions resume ops` sends" in doctor.out
        hooks.answers.clear()
        installation.run("subscriptions", "resume", "ops")
        installation.run("check")
        assert "✗ channel ops" not in installation.run("doctor").out
        assert [event["kind"] for event in hooks.got["ops"]] == ["new", "changed"]

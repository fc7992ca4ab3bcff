"""What the command line shows of an announcement that was taken down."""

from __future__ import annotations

from tests.cli.conftest import Installation, configuration
from tests.store.examples import NOW, listed, reading, source, subscription, told
from watcher.records.problem import Problem
from watcher.store import Store


def test_list_and_show_say_that_it_is_withdrawn_and_since_when(installation: Installation) -> None:
    installation.configure(configuration(9))
    (installation.folder / "state").mkdir()
    store = Store.open(f"sqlite:///{installation.folder}/state/watcher.db")
    store.sync_sources([source()], NOW)
    store.sync_subscriptions([subscription()], NOW)
    store.announcements.save(reading(listed(store)), NOW)
    (page,) = store.opened_since("bureau", NOW)
    store.absences.note(page, Problem("http_404", "answered HTTP 404 Not Found"), NOW, NOW)
    store.absences.believe(page, 1, told("withdrawn", "ops"), NOW)
    store.close()

    assert "(withdrawn)" in installation.run("list").out
    (one,) = installation.run("list", "--json").json()
    assert (one["status"], one["seen_at"][0]["gone_since"]) == ("withdrawn", "2026-03-02T01:00:00+00:00")
    shown = installation.run("show", "1").out
    assert "http://bureau.example/art/1.html  (gone since 2026-03-02 09:00)\nwithdrawn  2026-03-02 09:00\n" in shown
    history = installation.run("show", "1", "--json").json()
    assert history["withdrawals"] == [{"kind": "withdrawn", "at": "2026-03-02T01:00:00+00:00"}]
    assert "最高奖补300万元" in shown

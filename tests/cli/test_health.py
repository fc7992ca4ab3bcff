"""How a source is, as a user sees it: `sources list`, `doctor` and `check`."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Installation
from tests.read.making import pdf
from tests.sites import Answer, Site, redirect
from tests.store.examples import source
from tests.town import MEASURES, TODAY, Column, listing, page
from watcher.app import ALIVE_FILE
from watcher.cli.diagnosis import is_alive
from watcher.cli.wellness import CLOCK_SET, CUT_OFF, DISTRUSTED, late, notes
from watcher.records.problem import Problem
from watcher.records.sources import Health, SourceRecord, SourceState
from watcher.records.usual import Level, Trust, Usual
from watcher.render.sources import health_json
from watcher.settings import Every

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


def record(health: Health, usual: Usual = Usual(), source_id: str = "bureau") -> SourceRecord:  # noqa: B008 (frozen)
    return SourceRecord(
        source_id, "某市局", "http://bureau.example/list/", None, True, True, health, entries=20, usual=usual
    )


def test_a_source_that_is_not_well_says_since_when_why_and_what_to_do(installation: Installation) -> None:
    with Site() as site:
        Column(site).publish(1)
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        lines = f"  - {{id: good, url: '{site.url('/list/')}'}}\n  - {{id: bad, url: '{site.url('/bad/')}'}}\n"
        installation.configure(f"{settings}sources:\n{lines}  - {{id: moved, url: '{site.url('/old/')}'}}\n")
        site.set("/bad/", Answer(403))
        site.set("/old/", redirect("/list/", 301))
        checked = installation.run("check")
    assert checked.status == 1
    assert f"moved: the address has moved for good to {site.url('/list/')}" in checked.out
    listed = {one["id"]: one for one in installation.run("sources", "list", "--json").json()}
    assert {id_: one["state"] for id_, one in listed.items()} == {"good": "ok", "bad": "blocked", "moved": "moved"}
    assert (listed["good"]["problem"], listed["good"]["usual_entries"], listed["good"]["conditional"]) == (
        None,
        1,
        True,
    )
    assert listed["bad"]["failures"] == 1
    assert listed["bad"]["since"] == listed["bad"]["last_checked"]
    shown = installation.run("sources", "list").out
    assert "bad: blocked since 20" in shown
    assert "set `proxy` for this source" in shown
    assert "`watcher check bad` at once" in shown
    doctor = installation.run("doctor")
    assert doctor.status == 1
    assert "✗ sources: 2 of 3 read in their time; cannot be read: bad\n" in doctor.out
    assert "✗ source moved: moved since 20" in doctor.out
    assert re.search(
        r"✗ source bad: blocked since [^\n]*HTTP 403 Forbidden\n {4}many [^\n]*\n {4}1 failure in a row; ", doctor.out
    )
    assert "source good" not in doctor.out


def test_doctor_says_first_that_the_machine_is_cut_off_where_no_host_is_reached(installation: Installation) -> None:
    def configured(*urls: str) -> None:
        lines = "".join(f"  - {{id: s{n}, url: '{url}'}}\n" for n, url in enumerate(urls))
        installation.configure(f"settings: {{allow_private_addresses: true, per_host_delay: 0s}}\nsources:\n{lines}")
        installation.run("check")

    with Site() as site:
        Column(site).publish(1)
        shut = "http://127.0.0.2:9/list/"
        configured("http://127.0.0.1:9/list/", shut)
        assert CUT_OFF in installation.run("doctor").out
        configured(site.url("/list/"), shut)
        assert CUT_OFF not in installation.run("doctor").out


def test_doctor_does_not_call_well_what_failed_after_it_was_read(installation: Installation) -> None:
    """Within its rhythm still, and read once: not late, but not well either."""
    with Site() as site:
        Column(site).publish(1)
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        lines = "".join(f"  - {{id: {one}, url: '{site.url('/list/')}?{one}', every: 1d}}\n" for one in ("col", "off"))
        installation.configure(f"{settings}sources:\n{lines}")
        assert "col  1 entry, first reading" in installation.run("check", "col").out
        tried = installation.run("sources", "test", "col").out
        assert "1 entry, found by" in tried
        assert re.search(
            r"\ncol can be read; a comment .*/sources\.yaml may say so: # Last read: 20\d\d-\d\d-\d\d\.\n", tried
        )
        assert "Last read" not in installation.run("sources", "test", site.url("/list/")).out
        site.set("/list/", Answer(500))
        installation.run("check", "col")
    doctor = installation.run("doctor")
    assert doctor.status == 1
    shown = installation.run("sources", "list").out.splitlines()
    assert [re.sub(r" {2,}", "|", line) for line in shown[1:3]][1] == "off|new|-|never|0|-|off"
    assert re.match(r"col +failing +20\d\d-\d\d-\d\d \d\d:\d\d +20\d\d-\d\d-\d\d \d\d:\d\d +1 +0 +col", shown[1])
    assert "2 sources, 0 subscriptions\n" in doctor.out
    assert "✗ sources: 0 of 2 read in their time; cannot be read: col\n    not yet: off; is `watcher run`" in doctor.out
    assert not any(line.startswith("✓ source") for line in doctor.out.splitlines())


HOME = page(
    "某市生态环境局",
    "".join(f"<li><a href='/art/{n}.html'>{MEASURES[0]}（{n}）</a><span>2026-03-01</span></li>" for n in (1, 2, 3))
    + "<div class='content'>"
    + "<p>本局负责全市生态环境监督管理工作，组织拟订政策规划并监督实施，开展环境质量监测。欢迎访问本站。</p>" * 3
    + "</div>",
)


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        (redirect("/"), "the address leads to the site's home page, "),
        (Answer(404), "127.0.0.1: answered HTTP 404"),
        (HOME, "one and the same page stands at the addresses of 3"),
    ],
    ids=["sent home", "not there", "home page with the titles"],
)
def test_a_source_of_which_no_article_can_be_read_does_not_pass_for_well(
    instead: Answer | str, why: str, installation: Installation
) -> None:
    with Site() as site:
        column = Column(site)
        for number in (1, 2, 3):
            column.publish(number)
            site.set(f"/art/{number}.html", instead)
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        installation.configure(f"{settings}sources:\n  - {{id: col, url: '{site.url('/list/')}', every: 1d}}\n")
        site.set("/", HOME)
        installation.run("check")
        shown, doctor = installation.run("sources", "list"), installation.run("doctor")
        (told,) = installation.run("sources", "list", "--json").json()
        for number in (1, 2, 3):
            column.publish(number)
        installation.run("check", "--recheck")
        mended = installation.run("sources", "list")
    assert re.search(r"^col +ok .* 3 +all 3 +col$", shown.out, re.M)
    assert f"col: of 3 articles none can be read: {why}" in shown.out
    assert (told["state"], told["articles"]["asked"], told["articles"]["unread"]) == ("ok", 3, 3)
    assert told["articles"]["why"].startswith(why)
    assert doctor.status == 1
    assert f"✗ source col: of 3 articles none can be read: {why}" in doctor.out
    assert re.search(r"^col +ok .* 3 +0 +col$", mended.out, re.M)
    assert "none can be read" not in mended.out


def test_an_article_that_turned_into_the_home_page_is_told_and_shown(installation: Installation) -> None:
    with Site() as site:
        column = Column(site)
        for number in (1, 2):
            column.publish(number)
        site.set("/", HOME)
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        sources = f"sources:\n  - {{id: col, url: '{site.url('/list/')}', every: 1d}}\n"
        ops = f"subscriptions:\n  - {{id: ops, to: 'json://127.0.0.1:{site.port}/hook', on: [source_trouble]}}\n"
        installation.configure(settings + sources + ops)
        installation.run("check")
        site.set("/art/1.html", HOME)
        installation.run("check", "--recheck")
        once = installation.run("sources", "list").out
        checked = [installation.run("check", "--recheck").status for _ in range(3)]
        shown, doctor = installation.run("sources", "list").out, installation.run("doctor").out
        sent = [request for request in site.requests if request.path == "/hook"]
    home = f"the site's home page, {site.url('/')}, stands at the address"
    said = f"《{MEASURES[0]}（1）》 is no longer there, {site.url('/art/1.html')}: {home}\n"
    assert f"\ncol: 1 of 2 articles cannot be read now: {home}\n    `watcher why {site.url('/art/1.html')}`" in once
    assert checked == [0, 0, 0]
    assert f"\ncol: {said}    open it in a browser: it may have been taken down" in shown
    assert f"✓ source col: {said}" in doctor
    assert len(sent) == 1
    assert b"article_replaced" in sent[0].body


def test_the_notes_of_a_source_end_with_what_the_service_does() -> None:
    problem = Problem("http_403", "bureau.example: answered HTTP 403 Forbidden", "set `proxy` for this source")
    health = Health(SourceState.BLOCKED, problem, since=NOW, failures=5, strikes=5, retry_at=NOW + 4 * HOUR)
    assert list(notes(record(health, Usual(trust=Trust(9, caught=True))), SHANGHAI, NOW)) == [
        "blocked since 2026-03-02 16:00: bureau.example: answered HTTP 403 Forbidden",
        "set `proxy` for this source",
        "5 failures in a row; the service asks again at 2026-03-02 20:00, `watcher check bureau` at once",
        DISTRUSTED,
    ]
    assert list(notes(record(Health(SourceState.OK, last_ok=NOW)), SHANGHAI, NOW)) == []


def test_a_moment_that_is_still_to_come_is_said() -> None:
    ahead = NOW + 8 * HOUR
    failing = Health(
        SourceState.FAILING, Problem("dns", "no such host"), since=ahead, retry_at=ahead, last_checked=ahead
    )
    assert list(notes(record(failing), SHANGHAI, NOW)) == [
        "failing since 2026-03-03 00:00: no such host",
        f"last checked at 2026-03-03 00:00, which is still to come: {CLOCK_SET}",
    ]


@pytest.mark.parametrize(("age", "alive"), [(0, True), (60, True), (-60, True), (300, False), (-8 * 3600, False)])
def test_a_sign_of_life_is_of_the_last_two_minutes(tmp_path: Path, age: int, alive: bool) -> None:
    """Or of the next, which a clock said that was set back; a sign of eight hours ahead would hide a standstill."""
    (tmp_path / ALIVE_FILE).touch()
    at = time.time() - age
    os.utime(tmp_path / ALIVE_FILE, (at, at))
    assert is_alive(tmp_path).ok is alive


def test_doctor_and_sources_list_say_that_the_clock_was_set_back(installation: Installation) -> None:
    with Site() as site:
        Column(site).publish(1)
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        installation.configure(f"{settings}sources:\n  - {{id: col, url: '{site.url('/list/')}', every: 1d}}\n")
        installation.run("check")
        assert "✓ clock: " in (doctor := installation.run("doctor")).out
        assert doctor.status == 0
        with closing(sqlite3.connect(installation.folder / "state" / "watcher.db")) as connection, connection:
            moved = "strftime('%Y-%m-%d %H:%M:%f', {0}, '+8 hours')"
            columns = ", ".join(f"{one} = {moved.format(one)}" for one in ("last_checked", "last_ok"))
            assert connection.execute(f"UPDATE sources SET {columns}").rowcount == 1
        listed, doctor = installation.run("sources", "list"), installation.run("doctor")
        assert re.search(r"\ncol: last checked at 20\S+ \S+, which is still to come: the clock was ahead", listed.out)
        assert doctor.status == 1
        assert re.search(r"✗ clock: .* but col was checked at 20", doctor.out)
        assert "✗ sources: 0 of 1 read in their time" in doctor.out
        assert "✗ source col: last checked at" in doctor.out
        installation.run("check")
        assert installation.run("doctor").status == 0


def test_programs_are_told_what_is_usual() -> None:
    told = health_json(record(Health(SourceState.OK), Usual(Level((20.0, 19.0, 20.0)), trust=Trust(9, caught=True))))
    assert (told["state"], told["usual_entries"], told["conditional"]) == ("ok", 20, False)
    assert health_json(None)["state"] == "new"


@pytest.mark.parametrize(
    ("every", "last_ok", "behind"),
    [
        (Every(interval=HOUR), NOW - HOUR, False),
        (Every(interval=HOUR), NOW - 2.1 * HOUR, True),
        (Every(interval=HOUR), None, True),
        (Every(interval=HOUR), NOW + 8 * HOUR, True),
        (Every(cron="30 8 * * mon-fri"), NOW - timedelta(days=3), False),  # Friday afternoon: due this morning only
        (Every(cron="30 8 * * mon-fri"), NOW - timedelta(days=4), True),
    ],
)
def test_a_source_is_late_once_it_was_due_twice(every: Every, last_ok: datetime | None, behind: bool) -> None:
    health = Health(SourceState.OK if last_ok else SourceState.NEW, last_ok=last_ok)
    assert late([source(every=every)], [record(health)], NOW, SHANGHAI) == (["bureau"] if behind else [])


def test_doctor_names_a_page_that_could_mail_readers_no_way_out(installation: Installation) -> None:
    mail = "mail: 'mailtos://me:secret@smtp.example.org?from=a@example.org'"
    installation.configure(f"settings: {{{mail}}}\nsources: []\n")
    doctor = installation.run("doctor")
    assert doctor.status == 1
    assert "✗ web page: nobody can subscribe on it: `settings.mail` is set" in doctor.out
    assert "set `settings.public_url`" in doctor.out
    installation.configure(f"settings: {{{mail}, public_url: 'https://watch.example.org'}}\nsources: []\n")
    assert "web page" not in installation.run("doctor").out


def test_a_document_that_only_a_scan_holds_is_kept_and_doctor_counts_it(installation: Installation) -> None:
    title = "某市人民政府关于印发若干措施的通知"
    with Site() as site:
        settings = "settings: {allow_private_addresses: true, per_host_delay: 0s}\n"
        installation.configure(f"{settings}sources:\n  - {{id: bureau, url: '{site.url('/list/')}'}}\n")
        site.set("/list/", listing([(1, title, TODAY)]))
        files = "<p>附件：<a href='/files/1.pdf'>正文.pdf</a></p>"
        site.set("/art/1.html", page(title, f"<h1>{title}</h1><div class='content'>{files}</div>"))
        site.set("/files/1.pdf", Answer(body=pdf([]), headers=(("Content-Type", "application/pdf"),)))
        checked = installation.run("check")
    assert "1 near miss" in checked.out
    assert title in installation.run("list", "--near-misses").out
    diagnosed = installation.run("doctor")
    assert (diagnosed.status, "1 scan waits for OCR" in diagnosed.out) == (0, True)

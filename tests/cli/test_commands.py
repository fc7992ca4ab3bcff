"""Every command as a user meets it: exit status, standard output, one-line errors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Installation, configuration
from watcher.demo import articles
from watcher.demo.site import LISTING, Server, Site, article_html
from watcher.news import EventKind

COMMANDS = [
    ["run"], ["check"], ["list"], ["show"], ["export"], ["calendar"],
    ["feedback"], ["extract"], ["doctor"], ["subscribe"],
    ["sources"], ["subscriptions"], ["deliveries"], ["sources", "list"], ["sources", "test"], ["sources", "add"],
    ["sources", "remove"], ["subscriptions", "list"], ["subscriptions", "pause"], ["subscriptions", "resume"],
    ["subscriptions", "remove"], ["subscriptions", "test"], ["deliveries", "retry"],
]  # fmt: skip


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in (["sources"], ["subscriptions"])], ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str], installation: Installation) -> None:
    shown = installation.run(*command, "--help")
    assert shown.status == 0
    assert "Example: watcher " in shown.out


def test_help_and_docs_name_all_that_there_is_to_choose_from(installation: Installation) -> None:
    shown = installation.run("subscribe", "--help", columns=300).out
    assert [kind for kind in EventKind if kind.value not in shown] == [EventKind.DIGEST]
    documented = (Path(__file__).parents[2] / "docs/commands.md").read_text("utf-8")
    options = re.findall(r"^ +(--[a-z-]+) <", installation.run("--help", columns=300).out, re.M)
    assert options
    assert [option for option in options if f"`{option} " not in documented] == []


def test_list_without_any_state_says_so_and_exits_0(installation: Installation) -> None:
    listed = installation.run("list")
    assert listed.status == 0
    assert "no database" in listed.out
    assert installation.run("list", "--json").json() == []
    assert not (installation.folder / "state").exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("show", "7"), "no announcement 7"),
        (("list", "--since", "yesterday"), "--since 'yesterday'"),
        (("list", "--region", "山东"), "--region '山东'"),
        (("series", "市生态环境局", "--region", "山东"), "--region '山东'"),
        (("sources", "test", "ftp://a.example/"), "expected an address that starts with http:// or https://"),
        (("list", "--type", "law"), "--type 'law'"),
        (("list", "--query", "***"), "--query '***': expected a word"),
        (("export", "--format", "pdf"), "--format 'pdf': expected one of csv, jsonl, xlsx"),
        (("export", "--format", "csv"), "nothing to write"),
        (("check", "dmo"), "did you mean demo?"),
        (("sources", "test", "nothing"), "sources.yaml; there is demo"),
        (("list", "--source", "dmo"), "no source 'dmo' in "),
        (("list", "--source", "dmo", "--json"), "sources.yaml or the database; did you mean demo?"),
        (("export", "--format", "csv", "--source", "nothing"), "sources.yaml or the database; there is demo"),
        (("calendar", "--source", "nothing"), "no source 'nothing'"),
        (("reprocess", "--source", "nothing"), "no source 'nothing'"),
        (("subscribe", "json://127.0.0.1:9/", "--source", "nothing"), "sources.yaml; there is demo"),
        (("sources", "remove", "nothing"), "no source 'nothing'"),
        (("subscriptions", "pause", "nothing"), "nothing"),
        (("deliveries", "--status", "lost"), "--status 'lost'"),
        (("deliveries", "retry", "9"), "delivery 9"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_2(arguments: tuple[str, ...], part: str, watched: Installation) -> None:
    failed = watched.run(*arguments)
    assert failed.status == 2
    assert part in failed.err
    assert len(failed.err.strip().splitlines()) == 1
    assert "Traceback" not in failed.err


def test_what_a_source_found_is_listed_though_it_is_configured_no_more(watched: Installation) -> None:
    watched.run("check")
    found = watched.run("list", "--source", "demo").out
    assert "Nothing" not in found
    assert watched.run("why", "demo").err.startswith("watcher: demo is a source: `watcher sources list`")
    watched.configure("sources: [{id: other, url: 'http://a.example/'}]\n")
    assert watched.run("list", "--source", "demo").out == found
    assert watched.run("check", "demo").err.endswith("sources.yaml; there is other\n")
    (watched.folder / "sources.yaml").unlink()
    assert watched.run("list", "--source", "demo").out == found
    assert (
        watched.run("list", "--source", "nowhere").err
        == "watcher: no source 'nowhere' in the database; there is demo\n"
    )


def test_a_broken_configuration_names_file_line_and_key(installation: Installation) -> None:
    installation.configure("sources:\n  - id: a\n    name: 甲\n    url: http://a.example/\n    evry: 30m\n")
    failed = installation.run("check")
    assert failed.status == 2
    assert "sources.yaml:5" in failed.err
    assert "evry" in failed.err


def test_extract_prints_one_json_object_a_document_in_order(installation: Installation) -> None:
    page = installation.folder / "page.html"
    page.write_text(article_html(articles.SUBSIDY), encoding="utf-8")
    absent = installation.folder / "absent.html"
    done = installation.run("extract", str(page), str(absent), "-", "--json", stdin="市局召开例会。" * 5)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 1
    assert [line["input"] for line in lines] == [str(page), str(absent), "-"]
    assert lines[0]["announcement"] is True
    assert lines[1]["error"]["code"] == "not_found"
    assert lines[2]["announcement"] is False


def test_extract_explain_says_which_numbers_were_left_out(installation: Installation) -> None:
    page = installation.folder / "page.txt"
    page.write_text("某市出台8条措施\n\n某市税务局推出8条措施，实行“一窗受理”，最高补助50万元。\n", encoding="utf-8")
    [line] = [
        json.loads(text) for text in installation.run("extract", str(page), "--json", "--explain").out.splitlines()
    ]
    assert [figure["quote"] for figure in line["figures"]] == ["最高补助50万元"]
    assert all(one["reason"] for one in line["left_out"])
    assert any("8" in one["quote"] for one in line["left_out"])


def test_a_dead_source_fails_alone_and_the_others_go_on(installation: Installation, server: Server) -> None:
    dead = "  - {id: dead, name: 死, url: 'http://127.0.0.1:9/list/', every: 1h}\nsubscriptions:"
    installation.configure(configuration(server.port).replace("subscriptions:", dead))
    checked = installation.run("check")
    assert checked.status == 1
    assert "✓ demo" in checked.out
    assert "✗ dead" in checked.out
    states = {one["id"]: one["state"] for one in installation.run("sources", "list", "--json").json()}
    assert states == {"demo": "ok", "dead": "failing"}
    assert len(installation.run("list", "--json").json()) == 2


def test_check_says_what_to_do_about_a_page_without_a_list(watched: Installation) -> None:
    file = watched.folder / "sources.yaml"
    file.write_text(file.read_text("utf-8").replace(LISTING, articles.MEETING.path), encoding="utf-8")
    hint = watched.run("sources", "test", "demo", "--json").json()["problem"]["hint"]
    checked = watched.run("check")
    assert checked.status == 1
    assert hint in checked.out


def test_sources_test_shows_what_would_be_found_and_stores_nothing(watched: Installation, server: Server) -> None:
    done = watched.run("sources", "test", "demo", "--open", "2", "--json")
    found = done.json()
    assert done.status == 0
    assert (found["mechanism"], found["state"], found["problem"]) == ("automatic", "ok", None)
    assert found["entries"][0] == {
        "title": articles.SUBSIDY.title,
        "url": f"http://127.0.0.1:{server.port}{articles.SUBSIDY.path}",
        "date": articles.SUBSIDY.date,
    }
    assert [one["type"] for one in found["opened"]] == ["measures_news", "progress_report"]
    assert [(one["published"], one["measure_count"]) for one in found["opened"]] == [
        (articles.SUBSIDY.date, 12),
        ("2026-02-12", None),
    ]
    assert "最高300万元" in found["opened"][0]["figures"]
    shown = watched.run("sources", "test", "demo", "--open", "1").out
    assert f"✓ {articles.SUBSIDY.title}\n    measures_news 1.00, {articles.SUBSIDY.date}, 12 measures, " in shown
    assert not (watched.folder / "state").exists()


def test_sources_test_refuses_a_private_address_unless_the_configuration_allows_it(
    installation: Installation, server: Server
) -> None:
    done = installation.run("sources", "test", f"http://127.0.0.1:{server.port}{LISTING}", "--json")
    assert done.status == 1
    assert done.json()["problem"]["code"] == "address_refused"


def test_sources_are_added_and_removed_in_the_file_with_its_comments(watched: Installation, server: Server) -> None:
    file = watched.folder / "sources.yaml"
    file.write_text("# mine\n" + file.read_text("utf-8"), encoding="utf-8")
    added = watched.run("sources", "add", f"http://127.0.0.1:{server.port}{LISTING}?page=2", "--id", "second")
    assert added.status == 0, added.err
    assert [one["id"] for one in watched.run("sources", "list", "--json").json()] == ["demo", "second"]
    assert watched.run("sources", "remove", "second").status == 0
    assert [one["id"] for one in watched.run("sources", "list", "--json").json()] == ["demo"]
    assert file.read_text("utf-8").startswith("# mine\n")


def test_subscriptions_are_added_tested_paused_resumed_and_removed(
    watched: Installation, server: Server, site: Site
) -> None:
    to = f"json://user:hunter2@127.0.0.1:{server.port}/alerts?+X-Token=s3cret"
    added = watched.run("subscribe", to, "--id", "mine", "--region", "370000", "--keyword", "环评", "--test")
    assert added.status == 0, added.err
    assert len(site.alerts) == 1
    listed = {one["id"]: one for one in watched.run("subscriptions", "list", "--json").json()}
    assert listed["mine"]["where"]["regions"] == ["370000"]
    everything = added.out + added.err + json.dumps(listed) + watched.run("subscriptions", "list").out
    assert "hunter2" not in everything
    assert "s3cret" not in everything
    for command, status in (("pause", "paused"), ("resume", "active")):
        assert watched.run("subscriptions", command, "mine").status == 0
        found = {one["id"]: one["status"] for one in watched.run("subscriptions", "list", "--json").json()}
        assert found["mine"] == status
    assert watched.run("subscriptions", "remove", "mine").status == 0
    assert [one["id"] for one in watched.run("subscriptions", "list", "--json").json()] == ["hook"]


def test_deliveries_tell_what_was_sent(watched: Installation, site: Site) -> None:
    watched.run("check")
    site.publish(articles.FAST_TRACK)
    watched.run("check")
    [sent] = watched.run("deliveries", "--json").json()
    assert (sent["status"], sent["subscription"], sent["attempts"]) == ("sent", "hook", 1)
    assert 0 <= sent["seen_to_accepted_s"] < 60
    assert re.search(
        r"delay: median \d+\.\d s, worst .* from first sight to acceptance, of 1 alert accepted",
        watched.run("doctor").out,
    )
    assert watched.run("deliveries", "--status", "waiting", "--json").json() == []


def test_doctor_says_what_to_mend(watched: Installation) -> None:
    healthy = watched.run("doctor")
    assert healthy.status == 0, healthy.out
    watched.configure((watched.folder / "sources.yaml").read_text("utf-8").replace("json://", "nosuch://"))
    ill = watched.run("doctor")
    assert ill.status == 1
    assert "channel hook" in ill.out


def test_doctor_counts_subscriptions_wherever_they_were_added(watched: Installation) -> None:
    assert "1 source, 1 subscription\n" in watched.run("doctor").out
    assert watched.run("subscribe", "json://127.0.0.1:9/", "--id", "mine").status == 0
    assert "1 source, 2 subscriptions, 1 of them not of the file\n" in watched.run("doctor").out
    assert watched.run("subscriptions", "remove", "mine").status == 0
    assert "1 source, 1 subscription\n" in watched.run("doctor").out


def test_doctor_sets_off_all_mistakes_of_the_configuration(installation: Installation) -> None:
    installation.configure("settings: {proxi: a}\nsources: []\nfoo: 1\nbar: 2\n")
    first, second, third, *_ = installation.run("doctor").out.splitlines()
    assert first.startswith("✗ configuration: ")
    assert all(line.startswith(f"    {installation.folder}/sources.yaml:") for line in (second, third))


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("[]", "no source is configured in {}: `watcher sources add URL` adds one"),
        ("[{id: a, url: 'http://a.example/', enabled: false}]", "{} has 1 source, none of them enabled: "),
    ],
)
def test_where_nothing_is_watched_it_is_said(sources: str, said: str, installation: Installation) -> None:
    installation.configure(f"sources: {sources}\n")
    told = said.format(installation.folder / "sources.yaml")
    checked, doctor = installation.run("check"), installation.run("doctor")
    assert (checked.status, checked.err, doctor.status) == (0, "", 1)
    assert checked.out.startswith(told)
    assert f"\n    {told}" in doctor.out
    assert "0 of 0" not in doctor.out
    assert installation.run("sources", "list").out.startswith(told if sources == "[]" else "id ")


def test_doctor_tells_of_evidence_that_could_not_be_kept(watched: Installation) -> None:
    (watched.folder / "state").mkdir()
    (watched.folder / "state" / "archive").write_text("a file where the folder should be")
    assert watched.run("check").status == 0
    ill = watched.run("doctor")
    assert ill.status == 1
    assert re.search(r"✗ archive: 2 answers of the last 14 days could not be kept .*/archive.*: File exists", ill.out)


def test_doctor_alive_fails_where_no_service_runs(watched: Installation) -> None:
    assert watched.run("doctor", "--alive").status == 1


def test_output_to_a_pipe_has_no_colour_and_no_bars(watched: Installation) -> None:
    checked = watched.run("check")
    assert "\x1b" not in checked.out + checked.err


def test_what_was_found_is_searched_and_exported(watched: Installation) -> None:
    watched.run("check")
    (found,) = watched.run("list", "--query", "绿色金融 15亿", "--json").json()
    assert "绿色金融对接，力争新增绿色贷款15亿元以上" in found["hit"]["snippet"]
    assert "绿色贷款15亿元" in watched.run("list", "--query", "綠色貸款").out
    assert watched.run("list", "--query", "绿色金融 海关").out == "Nothing matches.\n"
    lines = watched.run("export", "--format", "csv", "--query", "绿色金融").out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["\ufeffid", str(found["id"])]
    told = watched.run("export", "--format", "xlsx", "--out", str(watched.folder / "all.xlsx"))
    assert told.out.startswith("2 announcements and ")
    assert (watched.folder / "all.xlsx").read_bytes().startswith(b"PK")
    assert "X-WR-CALNAME:watcher deadlines" in watched.run("calendar", "--language", "en").out
    refused = watched.run("calendar", "--language", "fr")
    assert (refused.status, "expected one of zh, en" in refused.err) == (2, True)
    calendar = watched.run("calendar", "--query", "绿色金融").out
    assert "SUMMARY:组织银行与不少于80家企业开展绿色金融对接" in calendar.replace("\n ", "")

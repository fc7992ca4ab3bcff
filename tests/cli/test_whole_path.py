"""Watch, detect, extract, store, alert, list: three passes over a site that changes once."""

from __future__ import annotations

from tests.cli.conftest import Installation
from watcher.demo import articles
from watcher.demo.site import LISTING, Site


def statuses(site: Site, since: int) -> list[int]:
    return [status for path, status in site.requests[since:] if path not in ("/alerts", "/robots.txt")]


def test_three_passes_give_a_silent_baseline_then_two_alerts_then_none(watched: Installation, site: Site) -> None:
    first = watched.run("check")
    assert (first.status, site.alerts) == (0, [])

    site.publish(articles.PENALTY)
    site.publish(articles.FAST_TRACK)
    site.publish(articles.SUBSIDY_EDITED)
    second = watched.run("check", "--recheck")
    assert second.status == 0, second.err
    events = {alert["event"]["kind"]: alert for alert in site.alerts}
    assert len(site.alerts) == 2
    assert events["new"]["event"]["title"] == articles.FAST_TRACK.title
    changed = events["changed"]
    assert changed["event"]["title"] == articles.SUBSIDY.title
    assert [(change["before"], change["after"]) for change in changed["event"]["changes"]] == [
        ("最高300万元", "最高500万元")
    ]
    assert "最高300万元" in changed["message"]
    assert "最高500万元" in changed["message"]

    before = len(site.requests)
    third = watched.run("check", "--recheck")
    assert third.status == 0
    assert len(site.alerts) == 2
    assert statuses(site, before)[0] == 304  # the list; who rechecks asks for the articles in full


def test_an_alert_holds_headline_issuer_region_date_figures_with_quotes_and_link(
    watched: Installation, site: Site
) -> None:
    watched.run("check")
    site.publish(articles.FAST_TRACK)
    watched.run("check")
    [alert] = site.alerts
    event = alert["event"]
    assert (event["issuer"], event["published"]) == ("淄博市生态环境局", "2026-03-10")
    assert event["region"] == {"name": "山东省淄博市", "code": "370300"}
    quotes = [figure["quote"] for figure in event["figures"]]
    assert "由20个工作日缩短至7个工作日" in quotes
    for part in (
        articles.FAST_TRACK.title,
        "淄博市生态环境局",
        "2026-03-10",
        "由20个工作日缩短至7个工作日",
        event["url"],
    ):
        assert part in alert["message"] + alert["title"]


def test_a_listing_that_answers_304_keeps_its_articles(watched: Installation, site: Site) -> None:
    watched.run("check")
    before = len(site.requests)
    assert watched.run("check").status == 0
    assert statuses(site, before) == [304]
    assert len(watched.run("list", "--json").json()) == 2


def test_notify_existing_alerts_on_the_first_pass(watched: Installation, site: Site) -> None:
    watched.run("check", "--notify-existing")
    assert {alert["event"]["title"] for alert in site.alerts} == {articles.SUBSIDY.title, articles.VISITS.title}


def test_list_json_is_the_contract_without_text(watched: Installation) -> None:
    watched.run("check")
    found = watched.run("list", "--json").json()
    assert [one["title"] for one in found] == [articles.SUBSIDY.title, articles.VISITS.title]
    [subsidy, visits] = found
    assert (subsidy["type"], visits["type"]) == ("measures_news", "progress_report")
    assert subsidy["source"] == "demo"
    assert subsidy["credit"]["name"] == articles.BUREAU
    assert subsidy["seen_at"][0]["url"] == subsidy["url"]
    assert subsidy["measure_count"] == 12
    assert (subsidy["revision"], subsidy["status"]) == (1, "active")
    assert "text" not in subsidy


def test_show_diff_names_the_old_and_the_new_figure(watched: Installation, site: Site) -> None:
    watched.run("check")
    site.publish(articles.SUBSIDY_EDITED)
    watched.run("check", "--recheck")
    [changed] = watched.run("list", "--changed", "--json").json()
    shown = watched.run("show", str(changed["id"]), "--diff")
    assert "由最高300万元提高到最高500万元" in shown.out
    older = watched.run("show", str(changed["id"]), "--revision", "1", "--json").json()
    assert "最高300万元" in [figure["quote"] for figure in older["figures"]]


def test_the_listing_page_itself_is_never_opened_as_an_article(watched: Installation, site: Site) -> None:
    watched.run("check")
    assert [path for path, _ in site.requests].count(LISTING) == 1

"""`watcher sources add`: what is shown, and what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Installation
from tests.sites import Answer, Site, redirect
from watcher.cli.naming import source_id, source_name
from watcher.config import load
from watcher.settings import JsonRule, ListingRule

SETTINGS = "settings:\n  allow_private_addresses: true\n  per_host_delay: 0s\n"
ENTRIES = [(f"/post_100{n}.html", f"某市推出第{n}批助企措施", f"2026-06-1{n}") for n in (5, 4, 3)]
RECORDS = "".join(f"<record><![CDATA[<li><a href='{u}'>{t}</a><b>{d}</b></li>]]></record>" for u, t, d in ENTRIES)
ROWS = json.dumps({"data": [{"title": t, "url": u, "date": d} for u, t, d in ENTRIES]})
HEAD = "<html><head><title>{}</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
JPAGE = "<script>$('#7').jpage({proxyUrl:'/dataproxy.jsp', perPage:2, ajaxParam:{columnid:5, unitid:'7'}})</script>"


@pytest.fixture
def column() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def user(installation: Installation) -> Installation:
    installation.configure(f"# mine\n{SETTINGS}sources: []   # none yet\n# the end\n")
    return installation


def listing_of(user: Installation, source_id: str) -> ListingRule | None:
    settings = load(str(user.folder / "sources.yaml"), state="s", database_url=None, environ={})
    source = settings.source(source_id)
    return source.listing if source else None


def test_a_list_is_shown_and_written_with_the_page_s_title(user: Installation, column: Site) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/dtxx/", f"{HEAD.format('动态 &amp; 公告_某局')}<ul>{rows}</ul>")
    done = user.run("sources", "add", column.url("/dtxx/"))
    assert done.status == 0, done.err
    assert "3 entries, found by: automatic" in done.out
    assert all(title in done.out and day in done.out for _, title, day in ENTRIES)
    text = (user.folder / "sources.yaml").read_text("utf-8")
    assert text.startswith(f"# mine\n{SETTINGS}sources:   # none yet\n  - id: ")
    assert 'name: "某局 动态 & 公告"\n' in text
    assert re.search(r"^  - id: \S+  # Last read: \d{4}-\d\d-\d\d\.$", text, re.MULTILINE)
    assert text.endswith("    every: 30m\n# the end\n")


@pytest.mark.parametrize("command", [["test"], ["add"]], ids=" ".join)
@pytest.mark.parametrize("columns", [80, 130])
@pytest.mark.parametrize("piped", [False, True], ids=["terminal", "pipe"])
def test_dates_titles_and_addresses_are_shown_whole(
    user: Installation, column: Site, command: list[str], columns: int, piped: bool
) -> None:
    long = [(f"/art/2026/{n}/art_{'0123456789' * 6}_{n}.html", f"{title}，进一步优化营商环境", day)
            for n, (_, title, day) in enumerate(ENTRIES)]  # fmt: skip
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in long)
    column.set("/dtxx/", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    asked = ("sources", *command, column.url("/dtxx/"))
    in_pipe = user.run(*asked, columns=columns).out.splitlines() if piped else None
    shown = in_pipe or user.on_terminal(*asked, columns=columns)
    for path, title, day in long:
        at = next((number for number, line in enumerate(shown) if line == f"{day}  {title}"), None)
        assert at is not None, shown
        assert "".join(line.strip() for line in shown[at + 1 : at + 3]).startswith(column.url(path))


def test_a_terminal_with_room_shows_each_entry_in_one_line(user: Installation, column: Site) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/dtxx/", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    shown = [line.split() for line in user.on_terminal("sources", "test", column.url("/dtxx/"), columns=100)]
    assert all([day, title, column.url(path)] in shown for path, title, day in ENTRIES)


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (JPAGE, "jpage"),
        ("<script>$.getJSON('/api/newsList', show)</script>", JsonRule(url="/api/newsList")),
        ("<ul id='list' data='datasource:4f3484af7ea244e7' preview='ds_'></ul>", JsonRule()),
        (f"<script>var articleList = {ROWS}; loadPageData(params, 7)</script>", JsonRule()),
    ],
    ids=["jpage", "address", "source", "carried"],
)
def test_a_list_that_a_script_fills_is_added_by_the_rule_that_its_page_suggests(
    user: Installation, column: Site, page: str, rule: ListingRule
) -> None:
    column.set("/col/", HEAD.format("政策文件") + page)
    column.set("/dataproxy.jsp", f"<datastore><totalrecord>3</totalrecord><recordset>{RECORDS}</recordset></datastore>")
    for path in ("/api/newsList", "/col/ds_4f3484af7ea244e7.json"):
        column.set(path, Answer(body=ROWS.encode(), headers=(("Content-Type", "application/json"),)))
    done = user.run("sources", "add", column.url("/col/"), "--id", "js")
    assert done.status == 0, done.out
    assert "3 entries" in done.out
    assert "a script fills this list" in done.out
    if isinstance(rule, JsonRule) and rule.url:
        rule = JsonRule(url=column.url(rule.url))
    assert listing_of(user, "js") == rule
    assert "name: 政策文件\n" in (user.folder / "sources.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://sthj.shandong.gov.cn/dtxx/dsdt/", "sthj-shandong-dsdt"),
        ("http://sthj.shandong.gov.cn/dtxx/dsdt/index.html", "sthj-shandong-dsdt"),
        ("https://www.mee.gov.cn/ywdt/dfnews/index_1.shtml", "mee-dfnews"),
        ("http://sthj.jining.gov.cn/col/col1234/index.html", "sthj-jining-col1234"),
        ("http://a.gov.cn/2026/06/zwgk/202606/list.html", "a-zwgk"),
        ("http://www.weifang.gov.cn/", "weifang"),
        ("http://weifang.gov.cn/feed.xml", "weifang-feed"),
        ("http://127.0.0.1:8124/dtxx/", "dtxx"),
        ("http://127.0.0.1:8124/", "source"),
        ("http://[::1]:80/xw/", "xw"),
        ("http://市.example/%E5%8A%A8/", "example"),
        ("http://taken.gov.cn/", "taken-3"),
    ],
)
def test_an_id_is_made_of_the_host_and_the_last_word_of_the_path(url: str, name: str) -> None:
    assert source_id(url, {"taken", "taken-2"}) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("工作动态_某市生态环境局", "某市生态环境局 工作动态"),
        ("工作动态-新闻中心-某市生态环境局", "某市生态环境局 工作动态"),
        ("某市人民政府门户网站-政务公开-政策文件", "某市人民政府 政策文件"),
        ("要闻 - 某城新闻网", "某城新闻网 要闻"),
        ("某市生态环境局", "某市生态环境局"),
        ("工作动态", "工作动态"),
        ("关于支持企业的若干措施", "关于支持企业的若干措施"),
    ],
)
def test_a_name_is_made_of_the_title_the_body_first(title: str, name: str) -> None:
    assert source_name(title) == name


def test_an_address_that_is_watched_is_not_added_again_unless_an_id_is_given(user: Installation, column: Site) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/dtxx/", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    column.set("/dtxx/index.html", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    assert user.run("sources", "add", column.url("/dtxx/")).status == 0
    before = (user.folder / "sources.yaml").read_text("utf-8")
    for path in ("/dtxx/", "/dtxx/index.html"):
        again = user.run("sources", "add", column.url(path), "--force")
        assert (again.status, again.out) == (2, "")
        assert "already watched as dtxx; give another --id" in again.err
    assert (user.folder / "sources.yaml").read_text("utf-8") == before
    assert user.run("sources", "add", column.url("/dtxx/"), "--id", "twice").status == 0


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><meta http-equiv='refresh' content='0; url=/zw/list.html'></head></html>",
        "<html><head><title>政务</title></head><body><iframe src='/zw/list.html'></iframe></body></html>",
        redirect("/zw/list.html", 301),
    ],
    ids=["refresh", "frame", "moved for good"],
)
def test_a_page_that_only_leads_to_the_list_is_added_by_the_address_of_the_list(
    user: Installation, column: Site, page: str | Answer
) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/zw/", page)
    column.set("/zw/list.html", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    done = user.run("sources", "add", column.url("/zw/"))
    assert done.status == 0, done.out
    assert f"only leads to the list, which is at {column.url('/zw/list.html')}" in done.out
    assert "3 entries" in done.out
    assert f"url: {column.url('/zw/list.html')}\n" in (user.folder / "sources.yaml").read_text("utf-8")
    assert "already watched as zw" in user.run("sources", "add", column.url("/zw/")).err


@pytest.mark.parametrize("command", [["test"], ["add"]], ids=" ".join)
def test_it_is_said_whether_an_older_page_is_seen(user: Installation, column: Site, command: list[str]) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/a/", f"{HEAD.format('动态')}<ul>{rows}</ul><a href='index_1.html'>下一页</a>")
    column.set("/b/", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    shown = user.run("sources", *command, column.url("/a/")).out
    assert f"Older entries, read after downtime: {column.url('/a/index_1.html')}" in shown
    assert "No older page is seen: of more than 3 entries" in user.run("sources", *command, column.url("/b/")).out
    for path, older in (("/a/", column.url("/a/index_1.html")), ("/b/", None)):
        assert user.run("sources", "test", column.url(path), "--json").json()["older"] == older


def test_the_key_in_an_address_of_data_is_not_shown(user: Installation, column: Site) -> None:
    data = json.dumps([{"title": title, "url": url, "date": day} for url, title, day in ENTRIES])
    column.set("/api", Answer(body=data.encode(), headers=(("Content-Type", "application/json"),)))
    rule = f"{{json: {{url: '{column.url('/api')}?key=s3cret&p={{page}}'}}}}"
    lines = f"  - {{id: api, url: '{column.url('/')}', listing: {rule}}}\n"
    user.configure(f"{SETTINGS}sources:\n{lines}")
    shown = user.run("sources", "test", "api").out
    assert f"Older entries, read after downtime: {column.url('/api')}?…" in shown
    assert "s3cret" not in shown + user.run("sources", "test", "api", "--json").out


def test_a_list_that_moved_for_good_is_shown_with_its_new_address(user: Installation, column: Site) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/old/", redirect("/zw/list.html", 301))
    column.set("/zw/list.html", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    new = column.url("/zw/list.html")
    assert f"moved for good: set `url: {new}`" in user.run("sources", "test", column.url("/old/")).out
    assert user.run("sources", "test", column.url("/old/"), "--json").json()["moved_to"] == new


def test_a_column_that_leads_to_the_home_page_is_no_list(user: Installation, column: Site) -> None:
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/", f"{HEAD.format('某市人民政府')}<ul>{rows}</ul>")
    column.set("/gone/", redirect("/"))
    done = user.run("sources", "add", column.url("/gone/"))
    assert (done.status, "[home_page]" in done.out) == (1, True)


def test_an_entry_is_written_in_one_go(user: Installation, column: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY", column.url("/").replace("http://", "http://me:geheim@").rstrip("/"))
    asked = ("--id", "f", "--region", "370700", "--listing", "feed", "--proxy", "${PROXY}", "--force")
    done = user.run("sources", "add", column.url("/feed"), *asked)
    assert done.status == 0, done.err
    settings = load(str(user.folder / "sources.yaml"), state="s", database_url=None, environ={"PROXY": "http://p:1"})
    source = settings.source("f")
    assert source is not None
    assert (source.region, source.listing, source.fetch.proxy) == ("370700", "feed", "http://p:1")
    text = (user.folder / "sources.yaml").read_text("utf-8")
    assert "geheim" not in text + done.out + done.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--region", "山东", "--region: "),
        ("--listing", "rss", "--listing: expected auto, feed"),
        ("--proxy", "10.0.0.1", "--proxy: expected a proxy such as"),
        ("--proxy", "${NOT_SET}", "--proxy: expected the environment variable NOT_SET"),
    ],
)
def test_an_option_that_means_nothing_is_refused(user: Installation, option: str, value: str, said: str) -> None:
    failed = user.run("sources", "add", "http://a.example/", option, value)
    assert (failed.status, failed.out) == (2, "")
    assert said in failed.err


def test_what_cannot_be_read_is_said_and_not_written(user: Installation, column: Site) -> None:
    column.set("/col/", HEAD.format("政策文件") + "<script>$.post('/api/queryList', show)</script>")
    before = (user.folder / "sources.yaml").read_text("utf-8")
    done = user.run("sources", "add", column.url("/col/"), "--id", "js")
    assert done.status == 1
    assert "/api/queryList" in done.out
    assert (user.folder / "sources.yaml").read_text("utf-8") == before
    assert user.run("sources", "add", column.url("/col/"), "--id", "js", "--force").status == 0
    assert listing_of(user, "js") == "auto"


def test_the_title_of_a_page_takes_nothing_from_the_environment_and_steers_no_terminal(
    user: Installation, column: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_PASS", "hunter2")
    rows = "".join(f"<li><a href='{u}'>{t}\x1b[31m[red]</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    title = "${SMTP_PASS} $${SMTP_PASS} &#36;{SMTP_PASS}" + chr(27) + "[2J"
    column.set("/x/", f"{HEAD.format(title)}<ul>{rows}</ul>")
    done = user.run("sources", "add", column.url("/x/"), "--id", "x")
    assert done.status == 0, done.err
    shown = done.out + user.run("sources", "list").out + user.run("sources", "list", "--json").out
    assert "hunter2" not in shown
    assert "\x1b" not in shown
    assert "[red]" in shown
    assert "$${SMTP_PASS}" in shown


@pytest.mark.parametrize(
    "page",
    [
        redirect("/list.html?k=${SMTP_PASS}", 301),
        f"{HEAD.format('动态')}<iframe src='/list.html?k=${{SMTP_PASS}}'></iframe>",
        f"<meta http-equiv='refresh' content='0; url=/list.html?k=${{SMTP_PASS}}'>{HEAD.format('动态')}",
    ],
    ids=["moved", "frame", "refresh"],
)
def test_an_address_that_a_page_names_takes_no_secret_along(
    user: Installation, column: Site, page: str | Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_PASS", "hunter2")
    rows = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in ENTRIES)
    column.set("/x/", page)
    column.set("/list.html?k=$%7BSMTP_PASS}", f"{HEAD.format('动态')}<ul>{rows}</ul>")
    tried = user.run("sources", "test", column.url("/x/"))
    assert "${" not in tried.out, "an address that can be copied into the configuration"
    done = user.run("sources", "add", column.url("/x/"), "--id", "x")
    assert done.status == 0, done.out
    assert "SMTP_PASS" in (user.folder / "sources.yaml").read_text("utf-8")
    assert "hunter2" not in user.run("sources", "list", "--json").out

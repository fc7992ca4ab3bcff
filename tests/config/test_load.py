"""A good `sources.yaml` becomes settings; a bad one is refused line by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import certifi
import pytest

from watcher.config import load
from watcher.errors import ConfigError, ConfigErrors
from watcher.news import EventKind
from watcher.settings import (
    CssRule,
    Every,
    FetchOptions,
    Follow,
    Keywords,
    Options,
    Settings,
    Source,
    Subscription,
    Where,
)

GOOD = """\
settings:
  timezone: Asia/Shanghai
  user_agent: "watcher/1.0 (+https://example.org/contact)"
  concurrency: 8
  per_host_delay: 0.5s
  backfill_days: 0
  proxy: socks5://127.0.0.1:1080
  public_url: https://watch.example.org
sources:
  - id: sea
    name: 海州市 工作动态
    url: http://sthj.example.gov.cn/dtxx/
    every: 30m
    region: "370000"
    follow: {max_new: 0, max_pages: 1, attachments: false}
  - id: lake
    url: https://lake.example.gov.cn/
    every: "*/30 8-20 * * mon-fri"
    region: 320800
    listing: {css: {item: "ul.list li", date: span}}
    enabled: false
    proxy: http://proxy.example:3128
    tls: legacy
    ca: authority.pem
    robots: ignore
subscriptions:
  - id: ops-mail
    to: "mailtos://${SMTP_USER}:${SMTP_PASS}@smtp.example.org?to=team@example.org"
    on: [new, withdrawn, source_trouble, deadline]
    remind: [3d, 30d]
    where:
      regions: ["370000"]
      types: [measures_document]
      topics: [环评审批]
      issuers: [生态环境局]
      sources: [sea]
      keywords: {any: [环评], none: [处罚]}
      figures: ["money >= 100万"]
    deliver: weekly mon 08:30
  - id: hook
    to: json://127.0.0.1:9/hook
    where: {keywords: [环评, 排污]}
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "sources.yaml"


def read(path: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    path.write_text(text, encoding="utf-8")
    return load(str(path), state="state", database_url=None, environ=environ or {})


def refusal(path: Path, text: str, environ: Mapping[str, str] | None = None) -> str:
    """Return why the text is refused, with the file's name for its path."""
    with pytest.raises(ConfigError) as caught:
        read(path, text, environ)
    return str(caught.value).replace(str(path), "sources.yaml")


def test_every_key_arrives(write: Path) -> None:
    (write.parent / "authority.pem").write_text(Path(certifi.where()).read_text("utf-8"), "utf-8")
    settings = read(write, GOOD, {"SMTP_USER": "me", "SMTP_PASS": "p%40ss"})

    assert settings.options == Options(
        user_agent="watcher/1.0 (+https://example.org/contact)",
        concurrency=8,
        per_host_delay_s=0.5,
        backfill_days=0,
        proxy="socks5://127.0.0.1:1080",
        public_url="https://watch.example.org",
    )
    assert settings.sources == (
        Source(
            id="sea",
            name="海州市 工作动态",
            url="http://sthj.example.gov.cn/dtxx/",
            every=Every(interval=timedelta(minutes=30)),
            region="370000",
            follow=Follow(max_new=0, max_pages=1, attachments=False),
        ),
        Source(
            id="lake",
            name="lake",
            url="https://lake.example.gov.cn/",
            every=Every(cron="*/30 8-20 * * mon-fri"),
            region="320800",
            listing=CssRule(item="ul.list li", date="span"),
            enabled=False,
            fetch=FetchOptions("http://proxy.example:3128", "legacy", str(write.parent / "authority.pem"), "ignore"),
        ),
    )
    assert settings.subscriptions == (
        Subscription(
            id="ops-mail",
            to="mailtos://me:p%40ss@smtp.example.org?to=team@example.org",
            on=(EventKind.NEW, EventKind.WITHDRAWN, EventKind.SOURCE_TROUBLE, EventKind.DEADLINE),
            where=Where(
                regions=("370000",),
                types=("measures_document",),
                topics=("环评审批",),
                issuers=("生态环境局",),
                sources=("sea",),
                keywords=Keywords(any=("环评",), none=("处罚",)),
                figures=("money >= 100万",),
            ),
            deliver="weekly mon 08:30",
            remind=(30, 3),
        ),
        Subscription(id="hook", to="json://127.0.0.1:9/hook", where=Where(keywords=Keywords(any=("环评", "排污")))),
    )


def test_the_file_of_the_repository_loads_without_any_variable() -> None:
    path = Path(__file__).parents[2] / "sources.yaml"

    settings = load(str(path), state="state", database_url=None, environ={})

    assert len(settings.sources) >= 12
    assert settings.subscriptions == ()


@pytest.mark.parametrize(
    "text", ["sources: []", "sources:", "settings:\nsources:\nsubscriptions:\n", "sources: []\n# end"]
)
def test_sections_may_be_empty(write: Path, text: str) -> None:
    assert read(write, text).sources == ()


def test_the_database_is_the_options_then_the_environments_then_a_file_in_state(write: Path, tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://db.example/watcher\n")
    write.write_text("sources: []")

    def database(option: str | None, environ: dict[str, str]) -> str:
        return load(str(write), state="/var/lib/w", database_url=option, environ=environ).database_url

    assert database("sqlite:///a.db", {"WATCHER_DATABASE_URL": "sqlite:///b.db"}) == "sqlite:///a.db"
    assert database(None, {"WATCHER_DATABASE_URL": "sqlite:///b.db"}) == "sqlite:///b.db"
    assert database(None, {"WATCHER_DATABASE_URL_FILE": str(secret)}) == "postgresql://db.example/watcher"
    assert database(None, {}) == "sqlite:////var/lib/w/watcher.db"


SOURCE = "sources:\n  - id: a\n    url: http://a.example/\n"
SUBSCRIPTION = "subscriptions:\n  - id: m\n    to: json://a.example/\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "sources.yaml: the file is empty; expected a list under sources:"),
        ("# only a comment", "sources.yaml: the file is empty; expected a list under sources:"),
        ("sources:\n  - id: a\n   url: x", "sources.yaml:3: invalid YAML: "),
        ("a: [1, 2", "sources.yaml:1: invalid YAML: "),
        (
            "sources:\n  - id: a\n\turl: x",
            "sources.yaml:3: invalid YAML: a tab in column 1: YAML is indented by blanks",
        ),
        ("sources:\r\n  -\tid: a", "sources.yaml:2: invalid YAML: a tab in column 4: YAML is indented by blanks"),
        (
            "sources:\n  - id: a\n    name: b: c",
            "sources.yaml:3: invalid YAML: mapping values are not allowed in this ",
        ),
        ("settings: @a", "sources.yaml:1: invalid YAML: found character that cannot start any token: quote a text"),
        ("- a\n- b", "sources.yaml:1: expected keys with values, got a list"),
        ("sources: {}", "sources.yaml:1: sources: expected a list, got keys with values"),
        ("sources:\n  - text", "sources.yaml:2: sources[0]: expected keys with values, got 'text'"),
        ("source: []", "sources.yaml:1: source: unknown key; did you mean 'sources'?"),
        (SOURCE + "    evry: 1h", "sources.yaml:4: sources[0].evry: unknown key; did you mean 'every'?"),
        (SOURCE + "    qqq: 1h", "sources.yaml:4: sources[0].qqq: unknown key; expected one of id, url, name, every"),
        (SOURCE + "    id: b", "sources.yaml:4: sources[0].id: expected each key once, but it stands on line 2 too"),
        ("sources:\n  - id: a", "sources.yaml:2: sources[0].url: expected a value, but the key is missing"),
        (SOURCE + "  - id: a\n    url: http://b.example/", "sources.yaml:4: sources[1].id: expected an id used once"),
        (
            "sources:\n  - {id: A_b, url: 'http://a.example'}",
            "sources[0].id: expected small letters, digits and hyphens",
        ),
        ("sources:\n  - {id: a, url: 'ftp://a.example'}", "sources[0].url: expected an address that starts with http"),
        ("sources:\n  - {id: a, url: 'http://'}", "sources[0].url: expected an address that starts with http"),
        ("sources:\n  - {id: a, url: 'http://a.example:99999'}", "sources[0].url: expected an address"),
        ("sources:\n  - {id: a, url: 'http://a b'}", "sources[0].url: expected an address"),
        (SOURCE + "    every: 30", "sources.yaml:4: sources[0].every: expected a time such as 30s, 15m, 6h or 1d"),
        (SOURCE + "    every: 0.2s", "sources[0].every: expected a time of at least 1s and at most 366d, got '0.2s'"),
        (SOURCE + "    every: 0 9 * * 1", "expected day names (mon-fri) in the fifth cron field: numbers are counted"),
        (SOURCE + "    every: 0 25 * * *", "expected 0 to 23 in the cron field for hours, got '0 25 * * *'"),
        (SOURCE + "    every: 0 9 31 2 *", "expected a day that exists in one of the months"),
        (SOURCE + "    region: '37'", "sources[0].region: expected the six digits of a region code"),
        (SOURCE + "    enabled: yes", "sources[0].enabled: expected true or false, got 'yes'"),
        (SOURCE + "    listing: atuo", "sources[0].listing: expected auto, feed, sitemap, page, json, jpage, {css:"),
        (
            SOURCE + "    listing: {css: {item: a, itm: li}}",
            "sources[0].listing.css.itm: unknown key; did you mean 'item'?",
        ),
        (SOURCE + "    follow: {max_new: -1}", "sources[0].follow.max_new: expected a number of at least 0, got '-1'"),
        (SOURCE + "    follow: {max_new: '3'}", "sources[0].follow.max_new: expected a whole number, got '3'"),
        (SOURCE + "    proxy: ftp://u:geheim@p.example", "sources[0].proxy: expected a proxy such as http://host:8080"),
        (SOURCE + "    tls: old", "sources[0].tls: expected standard or legacy"),
        (SOURCE + "    robots: no", "sources[0].robots: expected obey or ignore"),
        (
            SOURCE + "    ca: missing.pem",
            "certificates (PEM): No such file",
        ),
        (
            SOURCE + "    ca: sources.yaml",
            "expected the path of a file of certificates (PEM): it holds none",
        ),
        (
            "settings: {timezone: Asia/Shangai}",
            "settings.timezone: expected the name of a time zone such as Asia/Shanghai",
        ),
        ("settings: {timezone: Asia}", "settings.timezone: expected the name of a time zone"),
        ("settings: {user_agent: 望}", "settings.user_agent: expected plain ASCII text"),
        ("settings: {per_host_delay: 1}", "settings.per_host_delay: expected a time such as 1s"),
        ("settings: {concurrency: 0}", "settings.concurrency: expected a number of at least 1, got '0'"),
        (SUBSCRIPTION + "    on: [new, chnged]", "subscriptions[0].on[1]: expected new, changed"),
        (SUBSCRIPTION + "    on: []", "subscriptions[0].on: expected at least one entry"),
        (SUBSCRIPTION + "    deliver: daily 8:30", 'expected instant, hourly, "daily 08:30" or "weekly mon 08:30"'),
        (SUBSCRIPTION + "    remind: [3d]", "subscriptions[0].remind: expected `deadline` in `on`"),
        (SUBSCRIPTION + "    on: [deadline]\n    remind: [3]", "expected days before a deadline, such as 14d or 3d"),
        (SUBSCRIPTION + "    on: [deadline]\n    remind: [400d]", "at most 365d, got '400d'"),
        (SUBSCRIPTION + "    where: {types: [other]}", "expected measures_document, measures_news or progress_report"),
        (
            SUBSCRIPTION + "    where: {topics: [环评]}",
            "where.topics[0]: expected a topic of docs/topics.md, got '环评'",
        ),
        (
            SUBSCRIPTION + "    where: {sources: [b]}",
            "where.sources[0]: expected the id of a source of this file, got 'b'",
        ),
        (SUBSCRIPTION + "    where: {keywords: 环评}", "where.keywords: expected keys with values, got '环评'"),
        (SUBSCRIPTION + "    where: {keywords: {ayn: [环评]}}", "where.keywords.ayn: unknown key; did you mean 'any'?"),
        (SUBSCRIPTION + "    where: {keywords: ['']}", "where.keywords[0]: expected text, got nothing"),
        (SUBSCRIPTION + "    where: {figures: [money > viel]}", "where.figures[0]: expected a condition such as"),
        ("subscriptions:\n  - {id: m, to: geheim}", "subscriptions[0].to: expected an apprise address"),
        (
            "subscriptions:\n  - {id: m, to: '${NOPE}'}",
            "expected the environment variable NOPE (or NOPE_FILE) to be set",
        ),
    ],
)
def test_what_is_wrong_is_said_with_line_and_key(write: Path, text: str, expected: str) -> None:
    refused = refusal(write, text)

    assert expected in refused
    assert "\n" not in refused
    assert "geheim" not in refused


def test_several_problems_are_told_together_in_order(write: Path) -> None:
    with pytest.raises(ConfigErrors) as caught:
        read(write, SUBSCRIPTION + "    deliver: never\n" + SOURCE + "    every: never\n    enabled: maybe\n")

    assert [error.line for error in caught.value.errors] == [4, 8, 9]
    assert len(str(caught.value).splitlines()) == 3


def test_a_missing_file_says_how_to_name_another(write: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; name yours with --config or WATCHER_CONFIG"):
        load(str(write), state="state", database_url=None, environ={})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(str(tmp_path), state="state", database_url=None, environ={})


def test_another_encoding_is_refused_with_its_line(write: Path) -> None:
    write.write_bytes("# one\nsources: []  # 潍坊\n".encode("gb18030"))

    with pytest.raises(ConfigError, match="yaml:2: expected UTF-8 text"):
        load(str(write), state="state", database_url=None, environ={})


def test_a_byte_order_mark_does_not_matter(write: Path) -> None:
    assert read(write, "\ufeffsources: []").sources == ()


# Nine aliases of nine aliases …: 9**9 values in a few lines.
LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "sources: " + "[" * 2000,
        "sources: " + "[" * 200_000 + "]" * 200_000,
        "sources: " + "{a: " * 200 + "}" * 200,
        LAUGHS,
        "? [a, b]\n: c",
        "a: !!python/object:os.system x",
        "%YAML 1.1\n---\nsources: 2024-99-99",
        "sources: 0x" + "f" * 5000,
        "--- a\n--- b",
        "a: \"\\UFFFFFFFF\"",
        "a: \x00",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_yaml_is_refused(write: Path, text: str) -> None:
    assert refusal(write, text).startswith("sources.yaml")


def test_aliases_may_share_a_value(write: Path) -> None:
    text = SOURCE + "    follow: &few {max_new: 2}\n  - {id: b, url: 'http://b.example/', follow: *few}\n"

    assert [source.follow.max_new for source in read(write, text).sources] == [2, 2]

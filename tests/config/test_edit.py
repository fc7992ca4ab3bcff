"""Sources added to and removed from files as people write them: every other byte stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from watcher.config import load
from watcher.config.edit import add_source, remove_source
from watcher.errors import ConfigError

ENTRY: dict[str, object] = {"id": "new", "name": "新：一 #1", "url": "http://a.example.cn/x?y=1&z=2", "every": "30m"}
A = "  - id: a\n    url: http://a.cn/\n"

FILES = {
    "comments": "# head\nsettings:\n  timezone: UTC\nsources:\n  # of a\n  - id: a   # t\n    url: http://a.cn/  # u\n"
    "    # inside a\n\n  # of b\n  - id: b\n    url: http://b.cn/\n  # behind b\n\nsubscriptions:\n  # - id: x\n",
    "no key": "settings:\n  timezone: UTC\n# end\n",
    "no value": "sources:\nsubscriptions: []\n",
    "no value, comments": "sources:   # none yet\n  # - id: example\nsettings:\n  timezone: UTC\n",
    "quoted key": "'sources':\n",
    "a key in a comment": "# sources:\nsettings:\n  timezone: UTC\nsources:\n",
    "not indented": "sources:\n- id: a\n  url: http://a.cn/\nsettings:\n  timezone: UTC\n",
    "wide": "sources:\n    -   id: a\n        url: http://a.cn/\n",
    "dash on its own line": "sources:\n  -\n    id: a\n    url: http://a.cn/\n",
    "CRLF": "# h\r\nsources:\r\n  - id: a\r\n    url: http://a.cn/\r\n# z\r\n",
    "byte order mark": f"\ufeffsources:\n{A}",
    "an entry in braces": "sources:\n  - {id: a, url: http://a.cn/}   # a\n",
    "braces, one line": "sources: [{id: a, url: http://a.cn/}] # all\n",
    "braces, lines": "sources: [\n  {id: a, url: http://a.cn/},  # a\n  {id: b, url: http://b.cn/}   # b\n]\n",
    "alias at the end": "sources:\n  - id: b\n    url: http://b.cn/\n    follow: &f {max_new: 3}\n"
    f"{A}    follow: *f\n",
    "anchor": "sources:\n  - &x\n    id: a\n    url: http://a.cn/\nsettings:\n  timezone: UTC\n",
    "document marks": f"%YAML 1.2\n---\nsources:\n{A}...\n",
    "block scalar": f"sources:\n{A}    name: >-\n      long\n      name\n\nsettings:\n  timezone: UTC\n",
    "block scalar at the end": f"sources:\n{A}    name: |\n      long\n",
    "empty value": f"sources:\n{A}    region:\nsettings:\n  timezone: UTC\n",
    "deep value": f"sources:\n{A}    listing:\n      css:\n        item: li\n        link: a\n",
    "a dash in a comment": f"sources:\n{A}  # a - b\n  # - c\n  - id: b\n    url: http://b.cn/\n",
    "odd line breaks": f'sources:\n{A}    name: "x\u2028y"\n',
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sources.yaml"


def ids(path: Path) -> list[str]:
    return [source.id for source in load(str(path), state="s", database_url=None, environ={}).sources]


def is_inserted_into(text: str, longer: str) -> bool:
    """Whether `longer` is `text` with one piece put in somewhere."""
    at = next((n for n, (one, other) in enumerate(zip(text, longer, strict=False)) if one != other), len(text))
    return longer.endswith(text[at:])


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_source_is_added_behind_the_last_and_all_else_stays(text: str, path: Path) -> None:
    path.write_bytes(text.encode())
    before = ids(path)
    add_source(str(path), ENTRY)
    assert ids(path) == [*before, "new"]
    assert is_inserted_into(text, path.read_bytes().decode())

    remove_source(str(path), "new")
    back = path.read_bytes().decode()
    assert back in (text, f"{text}sources:\n")


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_each_source_can_be_removed_and_all_else_stays(text: str, path: Path) -> None:
    path.write_bytes(text.encode())
    for source_id in ids(path):
        path.write_bytes(text.encode())
        left = [one for one in ids(path) if one != source_id]
        if (not left and "settings" not in text) or f"id: {source_id}\n    url: http://b.cn/\n    follow: &f" in text:
            continue  # a file that says nothing is refused, and one whose other sources need what goes
        remove_source(str(path), source_id)
        assert ids(path) == left
        assert all(f"#{comment}" in path.read_text("utf-8") for comment in (" head", " of b", " z") if comment in text)


@pytest.mark.parametrize("empty", ["[]", "null", "~", "[ ]  # none"])
def test_an_empty_value_gives_way(empty: str, path: Path) -> None:
    path.write_text(f"settings:\n  timezone: UTC\nsources: {empty}\n# z\n")
    add_source(str(path), ENTRY)
    assert ids(path) == ["new"]
    assert path.read_text().endswith("\n# z\n")


def test_a_file_that_ends_without_a_line_break_gets_one(path: Path) -> None:
    path.write_text(f"sources:\n{A}".rstrip("\n"))
    add_source(str(path), ENTRY)
    assert path.read_text().startswith(f"sources:\n{A}  - id: new\n")


@pytest.mark.parametrize(
    "text",
    [
        "{sources: [{id: a, url: http://a.cn/}]}\n",
        "sources: {a: b}\n",
        "sources:\n  - id: new\n    url: http://a.cn/\n",
        f"sources:\n{A}settings: {{timezone: ${{ZONE}}}}\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused_and_left_as_it_is(text: str, path: Path) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"not changed|expected a list"):
        add_source(str(path), ENTRY)
    assert path.read_text() == text
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_source_that_is_not_there_cannot_be_removed(path: Path) -> None:
    path.write_text(f"sources:\n{A}")
    with pytest.raises(ConfigError, match="no source 'b'"):
        remove_source(str(path), "b")


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "12",
        "1.5",
        "a: b",
        "x # y",
        "'",
        '"',
        "- a",
        "[a]",
        "{a}",
        " a ",
        "a\nb",
        "%a",
        "@a",
        "null",
        "新 闻",
        "${HOME}",
        "$${HOME}",
        "1e5",
        "1.5e+3",
        "0x1F",
        "0o17",
        "2026年",
        "通知公告 - 栏目",
    ],
)
def test_any_text_is_written_so_that_it_is_read_back(value: str, path: Path) -> None:
    path.write_text("sources:\n")
    add_source(str(path), {"id": "new", "url": "http://a.cn/", "name": value})
    [added] = load(str(path), state="s", database_url=None, environ={"HOME": "geheim"}).sources
    assert added.name == " ".join(value.split())


def test_nothing_of_an_entry_is_filled_but_what_is_said_to_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY", "http://p:1")
    path.write_text("sources:\n")
    listing = {"json": {"url": "http://a.cn/?k=${KEY}"}}
    add_source(str(path), {"id": "new", "url": "http://a.cn/${KEY}", "listing": listing}, filled={"proxy": "${PROXY}"})
    environ = {"KEY": "geheim", "PROXY": "http://p:1"}
    [added] = load(str(path), state="s", database_url=None, environ=environ).sources
    assert (added.url, added.listing_url) == ("http://a.cn/${KEY}", "http://a.cn/?k=${KEY}")
    assert added.fetch.proxy == "http://p:1"


def test_a_rule_is_written_too(path: Path) -> None:
    path.write_text("sources:\n")
    add_source(str(path), {"id": "new", "url": "http://a.cn/", "listing": {"json": {"items": "data.rows"}}})
    assert '    listing: {"json": {"items": "data.rows"}}\n' in path.read_text()


def test_mode_and_link_are_kept(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "etc" / "watcher.yaml"
    kept.parent.mkdir()
    kept.write_text(f"sources:\n{A}")
    kept.chmod(0o640)
    path.symlink_to(kept)
    add_source(str(path), ENTRY)
    assert path.is_symlink()
    assert ids(kept) == ["a", "new"]
    assert kept.stat().st_mode & 0o777 == 0o640
    assert kept.stat().st_uid == os.getuid()

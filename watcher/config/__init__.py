"""`sources.yaml` and the environment -> `Settings`, all of it checked before anything starts.

Every refusal is one line that names file, line, key and what was expected; several problems are reported together.
Loads no channel library: whether an address in `to` can be used is asked by `notify.check_address`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.config.secrets import Environment, UnsetError
from watcher.errors import ConfigError, ConfigErrors, NotifyError

if TYPE_CHECKING:
    from watcher.config.tree import Tree
    from watcher.settings import Settings

__all__ = ["database_address", "load"]


def load(
    path: str,
    *,
    state: str,
    database_url: str | None,
    environ: Mapping[str, str],
    check_address: Callable[[str], None] | None = None,
) -> Settings:
    """Read and check the file at `path`.

    Args:
        state: folder of the default database.
        database_url: see `database_address`.
        environ: where `${NAME}` in the file is looked up, or in the file that `NAME_FILE` names.
        check_address: raises NotifyError for an address in `to` that no channel can be made of. Given by those who
            send (`notify.check_address`): it loads the channel library, which who only reads need not wait for.
    Raises:
        ConfigError: why the file is refused; `ConfigErrors` for several problems.
    """
    # pydantic takes its time to import: only who reads a configuration pays for it.
    from watcher.config.schema import to_settings
    from watcher.config.tree import read_tree

    tree = read_tree(_text_of(path), path, Environment(environ))
    address = database_address(database_url, state, environ)
    settings, problems = to_settings(tree, path, state=state, database_url=address)
    if settings is not None and check_address is not None:
        _check_channels(settings, tree, check_address)
        problems = tree.problems
    if problems:
        raise _together(problems)
    assert settings is not None  # the schema gives settings or problems
    return settings


def database_address(option: str | None, state: str, environ: Mapping[str, str]) -> str:
    """Where the database is: `option` wins over `WATCHER_DATABASE_URL` (or `…_FILE`), that over SQLite in `state`.

    Raises:
        ConfigError: the file that the environment names cannot be read.
    """
    try:
        named = option or Environment(environ).find("WATCHER_DATABASE_URL")
    except UnsetError as exc:
        raise ConfigError("environment", None, None, str(exc)) from exc
    return named or f"sqlite:///{Path(state) / 'watcher.db'}"


def _check_channels(settings: Settings, tree: Tree, check_address: Callable[[str], None]) -> None:
    for index, subscription in enumerate(settings.subscriptions):
        try:
            check_address(subscription.to)
        except NotifyError as exc:
            tree.refuse(("subscriptions", index, "to"), str(exc))


def _text_of(path: str) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as exc:
        advice = (
            "no such file; name yours with --config or WATCHER_CONFIG (docs/configuration.md shows how to write it)"
        )
        raise ConfigError(path, None, None, advice) from exc
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise ConfigError(path, line, None, "expected UTF-8 text; save the file in that encoding") from exc
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise ConfigError(path, None, None, f"cannot be read: {reason}") from exc
    return text


def _together(problems: list[ConfigError]) -> ConfigError:
    if len(problems) == 1:
        return problems[0]
    return ConfigErrors(tuple(sorted(problems, key=lambda problem: problem.line or 0)))

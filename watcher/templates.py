"""The operator's own templates of messages: read from their folder and tried, before anything starts."""

from __future__ import annotations

from pathlib import Path

from watcher.errors import ConfigError, TemplateError
from watcher.render.forms import NAMES, Templates
from watcher.render.trying import try_templates

_KEY = "settings.templates"


def read_templates(folder: str) -> Templates:
    """The templates of a folder; what it lacks is ours.

    Raises:
        ConfigError: there is no such folder, or a file in it is none of ours, cannot be read, or fails.
    """
    templates = Templates({path.name: _text(path) for path in _files(folder)}, folder)
    try:
        for _ in try_templates(templates):
            pass
        templates.look_for_blocks()
    except TemplateError as exc:
        raise ConfigError(exc.name, exc.line, None, exc.reason) from exc
    return templates


def _files(folder: str) -> list[Path]:
    try:
        found = sorted(path for path in Path(folder).iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the path
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise ConfigError(folder, None, _KEY, f"expected a folder of templates: {reason}") from exc
    for path in found:
        if path.suffix == ".j2" and path.name not in NAMES:
            raise ConfigError(str(path), None, None, f"expected a template called one of {', '.join(NAMES)}")
    return [path for path in found if path.name in NAMES]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ConfigError(str(path), None, None, "expected UTF-8 text; save the file in that encoding") from exc
    except OSError as exc:
        raise ConfigError(str(path), None, None, f"cannot be read: {exc.strerror}") from exc

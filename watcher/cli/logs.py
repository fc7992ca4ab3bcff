"""Logs on standard error: a line an event, as text for people or as JSON for machines."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

# `links=3`, `message='no answer'`: as every module of watcher writes its facts.
_FIELD: Final = re.compile(r"""(?:^|(?<=\s))([a-z][a-z0-9_]*)=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+)""")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def set_up_logging(level: int, zone: str, form: LogFormat) -> None:
    """Log to standard error; addresses with secrets are masked whatever library logs them."""
    from watcher.notify import RedactingFilter

    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(RedactingFilter())
    handler.setFormatter((JsonFormatter if form is LogFormat.JSON else LocalFormatter)(ZoneInfo(zone)))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("watcher").setLevel(level)


class LocalFormatter(logging.Formatter):
    """One line an event, its time in the configured zone with the offset."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._zone = zone

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        return datetime.fromtimestamp(record.created, self._zone).isoformat(timespec="milliseconds")


class JsonFormatter(LocalFormatter):
    """The same as an object a line; `fields` are the facts that the message holds as key=value."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        told = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
            "fields": {key: _value(written) for key, written in _FIELD.findall(message)},
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            told["traceback"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


def _value(written: str) -> str | int | float:
    if written[0] in "'\"":
        import ast

        try:
            return str(ast.literal_eval(written))
        except (ValueError, SyntaxError):  # a quotation mark of the text's own
            return written
    if _NUMBER.fullmatch(written):
        return float(written) if "." in written else int(written)
    return written

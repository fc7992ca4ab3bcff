"""The small grammars of the file: intervals, addresses, regions, times. Each raises ValueError("expected …").

Pure, except that time zones are looked up in the system's table.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from watcher.choosing import age
from watcher.config.cron import check_cron
from watcher.data import divisions
from watcher.match import NATIONWIDE
from watcher.settings import Every

INTERVAL = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,3})?) ?(s|m|h|d)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_S = 366 * 86400

_EVERY = "expected a time such as 30s, 15m, 6h or 1d, or five cron fields such as '*/30 8-20 * * mon-fri'"
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_DELIVER = re.compile(rf"instant|hourly|daily {_CLOCK}|weekly (?:{_WEEKDAYS}) {_CLOCK}")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
_ADDRESS = re.compile(r"[a-z][a-z0-9]*://\S+", re.I)


def parse_seconds(value: object) -> float:
    """Read "1s" or "0.5s" as seconds."""
    found = INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError("expected a time such as 1s, 0.5s or 2m")
    return float(found[1]) * SECONDS[found[2]]


def parse_keep(value: object) -> int:
    """Read "90d" or "2y" as days. Less than a quarter would forget what `doctor` and `why` are asked about."""
    expected = "expected an age of 90d to 100y, such as 90d, 26w or 2y"
    try:
        days = age(value).days if isinstance(value, str) else 0
    except ValueError as exc:
        raise ValueError(expected) from exc
    if not 90 <= days <= 100 * 365:
        raise ValueError(expected)
    return days


def parse_every(value: object) -> Every:
    if not isinstance(value, str):
        raise ValueError(_EVERY)
    text = " ".join(value.split())
    if text.count(" ") == 4:
        check_cron(text)
        return Every(cron=text)
    try:
        seconds = parse_seconds(text)
    except ValueError as exc:
        raise ValueError(_EVERY) from exc
    if not 1 <= seconds <= LONGEST_S:
        raise ValueError("expected a time of at least 1s and at most 366d")
    return Every(interval=timedelta(seconds=seconds))


def parse_url(value: object) -> str:
    text = _address(value, ("http", "https"), "an address that starts with http:// or https://")
    if "@" in urlsplit(text).netloc:
        raise ValueError("expected an address without a user name before its host")
    return text


def parse_proxy(value: object) -> str:
    schemes = ("http", "https", "socks5", "socks5h")
    return _address(value, schemes, "a proxy such as http://host:8080 or socks5://host:1080")


def _address(value: object, schemes: tuple[str, ...], wanted: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected {wanted}")
    text = value.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as exc:
        raise ValueError(f"expected {wanted}, with a port of at most 65535 if any") from exc
    if parts.scheme.lower() not in schemes or not parts.hostname or port == 0:
        raise ValueError(f"expected {wanted}")
    if _BLANK.search(text):
        raise ValueError(f"expected {wanted}, without spaces")
    return text


def parse_selector(value: object) -> str:
    """Read a CSS selector; the library that will use it says whether it is one."""
    from soupsieve import compile as compile_selector
    from soupsieve.util import SelectorSyntaxError

    text = parse_text(value)
    try:
        compile_selector(text)
    except (SelectorSyntaxError, ValueError, NotImplementedError) as exc:
        raise ValueError("expected a CSS selector such as 'ul.list > li'") from exc
    return text


def parse_channel(value: object) -> str:
    """Read the address of a subscription; whether its service exists is for `notify.check_address` to say."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value.strip()):
        raise ValueError("expected an apprise address such as mailtos://… or dingtalk://… (docs/subscriptions.md)")
    return value.strip()


def parse_mail(value: object) -> str:
    """Read the address of a mail server, whose recipient is for others to fill in."""
    text = parse_channel(value)
    if text.partition("://")[0].lower() not in ("mailto", "mailtos"):
        raise ValueError("expected the address of a mail server such as mailtos://user:password@smtp.example.org")
    return text


def parse_region(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{6}", text):
        raise ValueError('expected the six digits of a region code, such as "370000" for 山东省')
    if text != NATIONWIDE and text not in divisions.load().by_code:
        raise ValueError("expected the code of a division (GB/T 2260) that there is or was")
    return text


def parse_deliver(value: object) -> str:
    text = " ".join(value.lower().split()) if isinstance(value, str) else ""
    if not _DELIVER.fullmatch(text):
        raise ValueError('expected instant, hourly, "daily 08:30" or "weekly mon 08:30" (hours with two digits)')
    return text


def parse_quiet(value: object) -> str:
    text = "".join(value.split()) if isinstance(value, str) else ""
    start, _, end = text.partition("-")
    if not re.fullmatch(rf"{_CLOCK}-{_CLOCK}", text) or start == end:
        raise ValueError('expected hours in which nothing is sent, such as "22:00-07:30"')
    return text


def parse_days(value: object) -> int:
    """Read "14d" as days; 0d is the day itself."""
    found = re.fullmatch(r"(\d{1,3})d", value.strip()) if isinstance(value, str) else None
    if not found or int(found[1]) > 365:
        raise ValueError("expected days before a deadline, such as 14d or 3d, at most 365d")
    return int(found[1])


def parse_timezone(value: object) -> str:
    expected = "expected the name of a time zone such as Asia/Shanghai"
    if not isinstance(value, str):
        raise ValueError(expected)
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError) as exc:  # a folder of the table is an OSError
        raise ValueError(expected + suggestion(value, available_timezones())) from exc
    return value


def parse_id(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9-]{1,64}", value):
        raise ValueError("expected small letters, digits and hyphens, at most 64")
    return value


def parse_text(value: object) -> str:
    """Read one line of text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected text")
    return " ".join(value.split())


def parse_user_agent(value: object) -> str:
    text = parse_text(value)
    if not text.isascii() or not text.isprintable():
        raise ValueError("expected plain ASCII text, since it is sent as an HTTP header")
    return text


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'X'?" for the nearest of `known`, or nothing."""
    near = difflib.get_close_matches(given[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""

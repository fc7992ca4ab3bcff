"""The form of `/subscribe`, read: a wish, and beside each field what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from watcher import choosing
from watcher.conditions import parse_condition
from watcher.extract.topics import vocabulary
from watcher.settings import Language
from watcher.web.places import code_of
from watcher.web.problems import Problem
from watcher.web.site import Form
from watcher.web.wishes import Wish

T = TypeVar("T")

EVENTS: Final = ("new", "changed", "wording", "repost", "withdrawn", "deadline")
RHYTHMS: Final = ("instant", "hourly", "daily", "weekly")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
# What a link in a mail can carry.
MOST: Final = 10
LONGEST: Final = 40
_SEPARATORS: Final = re.compile(r"[\s,，、;；]+")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAYS: Final = re.compile(r"(\d{1,3})(?:d|天|日)?")
LONGEST_DAYS: Final = 365


def unfilled(language: Language) -> Form:
    """The form as it is first shown."""
    chosen = [("on", "new"), ("on", "changed"), ("deliver", "instant"), ("time", "08:30"), ("weekday", "mon")]
    return Form([*chosen, ("remind", "14 3"), ("language", language)])


def read(form: Form, language: Language) -> tuple[Wish, dict[str, Problem]]:
    """The wish, without what is wrong; the problems by field. The mail address is for who sends to it to look at."""
    problems: dict[str, Problem] = {}

    def field(name: str, parse: Callable[[str], T], otherwise: T) -> T:
        try:
            return parse(name)
        except Problem as problem:
            problems[name] = problem
            return otherwise

    def words(name: str) -> tuple[str, ...]:
        return _some(list(filter(None, _SEPARATORS.split(form.get(name, "")))))

    def any_of(*known: str) -> Callable[[str], tuple[str, ...]]:
        return lambda name: _known(form.getlist(name), known)

    def one_of(*known: str) -> Callable[[str], str]:
        return lambda name: _one_known(form.getlist(name), known)

    nothing: tuple[str, ...] = ()
    spoken = field("language", one_of(*LANGUAGES), "") if "language" in form else language
    on = field("on", lambda name: _least_one(any_of(*EVENTS)(name)), nothing)
    rhythm = field("deliver", one_of(*RHYTHMS), "instant")
    weekday = field("weekday", one_of(*WEEKDAYS), "") if rhythm == "weekly" else ""
    time = field("time", lambda name: _time(form.get(name, "")), "") if rhythm in ("daily", "weekly") else ""
    wish = Wish(
        email=form.get("email", "").strip(),
        regions=field("region", lambda name: tuple(dict.fromkeys(map(code_of, words(name)))), nothing),
        types=field("type", any_of(*choosing.TYPES), nothing),
        topics=field("topic", any_of(*vocabulary()), nothing),
        issuers=field("issuer", words, nothing),
        words=field("keywords", words, nothing),
        unwanted=field("unwanted", words, nothing),
        figures=field("figures", lambda name: _conditions(form.get(name, "")), nothing),
        on=on,
        deliver=" ".join(filter(None, (rhythm, weekday, time))),
        remind=field("remind", lambda name: _days(words(name)), nothing) if "deadline" in on else nothing,
        language="en" if spoken == "en" else "zh",
    )
    return wish, problems


def _known(given: list[str], known: Collection[str]) -> tuple[str, ...]:
    if not set(given) <= set(known):
        raise Problem("bad_choice")
    return tuple(one for one in known if one in given)


def _one_known(given: list[str], known: Collection[str]) -> str:
    return _least_one(_known(given[-1:], known))[0]


def _least_one(given: tuple[str, ...]) -> tuple[str, ...]:
    if not given:
        raise Problem("choose_one")
    return given


def _some(given: Collection[str]) -> tuple[str, ...]:
    if len(given) > MOST or any(len(one) > LONGEST for one in given):
        raise Problem("too_much", most=MOST, longest=LONGEST)
    return tuple(dict.fromkeys(given))


def _conditions(text: str) -> tuple[str, ...]:
    lines = _some([" ".join(line.split()) for line in text.splitlines() if line.strip()])
    for line in lines:
        try:
            parse_condition(line)
        except ValueError as exc:
            raise Problem("bad_figure", line=line, why=exc) from None
    return lines


def _time(written: str) -> str:
    if _TIME.fullmatch(written.strip()) is None:
        raise Problem("bad_time")
    return written.strip()


def _days(written: tuple[str, ...]) -> tuple[str, ...]:
    found = [match[1] for one in written if (match := _DAYS.fullmatch(one))]
    if len(found) < len(written) or any(int(one) > LONGEST_DAYS for one in found):
        raise Problem("bad_remind", most=LONGEST_DAYS)
    return tuple(f"{int(one)}d" for one in found)

"""Which language a reader gets: what he switched to, else what his browser asks for, else Chinese. Pure."""

from __future__ import annotations

import re
from typing import Final, get_args

from watcher.settings import Language

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_RANGE: Final = re.compile(
    r"\s*([a-zA-Z]{1,8}|\*)(?:-[a-zA-Z0-9-]{1,40})?\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?))?\s*"
)
_MOST: Final = 20  # ranges that are looked at; browsers send five


def chosen_language(switched: str | None, kept: str | None, accepted: str | None) -> Language:
    """The language of an answer: `switched` by the address, `kept` from a switch before, `accepted` by the browser."""
    for wanted in (switched, kept):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return _preferred(accepted or "")


def _preferred(accepted: str) -> Language:
    """RFC 9110: the range with the largest weight that we have; of the same weight the first."""
    best: Language = "zh"
    weight = 0.0
    for part in accepted.split(",")[:_MOST]:
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        wanted, quality = match[1].lower(), float(match[2] or 1)
        for language in LANGUAGES:
            if wanted == language and quality > weight:
                best, weight = language, quality
    return best

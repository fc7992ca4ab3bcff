"""The next page where parameters that are called like none of a page tell it from this one: id=7&offset=20, then 40.

Such a parameter is a place in the list, or the key of a column, whose box turns pages of its own beside the list. Which
it is shows in its name, in the links that lead back, or in its being empty or 0 on the first page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from watcher.listing.numbering import Numbered, Step
from watcher.listing.opened import Opened
from watcher.listing.turning import PagerLink, is_back, is_next

# A place is counted, or told by the entry or the token to go on from: offset, startRow, last_id, nextToken, pg.
_PLACE: Final = re.compile(
    r"(?:offset|start|skip|begin|end|first|last|after|before|since|cursor|next|max|min)"
    r"(?:_?(?:no|num|index|pos|row|record|result|token|time|at|from))?"
    r"|(?:start|last|after|before|since|next|max|min)_?(?:id|key)"
    r"|from|pos|\w{0,12}(?:offset|start|skip|begin|cursor|token|row|record|pg|page)"
)
_KEY: Final = re.compile(r"\w{0,20}(?:id|key|code|guid)")
# Of the answer or at random, so that nothing in between stores it: t=1795000000, r=0.8172.
_STAMP: Final = re.compile(r"1[0-9]{9}(?:[0-9]{3})?|0\.[0-9]+")
_FIRST: Final = ("", "0")
_COUNT: Final = re.compile(r"[0-9]{1,5}")  # longer ones are moments and keys of entries, which may fall
_MOST: Final = 4  # links called the next page


def moved(opened: Opened, links: Sequence[PagerLink]) -> str | None:
    """The one link called the next page that asks this page's script for a later place of the same list."""
    own = opened.own
    called = {link.page: link.url for link in links if is_next(link.text) and own.steps(link.page)}
    if not 0 < len(called) <= _MOST:
        return None
    back = {link.page for link in links if is_back(link.text) and link.page != own}
    urls = [url for page, url in called.items() if page not in back and _leads_on(own, page, back)]
    return urls[0] if len(urls) == 1 else None


def _leads_on(own: Numbered, page: Numbered, back: Collection[Numbered]) -> bool:
    """Whether `page` is a later place of the list of `own`: what leads `back` moves all that leads on, and no more."""
    steps, is_same = own.steps(page), page.number == own.number
    if own.names != page.names or not (is_same or _is_one_on(own, page)):
        return False
    turned = (other for other in back if (other.number == own.number) is is_same)
    before = [places for other in turned if (places := _places(own, other, steps)) is not None]
    if not all(_is_ahead(step, before) for step in steps):
        return False
    if is_same and len(steps) == 1 and steps[0].own in _FIRST and not _KEY.fullmatch(steps[0].name):
        return True
    return all(_is_place(step, before, is_same=is_same) for step in steps)


def _is_one_on(own: Numbered, page: Numbered) -> bool:
    return page.number in ((1, 2) if own.number is None else (own.number + 1,))


def _places(own: Numbered, other: Numbered, steps: Sequence[Step]) -> Mapping[str, str] | None:
    """The values of those parameters in `other`, none where it has none of them; None where more differs, or less."""
    if other.names == own.names:
        places = {step.name: step.other for step in own.steps(other)}
        return places if places.keys() == {step.name for step in steps} else None
    is_without = other.is_of_script(own) and other.query <= own.query - {f"{step.name}={step.own}" for step in steps}
    return {} if is_without else None


def _is_place(step: Step, before: Collection[Mapping[str, str]], *, is_same: bool) -> bool:
    if _PLACE.fullmatch(step.name):
        return True
    is_turned = any(places.get(step.name) != step.other for places in before)  # both of another column have its key
    return not _KEY.fullmatch(step.name) and (is_turned or (not is_same and _STAMP.fullmatch(step.other) is not None))


def _is_ahead(step: Step, before: Collection[Mapping[str, str]]) -> bool:
    """Whether counts rise, or fall as they do from what is before: the last page may lead to the first again."""
    if step.other in _FIRST:
        return False
    is_counted = all(map(_COUNT.fullmatch, (step.own, step.other))) and not _KEY.fullmatch(step.name)
    if not is_counted or int(step.other) > int(step.own):
        return True
    values = (places.get(step.name, "") for places in before)
    return any(_COUNT.fullmatch(value) and int(value) > int(step.own) for value in values)

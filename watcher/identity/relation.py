"""Whether a page is a copy of an announcement that is known. Pure.

the two texts share          and                                                    they are
little                       –                                                      unrelated (`None`)
long passages                one is a draft (征求意见稿), the other is not           OTHER_STAGE
long passages                other names stand between the same words               OTHER_NAMES
long passages                other numbers stand between the same words             OTHER_NUMBERS
long passages                the one sets out what another place does, too          COLLECTION
long passages                the original's own site shows both, with two headlines OTHER_HEADLINE
long passages                none of these                                          COPY

Only a copy is the same announcement. Other names: another body's version of the measures, or the same form filled in
for another project. Other numbers: a correction, or the next of a series of bulletins. Another place: a round-up and
one of those whose measures it holds. Two headlines on one site: a report and the document that it reports on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from operator import itemgetter
from typing import Final

from watcher.addresses import site
from watcher.extract.acting import acting_branches, acting_places
from watcher.followups.drafts import shows_draft
from watcher.identity.likeness import NUMBER, SHORTEST, Text, Tokens, copied, in_common, lacking, replaced, shared
from watcher.match import covers
from watcher.records.copies import Neighbour
from watcher.records.stories import Compared

# Of one text, what must stand in the other: a copy may be cut, and have a lead and a note of its own.
ALIKE: Final = 0.8
ALIKE_IF_JOINED: Final = 0.6  # by one title, or by a link
# Of the fresh text, what must be known.
HALF: Final = 0.5
# Of the shorter text, what may be replaced by an editor's hand.
EDITED: Final = 0.03
# Pieces or tokens that one has of its own, to be another place's measures: what a lead names in passing is shorter.
BESIDE: Final = 40
LONGEST_NAME: Final = 40  # tokens; what is longer was written anew
# What replaces a name that the writer and his readers know, or a day that they know.
_RELATIVE: Final = frozenset("我本全该这近日前昨今明去年月")
# With what news opens; a paper that puts its own day in (3月2日，某市… as 3月3日，某市…) tells the same.
_LEAD_DAY: Final = re.compile(r"^(?P<month>(?:20\d\d年)?\d{1,2}月)\d{1,2}日(?=[，,])")


class Relation(StrEnum):
    COPY = "copy"
    OTHER_STAGE = "other_stage"
    OTHER_NAMES = "other_names"
    OTHER_NUMBERS = "other_numbers"
    COLLECTION = "collection"
    OTHER_HEADLINE = "other_headline"


# Of what is no copy, the text that is the same but for its headline says most; of the rest, the one most alike.
_RANKS: Final = {Relation.COPY: 0, Relation.OTHER_HEADLINE: 1}
_OTHERS: Final = 2


@dataclass(frozen=True, slots=True)
class Writing:
    """What of a page is compared: `site` is the host of it, or of its original, `listed` what lists call its pages.

    `headlines`: its title and what lists call it on that site.
    """

    title: Text
    body: Text
    text: str
    region: str | None = None
    listed: tuple[Text, ...] = ()
    site: str | None = None
    headlines: frozenset[Tokens] = frozenset()
    draft: bool = False

    @classmethod
    def of(
        cls,
        title: str | None,
        text: str,
        region: str | None = None,
        key: str | None = None,
        pages: Collection[tuple[str, str]] = (),
    ) -> Writing:
        """`key` is the original's canonical address, `pages` are such addresses, each with what a list calls it."""
        home, headline = _site(key) if key else None, Text.of(title)
        called = {name: Text.of(name) for _, name in pages}
        return cls(
            title=headline,
            body=Text.of(_LEAD_DAY.sub(r"\g<month>", text.lstrip())),
            text=text,
            region=region,
            listed=tuple(called.values()),
            site=home,
            headlines=frozenset(
                {headline.tokens, *(called[name].tokens for page, name in pages if _site(page) == home)}
            ),
            draft=shows_draft(title, text),
        )

    @classmethod
    def of_neighbour(cls, one: Neighbour) -> Writing:
        return cls.of(one.title, one.text, one.region, one.key, one.pages)


def nearest(fresh: Writing, neighbours: Iterable[Neighbour]) -> tuple[Neighbour, Relation] | None:
    """That of which the fresh page is a copy, or else that to which it is anything.

    Of several the one that a link joins, or else the most alike, or else the earliest.
    """
    related: list[tuple[tuple[int, bool, float, int], Neighbour, Relation]] = []
    for one in neighbours:
        known = Writing.of_neighbour(one)
        if relation := relate(fresh, known, linked=one.linked):
            rank = _RANKS.get(relation, _OTHERS), not one.linked, -in_common(fresh.body, known.body), one.announcement
            related.append((rank, one, relation))
    return min(related, key=itemgetter(0))[1:] if related else None


def relate(fresh: Writing, known: Writing, *, linked: bool = False) -> Relation | None:
    """What a page just read is to a known one; None where they have little in common.

    `linked`: one names the other as its original.
    """
    if min(len(fresh.body.tokens), len(known.body.tokens)) < SHORTEST or not _alike(fresh, known, linked):
        return None
    if fresh.draft != known.draft:
        return Relation.OTHER_STAGE
    if _other_names(fresh, known):
        return Relation.OTHER_NAMES
    if _other_numbers(fresh, known):
        return Relation.OTHER_NUMBERS
    if _other_place(fresh, known):
        return Relation.COLLECTION
    if _other_headline(fresh, known):
        return Relation.OTHER_HEADLINE
    return Relation.COPY


def compared(fresh: Writing, neighbour: Neighbour, relation: Relation) -> Compared:
    """What the relation of a fresh page to a neighbour stands on, for people."""
    known = Writing.of_neighbour(neighbour)
    both = copied(fresh.body, known.body), copied(known.body, fresh.body)
    apart = _APART.get(relation)
    words = apart(fresh, known) if apart else None
    shares = round(shared(fresh.body, known.body), 3), round(max(both), 3)
    return Compared(neighbour.announcement, str(relation), *shares, linked=neighbour.linked, words=words)


def _alike(fresh: Writing, known: Writing, linked: bool) -> bool:
    """Whether one holds the other; a fresh page that says as much again, under its own title, is no mere copy."""
    if shared(fresh.body, known.body) < ALIKE_IF_JOINED:  # soon told of most
        return False
    old = copied(fresh.body, known.body)
    held = max(old, copied(known.body, fresh.body))
    if linked or fresh.title.tokens == known.title.tokens:
        return held >= ALIKE_IF_JOINED
    return held >= ALIKE and old >= HALF


def _other_numbers(one: Writing, other: Writing) -> str | None:
    """The first number that is another, between its words; None where all are the same."""
    for text, against in _counterparts(one, other):
        for around, values in against.numbers.items():
            own = text.numbers.get(around, Counter())
            if _contradict(own, values):
                return _apart([min(own - values)], [min(values - own)], around)
    return None


def _contradict(values: Counter[str], others: Counter[str]) -> bool:
    """Whether each side has a value between these words that the other lacks; a cut copy only lacks some."""
    return bool(values - others) and bool(others - values)


def _counterparts(one: Writing, other: Writing) -> Iterator[tuple[Text, Text]]:
    yield one.body, other.body
    yield one.title, other.title
    yield from ((title, against) for title in one.listed for against in other.listed)


def _other_names(one: Writing, other: Writing) -> str | None:
    """The name that was replaced most; None where none was.

    Names are replaced wherever they stand, an editor's words at one place; other places' names are seen at once.
    """
    in_body, in_title = (
        Counter(pair for pair in replaced(*texts) if _is_other(*pair))
        for texts in ((one.body, other.body), (one.title, other.title))
    )
    share = sum(len(words) * count for (words, _), count in in_body.items()) / len(one.body.tokens)
    least = 1 if _lie_apart(one.region, other.region) else 2
    found = (in_body + in_title).most_common(1)
    if found and (share > EDITED or found[0][1] >= least):
        return _apart(*found[0][0])
    return None


def _other_place(one: Writing, other: Writing) -> str | None:
    """The place whose measures only one of them holds, far from the other's; None where there is none.

    A cut copy lacks what its own place does further. Under one headline both are the same collection.
    """
    if one.title.tokens == other.title.tokens:
        return None
    return _place_beside(one, other) or _place_beside(other, one)


def _place_beside(whole: Writing, part: Writing) -> str | None:
    more = len(whole.body.tokens) - len(part.body.tokens), len(whole.body.piece_set - part.body.piece_set)
    if max(more) < BESIDE:
        return None
    seat = part.region or _branch_within(part, whole.region)
    if seat is None:
        return None
    # Branches of one bureau report in the same words: what the other never names is not in it, whatever the words.
    unnamed = (name for name in _acting_apart(whole.text, seat) if name not in part.text)
    return next(chain(_acting_apart(lacking(whole.text, part.body), seat), unnamed), None)


def _acting_apart(text: str, seat: str) -> Iterator[str]:
    """The names of those that act far from the seat, each once: a text may tell of one in every sentence."""
    found = dict.fromkeys(chain(acting_places(text), acting_branches(text, seat)))
    yield from dict.fromkeys(name for code, name in found if _lie_apart(code, seat))


def _branch_within(one: Writing, region: str | None) -> str | None:
    """The district that a text tells of, where only the other text says of which city: 薛城分局推出…."""
    return next((code for code, _ in acting_branches(one.text, region)), None) if region else None


def _other_headline(one: Writing, other: Writing) -> str | None:
    """The two headlines of a site that has its reasons to show a text twice; None where they or the sites are one.

    Only the site of the original has: who copies a text under a headline of his own may copy it again.
    """
    if one.site is None or one.site != other.site or one.headlines & other.headlines:
        return None
    return _apart(one.title.tokens, other.title.tokens)


_APART: Final = {
    Relation.OTHER_NAMES: _other_names,
    Relation.OTHER_NUMBERS: _other_numbers,
    Relation.COLLECTION: _other_place,
    Relation.OTHER_HEADLINE: _other_headline,
}


def _apart(words: Iterable[str], others: Iterable[str], around: Tokens = ("",) * 5) -> str:
    """给予最高3000000元奖补 / 5000000: what stands in the one and, in its place, in the other."""
    here, there = ("".join(part).replace(NUMBER, "")[:LONGEST_NAME] for part in (words, others))
    return f"{''.join(around[:3])}{here}{''.join(around[3:])} / {there}".replace(NUMBER, "…")


def _site(key: str) -> str:
    """The host of a canonical address."""
    return site(f"//{key}")


def _lie_apart(region: str | None, other: str | None) -> bool:
    return region is not None and other is not None and not (covers(region, other) or covers(other, region))


def _is_other(words: Tokens, others: Tokens) -> bool:
    """Whether neither is short for the other (省厅, 山东省生态环境厅), nor says what both know (我市, 潍坊市).

    Numbers are judged by themselves.
    """
    if max(len(words), len(others)) > LONGEST_NAME or _is_number(words) or _is_number(others):
        return False
    if _RELATIVE.intersection(words) or _RELATIVE.intersection(others):
        return False
    return not (_is_short_for(words, others) or _is_short_for(others, words))


def _is_number(words: Tokens) -> bool:
    return all(word[0] == NUMBER for word in words)


def _is_short_for(words: Tokens, others: Tokens) -> bool:
    rest = iter(others)
    return all(word in rest for word in words)

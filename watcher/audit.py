"""Whether a source may be asked conditionally: some servers answer 304 though the page is another one.

A late copy with an old date, a proxy that has gone stale, one of two machines behind an address: the page changes and
the server denies it, for ever. So every few passes the listing is asked for in full. Where that brings entries that
were not known, the server is asked once more with what it gave at the last pass; a 304 then is a lie, and the source is
asked in full from there on. New entries alone prove nothing: they may be younger than the last pass.

Articles that are looked at again are asked in the same way: a few of their looks in full, and once more where that
brings a change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zlib import crc32

from watcher.model import NotModified, Page, Validators
from watcher.recheck import looks
from watcher.records.pages import PageRecord
from watcher.records.usual import Trust

# At the usual half hour, what a lying server hides is seen after three hours at most, for a sixth of the pages.
AUDIT_EVERY: Final = 6
# A date is compared as "not younger", so that a late copy with an old date is enough for a lie; an ETag is compared for
# equality. A server that gives dates alone is asked in full twice as often, and from the first pass on.
AUDIT_DATED_EVERY: Final = 3
# Of the looks at an article: the second, a few hours after publication, since most edits follow soon; then a third.
AUDIT_LOOK: Final = 2
AUDIT_LOOKS_EVERY: Final = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """How an article and its files are asked for: `in_full`, or by their ETags.

    `audits`: a change that is found is held against what a conditional request answers. `believes`: what comes is taken
    to be the article (`stand_ins`).
    """

    in_full: bool
    audits: bool
    believes: bool = False


def asks_in_full(trust: Trust, given: Validators, source_id: str) -> bool:
    """Whether this pass gives no validators; sources take their turns at different passes, to spread the load.

    Args:
        given: the validators stored at the last pass.
    """
    if trust.caught:
        return True
    every, since = (AUDIT_EVERY, AUDIT_EVERY) if given.etag else (AUDIT_DATED_EVERY, 0)
    return trust.passes >= since and (trust.passes + crc32(source_id.encode())) % every == 0


def asking(trust: Trust, page: PageRecord, now: datetime, *, in_full: bool) -> Asking:
    """How an article is asked for; pages take their turns at different looks, to spread the load.

    Args:
        in_full: it was asked for by hand (`--recheck`).
    """
    look = looks(page.first_seen, now, kept=page.kept or page.incomplete)
    turn = look == AUDIT_LOOK or (look > AUDIT_LOOK and (look + page.id) % AUDIT_LOOKS_EVERY == 0)
    return Asking(trust.caught or in_full or turn, audits=not trust.caught)


def of_article(given: Validators, *, in_full: bool) -> Validators | None:
    """What an article that was read, or a file of it, is asked with when it is looked at again; None asks in full.

    It is looked at a few times in its life, and nothing else would find an edit that a date hides.
    """
    return None if in_full or given.etag is None else given


def cross_examines(trust: Trust, given: Validators, *, in_full: bool, news: bool) -> bool:
    """Whether, after a page came, the server is asked once more with what it gave before.

    Args:
        given: the validators stored at the last pass.
        in_full: this pass was asked without them.
        news: the page holds entries that were not known.
    """
    return in_full and news and not trust.caught and given != Validators()


def after_pass(trust: Trust, second: Page | NotModified | None) -> Trust:
    """The trust that a pass leaves.

    Args:
        second: the answer to the cross-examination; None where there was none, or it failed.
    """
    return replace(trust, passes=trust.passes + 1, caught=trust.caught or isinstance(second, NotModified))


def after_articles(trust: Trust, *, denied: bool) -> Trust:
    """The trust that a pass leaves after its articles; `denied`: the server answered 304 of one that changed."""
    return replace(trust, caught=trust.caught or denied)

"""Whether a source may be asked conditionally: some servers answer 304 though the page is another one.

A late copy with an old date, a proxy that has gone stale, one of two machines behind an address: the page changes and
the server denies it, for ever. So every few passes the listing is asked for in full. Where that brings entries that
were not known, the server is asked once more with what it gave at the last pass; a 304 then is a lie, and the source is
asked in full from there on. New entries alone prove nothing: they may be younger than the last pass.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zlib import crc32

from watcher.model import NotModified, Page, Validators
from watcher.records import Trust

# At the usual half hour, what a lying server hides is seen after three hours at most, for a sixth of the pages.
AUDIT_EVERY: Final = 6
# A date is compared as "not younger", so that a late copy with an old date is enough for a lie; an ETag is compared for
# equality. A server that gives dates alone is asked in full twice as often, and from the first pass on.
AUDIT_DATED_EVERY: Final = 3


def asks_in_full(trust: Trust, given: Validators, source_id: str) -> bool:
    """Whether this pass gives no validators; sources take their turns at different passes, to spread the load.

    Args:
        given: the validators stored at the last pass.
    """
    if trust.caught:
        return True
    every, since = (AUDIT_EVERY, AUDIT_EVERY) if given.etag else (AUDIT_DATED_EVERY, 0)
    return trust.passes >= since and (trust.passes + crc32(source_id.encode())) % every == 0


def of_article(trust: Trust, given: Validators) -> Validators | None:
    """What an article that was read, or a file of it, is asked with when it is looked at again; None asks in full.

    It is looked at a few times in its life, and nothing else would find an edit that a date hides.
    """
    return None if trust.caught or given.etag is None else given


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

"""Stored revisions read again from their evidence with today's rules.

    revisions, in parts -> answers from the archive -> read in workers -> differences -> stored, where asked

Nobody is told: what newer rules see in an old answer is no news.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from watcher.archive import Archive
from watcher.attachments import Article
from watcher.change.diff import fingerprint
from watcher.errors import ArchiveError, ReadError
from watcher.identity.likeness import bands
from watcher.lifecycle.statements import may_say, statements
from watcher.news import FieldChange
from watcher.records.rereadings import Reread, Scope, StoredRevision
from watcher.reread.evidence import Evidence
from watcher.reread.rereading import differences, said_otherwise
from watcher.store import Store
from watcher.threads import in_store, on_cpu

# Revisions in hand at a time, and those that are stored in one transaction: some for each worker.
PART: Final = 16


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """A revision read again: what differs, and what it reads as; or why it could not be read."""

    stored: StoredRevision
    fresh: Reread | None = None
    changes: tuple[FieldChange, ...] = ()
    problem: str | None = None


async def reprocess(
    store: Store, archive: Archive, scope: Scope, *, apply_at: datetime | None = None
) -> AsyncIterator[Reprocessed]:
    """Every revision of the scope with evidence, by announcement and number.

    With `apply_at`, what differs is stored before it is told, a part at a time: broken off, it is taken up by doing it
    again. Raises StoreError.
    """
    after = (0, 0)
    while part := await in_store(store.rereadings.revisions, scope, after, PART):
        done = await asyncio.gather(*(_read_again(stored, archive) for stored in part))
        if apply_at is not None:
            anew = [one.fresh for one in done if one.fresh is not None and one.changes]
            await in_store(store.rereadings.replace, anew, apply_at)
        for one in done:
            yield one
        after = (part[-1].announcement, part[-1].number)


async def _read_again(stored: StoredRevision, archive: Archive) -> Reprocessed:
    try:
        article = await Evidence(archive, stored.captures, stored.extraction.attachments).read(stored.listed)
    except (ArchiveError, ReadError) as error:
        return Reprocessed(stored, problem=str(error))
    return await on_cpu(_compared, stored, article)


def _compared(stored: StoredRevision, article: Article) -> Reprocessed:
    document, extraction = article.document, article.extraction
    mark = fingerprint(document.title, document.text)
    changes = differences((stored.document, stored.extraction), (document, extraction))
    if not changes and mark != stored.fingerprint:
        changes = (FieldChange("fingerprint", stored.fingerprint[:8], mark[:8]),)
    says = statements(extraction) if may_say(extraction) else ()
    if stored.says is not None:
        changes += said_otherwise(stored.says, says)
    if not changes:
        return Reprocessed(stored)
    fresh = Reread(stored.id, document, extraction, mark, bands(extraction.title, extraction.text), says)
    return Reprocessed(stored, fresh, changes)

"""Stored revisions read again from their evidence with today's rules.

    revisions, in parts -> answers from the archive -> read in workers -> differences -> stored, where asked

Nobody is told: what newer rules see in an old answer is no news.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from watcher.archive import Archive
from watcher.attachments import Article, read_article
from watcher.diff import fingerprint
from watcher.errors import ArchiveError, FetchError, ReadError
from watcher.likeness import bands
from watcher.model import FieldChange, Page, Validators
from watcher.records import Reread, Scope, StoredRevision
from watcher.rereading import differences
from watcher.settings import PLAIN_FETCH, Every, FetchOptions, Follow, Source
from watcher.store import Store
from watcher.threads import in_store, on_cpu

# Revisions in hand at a time, and those that are stored in one transaction: some for each worker.
PART: Final = 16
# Why a worker may fail to read a file today that it reads tomorrow: nothing to store.
PASSING: Final = frozenset({"timeout_read", "too_slow", "crashed"})


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
    evidence = _Evidence(archive, stored)
    try:
        page = await on_cpu(archive.read, stored.captures[0])
        article = await read_article(page, evidence.source(), evidence, listed=stored.listed)
    except (ArchiveError, ReadError) as error:
        return Reprocessed(stored, problem=str(error))
    for file in article.document.attachments:
        if file.unread is not None and file.unread.code in PASSING:
            return Reprocessed(stored, problem=f"{file.url}: {file.unread.message}")
    return await on_cpu(_compared, stored, article)


def _compared(stored: StoredRevision, article: Article) -> Reprocessed:
    document, extraction = article.document, article.extraction
    mark = fingerprint(document.title, document.text)
    changes = differences((stored.document, stored.extraction), (document, extraction))
    if not changes and mark != stored.fingerprint:
        changes = (FieldChange("fingerprint", stored.fingerprint[:8], mark[:8]),)
    if not changes:
        return Reprocessed(stored)
    fresh = Reread(stored.id, document, extraction, mark, bands(extraction.title, extraction.text))
    return Reprocessed(stored, fresh, changes)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The files of a revision as they were fetched with it, in the place of the network."""

    archive: Archive
    stored: StoredRevision

    def source(self) -> Source:
        """A source that reads the files of a page where they were read then."""
        files = len(self.stored.captures) > 1 or any(file.unread for file in self.stored.extraction.attachments)
        every = Every(interval=timedelta(days=1))
        return Source(self.stored.source, "", "", every, follow=Follow(attachments=files))

    async def __call__(
        self,
        url: str,
        validators: Validators | None = None,  # noqa: ARG002  the signature of a fetch
        options: FetchOptions = PLAIN_FETCH,  # noqa: ARG002
    ) -> Page:
        for capture in self.stored.captures[1:]:
            if capture.url == url:
                return await on_cpu(self.archive.read, capture)
        for file in self.stored.extraction.attachments:
            if file.url == url and file.unread is not None:
                raise FetchError(url, file.unread.code, file.unread.message, transient=False)
            if file.url == url:
                raise ArchiveError(f"{url}: the file is not in the archive")
        raise FetchError(url, "not_kept", "it was not fetched with the page", transient=False)

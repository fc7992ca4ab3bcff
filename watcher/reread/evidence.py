"""A stored revision read again from the answers that it was read from: by today's rules, without the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watcher.archive import Archive
from watcher.attachments import NOT_KEPT, Article, read_article
from watcher.errors import ArchiveError, FetchError, ReadError
from watcher.model import Attachment, Page, Validators
from watcher.records.captures import Capture
from watcher.settings import PLAIN_FETCH, Every, FetchOptions, Follow, Source
from watcher.threads import on_cpu

# Why a worker may fail to read a file today that it read then, and will read tomorrow.
PASSING: Final = frozenset({"timeout_read", "too_slow", "crashed"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answers of a revision, its page first, and how its files were listed; in the place of the network."""

    archive: Archive
    captures: tuple[Capture, ...]
    attachments: tuple[Attachment, ...]

    async def read(self, listed: date | None) -> Article:
        """What the revision is by today's rules; `listed` is the date beside its page's entry.

        Raises:
            ArchiveError: an answer is not there whole.
            ReadError: an answer cannot be read, or not at the moment.
        """
        if not self.captures:
            raise ArchiveError("no answer was kept")
        page = await on_cpu(self.archive.read, self.captures[0])
        article = await read_article(page, self._source, self, listed=listed)
        for file in article.document.attachments:
            if file.unread is not None and file.unread.code in PASSING:
                raise ReadError(file.unread.code, f"{file.url}: {file.unread.message}")
        return article

    @property
    def _source(self) -> Source:
        """A source that reads the files of a page where they were read then."""
        files = len(self.captures) > 1 or any(file.unread for file in self.attachments)
        return Source("", "", "", Every(interval=timedelta(days=1)), follow=Follow(attachments=files))

    async def __call__(
        self,
        url: str,
        validators: Validators | None = None,  # noqa: ARG002  the signature of a fetch
        options: FetchOptions = PLAIN_FETCH,  # noqa: ARG002
    ) -> Page:
        for capture in self.captures[1:]:
            if capture.url == url:
                return await on_cpu(self.archive.read, capture)
        for file in self.attachments:
            if file.url == url and file.unread is not None:
                raise FetchError(url, file.unread.code, file.unread.message, transient=False)
            if file.url == url:
                raise ArchiveError(f"{url}: the file is not in the archive")
        raise FetchError(url, NOT_KEPT, "it was not fetched with the page", transient=False)

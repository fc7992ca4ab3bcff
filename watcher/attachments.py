"""An article together with the files that its page links: fetched, read and put together; asked again later.

A file that cannot be read never fails its article: why is noted with it. Nothing is fetched but what the page itself
links, by the same client, and so under the same guard, pace and limit of size.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from watcher.audit import Asking, of_article
from watcher.errors import FetchError, ReadError
from watcher.files import (
    MOST_FILES,
    NO_FILE,
    after_waiting,
    beforehand,
    first_files,
    may_pass,
    only_files,
    wait_is_over,
)
from watcher.gear import Fetch, asked
from watcher.model import Attachment, Document, Extraction, NotModified, Page, Unread
from watcher.read.attachments import promises_file
from watcher.read.parts import ReadFile, unread_for
from watcher.read.scans import ocr_installed
from watcher.reading import PageRead, read_file, read_joined, read_page, read_scanned_file, read_scanned_page
from watcher.records.pages import FileRecord
from watcher.room import Share
from watcher.settings import Source
from watcher.threads import on_cpu
from watcher.workers import in_ocr, in_worker

# All files of one article together: time to fetch them, waiting for the host's turn included, and bytes.
MOST_S: Final = 120.0
MOST_BYTES: Final = 60_000_000
# Why a file is not asked again: its address, our rules or the site's forbid it. Any other may be put in order.
_NEVER_HAD: Final = frozenset({"bad_url", "unsupported_scheme", "address_refused", "robots", "too_large"})
# What came instead of a file is one of its own, though it cannot be read.
_OTHER_FILES: Final = frozenset({"needs_ocr", "encrypted"})
# Statuses by which a server says that a file is gone, and not its page.
GONE: Final = frozenset({404, 410})
# Of an answer that is not among those kept of an earlier reading.
NOT_KEPT: Final = "not_kept"

# Gives the last answer of a file, by its address, or None.
Kept = Callable[[str], Awaitable[Page | None]]
# What came of a file beside a page: None where it is none.
Opened = tuple[ReadFile | None, FileRecord]


@dataclass(frozen=True, slots=True)
class Article:
    """A page with the text of its files, what is to be known of these the next time, and the answers they came in.

    `format` and `charset` are those that the page was read in, as in `PageRead`; `answers` only where there was a
    share to keep them in; `away`: which files are as they were read before, and why.
    """

    document: Document
    extraction: Extraction
    format: str
    charset: str | None = None
    files: tuple[FileRecord, ...] = ()
    answers: tuple[Page, ...] = ()
    away: tuple[str, ...] = ()


async def read_article(
    fetched: Page,
    source: Source,
    fetch: Fetch,
    *,
    listed: date | None,
    before: Sequence[FileRecord] = (),
    share: Share | None = None,
    now: datetime | None = None,
    kept: Kept | None = None,
) -> Article:
    """Read a page and what files of it may make a difference.

    Args:
        listed: the date beside the page's entry.
        before: its files as they were the last time.
        share: of the memory, where the answers are to be kept; without one each is dropped once it is read.
        now: None where nobody waits for a file, since the answers are old ones or read once.
        kept: gives the last answer of a file that was read before, in the place of one that cannot be read now.
    Raises:
        ReadError: the page is not what it should be.
        FetchError: a file that was read before cannot be read now, and its last answer was not kept: without it half of
            the text would seem withdrawn.
    """
    page = await _read_page(fetched, listed)
    if not (page.opens_files and source.follow.attachments):
        listed_files = only_files(page.document.attachments)
        document = replace(page.document, attachments=listed_files)
        extraction = replace(page.extraction, attachments=listed_files)
        return Article(document, extraction, page.format, page.charset)
    files = _Files(source, fetch, {file.url: file for file in before}, share, now, kept)
    opened = await files.open(page.document.attachments)
    read = [file for file, _ in opened if file is not None]
    document, extraction = await in_worker(read_joined, page.document, read, listed)
    records, answers = tuple(record for _, record in opened), tuple(files.answers)
    return Article(document, extraction, page.format, page.charset, records, answers, tuple(files.away))


async def _read_page(fetched: Page, listed: date | None) -> PageRead:
    try:
        return await in_worker(read_page, fetched, listed)
    except ReadError as error:
        if error.code != "needs_ocr" or not ocr_installed():
            raise
        return await in_ocr(read_scanned_page, fetched, listed)


async def _read_file(fetched: Page, attachment: Attachment) -> Document:
    try:
        return await in_worker(read_file, fetched, attachment)
    except ReadError as error:
        if error.code != "needs_ocr" or not ocr_installed():
            raise
        return await in_ocr(read_scanned_file, fetched)


async def files_unchanged(
    files: Sequence[FileRecord], source: Source, fetch: Fetch, asking: Asking, now: datetime
) -> bool:
    """Whether the files of a page are as they were; one that cannot be had now is taken to be.

    Once it was waited for it is not: it is read with its page then, or given up.
    """
    if source.follow.attachments:
        if any(wait_is_over(file, now) for file in files):
            return False
        for file in files:
            if (file.digest or file.passing) and not await _unchanged(file, source, fetch, asking):
                return False
    return True


async def _unchanged(file: FileRecord, source: Source, fetch: Fetch, asking: Asking) -> bool:
    readable_now = file.unread is not None and file.unread.code == "needs_ocr" and ocr_installed()
    try:
        given = of_article(file.validators, in_full=readable_now or asking.in_full)
        fetched = await fetch(file.url, given, source.fetch)
    except FetchError:
        return True
    if file.is_away:  # it is back, and is read with its page
        return False
    if isinstance(fetched, NotModified):
        return True
    return not readable_now and await on_cpu(digest_of, fetched) == file.digest


def digest_of(fetched: Page) -> str:
    return sha256(fetched.body).hexdigest()


@dataclass(slots=True)
class _Files:
    """The files of one page being opened, within the limits that all of them share."""

    source: Source
    fetch: Fetch
    before: Mapping[str, FileRecord]
    share: Share | None = None
    now: datetime | None = None
    kept: Kept | None = None
    left_s: float = MOST_S
    left_bytes: int = MOST_BYTES
    answers: list[Page] = field(default_factory=list)
    away: list[str] = field(default_factory=list)  # files as they were kept, and why

    async def open(self, attachments: Sequence[Attachment]) -> list[Opened]:
        asked = first_files(attachments)
        return [await self._one(one, is_asked=one.url in asked) for one in attachments]

    async def _one(self, attachment: Attachment, *, is_asked: bool) -> Opened:
        was = self.before.get(attachment.url)
        if was is not None and _is_no_file(was.unread, attachment):
            return None, was
        if unread := self._refused(attachment, is_asked=is_asked):
            return _unread(attachment, FileRecord(attachment.url, attachment.name, unread=unread))
        fetched: Page | None = None
        try:
            fetched = await self._fetched(attachment.url)
            document = await _read_file(fetched, attachment)
        except (FetchError, ReadError) as error:
            if self.kept is not None and was is not None and was.was_read and error.code not in _OTHER_FILES:
                return await self._as_kept(self.kept, attachment, was, fetched, error)
            return await self._not_read(attachment, fetched, error)
        return ReadFile(attachment, document), await _record(attachment, fetched)

    async def _as_kept(
        self,
        kept: Kept,
        attachment: Attachment,
        was: FileRecord,
        fetched: Page | None,
        error: FetchError | ReadError,
    ) -> Opened:
        """A file as it was last read: that nothing, or a notice, stands in its place does not say that it has changed.

        Raises FetchError where that answer was not kept, or cannot be read any more.
        """
        if fetched is not None:
            self._forget(fetched)
        answer = await kept(attachment.url)
        if answer is None:
            raise _file_away(attachment, error)
        try:
            document = await _read_file(answer, attachment)
        except ReadError as failed:
            raise _file_away(attachment, failed) from failed
        if self.share is not None:
            await self.share.wait()
            self.answers.append(answer)
            self.share.hold(len(answer.body))
        self.away.append(f"{attachment.url}: kept as it was read before: {error.message}")
        return ReadFile(attachment, document), replace(was, passing=True, unread_since=was.unread_since or self.now)

    async def _not_read(self, attachment: Attachment, fetched: Page | None, error: FetchError | ReadError) -> Opened:
        if isinstance(error, FetchError):
            return self._not_had(attachment, error)
        assert fetched is not None
        if error.code == NO_FILE:
            self._forget(fetched)
            return _no_file(attachment, error)
        return self._shut(attachment, await _record(attachment, fetched), unread_for(error))

    async def _fetched(self, url: str) -> Page:
        if self.share is not None:
            await self.share.wait()  # not for the site, so that it does not count as its slowness
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self.left_s):
                fetched = await asked(self.fetch, url, self.source)
        except TimeoutError as error:
            message = f"the files of the page take more than {MOST_S:g} s together"
            raise FetchError(url, "timeout_read", message, transient=True) from error
        finally:
            self.left_s -= clock() - began
        self.left_bytes -= len(fetched.body)
        if self.share is not None:
            self.answers.append(fetched)
            self.share.hold(len(fetched.body))
        return fetched

    def _forget(self, fetched: Page) -> None:
        """The answer that came last is no evidence of anything."""
        if self.share is not None:
            self.answers.pop()
            self.share.let_go(len(fetched.body))

    def _refused(self, attachment: Attachment, *, is_asked: bool) -> Unread | None:
        """Why a file is not even asked for."""
        if not is_asked:
            return Unread("too_many", f"only the first {MOST_FILES} files of a page are opened")
        if self.left_bytes <= 0:
            return Unread("too_large", f"the files before it hold {MOST_BYTES // 1_000_000} MB together")
        return beforehand(attachment, ocr=ocr_installed())

    def _not_had(self, attachment: Attachment, error: FetchError) -> Opened:
        if error.code == NOT_KEPT and not promises_file(attachment):
            return _no_file(attachment, error)
        record = FileRecord(attachment.url, attachment.name, passing=error.code not in _NEVER_HAD)
        return self._shut(attachment, record, Unread(error.code, str(error)))

    def _shut(self, attachment: Attachment, record: FileRecord, unread: Unread) -> Opened:
        """A file that cannot be read now, by what came of it before."""
        was = self.before.get(attachment.url, record)
        since = was.unread_since or self.now
        waited = self.now - since if self.now and since else timedelta(0)
        why, passing = after_waiting(was.unread, unread, waited), record.passing or may_pass(unread)
        return _unread(attachment, replace(record, unread=why, passing=passing, unread_since=since))


def _file_away(attachment: Attachment, error: FetchError | ReadError) -> FetchError:
    """The error of a page whose file cannot be had; one that came with the file's address says more."""
    if isinstance(error, FetchError) and error.status not in GONE:
        return error
    return FetchError(attachment.url, "file_away", error.message, transient=True)


async def _record(attachment: Attachment, fetched: Page) -> FileRecord:
    return FileRecord(attachment.url, attachment.name, fetched.validators, await on_cpu(digest_of, fetched))


def _unread(attachment: Attachment, record: FileRecord) -> Opened:
    return ReadFile(replace(attachment, unread=record.unread)), record


def _no_file(attachment: Attachment, error: FetchError | ReadError) -> Opened:
    """A link that was called a file and is none: not listed, and remembered so that it is not asked again."""
    return None, FileRecord(attachment.url, attachment.name, unread=Unread(NO_FILE, str(error)))


def _is_no_file(unread: Unread | None, attachment: Attachment) -> bool:
    return unread is not None and unread.code == NO_FILE and not promises_file(attachment)

"""Which of the files beside a page are worth opening, and what to make of a page whose files cannot be read. Pure.

A notice is often no more than a line over the file that it passes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from watcher.detect import Draft, form_of
from watcher.detect.kinds import kind_of
from watcher.model import AnnouncementType, Attachment, Extraction, Unread, Verdict
from watcher.read.attachments import promises_file
from watcher.read.document_numbers import YEAR_AND_NUMBER
from watcher.read.headline import is_official
from watcher.read.parts import SHORT_PAGE, unread_for
from watcher.read.scans import needs_ocr
from watcher.recheck import HORIZON
from watcher.records.pages import FileRecord

# Files of one page that are opened: a notice with its lists and forms has four or five.
MOST_FILES: Final = 8
# Not worth the way: what they hold is not read. Their makers can save them as one of the formats that are.
_NEVER_READ: Final = re.compile(r"\.(rar|7z|pptx?|rtf|csv)$", re.IGNORECASE)
# Why a file may be read the next time: its server is in trouble, or ours was.
_MAY_PASS: Final = re.compile(
    r"http_(?:408|429|5\d\d)|timeout_\w+|refused|reset|proxy|protocol|too_slow|crashed|maintenance"
)
# Of a file that could not be read for this long, though its trouble might have passed: it stays shut.
WAITED: Final = timedelta(days=1)
# A file that is taken as it was is asked again after that.
LEAST_AWAY: Final = timedelta(hours=1)
STAYS_AWAY: Final = "stays_away"
# Why a link that was called a file is none: it is not listed, and not asked again.
NO_FILE: Final = "no_file"
# The last of very many files are no loss, nor is what is none.
_NOT_MISSED: Final = frozenset({"too_many", NO_FILE})
_TITLE: Final = 300
# A 文号 as the whole of a title (GB/T 9704-2012, 7.2.5): 济环发〔2026〕12号.
_NUMBER_ALONE: Final = re.compile(rf"[\u4e00-\u9fff]{{2,9}}{YEAR_AND_NUMBER}")
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png)$", re.IGNORECASE)


def worth_opening(page: Extraction) -> bool:
    """Whether the files of a page may make a difference.

    They do for an announcement or what is nearly one, and where the page's own text is too short to tell; not where
    its form says that it announces nothing: the reports that are laid out for an environmental approval have hundreds
    of pages each.
    """
    if page.verdict.announcement or page.verdict.near_miss:
        return True
    return len(page.text) < SHORT_PAGE and form_of(Draft(page.title, page.text)) is None


def beforehand(attachment: Attachment, *, ocr: bool) -> Unread | None:
    """Why a file is not even fetched, told by its name; `ocr`: pictures can be read."""
    for name in (attachment.name, attachment.url.partition("?")[0]):
        if match := _NEVER_READ.search(name):
            return Unread("unsupported", f"a .{match[1].lower()} file is not read")
        if not ocr and _PICTURE.search(name):
            return unread_for(needs_ocr("the file is a picture"))
    return None


def first_files(attachments: Sequence[Attachment]) -> frozenset[str]:
    """The addresses that are asked: those that promise a file before those that may turn out to be none."""
    ranked = sorted(attachments, key=promises_file, reverse=True)
    return frozenset(one.url for one in ranked[:MOST_FILES])


def only_files(attachments: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What is listed of an article whose files were not asked."""
    return tuple(one for one in attachments if promises_file(one))


def may_pass(unread: Unread | None) -> bool:
    """Whether a file that could not be read is waited for."""
    return unread is not None and _MAY_PASS.fullmatch(unread.code) is not None


def wait_is_over(file: FileRecord, now: datetime) -> bool:
    """Whether a file that is waited for is to be opened, or given up; at once where nobody noted since when (older
    versions did not): from then on it is.
    """
    return may_pass(file.unread) and (file.unread_since is None or now - file.unread_since >= WAITED)


def look_at(by_age: datetime | None, files: Sequence[FileRecord], now: datetime) -> datetime | None:
    """When a page is due again: as its age says, or sooner for a file that has been waited for, or is taken as it was.

    One of the latter is asked again an hour after it went, then after as long as it was away, up to a day: it may have
    been edited meanwhile.
    """
    waited = [file.unread_since + WAITED for file in files if file.unread_since and may_pass(file.unread)]
    gone = [now - file.unread_since for file in files if file.unread_since and file.is_away]
    again = [now + min(max(away, LEAST_AWAY), WAITED) for away in gone if away <= HORIZON]
    moments = [by_age, *(moment for moment in (*waited, *again) if moment > now)]
    return min((moment for moment in moments if moment is not None), default=None)


def after_waiting(was: Unread | None, unread: Unread, waited: timedelta) -> Unread:
    """Why a file counts as unread: of one that stays shut, a trouble that may pass says nothing new.

    Args:
        was: why it could not be read the last time.
        unread: why it cannot be now.
        waited: for how long it could not.
    """
    if not may_pass(unread):
        return unread
    if was is not None and stays_shut(was):
        return was
    if waited >= WAITED:
        return Unread(STAYS_AWAY, f"it could not be had for a day at least: {unread.message}")
    return unread


def stays_shut(unread: Unread | None) -> bool:
    return unread is not None and unread.code not in _NOT_MISSED and not may_pass(unread)


def shut_since(before: Sequence[Attachment], now: Sequence[Attachment]) -> bool:
    """Whether a file that was waited for has turned out to stay shut."""
    waited = {one.url for one in before if may_pass(one.unread)}
    return any(one.url in waited and stays_shut(one.unread) for one in now)


def told_by_title(found: Extraction) -> Extraction:
    """What says in its title alone what it is, since its text is a file that stays shut: a person should look at it.

    A title that nearly announces measures tells of them; that of an official document makes a near miss at least, for
    关于印发若干措施的通知 names nobody whom it serves, and a 文号 nothing at all.
    """
    unread = next((one for one in found.attachments if stays_shut(one.unread)), None)
    verdict, draft = found.verdict, Draft(found.title, found.text)
    if unread is None or verdict.announcement or len(found.text) >= SHORT_PAGE or form_of(draft):
        return found
    where, title = unread.name[:20], (found.title or "")[:_TITLE]
    official = is_official(title) or _NUMBER_ALONE.fullmatch(title) is not None
    if verdict.near_miss:
        kind, why = _kind(draft, official=official)
        told = f"措施在读不出的附件里（{where}），按标题判断"
        return replace(found, verdict=Verdict(kind, verdict.score, (told, *verdict.reasons, why)))
    if not official:
        return found
    told = f"公文正文在读不出的附件里（{where}），留待查看"
    return replace(found, verdict=replace(verdict, reasons=(told, *verdict.reasons), near_miss=True))


def _kind(draft: Draft, *, official: bool) -> tuple[AnnouncementType, str]:
    """The type, and why: a page that is the cover of a document is that document, addressees or not."""
    if official:
        return AnnouncementType.MEASURES_DOCUMENT, "类型为措施文件：标题是公文题目"
    return kind_of(draft)

"""Which of the files beside a page are worth opening, and what to make of a page whose files cannot be read. Pure.

A notice is often no more than a line over the file that it passes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from watcher.detect import Draft, form_of
from watcher.detect.kinds import kind_of
from watcher.model import Attachment, Extraction, Unread, Verdict
from watcher.read.attachments import promises_file
from watcher.read.parts import SHORT_PAGE, unread_for
from watcher.read.scans import needs_ocr

# Files of one page that are opened: a notice with its lists and forms has four or five.
MOST_FILES: Final = 8
# Not worth the way: what they hold is not read. Their makers can save them as one of the formats that are.
_NEVER_READ: Final = re.compile(r"\.(rar|7z|pptx?|rtf|csv)$", re.IGNORECASE)
# Why a file will not be read the next time either.
_LASTING: Final = frozenset({"needs_ocr", "encrypted", "unsupported"})
# Why a link that was called a file is none: it is not listed, and not asked again.
NO_FILE: Final = "no_file"
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


def told_by_title(found: Extraction) -> Extraction:
    """What announces measures in its title, and says which in a file that stays shut: a person should look at it."""
    unread = next((one for one in found.attachments if one.unread and one.unread.code in _LASTING), None)
    draft = Draft(found.title, found.text)
    if unread is None or not found.verdict.near_miss or len(found.text) >= SHORT_PAGE or form_of(draft):
        return found
    kind, why = kind_of(draft)
    told = f"措施在读不出的附件里（{unread.name[:20]}），按标题判断"
    return replace(found, verdict=Verdict(kind, found.verdict.score, (told, *found.verdict.reasons, why)))

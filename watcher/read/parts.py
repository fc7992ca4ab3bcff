"""The text of several files put together, and which stretch of it is from where."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from watcher.errors import ReadError
from watcher.model import Attachment, Document, Origin, Part, Unread

# Characters of a page's own text under which its files may be all there is to it: notices that only name their file
# have some 30 to 150 with the addressees, the shortest announcements without one 300.
SHORT_PAGE: Final = 300
# Characters of the files of one page together; a five-year plan has 60,000.
MOST_CHARS: Final = 300_000
# The share of a file's text that must not stand on the page already: a copy differs by its head and its foot.
_OWN_SHARE: Final = 0.15
_REPEATED_SHARE: Final = 0.9  # of a paragraph, in whole sentences
# A shorter line is a heading or the row of a table, which what follows needs.
_SENTENCE_CHARS: Final = 20

_ITSELF: Final = Origin()
_SENTENCE: Final = re.compile(r"[^。；;！？\n]+")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file beside a page; `document` None where its text could not be read, for the reason in `attachment.unread`."""

    attachment: Attachment
    document: Document | None = None


def unread_for(error: ReadError) -> Unread:
    """What is noted of a file that cannot be read."""
    return Unread(error.code, f"{error} ({error.hint})" if error.hint else str(error))


def origin_at(parts: Sequence[Part], offset: int) -> Origin | None:
    """The origin of `text[offset]`, None for the page itself."""
    index = bisect_right(parts, offset, key=lambda part: part.start) - 1
    return parts[index].origin if index >= 0 and parts[index].origin != _ITSELF else None


def file_starts(parts: Sequence[Part]) -> frozenset[int]:
    """Where the text of another file begins."""
    return frozenset(
        part.start for before, part in pairwise([Part(0, _ITSELF), *parts]) if part.origin.file != before.origin.file
    )


def join(page: Document, files: Sequence[ReadFile]) -> Document:
    """Return `page` with the text of its files behind its own, in their order.

    A file that repeats what stands there already adds nothing, nor does a repeated paragraph of another. Of a page
    that is little more than its files, these tell the number and the term too.
    """
    joined = _Joined(page)
    attachments = [each for file in files for each in joined.add(file)]
    told = [file.document for file in files if file.document and len(page.text) < SHORT_PAGE]
    return replace(
        page,
        title=page.title or next(filter(None, (one.title for one in told)), None),
        text="\n".join(joined.paragraphs),
        publisher=page.publisher or next((one.publisher for one in told if one.publisher), None),
        document_number=page.document_number
        or next((one.document_number for one in told if one.document_number), None),
        valid_until=page.valid_until or next((one.valid_until for one in told if one.valid_until), None),
        attachments=tuple(attachments),
        parts=tuple(joined.parts),
    )


class _Joined:
    """The text being put together, and what it says so far."""

    def __init__(self, page: Document) -> None:
        self.paragraphs = [page.text] if page.text else []
        self.parts = list(page.parts)
        self._length = len(page.text)
        self._said = _squash(page.text[:MOST_CHARS])
        self._left = MOST_CHARS

    def add(self, file: ReadFile) -> list[Attachment]:
        """Add what is new in a file; returns how it is to be listed, and the files in it that could not be read."""
        attachment, document = file.attachment, file.document and _titled(file.document)
        if document is None:
            return [attachment]
        if len(document.text) > self._left:
            reason = Unread("too_large", f"the files of the page hold more than {MOST_CHARS} characters")
            return [replace(attachment, unread=reason)]
        spans = list(_lines(document.text))
        own = {span for span in spans if not self._repeats(document.text[slice(*span)])}
        if sum(end - start for start, end in own) > _OWN_SHARE * len(document.text):
            for start, end in spans:
                if (start, end) in own or end - start < _SENTENCE_CHARS:
                    self._append(document, start, end, attachment)
            self._said += _squash(document.text)
            self._left -= len(document.text)
        inner = [replace(one, url=attachment.url, name=f"{attachment.name}/{one.name}") for one in document.attachments]
        return [attachment, *(one for one in inner if one.unread)]

    def _repeats(self, paragraph: str) -> bool:
        sentences = [_squash(sentence) for sentence in _SENTENCE.findall(paragraph)]
        repeated = sum(len(sentence) for sentence in sentences if sentence in self._said)
        return repeated >= _REPEATED_SHARE * sum(map(len, sentences))

    def _append(self, document: Document, start: int, end: int, attachment: Attachment) -> None:
        at = self._length + 1 if self.paragraphs else 0
        for offset in (start, *(part.start for part in document.parts if start < part.start < end)):
            origin = _within(attachment, origin_at(document.parts, offset))
            if not self.parts or self.parts[-1].origin != origin:
                self.parts.append(Part(at + offset - start, origin))
        self.paragraphs.append(document.text[start:end])
        self._length = at + end - start


def _titled(document: Document) -> Document:
    """With the headline at the head of its text: there it told what the file is, here what begins."""
    title = document.title
    if title is None or _squash(title) in _squash(document.text[: 2 * len(title) + 100]):
        return document
    moved = tuple(replace(part, start=part.start and part.start + len(title) + 1) for part in document.parts)
    return replace(document, text=f"{title}\n{document.text}", parts=moved)


def _within(attachment: Attachment, inner: Origin | None) -> Origin:
    """The origin of a place in a file, which may be a file of an archive."""
    name = f"{attachment.name}/{inner.file}" if inner and inner.file else attachment.name
    return Origin(name, attachment.url or None, inner.page if inner else None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _squash(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text))

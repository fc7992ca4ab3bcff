"""Drafts: which titles and pages are of one, and what the draft of a document is called."""

from __future__ import annotations

import re
from typing import Final

# A title as texts name it, with one that it names itself.
TITLE: Final = r"《[^《》]{4,150}(?:《[^《》]{2,100}》[^《》]{0,40})?》"
_STAGES: Final = r"(?:征求意见稿|意见征求稿|送审稿|草案|讨论稿)"
_MARK: Final = re.compile(rf"[（(]?(?:公开)?{_STAGES}[）)]?")
_IN_TITLE: Final = re.compile(r"征求|送审|草案|讨论稿")
# A final text says that opinions were asked, too; only a draft asks for them.
_IN_TEXT: Final = re.compile(rf"{_STAGES}|公开征求意见")
_NAMED: Final = re.compile(TITLE)
_HEAD: Final = 300  # characters in which a page says that it shows a draft


def is_draft(title: str | None) -> bool:
    """Whether a title is of a draft, or of a page that asks for opinions on one."""
    return title is not None and _IN_TITLE.search(title) is not None


def shows_draft(title: str | None, text: str) -> bool:
    """Whether a page calls what it shows a draft, in its title or at its head."""
    return _IN_TEXT.search(f"{title}\n{text[:_HEAD]}") is not None


def draft_of(title: str) -> str:
    """The draft that a page is of: what stands in 《》 where that is called one, or opinions are asked on it."""
    named = _NAMED.search(title)
    if named is None:
        return as_draft(title)
    beside = without_mark(title.replace(named[0], ""))
    return as_draft(named[0][1:-1] if "征求" in beside or _MARK.search(named[0]) else title)


def as_draft(title: str) -> str:
    """What the draft of a document is called."""
    return f"{without_mark(title)}（征求意见稿）"


def without_mark(title: str) -> str:
    return _MARK.sub("", title)

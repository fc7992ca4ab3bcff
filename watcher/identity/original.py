"""Which of an announcement's pages is its original. Pure.

The one that another links as such, or else the issuer's own, or one that credits nobody else, or the earliest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watcher.addresses import canonical
from watcher.model import Document, Extraction

# 济南市生态环境局莱芜分局 has its news on the site of the bureau.
_BRANCH: Final = re.compile(r"(?<=局)[一-龥]{2,12}(?:分局|[支大总]队|税务所)$")


@dataclass(frozen=True, slots=True)
class Standing:
    """What makes a page of an announcement its original or not; `source` is the name of the column that lists it."""

    key: str
    source: str
    document: Document
    found: Extraction

    @property
    def links(self) -> str | None:
        """The address of what it names as its original."""
        original = self.found.credit.original_url
        return canonical(original) if original else None

    @property
    def issuers_own(self) -> bool:
        return self._is_of(self.found.issuer)

    @property
    def credits_another(self) -> bool:
        name, issuer = self.found.credit.name, self.found.issuer
        by_issuer = name is not None and issuer is not None and (name in issuer or issuer in name)
        return name is not None and not by_issuer and not self._is_of(name)

    def _is_of(self, body: str | None) -> bool:
        """Whether the page stands on this body's site, or on that of the body whose branch it is."""
        site = (self.source, self.document.site, self.document.publisher)
        names = (body, _BRANCH.sub("", body)) if body else ()
        return any(name in where for where in site if where for name in names)


def is_original(fresh: Standing, known: Standing, *, linked: bool) -> bool:
    """Whether a copy just read, and not the page that stands for the announcement, is its original.

    `linked`: a page of the announcement names the fresh one as its original.
    """
    if linked or known.links == fresh.key or fresh.links == known.key:
        return fresh.links != known.key
    if fresh.issuers_own != known.issuers_own:
        return fresh.issuers_own
    if fresh.credits_another != known.credits_another:
        return known.credits_another
    days = fresh.found.published, known.found.published
    return days[0] is not None and days[1] is not None and days[0] < days[1]

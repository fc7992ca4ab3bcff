"""What is wrong with a source or an article."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source or an article could not be read: a stable code, a line for a person, what to do about it.

    `facts` are what the line says beside its words, by name: for alerts in other languages, and not stored.
    """

    code: str
    message: str
    hint: str | None = None
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False)

"""What is wrong with what is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: with what, in a line, and what to do about it."""

    subject: str
    text: str
    advice: str

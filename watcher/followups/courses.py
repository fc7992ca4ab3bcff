"""Figures through the documents of a series: 100万元, 300万元, 500万元 for the same thing, year after year. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watcher.followups.beside import Pair, weight
from watcher.followups.series import Member, Step
from watcher.model import Figure


@dataclass(frozen=True, slots=True)
class Course:
    """One figure in each document that has it, two at least, the oldest first; all in one unit."""

    points: tuple[tuple[Member, Figure], ...]

    @property
    def subject(self) -> str | None:
        """What it is about, in the words of the newest document that says so."""
        return next((figure.subject for _, figure in reversed(self.points) if figure.subject), None)

    @property
    def moved(self) -> bool:
        return len({(figure.low, figure.high) for _, figure in self.points}) > 1


def courses(paired: Iterable[tuple[Step, Sequence[Pair[Figure]]]], most: int) -> tuple[Course, ...]:
    """The figures that go on from document to document, the most important first: those that moved before the others.

    Args:
        paired: the steps of a series, each with its figures beside those of the document before it.
    """
    ended: list[list[tuple[Member, Figure]]] = []
    # By the document and the place in it that a course has come to.
    going: dict[tuple[int, int], list[tuple[Member, Figure]]] = {}
    members: dict[int, Member] = {}
    for step, pairs in paired:
        record = step.member.stands
        if record is None:
            continue
        members[record.id] = step.member
        for pair in pairs:
            old, new, before = pair.before, pair.after, step.before
            if old is None or new is None or before is None or old.unit != new.unit:
                continue
            # Two documents of the same weeks follow the same one: the second begins a course of its own.
            course = going.pop((before.id, old.start), None)
            if course is None:
                course = [(members[before.id], old)]
                ended.append(course)
            course.append((step.member, new))
            going[record.id, new.start] = course
    found = [Course(tuple(one)) for one in ended]
    return tuple(sorted(found, key=_rank)[:most])


def _rank(course: Course) -> tuple[bool, int, int]:
    _, last = course.points[-1]
    return not course.moved, -weight(last), -len(course.points)

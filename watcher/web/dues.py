"""What is due soon, with what is to be done: the days by their index, the tasks from the texts of those shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from watcher.deadlines.due import due_on
from watcher.lifecycle.lifespan import still_due
from watcher.records.overviews import DueDay
from watcher.web.site import Asking

MOST_TASKS: Final = 3


@dataclass(frozen=True, slots=True)
class Coming:
    """A day of an announcement; `task`: what it wants done by then, as mails and calendars say it."""

    due: DueDay
    task: str


def coming(asking: Asking, span: timedelta, most: int, regions: Sequence[str]) -> list[Coming]:
    """What is due from today on, the next day first."""
    found = still_due(asking.store.overviews.due(asking.today, asking.today + span, most, regions))
    records = asking.store.lists.active({one.announcement for one in found})
    texts = {record.id: record.extraction for record in records}

    def task(one: DueDay) -> str:
        # Withdrawn since the days were read: its own words are left.
        tasks = due_on(texts[one.announcement], one.day).tasks if one.announcement in texts else (one.quote,)
        return asking.words.alert.join.join(tasks[:MOST_TASKS])

    return [Coming(one, task(one)) for one in found]

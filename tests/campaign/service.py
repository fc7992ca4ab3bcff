"""`watcher` with its clock so many hours ahead: `python -m tests.campaign.service HOURS run …`.

Nothing else of it is changed: hours that the machine was off, and retries that wait for hours, pass in no time.
"""

from __future__ import annotations

import copyreg
import datetime as module
import sys
from typing import Any

Real = module.datetime


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Real)


def set_ahead(hours: float) -> None:
    """Must be called before anything imports `datetime` by name."""
    ahead = module.timedelta(hours=hours)

    class Shifted(Real, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz: module.tzinfo | None = None) -> Any:
            return Real.now(tz) + ahead

    module.datetime = Shifted  # type: ignore[misc]
    for one in (Real, Shifted):  # to the processes that read documents, which have the machine's clock
        copyreg.pickle(one, lambda moment: (read_moment, (moment.isoformat(),)))


def read_moment(text: str) -> Real:
    return Real.fromisoformat(text)


if __name__ == "__main__":
    from tests.campaign import service  # by its name, for those processes

    service.set_ahead(float(sys.argv[1]))
    from watcher.cli import main

    sys.argv = ["watcher", *sys.argv[2:]]
    sys.exit(main())  # type: ignore[func-returns-value]

"""What watcher learned of a source from its own passes: a few numbers, however long it is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from watcher.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Level:
    """A number that stays about the same.

    `recent`: its last values that were as usual; `off`: passes in a row in which it was not, since `off_since`.
    """

    recent: tuple[float, ...] = ()
    off: int = 0
    off_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How entries come: when one last did, how many pauses were seen, and the longest of late."""

    last: datetime | None = None
    pauses: int = 0
    longest: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known of a source's 304: passes done so far, and whether one was caught lying."""

    passes: int = 0
    caught: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """An entry opened that was never read: its `first` try or not, and why it cannot be; None where it can."""

    first: bool
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Unopened:
    """New entries that could not be opened since one last could, the passes that tried any, the last reason."""

    entries: int = 0
    passes: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Known `articles` that are not believed now, since the first of them went; `last` when another did.

    `tried`: when one of them was last looked at in vain, in so many `passes`, and the reason; `stood`: others that were
    looked at since, and are there.
    """

    articles: int = 0
    stood: int = 0
    passes: int = 0
    since: datetime | None = None
    last: datetime | None = None
    tried: datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A known announcement in whose place another page of its site stands since then, found so many times in a row.

    `key`: that of its page; `told`: when an event said so.
    """

    key: str
    title: str
    url: str
    problem: Problem
    since: datetime
    tries: int = 0
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Entries of between `since` and `until` may never have been seen, and why; `told`: when an event last said so."""

    since: datetime
    until: datetime
    why: str
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pursuit:
    """Older pages of a list whose entries got other addresses at `since`, not looked through for them from `url` on.

    `dated_anew`: they are known by their titles alone.
    """

    since: datetime
    url: str
    dated_anew: bool = False


@dataclass(frozen=True, slots=True)
class Usual:
    """`entries`: on the first page; `seconds`: until it was there; `unopened`: what of it leads nowhere.

    `title`: what that page calls itself; `kinds`: of its entries' addresses; `doubted_since`: another list has been
    standing in its place since then; `astray_since`: articles that were read are gone together; `lost`: what was not
    seen of late; `away`: known articles that are not believed; `replaced`: those in whose place another page stands;
    `pursuit`: where others may have other addresses now.
    """

    entries: Level = Level()
    seconds: Level = Level()
    rhythm: Rhythm = Rhythm()
    trust: Trust = Trust()
    unopened: Unopened = Unopened()
    title: str | None = None
    kinds: tuple[str, ...] = ()
    doubted_since: datetime | None = None
    astray_since: datetime | None = None
    lost: Lost | None = None
    away: Away = Away()
    replaced: tuple[Replaced, ...] = ()
    pursuit: Pursuit | None = None


UNKNOWN: Final = Usual()

"""`python -m benchmarks.store.passes`: what months of passes that find nothing leave in the database.

Each source is looked at every half hour and, once a week, is in trouble for an hour and told to one subscription.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from watcher.model import Validators
from watcher.news import EventKind
from watcher.records.deliveries import Outgoing, Recipient
from watcher.records.passes import ListingMark, PassEnd
from watcher.records.sources import Health, PassNote, SourceState
from watcher.records.usual import Usual
from watcher.settings import Every, Source, Subscription
from watcher.store import Store

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
EVERY: Final = timedelta(minutes=30)
A_DAY: Final = 48
WEEK: Final = 7 * A_DAY
READER: Final = Subscription("ops", "json://reader.example/")
SHOWN: Final = (1, 7, 30, 91, 182, 365)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.store.passes", description=__doc__)
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--sources", type=int, default=100)
    given = options.parse_args()
    print("| days | passes | events and deliveries | file, MB |\n|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "watcher.db")
        store = Store.open(f"sqlite:///{path}")
        sources = [_source(number) for number in range(given.sources)]
        store.sync_sources(sources, START)
        store.sync_subscriptions([READER], START)
        for number in range(given.days * A_DAY):
            _round(store, sources, number)
            days, rest = divmod(number + 1, A_DAY)
            if not rest and (days in SHOWN or days == given.days):
                rows, size = _measured(path)
                print(f"| {days} | {(number + 1) * len(sources):,} | {rows:,} | {size / 1e6:.1f} |", flush=True)
        store.close()


def _source(number: int) -> Source:
    return Source(f"source-{number:03}", f"某市局{number}", f"http://{number}.example/list/", Every(interval=EVERY))


def _round(store: Store, sources: list[Source], number: int) -> None:
    """A pass over each source, all of them begun in one transaction and ended in another, as the service does."""
    now = START + number * EVERY
    begun = store.passes.begin([(source, now) for source in sources])
    ended = [(held, _end(number, place, now), now) for place, held in enumerate(begun) if held]
    assert len(ended) == len(sources)
    assert all(store.passes.finish(ended))
    while (batch := store.outbox.next_batch(READER.id, now)) is not None:
        store.mark_sent(batch, now)


def _end(number: int, place: int, now: datetime) -> PassEnd:
    mark = ListingMark(Validators('"v1"'), "0" * 64, 20)
    kind = {0: EventKind.SOURCE_TROUBLE, 2: EventKind.SOURCE_RECOVERED}.get((number + place) % WEEK)
    told = Outgoing(kind, _body(kind, place), (Recipient(READER.id, "订阅了来源故障", now, False),)) if kind else None
    return PassEnd(
        Health(SourceState.OK, last_checked=now, last_ok=now), mark, None, told, Usual(), PassNote(now, 0.4, 20, 0)
    )


def _body(kind: EventKind, place: int) -> dict[str, object]:
    said = "http://host.example/list/: no answer within 20 s; the site may be down, or keep foreign addresses out"
    return {
        "kind": str(kind),
        "title": f"某市局{place}",
        "source": f"source-{place:03}",
        "code": "timeout",
        "message": said,
    }


def _measured(path: Path) -> tuple[int, int]:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rows = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("events", "deliveries"))
    connection.close()
    return rows, os.path.getsize(path)


if __name__ == "__main__":
    main()

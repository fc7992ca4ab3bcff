"""Writes to a store without end: entries of the first source, so many in each transaction."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from benchmarks.store import fill
from watcher.model import Link
from watcher.store import Store


def main() -> None:
    address, at_once = sys.argv[1], int(sys.argv[2])
    store, source, number = Store.open(address), fill.sources()[0], 0
    (held,) = store.passes.begin([(source, datetime.now(UTC))])
    assert held is not None
    while True:
        links = [Link(url=f"{source.url}{number}/{one}.html", title=f"第{one}号通知") for one in range(at_once)]
        store.add_entries(held, links, baseline=False, now=datetime.now(UTC))
        number += 1
        if number == 1:
            print("begun", flush=True)


if __name__ == "__main__":
    main()

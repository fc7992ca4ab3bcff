"""watcher: its configuration for the site, and the process that is measured, asked for passes or left to its schedule.

python -m benchmarks.monitoring.ours CONFIG STATE          makes the passes that standard input asks for
python -m benchmarks.monitoring.ours CONFIG STATE serve    is `watcher run`, and says at its end how its loop stalled
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from benchmarks.monitoring.asked import answer
from benchmarks.monitoring.stalls import watched
from benchmarks.monitoring.target import Target
from watcher import loop
from watcher.app import App, opened
from watcher.cli.logs import LogFormat, set_up_logging
from watcher.cli.service import GARBAGE
from watcher.config import load
from watcher.notify import check_address
from watcher.schedule import serve
from watcher.settings import Options, Settings


def configuration(target: Target, *, every: str = "1h", concurrency: int | None = None) -> str:
    """`sources.yaml` for all columns of the site; its one host stands for many, so its pace is set free."""
    lines = ["settings:", "  allow_private_addresses: true", "  per_host_delay: 0s"]
    lines += [f"  per_host_concurrency: {concurrency or Options().concurrency}"]
    lines += [f"  concurrency: {concurrency}"] if concurrency else []
    lines += ["sources:"]
    for column in range(target.columns):
        lines += [f"  - id: column-{column}", f"    name: 工作动态 {column}", f"    url: {target.url(column)}"]
        lines += [f"    every: {every}"]
    lines += ["subscriptions:", "  - id: sink", f"    to: {target.sink('ours')}", "    on: [new, changed]"]
    return "\n".join(lines) + "\n"


def command(config: Path, state: Path, *rest: str) -> list[str]:
    return [sys.executable, "-m", "watcher", "--config", str(config), "--state", str(state), *rest]


def settings(config: str, state: str) -> Settings:
    return load(config, state=state, database_url=None, environ=os.environ, check_address=check_address)


async def _passes(app: App) -> None:
    async def make_pass(column: int | None) -> dict[str, int]:
        chosen = app.settings.sources if column is None else (app.settings.sources[column],)
        reports = await app.check(chosen)
        await app.deliver_due()
        found = Counter(
            problems=sum(report.problem is not None or report.busy for report in reports),
            opened=sum(report.opened for report in reports),
            new=sum(report.new for report in reports),
        )
        return dict(found)

    await answer(make_pass)


async def main(config: str, state: str, *how: str) -> None:
    gc.set_threshold(*GARBAGE)
    found = settings(config, state)
    set_up_logging(logging.INFO if how else logging.ERROR, found.options.timezone, LogFormat.TEXT)
    async with opened(found, patient=bool(how)) as app:
        gc.freeze()
        if not how:
            await _passes(app)
            return
        async with watched() as stalls:
            await serve(app)
    print(json.dumps(asdict(stalls)))


if __name__ == "__main__":
    loop.run(main(*sys.argv[1:]))

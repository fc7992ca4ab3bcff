"""`python -m benchmarks.scale`: both engines on the same load, with one, two and four workers; what a job costs.

Needs the programs of a PostgreSQL server (`make test-deps`).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import page
from benchmarks.monitoring import ours
from benchmarks.monitoring.target import Target, serving
from benchmarks.scale import jobs
from benchmarks.scale.cluster import Run, Setting, again, first
from tests import postgres

HOSTS: Final = 64
# Slow sites: with so many passes in hand at a time a worker waits nearly all of its time.
SLOTS, DELAY_S = 16, 1.0
# Articles that a first pass opens, where reading them is what is measured.
OPENED: Final = 5
WORKERS: Final = (1, 2, 4)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    options.add_argument("--sources", type=int, default=2000, help="with nothing new, for each engine")
    options.add_argument("--articles", type=int, default=500, help="articles to read, for each engine")
    options.add_argument("--slow", type=int, default=240, help="sources a worker whose sites take a second")
    options.add_argument("--many", type=int, default=10_000, help="sources that are due at once")
    options.add_argument("--write", action="store_true", help=f"put the tables into {page.PAGE.name}")
    given = options.parse_args()
    with postgres.running(fsync=True) as server:
        bench = Bench(server)
        parts = {
            "scale: both engines": bench.engines(given.sources, given.articles),
            "scale: slow sites": bench.slow(given.slow),
            "scale: many at once": bench.many(given.many),
        }
    asked = f"--sources {given.sources} --articles {given.articles} --slow {given.slow} --many {given.many}"
    libraries = [f"{name} {version(name)}" for name in ("procrastinate", "psycopg", "sqlalchemy")]
    told = page.circumstances(f"python -m benchmarks.scale {asked}", libraries)
    for part, table in parts.items():
        print(f"{table}\n\n{told}\n")
        if given.write:
            page.put(part, f"{table}\n\n{told}")


class Bench:
    def __init__(self, server: postgres.Server) -> None:
        self._server = server

    def engines(self, sources: int, articles: int) -> str:
        """Sites that answer at once: nothing but work."""
        lines = [
            "| | passes/s | CPU ms of a pass: watcher | PostgreSQL | articles/s |",
            "|---|--:|--:|--:|--:|",
        ]
        of_one: Run | None = None
        for setting in (self._alone("SQLite"), self._alone("PostgreSQL"), *self._shared()):
            with self._load(setting, sources) as (address, folder):
                first(setting, address, folder, sources)
                run = again(setting, address, folder, sources)
            with self._load(setting, articles // OPENED, opened=OPENED) as (address, folder):
                rate = first(setting, address, folder, articles // OPENED).rate * OPENED
            told = f"{run.rate:.0f} | {run.cpu_ms:.1f} | {run.server_ms:.1f} | {rate:.1f}"
            lines.append(f"| {setting.name} | {told} |")
            print(lines[-1], flush=True)
            if setting.commands == (("worker",),):
                of_one = run
        assert of_one is not None
        return "\n".join([*lines, "", self._job(of_one, sources)])

    def _job(self, run: Run, count: int) -> str:
        cost = jobs.measure(self._server.make(), count, 32, self._server.pid)
        share = (cost.cpu_ms + cost.server_ms) / (run.cpu_ms + run.server_ms)
        return (
            f"A job that does nothing: {cost.wall_ms:.1f} ms, of CPU {cost.cpu_ms:.1f} ms in watcher and "
            f"{cost.server_ms:.1f} ms in PostgreSQL: {share * 100:.0f} % of what a pass of one worker costs."
        )

    def slow(self, sources: int) -> str:
        """Sites that take a second, as real ones do: nothing but waiting."""
        lines = ["| workers | passes/s | at best |", "|--:|--:|--:|"]
        for setting in self._shared("--concurrency", str(SLOTS)):
            workers = len(setting.commands)  # as many rounds for each: of a short run start and end are most
            with self._load(setting, sources * workers, DELAY_S) as (address, folder):
                first(setting, address, folder, sources * workers)
                run = again(setting, address, folder, sources * workers)
            lines.append(f"| {workers} | {run.rate:.1f} | {workers * SLOTS / DELAY_S:.0f} |")
            print(lines[-1], flush=True)
        return "\n".join(lines)

    def many(self, sources: int) -> str:
        (setting,) = [one for one in self._shared() if len(one.commands) == 2]
        lines = ["| all due at once, two workers | s | passes/s |", "|---|--:|--:|"]
        with self._load(setting, sources) as (address, folder):
            for name, how in (("their first pass", first), ("nothing new", again)):
                run = how(setting, address, folder, sources)
                lines.append(f"| {sources:,} sources, {name} | {run.took_s:.0f} | {run.rate:.0f} |")
                print(lines[-1], flush=True)
        return "\n".join(lines)

    def _alone(self, store: str) -> Setting:
        command = ("run", "--no-web", "--engine", "apscheduler")
        return Setting(f"apscheduler on {store}", (command,), self._server.pid if store == "PostgreSQL" else None)

    def _shared(self, *options: str) -> Iterator[Setting]:
        for count in WORKERS:
            name = "1 worker" if count == 1 else f"{count} workers"
            yield Setting(f"procrastinate, {name}", (("worker", *options),) * count, self._server.pid)

    @contextmanager
    def _load(
        self, setting: Setting, sources: int, delay_s: float = 0.0, opened: int = 0
    ) -> Iterator[tuple[str, Path]]:
        """A site with so many columns, in a folder the `sources.yaml` for them, and the address of a new database."""
        with tempfile.TemporaryDirectory() as name, serving(sources, HOSTS) as target:
            target.set(delay_s=delay_s)
            (Path(name) / "sources.yaml").write_text(configuration(target, opened), "utf-8")
            on_server = setting.server is not None
            yield self._server.make() if on_server else f"sqlite:///{name}/watcher.db", Path(name)


def configuration(target: Target, opened: int) -> str:
    """Every source each hour, of which so many articles are opened, and nobody told."""
    text = ours.configuration(target).partition("subscriptions:")[0]
    return text.replace("every: 1h", f"every: 1h\n    follow: {{max_new: {opened}}}")


if __name__ == "__main__":
    main()

"""`python -m benchmarks.web`: the page of a running service with 100,000 announcements, asked by twenty readers."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles
from typing import Final

import httpx

from benchmarks import page
from benchmarks.store import corpus, fill
from watcher.store.engine import Database

READERS: Final = 20
# A service that just started loads templates and makes its first passes: that is not what is measured.
WARM_S: Final = 15.0
WORDS: Final = ("企业", "数据共享", "工业和信息化局", "绿色金融 贴息", corpus.RARE, '"形成上下联动的工作合力"')
Answers = dict[str, list[tuple[float, int]]]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    options.add_argument("--size", type=int, default=100_000, help="announcements")
    options.add_argument("--seconds", type=int, default=60, help="how long the readers ask")
    options.add_argument(
        "--keep", metavar="FILE", help="fill this database, or use it if it is full, and leave it there"
    )
    options.add_argument("--write", action="store_true", help=f"put the table into {page.PAGE.name}")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.keep or f"{folder}/watcher.db")
        database = Database.open(f"sqlite:///{path}")
        fill.fill(database, given.size)
        database.close()
        with service(Path(folder), path) as (address, pid):
            asked, cpu_s = asyncio.run(readers(address, pid, given.size, given.seconds))
    answers = sum(map(len, asked.values()))
    table = f"{report(asked)}\n\nCPU of the service, its passes included: {cpu_s / answers * 1000:.0f} ms a page."
    print(table)
    if given.write:
        command = f"python -m benchmarks.web --size {given.size} --seconds {given.seconds}"
        page.put("web", table)
        page.put("web circumstances", page.circumstances(command, [f"Starlette {version('starlette')}"]))


@contextmanager
def service(folder: Path, database: Path) -> Iterator[tuple[str, int]]:
    """The address of the page of a real service on this database, with sources that it checks meanwhile; its id."""
    sources = "".join(
        f"  - {{id: {corpus.source_id(number)}, url: 'http://127.0.0.1:9/{number}/', every: 20s}}\n"
        for number in range(20)
    )
    config = folder / "sources.yaml"
    config.write_text(f"settings: {{allow_private_addresses: true}}\nsources:\n{sources}", "utf-8")
    log = folder / "log"
    places = ("--config", str(config), "--state", str(folder / "state"), "--database-url", f"sqlite:///{database}")
    with log.open("wb") as file:
        command = [sys.executable, "-m", "watcher", *places, "run", "--web", "127.0.0.1:0"]
        process = subprocess.Popen(command, stderr=file, env=os.environ)
        try:
            while not (found := re.search(r"web (http://\S+?)/\s", log.read_text())):
                if process.poll() is not None:
                    raise RuntimeError(log.read_text())
                time.sleep(0.05)
            yield found[1], process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def addresses(size: int, chance: random.Random) -> dict[str, str]:
    """One page of each kind."""
    return {
        "list": "/",
        "list, a region": f"/?region={corpus.BUSY_CITY}",
        "list, further on": f"/?type=measures_news&after={_cursor(size, chance)}",
        "search": f"/?query={chance.choice(WORDS)}",
        "announcement": f"/announcements/{chance.randrange(1, size + 1)}",
    }


def _cursor(size: int, chance: random.Random) -> str:
    seen = corpus.seen(chance.randrange(size // 2, size))
    return f"{int(seen.timestamp() * 1_000_000)}__1"


async def readers(address: str, pid: int, size: int, seconds: int) -> tuple[Answers, float]:
    """(seconds, bytes) of every answer, by the kind of its page, and what it cost the service in seconds of CPU.

    Each reader asks for one page a second.
    """
    asked: Answers = {}
    await _warm(address, size)

    async def read(number: int) -> None:
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await asyncio.sleep(number / READERS)
            for _ in range(seconds):
                kind, path = chance.choice(list(addresses(size, chance).items()))
                start = time.perf_counter()
                answer = await client.get(path)
                took = time.perf_counter() - start
                answer.raise_for_status()
                asked.setdefault(kind, []).append((took, len(answer.content)))
                await asyncio.sleep(max(0.0, 1 - took))

    before = _cpu_s(pid)
    await asyncio.gather(*map(read, range(READERS)))
    return asked, _cpu_s(pid) - before


async def _warm(address: str, size: int) -> None:
    """Each kind of page once, and a while for the first passes."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for path in addresses(size, random.Random(0)).values():
            (await client.get(path)).raise_for_status()
    await asyncio.sleep(WARM_S)


def _cpu_s(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(asked: Answers) -> str:
    lines = ["| page | answers | p50 ms | p99 ms | worst ms | largest KB, unpacked |", "|---|--:|--:|--:|--:|--:|"]
    every = [one for answers in asked.values() for one in answers]
    for kind, answers in (*asked.items(), ("all", every)):
        times = sorted(took * 1000 for took, _ in answers)
        spread = quantiles(times, n=100, method="inclusive")
        size = max(size for _, size in answers) / 1000
        lines.append(f"| {kind} | {len(times)} | {spread[49]:.0f} | {spread[98]:.0f} | {times[-1]:.0f} | {size:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

"""What the stack itself costs: httpx, ETags and BeautifulSoup in one process, nothing stored, nobody told."""

from __future__ import annotations

import asyncio
import sys

import httpx
from bs4 import BeautifulSoup

from benchmarks.monitoring.asked import answer


async def main(port: int, columns: int) -> None:
    etags: dict[int, str] = {}

    async def look(client: httpx.AsyncClient, turns: asyncio.Semaphore, column: int) -> int:
        async with turns:
            headers = {"If-None-Match": etags[column]} if column in etags else {}
            response = await client.get(f"http://127.0.0.1:{port}/c/{column}", headers=headers)
            if response.status_code == 304:
                return 0
            etags[column] = response.headers.get("etag", "")
            return len(BeautifulSoup(response.text, "lxml").select("ul.news a"))

    async def make_pass(connections: int) -> dict[str, int]:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        async with httpx.AsyncClient(limits=limits, timeout=30) as client:
            turns = asyncio.Semaphore(connections)
            found = await asyncio.gather(*(look(client, turns, column) for column in range(columns)))
        return {"entries": sum(found)}

    await answer(make_pass)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))

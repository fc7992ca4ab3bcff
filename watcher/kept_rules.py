"""The rules of robots.txt files from one process to the next: `fetch.robots.Memory` in the database."""

from __future__ import annotations

from watcher.site_rules import SiteRules
from watcher.store.robots import RobotsFiles
from watcher.threads import in_store


class KeptRules:
    """Raises StoreError."""

    def __init__(self, robots: RobotsFiles) -> None:
        self._robots = robots

    async def find(self, site: str) -> SiteRules | None:
        return await in_store.together(self._robots.find, site)

    async def keep(self, rules: SiteRules) -> None:
        await in_store.together(self._robots.keep, rules)

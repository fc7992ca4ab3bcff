"""The rules by which a column that a script fills may be read: what its diagnosis names, to be tried by who adds it."""

from __future__ import annotations

from watcher.errors import ReadError
from watcher.listing.addresses import resolve
from watcher.listing.asked import asked
from watcher.listing.diagnosis import sent_on
from watcher.listing.javascript import data_address, is_posted
from watcher.listing.jsonlist import read_inside
from watcher.listing.opened import Opened
from watcher.model import Page
from watcher.settings import JsonRule, ListingRule


def suggestions(page: Page) -> tuple[ListingRule, ...]:
    """Return the rules to try, the likeliest first; none where the page does not say what its script asks."""
    opened = Opened.of(page)
    if (data := asked(opened)) is not None:
        return ("jpage" if "dataproxy.jsp" in data else JsonRule(),)
    rules: list[ListingRule] = []
    seen = data_address(opened.text)
    # "$" and braces are of the script's own pattern; a bare word is the name of a function.
    if (
        seen is not None
        and not set("${}") & set(seen)
        and ("/" in seen or "." in seen)
        and not is_posted(opened.text, seen)
    ):
        url = resolve(opened.base, seen)
        rules += [JsonRule(url=url)] if url is not None else []
    return (*rules, JsonRule()) if _carries(opened) else tuple(rules)


def other_address(page: Page) -> str | None:
    """Return the address to which a page without a list sends its readers, by a frame or a refresh."""
    found = sent_on(Opened.of(page))
    return found[1] if found else None


def _carries(opened: Opened) -> bool:
    try:
        return bool(read_inside(opened))
    except ReadError:
        return False

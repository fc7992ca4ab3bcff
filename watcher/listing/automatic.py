"""Finds the list of a page by itself: repeated blocks of a link and a date.

Items that hang on the same kind of branch (`scan.Key`) make a group; the group that looks most like a list of articles
wins. A site's front page shows many columns, none of them the main one: there every list of dated articles is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from watcher.listing.addresses import is_article, is_front_page
from watcher.listing.beside import Beside, Kin
from watcher.listing.columns import Headed
from watcher.listing.entries import distinct
from watcher.listing.found import Item, Key, Scan
from watcher.listing.groups import ENOUGH, Entry, Group, entries_of, groups_of, is_headline, undated_groups
from watcher.listing.javascript import fills_by_script
from watcher.listing.opened import Opened
from watcher.listing.pager import next_url
from watcher.listing.prose import LONG, length
from watcher.listing.siblings import are_sisters
from watcher.listing.titles import is_case_number
from watcher.listing.unaddressed import unaddressed
from watcher.listing.waiting import is_elsewhere, is_filled, is_loading
from watcher.model import Link

_OTHERWISE_FACTOR: Final = 0.15  # under a heading that tells nothing, beside a list of the column's own folder
_COMPACT: Final = 6  # links and dates in such an entry, a flat list of two included


def dated(opened: Opened) -> tuple[Link, ...]:
    """Return the dated list that the page shows, () where there is none."""
    return dated_list(opened, opened.found)


def dated_list(opened: Opened, found: Scan) -> tuple[Link, ...]:
    """Return the dated list in `found`, which may be a part of the page that it does not show."""
    groups = _outer([group for group in groups_of(found, opened) if _is_list(group)])
    if not groups:
        return ()
    best = _best(groups, found, opened)
    if _stands_beside(best, found, opened):
        return ()
    if is_front_page(opened.page.final_url):
        entries = [entry for group in groups for entry in (*group.entries, *_undated_beside(group, found, opened))]
    else:
        entries = _with_neighbours(best.items, [*best.entries, *_undated_beside(best, found, opened)], found, opened)
    return distinct((entry.link for entry in sorted(entries, key=lambda entry: entry.order)), opened.page.final_url)


def _best(groups: Sequence[Group], found: Scan, opened: Opened) -> Group:
    """The one that looks most like the page's list."""
    is_sure = any(group.is_own and not group.is_aside for group in groups)
    own = [group for group in groups if group.headed is Headed.OWN and not group.is_aside]
    is_beside = _beside(max(own, key=lambda group: group.score), found, opened) if own else None

    def score(group: Group) -> float:
        is_strange = (is_sure and group.headed is Headed.OTHERWISE) or (is_beside is not None and is_beside(group))
        return group.score * (_OTHERWISE_FACTOR if is_strange else 1.0)

    return max(groups, key=score)


def _beside(own: Group, found: Scan, opened: Opened) -> Callable[[Group], bool]:
    """Tells which lists under no heading stand outside the part of the page that its own heads, and lead elsewhere.

    What is over them may be a picture. `own` is a list in that part, or told by its addresses and then the longer one.
    """
    section, kin = opened.columns.section(found, own.first), Kin(own.links, opened.column)

    def is_beside(group: Group) -> bool:
        if group.headed is not Headed.BARE or any(map(kin.has, group.links)):
            return False
        if section is None:
            return own.is_own and len(own.entries) > len(group.entries)
        return all(item.end <= section.start or section.end <= item.start for item in group.items)

    return is_beside


def _stands_beside(group: Group, found: Scan, opened: Opened) -> bool:
    """Whether it only stands beside the list proper, which a script fills or prints no dates, or beside an article."""
    if group.is_aside and (
        fills_by_script(opened.text) or len(undated_list(opened, found)) > len(group.entries) or length(found) >= LONG
    ):
        return True
    if _is_another_s(group, opened):
        return True
    if group.headed is Headed.OWN:
        return False
    other = _undated_group(opened, found)
    if other is None:
        return False
    if group.headed is Headed.BARE:
        return not other.is_of_names and _beside(other, found, opened)(group)
    return _gives_way(group, other, opened)


def _is_another_s(group: Group, opened: Opened) -> bool:
    """Whether it is another column's list on a page that shows in the place of its own a script, a frame, nothing.

    Or a list whose entries have no address.
    """
    if group.headed is Headed.OWN:
        return False
    is_beside = group.is_aside or group.headed is Headed.ELSEWHERE
    shown = unaddressed(opened)
    if shown and (is_beside or shown.count > len(group.entries)):
        return True
    if group.headed is Headed.OTHERWISE and is_filled(opened) and next_url(opened) is None:
        return True  # a list with older pages is no side column
    if group.headed is Headed.ELSEWHERE:
        return is_filled(opened) or is_elsewhere(opened)
    return group.is_aside and is_loading(opened)


def _gives_way(group: Group, other: Group, opened: Opened) -> bool:
    """Whether a dated list under another heading stands beside the undated one of the page's own column.

    What surely is another column's gives way to a longer one under no heading, too.
    """
    if not other.is_own and are_sisters(other.links, opened.page.final_url):
        return False
    is_longer = len(other.entries) > len(group.entries)
    if other.headed is Headed.OWN:
        return group.headed is Headed.ELSEWHERE or is_longer
    return other.headed is Headed.BARE and group.headed is Headed.ELSEWHERE and is_longer


def _outer(groups: list[Group]) -> list[Group]:
    """Those whose items do not lie, by two or more, in the entries of another: interpretations of what a list holds."""
    lists = {item: group.key for group in groups if len(group.items) >= ENOUGH for item in group.items}
    return [group for group in groups if not _lies_in(group, lists)]


def _lies_in(group: Group, lists: Mapping[Item, Key]) -> bool:
    outer = Counter(item.outer for item in group.items if item.outer in lists)
    return len(outer) > 1 and 2 * outer.total() > len(group.items)


def _is_list(group: Group) -> bool:
    """Three dated links, or one or two to what is surely an article: a new column may hold a single one.

    A register of cases, which has their numbers as titles, is one where it is what the page itself is about.
    """
    is_own = group.headed is Headed.OWN
    dated = [link for link in group.links if link.published and (is_own or not is_case_number(link.title))]
    if len(dated) >= ENOUGH:
        return True
    # A menu and the date of a footer meet in some element too: an entry of its own holds little else.
    compact = all(item.end - item.start <= _COMPACT for item in group.items)
    return (
        compact
        and not group.is_aside
        and any(is_article(link.url) and is_headline(link.title, is_own=is_own) for link in dated)
    )


def _undated_beside(group: Group, found: Scan, opened: Opened) -> list[Entry]:
    """The entries of the same list that print no date."""
    if len(group.items) == 1:
        return []  # its entries stand in one element: those of the same kind are other parts of the page
    # Of a row <li><a>…<i>date</i></a></li> it is the <li> that stands beside one without a date, not its <a>.
    shared = Counter(place for item in group.items for place in item.places)
    places = {place for place, count in shared.items() if count > 1 or place.key == group.key}
    keys = {place.key for place in places}
    beside = [item for key in keys for item in found.undated.get(key, ()) if item.places[0] in places]
    return [entry for item in beside for entry in entries_of(item, found, opened) if is_article(entry.link.url)]


def _with_neighbours(items: Sequence[Item], entries: list[Entry], found: Scan, opened: Opened) -> list[Entry]:
    """The entries of a list with those in the blocks beside it: pinned ones, a headline."""
    if not entries:
        return entries
    kin = Kin([entry.link for entry in entries], opened.column)

    def links(item: Item) -> list[Link]:
        entries = entries_of(item, found, opened)
        return [entry.link for entry in entries if is_headline(entry.link.title, is_own=entry.is_own)]

    more = Beside(found, items, links, kin).more()
    return [*entries, *(entry for item in more for entry in entries_of(item, found, opened))]


def undated(opened: Opened) -> tuple[Link, ...]:
    """Return the list of a page that prints no dates: the group with most links to articles, () where there is none."""
    if fills_by_script(opened.text):
        return ()
    return undated_list(opened, opened.found)


def undated_list(opened: Opened, found: Scan) -> tuple[Link, ...]:
    """`undated` for `found`, which may be a part of the page that it does not show."""
    group = _undated_group(opened, found)
    if group is None or _is_another_s(group, opened):
        return ()
    chosen = sorted(_with_neighbours(group.items, [*group.entries], found, opened), key=lambda entry: entry.order)
    return distinct((entry.link for entry in chosen), opened.page.final_url)


def _undated_group(opened: Opened, found: Scan) -> Group | None:
    """The best list without dates; names are none beside articles of the page's own column, however many they are."""
    groups = undated_groups(opened, found)
    if any(group.is_own and not group.is_of_names for group in groups):
        groups = [group for group in groups if group.is_own or not group.is_of_names]
    return _best(groups, found, opened) if groups else None

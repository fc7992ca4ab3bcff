"""An element of a page while it is open: what is known of it, and what it was found to hold so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from watcher.listing.dates import Printed
from watcher.listing.elements import Aside
from watcher.listing.found import Anchor, Row
from watcher.listing.labels import Label


@dataclass(slots=True)
class Frame:
    """Counts of what stands in it are of the page up to now; what an item has taken is not counted again."""

    tag: str
    family: str
    order: int
    path: int  # number of its branch: the kinds of the elements from the root
    start: int  # tokens before it
    texts: int  # texts before it
    open_items: int  # items before it that lie in no other
    hidden: bool
    aside: Aside
    links: int = 0  # not yet taken by an item
    dates: int = 0
    items: int = 0
    words: int = 0  # texts, those of steering apart
    cells: int = 0  # of a row
    header: list[str] | None = None  # of a table: what its columns are called
    spanning: Printed | None = None  # of a table: a day that the next `spanned_rows` share with one above
    spanned_rows: int = 0
    days: list[Label] | None = None  # what the columns that follow are the days of, by their heads
    year: int = 0  # that heads what follows
    month: int = 0  # the same
    title: str = ""  # its `title` attribute, that of a cell or a row may be the whole title of its link
    anchor: Anchor | None = None
    titled: bool = False
    is_block: bool = False  # inside a link: sets its text apart
    is_mark: bool = False  # may hold NEW or 置顶 beside a title
    rows: list[Row] = field(default_factory=list)  # entries without a day of their own
    is_before_title: bool = False  # inside a link: number, state or kind of an entry, and none of its title
    pieces: list[str] = field(default_factory=list)  # its texts, as far as they may be parts of a date
    heads_aside: bool = False  # what follows in it stands under a heading such as 热点新闻

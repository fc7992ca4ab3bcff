"""`Page` -> `Listing`: the entries of a column. Pure; never asks the network.

mechanisms -> feed | sitemap | jpage | automatic | comment | jsonlist | css | whole     one file a mechanism

opened, scan -> rows, frame, found, elements, before, spans    one walk over a page: its links, dates and their holders
automatic -> columns, siblings, beside, prose                  which of the lists found is the column's
entries -> titles, marks, daily, addresses                     what an entry of it is called and where it leads
dates, western, labels, heads, settled                         what a printed date says, and what it is the day of
pager -> turning, counting, numbering, called; windows         where the older entries are
diagnosis -> waiting, unaddressed, javascript, asked, suggest  why there are none, and what would read them
essence, order, gap                                            a listing beside what is known of it

The parsers are loaded by who reads a listing, a worker process: the service only names the function.
"""

from __future__ import annotations

from watcher.model import Listing, Page
from watcher.settings import ListingRule


def read_listing(page: Page, rule: ListingRule) -> Listing:
    """Return the entries of a listing page, in its order, each address once.

    A page that only says where its entries are (an index of sitemaps; with `jpage` or `json` a column that its script
    fills) gives a listing without links whose `next_url` is that address: fetch it and read it by the same rule.

    Raises:
        ReadError: `code` is empty, not_html, not_a_feed, not_a_sitemap, not_json, too_large, challenge, maintenance,
            login, not_a_list, javascript_list, empty_list, elsewhere, home_page or no_links.
    """
    from watcher.listing.mechanisms import read

    return read(page, rule)

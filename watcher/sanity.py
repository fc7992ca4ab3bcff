"""Whether what came is what was asked for: a site often answers with another page in its place, and says 200. Pure.

What is doubted is not believed: the last good state stays, nobody is told of an entry or a change, and the source's
health says why. A list that is doubted for `BELIEVED_AFTER` is the column's list now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urljoin, urlsplit

from watcher.addresses import canonical
from watcher.errors import ReadError
from watcher.model import Document, Link, Listing
from watcher.read.login import led_to_login
from watcher.records.usual import Usual

# A home page in place of a column, or a list that a script left out, is mended within the day; a new layout stays.
BELIEVED_AFTER: Final = timedelta(days=1)
# The errors of lists that are doubted.
DOUBTS: Final = frozenset({"another_page", "another_list"})
# So many entries a list must have, or have had: of two entries, both may be new.
FEW: Final = 5
# A home page shows some of the column's own entries among those of others.
MOST: Final = 0.8
# Entries are put up with the date on which they were signed.
LATE: Final = timedelta(days=3)
# Kinds of addresses that are remembered of a list; most columns have one or two.
KINDS: Final = 8
# Letters of a paragraph that no two articles share by chance, as they share 附件 or a date.
LONG: Final = 15

# Characters of the longest notice that stands in an article's place (maintenance with its reasons, times and numbers);
# an article as short as that has its title above it.
BRIEF: Final = 600
_GONE: Final = "it may be gone"
# Of half a title, which no notice has by chance.
HALF_TITLE: Final = 4

_BRACKETED: Final = re.compile(r"[（(\[【][^（(\[【）)\]】]*[）)\]】]")
_NUMBERS: Final = re.compile(r"[0-9A-Fa-f]*\d[0-9A-Fa-f]*")
_HOME: Final = re.compile(r"/?(?:(?:index|default|main|home)\.\w{2,5})?", re.IGNORECASE)
# The front of a site's version for telephones.
_FOR_PHONES: Final = re.compile(r"/(?:m|mobile|wap)/?(?:(?<=/)(?:index|default)\.\w{2,5})?", re.IGNORECASE)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_NOT_LETTER: Final = re.compile(r"[\W\d_]+")
# What is never closed runs to the end, as in HTML.
_UNSEEN: Final = re.compile(
    r"<(script|style)\b(?:.*?</\1\s*>|.*)|<!--(?:.*?-->|.*)|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL
)
# Of what two answers of one page show: visit counters, clocks and a headline that is new in between are the rest.
NEARLY_ALL: Final = 0.9
_BETWEEN_NAMES: Final = re.compile(r"\s*[-_—–－|｜>›»·]+\s*")


# --- addresses -----------------------------------------------------------------------------------------------------


def home_page(asked: str, came: str) -> ReadError | None:
    """The error of an address that leads to its site's home page: what stood there is gone."""
    if is_home(asked) or not is_home(came):
        return None
    return _leads_home(came)


def _leads_home(came: str) -> ReadError:
    return shows_home_page(f"the address leads to the site's home page, {came}")


def shows_home_page(sign: str) -> ReadError:
    """The error of a page that turned into another of its site, its home page most likely; `sign` says by what."""
    hint = "it was moved or taken down: open the site and look for its new address"
    return ReadError("home_page", sign, hint=hint)


def shows_list(url: str) -> ReadError:
    """The error of an article in whose place its list stands."""
    return ReadError("back_to_list", f"the list, {url}, stands at the address", hint=_GONE)


def goes_by_outer_name(title: str) -> ReadError:
    """The error of a page that calls itself by an outer name alone (`is_outer_name`)."""
    return shows_home_page(f"the page calls itself {title} and nothing else: another page of the site came")


def names_nothing(url: str) -> ReadError:
    """The error of a page that only names the address of its entries, where that holds none."""
    hint = "set `url` to the address that holds the entries"
    return ReadError("no_links", f"the address that the page names holds no entries: {url}", hint=hint)


def led_away(asked: str, came: str, listing: str) -> ReadError | None:
    """The error of an article's address that leads to a login, to the home page, or back to the list it stood in."""
    if not is_move(asked, came):
        return None
    if error := led_to_login(asked, came):
        return error
    if not is_move(listing, came):
        return ReadError("back_to_list", f"the address leads back to the list, {came}", hint=_GONE)
    to = urlsplit(came)
    fronts = home_addresses(asked, listing)
    is_front = _FOR_PHONES.fullmatch(to.path) is not None or not all(is_move(one, came) for one in fronts)
    if is_front and not to.query and not to.fragment and not is_home(asked):
        return _leads_home(came)
    return home_page(asked, came)


def home_addresses(url: str, listing: str) -> tuple[str, ...]:
    """Where the home page of an article's site may stand: at its root, at that of its list, and in the outermost folder
    in which its list lies too, as a bureau's site does within its city's.
    """
    parts, lists = urlsplit(url), urlsplit(listing)
    folder, below = parts.path.removeprefix("/").partition("/")[0], lists.path.split("/")[1:-1]
    roots = (urljoin(url, "/"), urljoin(listing, "/"))
    within = (urljoin(url, f"/{folder}/"),) if parts.netloc == lists.netloc and folder and folder in below[:1] else ()
    return tuple(dict.fromkeys((*roots, *within)))


def is_home(url: str) -> bool:
    """Whether the address is that of its site's home page."""
    parts = urlsplit(url)
    return _HOME.fullmatch(parts.path) is not None and not parts.query and not parts.fragment


def is_move(asked: str, to: str) -> bool:
    """Whether a redirect leads to another place; https, a slash, `www.` or index.html make none."""
    return canonical(asked) != canonical(to)


# --- pages watched as themselves -----------------------------------------------------------------------------------


def is_outer_name(title: str | None, usual: str | None) -> bool:
    """Whether a page calls itself by nothing but a name that stood behind or before its own: its site's, its column's.

    "某市生态环境局" where it was "惠企政策清单_某市生态环境局".
    """
    return bool(title) and title != usual and title in _BETWEEN_NAMES.split(usual or "")


def shows_the_same(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two pages of HTML show nearly the same lines (`shown_lines`); what shows none is like no other."""
    return sum(map(len, one & two)) > NEARLY_ALL * sum(map(len, one | two))


def shows_no_more(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether a page shows no text that another with some text does not, as an article does, however short it is.

    What is shown by a script is not seen: of such a front the menus alone are left, which its articles have too.
    """
    return shows_the_same(one, two) and _has_text(two) and not _has_text(one - two)


def _has_text(lines: Collection[str]) -> bool:
    return any(len(line) >= LONG for line in lines)


def shown_lines(html: str) -> frozenset[str]:
    """The lines of a page, their letters alone: a visit counter and a clock differ from answer to answer."""
    return frozenset(filter(None, (_NOT_LETTER.sub("", line) for line in _UNSEEN.sub("\n", html).split("\n"))))


# --- lists ---------------------------------------------------------------------------------------------------------


def another_list(
    listing: Listing, known: Collection[str], usual: Usual, last_read: datetime, *, collapsed: bool = False
) -> ReadError | None:
    """The error of a list that is not the column's: nearly all of it is strange.

    Strange is an entry that is not known, and has an address of another kind than the column's entries had or stands on
    a page that calls itself something else; one that is dated since the last pass only where it does both, as the news
    of a home page do. What was published while watcher was down is none of it, however much it is.

    What is left of a list that collapsed may be a box of any column's entries: without known ones among them each is
    strange that is not of today, and one such makes the others so.

    Args:
        known: canonical addresses of those entries that are known.
        last_read: when the list was last read.
        collapsed: the list has far fewer entries than usual.
    """
    if max(len(listing.links), *usual.entries.recent, 0) < FEW:
        return None
    renamed = _renamed(listing, usual)
    since = last_read + LATE if collapsed else last_read  # what is late would have no reason to come all at once
    unknown = [link for link in listing.links if canonical(link.url) not in known]
    strange = [
        link
        for link in unknown
        # Two signs against an entry, or one where its date does not speak for it.
        if collapsed + renamed + (kind_of(link.url) not in usual.kinds) > published_since(link, since)
    ]
    if collapsed and strange:
        strange = unknown
    if len(strange) < MOST * len(listing.links):
        return None
    share = f"{len(strange)} of its {len(listing.links)} entries are strange to this column"
    hint = "open it in a browser and compare `watcher sources test`; if this is the column now, it is taken on in a day"
    if renamed:
        message = f"the page calls itself {listing.title}, not {usual.title}: {share}"
        return ReadError("another_page", message, hint=hint)
    return ReadError("another_list", f"another list stands in the page: {share}", hint=hint)


def strangers(links: Sequence[Link], known: Collection[str], day: date) -> int:
    """How many entries were there, and not seen, when the column was last read at its old address: another list's.

    All that are not known, but those of that day or later, and undated ones that stand above a known one.

    Args:
        day: when it was last read, or that of its newest entry: a list that stands still where it was is read in vain.
    """
    count, below = 0, False
    above = any(canonical(link.url) in known for link in links)
    for link in links:
        if canonical(link.url) in known:
            below = True
        elif link.published < day if link.published else below or not above:
            count += 1
    return count


def is_same_column(links: Sequence[Link], known: Collection[str], day: date) -> bool:
    """Whether the list at a source's new address is that of its old one: more of it is known than strange.

    However much was published in between: a few known entries below it are enough.
    """
    seen = sum(canonical(link.url) in known for link in links)
    return seen > strangers(links, known, day)


def _renamed(listing: Listing, usual: Usual) -> bool:
    return usual.title is not None and listing.title is not None and usual.title != listing.title


def published_since(link: Link, moment: datetime) -> bool:
    """Whether an entry is dated since then, as far as its date can be trusted."""
    return link.published is not None and link.published >= (moment - LATE).date()


def kinds_of(links: Collection[Link]) -> tuple[str, ...]:
    """The commonest kinds of addresses in a list."""
    return tuple(kind for kind, _ in Counter(kind_of(link.url) for link in links).most_common(KINDS))


def kind_of(url: str) -> str:
    """What the addresses of a column's entries share: host and folders, numbers aside, and the file's ending.

    "http://a.cn/dtxx/202606/t20260602_11.shtml" gives "a.cn/dtxx/#/#.shtml".
    """
    host, *folders, name = canonical(url).partition("?")[0].split("/")
    ending = name[name.rfind(".") :] if "." in name else ""
    return "/".join([host, *("#" if re.search(r"\d", folder) else folder for folder in folders), f"#{ending}"])


# --- articles ------------------------------------------------------------------------------------------------------


def is_another_text(before: Document, fresh: Document) -> bool:
    """Whether a page now holds something else altogether: neither the title nor one paragraph is left."""
    old, new = _plain(before.title or ""), _plain(fresh.title or "")
    if new and (old in new or new in old):
        return False
    return not set(_paragraphs(before.text)) & set(_paragraphs(fresh.text))


def lacks_title(document: Document, listed: str) -> bool:
    """Whether a brief page holds nothing of the title that its entry has in the list: a notice may stand in its place.

    Either half of the title will do, since lists cut titles, and put words before and behind them.
    """
    if len(document.text) > BRIEF or document.attachments:
        return False
    return not holds_title(f"{document.title or ''}\n{document.text}", listed)


def holds_title(text: str, listed: str) -> bool:
    """Whether a text holds half of a listed title; also where that is too short to say anything."""
    name, seen = _plain(_BRACKETED.sub("", listed)), _plain(text)
    half = len(name) // 2
    return half < HALF_TITLE or name[:half] in seen or name[half:] in seen


def without_numbers(text: str) -> str:
    """A notice without what differs from answer to answer: the time, a case's number."""
    return _NUMBERS.sub("", text)


def _paragraphs(text: str) -> Iterator[str]:
    return (plain for line in text.split("\n") if len(plain := _plain(line)) >= LONG)


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text)

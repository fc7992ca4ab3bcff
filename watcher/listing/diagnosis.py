"""Why a page gave no entries, said so that a person can act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from watcher.addresses import canonical
from watcher.errors import ReadError
from watcher.inert import inert, inert_address
from watcher.listing.addresses import is_article, is_attachment, resolve
from watcher.listing.asked import asked
from watcher.listing.javascript import data_address, fills_by_script, is_posted, is_shell
from watcher.listing.jsonlist import read_inside
from watcher.listing.opened import Opened
from watcher.listing.prose import LONG, carried, length
from watcher.listing.unaddressed import unaddressed
from watcher.listing.waiting import is_listed, is_loading, own_frames, says_none
from watcher.model import Link
from watcher.read.challenge import SCRIPT_MOVE, asks_login, detect, is_check
from watcher.read.login import asks_password, led_to_login
from watcher.read.metatags import published, read_meta, title
from watcher.sanity import home_page

_REFRESH: Final = re.compile(
    r"<meta\b[^<>]{0,200}?refresh[^<>]{0,100}?url\s?=\s?[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE
)
_FEED: Final = re.compile(r"<link\b(?=[^<>]{0,500}application/(?:rss|atom)\+xml)[^<>]{0,500}>", re.IGNORECASE)
_HREF: Final = re.compile(r"\bhref\s?=\s?[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_FEED_ROOT: Final = re.compile(r"(?:<[!?][^<>]{0,300}>\s{0,50}){0,10}<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_FEED_ENTRY: Final = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_HEAD: Final = 5_000  # characters
# Entries that stand in the script itself.
_WRITTEN: Final = re.compile(
    r"\bdocument\.write(?:ln)?\(\s?[\"'`]\s?<(?:ul|ol|li|tr|dl|dd|a)\b"
    r"|\.push\(\s?\[\s?[\"'][^\"'\n]{1,300}[\"']\s?,\s?[\"']",
    re.IGNORECASE,
)
_MOST_TAGS: Final = 50
_ENOUGH: Final = 3  # dates beside links that make these a list
_MOST_BESIDE: Final = 10  # links beside an article, where only its tags and its text tell that it is one
_SHORT: Final = 1_500  # characters of a page that only sends its readers on
_SENT_ON: Final = "sends its readers on to"
_IN_FRAME: Final = "shows in a frame"
_NAME_DATA: Final = (
    "look for a feed, another view of the column, or the data's address in the browser's network tab, "
    "and name it by `listing: {json: {url: …}}`"
)
_POSTED: Final = (
    "what is asked by POST cannot be watched by its address: look for a feed, another view of the column, "
    "or an address of the same data in the browser's network tab that answers without POST"
)
_NAME_IT: Final = "name the list by `listing: {css: {item: …}}`, or watch the page itself by `listing: page`"


def unreadable(opened: Opened) -> ReadError | None:
    """Return why the body is neither a page nor data, None where it may be one."""
    if opened.file_kind:
        hint = "use `listing: page` to watch a file"
        return ReadError("not_html", f"the address answers with {opened.file_kind}", hint=hint)
    if not opened.text.strip():
        return ReadError("empty", "the page is empty", hint="open it in a browser; it may come back by itself")
    if "<" not in opened.text and not opened.is_data:
        return ReadError("not_html", "the address answers with plain text, not with a page", hint="check the address")
    return None


def one_article(opened: Opened, links: Sequence[Link]) -> ReadError | None:
    """Return the error for a page that is an article by its own address or by its text, and whose links lead beside it.

    Its tags say so too, or the links are nothing but its attachments, and neither its tags nor dates beside them say
    that they are a column's files; or, whatever its address, a long text says so.
    """
    by_address = is_article(opened.page.final_url)
    if by_address and all(is_attachment(link.url) for link in links) and not _are_of_column(opened, links):
        return _one_article("its links are attachments")
    if sign := carried(opened, links):
        return _one_article(sign)
    # A column may carry such tags too, with its own name in them.
    is_long = len(links) <= _MOST_BESIDE and length(opened.found) >= LONG
    return _not_a_list(opened) if by_address or is_long else None


def _are_of_column(opened: Opened, links: Sequence[Link]) -> bool:
    """Whether files are a column's entries: dated, or on a page that is called as its column (ColumnName) is.

    Addresses do not tell: /channel/10234.html and iList.jsp?cat_id=10334 are columns.
    """
    meta = read_meta(opened.root) if opened.root is not None else {}
    if meta.get("articletitle"):
        return False
    column = meta.get("columnname", "")
    is_named = column != "" and meta.get("<title>", "").startswith(column)
    return is_named or sum(link.published is not None for link in links) >= _ENOUGH


def by_fragments(opened: Opened, links: Sequence[Link]) -> ReadError | None:
    """Return the error for entries that are one page to a server, and told apart by a fragment: #/detail/1, #/detail/2.

    Only a browser opens them, since the fragment is never sent.
    """
    pages = {canonical(link.url.partition("#")[0]) for link in links}
    apart = {link.url for link in links if "#" in link.url}
    own = canonical(opened.page.final_url.partition("#")[0])
    if len(pages) > 1 or len(apart) < len(links) or (len(links) == 1 and pages != {own}):
        return None
    seen = data_address(opened.text)
    where = f"its script asks {inert_address(seen)}" if seen else f"it opens them itself, as {links[0].url}"
    return _by_script(where, _NAME_DATA, f"the {len(links)} entries of the list are shown")


def no_entries(opened: Opened) -> ReadError:
    """Return the error for a page without entries: a bot check, an article, a list that a script fills, none yet."""
    return (
        _empty_feed(opened)
        or led_to_login(opened.page.url, opened.page.final_url)
        or _application(opened)
        or _said_instead(opened)
        or _not_a_list(opened)
        or _javascript_list(opened)
        or _elsewhere(opened)
        or _bare(opened)
        or _loading(opened)
        or asks_login(opened.text)
        or _no_links(opened)
    )


def _no_links(opened: Opened) -> ReadError:
    hint = f"check that it is the page of a column; {_NAME_IT}"
    if asks_password(opened.text):
        hint = f"open it in a browser: it asks for a password, and only public pages are read; or {_NAME_IT}"
    return ReadError("no_links", "no list of articles was found in the page", hint=_its_feed(opened) or hint)


def _application(opened: Opened) -> ReadError | None:
    """The error for the frame of an application: it says "enable JavaScript" as a bot check does."""
    if not is_shell(opened.text):
        return None
    said = _said_instead(opened)
    return said if said is not None and said.code == "login" else _javascript_list(opened)


def _said_instead(opened: Opened) -> ReadError | None:
    """What the page says in a list's place; a login is not wanted where a script asks for a list without one."""
    said = detect(opened.text, opened.page.status)
    if said is None or said.code != "login":
        return said
    return None if data_address(opened.text) or asked(opened) or _WRITTEN.search(opened.text) else said


def _empty_feed(opened: Opened) -> ReadError | None:
    """The error for a feed that holds no entry: a new column's, or one whose number is wrong."""
    if not _FEED_ROOT.match(opened.undeclared[:_HEAD]) or _FEED_ENTRY.search(opened.text):
        return None
    return ReadError("empty_list", "the feed holds no entry", hint="open the address: is the column empty?")


def _not_a_list(opened: Opened) -> ReadError | None:
    meta = read_meta(opened.root) if opened.root is not None else {}
    name = title(meta)
    if not meta.get("articletitle") or name is None or published(meta) is None:
        return None
    return _one_article(name[:60])


def _one_article(sign: str) -> ReadError:
    hint = "give the address of its column, or watch this one page by `listing: page`"
    return ReadError("not_a_list", f"the page is one article ({sign}), not a list", hint=hint)


def _javascript_list(opened: Opened) -> ReadError | None:
    data = asked(opened)
    if data is not None:
        hint = f"`listing: {'jpage' if 'dataproxy.jsp' in data else 'json'}` asks that address"
        return _by_script(f"its script asks {data}", hint)
    if shown := unaddressed(opened):
        where = f"they hold no address, but {inert(shown.told_by)}"
        return _by_script(where, _its_feed(opened) or _NAME_DATA, f"the {shown.count} entries of the list are opened")
    seen = data_address(opened.text)
    written = seen is None and _WRITTEN.search(opened.text) is not None
    if seen is None and not written and not fills_by_script(opened.text):
        return None
    where = f"its script asks {inert_address(seen)}" if seen else "the address that its script asks is not in the page"
    where = "the entries stand in the script itself" if written else where
    if carried := read_inside(opened):
        return _by_script(where, f"the page carries {len(carried)} entries as data: `listing: json` reads them")
    if seen and is_posted(opened.text, seen):
        return _by_script(f"{where} by POST", _its_feed(opened) or _POSTED)
    return _by_script(where, _its_feed(opened) or _NAME_DATA)


def _its_feed(opened: Opened) -> str | None:
    """What to do about a page that names a feed of its own."""
    tags = (match[0] for match in islice(_FEED.finditer(opened.text), _MOST_TAGS))
    addresses = (resolve(opened.base, match[1]) for tag in tags if (match := _HREF.search(tag)))
    found = next(filter(None, addresses), None)
    return f"the page names its feed, {found}: give that address as the source" if found else None


def _bare(opened: Opened) -> ReadError | None:
    """The error for a column that says that it has nothing to show."""
    said = says_none(opened)
    if said is None:
        return None
    hint = "open it in a browser: is the column in use, or its list filled by a script?"
    return ReadError("empty_list", f"the page says that it has no entries ({said})", hint=hint)


def _loading(opened: Opened) -> ReadError | None:
    """The error for a column that says that it is still being loaded."""
    if not is_loading(opened):
        return None
    return _by_script("the page says that it is being loaded, but not from where", _its_feed(opened) or _NAME_DATA)


def _elsewhere(opened: Opened) -> ReadError | None:
    """The error for a page that sends its readers on, or shows its list in a frame."""
    if (found := sent_on(opened)) is None:
        return None
    way, url = found
    if way == _SENT_ON and (error := led_to_login(opened.page.final_url, url)):
        return error
    if home_page(opened.page.final_url, url):
        return _led_home(opened, url)
    message, hint = f"the page holds no list of articles, but {way} {url}", "give that address as the source"
    if way == _IN_FRAME and len(opened.text) > _SHORT and not is_listed(url):
        return ReadError("no_links", message, hint=hint)  # among other things a frame may show the weather
    return ReadError("elsewhere", message, hint=hint, facts=(("to", url),))


def _led_home(opened: Opened, url: str) -> ReadError | None:
    """The error for a page that sends its readers to a home page: of its own site, or of a new one."""
    if urlsplit(url).hostname == urlsplit(opened.page.final_url).hostname:
        return home_page(opened.page.final_url, url)
    hint = "find the column on the new site and set `url` to it"
    return ReadError(
        "site_moved", f"the page sends its readers on to a new site, {url}", hint=hint, facts=(("to", url),)
    )


def sent_on(opened: Opened) -> tuple[str, str] | None:
    """How and where to a page sends its readers: by a script or a refresh (not followed), to a frame of its site."""
    here, is_short = opened.page.final_url, len(opened.text) <= _SHORT
    if is_short and not is_check(opened.text) and (moved := SCRIPT_MOVE.search(opened.text)):
        url = resolve(opened.base, moved[1])  # often to the site's new host
        if url and canonical(url) != canonical(here):
            return _SENT_ON, url
    host = urlsplit(here).hostname
    moved_to = (resolve(opened.base, match[1]) for match in islice(_REFRESH.finditer(opened.text), _MOST_TAGS))
    # One that leads to itself only shows its own newer version.
    away = (url for url in moved_to if url and canonical(url) != canonical(here))
    if onward := [url for url in away if is_short or urlsplit(url).hostname == host]:
        return _SENT_ON, max(onward, key=is_listed)
    if own := own_frames(opened):
        return _IN_FRAME, max(own, key=is_listed)
    return None


def _by_script(where: str, hint: str, what: str = "the list is filled") -> ReadError:
    return ReadError("javascript_list", f"{what} by a script ({where})", hint=hint)

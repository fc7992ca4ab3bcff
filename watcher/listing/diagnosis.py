"""Why a page gave no entries, said so that a person can act."""

from __future__ import annotations

from collections.abc import Sequence

from watcher.errors import ReadError
from watcher.listing.addresses import is_article, is_attachment
from watcher.listing.asked import asked
from watcher.listing.javascript import data_address, fills_by_script
from watcher.listing.jsonlist import read_inside
from watcher.listing.opened import Opened
from watcher.model import Link
from watcher.read.challenge import detect
from watcher.read.metatags import published, read_meta, title


def unreadable(opened: Opened) -> ReadError | None:
    """Return why the body is neither a page nor data, None where it may be one."""
    if opened.file_kind:
        hint = "use `listing: page` to watch a file"
        return ReadError("not_html", f"the address answers with {opened.file_kind}", hint=hint)
    if not opened.text.strip():
        return ReadError("empty", "the page is empty", hint="open it in a browser; it may come back at the next pass")
    if "<" not in opened.text and not opened.is_data:
        return ReadError("not_html", "the address answers with plain text, not with a page", hint="check the address")
    return None


def one_article(opened: Opened, links: Sequence[Link]) -> ReadError | None:
    """Return the error for a page that is an article by its own address, and whose links lead beside it.

    Its tags say so too, or the links are nothing but its attachments.
    """
    if not is_article(opened.page.final_url):
        return None
    if all(is_attachment(link.url) for link in links):
        return _one_article("its links are attachments")
    return _not_a_list(opened)


def no_entries(opened: Opened) -> ReadError:
    """Return the error for a page without entries: a bot check, an article, a list that a script fills, or none."""
    return (
        detect(opened.text, opened.page.status)
        or _not_a_list(opened)
        or _javascript_list(opened)
        or ReadError(
            "no_links",
            "no list of articles was found in the page",
            hint="check that it is the page of a column; name the list by `listing: {css: {item: …}}`, "
            "or watch the page itself by `listing: page`",
        )
    )


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
    seen = data_address(opened.text)
    if seen is None and not fills_by_script(opened.text):
        return None
    where = f"its script asks {seen}" if seen else "the address that its script asks is not in the page"
    if carried := read_inside(opened):
        return _by_script(where, f"the page carries {len(carried)} entries as data: `listing: json` reads them")
    hint = (
        "look for a feed, another view of the column, or the data's address in the browser's network tab, and name it"
    )
    return _by_script(where, f"{hint} by `listing: {{json: {{url: …}}}}`")


def _by_script(where: str, hint: str) -> ReadError:
    return ReadError("javascript_list", f"the list is filled by a script ({where})", hint=hint)

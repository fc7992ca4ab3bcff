"""Files that a page shows or hands out by other means than the address of a link: made links before it is read.

A frame or an object that shows a file, a script that is called with its address, a name that stands in a title only.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from watcher.read.attachments import called_file, hands_out, names_file, shown_by

# Where each kind of element says what it shows; a frame that is loaded late says so elsewhere.
_SOURCES: Final = {"iframe": ("src", "data-src"), "embed": ("src",), "object": ("data",)}
_HIDES: Final = ("style", "hidden")
_NO_ADDRESS: Final = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_LITERAL: Final = re.compile(r"'([^'\\\s]{1,1000})'|\"([^\"\\\s]{1,1000})\"")
_MOST_PIECES: Final = 50  # of a link's text
_MOST_SCRIPT: Final = 2_000  # characters of a call


def make_links(root: etree._Element) -> None:
    """Put a link in the tree for each file that has none."""
    for element in list(root.iter("a", *_SOURCES)):
        if element.tag == "a":
            _link_called(element)
            _link_titled(element)
        else:
            _link_shown(element)


def _link_shown(element: etree._Element) -> None:
    """A frame that shows a file; one that shows anything else is no part of the text."""
    for name in _SOURCES[element.tag]:
        address = (element.get(name) or "").strip()
        try:
            shown = shown_by(address)
            path = urlsplit(shown).path
        except ValueError:
            continue
        if address and (shown != address or hands_out(address)):
            # The viewer's own address, from which the file's is found again once the page's is known.
            link = _before(element, address.partition("#")[0], element.get("title") or unquote(path.rpartition("/")[2]))
            for hiding in _HIDES:
                if hiding in element.attrib:
                    link.set(hiding, element.get(hiding) or "")
            return


def _link_called(element: etree._Element) -> None:
    """A link whose script is called with the address of a file."""
    href = element.get("href") or ""
    if not _NO_ADDRESS.match(href):
        return
    address = _address(element.get("onclick") or "") or _address(href)
    if address and (hands_out(address) or called_file(_words(element))):
        element.set("href", address)


def _address(script: str) -> str | None:
    """The one address among the texts that a script names: a path to a file before any path, that before a name."""
    texts = {one or other for one, other in _LITERAL.findall(script[:_MOST_SCRIPT])}
    paths = {text for text in texts if "/" in text}
    files = {text for text in texts if names_file(text)}
    for found in (paths & files, paths, files):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _link_titled(element: etree._Element) -> None:
    """A link whose title alone says which file it is (下载); its words stay as they are."""
    href, name = element.get("href"), element.get("title") or element.get("download") or ""
    if not href or _NO_ADDRESS.match(href) or not names_file(name):
        return
    if not (names_file(href.partition("?")[0]) or names_file(_words(element))):
        _before(element, href, name)


def _words(element: etree._Element) -> str:
    """The first words of a link; a broken page has everything in one."""
    return "".join(islice(element.itertext(), _MOST_PIECES))


def _before(element: etree._Element, address: str, name: str) -> etree._Element:
    link = element.makeelement("a", {"href": address, "title": name or address})
    element.addprevious(link)
    return link

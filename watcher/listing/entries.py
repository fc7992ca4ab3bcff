"""From links and dates that belong together to the entries of a listing: which link leads, which date counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from watcher.addresses import canonical
from watcher.listing.addresses import is_article, year_in
from watcher.listing.dates import Printed, Trust, believed, cut_end
from watcher.listing.found import Anchor, Item, Scan, Token
from watcher.listing.titles import best, is_number, is_title, is_tool, tidy
from watcher.model import Link

_CUT = ("...", "…")
_COLONS = (":", "：")
_LABEL = re.compile(r"^(?:标题|(?:文件|信息|公文)?名称)\s?[:：]\s?")
_OTHER_LABEL = re.compile(r"[一-龥]{0,4}(?:号|机构|日期|时间|单位|来源|分类|部门|方式|体裁|主体|状态)\s?[:：]")
_LONGEST = 200  # characters of a title
_SHORT = 6  # characters; a shorter link beside a longer one is a column or a button
_MOST_CELLS = 40  # texts of one entry; items may lie in each other, and hold all that is in them


def read(item: Item, found: Scan, now: datetime) -> list[Link]:
    """Return the entries of an item of the page that `found` tells of."""
    parts = found.parts(item)
    if len(parts) > 1:
        return [link for tokens in parts for link in read_item(tokens, now)]
    start, end = item.texts
    return read_item(parts[0], now, found.texts[start : min(end, start + _MOST_CELLS)])


def read_item(tokens: Sequence[Token], now: datetime, texts: Sequence[str] = ()) -> list[Link]:
    """Return the entries of one item: one, or several where links and dates take turns on one level.

    `texts` are what the item says outside its links: a table's cells, one of which may be the title.
    """
    tokens = believed(_without_leads(_with_ends(tokens)))
    told = [token for token in tokens if isinstance(token, Printed) or _may_be_entry(token)]
    if not any(isinstance(token, Anchor) for token in told):
        told = list(tokens)
    return _several(told, now) if _take_turns(told) else _one(tokens, now, texts)


def _may_be_entry(link: Anchor) -> bool:
    """Whether `link` names something of its own; 27 over 2026-11 may be a link too, and so may the column be."""
    return not link.is_category and is_title(best(link.shown, link.attribute))


def _take_turns(tokens: Sequence[Token]) -> bool:
    turns = sum(isinstance(one, Anchor) != isinstance(other, Anchor) for one, other in pairwise(tokens))
    return turns > 3 or (turns == 3 and len({token.url for token in tokens if isinstance(token, Anchor)}) > 1)


def _with_ends(tokens: Sequence[Token]) -> Sequence[Token]:
    """`tokens` with the dates at the end of titles taken for words of these, where others are printed beside them."""
    ends = {id(token.end) for token in tokens if isinstance(token, Anchor)}
    if all(id(token) in ends for token in tokens if isinstance(token, Printed)):
        return tokens
    return [replace(token, end=None) if isinstance(token, Anchor) else token for token in tokens]


def _without_leads(tokens: Sequence[Token]) -> Sequence[Token]:
    """`tokens` with the dates at the start of titles taken for words of these, where others are printed beside them."""
    leads = {id(token.lead.printed) for token in tokens if isinstance(token, Anchor) and token.lead}
    printed = [token for token in tokens if isinstance(token, Printed) and token.trust >= Trust.PRINTED]
    if not leads or all(id(token) in leads for token in printed):
        return tokens
    return [
        replace(token, lead=replace(token.lead, is_own=False)) if isinstance(token, Anchor) and token.lead else token
        for token in tokens
        if id(token) not in leads
    ]


def _one(tokens: Sequence[Token], now: datetime, texts: Sequence[str]) -> list[Link]:
    anchors = [token for token in tokens if isinstance(token, Anchor)]
    dates = [token for token in tokens if isinstance(token, Printed)]
    link = leading(anchors)
    if anchors and dates and (link is None or is_number(link.title)) and (title := _beside(texts)):
        # [查看] or a 文号 leads to what a cell beside it names.
        url = link.url if link else max(anchors, key=lambda anchor: is_article(anchor.url)).url
        link = Link(url, title)
    return [dated(link, dates, now)] if link else []


def _beside(texts: Sequence[str]) -> str | None:
    """The text of a row that is its title: the longest, since the others are numbers, offices and kinds."""
    titles = [tidy(_LABEL.sub("", text)) for text in texts if len(text) <= _LONGEST and not _OTHER_LABEL.match(text)]
    named = [title for title in titles if len(title) >= _SHORT and is_title(title) and not is_number(title)]
    return max(named, key=len, default=None)


def _several(tokens: Sequence[Token], now: datetime) -> list[Link]:
    """Each link with the date behind it; where dates come first, with the last one above it."""
    date_first = isinstance(tokens[0], Printed)
    links: list[Link] = []
    above: list[Printed] = []
    for token in tokens:
        if isinstance(token, Printed):
            above = [token]
            if not date_first and links and links[-1].published is None:
                links[-1] = dated(links[-1], above, now)
        elif (link := leading([token])) and not (links and links[-1].url == link.url):
            links.append(dated(link, above, now) if date_first else link)
    return links


def leading(anchors: Sequence[Anchor]) -> Link | None:
    """Return the link that an item is about: to an article rather than to a column, and the first of those."""
    categories = {anchor.url for anchor in anchors if anchor.is_category or anchor.shown.rstrip().endswith(_COLONS)}
    repeated = {anchor.url for anchor in anchors} - {anchor.url for anchor in anchors if not anchor.is_repeated}
    titles = dict.fromkeys((anchor.url for anchor in anchors), "")
    for anchor in sorted(anchors, key=lambda one: (one.is_repeated, not _shows_whole(one), not one.in_heading)):
        titles[anchor.url] = _fuller(titles[anchor.url], _title(anchor))
    named = [(url, title) for url, title in titles.items() if is_title(title)]
    if not named:
        return None
    # max keeps the first of equals: interpretations and attachments stand behind what they belong to.
    url, title = max(
        named,
        key=lambda pair: (
            not is_tool(pair[1]),
            pair[0] not in repeated,
            is_article(pair[0]),
            pair[0] not in categories,
            len(pair[1]) >= _SHORT,
        ),
    )
    return Link(url, title)


def _shows_whole(link: Anchor) -> bool:
    """Whether `link` shows words, and all of them: that counts before what a picture is called (W0202606.jpg)."""
    shown = link.shown.strip()
    return shown != "" and not shown.endswith(_CUT)


def _title(anchor: Anchor) -> str:
    """What a link says: with the date at its start where that is a part of it, without its own day at its end."""
    lead = anchor.lead.text if anchor.lead else ""
    shown, attribute = anchor.shown, anchor.attribute.strip().removeprefix(lead.strip())
    if anchor.end and is_title(short := tidy(cut_end(shown))):
        shown, attribute = short, cut_end(attribute)
    title = best(shown, attribute)
    return tidy(lead + title) if title and anchor.lead and not anchor.lead.is_own else title


def _fuller(known: str, other: str) -> str:
    """Of two texts of links to one address: the first that is a title, unless it is cut and the other goes on."""
    if not is_title(known):
        return other
    stem = known.removesuffix("...").rstrip("….")
    if known.endswith(_CUT) and other.startswith(stem) and len(other) > len(known):
        return other
    return other if len(known) < _SHORT <= len(other) else known


def dated(link: Link, dates: Iterable[Printed], now: datetime) -> Link:
    """Return `link` with the most trusted of `dates`, the first of equals."""
    printed = max(dates, key=lambda one: one.trust, default=None)
    if printed is None:
        return link
    return Link(link.url, link.title, printed.on(now, year_in(link.url)))


def distinct(links: Iterable[Link], page_url: str) -> tuple[Link, ...]:
    """Each address once, in order, with the fullest that was said of it; links to the listing itself are none."""
    own = canonical(page_url)
    found: dict[str, Link] = {}
    for link in links:
        key = canonical(link.url)
        if key == own:
            continue
        known = found.get(key)
        if known is None:
            found[key] = link
        else:
            found[key] = Link(known.url, _fuller(known.title, link.title), known.published or link.published)
    return tuple(found.values())
